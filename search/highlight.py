"""From an article and the terms of a query to the spans that matched and a snippet cut at sentence ends.

Made from the stored text, the same for every engine.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from search.analysis import fold, split, stem, stems, words
from search.article import Article
from search.expand import predicate
from search.query.tree import Exact, Fuzzy, Phrase, Prefix, Term, Wildcard
from search.query.tree import Word as WordNode
from search.results import Snippet, Span

READ = 100_000  # characters of a text that are looked through for matches
SNIPPET = 260  # characters, about two lines and a half on a wide page
SENTENCE_END = re.compile(r"(?<=[.!?…؟。])[\"'”’»)\]]*\s+(?=\S)|\n+")
ELLIPSIS = "…"

Fits = Callable[[str], bool]  # whether a word of a text is one that is looked for
Places = Mapping[str, list[int]]  # a word → its numbers among the words of a text


class Highlighter:
    """Marks what a query's terms matched in articles. `languages` are those in which query words are analysed.

    Only the first READ characters of a text are looked through.
    """

    def __init__(self, terms: Iterable[Term], languages: Sequence[str]) -> None:
        self._languages = languages
        self._terms = tuple(dict.fromkeys(terms))

    def title(self, article: Article) -> Snippet:
        """The whole title, its matches marked."""
        spans = self._spans(article.title, article.language, "title")
        return Snippet(article.title, merged(span for found in spans for span in found))

    def snippet(self, article: Article) -> Snippet:
        """One or two sentences of the body that hold most of the query, marked; else its beginning."""
        text = article.text[article.body_start:]
        found = self._spans(text, article.language, "text")
        lead = next((part.start for part in article.parts if part.kind == "paragraph"), article.body_start)
        start, end = _best_stretch(text, found, lead - article.body_start)
        return _cut(text, merged(span for spans in found for span in spans), start, end)

    def spans(self, text: str, language: str) -> tuple[Span, ...]:
        """Every match of the ranked fields' terms in a text, disjoint and in order."""
        return merged(span for found in self._spans(text, language, None) for span in found)

    def _spans(self, text: str, language: str, field: str | None) -> list[list[Span]]:
        placed = [word for word in words(text[:READ]) if word.end < READ or len(text) <= READ]  # none that is cut off
        places: defaultdict[str, list[int]] = defaultdict(list)
        for n, word in enumerate(placed):
            places[word.text].append(n)
        return [[(placed[n].start, placed[n].end) for n in self._found(term, places, language)]
                for term in self._terms if term.field is None or term.field == field]

    def _found(self, term: Term, places: Places, language: str) -> list[int]:
        """The numbers of the words that `term` matches; those of a phrase word by word."""
        if isinstance(term, Phrase):
            tests = [self._test(Exact(word) if term.exact else WordNode(word), language) for word in term.words]
            return _phrase([_fitting(fits, places) for fits in tests], term.slop)
        return _fitting(self._test(term, language), places)

    def _test(self, term: Term, language: str) -> Fits:
        match term:
            case WordNode(text):
                wanted = frozenset().union(*(stems(word, self._languages) for word in split(text)))
                return lambda word: stem(word, language) in wanted
            case Exact(text):
                exact = frozenset(fold(word) for word in split(text))
                return lambda word: fold(word) in exact
            case Prefix() | Wildcard() | Fuzzy():
                fits = predicate(term)
                return lambda word: fits(fold(word))
            case Phrase():
                raise TypeError("a phrase is tested word by word")


def _fitting(fits: Fits, places: Places) -> list[int]:
    """The numbers of the words that fit, ascending; each different word is tested once."""
    return sorted(n for word, numbers in places.items() if fits(word) for n in numbers)


def _phrase(chains: list[list[int]], slop: int) -> list[int]:
    """Of the numbers for each word of a phrase, those in a chain of all its words, each close behind the one before."""
    for i in range(1, len(chains)):
        chains[i] = [n for n in chains[i] if _any_between(chains[i - 1], n - 1 - slop, n)]
    for i in range(len(chains) - 2, -1, -1):
        chains[i] = [n for n in chains[i] if _any_between(chains[i + 1], n + 1, n + 2 + slop)]
    return [n for chain in chains for n in chain]


def _any_between(numbers: list[int], start: int, end: int) -> bool:
    n = bisect_left(numbers, start)
    return n < len(numbers) and numbers[n] < end


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _sentences(text: str) -> Iterator[Span]:
    """The sentences that begin in what is looked through; the last ends at most a snippet's length behind it."""
    start = 0
    for gap in SENTENCE_END.finditer(text, 0, READ + SNIPPET):
        yield start, gap.start() + len(gap.group().rstrip())
        start = gap.end()
        if start >= READ:
            return
    if start < len(text):
        yield start, len(text)


def _best_stretch(text: str, found: list[list[Span]], lead: int) -> Span:
    """The run of whole sentences, at most SNIPPET long, that holds most different terms, then most matches.

    Paragraphs, which begin at `lead`, come before the captions and the dateline above them; among equals a stretch that
    begins with a match comes first, and without any match the first paragraph.
    """
    sentences = list(_sentences(text)) or [(0, len(text))]
    places = [sorted(start for start, _ in spans) for spans in found if spans]
    best, best_worth = sentences[0], (-1, False, -1, False)
    for n, (start, first_end) in enumerate(sentences):
        bound = min(start + SNIPPET, lead if start < lead else len(text))
        end = max((last for _, last in sentences[n + 1:n + 6] if last <= bound), default=first_end)
        inside = [bisect_left(starts, end) - bisect_left(starts, start) for starts in places]
        opening = any(_any_between(starts, start, first_end) for starts in places)
        worth = sum(count > 0 for count in inside), start >= lead, sum(inside), opening
        if worth > best_worth:
            best, best_worth = (start, end), worth
    return best


def _cut(text: str, spans: tuple[Span, ...], start: int, end: int) -> Snippet:
    """`text` from `start` to `end`, shortened at words around its first match where that is longer than SNIPPET."""
    before = after = ""
    if end - start > SNIPPET:
        first, last = next((span for span in spans if start <= span[0] < end), (start, start + 1))
        if first - start > SNIPPET // 2:
            start = text.find(" ", first - SNIPPET // 2, first) + 1 or first
            before = ELLIPSIS
        if end - start > SNIPPET:
            space = text.rfind(" ", last, start + SNIPPET)
            end = space if space >= 0 else start + SNIPPET
            after = ELLIPSIS
    shown = before + text[start:end].replace("\n", " ") + after
    offset = len(before) - start
    return Snippet(shown, tuple((s + offset, e + offset) for s, e in spans if start <= s and e <= end))
