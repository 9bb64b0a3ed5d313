"""For a search that found nothing: what each word finds alone, and what each choice keeps out."""

from dataclasses import dataclass

from search.engine import Snapshot
from search.query.explain import explain
from search.query.tree import Node, positive_terms
from search.request import Filter, Request
from web.facets import Chip, chips
from web.question import Question

MOST_COUNTS = 12  # of words, and of choices, that are counted


@dataclass(frozen=True, slots=True)
class Advice:
    """`terms`: what each finds alone among all articles. `choices`: those without which something is found, and how
    much, the best first. `without_all`: what is found without any choice.
    """

    terms: tuple[tuple[str, int], ...]
    choices: tuple[tuple[Chip, int], ...]
    without_all: int


def advise(snapshot: Snapshot, question: Question) -> Advice:
    """Counts that show why a question found nothing."""
    address = question.address

    def count(query: Node, filters: tuple[Filter, ...] = ()) -> int:
        return snapshot.search(Request(query, filters, limit=0, language=address.language)).total

    terms = tuple(dict.fromkeys(positive_terms(question.tree)))[:MOST_COUNTS]
    found = tuple((explain(term), count(term)) for term in terms) if len(terms) > 1 else ()
    choices = [(chip, count(question.tree, chip.without.filters)) for chip in chips(address)[:MOST_COUNTS]]
    helpful = sorted((pair for pair in choices if pair[1]), key=lambda pair: -pair[1])
    return Advice(found, tuple(helpful), count(question.tree) if address.filters else 0)
