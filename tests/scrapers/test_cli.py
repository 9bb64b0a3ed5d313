"""The verbs add, crawl and demo, as a shell sees them."""

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from scrapers import cli
from scrapers.outlets import Outlet
from search.archive import Archive
from search.progress import Progress
from search.settings import Settings, load

from .conftest import SENTENCES, Site

ROW = {
    "id": "7",
    "title": "Old bridge to close",
    "text": "\n\n".join(SENTENCES),
    "date": "2019-11-18",
    "source": "Ombra Times",
}


def run(command: click.Command, *arguments: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments], input=text, catch_exceptions=False)


def put(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_add_makes_the_archive_and_tells_what_became_of_each(tmp_path: Path) -> None:
    archive, path = tmp_path / "new" / "archive", tmp_path / "rows.jsonl"
    put(path, ROW, ROW | {"id": "8"}, {})
    first = run(cli.add, "--archive", archive, path)
    put(path, ROW, ROW | {"id": "8", "title": "Old bridge shut"}, {})
    second = run(cli.add, "--archive", archive, path)
    aside = archive / "set-aside.jsonl"
    assert first.stdout == f"added 2, changed 0, unchanged 0, set aside 1 (reasons in {aside})\n"
    assert second.stdout == f"added 0, changed 1, unchanged 1, set aside 1 (reasons in {aside})\n"
    assert f"set aside {path}:3: " in first.stderr
    assert first.exit_code == second.exit_code == 0
    with Archive.open(archive, Settings()) as store:
        assert store.count() == 2


def test_what_is_set_aside_is_listed_once(tmp_path: Path) -> None:
    path = put(tmp_path / "rows.jsonl", {}, ROW, "x")
    for _ in range(2):
        run(cli.add, "--archive", tmp_path / "a", path)
    rows = [json.loads(line) for line in (tmp_path / "a" / "set-aside.jsonl").read_text().splitlines()]
    assert [row["where"] for row in rows] == [f"{path}:1", f"{path}:3"]
    assert all(set(row) == {"when", "where", "reason"} for row in rows)


def test_add_can_answer_in_json(tmp_path: Path) -> None:
    result = run(cli.add, "--json", "--archive", tmp_path / "a", "-", text=json.dumps(ROW))
    assert json.loads(result.stdout) == {"added": 1, "changed": 0, "unchanged": 0, "set_aside": 0, "examples": []}


def test_add_shows_how_far_it_is_where_the_size_of_all_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int, int | None]] = []

    class Told(Progress):
        def report(self, done: int, total: int | None) -> None:
            told.append((self._what, done, total))

    monkeypatch.setattr(cli, "Progress", Told)
    monkeypatch.setattr("scrapers.add.BATCH", 1)
    path = put(tmp_path / "rows.jsonl", ROW, ROW | {"id": "8", "note": "x" * 30_000})
    size = -(-path.stat().st_size // 1000)
    run(cli.add, "--archive", tmp_path / "a", path)
    for_file = told.copy()
    run(cli.add, "--archive", tmp_path / "a", "-", text=json.dumps(ROW))
    assert for_file[-1] == ("kB", size, size)
    assert told[len(for_file):] == [("articles", 1, None)]


def test_add_fails_where_nothing_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "missing.txt", tmp_path / "empty"):
        result = run(cli.add, "--archive", tmp_path / "a", path)
        assert result.exit_code == 1
        assert "set aside" in result.output
    assert "Nothing to add" in result.output


def test_add_takes_the_outlet_from_the_command_line(tmp_path: Path) -> None:
    path = put(tmp_path / "rows.jsonl", ROW | {"source": ""})
    assert run(cli.add, "--archive", tmp_path / "a", path).exit_code == 1
    assert run(cli.add, "--archive", tmp_path / "a", "--source", "Ombra Times", path).exit_code == 0


def test_crawl_reports_each_outlet(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_FETCH_TEST_HOSTS", "127.0.0.1")
    monkeypatch.setenv("DATELINE_FETCH_DELAY", "0")
    site.answer("/feed.xml", '<rss version="2.0"><channel></channel></rss>')
    here = Outlet("Ombra Times", hosts=("127.0.0.1",), feeds=(site.address + "/feed.xml",))
    monkeypatch.setattr(cli, "REAL", [here])
    result = run(cli.crawl, "--archive", tmp_path / "a")
    assert result.output == "Ombra Times: added 0, changed 0, unchanged 0, known 0, set aside 0\n"
    assert result.exit_code == 0
    (report,) = json.loads(run(cli.crawl, "--json", "--archive", tmp_path / "a").stdout)
    assert (report["outlet"], report["reached"]) == ("Ombra Times", True)


def test_crawl_fails_where_no_outlet_answers(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Outlet("Ombra Times", hosts=("127.0.0.1",), feeds=(site.address + "/feed.xml",))
    monkeypatch.setattr(cli, "REAL", [here])
    result = run(cli.crawl, "--archive", tmp_path / "a")
    assert result.exit_code == 1
    assert "only 80 and 443" in (tmp_path / "a" / "set-aside.jsonl").read_text()


def test_crawl_takes_the_address_of_a_feed(
    tmp_path: Path, site: Site, page: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_FETCH_TEST_HOSTS", "127.0.0.1")
    monkeypatch.setenv("DATELINE_FETCH_DELAY", "0")
    feed = site.address + "/feed.xml"
    site.answer("/feed.xml", f'<rss version="2.0"><channel><item><link>{site.address}/1</link></item></channel></rss>')
    site.answer("/1", page(title="Old bridge"), content_type="text/html")
    first, second = (run(cli.crawl, "--archive", tmp_path / "a", feed).output for _ in range(2))
    assert first == "127.0.0.1: added 1, changed 0, unchanged 0, known 0, set aside 0\n"
    assert second == "127.0.0.1: added 0, changed 0, unchanged 0, known 1, set aside 0\n"


def test_crawl_refuses_an_outlet_that_it_does_not_know(tmp_path: Path) -> None:
    result = run(cli.crawl, "--archive", tmp_path / "a", "Nobody's News")
    assert result.exit_code == 2
    assert "NRT" in result.output


def test_demo_fills_an_archive_and_runs_the_other_verbs(tmp_path: Path) -> None:
    ran: list[tuple[str, str, int | None]] = []

    @click.group()
    def root() -> None:
        """Stands for the root command."""

    @root.command()
    @click.option("--archive")
    def reindex(archive: str) -> None:
        ran.append(("reindex", archive, None))

    @root.command()
    @click.option("--archive")
    @click.option("--port", type=int)
    def serve(archive: str, port: int | None) -> None:
        ran.append(("serve", archive, port))

    root.add_command(cli.demo)
    folder = tmp_path / "demo"
    assert run(root, "demo", "--archive", folder, "--no-serve").exit_code == 0
    assert run(root, "demo", "--archive", folder, "--port", "0").exit_code == 0
    assert ran == [("reindex", str(folder), None), ("reindex", str(folder), None), ("serve", str(folder), 0)]
    with Archive.open(folder, load(folder)) as store:
        assert store.count() > 90


@pytest.mark.parametrize(("platform", "variable"), [("linux", "XDG_CACHE_HOME"), ("win32", "LOCALAPPDATA")])
def test_the_cache_is_where_the_system_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, variable: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert cli.cache_folder() == tmp_path
