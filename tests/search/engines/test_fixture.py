"""An index that was written by this format is answered from for as long as the format stays.

`fixtures/format-2` holds a small generation, packed, and what was answered from it. After a change of the format, write
it anew and name its folder after the format:

    python -m tests.search.engines.test_fixture --write
"""

import json
import struct
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search.analysis import fingerprint
from search.article import Json
from search.document import Document
from search.engine import Generation, Snapshot
from search.engines.whoosh import arrays, generations
from search.engines.whoosh.engine import WhooshEngine
from search.errors import GenerationDamaged
from search.query import tree as q
from search.request import FacetSpec, Filter, Request
from search.schema import FACETS, FORMAT
from search.settings import Settings
from tests.engine_contract import ARCHIVE, build, make

FOLDER = Path(__file__).parent / "fixtures" / "format-2"
INDEX, ANSWERS = FOLDER / "index.zip", FOLDER / "answers.json"

EVERY = tuple(FacetSpec(name) for name in FACETS)
ASKED = (
    *(Request(node, facets=EVERY) for node in (
        q.Word("prison"), q.Word("terroristes"), q.Exact("breaks"), q.Phrase(("prison", "break"), 3), q.Prefix("terr"),
        q.Wildcard("*an*"), q.Fuzzy("karas"), q.Word("السجن"), q.Word("massacre", "was"), q.Word("haddou", "person"),
        q.About(date(2017, 2, 1), date(2017, 3, 1)), q.Published(None, date(2019, 12, 1)), q.Missing("cites"),
        q.And((q.Not(q.Word("dam")), q.Word("the"))), q.Or((q.Word("bank"), q.Word("karsa"))))),
    *(Request(sort=sort, limit=3, offset=2) for sort in ("newest", "oldest")),
    Request(filters=(Filter("source", exclude=frozenset({"La Gazette"})), Filter("about", frozenset({"2019-11"})))),
)


def answers(snapshot: Snapshot) -> Json:
    """What is answered, as JSON."""
    documents = snapshot.documents(list(snapshot.ids()))
    return {"languages": [*snapshot.languages], "documents": [document.to_json() for document in documents],
            "searches": [_answer(snapshot, request) for request in ASKED]}


def _answer(snapshot: Snapshot, request: Request) -> Json:
    results = snapshot.search(request)
    return {"total": results.total, "exact": results.exact, "next": results.next,
            "hits": [[hit.document.article.id, round(hit.score, 9)] for hit in results.hits],
            "facets": {name: [[[value.value, value.count] for value in facet.values], facet.distinct, facet.missing]
                       for name, facet in results.facets.items()}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the generation."""
    with zipfile.ZipFile(INDEX) as packed:
        packed.extractall(tmp_path)
    return tmp_path


def recorded(root: Path) -> Generation:
    """The generation, as if it had been analysed today: the few words in it are the same in every Unicode."""
    folder, = root.iterdir()
    made = generations.read(root, folder.name)
    return replace(made, enrichers={**made.enrichers, "analysis": fingerprint()})


def formats(root: Path) -> set[tuple[int, int]]:
    """The formats that the files of the generation are of: of what is indexed, and of the arrays."""
    return {(recorded(root).format, struct.unpack_from("<I", path.read_bytes(), len(arrays.MAGIC))[0])
            for path in root.glob("*/*") if path.name != "generation.json"}


def test_an_index_of_this_format_is_answered_from_and_one_of_another_is_refused(root: Path) -> None:
    engine, made = WhooshEngine(root, Settings()), recorded(root)
    if formats(root) == {(FORMAT, arrays.FORMAT)}:
        assert answers(engine.open(made)) == json.loads(ANSWERS.read_text(encoding="utf-8"))
        assert not list(engine.check(made))
    else:
        with pytest.raises(GenerationDamaged, match="run `dateline reindex`"):
            engine.open(made)


def test_an_index_of_a_later_format_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, made = WhooshEngine(root, Settings()), recorded(root)
    with pytest.raises(GenerationDamaged, match="run `dateline reindex`"):
        engine.open(replace(made, format=made.format + 1))
    monkeypatch.setattr(arrays, "FORMAT", arrays.FORMAT + 1)
    with pytest.raises(GenerationDamaged, match="run `dateline reindex`"):
        engine.open(made)


def test_an_index_is_built_on_by_today(root: Path) -> None:
    engine, made = WhooshEngine(root, Settings()), recorded(root)
    if formats(root) == {(FORMAT, arrays.FORMAT)}:
        builder = engine.builder(made)
        builder.add(make("n:1", "News", "A prison is built."))
        engine.switch(builder.commit(1, {}))
        ids = [id_ for id_ in engine.open(made).ids() if id_ != "n:1"]
        assert list(engine.snapshot().ids()) == sorted([*ids, "n:1"])
        assert engine.snapshot().search(Request(q.Word("prison"))).total == 5


def test_the_fixture_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 30_000


def write() -> None:
    """Writes the fixture: two segments, an article of the first of which was replaced."""
    edited: Sequence[Document] = (make("a:2", "Breaks in the dam", "Edited: the dam of Port Salen is mended."),
                                  make("e:1", "Prison news", "A prison in Karsa, and a bank.", language="und"))
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder), Settings())
        builder = engine.builder(build(engine, ARCHIVE))
        for document in edited:
            builder.add(document)
        made = builder.commit(8, {"dates": "1"})
        FOLDER.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(INDEX, "w", zipfile.ZIP_LZMA) as packed:
            for path in sorted((Path(folder) / made.id).iterdir()):
                packed.write(path, f"{made.id}/{path.name}")
        text = json.dumps(answers(engine.open(made)), ensure_ascii=False, separators=(",", ":"))
        ANSWERS.write_text(text.replace('},{"', '},\n{"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.search.engines.test_fixture --write")
    write()
