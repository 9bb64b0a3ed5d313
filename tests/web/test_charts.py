"""Timelines: to scale, in order, and silent about nothing."""

from hypothesis import given
from hypothesis import strategies as st

from search.results import FacetValue
from web.charts import HEIGHT, MOST_YEARS, WIDTH, timeline


def values(counts: dict[str, int]) -> list[FacetValue]:
    return [FacetValue(key, count) for key, count in sorted(counts.items())]


@given(st.dictionaries(st.integers(1000, 2200).map(str), st.integers(1, 10**6), min_size=2, max_size=40))
def test_every_year_is_drawn_or_counted_as_outside(counts: dict[str, int]) -> None:
    drawn = timeline(values(counts))
    assert drawn
    held = {bar.key: bar.count for bar in drawn.bars if bar.count}
    assert held == {key: counts[key] for key in held}
    assert len(held) + drawn.earlier + drawn.later == len(counts)
    assert 1 <= len(drawn.bars) <= MOST_YEARS
    assert [bar.key for bar in drawn.bars] == sorted(bar.key for bar in drawn.bars)
    assert drawn.most.height == max(bar.height for bar in drawn.bars) == HEIGHT
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH + 0.1 for bar in drawn.bars)


def test_years_without_articles_are_gaps() -> None:
    drawn = timeline(values({"2001": 4, "2004": 2}))
    assert drawn
    assert [(bar.key, bar.height) for bar in drawn.bars] == [("2001", 100), ("2002", 0), ("2003", 0), ("2004", 50)]


def test_the_fullest_stretch_is_drawn_where_years_lie_far_apart() -> None:
    drawn = timeline(values({"1648": 7, "1703": 9, "1990": 50, "2019": 60, "2400": 2}))
    assert drawn
    assert (drawn.bars[0].key, drawn.bars[-1].key, drawn.earlier, drawn.later) == ("1990", "2019", 2, 1)


def test_a_year_has_twelve_months_and_a_month_its_days() -> None:
    year, month = timeline(values({"2020-03": 1}), "2020"), timeline(values({"2020-02-29": 1}), "2020-02")
    assert year
    assert month
    assert len(year.bars) == 12
    assert month.bars[-1].key == "2020-02-29"


def test_nothing_to_compare_is_not_drawn() -> None:
    assert timeline([]) is None
    assert timeline(values({"2020": 3})) is None
    assert timeline([], "2020") is None
