from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.enrich.dates import tag
from search.enrich.dates.language import CODES, language
from search.errors import InvalidRecord
from tests.search.enrich.conftest import TEXTS, grows_linearly

PUBLISHED = st.one_of(st.none(), st.dates(), st.sampled_from(["2019", "2019-11", "0001-01-01", "9999-12-31",
                                                              "2019-11-18T19:24+03:00"]))
# Any words of the grammar in any order: what no text says is read, or left, without an error.
VOCABULARY = sorted({word for code in CODES for word in language(code).vocabulary}
                    | {"a", "1", "30", "1998", "2019", "5-7", "1,000", "2.5", "3rd", "’80s", "1990s", "(", ")", ","})


@given(TEXTS | st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join), PUBLISHED)
def test_any_text_gives_mentions_in_range_in_order_and_apart(text: str, published: str | date | None) -> None:
    end = 0
    for mention in tag(text, published):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


def test_time_grows_no_faster_than_the_text(repeated: str) -> None:
    assert grows_linearly(lambda text: tag(text, "2019-11-19"), repeated)


@pytest.mark.parametrize("repeated_date", ["lundi ", "le 3 mai et ", "الأحد ", "٣ و ", "10:10:", "1999-", "the year ",
                                           "a ", "18. Mai 2019 ", "last ", "quarter ", "May and "])
def test_time_grows_no_faster_than_the_text_in_any_language(repeated_date: str) -> None:
    assert grows_linearly(lambda text: tag(text, "2019-11-19"), repeated_date)


@pytest.mark.parametrize(("published", "until"), [
    ("2019-11-18", date(2019, 11, 19)), ("2019-11", date(2019, 12, 1)), ("2019", date(2020, 1, 1)), (None, None),
])
def test_since_lasts_as_long_as_the_publication_date_is_known(published: str | None, until: date | None) -> None:
    [mention] = tag("It has rained since 1977.", published)
    assert (mention.begin, mention.until) == (date(1977, 1, 1), until)


def test_since_a_day_after_the_publication_is_that_day() -> None:
    [mention] = tag("closed since 5 May 2021", "2019-11-18")
    assert (mention.begin, mention.until) == (date(2021, 5, 5), date(2021, 5, 6))


def test_since_a_day_of_an_unknown_year_has_no_days() -> None:
    [mention] = tag("closed since 5 May", None)
    assert not mention.indexed


def test_nothing_is_resolved_against_today_when_publication_is_unknown() -> None:
    text = "On Monday (November 18), yesterday, last month and last year they met; it began in May 2011."
    mentions = tag(text, None)
    assert [m.value for m in mentions] == ["XXXX-11-18", "XXXX-XX-XX", "XXXX-XX", "XXXX", "2011-05"]
    assert [m.indexed for m in mentions] == [False] * 4 + [True]


def test_a_publication_date_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidRecord):
        tag("yesterday", "soon")


def test_a_day_and_its_iso_form_are_the_same_publication_date() -> None:
    assert tag("yesterday", date(2020, 3, 1)) == tag("yesterday", "2020-03-01T08:00+00:00")
    assert tag("yesterday", "2020-03-01")[0].value == "2020-02-29"
