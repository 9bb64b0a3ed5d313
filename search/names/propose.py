"""The names of an index and what alias files say → lines for the names that are likely spellings of another.

Names are compared within those that share a skeleton, so that the time is in proportion to their number. The spelling
that most articles have stands for the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from search.engine import Snapshot
from search.names.aliases import Aliases, Line
from search.names.alike import alike, skeleton
from search.names.spelling import FIELD, FIELD_TYPES
from search.request import FacetSpec, Request
from search.results import FacetValue

CROWD = 500  # names of one skeleton; more of them would be compared with the most frequent only


def proposals(snapshot: Snapshot, lines: Iterable[Line], aliases: Aliases) -> list[Line]:
    """A line for each name that is likely another's spelling, but for those that the lines join or keep apart already.

    The most frequent names come first. Of people and organisations only.
    """
    fields = {FIELD[type_]: type_ for type_ in ("PER", "ORG")}
    asked = Request(limit=0, facets=tuple(FacetSpec(field, None) for field in fields))
    facets = snapshot.search(asked).facets
    known = {frozenset((line.type, name) for name in pair) for line in lines for pair in _pairs(line.names)}
    found: list[tuple[int, Line]] = []
    for field in fields:
        type_ = FIELD_TYPES[field][0]
        for best, other in _alike(facets[field].values, field):
            joined = other.value in aliases.spelled(best.value, (type_,))
            if not joined and frozenset(((type_, best.value), (type_, other.value))) not in known:
                found.append((best.count, Line("auto", type_, (best.value, other.value))))
    return [line for _, line in sorted(found, key=lambda pair: -pair[0])]


def _alike(values: Iterable[FacetValue], field: str) -> Iterator[tuple[FacetValue, FacetValue]]:
    """Each name with the most frequent one that it is likely a spelling of; `values` are the most frequent first."""
    type_ = FIELD_TYPES[field][0]
    heads: defaultdict[str, list[FacetValue]] = defaultdict(list)
    for value in values:
        near = heads[skeleton(value.value, type_)]
        best = next((head for head in near[:CROWD] if alike(head.value, value.value, type_)), None)
        if best is None:
            near.append(value)
        else:
            yield best, value


def _pairs(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for at, name in enumerate(names):
        yield from ((name, other) for other in names[at + 1:])
