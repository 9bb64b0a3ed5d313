from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.facets import beside, chosen, counted, facet
from search.request import FacetSpec, Filter
from search.results import Facet, FacetValue
from search.schema import FACETS, Level

VALUES = ("", "a", "b", "ab")  # what articles have in the field, one letter for each value


@pytest.mark.parametrize(("include", "exclude", "missing", "expected"), [
    ("", "", False, {"", "a", "b", "ab"}),
    ("", "", True, {""}),
    ("a", "", False, {"a", "ab"}),
    ("a", "", True, {"", "a", "ab"}),
    ("ab", "", False, {"a", "b", "ab"}),
    ("ab", "", True, {"", "a", "b", "ab"}),
    ("", "a", False, {"", "b"}),
    ("", "a", True, {""}),
    ("", "ab", False, {""}),
    ("b", "a", False, {"b"}),
    ("b", "a", True, {"", "b"}),
    ("a", "a", False, set()),
    ("a", "a", True, {""}),
    ("c", "", False, set()),
    ("", "c", False, {"", "a", "b", "ab"}),
])
def test_what_is_chosen(include: str, exclude: str, missing: bool, expected: set[str]) -> None:
    filter_ = Filter("person", frozenset(include), frozenset(exclude), missing)
    assert {values for values in VALUES if chosen(filter_, tuple(values))} == expected


@pytest.mark.parametrize(("level", "within", "expected"), [
    (None, "", "2018 2019"), ("year", "", "2018 2019"), ("month", "", "2019-01 2019-11"),
    ("month", "2019", "2019-01 2019-11"), ("month", "2018", ""), ("day", "2019-11", "2019-11-18"),
    ("day", "2019-01", ""), ("year", "2019", "2019"),
])
def test_dates_are_counted_at_one_level_within_a_period(level: Level | None, within: str, expected: str) -> None:
    keys = ["2018", "2019", "2019-01", "2019-11", "2019-11-18"]
    for field in ("published", "about"):
        assert [key for key in keys if counted(FacetSpec(field, None, level, within), key)] == expected.split()


@given(st.sampled_from([name for name in FACETS if name not in {"published", "about"}]), st.text())
def test_all_names_are_counted(field: str, value: str) -> None:
    assert counted(FacetSpec(field), value)


def test_values_come_by_count_then_name() -> None:
    counts = Counter({"Varga": 2, "Okoye": 3, "Allen": 2, "Reid": 1})
    assert facet(FacetSpec("person", 3), counts.items(), 7) == Facet(
        "person", (FacetValue("Okoye", 3), FacetValue("Allen", 2), FacetValue("Varga", 2)), distinct=4, missing=7)


def test_dates_come_in_calendar_order_the_most_frequent_ones_kept() -> None:
    counts = {"2019": 1, "2017": 5, "2018": 2}
    assert facet(FacetSpec("about", 2), counts.items(), 0) == Facet(
        "about", (FacetValue("2017", 5), FacetValue("2018", 2)), distinct=3, missing=0)


@given(st.dictionaries(st.text("ab", max_size=3), st.integers(1, 3), max_size=8), st.none() | st.integers(0, 9))
def test_a_limit_hides_values_and_counts_them(counts: dict[str, int], limit: int | None) -> None:
    for field in ("person", "about"):
        made = facet(FacetSpec(field, limit), counts.items(), 0)
        shown = {value.value: value.count for value in made.values}
        assert len(shown) == len(made.values) == min(len(counts), len(counts) if limit is None else limit)
        assert shown.items() <= counts.items()
        assert made.distinct == len(counts)
        hidden = counts.keys() - shown.keys()
        assert all((-count, name) < (-counts[other], other) for (name, count), other in product(shown.items(), hidden))


def test_a_facet_is_counted_beside_its_own_inclusions_but_not_its_exclusions() -> None:
    place = Filter("place", frozenset({"Karsa"}), frozenset({"Ombra"}), missing=True)
    source = Filter("source", frozenset({"Courier"}))
    assert beside((place, source), "place") == (Filter("place", exclude=frozenset({"Ombra"})), source)
    assert beside((place, source), "person") == (place, source)
