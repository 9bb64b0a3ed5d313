from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from search.article import Article, Published
from search.document import SINCE_RULE, Citation, DateMention, Document, Granularity, NameMention
from search.schema import BY_NAME, FACETS, FIELDS, KEY_LENGTH, LEVELS, SCORED, about_keys, published_keys
from tests.strategies import date_mentions

STORY = Article("a", "The Lantern", "Title.", ("Body.",), captions=("Quay.",), authors=("A. B.", "C. D."),
                language="en", section="Travel", published=Published("2019-11-18"))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def mention(begin: str | None, until: str | None, granularity: Granularity) -> DateMention:
    return DateMention(0, 1, "DATE", "x", day(begin), day(until), granularity)


@pytest.mark.parametrize(("value", "keys"), [
    (None, []), ("2019", ["2019"]), ("2019-11", ["2019", "2019-11"]), ("2019-11-18", ["2019", "2019-11", "2019-11-18"]),
    ("2019-11-18T23:30-05:00", ["2019", "2019-11", "2019-11-18"]), ("9999-12-31", ["9999", "9999-12", "9999-12-31"]),
])
def test_publication_counts_at_its_own_level_and_above(value: str | None, keys: list[str]) -> None:
    published = Published(value) if value else Published(latest=date(2020, 1, 1))
    assert published_keys(Document(replace(STORY, published=published))) == keys


@pytest.mark.parametrize(("begin", "until", "granularity", "keys"), [
    ("2019-11-18", "2019-11-19", "day", "2019 2019-11 2019-11-18"),
    ("2019-11-01", "2019-12-01", "month", "2019 2019-11"),
    ("2019-01-01", "2020-01-01", "year", "2019"),
    ("2010-01-01", "2020-01-01", "decade", ""),
    ("2019-11-18", "2019-11-19", "other", ""),
    # intervals: every period that they touch
    ("2019-12-31", "2020-01-02", "day", "2019 2020 2019-12 2020-01 2019-12-31 2020-01-01"),
    ("2020-02-28", "2020-03-02", "day", "2020 2020-02 2020-03 2020-02-28 2020-02-29 2020-03-01"),
    ("2019-11-01", "2020-02-01", "month", "2019 2020 2019-11 2019-12 2020-01"),
    ("1939-01-01", "1946-01-01", "year", "1939 1940 1941 1942 1943 1944 1945"),
    # up to a dozen of their own units, beyond that by their ends
    ("2019-01-01", "2020-01-01", "month", "2019 " + " ".join(f"2019-{n:02}" for n in range(1, 13))),
    ("2019-01-01", "2020-02-01", "month", "2019 2020 2019-01 2020-01"),
    ("1900-01-01", "2000-01-01", "year", "1900 1999"),
    ("2019-11-01", "2019-11-13", "day", "2019 2019-11 " + " ".join(f"2019-11-{n:02}" for n in range(1, 13))),
    ("2019-11-01", "2019-11-14", "day", "2019 2019-11 2019-11-01 2019-11-13"),
    # of an open end only the known one counts
    ("2019-11-18", None, "day", "2019 2019-11 2019-11-18"),
    (None, "2019-11-18", "day", "2019 2019-11 2019-11-17"),
    (None, "2020-01-01", "year", "2019"),
    ("2019-11-01", None, "month", "2019 2019-11"),
    # the ends of the calendar
    ("0001-01-01", "0001-01-02", "day", "0001 0001-01 0001-01-01"),
    (None, "0001-01-02", "day", "0001 0001-01 0001-01-01"),
    ("9998-12-31", "9999-01-01", "day", "9998 9998-12 9998-12-31"),
    ("9998-01-01", "9999-01-01", "year", "9998"),
    ("9999-12-31", None, "day", ""),
    ("9999-01-01", "9999-12-31", "year", ""),
    ("2019-01-01", "9999-12-31", "year", ""),
])
def test_a_mention_counts_at_its_own_level_and_above(
        begin: str | None, until: str | None, granularity: Granularity, keys: str) -> None:
    assert about_keys(Document(STORY, (mention(begin, until, granularity),))) == keys.split()


def test_of_a_time_that_goes_on_only_its_beginning_counts() -> None:
    since = replace(mention("2017-01-01", "2019-11-19", "year"), rule=SINCE_RULE)
    assert about_keys(Document(STORY, (since,))) == ["2017"]


def test_only_indexed_mentions_count_and_each_key_once() -> None:
    found = mention("2019-11-18", "2019-11-19", "day")
    duration = replace(found, type="DURATION", begin=day("2018-01-01"))
    later = mention("2019-11-20", "2019-11-21", "day")
    keys = about_keys(Document(STORY, (duration, found, later, found)))
    assert keys == ["2019", "2019-11", "2019-11-18", "2019-11-20"]


@given(date_mentions(STORY))
def test_every_key_lies_in_the_interval_and_has_its_parents(found: DateMention) -> None:
    keys = about_keys(Document(STORY, (found,)))
    last = found.until - timedelta(days=1) if found.until else found.begin
    for key in keys:
        assert len(key) in KEY_LENGTH.values()
        assert found.begin is None or key >= found.begin.isoformat()[:len(key)]
        assert last is not None
        assert key <= last.isoformat()[:len(key)]
        assert all(key[:length] in keys for length in KEY_LENGTH.values() if length < len(key))
    assert all(len(key) <= KEY_LENGTH[found.granularity] for key in keys if found.granularity in LEVELS)


def test_fields_read_what_they_say() -> None:
    document = Document(
        STORY, (mention("2019-01-01", "2020-01-01", "year"),),
        (NameMention(0, 1, "PER", "Varga"), NameMention(0, 1, "ORG", "Board"), NameMention(0, 1, "LOC", "Salen")),
        (Citation(0, 1, "medium", "Gazette"),), former=("Old.", "Older."))
    assert {name: tuple(field.values(document)) for name, field in BY_NAME.items()} == {
        "title": ("Title.",), "text": ("Quay.\n\nBody.",), "was": ("Old.", "Older."), "source": ("The Lantern",),
        "person": ("Varga",), "org": ("Board",), "place": ("Salen",), "cites": ("Gazette",),
        "author": ("A. B.", "C. D."), "section": ("Travel",), "lang": ("en",),
        "published": ("2019", "2019-11", "2019-11-18"), "about": ("2019",),
    }


def test_what_is_absent_has_no_values() -> None:
    bare = Document(Article("a", "The Lantern", "Title.", ()))
    absent = {name for name, field in BY_NAME.items() if not any(field.values(bare))}
    assert absent == {"text", "was", "person", "org", "place", "cites", "author", "section", "published", "about"}


def test_all_lists_follow_from_the_one_table() -> None:
    assert tuple(BY_NAME) == tuple(field.name for field in FIELDS)
    assert set(SCORED) == {"title", "text"}
    assert set(FACETS) == {field.name for field in FIELDS if field.kind != "text"}
    assert all(field.label for field in FIELDS)
