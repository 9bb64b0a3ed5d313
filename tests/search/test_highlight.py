from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.analysis import fold, words
from search.article import Article
from search.highlight import ELLIPSIS, READ, SNIPPET, Highlighter, merged
from search.query.tree import Exact, Fuzzy, Phrase, Prefix, Term, Wildcard, Word
from search.results import Snippet, Span
from tests.anything import any_text
from tests.strategies import articles, terms
from tests.vocabulary import LANGUAGES, WORDS

PIECES = (*WORDS, "attack。日本", "x" * 300, "“Why?”", "end.", "\n", "")
SPACED = st.lists(st.sampled_from(PIECES), max_size=120).map(" ".join)


def story(body: str, title: str = "Title", language: str = "en") -> Article:
    return Article("a", "Courier", title, (body,), language=language)


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.spans]


def sound(snippet: Snippet) -> bool:
    """Whether the spans are inside, in order and disjoint."""
    return all(0 <= start < end <= len(snippet.text) for start, end in snippet.spans) and \
        all(end <= start for (_, end), (start, _) in pairwise(snippet.spans))


@given(articles() | articles(any_text(1)), st.lists(terms(), max_size=3))
def test_spans_are_words_of_the_text_in_order(article: Article, searched: list[Term]) -> None:
    found = Highlighter(searched, LANGUAGES).spans(article.text, article.language)
    assert sound(Snippet(article.text, found))
    assert set(found) <= {(word.start, word.end) for word in words(article.text)}


@settings(max_examples=150)
@given(SPACED.filter(str.strip) | any_text(1), st.lists(terms(), max_size=3))
@example("\n\n a", [])
@example("a  " + "b" * 300, [Word("a")])
@example("x " * 200 + "attack" + "日" * 300, [Word("attack")])
@example("x" * 300, [Prefix("x")])
def test_a_snippet_is_a_stretch_of_the_body(body: str, searched: list[Term]) -> None:
    article = story(body)
    snippet = Highlighter(searched, LANGUAGES).snippet(article)
    assert sound(snippet)
    assert len(snippet.text) <= SNIPPET + 2 * len(ELLIPSIS)
    assert snippet.text.strip(ELLIPSIS + " ") or not body.replace("\n", " ").strip(ELLIPSIS + " ")
    shown, whole = snippet.text, article.text[article.body_start:].replace("\n", " ")
    assert any(stretch in whole for stretch in (shown, shown[1:], shown[:-1], shown[1:-1]))


@settings(max_examples=150)
@given(SPACED.filter(str.strip), st.sampled_from(WORDS), st.booleans())
@example("x " * 200 + "attack" + "日" * 300, "attack", True)
def test_a_snippet_shows_what_was_found_if_the_body_has_it(body: str, word: str, spaced: bool) -> None:
    article = story(body if spaced else body.replace(" ", "日"))
    highlighter = Highlighter([Exact(word)], LANGUAGES)
    everywhere = highlighter.spans(article.text[article.body_start:], "en")
    shown = marked(highlighter.snippet(article))
    assert bool(shown) == bool(everywhere)
    assert all(fold(word) == fold(one.text) for text in shown for one in words(text))


@given(st.lists(st.lists(st.sampled_from(("ferry", "quay", "harbour")), min_size=1, max_size=12),
                min_size=1, max_size=12))
def test_a_snippet_is_cut_at_sentence_ends_where_it_can_be(drawn: list[list[str]]) -> None:
    sentences = [" ".join(sentence).capitalize() + "." for sentence in drawn]
    stretches = {" ".join(sentences[i:j]) for i in range(len(sentences)) for j in range(i + 1, len(sentences) + 1)}
    snippet = Highlighter([Word("quay"), Word("harbour")], ("en",)).snippet(story(" ".join(sentences)))
    assert snippet.text in stretches


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n", "” ", ".) "])
def test_the_stretch_with_most_different_terms_is_shown(gap: str) -> None:
    filler = "Nothing happened at the quay on that day, as far as anybody could tell. " * 4
    body = f"Ferry, ferry, ferry, ferry. {filler}The ferry left the harbour.{gap}{filler}The harbour is old."
    snippet = Highlighter([Word("ferry"), Word("harbour")], ("en",)).snippet(story(body))
    assert snippet.text.startswith("The ferry left the harbour.")
    assert marked(snippet)[:2] == ["ferry", "harbour"]


def test_a_body_without_matches_shows_its_beginning() -> None:
    assert Highlighter([Word("ferry")], ("en",)).snippet(story("One. Two.")) == Snippet("One. Two.")
    assert Highlighter([], ("en",)).snippet(Article("a", "Courier", "Only a title", ())) == Snippet("")


@pytest.mark.parametrize("before", [0, 10, 20, 40])
def test_a_long_sentence_is_cut_at_words_around_its_first_match(before: int) -> None:
    body = "many words " * before + "quay " + "more words " * 40
    snippet = Highlighter([Word("quay")], ("en",)).snippet(story(body))
    assert marked(snippet) == ["quay"]
    assert snippet.text.startswith(ELLIPSIS) == (len("many words ") * before > SNIPPET // 2)
    assert snippet.text.endswith(ELLIPSIS)
    assert snippet.spans[0][0] <= SNIPPET // 2 + len(ELLIPSIS)
    assert len(snippet.text) > SNIPPET - len(" words")
    assert set(snippet.text.strip(ELLIPSIS).split()) <= {"many", "more", "words", "quay"}


def chains(body: str, phrase: Phrase) -> set[Span]:
    """The spans of all words of all ways in which a phrase stands in a text, by trying every way."""
    placed = list(words(body))
    found: set[Span] = set()

    def follow(way: list[int]) -> None:
        if len(way) == len(phrase.words):
            found.update((placed[n].start, placed[n].end) for n in way)
            return
        reach = range(way[-1] + 1, way[-1] + 2 + phrase.slop) if way else range(len(placed))
        for n in reach:
            if n < len(placed) and placed[n].text == phrase.words[len(way)]:
                follow([*way, n])
    follow([])
    return found


@settings(max_examples=200)
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=14).map(" ".join),
       st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(tuple), st.integers(0, 3), st.booleans())
def test_a_phrase_marks_the_words_of_its_chains(body: str, asked: tuple[str, ...], slop: int, exact: bool) -> None:
    phrase = Phrase(asked, slop, exact)
    assert Highlighter([phrase], ("und",)).spans(body, "und") == tuple(sorted(chains(body, phrase)))


@pytest.mark.parametrize(("term", "expected"), [
    (Word("minister"), ["Ministers", "minister’s"]), (Exact("minister"), ["minister’s"]),
    (Prefix("min"), ["Ministers", "minister’s"]), (Wildcard("at*k"), ["attack"]), (Fuzzy("atack"), ["attack"]),
    (Word("élections"), ["election"]), (Exact("US"), ["U.S"]),
    (Phrase(("us", "election")), ["U.S", "election"]), (Phrase(("minister", "attack"), 1), ["Ministers", "attack"]),
    (Phrase(("minister", "attack"), 1, exact=True), []), (Phrase(()), []), (Word("quay"), []), (Exact(""), []),
])
def test_each_type_of_term_marks_what_it_matches(term: Term, expected: list[str]) -> None:
    text = "Ministers now attack the U.S. election, a minister’s aide said"
    article = story(text, title=text)
    highlighter = Highlighter([term], ("en", "fr"))
    assert marked(highlighter.title(article)) == marked(highlighter.snippet(article)) == expected
    assert highlighter.title(article).text == text


@pytest.mark.parametrize(("field", "in_title", "in_text"), [
    (None, True, True), ("title", True, False), ("text", False, True), ("person", False, False), ("was", False, False),
])
def test_a_term_is_marked_in_its_own_field(field: str | None, in_title: bool, in_text: bool) -> None:
    highlighter = Highlighter([Word("ferry", field)], ("en",))
    article = story("The ferry left.", title="Ferry late")
    assert bool(highlighter.title(article).spans) is in_title
    assert bool(highlighter.snippet(article).spans) is in_text


def test_words_are_stemmed_in_the_language_of_the_article() -> None:
    assert Highlighter([Word("élections")], ("fr",)).spans("une élection", "fr") == ((4, 12),)
    assert Highlighter([Word("attacks")], ("und",)).spans("attack attacks", "und") == ((7, 14),)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)).map(lambda pair: (pair[0], sum(pair)))))
def test_merging_joins_what_overlaps_and_keeps_what_touches(spans: list[Span]) -> None:
    joined = merged(spans)
    assert {n for span in joined for n in range(*span)} == {n for span in spans for n in range(*span)}
    assert all(end <= start for (_, end), (start, _) in pairwise(joined))
    assert merged([(2, 4), (0, 2), (3, 5)]) == ((0, 2), (2, 5))
    ends = {start for start, _ in joined} | {end for _, end in joined}
    assert ends <= {place for span in spans for place in span}


def test_a_long_article_full_of_matches_is_marked_in_linear_time() -> None:
    body = "The one and the other. " * 20_000
    snippet = Highlighter([Exact("the"), Exact("one")], ("en",)).snippet(story(body))
    assert marked(snippet)[:3] == ["The", "one", "the"]


def test_only_the_beginning_of_a_very_long_text_is_looked_through() -> None:
    early = "ferry " * (READ // 6) + "x" * (READ % 6 - 1)
    assert len(early) == READ - 1
    highlighter = Highlighter([Word("ferry"), Prefix("quay")], ("en",))
    spans = highlighter.spans(early + " ferry " + "quay " * 10, "en")
    assert len(spans) == READ // 6
    assert not Highlighter([Prefix("q")], ("en",)).spans("x " * (READ // 2 - 1) + "quay quay", "en")
    assert Highlighter([Prefix("q")], ("en",)).spans("x " * (READ // 2 - 2) + "quay", "en")


@pytest.mark.parametrize("sentence", ["The ferry left. ", "the ferry left "])
def test_the_snippet_of_a_very_long_text_is_made_of_its_beginning(sentence: str) -> None:
    body = sentence * (READ // len(sentence) + 1) + "The quay is empty. " * 10_000
    assert marked(Highlighter([Word("quay")], ("en",)).snippet(story(body))) == []
    snippet = Highlighter([Word("ferry")], ("en",)).snippet(story(body))
    assert set(marked(snippet)) == {"ferry"}
    assert len(snippet.text) <= SNIPPET + 2 * len(ELLIPSIS)


@pytest.mark.parametrize("term", [
    Word("ferry"), Exact("ferry"), Wildcard("*y"), Fuzzy("fery"), Phrase(("the", "ferry")),
])
def test_each_different_word_of_a_text_is_tested_once(term: Term, monkeypatch: pytest.MonkeyPatch) -> None:
    tested: list[str] = []
    test = Highlighter._test

    def counted(self: Highlighter, one: Term, language: str) -> Callable[[str], bool]:
        fits = test(self, one, language)
        return lambda word: tested.append(word) or fits(word)  # type: ignore[func-returns-value]
    monkeypatch.setattr(Highlighter, "_test", counted)
    assert Highlighter([term], ("en",)).spans("The ferry and the ferry and the ferry", "en")
    assert len(tested) == 3 * (len(term.words) if isinstance(term, Phrase) else 1)
