"""What bounds an unknown date of publication, and that a guess is never shown as a fact."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from search.article import Published
from search.enrich.dates import tag
from search.enrich.dates.bounds import Bounds, bounds_of, drawn


def test_a_day_told_as_past_is_the_earliest() -> None:
    found = bounds_of("The dam broke on 3 March 2018, eight years after it was begun on 5 May 2010.")
    assert (found.earliest, found.method) == (date(2018, 3, 3), "text")
    assert found.confidence < 0.9


def test_a_day_to_come_and_one_after_the_capture_bound_nothing() -> None:
    assert bounds_of("The dam will be opened on 3 March 2018.") == Bounds()
    assert bounds_of("The dam broke on 3 March 2018.", None, date(2017, 1, 1)).earliest is None


def test_bounds_that_were_given_stay_where_the_text_says_nothing() -> None:
    found = bounds_of("Nothing happened.", date(2011, 1, 1), date(2020, 1, 1))
    assert found == Bounds(date(2011, 1, 1), date(2020, 1, 1))


def test_a_weekday_with_its_day_has_candidates_only_between_bounds() -> None:
    text = "He spoke on Monday, November 18."
    assert bounds_of(text).candidates == ()
    assert bounds_of(text, date(2012, 1, 1), date(2020, 1, 1)).candidates == (date(2013, 11, 18), date(2019, 11, 18))


def test_one_candidate_is_taken_with_less_confidence_than_a_fact() -> None:
    [day] = tag("He spoke on Monday, November 18.", Published(earliest=date(2015, 1, 1), latest=date(2020, 1, 1)))
    assert (day.value, day.basis) == ("2019-11-18", "document")
    assert day.confidence < tag("on 18 November 2019", None)[0].confidence


def test_a_known_date_is_left_as_it_is() -> None:
    known = Published("2019-11-18", "json-ld", 0.97)
    assert drawn("The dam broke on 3 March 2018.", known) is known
    unknown = drawn("The dam broke on 3 March 2018.", Published(method="bounds", latest=date(2020, 1, 1)))
    assert (unknown.earliest, unknown.latest, unknown.value) == (date(2018, 3, 3), date(2020, 1, 1), None)


@given(st.text(max_size=80), st.none() | st.dates(), st.none() | st.dates())
def test_bounds_are_in_order_whatever_the_text_says(text: str, one: date | None, other: date | None) -> None:
    if one and other and one > other:
        one, other = other, one
    found = bounds_of(text + " It broke on 3 March 2018.", one, other)
    assert found.earliest is None or found.latest is None or found.earliest <= found.latest
