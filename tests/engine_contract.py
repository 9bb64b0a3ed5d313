"""What every engine must do: the semantics of search, one example each. A test module per engine subclasses this.

The examples are small enough to be worked out by hand; generated ones are compared with the memory engine elsewhere.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from search.article import Article, Published
from search.document import Citation, DateMention, Document, NameMention
from search.engine import Engine, Generation, Snapshot
from search.errors import NoGeneration
from search.query import tree as q
from search.request import FacetSpec, Filter, Request, Sort
from search.results import Facet
from search.schema import FACETS, FORMAT
from search.settings import Settings

NAMES = {"Aliya Haddou": "PER", "Saad al-Allaq": "PER", "Human Rights Watch": "ORG", "Port Salen": "LOC"}


def make(id_: str, title: str, body: str, **given: object) -> Document:
    """A document with a mention of each known name in it; `about` and `cites` are put on its first word."""
    about: list[DateMention] = given.pop("about", [])  # type: ignore[assignment]
    cites: list[str] = given.pop("cites", [])  # type: ignore[assignment]
    former: tuple[str, ...] = given.pop("former", ())  # type: ignore[assignment]
    article = Article(id_, str(given.pop("source", "Harbour Post")), title, (body,),
                      **{"language": "en", **given})  # type: ignore[arg-type]
    names = [NameMention(at, at + len(name), kind, name)  # type: ignore[arg-type]
             for name, kind in NAMES.items() if (at := article.text.find(name)) >= 0]
    return Document(article, tuple(about), tuple(sorted(names, key=lambda name: name.start)),
                    tuple(Citation(0, 1, "source", name) for name in cites), former)


def day(year: int, month: int, day_: int) -> DateMention:
    """A mention of one day."""
    begin = date(year, month, day_)
    return DateMention(0, 1, "DATE", begin.isoformat(), begin, date.fromordinal(begin.toordinal() + 1), "day")


ARCHIVE = (
    make("a:1", "Prison break in Karsa", "Aliya Haddou said that three terrorists fled. Terror in Port Salen.",
         published=Published("2019-11-18T19:24+03:00"), section="News", authors=("Mira Osran",),
         about=[day(2019, 11, 18), DateMention(0, 1, "DATE", "2017", date(2017, 1, 1), date(2018, 1, 1), "year")]),
    make("a:2", "Breaks in the dam", "The dam of Port Salen has breaks, Human Rights Watch warned.",
         published=Published("2019-12"), cites=["Human Rights Watch"],
         about=[DateMention(0, 1, "DATE", "2019-10", date(2019, 10, 1), None, "month")]),
    make("b:1", "Évasion à Karsa", "Les terroristes ont fui la prison de Karsa. Saad al-Allaq l'a dit.",
         source="La Gazette", language="fr", published=Published("2019-11-19"), cites=["Saad al-Allaq"]),
    make("b:2", "Bank of the river", "She banks on the river bank; the banking bank of the far bank.",
         source="La Gazette", published=Published("2020")),
    make("c:1", "Undated note", "A prison long without a break. WHO said so?", source="The Ledger", language="und",
         former=("Undated massacre\n\nA massacre in a prison.",)),
    make("d:1", "هروب من السجن", "قال المسؤولون إن السجناء هربوا.", source="صدى النهر", language="ar",
         published=Published("2021-02-03"), about=[DateMention(0, 1, "DURATION", "P2D")]),
)


class EngineContract:
    """Subclass it with a fixture `engine` that gives a new, empty engine."""

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Engine:
        raise NotImplementedError

    @pytest.fixture
    def snapshot(self, engine: Engine) -> Iterator[Snapshot]:
        build(engine, ARCHIVE)
        snapshot = engine.snapshot()
        yield snapshot
        snapshot.close()

    @pytest.mark.parametrize(("node", "expected"), [
        (q.Everything(), "a:1 a:2 b:1 b:2 c:1 d:1"),
        (q.Nothing(), ""),
        (q.Word("break"), "a:1 a:2 c:1"),
        (q.Word("breaks"), "a:1 a:2 c:1"),
        (q.Word("terrorist"), "a:1"),
        (q.Word("terroristes"), "a:1 b:1"),  # read as French and as English, since the archive has both
        (q.Word("evasion"), "b:1"),
        (q.Word("السجن"), "d:1"),
        (q.Word("who"), "c:1"),
        (q.Word("absent"), ""),
        (q.Word("break", "title"), "a:1 a:2"),
        (q.Word("break", "text"), "a:2 c:1"),
        (q.Word("massacre"), ""),
        (q.Word("massacre", "was"), "c:1"),
        (q.Word("haddou", "person"), "a:1"),
        (q.Word("watch", "cites"), "a:2"),
        (q.Word("salen", "place"), "a:1 a:2"),
        (q.Word("gazette", "source"), "b:1 b:2"),
        (q.Word("osran", "author"), "a:1"),
        (q.Word("news", "section"), "a:1"),
        (q.Word("ar", "lang"), "d:1"),
        (q.Exact("breaks"), "a:2"),
        (q.Exact("évasion"), "b:1"),
        (q.Prefix("terr"), "a:1 b:1"),
        (q.Prefix("al", "person"), "a:1 b:1"),
        (q.Wildcard("pr?son"), "a:1 b:1 c:1"),
        (q.Wildcard("*ank*"), "b:2"),
        (q.Wildcard("[a-z]*"), ""),
        (q.Fuzzy("prisom"), "a:1 b:1 c:1"),
        (q.Fuzzy("karas"), "a:1 b:1"),
        (q.Fuzzy("arsa"), ""),
        (q.Phrase(("prison", "break")), "a:1"),
        (q.Phrase(("prison", "breaks")), "a:1"),
        (q.Phrase(("prison", "breaks"), exact=True), ""),
        (q.Phrase(("prison", "break"), slop=2), "a:1"),
        (q.Phrase(("prison", "break"), slop=3), "a:1 c:1"),
        (q.Phrase(("break", "prison"), slop=3), ""),
        (q.Phrase(("human", "rights", "watch"), field="cites"), "a:2"),
        (q.Phrase(("allaq",), field="cites"), "b:1"),
        (q.Published(date(2019, 11, 1), date(2019, 12, 1)), "a:1 b:1"),
        (q.Published(date(2019, 12, 31), date(2020, 1, 1)), "a:2"),
        (q.Published(None, date(2019, 11, 19)), "a:1"),
        (q.Published(date(2020, 6, 1), None), "b:2 d:1"),
        (q.About(date(2017, 2, 1), date(2017, 3, 1)), "a:1"),
        (q.About(date(2019, 11, 18), date(2019, 11, 19)), "a:1 a:2"),
        (q.About(date(2018, 1, 1), date(2019, 1, 1)), ""),
        (q.About(None, date(2017, 6, 1)), "a:1"),
        (q.Missing("published"), "c:1"),
        (q.Missing("cites"), "a:1 b:2 c:1 d:1"),
        (q.Missing("was"), "a:1 a:2 b:1 b:2 d:1"),
        (q.And((q.Word("break"), q.Word("prison"))), "a:1 c:1"),
        (q.Or((q.Word("dam"), q.Word("bank"))), "a:2 b:2"),
        (q.And((q.Word("break"), q.Not(q.Word("prison")))), "a:2"),
        (q.Not(q.Or((q.Word("break"), q.Word("bank")))), "b:1 d:1"),
        (q.And(()), "a:1 a:2 b:1 b:2 c:1 d:1"),
        (q.Or(()), ""),
    ], ids=repr)
    def test_a_query_finds(self, snapshot: Snapshot, node: q.Node, expected: str) -> None:
        results = snapshot.search(Request(node, limit=100))
        assert sorted(hit.document.article.id for hit in results.hits) == expected.split()
        assert results.total == len(expected.split())
        assert results.exact

    @pytest.mark.parametrize(("node", "better", "worse"), [
        (q.Word("bank"), "b:2", None),
        (q.Word("break"), "a:2", "c:1"),
        (q.Word("prison"), "a:1", "c:1"),
    ])
    def test_ranking_prefers_more_of_a_word_in_a_shorter_text(
            self, snapshot: Snapshot, node: q.Node, better: str, worse: str | None) -> None:
        ids = [hit.document.article.id for hit in snapshot.search(Request(node)).hits]
        assert ids[0] == better
        assert worse is None or ids.index(better) < ids.index(worse)

    def test_only_title_and_text_are_scored(self, snapshot: Snapshot) -> None:
        since = q.Published(date(2019, 1, 1), None)
        for node in (q.Word("salen", "place"), since, q.Not(q.Word("bank")), q.Everything()):
            assert {hit.score for hit in snapshot.search(Request(node)).hits} == {0.0}
        scored = snapshot.search(Request(q.And((q.Word("break"), q.Word("salen", "place"))))).hits
        alone = snapshot.search(Request(q.Word("break"))).hits
        assert {hit.document.article.id: hit.score for hit in alone}.items() >= \
            {hit.document.article.id: hit.score for hit in scored}.items()

    @pytest.mark.parametrize(("sort", "expected"), [
        ("newest", "d:1 b:2 a:2 b:1 a:1 c:1"),
        ("oldest", "a:1 b:1 a:2 b:2 d:1 c:1"),
        ("relevance", "d:1 b:2 a:2 b:1 a:1 c:1"),  # as nothing is scored, newest first
    ])
    def test_orders_put_undated_articles_last_and_equal_scores_newest_first(
            self, snapshot: Snapshot, sort: Sort, expected: str) -> None:
        hits = snapshot.search(Request(sort=sort)).hits
        assert [hit.document.article.id for hit in hits] == expected.split()

    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    def test_pages_by_number_and_by_cursor_give_every_hit_once(self, snapshot: Snapshot, sort: Sort) -> None:
        whole = [hit.document.article.id for hit in snapshot.search(Request(sort=sort, limit=100)).hits]
        numbered = [hit.document.article.id for offset in range(0, 6, 2)
                    for hit in snapshot.search(Request(sort=sort, offset=offset, limit=2)).hits]
        followed, cursor = [], None
        for _ in range(10):
            results = snapshot.search(Request(sort=sort, limit=4, after=cursor))
            followed += [hit.document.article.id for hit in results.hits]
            if (cursor := results.next) is None:
                break
        assert whole == numbered == followed

    @pytest.mark.parametrize("node", [q.Everything(), q.Word("prison"), q.Prefix("b"), q.Wildcard("*r*"),
                                      q.Phrase(("port", "salen")), q.Or((q.Word("bank"), q.Word("dam")))])
    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    def test_hits_that_need_not_be_counted_are_the_same(self, snapshot: Snapshot, node: q.Node, sort: Sort) -> None:
        for offset, limit in ((0, 2), (1, 1), (0, 10), (4, 3)):
            counted = snapshot.search(Request(node, sort=sort, offset=offset, limit=limit))
            found = snapshot.search(Request(node, sort=sort, offset=offset, limit=limit, counted=False))
            assert (found.hits, found.next) == (counted.hits, counted.next)
            assert len(found.hits) <= found.total <= counted.total

    @pytest.mark.parametrize(("node", "expected"), [
        (q.Word("prison"), [("title", "prison")]),
        (q.And((q.Word("karsa"), q.Not(q.Word("dam")), q.Prefix("terr"))), [("title", "karsa"), (None, "terr")]),
        (q.Or((q.And((q.Word("karsa"), q.Word("dam"))), q.Word("fled"))), [("text", "fled")]),
        (q.And((q.Phrase(("port", "salen")), q.Word("haddou", "person"))), [("text", "port salen")]),
        (q.Everything(), []),
    ])
    def test_a_score_is_the_sum_of_its_shares(self, snapshot: Snapshot, node: q.Node,
                                              expected: list[tuple[str | None, str]]) -> None:
        found = snapshot.search(Request(node, shares=True))
        for hit in found.hits:
            assert sum(share.score for share in hit.shares) == pytest.approx(hit.score, abs=1e-9)
        hit = next(hit for hit in found.hits if hit.document.article.id == "a:1")
        told = [(share.field, " ".join(getattr(share.term, "words", None) or (share.term.text,)))  # type: ignore[union-attr]
                for share in hit.shares]
        assert told == expected
        assert all(hit.shares == () for hit in snapshot.search(Request(node)).hits)

    def test_facets_count_all_matches(self, snapshot: Snapshot) -> None:
        facets = facets_of(snapshot, Request(q.Word("break")))
        assert pairs(facets["source"]) == [("Harbour Post", 2), ("The Ledger", 1)]
        assert pairs(facets["place"]) == [("Port Salen", 2)]
        assert facets["place"].missing == 1
        assert pairs(facets["published"]) == [("2019", 2)]
        assert facets["published"].missing == 1
        assert pairs(facets["about"]) == [("2017", 1), ("2019", 2)]

    def test_a_date_facet_counts_one_level_within_a_period(self, snapshot: Snapshot) -> None:
        specs = (FacetSpec("published", None, "month", "2019"), FacetSpec("about", None, "day"))
        facets = snapshot.search(Request(facets=specs)).facets
        assert pairs(facets["published"]) == [("2019-11", 2), ("2019-12", 1)]
        assert pairs(facets["about"]) == [("2019-11-18", 1)]

    def test_a_facet_gives_its_most_frequent_values_and_says_how_many_there_are(self, snapshot: Snapshot) -> None:
        facet = snapshot.search(Request(facets=(FacetSpec("source", 2),))).facets["source"]
        assert pairs(facet) == [("Harbour Post", 2), ("La Gazette", 2)]
        assert facet.distinct == 4

    def test_choices_within_a_facet_are_alternatives_and_do_not_change_its_counts(self, snapshot: Snapshot) -> None:
        chosen = Filter("source", frozenset({"La Gazette", "The Ledger"}))
        request = Request(filters=(chosen,), facets=tuple(FacetSpec(name) for name in FACETS))
        results = snapshot.search(request)
        assert sorted(hit.document.article.id for hit in results.hits) == ["b:1", "b:2", "c:1"]
        assert dict(pairs(results.facets["source"]))["Harbour Post"] == 2
        assert pairs(results.facets["person"]) == [("Saad al-Allaq", 1)]

    @pytest.mark.parametrize(("filter_", "expected"), [
        (Filter("source", exclude=frozenset({"La Gazette"})), "a:1 a:2 c:1 d:1"),
        (Filter("person", missing=True), "a:2 b:2 c:1 d:1"),
        (Filter("person", frozenset({"Aliya Haddou"}), missing=True), "a:1 a:2 b:2 c:1 d:1"),
        (Filter("place", frozenset({"Port Salen"}), frozenset({"Port Salen"})), ""),
        (Filter("place", frozenset({"port salen"})), ""),
        (Filter("published", frozenset({"2019-11", "2020"})), "a:1 b:1 b:2"),
        (Filter("about", frozenset({"2017"})), "a:1"),
        (Filter("about", frozenset({"2019-11"})), "a:1"),
    ], ids=repr)
    def test_a_filter_keeps(self, snapshot: Snapshot, filter_: Filter, expected: str) -> None:
        results = snapshot.search(Request(filters=(filter_,)))
        assert sorted(hit.document.article.id for hit in results.hits) == expected.split()

    def test_what_a_facet_excludes_stays_excluded_from_its_own_counts(self, snapshot: Snapshot) -> None:
        without = Filter("place", exclude=frozenset({"Port Salen"}))
        facets = snapshot.search(Request(filters=(without,), facets=(FacetSpec("place"), FacetSpec("source")))).facets
        assert pairs(facets["place"]) == []
        assert facets["place"].missing == 4
        assert pairs(facets["source"]) == [("La Gazette", 2), ("The Ledger", 1), ("صدى النهر", 1)]

    def test_the_forms_of_a_word_in_several_languages_count_as_one(self, engine: Engine) -> None:
        english = [make(f"e:{n}", "Notes", "The president spoke to the press today.") for n in range(4)]
        french = make("f:1", "Notes", "Un mot de la présidente aux journalistes.", language="fr")
        build(engine, [*english, french])
        hits = engine.snapshot().search(Request(q.Word("president"))).hits
        scores = {hit.document.article.id: hit.score for hit in hits}
        assert scores["f:1"] == pytest.approx(scores["e:0"])

    def test_filters_of_several_facets_all_hold(self, snapshot: Snapshot) -> None:
        filters = (Filter("source", frozenset({"Harbour Post"})), Filter("cites", missing=True))
        assert [hit.document.article.id for hit in snapshot.search(Request(filters=filters)).hits] == ["a:1"]

    def test_a_chosen_language_analyses_the_words_in_it_alone(self, snapshot: Snapshot) -> None:
        assert snapshot.languages == ("ar", "en", "fr", "und")
        assert snapshot.search(Request(q.Word("banking"))).total == 1
        assert snapshot.search(Request(q.Word("banking"), language="fr")).total == 0

    def test_hits_carry_marked_titles_and_snippets(self, snapshot: Snapshot) -> None:
        hit = snapshot.search(Request(q.And((q.Word("break"), q.Word("terrorists"))))).hits[0]
        assert [hit.title.text[start:end] for start, end in hit.title.spans] == ["break"]
        assert [hit.snippet.text[start:end] for start, end in hit.snippet.spans] == ["terrorists"]

    def test_an_expansion_that_is_cut_says_so_and_keeps_the_most_frequent_words(self, tmp_path: Path) -> None:
        engine = self.with_settings(tmp_path, Settings(query_expansion=2))
        build(engine, [make(f"x:{n}", "T", body) for n, body in enumerate(("aba abb", "aba abc", "abb abd"))])
        results = engine.snapshot().search(Request(q.Prefix("ab")))
        assert results.total == 3
        assert [note.kind for note in results.notes] == ["limit"]

    def test_page_numbers_end_where_the_setting_says_and_cursors_do_not(self, tmp_path: Path) -> None:
        engine = self.with_settings(tmp_path, Settings(query_hits=3))
        build(engine, ARCHIVE)
        snapshot = engine.snapshot()
        deep = snapshot.search(Request(offset=2, limit=2))
        assert [hit.document.article.id for hit in deep.hits] == ["a:2"]
        assert [note.kind for note in deep.notes] == ["limit"]
        assert deep.total == 6
        assert len(snapshot.search(Request(limit=2, after=deep.next)).hits) == 2
        unreadable = snapshot.search(Request(limit=2, after="no cursor"))
        assert [note.kind for note in unreadable.notes] == ["syntax"]

    def test_documents_come_back_as_they_were(self, snapshot: Snapshot) -> None:
        assert list(snapshot.ids()) == [document.article.id for document in ARCHIVE]
        for document in ARCHIVE:
            assert snapshot.document(document.article.id) == document
        assert snapshot.document("a:9") is None
        last, *others = [document.article.id for document in reversed(ARCHIVE)]
        assert snapshot.documents([last, "a:9", *others]) == [*reversed(ARCHIVE)]

    def test_nothing_is_found_before_the_first_switch(self, engine: Engine) -> None:
        with pytest.raises(NoGeneration):
            engine.snapshot()
        assert engine.live() is None

    def test_a_generation_is_seen_only_after_the_switch(self, engine: Engine) -> None:
        first = build(engine, ARCHIVE[:2])
        old = engine.snapshot()
        builder = engine.builder(engine.live())
        builder.add(ARCHIVE[2])
        builder.remove("a:1")
        builder.remove("never:there")
        builder.add(make("a:2", "Changed", "All of it."))
        second = builder.commit(7, {"dates": "9"})
        assert engine.live() == first
        assert list(engine.snapshot().ids()) == ["a:1", "a:2"]
        engine.switch(second)
        assert engine.live() == second
        assert (second.articles, second.sequence, second.format, second.enrichers["dates"]) == (2, 7, FORMAT, "9")
        assert list(engine.snapshot().ids()) == ["a:2", "b:1"]
        assert engine.snapshot().search(Request(q.Word("dam"))).total == 0
        assert list(old.ids()) == ["a:1", "a:2"], "an open snapshot goes on with what it was opened on"
        assert old.search(Request(q.Word("dam"))).total == 1

    def test_the_last_of_several_documents_of_one_id_counts(self, engine: Engine) -> None:
        build(engine, [*ARCHIVE[:2], make("a:1", "Another title", "Another body.")])
        snapshot = engine.snapshot()
        assert snapshot.search(Request()).total == 2
        assert snapshot.search(Request(q.Word("another"))).total == 1
        assert snapshot.search(Request(q.Word("karsa"))).total == 0

    def test_an_aborted_build_leaves_nothing(self, engine: Engine) -> None:
        kept = build(engine, ARCHIVE[:1])
        builder = engine.builder()
        builder.add(ARCHIVE[1])
        builder.abort()
        assert engine.generations() == (kept,)
        assert list(engine.snapshot().ids()) == ["a:1"]

    def test_pruning_keeps_the_newest_and_the_live_one(self, engine: Engine) -> None:
        made = [build(engine, ARCHIVE[:n]) for n in (1, 2, 3, 4)]
        engine.switch(made[0])
        engine.prune(2)
        assert engine.generations() == (made[0], made[3])
        assert engine.live() == made[0]
        assert not list(engine.check(made[0]))

    def test_an_empty_archive_can_be_searched(self, engine: Engine) -> None:
        build(engine, ())
        results = engine.snapshot().search(Request(q.Word("x"), facets=tuple(FacetSpec(name) for name in FACETS)))
        assert results.total == 0
        assert all(facet.distinct == facet.missing == 0 for facet in results.facets.values())

    def with_settings(self, tmp_path: Path, settings: Settings) -> Engine:
        """An empty engine under other settings."""
        raise NotImplementedError


def build(engine: Engine, documents: Sequence[Document]) -> Generation:
    """Makes documents the live generation."""
    builder = engine.builder()
    for document in documents:
        builder.add(document)
    made = builder.commit(len(documents), {})
    engine.switch(made)
    return made


def facets_of(snapshot: Snapshot, request: Request) -> dict[str, Facet]:
    """All facets of a request."""
    specs = tuple(FacetSpec(name) for name in FACETS)
    return dict(snapshot.search(Request(request.query, request.filters, facets=specs)).facets)


def pairs(facet: Facet) -> list[tuple[str, int]]:
    """A facet's values with their counts."""
    return [(value.value, value.count) for value in facet.values]
