import pytest

from search.enrich.dates import tag


@pytest.mark.parametrize(("text", "value"), [
    ("le 18 novembre 2019", "2019-11-18"),
    ("lundi 18 novembre", "2019-11-18"),
    ("le 20 décembre", "2018-12-20"),
    ("le 1er mai 2011", "2011-05-01"),
    ("en mars 2011", "2011-03"),
    ("lundi", "2019-11-18"),
    ("يوم الاثنين 18 نوفمبر 2019", "2019-11-18"),
    ("في ٣ آذار ٢٠١٧", "2017-03-03"),
    ("كانون الأول 2016", "2016-12"),
])
def test_french_and_arabic_dates_are_read(text: str, value: str) -> None:
    assert [m.value for m in tag(text, "2019-11-19")] == [value]


def test_a_yearless_day_stays_yearless_without_a_publication_date() -> None:
    assert [m.value for m in tag("le 29 février, puis le 18 novembre", None)] == ["XXXX-02-29", "XXXX-11-18"]
