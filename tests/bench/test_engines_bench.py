"""The comparison of engines measures what it says: all find the same, and the table shows the right figures."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.engine import open_engine
from search.results import Facet, Results
from tests.bench.building import Built, Cost
from tests.bench.contenders import FAMILIES, Answer
from tests.bench.contenders.dateline import request
from tests.bench.corpus import Corpus
from tests.bench.engines import Plan, main, measure, names_taking_part
from tests.bench.queries import KINDS, Query
from tests.bench.rounds import FORMS, Asked, Rounds
from tests.bench.table import Measured, table
from tests.engine_contract import build

ARTICLES = 60
# no inflected forms: of these words, every engine's stemmer makes the same classes
WORDS = ("harbour", "lantern", "council", "market", "museum", "captain", "orchard", "volcano", "bottom", "winter",
         "island", "sultan", "copper", "timber", "window", "mirror", "wagon", "pocket", "rocket", "planet", "comet",
         "forest", "garden", "kitchen", "parrot", "salmon", "cotton", "ribbon")
OUTLETS = ("Harbour Post", "The Ledger", "La Gazette")
PERSONS = ("Mira Osran", "Tomas Welk", "Ines Harrow", "Odo Lamm", "Runa Feld")


def row(number: int) -> dict[str, Any]:
    chance = random.Random(number)
    parts = [" ".join(chance.sample(WORDS, 4)) for _ in range(2)]
    persons = chance.sample(PERSONS, chance.randrange(4))
    return {"id": f"n-{number}", "title": " ".join(chance.sample(WORDS, 2)), "text": "\n\n".join([*parts, *persons]),
            "date": f"{2018 + number % 4}-{1 + number % 12:02}-{1 + number % 28:02}T10:30:00" if number % 9 else None,
            "source": OUTLETS[number % 3], "url": None, "entities": persons}


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("corpus") / "news.jsonl", [row(number) for number in range(ARTICLES)])


@pytest.fixture(scope="module")
def measured(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """One run, of all contenders whose packages are installed, within this process."""
    names = names_taking_part(FAMILIES, ["numpy"])
    plan = Plan((corpus,), (ARTICLES,), names, 1, tmp_path_factory.mktemp("indexes"))
    found, = measure(plan, run=lambda function, *arguments: function(*arguments))
    return found


@pytest.fixture(scope="module")
def expected(corpus: Path, measured: Measured) -> dict[Query, Results]:
    """What the memory engine answers."""
    engine = open_engine("memory:")
    build(engine, list(Corpus([corpus], ARTICLES)))
    snapshot = engine.snapshot()
    return {query: snapshot.search(request(query, faceted=True)) for query in measured.queries}


def each_answer(measured: Measured) -> list[tuple[str, Query, Answer]]:
    return [(name, query, answer) for name, answers in measured.rounds.answers.items()
            for query, answer in zip(measured.queries, answers, strict=True)]


def counts(facet: Facet) -> dict[str, int]:
    return {value.value: value.count for value in facet.values}


def comparable(name: str, query: Query) -> bool:
    """SQLite stems the letters of a prefix as if they were a word."""
    return not (name == "fts5" and query.kind == "prefix")


def test_all_contenders_find_what_the_memory_engine_finds(
        measured: Measured, expected: dict[Query, Results]) -> None:
    assert {query.kind for query in measured.queries} == set(KINDS)
    for name, query, answer in each_answer(measured):
        if comparable(name, query):
            assert answer.total == expected[query].total, (name, query)
            assert answer.page == min(answer.total, 10), (name, query)


def test_all_contenders_count_what_the_memory_engine_counts(
        measured: Measured, expected: dict[Query, Results]) -> None:
    for name, query, answer in each_answer(measured):
        if comparable(name, query):
            facets = expected[query].facets
            assert answer.facets["month"] == counts(facets["published"]), (name, query)
            assert answer.facets["person"] == counts(facets["person"]), (name, query)
            if query.kind != "filter":  # there, Dateline alone counts the outlets that were not chosen
                assert answer.facets["source"] == counts(facets["source"]), (name, query)


def test_the_table_has_a_row_for_each_class_in_each_form_and_one_for_each_cost(measured: Measured) -> None:
    names = list(measured.built)
    lines = table([measured], names).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    assert cells[0] == ["articles", "", *names]
    classes = [f"{form}, {kind}" for form in FORMS for kind in KINDS]
    assert [each[1].partition(":")[0] for each in cells[2:16]] == classes
    assert {each[0] for each in cells[2:]} == {str(ARTICLES)}
    assert all(all(each[2:]) for each in cells[2:])
    assert len({len(line) for line in lines if line.startswith("|")}) == 1


def figures(articles: int, factor: float, totals: tuple[int, int] = (100, 100)) -> Measured:
    """Twenty phrases that took the first contender 1 to 20 ms, the second `factor` times as long."""
    queries = tuple(Query("phrase", (f"word{number}",)) for number in range(20))
    asked = tuple(Asked(name, "faceted", "phrase", (number + 1) / 1000 * slower, 1.0)
                  for name, slower in (("one", 1.0), ("two", factor)) for number in range(20))
    answers = {name: (Answer(total, 10),) * 20 for name, total in zip(("one", "two"), totals, strict=True)}
    built = Built(articles, raw=1000, skipped=0, cpu=2.0, wall=9.0, peak=5_000_000, size=1500)
    return Measured(articles, queries, dict.fromkeys(answers, built), dict.fromkeys(answers, Cost(0.004, 0.1)),
                    Rounds(asked, answers))


@pytest.mark.parametrize("line", [
    "| 30 | faceted, phrase: p50 / p95, ms | 10.0 / 19.0 | ×1.50 / ×1.50 |",
    "| 60 | faceted, phrase: p50 / p95, ms | 10.0 / 19.0 | ×12 / ×12 |",
    "| 30 | top, rare: p50 / p95, ms | – | – |",
    "| 30 | indexing, articles per CPU second | 15 | 15 |",
    "| 30 | index size / raw text | 1.50 | 1.50 |",
    "| 30 | peak memory of indexing, MB | 5 | 5 |",
    "| 30 | new process: open and first facets, ms | 4.000 | 4.000 |",
    "| 30 | totals that differ by more than 2 % | 0% | 0% |",
    "| 60 | totals that differ by more than 2 % | 0% | 100% |",
    "| growth | faceted, phrase: p95, 30 to 60 | ×1.00 | ×8.00 |",
    "60 articles: totals of two differ from one's: phrase 20 of 20.",
])
def test_the_table_gives_multiples_of_the_first_contenders_times(line: str) -> None:
    made = table([figures(30, 1.5, (100, 98)), figures(60, 12.0, (100, 97))], ["one", "two"])
    assert line in {" ".join(each.split()) for each in made.splitlines()}


def test_the_command_measures_in_processes_of_their_own_and_builds_what_it_keeps_once(
        corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [str(corpus), "--sizes", "60", "--repeats", "1", "--only", "fts5", "--keep", str(tmp_path / "kept"),
                 "--json", str(tmp_path / "figures.json")]
    main(arguments)
    first, = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    main(arguments)
    again, = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert first["built"] == again["built"]
    assert first["queries"] == again["queries"]
    assert {each["name"] for each in first["rounds"]["asked"]} == {"fts5"}
    assert capsys.readouterr().out.count("60 articles with ") == 2


@pytest.mark.parametrize(("arguments", "said"), [
    (["--sizes", "61", "--only", "fts5"], "the corpus has 60 rows"),
    (["--only", "fts5,postgres"], "--only knows tantivy, dateline, fts5, stock"),
    (["absent.jsonl"], "the corpus cannot be read"),
])
def test_what_cannot_be_measured_is_told(corpus: Path, capsys: pytest.CaptureFixture[str], arguments: list[str],
                                         said: str) -> None:
    with pytest.raises(SystemExit):
        main([str(corpus), *arguments])
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("damage", [
    lambda given: given | {"title": "", "text": ""}, lambda given: given | {"date": "1 May"},
    lambda given: given | {"source": " "}, lambda given: {"id": given["id"]},
])
def test_rows_of_which_no_article_can_be_made_are_counted_and_passed_over(
        tmp_path: Path, damage: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    corpus = Corpus([write(tmp_path / "a.jsonl", [row(1), damage(row(2)), row(3)])], 10)
    assert len(list(corpus)) == 2
    assert corpus.skipped == 1


def test_the_same_rows_in_two_files_are_different_articles(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [row(1), row(2)])
    assert len({document.article.id for document in Corpus([path, path, path], 5)}) == 5
