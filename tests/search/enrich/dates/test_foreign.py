import pytest

from search.enrich.dates import tag


@pytest.mark.parametrize(("text", "value"), [
    ("le 18 novembre 2019", "2019-11-18"),
    ("lundi 18 novembre", "2019-11-18"),
    ("le 20 octobre", "2019-10-20"),
    ("le 1er mai 2011", "2011-05-01"),
    ("en mars 2011", "2011-03"),
    ("lundi", "2019-11-18"),
    ("يوم الاثنين 18 نوفمبر 2019", "2019-11-18"),
    ("في ٣ آذار ٢٠١٧", "2017-03-03"),
    ("كانون الأول 2016", "2016-12"),
])
def test_french_and_arabic_dates_are_read(text: str, value: str) -> None:
    assert [m.value for m in tag(text, "2019-11-19")] == [value]


@pytest.mark.parametrize(("text", "published", "value"), [
    ("votent dimanche 24 novembre", "2019-11-18", "2019-11-24"),
    ("joués samedi 25 février", "2023-02-09", "2023-02-25"),
    ("à partir du 1er juillet", "2016-06-06", "2016-07-01"),
    ("le 1er juillet dernier", "2016-06-06", "2015-07-01"),
    ("le 5 juin prochain", "2016-06-06", "2017-06-05"),
    ("en juillet dernier", "2016-07-06", "2015-07"),
    ("en mars prochain", "2016-06", "2017-03"),
    ("le 5 juin dernier", "2016-06", "2016-06-05"),
    ("lundi prochain", "2019-11-18", "2019-11-25"),
    ("lundi dernier", "2019-11-18", "2019-11-11"),
    ("Ils voteront : le vote est prévu dimanche", "2019-11-18", "2019-11-24"),
    ("يوم الأحد المقبل", "2019-11-18", "2019-11-24"),
    ("الأحد القادم", "2019-11-18", "2019-11-24"),
    ("يوم الأحد الماضي", "2019-11-18", "2019-11-17"),
    ("الأحد 24 نوفمبر المقبل", "2019-11-18", "2019-11-24"),
    ("في ٣ آذار الماضي", "2019-11-18", "2019-03-03"),
])
def test_the_year_is_the_one_that_the_weekday_and_the_words_allow(text: str, published: str, value: str) -> None:
    assert [m.value for m in tag(text, published)] == [value]


@pytest.mark.parametrize("text", ["jeudi 24 novembre", "الخميس 24 نوفمبر"])
def test_a_weekday_that_fits_no_near_year_leaves_the_year_unknown(text: str) -> None:
    [mention] = tag(text, "2019-11-18")
    assert (mention.value, mention.begin, mention.until) == ("XXXX-11-24", None, None)


def test_a_day_that_no_calendar_has_is_none() -> None:
    assert tag("le 31 février et le 32 mars", "2019-11-18") == []


def test_a_yearless_day_stays_yearless_without_a_publication_date() -> None:
    assert [m.value for m in tag("le 29 février, puis le 18 novembre", None)] == ["XXXX-02-29", "XXXX-11-18"]
