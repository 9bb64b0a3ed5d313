import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from search.article import Article
from search.document import Citation, Document, NameMention, NameType
from search.engine import Snapshot, open_engine
from search.names.aliases import TYPES, Aliases, Line
from search.names.files import AliasFiles
from search.names.resolving import Resolved, Resolver
from search.names.spelling import FIELD_TYPES
from search.query.tree import About, Everything, Missing, Node, Phrase, Word
from search.request import FacetSpec, Filter, Request
from search.schema import FACETS
from tests.engine_contract import build
from tests.strategies import libraries, requests
from tests.vocabulary import NAMES

POOLS: dict[NameType, tuple[str, ...]] = {"PER": (*NAMES["person"], *NAMES["cites"]), "ORG": NAMES["org"],
                                          "LOC": NAMES["place"]}
PLAIN: tuple[Node, ...] = (Everything(), About(None, None), Missing("person"), Missing("author"))


def snapshot(library: Sequence[Document]) -> Snapshot:
    engine = open_engine("memory:")
    build(engine, library)
    return engine.snapshot()


def resolved(library: Sequence[Document], lines: Iterable[Line]) -> Resolved:
    return Resolved(snapshot(library), Aliases(lines), {})


def document(number: int, text: str, *people: str) -> Document:
    return Document(Article(f"post:{number}", "Post", "Rain", (text,), language="en"),
                    names=tuple(NameMention(0, 4, "PER", name) for name in people))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    type_ = draw(st.sampled_from(TYPES))
    names = draw(st.lists(st.sampled_from(POOLS[type_]), min_size=2, max_size=3, unique=True))
    return Line(draw(st.sampled_from(("human", "auto", "not"))), type_, tuple(names))


def relabelled(library: Sequence[Document], aliases: Aliases) -> list[Document]:
    """The documents as they would be had every name been written as the one that is shown."""
    def citation(each: Citation) -> Citation:
        return replace(each, name=aliases.spelled(each.name)[0]) if each.name else each
    return [replace(document, names=tuple(replace(name, name=aliases.spelled(name.name, (name.type,))[0])
                                          for name in document.names),
                    citations=tuple(map(citation, document.citations))) for document in library]


def shown(chosen: Filter, aliases: Aliases) -> Filter:
    """The choice of the names that are shown."""
    types = FIELD_TYPES.get(chosen.field, ())
    return replace(chosen, include=frozenset(aliases.spelled(value, types)[0] for value in chosen.include),
                   exclude=frozenset(aliases.spelled(value, types)[0] for value in chosen.exclude))


@settings(max_examples=150)
@given(library=libraries(), said=st.lists(lines(), max_size=3), asked=st.lists(requests(), min_size=2, max_size=5),
       tree=st.sampled_from(PLAIN))
def test_facets_and_choices_are_as_if_every_name_had_one_spelling(
        library: list[Document], said: list[Line], asked: list[Request], tree: Node) -> None:
    aliases = Aliases(said)
    ours, expected = Resolved(snapshot(library), aliases, {}), snapshot(relabelled(library, aliases))
    for each in asked:
        labelled = tuple(shown(chosen, aliases) for chosen in each.filters)
        request = replace(each, query=tree, filters=labelled)
        wanted = expected.search(request)
        for got in (ours.search(request), ours.search(replace(request, filters=each.filters))):
            assert got.total == wanted.total
            assert [hit.document.article for hit in got.hits] == [hit.document.article for hit in wanted.hits]
        got = ours.search(request)
        for spec in each.facets:
            assert got.facets[spec.field].values == wanted.facets[spec.field].values
            assert got.facets[spec.field].missing == wanted.facets[spec.field].missing
            if spec.limit is None:
                assert got.facets[spec.field].distinct == wanted.facets[spec.field].distinct


@settings(max_examples=50)
@given(library=libraries(), said=st.lists(lines(), max_size=3), asked=requests())
def test_as_typed_nothing_is_resolved(library: list[Document], said: list[Line], asked: Request) -> None:
    request = replace(asked, as_typed=True)
    plain = snapshot(library)
    assert replace(Resolved(plain, Aliases(said), {}).search(request), seconds=0.0) == replace(
        plain.search(request), seconds=0.0)


SADR = Line("human", "PER", ("Muqtada al-Sadr", "Moqtada Sadr"))
LIBRARY = [document(1, "Rain fell on Moqtada Sadr.", "Moqtada Sadr"),
           document(2, "Muqtada al-Sadr left.", "Muqtada al-Sadr"),
           document(3, "Both came.", "Moqtada Sadr", "Muqtada al-Sadr"), document(4, "Nobody.", "Ana Kestrel")]


def test_an_article_with_two_spellings_counts_once() -> None:
    results = resolved(LIBRARY, [SADR]).search(Request(facets=(FacetSpec("person", 1),)))
    assert [(value.value, value.count) for value in results.facets["person"].values] == [("Muqtada al-Sadr", 3)]


@settings(max_examples=15)
@given(library=libraries(), said=st.lists(lines(), max_size=3), asked=st.lists(requests(), min_size=2, max_size=5))
def test_over_every_engine_names_are_resolved_alike(
        library: list[Document], said: list[Line], asked: list[Request]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"whoosh:{folder}")
        build(engine, library)
        ours, expected = Resolved(engine.snapshot(), Aliases(said), {}), resolved(library, said)
        for request in asked:
            got, wanted = ours.search(request), expected.search(request)
            assert (got.total, got.facets, got.notes) == (wanted.total, wanted.facets, wanted.notes)
            assert [hit.document for hit in got.hits] == [hit.document for hit in wanted.hits]
        ours.close()


def test_a_choice_takes_in_every_spelling_and_says_so() -> None:
    results = resolved(LIBRARY, [SADR]).search(Request(filters=(Filter("person", frozenset(("Muqtada al-Sadr",))),)))
    assert results.total == 3
    assert [note.text for note in results.notes] == ["The choice “Muqtada al-Sadr” takes in “Moqtada Sadr”."]


def test_a_name_that_was_chosen_in_some_spelling_keeps_it_in_the_facet() -> None:
    chosen = Filter("person", frozenset(("Moqtada Sadr",)))
    results = resolved(LIBRARY, [SADR]).search(Request(filters=(chosen,), facets=(FacetSpec("person"),)))
    assert [(value.value, value.count) for value in results.facets["person"].values] == [
        ("Moqtada Sadr", 3), ("Ana Kestrel", 1)]


def test_a_word_finds_every_spelling_and_says_so() -> None:
    results = resolved(LIBRARY, [SADR]).search(Request(Phrase(("Moqtada", "Sadr"))))
    assert results.total == 2
    assert [note.text for note in results.notes] == ["“Moqtada Sadr” was also searched as “Muqtada al-Sadr”."]


def test_what_no_line_names_is_left_alone() -> None:
    results = resolved(LIBRARY, [SADR]).search(Request(Word("nobody"), facets=tuple(map(FacetSpec, FACETS))))
    assert (results.total, results.notes) == (1, ())


def test_an_edited_file_is_obeyed_at_once(tmp_path: Path) -> None:
    files = AliasFiles(tmp_path)
    resolver, plain = Resolver(files), snapshot(LIBRARY)
    request = Request(filters=(Filter("person", frozenset(("Muqtada al-Sadr",))),))
    assert resolver.over(plain).search(request).total == 2
    files.append([SADR])
    assert resolver.over(plain).search(request).total == 3
    files.path.write_text(files.path.read_text("utf-8").replace("human |", "not |"), "utf-8")
    assert resolver.over(plain).search(request).total == 2


def test_a_resolved_snapshot_is_otherwise_the_snapshot() -> None:
    plain = snapshot(LIBRARY)
    over = Resolved(plain, Aliases(), {})
    assert (over.generation, over.languages, list(over.ids())) == (plain.generation, plain.languages, list(plain.ids()))
    assert over.document("post:1") == plain.document("post:1")
    assert over.documents(["post:1"]) == plain.documents(["post:1"])
    over.close()
    assert list(plain.ids()) == []


def test_the_spellings_that_an_index_has_of_a_name_are_counted() -> None:
    people = (("Abu Bakr", "Abu Bakir"), ("Abu Bakir",), ("Bo",))
    library = [document(number, "Rain", *names) for number, names in enumerate(people)]
    here = resolved(library, (Line("human", "PER", ("Abu Bakr", "Abu Bakir", "Abou Bakr")),
                              Line("human", "PER", ("Robert", "Bo"))))
    for name in ("Abu Bakr", "Abu Bakir", "Abou Bakr"):
        assert here.spellings("person", name) == {"Abu Bakr": 1, "Abu Bakir": 2}
    assert here.spellings("person", "Robert") == {"Bo": 1}
    assert here.spellings("org", "Abu Bakr") == here.spellings("person", "Nobody") == {}
