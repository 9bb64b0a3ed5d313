"""The page of a name: when its articles appeared and of when they speak, how it is spelled, who stands beside it, who
cites it, and the latest articles. A name may be that of a person, an organisation, a place or a cited source.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, abort, render_template, url_for

from search.document import Document
from search.engine import Snapshot
from search.facets import facet
from search.highlight import Highlighter
from search.names.spelling import FIELD, FIELD_TYPES
from search.query.terms import joined, typed_words
from search.query.tree import Everything, Node, Or, Term
from search.request import FacetSpec, Filter, Request
from search.results import Facet, Hit, Results
from search.schema import BY_NAME
from web.address import Address, usable
from web.charts import drawing
from web.facets import DATES, specs
from web.hits import card
from web.holdings import holdings

NOUNS = {"person": "person", "org": "organisation", "place": "place", "cites": "source"}
HEADINGS = {"person": "People in the same articles", "org": "Organisations in the same articles",
            "place": "Places in the same articles", "cites": "Cited in the same articles"}
LATEST = 10  # articles
UNREACHABLE = re.compile(r"(^|/)\.{0,2}(/|$)|\n")  # browsers and servers take such parts out of a path

entities = Blueprint("entities", __name__)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a field of names: the spelling that is shown, all that stand for it, and the search for its articles.

    The spelling shown is the first.
    """

    field: str
    spellings: tuple[str, ...]

    @property
    def label(self) -> str:
        """The spelling that is shown for all."""
        return self.spellings[0]

    @property
    def these(self) -> Address:
        """The search for its articles."""
        return Address().including(self.field, self.label)

    @property
    def words(self) -> Node:
        """What all of its articles fit; so do those that have only a longer name with the same words in it.

        A choice in a field does not narrow the field's own facet, but a query does.
        """
        terms = [joined(typed_words(spelling), 0, True, self.field) for spelling in self.spellings]
        return Or(tuple(term for several in terms for term in several)) if all(terms) else Everything()


@dataclass(frozen=True, slots=True)
class Line:
    """A value of a list: in how many articles it stands, its page if it has one, and the search for these articles.

    No search asks for two values of one field together: there `to` is None.
    """

    label: str
    count: int
    page: str | None
    to: Address | None


@dataclass(frozen=True, slots=True)
class Company:
    """The most frequent values of a field among the articles of a name. `more` counts those not listed, which are on
    the page of all values of `rest`.
    """

    field: str
    heading: str
    lines: tuple[Line, ...]
    more: int
    rest: Address | None


def entity_url(field: str, name: str) -> str | None:
    """The path of a name's page; None for fields that hold other things, and for names that no path can hold."""
    if field not in NOUNS or not usable(field, name) or UNREACHABLE.search(name):
        return None
    return url_for("entities.entity", field=field, name=name)


@entities.get("/<any(person, org, place, cites):field>/<path:name>")
def entity(field: str, name: str) -> tuple[str, int]:
    """The page of a name in any of its spellings; 404, with a way to search for it, if no article has it."""
    if not usable(field, name):
        abort(404)
    held = holdings()
    snapshot = held.snapshot()
    known = Name(field, held.names.files.aliases().spelled(name, FIELD_TYPES[field]))
    listed = held.settings.facet_values
    results = _answer(snapshot, known, listed)
    shared = {"field": field, "noun": NOUNS[field], "heading": BY_NAME[field].label, "snapshot": snapshot}
    if not results.total:
        return render_template("entity.html", **shared, name=name, results=None, address=Address().asking(name)), 404
    citing = None if field == "cites" else _citing(snapshot, known, listed)
    spellings = snapshot.spellings(field, known.label)
    return render_template(
        "entity.html", **shared, name=known.label, results=results, these=known.these, citing=citing,
        spellings=[(each, count, Address().including(field, each).spelled(as_typed=True))
                   for each, count in sorted(spellings.items(), key=lambda pair: (-pair[1], pair[0]))],
        also=list(_also(known, results.facets)),
        drawings=[drawn for each in DATES if (drawn := drawing(known.these, results.facets[each]))],
        companies=list(_companies(known, results.facets, citing, listed)),
        cards=[card(_named(hit, known, snapshot.languages), known.these) for hit in results.hits]), 200


def _answer(snapshot: Snapshot, name: Name, listed: int) -> Results:
    """The latest articles of a name, and the facets of all of them, its own field's among these."""
    without = Request(name.words, (Filter(name.field, exclude=frozenset((name.label,))),), limit=0,
                      facets=(FacetSpec(name.field, None),))
    others = snapshot.search(without)
    counted = (*(FacetSpec(field, listed + 1) for field in (*NOUNS, "source") if field != name.field),
               FacetSpec(name.field, None if others.total else listed + 1), *specs(Address(), listed, DATES))
    results = snapshot.search(Request(name.words, name.these.filters, sort="newest", limit=LATEST, facets=counted))
    own = _less(results.facets[name.field], others.facets[name.field])
    return replace(results, facets={**results.facets, name.field: own}, exact=results.exact and others.exact)


def _less(found: Facet, others: Facet) -> Facet:
    """A facet without what articles count in it that have the words of a name and not the name."""
    if not others.values:
        return found
    taken = {value.value: value.count for value in others.values}
    left = ((value.value, value.count - taken.get(value.value, 0)) for value in found.values)
    return facet(FacetSpec(found.field, None), (pair for pair in left if pair[1]), found.missing)


def _citing(snapshot: Snapshot, name: Name, listed: int) -> Results:
    """How many articles cite a name, and of which outlets."""
    cited = Address().including("cites", name.label)
    return snapshot.search(Request(filters=cited.filters, limit=0, facets=(FacetSpec("source", listed),)))


def _also(name: Name, facets: Mapping[str, Facet]) -> Iterator[Line]:
    """As what else the name was found in its articles, where it is among the most frequent there."""
    for field in FIELD.values():
        for value in facets[field].values:
            if field != name.field and value.value == name.label:
                yield Line(NOUNS[field], value.count, entity_url(field, value.value),
                           name.these.including(field, value.value))


def _companies(name: Name, facets: Mapping[str, Facet], citing: Results | None, listed: int) -> Iterator[Company]:
    """The lists of the page, those that would be empty left out."""
    made = [_company(name, name.these, facets[field], HEADINGS[field], listed) for field in NOUNS]
    made.append(_company(name, name.these, facets["source"], "Published by" if citing else "Cited by", listed))
    if citing:
        cited = Address().including("cites", name.label)
        made.append(_company(name, cited, citing.facets["source"], "Cited by", listed))
    yield from (company for company in made if company.lines)


def _company(name: Name, these: Address, found: Facet, heading: str, listed: int) -> Company:
    """The values of a facet beside the name, and the name itself in none but that of outlets."""
    field, own = found.field, found.field == name.field
    beside = [value for value in found.values if field == "source" or value.value != name.label]
    lines = tuple(Line(value.value, value.count, entity_url(field, value.value),
                       None if own else these.including(field, value.value)) for value in beside[:listed])
    itself = len(found.values) - len(beside)
    return Company(field, heading, lines, found.distinct - itself - len(lines), None if own else these)


def _named(hit: Hit, name: Name, languages: tuple[str, ...]) -> Hit:
    """A hit whose title and snippet show the name, by whatever words the article has for it.

    A snippet shows it where a paragraph does: a dateline or a caption says too little.
    """
    article = hit.document.article
    lead = next((part.start for part in article.parts if part.kind == "paragraph"), 0)
    anywhere, inside = (Highlighter(_mentioned(hit.document, name, since), languages) for since in (0, lead))
    return replace(hit, title=anywhere.title(article), snippet=inside.snippet(article))


def _mentioned(document: Document, name: Name, since: int) -> Iterator[Term]:
    """The words of every mention of a name from an offset on."""
    mentions = document.citations if name.field == "cites" else [
        mention for mention in document.names if FIELD[mention.type] == name.field]
    for mention in mentions:
        if mention.name in name.spellings and mention.start >= since:
            yield from joined(typed_words(document.article.text[mention.start:mention.end]), 0, True, None)
