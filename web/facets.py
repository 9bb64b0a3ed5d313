"""From counted facets and an address to the panels of the sidebar: every choice with the address it leads to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from search.request import FacetSpec, Filter
from search.results import Facet, FacetValue
from search.schema import BY_NAME, FACETS, KEY_LENGTH, Level
from web.address import Address
from web.wording import nothing_words, value_words

DATES = tuple(field for field in FACETS if BY_NAME[field].kind == "date")
SINGLE = ("source", "section", "lang", "published")  # of these an article has one value at most
FOLDED = ("author", "section", "lang")  # shut until something in them is chosen

State = Literal["open", "included", "excluded"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of a panel. `to` includes an open value and takes a chosen one back; `exclude` is for open values whose
    exclusion would change anything.

    `count` is None where the index was not asked for it.
    """

    value: str | None
    label: str
    count: int | None
    state: State
    to: Address
    exclude: Address | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet as the page shows it. `trail` leads from all dates down to the period whose parts are listed.

    `more` counts the values not listed.
    """

    field: str
    heading: str
    trail: tuple[tuple[str, Address], ...]
    chosen: tuple[Choice, ...]
    values: tuple[Choice, ...]
    nothing: Choice | None
    more: int
    folded: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice in force, and the address without it. `value` is None where articles without any were chosen."""

    field: str
    value: str | None
    heading: str
    label: str
    excluded: bool
    without: Address


def period(chosen: Filter) -> str:
    """The longest period that holds all included date keys: "" for none, "2019" for 2019-10 and 2019-11."""
    keys = sorted(chosen.include)
    if not keys:
        return ""
    first, last = keys[0], keys[-1]
    return next((first[:length] for length in (10, 7, 4) if len(first) >= length and first[:length] == last[:length]
                 and all(len(key) >= length for key in keys)), "")


def listed_level(within: str) -> tuple[Level, str]:
    """The level whose periods are listed under a choice, and within what: under a day, the days of its month."""
    match len(within):
        case 0:
            return "year", ""
        case 4:
            return "month", within
        case _:
            return "day", within[:7]


def specs(address: Address, values: int, fields: Iterable[str] = FACETS) -> tuple[FacetSpec, ...]:
    """What to count for the sidebar: the `values` most frequent names, and all periods of one level."""
    return tuple(FacetSpec(field, None, *listed_level(period(address.filter(field)))) if field in DATES
                 else FacetSpec(field, values) for field in fields)


def panels(address: Address, facets: Mapping[str, Facet], shown: int) -> tuple[Panel, ...]:
    """The sidebar, in the order of the field table. Facets that have nothing to offer or to undo are left out."""
    made = (panel(address, facets[field], shown) for field in FACETS if field in facets)
    return tuple(p for p in made if p.values or p.chosen or p.trail)


def panel(address: Address, facet: Facet, shown: int | None) -> Panel:
    """One facet: its chosen values first, then the `shown` most frequent of the others, years with the latest first.

    Without `shown`, all of them in the facet's own order.
    """
    field, chosen = facet.field, address.filter(facet.field)
    counts = {value.value: value.count for value in facet.values}
    picked = [_chosen(address, field, value, counts.get(value)) for value in sorted(chosen.include | chosen.exclude)]
    rest = [value for value in facet.values if value.value not in chosen.include | chosen.exclude]
    if shown is not None:
        rest = _dates(rest, listed_level(period(chosen))[0], shown) if field in DATES else rest[:shown]
    listed = tuple(_open(address, field, value) for value in rest)
    counted = chosen.include & counts.keys() if len(counts) == facet.distinct else chosen.include
    return Panel(field, BY_NAME[field].label, _trail(address, field) if field in DATES else (), tuple(picked), listed,
                 _nothing(address, facet), max(0, facet.distinct - len(listed) - len(counted)),
                 field in FOLDED and not picked and not chosen.missing)


def _dates(values: list[FacetValue], level: Level, shown: int) -> list[FacetValue]:
    """The most frequent years, latest first; all months of a year and days of a month, as these are few."""
    if level != "year":
        return values
    latest_first = sorted(values, key=lambda value: value.value, reverse=True)
    kept = sorted(latest_first, key=lambda value: -value.count)[:shown]
    return sorted(kept, key=lambda value: value.value, reverse=True)


def _open(address: Address, field: str, value: FacetValue) -> Choice:
    to = address.narrowed(field, value.value) if field in DATES else address.including(field, value.value)
    return Choice(value.value, _within_words(field, value.value), value.count, "open", to,
                  address.excluding(field, value.value) if _can_exclude(address.filter(field), value.value) else None)


def _can_exclude(chosen: Filter, value: str) -> bool:
    """Whether excluding a value could change what is found: not where what was chosen keeps it out already."""
    if not chosen.include:
        return not chosen.missing
    if chosen.field not in SINGLE:
        return True
    return chosen.field in DATES and any(value.startswith(key) for key in chosen.include)


def _chosen(address: Address, field: str, value: str, count: int | None) -> Choice:
    state: State = "included" if value in address.filter(field).include else "excluded"
    return Choice(value, value_words(field, value), count, state, address.without(field, value))


def _nothing(address: Address, facet: Facet) -> Choice | None:
    """The line for articles that have no value, where there are any or they were chosen."""
    chosen = address.filter(facet.field).missing
    if not chosen and not facet.missing:
        return None
    to = address.without(facet.field) if chosen else address.missing(facet.field)
    return Choice(None, nothing_words(facet.field), facet.missing, "included" if chosen else "open", to)


def _trail(address: Address, field: str) -> tuple[tuple[str, Address], ...]:
    within = period(address.filter(field))
    if not within:
        return ()
    steps = [("All", address.cleared(field))]
    return (*steps, *((_within_words(field, within[:length]), address.narrowed(field, within[:length]))
                      for length in KEY_LENGTH.values() if length < len(within)))


def _within_words(field: str, value: str) -> str:
    """A value as listed under the period that holds it: "November" under 2019."""
    words = value_words(field, value)
    return words.rpartition(" ")[0] if field in DATES and len(value) > 4 else words


def chips(address: Address) -> tuple[Chip, ...]:
    """Every choice in force, each removable."""
    found = []
    for chosen in address.filters:
        heading = BY_NAME[chosen.field].label
        found += [Chip(chosen.field, value, heading, value_words(chosen.field, value), excluded,
                       address.without(chosen.field, value))
                  for excluded, values in ((False, chosen.include), (True, chosen.exclude)) for value in sorted(values)]
        if chosen.missing:
            found.append(Chip(chosen.field, None, heading, nothing_words(chosen.field), False,
                              address.without(chosen.field)))
    return tuple(found)

