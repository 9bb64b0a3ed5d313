"""From counts by year, month or day to the bars of a timeline, drawn to scale: a period without articles is a gap.

The drawing is stretched to the page's width, so it holds no letters; the page writes them beneath.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass

from search.results import Facet, FacetValue
from search.schema import BY_NAME
from web.address import Address
from web.facets import listed_level, period

MOST_YEARS = 60
WIDTH, HEIGHT = 960.0, 100.0  # of the drawing, in its own units
BROAD = 0.86  # of its room that a bar takes
BROADEST = 56.0
LEAST = 2.0  # height of the smallest bar that is not empty


@dataclass(frozen=True, slots=True)
class Bar:
    """A period: its key, its count, and where its bar stands."""

    key: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in calendar order, and the fullest. `earlier` and `later` count the years that are not drawn."""

    bars: tuple[Bar, ...]
    most: Bar
    earlier: int
    later: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A timeline of a date field: what is drawn, and the same as a table."""

    field: str
    heading: str
    chart: Timeline
    table: tuple[FacetValue, ...]


def drawing(address: Address, found: Facet | None) -> Drawing | None:
    """The timeline of a date field as counted under an address; None where it would show nothing."""
    if found is None:
        return None
    chart = timeline(found.values, listed_level(period(address.filter(found.field)))[1])
    return Drawing(found.field, BY_NAME[found.field].label, chart, found.values) if chart else None


def timeline(values: Sequence[FacetValue], within: str = "") -> Timeline | None:
    """The timeline of a year's months, a month's days, or, within nothing, of years; None where it would show nothing.

    Of years that lie further apart than MOST_YEARS, the stretch that holds most articles is drawn.
    """
    counts = {value.value: value.count for value in values}
    if not counts or (len(counts) < 2 and not within):
        return None
    keys = _periods(within) if within else _years(counts)
    step = WIDTH / len(keys)
    width = min(step * BROAD, BROADEST)
    highest = max((counts.get(key, 0) for key in keys), default=0)
    bars = []
    for n, key in enumerate(keys):
        count = counts.get(key, 0)
        height = max(LEAST, HEIGHT * count / highest) if count else 0.0
        place = n * step + (step - width) / 2, HEIGHT - height, width, height
        bars.append(Bar(key, count, *(round(unit, 2) for unit in place)))
    return Timeline(tuple(bars), max(bars, key=lambda bar: bar.count),
                    sum(key < keys[0] for key in counts),
                    sum(key > keys[-1] for key in counts))


def _periods(within: str) -> list[str]:
    """All months of a year, or all days of a month."""
    if len(within) == 4:
        return [f"{within}-{month:02}" for month in range(1, 13)]
    days = calendar.monthrange(int(within[:4]), int(within[5:7]))[1]
    return [f"{within}-{day:02}" for day in range(1, days + 1)]


def _years(counts: dict[str, int]) -> list[str]:
    """All years from the first to the last; of those too many, the stretch that holds most, the latest of equals."""
    years = sorted(int(key) for key in counts)
    first, last = years[0], years[-1]
    if last - first >= MOST_YEARS:
        ends = [year for year in years if year - first >= MOST_YEARS - 1] or [last]
        last = max(ends, key=lambda end: (sum(counts[f"{y:04}"] for y in years if end - MOST_YEARS < y <= end), end))
        first = max(first, last - MOST_YEARS + 1)
        first, last = (min(y for y in years if y >= first), max(y for y in years if y <= last))
    return [f"{year:04}" for year in range(first, last + 1)]
