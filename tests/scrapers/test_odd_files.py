"""Files with names that are no text, and things in a folder that are no files, stop no import."""

import os
import threading
from pathlib import Path

import pytest

from scrapers.add import add_all
from scrapers.aside import FILE
from scrapers.imports import Imported, SetAside, read
from search.archive import Archive
from search.settings import Settings

from .conftest import SENTENCES

DUMP = "Old bridge to close\n\nOMBRA — " + "\n\n".join(SENTENCES) + "\n\n(NRT Digital Media)\n"


def oddly_named(folder: Path, name: bytes, text: str) -> Path:
    """A file of that name; the test is skipped where the file system takes only names in UTF-8."""
    path = os.fsencode(folder) + b"/" + name
    try:
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123  a Path is given no bytes
            file.write(text)
    except OSError as error:
        pytest.skip(f"the file system refuses the name {name!r}: {error}")
    return Path(os.fsdecode(path))


def put_pipe(path: Path) -> Path:
    """A named pipe; the test is skipped where the system has none."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("os.mkfifo is missing: this system has no named pipes")
    os.mkfifo(path)
    return path


def read_in_time(path: Path) -> list[Imported | SetAside]:
    """What `read` gives, in a thread that is left behind when it hangs."""
    found: list[Imported | SetAside] = []
    done = threading.Event()

    def work() -> None:
        found.extend(read([path]))
        done.set()

    threading.Thread(target=work, daemon=True).start()
    assert done.wait(10), f"reading {path} hangs"
    return found


def test_an_article_in_a_file_whose_name_is_no_text_is_stored(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    oddly_named(tmp_path / "in", b"a\xff.txt", DUMP)
    oddly_named(tmp_path / "in", b"b\xfe.txt", " ")
    with Archive.open(tmp_path / "archive", Settings(), create=True) as archive:
        tally = add_all(archive, [tmp_path / "in"])
        (article,) = archive.sample(9, 9)
        assert article.capture is not None
        capture = archive.capture(article.capture)
    assert (tally.added, tally.set_aside) == (1, 1)
    assert capture is not None
    assert capture.origin == "a\N{REPLACEMENT CHARACTER}.txt"
    assert tally.examples[0].where == str(tmp_path / "in" / "b\N{REPLACEMENT CHARACTER}.txt")
    assert "b\N{REPLACEMENT CHARACTER}.txt" in (tmp_path / "archive" / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [b"a\xff.jsonl", b"a\xff.txt", b"a\xff.doc", b"a\x1b[2J.txt", b"a\n.txt"])
def test_where_something_stood_can_be_printed(tmp_path: Path, name: bytes) -> None:
    (thing,) = read([oddly_named(tmp_path, name, "{}\n")])
    assert isinstance(thing, SetAside)
    assert thing.where.isprintable()
    assert "\N{REPLACEMENT CHARACTER}" in thing.where


def test_a_name_in_any_script_is_kept_as_it_is(tmp_path: Path) -> None:
    path = oddly_named(tmp_path, "پرد ۱.txt".encode(), DUMP)
    (thing,) = read([path])
    assert isinstance(thing, Imported)
    assert thing.capture is not None
    assert (thing.where, thing.capture.origin) == (str(path), path.name)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.jsonl.gz"])
def test_a_named_pipe_is_set_aside_and_not_waited_for(tmp_path: Path, name: str) -> None:
    path = put_pipe(tmp_path / name)
    (tmp_path / "b.txt").write_text(DUMP, encoding="utf-8")
    in_folder, alone = read_in_time(tmp_path), read_in_time(path)
    assert [type(each) for each in in_folder] == [SetAside, Imported]
    (aside,) = alone
    assert isinstance(aside, SetAside)
    assert (aside.where, "pipe" in aside.reason) == (str(path), True)


def test_a_link_to_a_pipe_is_one_and_a_link_to_a_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "dump").write_text(DUMP, encoding="utf-8")
    (tmp_path / "in" / "1.txt").symlink_to(put_pipe(tmp_path / "pipe"))
    (tmp_path / "in" / "2.txt").symlink_to(tmp_path / "dump")
    assert [type(each) for each in read_in_time(tmp_path / "in")] == [SetAside, Imported]


def test_a_name_that_is_too_long_is_set_aside(tmp_path: Path) -> None:
    (thing,) = read([tmp_path / ("a" * 300 + ".txt")])
    assert isinstance(thing, SetAside)
