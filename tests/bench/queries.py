"""From the articles of a corpus to the queries that every contender answers: seven classes of them, by a fixed seed.

    rare     a word in 5 to 50 articles            phrase   two or three words that stand together in an article
    common   a word in 2 % to 30 % of them         prefix   the first three or four letters of a word
    and      two common words                      filter   a common word, one or two years, and an outlet
    or       two or three common or middling ones

How common a word is, is judged by a sample and by the form in which it stands: letters alone, three or more, in lower
case. A rare word has no common forms either, since all forms of a word are found.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from search.analysis import stem
from search.document import Document

Kind = Literal["rare", "common", "and", "or", "phrase", "prefix", "filter"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PER_KIND = 20
SEED = 20
SAMPLE = 20_000  # articles by which it is judged how common a word is
SEEN = 2  # articles of the sample without which nothing can be said of a word
IN_FULL = 2_000  # articles from which phrases, prefixes and filters are drawn
ATTEMPTS = 50  # for each query wanted of a class
WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Query:
    """A query before any engine's own form: its words, or the letters of a prefix; days half-open; an outlet."""

    kind: Kind
    words: tuple[str, ...]
    begin: date | None = None
    until: date | None = None
    outlet: str | None = None


class Sample:
    """What is known of a corpus by its first articles: how many of them each word stands in, and some in full."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.articles = 0
        self.frequency: Counter[str] = Counter()
        self.documents: list[Document] = []
        for document in documents:
            self.articles += 1
            self.frequency.update(_words(document))
            if len(self.documents) < IN_FULL:
                self.documents.append(document)

    def queries(self, articles: int) -> tuple[Query, ...]:
        """Different queries, of each class PER_KIND or as many as the sample gives, for so many articles.

        Only rare words depend on how many articles there are.
        """
        draw = _Draw(self, articles)
        return tuple(query for kind in KINDS for query in draw.queries(kind))


def _words(document: Document) -> set[str]:
    return set(WORD.findall(document.article.text.casefold()))


class _Draw:
    """Draws queries by chance."""

    def __init__(self, sample: Sample, articles: int) -> None:
        self._random, self._documents = random.Random(SEED), sample.documents
        shares = {word: count / sample.articles for word, count in sorted(sample.frequency.items())}
        forms: Counter[str] = Counter()
        for word, count in sample.frequency.items():
            forms[stem(word, "en")] += count
        least, most = (max(count * sample.articles / articles, SEEN) for count in (5, 50))
        self._rare = [word for word in shares if least <= sample.frequency[word] and forms[stem(word, "en")] <= most]
        self._common = [word for word, share in shares.items() if 0.02 <= share <= 0.3]
        middling = [word for word, share in shares.items() if 0.002 <= share < 0.02]
        self._mixed = self._common + self._random.sample(middling, min(len(middling), len(self._common)))

    def queries(self, kind: Kind) -> list[Query]:
        """Different queries of one class, the same ones whatever became of the other classes."""
        self._random.seed(f"{SEED} {kind}")
        drawn = (self._query(kind) for _ in range(PER_KIND * ATTEMPTS))
        return list(dict.fromkeys(query for query in drawn if query))[:PER_KIND]

    def _query(self, kind: Kind) -> Query | None:
        match kind:
            case "rare":
                words = self._some(self._rare, 1)
            case "common":
                words = self._some(self._common, 1)
            case "and":
                words = self._some(self._common, 2)
            case "or":
                words = self._some(self._mixed, self._random.choice((2, 3)))
            case "phrase":
                words = self._phrase(self._random.choice((2, 3)))
            case "prefix":
                words = self._prefix(self._random.choice((3, 4)))
            case "filter":
                return self._filter()
        return Query(kind, words) if words else None

    def _some(self, words: Sequence[str], count: int) -> tuple[str, ...]:
        return tuple(self._random.sample(words, count)) if len(words) >= count else ()

    def _phrase(self, length: int) -> tuple[str, ...]:
        words = self._random.choice(self._documents).article.text.split()
        start = self._random.randrange(len(words))
        chosen = tuple(word.casefold() for word in words[start:start + length])
        return chosen if len(chosen) == length and all(WORD.fullmatch(word) for word in chosen) else ()

    def _prefix(self, letters: int) -> tuple[str, ...]:
        words = [word for word in WORD.findall(self._random.choice(self._documents).article.text.casefold())
                 if len(word) > letters]
        return (self._random.choice(words)[:letters],) if words else ()

    def _filter(self) -> Query | None:
        """A filter that lets at least one article through, in which its word stands."""
        document = self._random.choice(self._documents)
        words, day = sorted(_words(document).intersection(self._common)), document.article.published.day
        if not words or day is None:
            return None
        days = self._random.randint(365, 730)
        begin = day - timedelta(self._random.randrange(days))
        return Query("filter", (self._random.choice(words),), begin, begin + timedelta(days), document.article.source)
