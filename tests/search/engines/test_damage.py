"""Whatever byte of an index is damaged or lost, an answer is the right one or an error, and a check finds it.

A share of the damage is tried by default. All of it, 500 flipped bytes and 200 files cut short:

    pytest tests/search/engines/test_damage.py --hypothesis-profile=thorough
"""

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from search.document import Document
from search.engine import Generation, Snapshot
from search.engines.whoosh import arrays
from search.engines.whoosh.engine import WhooshEngine
from search.errors import EngineError
from search.query import tree as q
from search.request import FacetSpec, Filter, Request
from search.schema import FACETS
from search.settings import Settings
from tests.engine_contract import ARCHIVE, build, make
from tests.vocabulary import WORDS

IS_THOROUGH = settings().max_examples >= 1_000
FLIPS, CUTS = (500, 200) if IS_THOROUGH else (150, 60)
PAGE = 4096  # so small that no search looks at every page
BITS = (0x01, 0x10, 0x80, 0xff)

EVERY = tuple(FacetSpec(name) for name in FACETS)
KINDS: tuple[q.Node, ...] = (
    q.Word("prison"), q.Word("minister", "title"), q.Exact("breaks"), q.Phrase(("prison", "break"), 3),
    q.Phrase(("port", "salen")), q.Prefix("terr"), q.Prefix("al", "person"), q.Wildcard("*an*"), q.Fuzzy("karas"),
    q.Published(date(2019, 11, 1), date(2019, 12, 1)), q.About(date(2017, 2, 1), date(2017, 3, 1)), q.Missing("cites"),
    q.Word("gazette", "source"), q.Word("massacre", "was"), q.Everything(), q.Nothing(),
    q.And((q.Word("prison"), q.Not(q.Word("dam")))),
    q.Or((q.Word("karsa"), q.Exact("bank"), q.Phrase(("river", "bank")))),
)
ASKED = (
    *(Request(node, facets=EVERY, limit=5) for node in KINDS),
    Request(q.Everything(), sort="newest", offset=20, facets=(FacetSpec("published", None, "month", "2019"),)),
    Request(q.Word("prison"), sort="oldest", language="fr", filters=(Filter("source", frozenset({"La Gazette"})),)),
    Request(filters=(Filter("person", missing=True), Filter("about", frozenset({"2017"}))), facets=EVERY),
)

Look = Callable[[Snapshot], object]


def searched(request: Request) -> Look:
    def look(snapshot: Snapshot) -> object:
        return replace(snapshot.search(request), generation="", seconds=0.0)
    return look


def copies(numbers: Sequence[int]) -> list[Document]:
    """The archive again and again, under other ids and with other words before it."""
    chance = random.Random(numbers[0])
    return [replace(document, article=replace(
        document.article, id=f"{document.article.id}:{number}",
        paragraphs=(*document.article.paragraphs, " ".join(chance.choices(WORDS, k=40)))))
        for number in numbers for document in ARCHIVE]


LOOKS: tuple[Look, ...] = (
    *map(searched, ASKED), lambda snapshot: list(snapshot.ids()), lambda snapshot: snapshot.languages,
    lambda snapshot: snapshot.documents([document.article.id for document in copies(range(0, 36, 5))]),
)


@dataclass(frozen=True)
class Index:
    """A generation of three segments some of whose articles are dead, and what it answers."""

    root: Path
    generation: Generation
    answers: Sequence[object]

    @property
    def files(self) -> list[Path]:
        """The files of arrays."""
        return sorted(path for path in (self.root / self.generation.id).iterdir() if path.name != "generation.json")

    def opened(self) -> WhooshEngine:
        return WhooshEngine(self.root, Settings(query_seconds=60))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "PAGE", PAGE)
        root = tmp_path_factory.mktemp("index")
        engine = WhooshEngine(root, Settings(query_seconds=60))
        made = build(engine, copies(range(20)))
        for numbers, gone in ((range(20, 32), ("a:1:3", "b:1:7")), (range(32, 36), ("a:2:4", "c:1:22"))):
            builder = engine.builder(made)
            for id_ in gone:
                builder.remove(id_)
            for document in (*copies(numbers), make(f"a:1:{numbers[0] - 9}", "Prison again", "Another break.")):
                builder.add(document)
            made = builder.commit(1, {})
            engine.switch(made)
        engine.prune(1)
        snapshot = engine.snapshot()
        shards = snapshot._shards
        assert [shard.dead is not None for shard in shards] == [True, True, False]
        yield Index(root, made, [look(snapshot) for look in LOOKS])


@pytest.fixture
def damaged(index: Index, tmp_path: Path) -> Index:
    """A copy of the index, to be damaged."""
    shutil.copytree(index.root, tmp_path / "index")
    return replace(index, root=tmp_path / "index")


def put(path: Path, data: bytes) -> None:
    """Replaces a file by another, so that nobody who has it mapped sees the change."""
    path.unlink()
    path.write_bytes(data)


def refused(index: Index) -> int:
    """How many looks at an index are refused; whatever is answered is as it was."""
    try:
        snapshot = index.opened().open(index.generation)
    except EngineError:
        return len(LOOKS)
    count = 0
    for number, look in enumerate(LOOKS):
        try:
            assert look(snapshot) == index.answers[number]
        except EngineError as error:
            assert "dateline check" in str(error)  # noqa: PT017 - some answers need no damaged page
            count += 1
    return count


def assert_found(index: Index, path: Path) -> None:
    assert list(index.opened().check(index.generation)) == [
        f"{index.generation.id}/{path.name} is not what was written"]


def test_what_is_not_damaged_is_found_sound_and_answers_alike(damaged: Index) -> None:
    assert not list(damaged.opened().check(damaged.generation))
    assert refused(damaged) == 0


def test_a_flipped_byte_is_found_and_makes_no_other_answer(damaged: Index) -> None:
    chance, counts = random.Random(1), []
    sizes = [path.stat().st_size for path in damaged.files]
    for number in range(FLIPS):
        path, = chance.choices(damaged.files, sizes if number % 4 else None)
        sound = path.read_bytes()
        place = chance.randrange(len(sound))
        put(path, sound[:place] + bytes((sound[place] ^ chance.choice(BITS),)) + sound[place + 1:])
        assert_found(damaged, path)
        counts.append(refused(damaged))
        put(path, sound)
    assert len(LOOKS) in counts
    assert any(0 < count < len(LOOKS) for count in counts), "most pages are needed by some searches only"


def test_a_file_cut_short_is_found_and_not_opened(damaged: Index) -> None:
    chance = random.Random(2)
    for number in range(CUTS):
        path = chance.choice(damaged.files)
        sound = path.read_bytes()
        put(path, sound[:chance.randrange(len(sound)) if number % 3 else len(sound) - chance.randrange(1, 50)])
        assert_found(damaged, path)
        assert refused(damaged) == len(LOOKS)
        put(path, sound)


def test_a_missing_file_is_found_and_not_opened(damaged: Index) -> None:
    for path in damaged.files:
        sound = path.read_bytes()
        path.unlink()
        assert list(damaged.opened().check(damaged.generation)) == [f"{damaged.generation.id}/{path.name} is missing"]
        assert refused(damaged) == len(LOOKS)
        path.write_bytes(sound)


def test_a_flipped_byte_of_the_manifest_makes_no_other_answer(damaged: Index) -> None:
    chance = random.Random(3)
    path = damaged.root / damaged.generation.id / "generation.json"
    sound = path.read_bytes()
    for _ in range(FLIPS):
        place = chance.randrange(len(sound))
        put(path, sound[:place] + bytes((sound[place] ^ chance.choice(BITS),)) + sound[place + 1:])
        engine = damaged.opened()
        try:
            live = engine.live()
            assert live is not None
            found = refused(replace(damaged, generation=live))
        except EngineError:
            found = len(LOOKS)
        assert found in {0, len(LOOKS)}


def test_a_segment_in_the_place_of_another_is_told(damaged: Index) -> None:
    one, other, *_ = [path for path in damaged.files if path.suffix == ".seg"]
    sound = one.read_bytes(), other.read_bytes()
    put(one, sound[1])
    put(other, sound[0])
    assert refused(damaged) == len(LOOKS)
    assert len(list(damaged.opened().check(damaged.generation))) == 2
    put(one, sound[0])
    put(other, sound[1])
