import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Article
from search.document import DateMention
from search.enrich.dates import tag
from search.enrich.dates.grammar import PATTERNS
from search.errors import InvalidRecord
from tests.search.enrich.conftest import TEXTS, grows_linearly

PUBLISHED = st.one_of(st.none(), st.dates(), st.sampled_from(["2019", "2019-11", "0001-01-01", "9999-12-31",
                                                              "2019-11-18T19:24+03:00"]))
# Any words of the grammar in any order: what no text says is read, or left, without an error.
VOCABULARY = sorted({word for pattern in PATTERNS.values() for word in re.findall(r"[^\W\d_]{2,}", pattern)}
                    | {"a", "1", "30", "1998", "2019", "5-7", "1,000", "2.5", "3rd", "’80s", "1990s", "(", ")", ","})


def said(article: Article) -> dict[str, DateMention]:
    return {article.text[m.start:m.end]: m for m in tag(article.text, article.published.value)}


@given(TEXTS | st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join), PUBLISHED)
def test_any_text_gives_mentions_in_range_in_order_and_apart(text: str, published: str | date | None) -> None:
    end = 0
    for mention in tag(text, published):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


def test_time_grows_no_faster_than_the_text(repeated: str) -> None:
    assert grows_linearly(lambda text: tag(text, "2019-11-19"), repeated)


def test_a_weekday_with_its_date_in_brackets_is_one_day(prisons: Article) -> None:
    mention = said(prisons)["Monday (November 18)"]
    assert (mention.value, mention.begin, mention.until) == ("2019-11-18", date(2019, 11, 18), date(2019, 11, 19))
    assert mention.basis == "weekday"


def test_a_count_of_views_is_no_date(prisons: Article) -> None:
    place = prisons.text.index("1814 View")
    assert not [m for m in tag(prisons.text, "2019-11-19") if m.start < place + 9 and m.end > place]


def test_the_past_is_mentioned_but_not_indexed(prisons: Article) -> None:
    mention = said(prisons)["In the past"]
    assert mention.value == "PAST_REF"
    assert not mention.indexed


def test_a_lone_weekday_is_the_last_one_before_publication(releases: Article) -> None:
    assert said(releases)["Monday"].value == "2017-03-27"


def test_since_lasts_until_the_publication(releases: Article) -> None:
    mention = said(releases)["since last month"]
    assert (mention.value, mention.begin, mention.until) == ("2017-02", date(2017, 2, 1), date(2017, 3, 30))


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
