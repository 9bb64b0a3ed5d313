"""Spans with the types that each place speaks for → one type for all places of a name."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from search.document import NameType
from search.enrich.entities.gazetteer import Gazetteer
from search.enrich.entities.spans import Span

ARTICLE = re.compile(r"^(?:[Aa]l|[Ee]l)[-‐](?=\w)")
OUTLET = re.compile(r"^[A-Z][a-z]{2,}(?:post|news|times|press|herald|tribune|gazette|today|watch|bank|tv|soft)$")



def agreed(text: str, spans: Sequence[Span], lists: Gazetteer) -> list[Span]:
    """The spans, each with the type that most places of its name have."""
    votes: defaultdict[str, Counter[NameType]] = defaultdict(Counter)
    for span in spans:
        name = text[span.start:span.end]
        votes[name][span.type] += 1
    people = {part for name, counter in votes.items() if " " in name and leading(counter) == "PER"
              for part in (name.rsplit(maxsplit=1)[-1], ARTICLE.sub("", name.rsplit(maxsplit=1)[-1]))}
    kinds = {name: _kind(name, counter, people, lists) for name, counter in votes.items()}
    return [Span(span.start, span.end, kinds[text[span.start:span.end]]) for span in spans]


def _kind(name: str, votes: Counter[NameType], people: set[str], lists: Gazetteer) -> NameType:
    """The type of a name: what the lists say of long names, a person's for a family name, or what most places say."""
    known = lists.known.get(name)
    if known and (" " in name or name.isupper() or known[0] == "ORG"):
        return known[0]
    if not known and votes["LOC"] and OUTLET.search(name):
        return "ORG"
    if name in people and not (known and votes["PER"] == 0):
        return "PER"
    return leading(votes)


def leading(votes: Counter[NameType]) -> NameType:
    """The type with most votes; of equals, that which came first."""
    return max(votes, key=votes.__getitem__)
