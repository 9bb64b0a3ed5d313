"""The page of one article: its text with what was found in it marked, where everything came from, and its versions."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup

from search.article import PartKind
from search.document import Citation, DateMention, Document, NameMention
from search.highlight import Highlighter
from search.names.spelling import with_spellings
from search.query.tree import positive_terms
from search.schema import BY_NAME
from web.address import Address
from web.changes import changes
from web.holdings import Holdings, holdings
from web.marks import Mark, annotated
from web.mentions import mention_basis, mention_key, mention_words
from web.question import Question, ask

KINDS = ("person", "org", "place", "cites", "about")
NAME_FIELD = {"PER": "person", "ORG": "org", "LOC": "place"}
CITED_AS = {"source": "Cited source", "medium": "Cited medium", "credit": "Credit", "publisher": "Publisher"}
QUERY = "found"  # the kind of mark that stands for the reader's own words

Mention = NameMention | Citation | DateMention

articles = Blueprint("articles", __name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """Mentions in an article that were read as the same thing, and the search for it; `note` says how it was read."""

    kind: str
    read_as: str
    note: str
    to: Address | None
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the article, ready for the page."""

    kind: PartKind
    text: Markup


@articles.get("/article/<id_>")
def article(id_: str) -> str:
    """An article as it stands in the index; 404 if it is not there."""
    held = holdings()
    snapshot = held.snapshot()
    document = snapshot.document(id_) or abort(404)
    question = ask(request.args.items(multi=True), held.settings)
    chosen = request.args.get("marks", "all")
    shown = frozenset(KINDS if chosen not in (*KINDS, "none") else {chosen} - {"none"})
    found = findings(document)
    former = held.former(document)
    texts = (*(version.text for version in former), document.article.text)
    return render_template(
        "article.html", article=document.article, question=question, address=question.address, snapshot=snapshot,
        capture=held.capture(document.article.capture),
        passages=passages(document, found, shown, _asked(held, question, document)), findings=found, shown=shown,
        kinds=[(kind, BY_NAME[kind].label) for kind in KINDS if any(finding.kind == kind for finding in found)],
        former=former, differences=[changes(old, new) for old, new in pairwise(texts)],
        source=external(document.article.url), external=external)


def findings(document: Document) -> tuple[Finding, ...]:
    """All that was found, one finding for each thing that mentions were read as, in the order of first mention."""
    places: dict[tuple[str, str, str, Address | None], list[tuple[int, int]]] = {}
    mentions: tuple[Mention, ...] = (*document.names, *document.citations, *document.dates)
    for mention in sorted(mentions, key=lambda mention: mention.start):
        places.setdefault(_reading(mention), []).append((mention.start, mention.end))
    return tuple(Finding(*reading, tuple(spans)) for reading, spans in places.items())


def _reading(mention: Mention) -> tuple[str, str, str, Address | None]:
    """The kind of a mention, what it was read as, how, and the search for it."""
    match mention:
        case NameMention(type=type_, name=name):
            return NAME_FIELD[type_], name, "", Address().including(NAME_FIELD[type_], name)
        case Citation(kind=kind, name=name):
            to = Address().including("cites", name) if name and kind in ("source", "medium") else None
            return "cites", name or "unnamed source", CITED_AS[kind], to
        case DateMention():
            return "about", mention_words(mention), mention_basis(mention), _dated(mention)


def _dated(mention: DateMention) -> Address | None:
    if key := mention_key(mention):
        return Address().including("about", key)
    if not mention.indexed or not mention.begin or not mention.until:
        return None
    return Address(query=f"about:{mention.begin}..{mention.until - timedelta(days=1)}")


def passages(document: Document, found: tuple[Finding, ...], shown: frozenset[str], asked: list[Mark]) -> list[Passage]:
    """The article's parts with everything marked that was found or asked for."""
    text = document.article.text
    marks = [Mark(start, end, finding.kind, _title(finding)) for finding in found for start, end in finding.places]
    return [Passage(part.kind, annotated(text, [*marks, *asked], shown | {QUERY}, part.start, part.end))
            for part in document.article.parts]


def _title(finding: Finding) -> str:
    label = BY_NAME[finding.kind].label if finding.kind != "cites" else finding.note
    note = f" ({finding.note})" if finding.note and finding.kind != "cites" else ""
    return f"{label}: {finding.read_as}{note}"


def _asked(held: Holdings, question: Question, document: Document) -> list[Mark]:
    """The reader's own words where they stand in the article, names in every spelling that was searched."""
    address = question.address
    languages = (address.language,) if address.language else held.snapshot().languages
    tree = question.tree if address.as_typed else with_spellings(question.tree, held.names.files.aliases())[0]
    highlighter = Highlighter(positive_terms(tree), languages)
    spans = highlighter.spans(document.article.text, document.article.language)
    return [Mark(start, end, QUERY, "") for start, end in spans]


def external(url: str | None) -> tuple[str, str] | None:
    """An address that may be linked to, and its host; None for anything but the web."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return (url or "", parts.hostname) if parts.scheme in ("http", "https") and parts.hostname else None
