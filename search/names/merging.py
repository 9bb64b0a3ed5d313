"""A facet as an engine counts it → the facet in which the spellings of a name are one value, counted exactly.

An article with two spellings of a name counts once, so the counts of spellings can be added up only if no article of
the index has two; else the engine is asked how many articles have any of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from search.engine import Snapshot
from search.facets import beside
from search.query.tree import Everything
from search.request import FacetSpec, Filter, Request
from search.results import Facet, FacetValue

AHEAD = 4  # how many times as many values are asked for as are wanted, as some will be one

Spellings = Mapping[str, tuple[str, ...]]  # a name → the spellings of it that the index has, none of which it need be


@dataclass(frozen=True, slots=True)
class Here:
    """What one generation has in a field: the names that have other spellings, in how many articles each spelling is,
    and, as far as it was asked, whether no article has two of several spellings.
    """

    spellings: Spellings
    counts: Mapping[str, int]
    apart: dict[tuple[str, ...], bool]


def wider(spec: FacetSpec) -> FacetSpec:
    """What to ask of an engine for a facet whose values may turn out to be one."""
    return replace(spec, limit=AHEAD * spec.limit) if spec.limit else spec


@dataclass
class Merger:
    """Merges the facets of one request; `exact` says whether every count that was asked for was."""

    snapshot: Snapshot
    request: Request
    exact: bool = field(default=True, init=False)

    def facet(self, spec: FacetSpec, found: Facet, spellings: Spellings, here: Here) -> Facet:
        """The facet that `spec` wants, of one that was counted `wider`. `spellings` are those of `here` as to be shown.

        Of the distinct values, spellings that are not among those counted here count apart.
        """
        name_of = {spelling: name for name, several in spellings.items() for spelling in several}
        while True:
            counts = self._merged(spec, found, spellings, here)
            if not spec.limit or len(counts) >= spec.limit or len(found.values) == found.distinct:
                break
            more = replace(spec, limit=AHEAD * len(found.values))
            found = self.snapshot.search(replace(self.request, facets=(more,), limit=0, offset=0, after=None)).facets[
                spec.field]
        named = [name_of[value.value] for value in found.values if value.value in name_of]
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:spec.limit]
        return Facet(spec.field, tuple(FacetValue(*pair) for pair in ordered),
                     found.distinct - len(named) + len(set(named)), found.missing)

    def _merged(self, spec: FacetSpec, found: Facet, spellings: Spellings, here: Here) -> dict[str, int]:
        """The exact counts of all values that can be among those wanted.

        No value that was left out counts more than the last that was given, so the count of a name lies between the
        greatest of its spellings' and the sum of all; it is asked for only where the sum would be enough. (The
        threshold algorithm: Fagin, Lotem and Naor, 2001.)
        """
        left_out = found.values[-1].count if found.values and len(found.values) < found.distinct else 0
        counts = {value.value: value.count for value in found.values if value.value not in here.counts}
        given = {value.value: value.count for value in found.values if value.value in here.counts}
        least = [max(given.get(spelling, 0) for spelling in several) for several in spellings.values()]
        ranked = sorted([*counts.values(), *filter(None, least)], reverse=True)
        enough = ranked[spec.limit - 1] if spec.limit and len(ranked) >= spec.limit else 1
        for name, several in spellings.items():
            most = sum(given.get(spelling, left_out) for spelling in several)
            if most >= enough:
                known = not left_out or all(spelling in given for spelling in several)
                count = most if known and self._apart(spec.field, several, here) else self._having(spec.field, several)
                counts |= {name: count} if count else {}
        return counts

    def _apart(self, name: str, spellings: tuple[str, ...], here: Here) -> bool:
        """Whether no article of the index has two of these spellings in a field."""
        if len(spellings) == 1:
            return True
        if spellings not in here.apart:
            any_of = Request(Everything(), (Filter(name, frozenset(spellings)),), limit=0)
            found = self.snapshot.search(any_of)
            here.apart[spellings] = found.exact and found.total == sum(here.counts[each] for each in spellings)
        return here.apart[spellings]

    def _having(self, name: str, spellings: Sequence[str]) -> int:
        """How many of the articles that the facet of a field counts have any of these spellings."""
        filters = [each for each in beside(self.request.filters, name) if each.field != name]
        excluded = frozenset[str]().union(*(each.exclude for each in self.request.filters if each.field == name))
        chosen = Filter(name, frozenset(spellings), excluded)
        found = self.snapshot.search(replace(self.request, filters=(*filters, chosen), facets=(), limit=0, offset=0,
                                             after=None, counted=True))
        self.exact = self.exact and found.exact
        return found.total
