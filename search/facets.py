"""From the values of the articles found to the facets that a reader sees; shared by all engines."""

from collections.abc import Iterable, Sequence

from search.request import FacetSpec, Filter
from search.results import Facet, FacetValue
from search.schema import BY_NAME, KEY_LENGTH


def chosen(filter_: Filter, values: Sequence[str]) -> bool:
    """Whether an article with these values in the filter's field is among what was chosen there."""
    if not filter_.exclude.isdisjoint(values):
        return False
    if not values:
        return filter_.missing or not filter_.include
    return not filter_.include.isdisjoint(values) if filter_.include or filter_.missing else True


def beside(filters: Sequence[Filter], field: str) -> tuple[Filter, ...]:
    """The filters that a field's own facet is counted under: all, but for what is included in that field.

    Drill sideways: values that could be chosen as well keep their counts. What is excluded stays excluded, so that a
    count is what choosing the value gives.
    """
    return tuple(Filter(field, exclude=each.exclude) if each.field == field else each for each in filters)


def counted(spec: FacetSpec, value: str) -> bool:
    """Whether a value belongs to the facet: for dates, a key of the level asked for, within the period asked for."""
    if BY_NAME[spec.field].kind != "date":
        return True
    return len(value) == KEY_LENGTH[spec.level or "year"] and value.startswith(spec.within)


def facet(spec: FacetSpec, counts: Iterable[tuple[str, int]], missing: int) -> Facet:
    """The facet of all values with their counts: the most frequent ones, dates in calendar order."""
    ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    kept = ordered[:spec.limit]
    if BY_NAME[spec.field].kind == "date":
        kept = sorted(kept)
    return Facet(spec.field, tuple(FacetValue(*pair) for pair in kept), len(ordered), missing)
