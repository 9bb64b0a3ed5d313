"""For a search that found nothing: what each word finds alone, like spellings that find more, what choices keep out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.engine import Snapshot
from search.query.explain import explain
from search.query.tree import Fuzzy, Node, Word, positive_terms
from search.request import Filter, Request
from search.settings import Settings
from web.address import Address
from web.facets import Chip, chips
from web.question import Question, understand

MOST_COUNTS = 12  # of words, and of choices, that are counted
SHORTEST = 4  # letters of a word that may have been misspelt

Count = Callable[[Node, tuple[Filter, ...]], int]


@dataclass(frozen=True, slots=True)
class Advice:
    """`terms`: what each finds alone among all articles. `spellings`: searches for words like those that find nothing,
    and what they find. `choices`: those without which something is found, and how much, the best first. `without_all`:
    what is found without any choice.
    """

    terms: tuple[tuple[str, int], ...]
    spellings: tuple[tuple[Address, int], ...]
    choices: tuple[tuple[Chip, int], ...]
    without_all: int


def advise(snapshot: Snapshot, question: Question, settings: Settings) -> Advice:
    """Counts that show why a question found nothing."""
    address = question.address

    def count(query: Node, filters: tuple[Filter, ...] = ()) -> int:
        return snapshot.search(Request(query, filters, limit=0, language=address.language)).total

    terms = tuple(dict.fromkeys(positive_terms(question.tree)))[:MOST_COUNTS]
    alone = {term: count(term) for term in terms}
    lost = [term for term, number in alone.items() if not number and isinstance(term, Word)]
    spellings = tuple(_spellings(question, lost, count, settings))
    choices = [(chip, count(question.tree, chip.without.filters)) for chip in chips(address)[:MOST_COUNTS]]
    helpful = sorted((pair for pair in choices if pair[1]), key=lambda pair: -pair[1])
    found = tuple((explain(term), number) for term, number in alone.items()) if len(terms) > 1 else ()
    return Advice(found, spellings, tuple(helpful), count(question.tree) if address.filters else 0)


def _spellings(question: Question, lost: list[Word], count: Count, settings: Settings) -> Iterator[tuple[Address, int]]:
    """The search with all lost words as like spellings; where even that finds nothing, each such word by itself."""
    lost = [word for word in lost if len(word.text) >= SHORTEST]
    address, query = question.address, question.address.query
    for word in lost:
        query = re.sub(rf"(?<!\w){re.escape(word.text)}(?!\w)", f"{word.text}~", query)
    mended = understand(address.asking(query), settings)
    wanted = [Fuzzy(term.text, 1, term.field) if term in lost and isinstance(term, Word) else term
              for term in positive_terms(question.tree)]
    if lost and list(positive_terms(mended.tree)) == wanted and (found := count(mended.tree, mended.address.filters)):
        yield mended.address, found
        return
    for word in lost:
        near = understand(address.asking(f"{word.field}:{word.text}~" if word.field else f"{word.text}~"), settings)
        if found := count(near.tree, near.address.filters):
            yield near.address, found
