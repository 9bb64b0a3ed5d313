"""Hypothesis strategies: small archives over a small vocabulary, so that whatever is asked is found in some articles.

    articles() ─► documents() ─► libraries()      and      trees() ─► requests()

Words, names and days are few: they repeat across articles, and queries hit them, in other cases, forms and languages.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from search.analysis import fold, words
from search.article import Article, Capture, Published, article_id
from search.document import Citation, CitationKind, DateMention, DateType, Document, Granularity, NameMention, NameType
from search.query import tree
from search.request import FacetSpec, Filter, Request
from search.schema import BY_NAME, FACETS, KEY_LENGTH, LEVELS
from tests.anything import any_text
from tests.vocabulary import CLOCKS, DAYS, LANGUAGES, MISSPELT, NAME_WORDS, NAMES, OUTLETS, RUNNING, WORDS

TREE_FIELDS = (None, "title", "text", "was", "person", "org", "place", "cites", "source", "author", "section", "lang")
CITATION_KINDS: tuple[CitationKind, ...] = ("source", "medium", "credit", "publisher")
DATE_TYPES: tuple[DateType, ...] = ("DATE", "TIME", "DURATION", "SET")
GRANULARITIES: tuple[Granularity, ...] = ("day", "month", "year", "decade", "other")

ANY_DAY = st.sampled_from(DAYS)
Draw = st.DrawFn


def sentences(most: int = 8) -> st.SearchStrategy[str]:
    """A text of the vocabulary, with full stops here and there."""
    return st.lists(st.sampled_from(RUNNING), min_size=1, max_size=most).map(" ".join)


PROSE = sentences()
NUMBERS = st.integers(1, 99)
NOTHING: st.SearchStrategy[Any] = st.nothing()


@st.composite
def published(draw: Draw, days: st.SearchStrategy[date] = ANY_DAY) -> Published:
    """A date of publication, known to the year, month, day or minute, or not at all but for its bounds."""
    day, known = draw(days), draw(st.sampled_from((0, 4, 7, 10, 16)))
    if not known:
        earliest, latest = sorted((day, draw(days)))
        return Published(earliest=draw(st.sampled_from((earliest, None))), latest=draw(st.sampled_from((latest, None))))
    value = day.isoformat() + draw(st.sampled_from(CLOCKS)) if known == 16 else day.isoformat()[:known]
    return Published(value, *draw(st.sampled_from((("json-ld", 1.0), ("byline", 0.75), ("file", 0.0)))))


@st.composite
def captures(draw: Draw) -> Capture:
    """Bytes from an address, from a file, or from nowhere that is known."""
    fetched = draw(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - its zone comes next
    zone = draw(st.sampled_from((UTC, timezone(timedelta(hours=-9, minutes=-30)))))
    url = draw(st.sampled_from((None, "https://news.example/1", "https://news.example/2")))
    origin = draw(st.sampled_from((None, "dump/1.txt", "dump/2.txt")))
    return Capture(draw(st.binary(max_size=50)), draw(st.sampled_from(("text/html", "text/plain"))),
                   fetched.replace(tzinfo=zone), url, origin)


@st.composite
def articles(draw: Draw, text: st.SearchStrategy[str] = PROSE, extra: st.SearchStrategy[Any] = NOTHING,
             numbers: st.SearchStrategy[int] = NUMBERS) -> Article:
    """An article. `text` gives its prose, `extra` values for its `extra`, `numbers` its number within its outlet."""
    number, source = draw(numbers), draw(st.sampled_from(OUTLETS))
    return Article(
        id=article_id(OUTLETS[0], number=str(number)), source=source, title=draw(text),
        paragraphs=tuple(draw(st.lists(text, max_size=2))), captions=tuple(draw(st.lists(text, max_size=1))),
        url=draw(st.sampled_from((None, f"https://news.example/{number}"))),
        dateline=draw(st.sampled_from((None, *NAMES["place"]))),
        credit=draw(st.sampled_from((None, *NAMES["author"]))),
        authors=tuple(draw(st.lists(st.sampled_from(NAMES["author"]), max_size=2, unique=True))),
        section=draw(st.sampled_from((None, *NAMES["section"]))), language=draw(st.sampled_from(LANGUAGES)),
        published=draw(published()),
        extra=draw(st.dictionaries(any_text(), extra, max_size=0 if extra is NOTHING else 2)),
    )


@st.composite
def spans(draw: Draw, article: Article) -> tuple[int, int]:
    """From the beginning of a word of the article's text to the end of that word or a later one."""
    places = list(words(article.text))
    first = draw(st.integers(0, len(places) - 1))
    last = draw(st.integers(first, min(first + 2, len(places) - 1)))
    return places[first].start, places[last].end


def period(day: date, granularity: Granularity) -> tuple[date, date | None]:
    """The day, month, year or decade that holds `day`, half-open; its end is open beyond the calendar."""
    try:
        match granularity:
            case "decade":
                begin = date(max(day.year // 10 * 10, 1), 1, 1)
                return begin, date(begin.year // 10 * 10 + 10, 1, 1)
            case "year":
                return date(day.year, 1, 1), date(day.year + 1, 1, 1)
            case "month":
                return day.replace(day=1), date(day.year + day.month // 12, day.month % 12 + 1, 1)
            case _:
                return day, day + timedelta(days=1)
    except (ValueError, OverflowError):
        return date(day.year, 1, 1), None


@st.composite
def date_mentions(draw: Draw, article: Article) -> DateMention:
    """A date in the article: of every type and granularity; an interval, perhaps open, or no calendar days at all."""
    start, end = draw(spans(article))
    granularity = draw(st.sampled_from(GRANULARITIES))
    begin, until = period(draw(ANY_DAY), granularity)
    later = period(draw(ANY_DAY), granularity)[1]
    if until and later and draw(st.booleans()):
        until = max(until, later)
    known = draw(st.sampled_from(("both", "both", "begin", "until", "neither")))
    return DateMention(start, end, draw(st.sampled_from(DATE_TYPES)), begin.isoformat()[:10],
                       begin if known in {"both", "begin"} else None, until if known in {"both", "until"} else None,
                       granularity, draw(st.sampled_from((0.5, 1.0))), "explicit", "test")


@st.composite
def name_mentions(draw: Draw, article: Article) -> NameMention:
    """A name in the article."""
    types: dict[NameType, str] = {"PER": "person", "ORG": "org", "LOC": "place"}
    type_ = draw(st.sampled_from(tuple(types)))
    return NameMention(*draw(spans(article)), type_, draw(st.sampled_from(NAMES[types[type_]])))


@st.composite
def citations(draw: Draw, article: Article) -> Citation:
    """A citation in the article, of a named or an unnamed source."""
    return Citation(*draw(spans(article)), draw(st.sampled_from(CITATION_KINDS)),
                    draw(st.sampled_from((None, *NAMES["cites"]))))


@st.composite
def documents(draw: Draw) -> Document:
    """A document whose findings lie within its article's text, in its order."""
    article = draw(articles())

    def found(of: Callable[[Article], st.SearchStrategy[Any]]) -> tuple[Any, ...]:
        return tuple(sorted(draw(st.lists(of(article), max_size=2)), key=lambda mention: (mention.start, mention.end)))

    return Document(article, found(date_mentions), found(name_mentions), found(citations),
                    former=tuple(draw(st.lists(sentences(4), max_size=2))), enrichers={"dates": "1", "names": "1"})


def libraries(least: int = 1, most: int = 8) -> st.SearchStrategy[list[Document]]:
    """A few documents with different ids."""
    return st.lists(documents(), min_size=least, max_size=most, unique_by=lambda document: document.article.id)


def query_words(field: str | None) -> st.SearchStrategy[str]:
    """A word as `analysis.split` gives it, most often one that occurs in the field; with its accents or without."""
    here = NAME_WORDS if field in NAMES else WORDS
    word = st.sampled_from(here) | st.sampled_from((*WORDS, *NAME_WORDS, *MISSPELT))
    return word | word.map(fold)


@st.composite
def _prefixes(draw: Draw, field: str | None) -> tree.Prefix:
    word = draw(query_words(field))
    return tree.Prefix(word[:draw(st.integers(1, len(word)))], field)


@st.composite
def _wildcards(draw: Draw, field: str | None) -> tree.Wildcard:
    word = draw(query_words(field))
    cut, end = sorted(draw(st.tuples(*2 * (st.integers(0, len(word)),))))
    return tree.Wildcard(word[:cut] + draw(st.sampled_from(("*", "?"))) + word[end:], field)


def terms() -> st.SearchStrategy[tree.Term]:
    """A term of every type, in every field that has words; half of them in the fields that are ranked."""
    return st.sampled_from((*TREE_FIELDS, *len(TREE_FIELDS) * (None,))).flatmap(_terms_in)


def _terms_in(field: str | None) -> st.SearchStrategy[tree.Term]:
    word = query_words(field)
    several = st.lists(word, max_size=3).map(tuple)
    return st.one_of(
        word.map(lambda text: tree.Word(text, field)), word.map(lambda text: tree.Exact(text, field)),
        st.builds(tree.Phrase, several, st.integers(0, 3), st.booleans(), st.just(field)),
        _prefixes(field), _wildcards(field),
        st.builds(tree.Fuzzy, word, st.integers(1, 2), st.just(field)),
    )


@st.composite
def _days(draw: Draw, node: Callable[[date | None, date | None], tree.Node]) -> tree.Node:
    begin, until = sorted(draw(st.lists(ANY_DAY, min_size=2, max_size=2, unique=True)))
    return node(draw(st.sampled_from((begin, begin, None))), draw(st.sampled_from((until, until, None))))


@st.composite
def trees(draw: Draw, depth: int = 3) -> tree.Node:
    """Query trees of all node types, at most `depth` levels above the leaves; And and Or may have no child."""
    kind = draw(st.sampled_from(("term", "term", "term", "and", "or", "not", "days", "rest") if depth else ("term",)))
    match kind:
        case "term":
            return draw(terms())
        case "and" | "or":
            children = tuple(draw(st.lists(trees(depth - 1), max_size=3)))
            return tree.And(children) if kind == "and" else tree.Or(children)
        case "not":
            return tree.Not(draw(trees(depth - 1)))
        case "days":
            return draw(_days(tree.Published) | _days(tree.About))
        case _:
            rest: tuple[tree.Node, ...] = (tree.Everything(), tree.Nothing(), *map(tree.Missing, BY_NAME))
            return draw(st.sampled_from(rest))


def facet_values(field: str) -> st.SearchStrategy[str]:
    """A value that articles may have in a facet's field, or, seldom, one that none has."""
    if BY_NAME[field].kind != "date":
        return st.sampled_from((*NAMES[field], *NAMES[field], "Nobody"))
    return st.sampled_from([day.isoformat()[:length] for day in DAYS for length in KEY_LENGTH.values()])


def filters() -> st.SearchStrategy[Filter]:
    """A choice in some facet: values included, values excluded, and articles that have none."""
    def of(field: str) -> st.SearchStrategy[Filter]:
        values = st.frozensets(facet_values(field), max_size=2)
        return st.builds(Filter, st.just(field), values, values, st.booleans())
    return st.sampled_from(FACETS).flatmap(of)


@st.composite
def facet_specs(draw: Draw, field: str) -> FacetSpec:
    """A facet to count: some of its values or all; of a date field, at some level and within some period."""
    limit = draw(st.sampled_from((None, 1, 2, 10)))
    if BY_NAME[field].kind != "date":
        return FacetSpec(field, limit)
    level = draw(st.sampled_from((None, *LEVELS)))
    return FacetSpec(field, limit, level, draw(st.sampled_from(("", "", "2019", "2019-11"))))


@st.composite
def requests(draw: Draw) -> Request:
    """A search: any tree, up to three choices in different facets, every order, pages, and facets up to all of them."""
    fields = draw(st.lists(st.sampled_from(FACETS), max_size=4, unique=True) | st.just(list(FACETS)))
    return Request(
        query=draw(trees()), sort=draw(st.sampled_from(("relevance", "relevance", "newest", "oldest"))),
        filters=tuple(draw(st.lists(filters(), max_size=3, unique_by=lambda chosen: chosen.field))),
        offset=draw(st.sampled_from((0, 0, 0, 1, 3, 10))), limit=draw(st.sampled_from((10, 10, 1, 2, 0))),
        facets=tuple(draw(facet_specs(field)) for field in fields),
        language=draw(st.sampled_from((None, None, *LANGUAGES, "de"))), shares=draw(st.booleans()),
    )
