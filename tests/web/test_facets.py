"""The sidebar's panels: what is listed, and where every line leads."""

from search.request import FacetSpec
from search.results import Facet, FacetValue
from web.address import Address
from web.facets import chips, panel, panels, period, specs

YEARS = Facet("published", (FacetValue("2018", 3), FacetValue("2019", 5)), 2, 4)
PEOPLE = Facet("person", (FacetValue("A", 9), FacetValue("B", 5), FacetValue("C", 1)), 40, 2)


def choosing(*pairs: tuple[str, str]) -> Address:
    return Address.read(pairs)[0]


def test_chosen_values_come_first_and_lead_back() -> None:
    address = choosing(("f.person", "B"), ("x.person", "Z"))
    made = panel(address, PEOPLE, 8)
    assert [(c.label, c.state, c.count) for c in made.chosen] == [("B", "included", 5), ("Z", "excluded", None)]
    assert str(made.chosen[0].to) == "x.person=Z"
    assert [c.label for c in made.values] == ["A", "C"]
    assert made.more == 37


def test_an_open_value_can_be_included_and_excluded() -> None:
    made = panel(choosing(("q", "oil"), ("page", "3")), PEOPLE, 1)
    assert str(made.values[0].to) == "q=oil&f.person=A"
    assert str(made.values[0].exclude) == "q=oil&x.person=A"
    assert made.nothing
    assert (made.nothing.count, str(made.nothing.to)) == (2, "q=oil&none.person=1")
    assert made.more == 39


def test_years_are_listed_latest_first_and_lead_into_their_months() -> None:
    made = panel(Address(), YEARS, 8)
    assert [(c.label, str(c.to)) for c in made.values] == [("2019", "f.published=2019"), ("2018", "f.published=2018")]
    assert made.trail == ()
    year = choosing(("f.published", "2019"))
    assert specs(year, 8, ["published"]) == (FacetSpec("published", None, "month", "2019"),)


def test_the_most_frequent_years_are_listed_however_late_others_are() -> None:
    years = Facet("about", tuple(FacetValue(*pair) for pair in (("1998", 4), ("2019", 90), ("2024", 1170), ("2048", 5),
                                                                ("2050", 4))), 5, 0)
    made = panel(Address(), years, 3)
    assert [(c.label, c.count) for c in made.values] == [("2048", 5), ("2024", 1170), ("2019", 90)]
    assert made.more == 2
    assert [c.label for c in panel(Address(), years, 4).values] == ["2050", "2048", "2024", "2019"]


def test_all_months_of_a_year_are_listed_in_the_order_of_the_calendar() -> None:
    months = Facet("about", tuple(FacetValue(f"2019-{n:02}", n) for n in range(1, 13)), 12, 0)
    made = panel(choosing(("f.about", "2019")), months, 3)
    assert [c.label for c in made.values][::11] == ["January", "December"]
    assert len(made.values) == 12
    assert made.more == 0


def test_without_a_limit_values_stay_in_the_order_given() -> None:
    assert [c.label for c in panel(Address(), YEARS, None).values] == ["2018", "2019"]


def can_be_excluded(field: str, value: str, *pairs: tuple[str, str]) -> bool:
    made = panel(choosing(*pairs), Facet(field, (FacetValue(value, 1),), 1, 1), 8)
    return made.values[0].exclude is not None


def test_not_is_offered_only_where_it_changes_something() -> None:
    assert can_be_excluded("source", "A")
    assert can_be_excluded("source", "A", ("x.source", "B"))
    assert not can_be_excluded("source", "A", ("f.source", "B"))
    assert can_be_excluded("person", "A", ("f.person", "B"))
    assert not can_be_excluded("person", "A", ("none.person", "1"))
    assert can_be_excluded("person", "A", ("f.person", "B"), ("none.person", "1"))
    assert can_be_excluded("published", "2019-11", ("f.published", "2019"))
    assert not can_be_excluded("published", "2019-11-19", ("f.published", "2019-11-18"))
    assert can_be_excluded("about", "2019-11-19", ("f.about", "2019-11-18"))


def test_a_month_shows_the_way_back_up_and_its_days() -> None:
    address = choosing(("f.about", "2019-11"))
    days = Facet("about", (FacetValue("2019-11-18", 2),), 1, 0)
    made = panel(address, days, 0)
    assert [(label, str(to)) for label, to in made.trail] == [("All", ""), ("2019", "f.about=2019")]
    assert [(c.label, str(c.to)) for c in made.values] == [("18 November", "f.about=2019-11-18")]
    assert specs(address, 8, ["about"]) == (FacetSpec("about", None, "day", "2019-11"),)


def test_the_period_of_several_dates_is_the_smallest_that_holds_them() -> None:
    for keys, wanted in ((["2019-10", "2019-11"], "2019"), (["2018", "2019"], ""), (["2019", "2019-11"], "2019"),
                         (["2019-11-03", "2019-11-18"], "2019-11"), ([], "")):
        address = choosing(*(("f.published", key) for key in keys))
        assert period(address.filter("published")) == wanted, keys


def test_a_facet_with_nothing_to_offer_is_left_out() -> None:
    facets = {"person": Facet("person", (), 0, 7), "org": Facet("org", (), 0, 7)}
    assert panels(Address(), facets, 8) == ()
    assert [p.field for p in panels(choosing(("x.org", "O")), facets, 8)] == ["org"]


def test_chips_name_every_choice_and_lead_to_the_search_without_it() -> None:
    address = choosing(("f.lang", "ar"), ("x.person", "A"), ("none.published", "1"))
    assert [(c.heading, c.label, c.excluded, str(c.without)) for c in chips(address)] == [
        ("Person", "A", True, "f.lang=ar&none.published=1"),
        ("Language", "Arabic", False, "x.person=A&none.published=1"),
        ("Published", "undated", False, "x.person=A&f.lang=ar")]
