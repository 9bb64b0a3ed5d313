import json
from pathlib import Path

from scrapers import aside
from scrapers.imports import SetAside


def rows(folder: Path) -> list[str]:
    found = []
    for line in (folder / aside.FILE).read_text().splitlines():
        try:
            found.append(json.loads(line)["where"])
        except ValueError:
            continue
    return found


def test_each_thing_is_listed_once_for_each_reason(tmp_path: Path) -> None:
    aside.record(tmp_path, [SetAside("a.txt", "it is blank"), SetAside("b.txt", "it is blank")])
    aside.record(tmp_path, [SetAside("a.txt", "it is blank"), SetAside("a.txt", "it is too large")])
    assert rows(tmp_path) == ["a.txt", "b.txt", "a.txt"]


def test_a_line_that_was_cut_by_a_kill_costs_no_other(tmp_path: Path) -> None:
    aside.record(tmp_path, [SetAside("a.txt", "it is blank")])
    path = tmp_path / aside.FILE
    path.write_bytes(path.read_bytes() + b'{"where":"b.t')
    aside.record(tmp_path, [SetAside("c.txt", "it is blank")])
    assert rows(tmp_path) == ["a.txt", "c.txt"]
