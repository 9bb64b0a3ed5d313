"""Every loop gives the same in machine code as in NumPy, bit for bit, ties included."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.arrays import Array, Floats, Numbers
from search.engines.whoosh.building import PARTS, Values
from search.engines.whoosh.kernels import Blocks, Found, Kernels, Lists, Measure, Places, Spots, load
from search.engines.whoosh.packing import BLOCK, SLACK, Small, pack
from search.engines.whoosh.shorthand import Shorthand

pytest.importorskip("numba", reason="numba is not installed, so there is nothing compiled to compare")

PLAIN, COMPILED = Kernels(), load("numba")
ARTICLES = 2_000
SCORES = st.sampled_from((0.25, 0.5, 0.5000000001, 0.75, 1.0, 1 / 3, 2.2))


def numbers(most: int, size: int = 400) -> st.SearchStrategy[Numbers]:
    """Distinct numbers below `most`, sorted: few, many, or all of a stretch."""
    several = st.sets(st.integers(0, most - 1), max_size=size).map(sorted)
    stretch = st.tuples(st.integers(0, most // 2), st.integers(0, most // 2)).map(lambda at: range(at[0], sum(at)))
    return st.one_of(several, stretch).map(lambda found: np.array(found, np.intp))


@st.composite
def founds(draw: st.DrawFn) -> Found:
    docs = draw(numbers(ARTICLES))
    pattern = draw(st.lists(SCORES, min_size=1, max_size=7))
    return Found(docs, np.resize(np.array(pattern), len(docs)))


@st.composite
def postings(draw: st.DrawFn, most: int = 300_000) -> tuple[Numbers, Array]:
    """Articles with gaps of every width, and how often a term stands in each; never none."""
    gaps = draw(st.lists(st.one_of(st.integers(1, 15), st.integers(16, 255), st.integers(256, 65_535),
                                   st.integers(65_536, 70_000)), min_size=1, max_size=40))
    docs = np.cumsum(np.resize(np.array(gaps, np.intp), draw(st.integers(1, 400))))
    docs = docs[docs < most] if docs[0] < most else docs[:1]
    tf = np.array(draw(st.lists(st.sampled_from((1, 1, 1, 2, 3, 4, 7, 300)), min_size=1, max_size=9)), np.intp)
    return docs, np.resize(tf, len(docs))


def packed(docs: Numbers, tf: Array) -> Lists:
    starts = np.arange(0, len(docs), BLOCK)
    width, deltas = PLAIN.pack_docs(docs, starts)
    blocks = Blocks(np.concatenate((deltas.data, np.zeros(SLACK, np.uint8))), deltas.at.astype(np.uint32),
                    width.astype(np.uint8), docs[starts].astype(np.uint32), np.diff(starts, append=len(docs)))
    large = tf[tf > 3] - 1
    small = Small(pack(np.minimum(tf - 1, 3).astype(np.uint8), 2), 2, 0, len(tf), large.astype(np.uint32))
    escaped = np.concatenate(([0], (tf > 3).cumsum()))[starts].astype(np.uint32)
    return Lists(blocks, small, escaped, (tf.cumsum() - tf)[starts].astype(np.uint32))


def measure_of(norms: Array, table: Floats, weight: float) -> Measure:
    tf = np.arange(1.0, 5.0)[:, None]
    return Measure(norms, table, weight, 2.2, weight * (tf * 2.2 / (tf + table)).ravel())


def same(ours: Any, expected: Any) -> None:
    if isinstance(expected, tuple):
        assert len(ours) == len(expected)
        for one, other in zip(ours, expected, strict=True):
            same(one, other)
    else:
        np.testing.assert_array_equal(ours, expected)


@given(postings(), numbers(300_000))
def test_postings_are_unpacked(given_: tuple[Numbers, Array], wanted: Numbers) -> None:
    docs, tf = given_
    lists = packed(docs, tf)
    for kernels in (PLAIN, COMPILED):
        same(kernels.unpack(lists.blocks), docs)
        same(kernels.frequencies(lists.tf), tf)
    few = (docs[:1], docs[-1:], wanted[:2], wanted[:0])  # less than blocks: those are sought one by one
    for asked in (wanted, docs, docs[::3], np.union1d(docs[::7], wanted), *few):
        expected = np.isin(docs, asked)
        spots = Spots(docs[expected], tf[expected].astype(float), (tf.cumsum() - tf)[expected])
        same(PLAIN.within(lists, asked, 500_000), spots)
        same(COMPILED.within(lists, asked, 500_000), spots)


def packed_places(places: Numbers, tf: Array) -> Places:
    """The places of one term."""
    size = len(places)
    width, data, at, value = PLAIN.pack_places(places, tf, np.array([size]))
    low, high = PARTS[width[0]].tolist()
    return Places(np.append(data, np.uint8(0)), size * low + 7 >> 3, low, high, size, at, value.astype(np.uint32))


@given(postings(), st.sampled_from((1, 2, 7, 30, 977, 9_000, 80_000)), st.sampled_from((0, 0, 100_000)))
def test_places_become_keys(given_: tuple[Numbers, Array], step: int, far: int) -> None:
    docs, tf = given_
    tf = np.minimum(tf, 7)
    nth = np.arange(tf.sum()) - np.repeat(tf.cumsum() - tf, tf)
    places = nth * (step + 4) + nth * nth % 5 + np.repeat(docs % 13 + far * (docs % 50 == 0), tf)
    given_places = packed_places(places, tf)
    spots = Spots(docs, tf.astype(float), tf.cumsum() - tf)
    expected = np.repeat(docs, tf) << 32 | places
    for chosen in (slice(None), slice(None, None, 2), slice(0, 0)):
        some = Spots(spots.docs[chosen], spots.tf[chosen], spots.starts[chosen])
        wanted = expected[np.isin(np.repeat(np.arange(len(docs)), tf), np.arange(len(docs))[chosen])]
        same(PLAIN.keys(some, given_places), wanted)
        same(COMPILED.keys(some, given_places), wanted)
        for before in (expected[::5], (expected - 2)[expected % (1 << 32) > 2], expected[:0]):
            for reach in (1, 3):
                following = PLAIN.follow(before, wanted, reach)
                same(PLAIN.follow_in(before, some, given_places, reach), following)
                same(COMPILED.follow_in(before, some, given_places, reach), following)


@given(founds(), founds())
def test_results_are_intersected_and_united(a: Found, b: Found) -> None:
    same(COMPILED.intersect(a.docs, b.docs, ARTICLES), PLAIN.intersect(a.docs, b.docs, ARTICLES))
    same(COMPILED.unite(a, b, ARTICLES), PLAIN.unite(a, b, ARTICLES))
    expected = dict.fromkeys((*a.docs.tolist(), *b.docs.tolist()), 0.0)
    for part in (a, b):
        for doc, score in zip(part.docs.tolist(), part.scores.tolist(), strict=True):
            expected[doc] += score
    united = PLAIN.unite(a, b, ARTICLES)
    assert dict(zip(united.docs.tolist(), united.scores.tolist(), strict=True)) == expected
    assert united.docs.tolist() == sorted(expected)


@given(numbers(3_000), numbers(3_000), st.integers(1, 20))
def test_what_follows_is_found(before: Numbers, after: Numbers, reach: int) -> None:
    expected = [key for key in after.tolist() if np.any((before < key) & (key - before <= reach))]
    same(PLAIN.follow(before, after, reach), expected)
    same(COMPILED.follow(before, after, reach), expected)


@given(founds(), st.integers(1, 200), st.booleans())
def test_the_best_hits_are_the_first_of_all_sorted(found: Found, count: int, rounds: bool) -> None:
    expected = PLAIN.best(found.docs, found.scores, count, rounds=rounds)
    same(COMPILED.best(found.docs, found.scores, count, rounds=rounds), expected)
    rounded = np.round(found.scores, 9) if rounds else found.scores
    same(expected[0], np.lexsort((found.docs, -rounded))[:count])


@given(numbers(500), st.data(), st.sampled_from((np.uint8, np.uint16, np.uint32)))
def test_values_are_counted(docs: Numbers, data: st.DataObject, dtype: Any) -> None:
    size = data.draw(st.integers(1, 250))
    counts = np.resize(np.array(data.draw(st.lists(st.integers(0, 4), min_size=1, max_size=9))), 500)
    starts = np.concatenate(([0], counts.cumsum())).astype(np.uint32)
    ordinals = ((np.arange(max(starts[-1], 500)) * 31) % size).astype(dtype)
    for begins in (None, starts):
        if begins is not None:
            ordinals = ordinals[:starts[-1]]
        ours = dict(zip(*(each.tolist() for each in COMPILED.tally(docs, begins, ordinals, size)), strict=True))
        assert ours == dict(zip(*(each.tolist() for each in PLAIN.tally(docs, begins, ordinals, size)), strict=True))
        same(COMPILED.having(docs, begins, ordinals, 3), PLAIN.having(docs, begins, ordinals, 3))
        same(COMPILED.having(docs, begins, ordinals, 3),
             [3 in (ordinals[[doc]] if begins is None else ordinals[begins[doc]:begins[doc + 1]]) for doc in docs])


@given(st.lists(st.integers(1, 12), max_size=300).map(lambda found: np.array(found, np.intp)), st.integers(1, 150))
def test_the_foremost_counts_and_their_equals(counts: Numbers, limit: int) -> None:
    least = sorted(counts.tolist(), reverse=True)[:limit][-1:]
    expected = [place for place, count in enumerate(counts.tolist()) if count >= least[0]]
    same(PLAIN.foremost(counts, limit), expected)
    same(COMPILED.foremost(counts, limit), expected)


@given(numbers(300), st.lists(st.lists(st.tuples(st.integers(-5, 30), st.integers(1, 9)), max_size=3), min_size=1,
                              max_size=20), st.integers(-6, 30), st.integers(1, 10))
def test_spans_of_days_overlap(docs: Numbers, spans: list[list[tuple[int, int]]], first: int, length: int) -> None:
    own = [spans[doc % len(spans)] for doc in range(300)]
    starts = np.cumsum([0, *map(len, own)]).astype(np.uint32)
    begin = np.array([at for several in own for at, _ in several], np.int32)
    until = np.array([at + days for several in own for at, days in several], np.int32)
    expected = [any(at < first + length and first < at + days for at, days in own[doc]) for doc in docs.tolist()]
    for kernels in (PLAIN, COMPILED):
        same(kernels.overlapping(docs, starts, begin, until, (first, first + length)), np.array(expected, bool))


@given(st.lists(st.tuples(st.integers(0, 30), st.lists(st.integers(0, 11), max_size=12)), max_size=30), st.data())
def test_words_are_inverted_packed_and_weighed(values: list[tuple[int, list[int]]], data: st.DataObject) -> None:
    articles = np.array([article for article, _ in values], np.intp)
    counts = np.array([len(words) for _, words in values], np.intp)
    begins = np.array([sum(100 + len(words) for other, words in values[:nth] if other == article)
                       for nth, (article, _) in enumerate(values)], np.intp)
    pairs = np.array([word for _, words in values for word in words], np.int32)
    term, code = np.array([0, 0, 0, 1, 2, 2, 2, 2, 3, 4, 4, 5]), np.array([0, 1, 2, 0, 0, 1, 2, 3, 0, 0, 1, 0])
    first, last = data.draw(st.sampled_from(((0, 12), (0, 3), (3, 9), (8, 12))))
    given_ = (pairs, Values(counts.cumsum(), articles, begins), term[first:last] - term[first], code[first:last],
              range(first, last))
    inverted = PLAIN.invert(*given_)
    same(COMPILED.invert(*given_), inverted)
    occurrences = np.bincount(np.repeat(np.repeat(np.arange(len(inverted.df)), inverted.df), inverted.tf),
                              minlength=len(inverted.df))
    bits = np.resize(np.array([2, 0, 4, 1, 8], np.uint8), len(inverted.df))
    codes = np.minimum(inverted.codes, (1 << np.repeat(bits, occurrences)) - 1)
    same(COMPILED.pack_codes(codes, bits, occurrences), PLAIN.pack_codes(codes, bits, occurrences))
    norms, table = np.arange(40, dtype=np.uint8), np.linspace(0.3, 9, 256)
    docs, tf, measure = inverted.docs.astype(np.intp), inverted.tf.astype(float), measure_of(norms, table, 1.7)
    same(COMPILED.weigh(docs, tf, measure), PLAIN.weigh(docs, tf, measure))


@given(st.lists(postings(5_000), min_size=1, max_size=4))
def test_terms_are_scored_alone_and_together(several: list[tuple[Numbers, Array]]) -> None:
    table = np.linspace(0.3, 9, 256)
    terms = [(packed(*each), measure_of((np.arange(80_000) % 256).astype(np.uint8), table, 1.7 + nth))
             for nth, each in enumerate(several)]
    expected = np.zeros(80_000)
    for (docs, tf), (lists, measure) in zip(several, terms, strict=True):
        same(COMPILED.score(lists, measure), PLAIN.score(lists, measure))
        same(PLAIN.score(lists, measure), (docs, PLAIN.weigh(docs, tf.astype(float), measure)))
        expected[docs] += PLAIN.weigh(docs, tf.astype(float), measure)
    for _ in range(2):  # what it needs, it leaves as it was
        same(COMPILED.score_all(terms, 80_000), (np.flatnonzero(expected), expected[expected > 0]))
    same(PLAIN.score_all(terms, 80_000), (np.flatnonzero(expected), expected[expected > 0]))


@given(st.lists(st.tuples(postings(), st.sampled_from((1, 7, 30, 977, 9_000, 80_000))), min_size=1, max_size=4))
def test_places_of_terms_are_packed(terms: list[tuple[tuple[Numbers, Array], int]]) -> None:
    tf = np.concatenate([tf for (_, tf), _ in terms])
    counts = np.array([tf.sum() for (_, tf), _ in terms])
    nth = np.arange(tf.sum()) - np.repeat(tf.cumsum() - tf, tf)
    places = nth * np.repeat([step + 6 for _, step in terms], counts) + nth * nth % 7
    same(COMPILED.pack_places(places.astype(np.int32), tf.astype(np.int32), counts),
         PLAIN.pack_places(places, tf, counts))


@given(postings())
def test_differences_are_packed(given_: tuple[Numbers, Array]) -> None:
    docs, _ = given_
    starts = np.arange(0, len(docs), BLOCK)
    same(COMPILED.pack_docs(docs, starts), PLAIN.pack_docs(docs, starts))


@pytest.mark.parametrize("code", range(len(PARTS)))
@pytest.mark.parametrize("size", [1, 2, 3, 17, BLOCK - 1, BLOCK, BLOCK + 6, 2 * BLOCK])
def test_differences_of_every_width_are_packed(code: int, size: int) -> None:
    gap = (1 << int(PARTS[code].sum())) - 1 if code < len(PARTS) - 1 else 1 << 24
    docs = np.resize(np.array([1, gap, gap - gap // 3]), size).cumsum()
    lists = packed(docs, np.ones(size, np.intp))
    assert size == 1 or lists.blocks.width[0] == code
    same(PLAIN.unpack(lists.blocks), docs)
    same(COMPILED.unpack(lists.blocks), docs)
    same(COMPILED.pack_docs(docs, np.arange(0, size, BLOCK)), PLAIN.pack_docs(docs, np.arange(0, size, BLOCK)))


PIECES = ("the ", "ship", "ships ", ", ", "“", "naïve ", "é", "harbourmasters’ ", "a", " ", "7", "\n",
          "unfathomableness ", "unfathomablenesses ")


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
                | st.text(st.characters(codec="utf-8"), max_size=20), max_size=6))
def test_records_are_put_into_shorthand(texts: list[str]) -> None:
    records = [text.replace("\0", "").encode() for text in texts]
    shorthand = Shorthand.of(["".join(PIECES[::2]).encode()] * 3, PLAIN)
    short = shorthand.shorten(records, PLAIN)
    assert shorthand.shorten(records, COMPILED) == short
    for kernels in (PLAIN, COMPILED):
        assert [shorthand.expand(each, kernels) for each in short] == records
