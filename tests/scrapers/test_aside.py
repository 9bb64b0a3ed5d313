"""What is set aside is listed once for each reason, however many runs meet it."""

import json
from pathlib import Path

import pytest

from scrapers import add, aside
from scrapers.aside import SetAsideList
from scrapers.imports import SetAside
from search.archive import Archive
from search.settings import Settings


def rows(folder: Path) -> list[str]:
    found = []
    for line in (folder / aside.FILE).read_text().splitlines():
        try:
            found.append(json.loads(line)["where"])
        except ValueError:
            continue
    return found


def test_each_thing_is_listed_once_for_each_reason(tmp_path: Path) -> None:
    first = SetAsideList(tmp_path)
    first.record([SetAside("a.txt", "it is blank"), SetAside("b.txt", "it is blank")])
    first.record([SetAside("b.txt", "it is blank")])
    SetAsideList(tmp_path).record([SetAside("a.txt", "it is blank"), SetAside("a.txt", "it is too large")])
    assert rows(tmp_path) == ["a.txt", "b.txt", "a.txt"]


def test_a_line_that_was_cut_by_a_kill_costs_no_other(tmp_path: Path) -> None:
    SetAsideList(tmp_path).record([SetAside("a.txt", "it is blank")])
    path = tmp_path / aside.FILE
    path.write_bytes(path.read_bytes() + b'{"where":"b.t')
    SetAsideList(tmp_path).record([SetAside("c.txt", "it is blank")])
    assert rows(tmp_path) == ["a.txt", "c.txt"]


def test_a_run_reads_the_list_once_however_many_batches_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def counted(path: Path) -> set[str]:
        parsed.extend(path.read_text().splitlines() if path.is_file() else [])
        return known(path)

    known = aside._known
    monkeypatch.setattr(aside, "_known", counted)
    monkeypatch.setattr(add, "BATCH", 2)
    broken = tmp_path / "rows.jsonl"
    broken.write_text("{}\n" * 10)
    with Archive.open(tmp_path / "archive", Settings(), create=True) as archive:
        add.add_all(archive, [broken])
        assert parsed == []
        assert add.add_all(archive, [broken]).set_aside == 10
    assert len(parsed) == len(rows(tmp_path / "archive")) == 10
