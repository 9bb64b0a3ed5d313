"""Whatever files hold is read or set aside, one thing at a time; nothing raises and nothing is lost."""

import gzip
import io
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers import imports
from scrapers.imports import Imported, Meter, SetAside, read, size_of
from search.article import Article, Json

from .conftest import SENTENCES

DUMP = "Old bridge to close\n\nOMBRA — " + "\n\n".join(SENTENCES) + "\n\n(NRT Digital Media)\n"
ROW: dict[str, Json] = {
    "id": "7",
    "title": "Old bridge to close",
    "text": "\n\n".join(SENTENCES),
    "date": "2019-11-18T19:24:00",
    "source": "Ombra Times",
    "url": "https://ombratimes.example/7?utm_source=x",
}
WEDNESDAY = datetime(2020, 1, 1, 12, tzinfo=UTC)


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    os.utime(path, (WEDNESDAY.timestamp(),) * 2)
    return path


def articles(things: Iterator[Imported | SetAside]) -> list[Article]:
    return [thing.article for thing in things if isinstance(thing, Imported)]


def reasons(things: Iterator[Imported | SetAside]) -> list[str]:
    return [thing.reason for thing in things if isinstance(thing, SetAside)]


def rows(*values: Json) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def test_a_dump_becomes_an_article_with_its_capture(tmp_path: Path) -> None:
    path = put(tmp_path, "bridge.txt", DUMP)
    (thing,) = read([path])
    assert isinstance(thing, Imported)
    assert thing.capture is not None
    article = thing.article
    assert (article.source, article.title, article.dateline, article.credit) == (
        "NRT",
        "Old bridge to close",
        "OMBRA",
        "NRT Digital Media",
    )
    assert article.paragraphs == SENTENCES
    assert (thing.capture.body, thing.capture.fetched, thing.capture.origin) == (DUMP.encode(), WEDNESDAY, "bridge.txt")
    assert article.capture == thing.capture.id


def test_an_undated_article_is_bounded_by_its_capture_and_its_outlet(tmp_path: Path) -> None:
    (article,) = articles(read([put(tmp_path, "bridge.txt", DUMP)]))
    assert (article.published.value, article.published.method) == (None, "bounds")
    assert (article.published.earliest, article.published.latest) == (date(2011, 1, 1), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("line", "value", "method"),
    [
        ("18 November 2019", "2019-11-18", "byline"),
        ("Last Modified: Monday، 18 November 2019", "2019-11-18", "modified"),
        ("18 November 2031", None, "bounds"),
    ],
)
def test_a_dump_is_dated_by_its_date_line(tmp_path: Path, line: str, value: str | None, method: str) -> None:
    (article,) = articles(read([put(tmp_path, "bridge.txt", DUMP.replace("\n\n", f"\n\n{line}\n\n", 1))]))
    assert (article.published.value, article.published.method) == (value, method)


def test_the_same_words_on_another_day_are_another_article(tmp_path: Path) -> None:
    dated = [DUMP.replace("\n\n", f"\n\n{day} November 2019\n\n", 1) for day in (18, 19)]
    one, other = (articles(read([put(tmp_path, "bridge.txt", dump)]))[0] for dump in dated)
    assert one.id != other.id


def test_the_same_file_from_another_folder_is_the_same(tmp_path: Path) -> None:
    first, second = (put(tmp_path, f"{folder}/bridge.txt", DUMP) for folder in "ab")
    one, other = read([first]), read([second])
    a, b = next(one), next(other)
    assert isinstance(a, Imported)
    assert isinstance(b, Imported)
    assert (a.article, a.capture) == (b.article, b.capture)


def test_a_page_becomes_an_article(tmp_path: Path, page: Callable[..., str]) -> None:
    head = (
        '<link rel="canonical" href="https://ombratimes.example/7"><meta property="og:site_name" content="Ombra Times">'
    )
    (article,) = articles(read([put(tmp_path, "bridge.HTM", page(head))]))
    assert (article.source, article.title, article.url) == (
        "Ombra Times",
        "Old bridge to close",
        "https://ombratimes.example/7",
    )
    assert (article.paragraphs, article.language) == (SENTENCES, "en")


@pytest.mark.parametrize(("name", "data"), [("a.txt", DUMP.replace("(NRT Digital Media)", "")), ("a.html", "")])
def test_the_outlet_of_a_nameless_thing_can_be_given(
    tmp_path: Path, page: Callable[..., str], name: str, data: str
) -> None:
    path = put(tmp_path, name, data or page())
    assert "--source" in reasons(read([path]))[0]
    (article,) = articles(read([path], "Ombra Times"))
    assert article.source == "Ombra Times"


def test_a_gzipped_file_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    values = [ROW | {"id": str(number), "note": os.urandom(300).hex()} for number in range(60)]
    whole = gzip.compress(rows(*values).encode())
    things = list(read([put(tmp_path, "rows.jsonl.gz", whole[: len(whole) // 2])]))
    assert 5 < len(things) < 60
    assert all(isinstance(thing, Imported) for thing in things[:-1])
    assert isinstance(things[-1], SetAside)
    assert "damaged" in things[-1].reason
    assert len(articles(read([put(tmp_path, "rows.jsonl.gz", whole)]))) == 60


def test_a_file_that_is_not_gzip_is_set_aside(tmp_path: Path) -> None:
    assert "damaged" in reasons(read([put(tmp_path, "rows.jsonl.gz", rows(ROW))]))[0]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.txt", b"", "blank"),
        ("a.txt", b" \n\n", "blank"),
        ("a.txt", b"PK\x03\x04\0\0\0", "binary"),
        ("a.html", b"\0\1\2\3" * 99, "binary"),
        ("a.html", b"<html><head>", "names its outlet"),
        ("a.pdf", b"%PDF", "kind"),
        ("a.txt", b"A title\n\n(NRT Digital Media)", "title"),
    ],
)
def test_a_file_that_is_no_article_is_set_aside(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    assert why in reasons(read([put(tmp_path, name, data)]))[0]


def test_what_is_too_large_is_set_aside_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "LARGEST", 2000)
    assert "larger" in reasons(read([put(tmp_path, "a.txt", DUMP * 9)]))[0]
    first, second = read([put(tmp_path, "rows.jsonl", rows(ROW | {"text": "x" * 9000}, ROW))])
    assert isinstance(first, SetAside)
    assert "longer" in first.reason
    assert isinstance(second, Imported)


def test_what_is_not_there_is_set_aside(tmp_path: Path) -> None:
    assert "cannot be read" in reasons(read([tmp_path / "missing.txt"]))[0]


def test_a_folder_is_read_in_order_without_what_is_hidden_or_unknown(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/.hidden.txt", ".git/a.txt", "a.txt", "c.pdf", "manifest.json", "d/rows.jsonl"):
        put(tmp_path, name, rows(ROW) if name.endswith("jsonl") else DUMP)
    wheres = [Path(thing.where).relative_to(tmp_path).as_posix() for thing in read([tmp_path])]
    assert wheres == ["a.txt", "b/2.txt", "d/rows.jsonl:1"]


def test_standard_input_is_jsonl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(rows(ROW).encode())))
    (thing,) = read(["-"])
    assert thing.where == "standard input:1"
    assert isinstance(thing, Imported)


def test_reading_goes_no_further_than_it_is_asked(tmp_path: Path) -> None:
    things = read([put(tmp_path, "rows.jsonl", rows(ROW) + "{\n"), tmp_path / "missing.txt"])
    assert isinstance(next(things), Imported)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.jsonl.gz"]),
    st.binary(max_size=300) | st.text(max_size=200).map(str.encode),
)
def test_any_bytes_are_read_or_set_aside(tmp_path: Path, name: str, data: bytes) -> None:
    for thing in read([put(tmp_path, name, data)], "Ombra Times"):
        assert isinstance(thing, Imported) or thing.reason


def test_a_bad_row_is_set_aside_and_the_next_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, "rows.jsonl", "{\n\n" + rows(ROW))
    first, second = read([path])
    assert isinstance(first, SetAside)
    assert first.where == f"{path}:1"
    assert isinstance(second, Imported)
    assert (second.where, second.capture) == (f"{path}:3", None)


def test_the_meter_follows_what_is_read_to_the_size_of_all(tmp_path: Path) -> None:
    values = [ROW | {"id": str(number), "note": os.urandom(3000).hex()} for number in range(99)]
    put(tmp_path, "a/bridge.txt", DUMP)
    put(tmp_path, "a/notes.doc", DUMP)
    put(tmp_path, "b/1.jsonl", rows(*values))
    put(tmp_path, "b/2.jsonl.gz", gzip.compress(rows(*values).encode()))
    paths = [tmp_path / "a", tmp_path / "b", tmp_path / "missing.txt"]
    meter = Meter()
    seen = [meter.read for _ in read(paths, "Ombra Times", meter)]
    assert seen == sorted(seen)
    assert len(set(seen)) > 20
    assert meter.read == size_of(paths) == sum(each.stat().st_size for each in tmp_path.rglob("*.[tj]*"))


def test_the_size_of_standard_input_is_not_known(tmp_path: Path) -> None:
    assert size_of([put(tmp_path, "bridge.txt", DUMP), "-"]) is None
    assert size_of([]) == 0
