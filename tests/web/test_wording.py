"""Numbers, dates and provenance in words."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Published
from web.wording import (
    counted,
    direction,
    iso_words,
    moment,
    provenance,
    published_words,
    sureness,
    value_words,
)


@pytest.mark.parametrize(("value", "words"), [
    ("2019", "2019"), ("2019-11", "November 2019"), ("2019-11-18", "18 November 2019"),
    ("2019-11-18T19:24", "18 November 2019, 19:24"), ("2019-11-18T19:24+03:00", "18 November 2019, 19:24 (+03:00)"),
    ("2019-11-18T19:24Z", "18 November 2019, 19:24 (UTC)"),
    ("2019-11-18T19:24+00:00", "18 November 2019, 19:24 (UTC)"), ("2019-13", "2019-13"), ("P3D", "P3D"), ("", ""),
])
def test_a_date_is_said_as_far_as_it_is_known(value: str, words: str) -> None:
    assert iso_words(value) == words


@given(st.text(max_size=12))
def test_any_text_can_stand_where_a_date_should(text: str) -> None:
    assert isinstance(iso_words(text), str)


def test_an_unknown_date_says_what_bounds_it() -> None:
    first, day = date(1998, 1, 1), date(2026, 11, 20)
    assert published_words(Published()) == "date unknown"
    assert published_words(Published(latest=day)) == "date unknown: no later than 20 November 2026"
    assert published_words(Published(earliest=first, latest=day)) == (
        "date unknown: no earlier than 1 January 1998 and no later than 20 November 2026")


def test_bounds_from_the_outlet_and_the_capture_give_their_reasons() -> None:
    first, day = date(2011, 1, 1), date(2026, 11, 20)
    assert published_words(Published(None, "bounds", 0.0, first, day)) == (
        "date unknown: no earlier than 1 January 2011, when the outlet began, and no later than 20 November 2026, when "
        "it was captured")
    assert published_words(Published(None, "bounds", 0.0, first)) == (
        "date unknown: no earlier than 1 January 2011, when the outlet began")
    assert published_words(Published(None, "bounds", 0.0, None, day)) == (
        "date unknown: no later than 20 November 2026, when it was captured")


def test_a_text_begins_where_its_first_letter_does() -> None:
    assert direction("2019: مجلس الميناء") == direction("«הנמל» port") == "rtl"
    assert direction("“Port” الميناء") == direction("2019") == direction("") == "ltr"


def test_a_date_says_where_it_was_found_and_how_sure_it_is() -> None:
    assert provenance(Published("2019", "json-ld", 0.97)) == "from JSON-LD"
    assert provenance(Published("2019", "masthead", 0.4)) == "from masthead, unsure"
    assert provenance(Published()) == ""
    assert sureness(Published("2019-11", "byline", 0.85)) == "Known to the month, from the byline; confidence 85%"


def test_values_of_facets_are_said_in_words() -> None:
    assert value_words("lang", "ar") == "Arabic"
    assert value_words("lang", "tlh") == "tlh"
    assert value_words("about", "2019-11") == "November 2019"
    assert value_words("person", "2019-11") == "2019-11"


def test_one_and_many_are_told_apart() -> None:
    assert counted(1, "article") == "1 article"
    assert counted(1234, "article") == "1,234 articles"


def test_times_are_given_in_utc() -> None:
    assert moment(datetime(2026, 11, 20, 14, 2, tzinfo=UTC)) == "20 November 2026, 14:02 UTC"
