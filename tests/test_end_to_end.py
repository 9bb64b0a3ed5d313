"""The whole way of an article from the shell: files on disk, commands, and what they print and answer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """<html lang="en"><head><link rel="canonical" href="https://www.baynews.example/2019/11/19/ferry">
<meta property="og:site_name" content="Bay News">
<meta property="article:published_time" content="2019-11-19T08:00:00+02:00"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry runs aground</h1>
<p>The ferry ran aground on Monday (November 18), the harbour master said, with two hundred people aboard the ship.</p>
<p>Nobody was hurt, according to The Salen Courier, and all passengers were brought ashore in the course of the
night by three boats of the coast guard.</p></article></body></html>"""


class Shell:
    """Runs `dateline` in a folder, with an archive of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}

    def run(self, *arguments: str, given: str | None = None, **settings: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([sys.executable, "-m", "search", *arguments], cwd=self.folder, input=given, check=False,
                              capture_output=True, text=True, env=self._environment | settings)

    def ok(self, *arguments: str, given: str | None = None) -> str:
        done = self.run(*arguments, given=given)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def found(self, query: str) -> list[str]:
        hits = json.loads(self.ok("search", "--json", "--", query))["hits"]
        return [hit["title"] for hit in hits]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_a_page_on_disk_is_found_by_its_words_dates_and_sources(shell: Shell) -> None:
    (shell.folder / "ferry.html").write_text(PAGE, encoding="utf-8")
    assert "added 1" in shell.ok("add", "ferry.html")
    assert "1 articles" in shell.ok("reindex")
    for query in ("ferries", "about:2019-11-18", 'cites:"Salen Courier"', "published:2019-11-19", 'source:"Bay News"',
                  '"ran aground"', "ferr*", "aground -fire"):
        assert shell.found(query) == ["Ferry runs aground"], query
    for query in ("fire", "about:2019-11-19", "cites:meridian", "published:2018", "=ferries"):
        assert shell.found(query) == [], query
    assert "No fault" in shell.ok("check")


def test_adding_twice_changes_nothing_and_changed_content_becomes_a_version(shell: Shell) -> None:
    page = shell.folder / "ferry.html"
    page.write_text(PAGE, encoding="utf-8")
    shell.ok("add", "ferry.html")
    assert "added 0, changed 0, unchanged 1" in shell.ok("add", "ferry.html")
    page.write_text(PAGE.replace("Nobody was hurt", "Two people were hurt"), encoding="utf-8")
    assert "added 0, changed 1, unchanged 0" in shell.ok("add", "ferry.html")
    shell.ok("reindex")
    assert shell.found("was:nobody") == ["Ferry runs aground"]
    assert shell.found("nobody") == []
    assert "added 0, changed 0, unchanged 1" in shell.ok("add", "ferry.html")


def test_json_lines_from_standard_input_keep_what_they_bring(shell: Shell) -> None:
    note = {"text": "Words.\n\nMore words.", "source": "Wire", "mood": "calm"}
    lines = "\n".join(json.dumps({**note, "id": f"n{n}", "title": f"Note {n}", "date": f"2020-01-0{n}"})
                      for n in range(1, 4))
    assert "added 3" in shell.ok("add", "-", given=lines)
    shell.ok("reindex")
    assert shell.found("published:2020-01-02") == ["Note 2"]
    assert json.loads(shell.ok("stats", "--json"))["outlets"] == {"Wire": 3}


def test_what_is_no_article_is_set_aside_with_a_reason(shell: Shell) -> None:
    (shell.folder / "empty.txt").write_text("", encoding="utf-8")
    (shell.folder / "broken.jsonl").write_text('{"title": "No end', encoding="utf-8")
    (shell.folder / "good.html").write_text(PAGE, encoding="utf-8")
    assert "added 1, changed 0, unchanged 0, set aside 2" in shell.ok("add", ".")
    lines = (shell.folder / "archive" / "set-aside.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(Path(json.loads(line)["where"]).name.split(":")[0] for line in lines) == ["broken.jsonl", "empty.txt"]
    assert all(json.loads(line)["reason"] for line in lines)


def test_changed_adds_only_what_is_new(shell: Shell) -> None:
    shell.ok("add", "-", given=json.dumps({"id": "1", "title": "First", "text": "One.", "source": "Wire"}))
    shell.ok("reindex")
    shell.ok("add", "-", given=json.dumps({"id": "2", "title": "Second", "text": "Two.", "source": "Wire"}))
    summary = json.loads(shell.ok("reindex", "--changed", "--json"))
    assert (summary["articles"], summary["added"]) == (2, 1)
    assert shell.found("source:wire") == ["First", "Second"]


def test_a_backup_is_an_archive(shell: Shell) -> None:
    shell.ok("add", "-", given=json.dumps({"id": "1", "title": "First", "text": "One.", "source": "Wire"}))
    assert "1 articles are in copy" in shell.ok("backup", "copy")
    shell.ok("reindex", "--archive", "copy")
    assert json.loads(shell.ok("search", "first", "--json", "--archive", "copy"))["total"] == 1
    assert shell.run("backup", "copy").returncode == 1


@pytest.mark.parametrize(("arguments", "settings", "says"), [
    (("search", "x"), {}, "nothing has been indexed"),
    (("reindex",), {}, "there is no archive"),
    (("check",), {}, "there is no archive"),
    (("add", "nowhere.html"), {}, "nowhere.html"),
    (("search", "x"), {"DATELINE_QUERY_TERMS": "many"}, "query_terms"),
    (("search", "x"), {"DATELINE_COLOUR": "red"}, "colour"),
    (("search", "x"), {"DATELINE_ENGINE_URL": "lucene:x"}, "lucene"),
    (("frobnicate",), {}, "frobnicate"),
])
def test_a_mistake_is_told_in_a_sentence(
        shell: Shell, arguments: tuple[str, ...], settings: dict[str, str], says: str) -> None:
    done = shell.run(*arguments, **settings)
    assert done.returncode in {1, 2}
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_archive_is_named_row_by_row(shell: Shell) -> None:
    shell.ok("add", "-", given=json.dumps({"id": "1", "title": "First", "text": "A rare word.", "source": "Wire"}))
    shell.ok("reindex")
    archive = shell.folder / "archive" / "archive.sqlite"
    data = archive.read_bytes()
    assert b"A rare word." in data
    archive.write_bytes(data.replace(b"A rare word.", b"A rage word."))
    done = shell.run("check")
    assert done.returncode == 1
    assert "articles wire:1: the row is not what was written" in done.stderr


def test_a_damaged_index_is_named_file_by_file_and_made_again(shell: Shell) -> None:
    shell.ok("add", "-", given=json.dumps({"id": "1", "title": "First", "text": "One.", "source": "Wire"}))
    shell.ok("reindex")
    segment, = (shell.folder / "archive" / "index").glob("gen-*/*.seg")
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    done = shell.run("check")
    assert done.returncode == 1
    assert f"{segment.name} is not what was written" in done.stderr
    shell.ok("reindex")
    shell.ok("reindex")
    assert "No fault" in shell.ok("check")


def test_the_seeds_are_read_searched_and_never_dated_by_guess(shell: Shell, shared: Path) -> None:
    assert "added 2" in shell.ok("add", str(shared / "seeds"))
    shell.ok("reindex")
    assert len(shell.found("isis")) == 2
    assert len(shell.found('cites:"Middle East Monitor"')) == 1
    assert len(shell.found('org:"Human Rights Watch"')) == 1
    assert shell.found("1814") == []
    hits = json.loads(shell.ok("search", "--json", "isis"))["hits"]
    assert {hit["source"] for hit in hits} == {"The Baghdad Post", "NRT"}
    assert all(hit["published"]["value"] is None for hit in hits)
    assert all(hit["published"]["latest"] for hit in hits)


def test_a_maintainer_proposes_reads_and_undoes_a_merge(shell: Shell) -> None:
    for number, name in enumerate(("Saad al-Allaq", "Saad al-Allaq", "Sa'ad al-Allak")):
        text = f"Rain {number}\n\n{name} said on Monday that it had rained for {number} days in the whole valley."
        (shell.folder / f"{number}.txt").write_text(text, encoding="utf-8")
    shell.ok("add", "--source", "Post", ".")
    shell.ok("reindex")
    line = "auto  | PER | Saad al-Allaq = Sa'ad al-Allak"
    assert shell.ok("aliases", "propose", "--print") == line + "\n"
    assert len(shell.found('person:"Saad al-Allaq"')) == 2
    shell.ok("aliases", "propose")
    assert len(shell.found('person:"Saad al-Allaq"')) == 3
    assert "Sa'ad al-Allak" in shell.ok("aliases", "show", "saad al-allaq")
    file = shell.folder / "archive" / "aliases.txt"
    file.write_text(file.read_text("utf-8").replace("auto  |", "not   |"), "utf-8")
    assert len(shell.found('person:"Saad al-Allaq"')) == 2
    assert shell.ok("aliases", "propose") == ""
    file.write_text(file.read_text("utf-8") + "a line of nonsense\n", "utf-8")
    checked = shell.run("aliases", "check")
    assert (checked.returncode, "line 4" in checked.stderr) == (1, True)
    assert shell.run("aliases", "show", "Nobody").returncode == 1
