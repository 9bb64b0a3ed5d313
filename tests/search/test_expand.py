from collections import Counter
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import fold
from search.expand import Lexicon, cut_note, expand, literal_prefix, predicate, within
from search.query.tree import Fuzzy, Prefix, Wildcard

SHORT = st.text("abć", max_size=6)
PATTERNS = st.builds(Prefix, SHORT) | st.builds(Wildcard, st.text("ab*?", max_size=5)) | \
    st.builds(Fuzzy, SHORT, st.integers(0, 3))
LEXICONS = st.dictionaries(SHORT.map(fold), st.integers(1, 3), max_size=15).map(Counter)


def distance(a: str, b: str) -> int:
    """The optimal string alignment distance, straight from its definition."""
    @cache
    def between(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        ways = [between(i - 1, j) + 1, between(i, j - 1) + 1, between(i - 1, j - 1) + (a[i - 1] != b[j - 1])]
        if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            ways.append(between(i - 2, j - 2) + 1)
        return min(ways)
    return between(len(a), len(b))


def fits(pattern: str, term: str) -> bool:
    """Whether a term fits a wildcard, character by character."""
    if not pattern:
        return not term
    if pattern[0] == "*":
        return fits(pattern[1:], term) or (bool(term) and fits(pattern, term[1:]))
    return bool(term) and pattern[0] in {"?", term[0]} and fits(pattern[1:], term[1:])


@given(st.text("abc", max_size=7), st.text("abc", max_size=7), st.integers(0, 4))
@example("ca", "abc", 2)
@example("abab", "baba", 1)
def test_within_is_the_distance_of_optimal_string_alignment(a: str, b: str, limit: int) -> None:
    assert within(a, b, limit) == (distance(a, b) <= limit)


@pytest.mark.parametrize(("a", "b", "least"), [
    ("baghdadi", "baghdadi", 0), ("baghdadi", "bagdadi", 1), ("baghdadi", "baghdaadi", 1), ("baghdadi", "baghdabi", 1),
    ("baghdadi", "bahgdadi", 1), ("ca", "abc", 3), ("", "ab", 2), ("", "", 0),
])
def test_insertions_deletions_replacements_and_swaps_cost_one(a: str, b: str, least: int) -> None:
    assert [limit for limit in range(5) if within(a, b, limit)] == list(range(least, 5))


@given(st.text("ab*?[]!-.\\", max_size=7), st.text("ab[]!-.\\\n", max_size=6))
@example("[a]", "a")
@example("[!b]", "a")
@example("*\n", "a\n")
def test_wildcards_have_two_special_characters(pattern: str, term: str) -> None:
    assert predicate(Wildcard(pattern))(term) == fits(pattern, term)


def test_many_stars_take_no_longer() -> None:
    assert not predicate(Wildcard("*a" * 30 + "*b"))("a" * 64)


@given(PATTERNS, LEXICONS)
def test_whatever_fits_begins_with_the_literal_prefix(node: Prefix | Wildcard | Fuzzy, lexicon: Counter[str]) -> None:
    for term in filter(predicate(node), lexicon):
        assert term.startswith(literal_prefix(node))


@given(PATTERNS, LEXICONS, st.integers(1, 6))
def test_the_limit_keeps_the_terms_of_most_articles(
        node: Prefix | Wildcard | Fuzzy, lexicon: Counter[str], limit: int) -> None:
    fitting = sorted(filter(predicate(node), lexicon), key=lambda term: (-lexicon[term], term))
    found = expand(node, of(lexicon), lexicon.__getitem__, limit)
    assert found == (tuple(sorted(fitting[:limit])), len(fitting) > limit)


def test_among_terms_of_as_many_articles_the_alphabet_decides() -> None:
    lexicon = Counter({"ad": 1, "ac": 3, "ab": 2, "aa": 2, "b": 9})
    found = [expand(Prefix("a"), of(lexicon), lexicon.__getitem__, limit) for limit in (1, 2, 3, 4)]
    assert [terms for terms, _ in found] == [("ac",), ("aa", "ac"), ("aa", "ab", "ac"), ("aa", "ab", "ac", "ad")]
    assert [cut for _, cut in found] == [True, True, True, False]


def of(lexicon: Counter[str]) -> Lexicon:
    return lambda prefix: (term for term in lexicon if term.startswith(prefix))


@pytest.mark.parametrize(("node", "terms"), [
    (Prefix("Élec"), ("election", "elector")), (Prefix("zzz"), ()),
    (Wildcard("él?ct*"), ("election", "elector")),
    (Wildcard("*or"), ("elector", "sailor", "tailor")),
    (Fuzzy("électon"), ("election", "elector")), (Fuzzy("lection"), ()),
    (Fuzzy("sailer"), ("sailor",)), (Fuzzy("salior", 2), ("sailor",)),
])
def test_patterns_are_folded_and_fuzzy_words_keep_their_first_letter(
        node: Prefix | Wildcard | Fuzzy, terms: tuple[str, ...]) -> None:
    lexicon = Counter(("election", "elector", "sailor", "tailor"))
    assert expand(node, of(lexicon), lexicon.__getitem__, 10).terms == terms


@pytest.mark.parametrize(("node", "shown"), [
    (Prefix("terror"), "“terror*”"), (Wildcard("t?r*"), "“t?r*”"), (Fuzzy("terror", 2), "“terror~2”"),
])
def test_a_cut_expansion_is_told_with_its_limit_and_setting(node: Prefix | Wildcard | Fuzzy, shown: str) -> None:
    note = cut_note(node, 1024)
    assert note.kind == "limit"
    assert shown in note.text
    assert "1,024" in note.text
    assert "query_expansion" in note.text
