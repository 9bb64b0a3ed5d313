"""From a hit to the card that the page shows of it: what was found in the article, as links that filter by it."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.document import DateMention, Document
from search.results import Hit
from web.address import Address
from web.mentions import mention_basis, mention_key, mention_words

MOST_LINKS = 4  # of each kind on a card


@dataclass(frozen=True, slots=True)
class Link:
    """Something found in an article, and the search that it leads to."""

    label: str
    title: str
    to: Address


@dataclass(frozen=True, slots=True)
class Group:
    """Links of one kind; `more` counts those left out."""

    heading: str
    links: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Card:
    """A hit and the groups of links beneath it."""

    hit: Hit
    groups: tuple[Group, ...]


def card(hit: Hit, address: Address) -> Card:
    """A hit with links that add what was found in it to the reader's choices."""
    document = hit.document
    groups = (
        _names("People", "person", document.entities("PER"), address),
        _names("Organisations", "org", document.entities("ORG"), address),
        _names("Places", "place", document.entities("LOC"), address),
        _names("Cites", "cites", document.cites, address),
        _dates(document, address),
    )
    return Card(hit, tuple(group for group in groups if group.links))


def _names(heading: str, field: str, names: tuple[str, ...], address: Address) -> Group:
    links = (Link(name, f"Only articles with “{name}”", address.including(field, name)) for name in names[:MOST_LINKS])
    return Group(heading, tuple(links), max(0, len(names) - MOST_LINKS))


def _dates(document: Document, address: Address) -> Group:
    """The distinct days, months and years spoken of; the day of publication goes without saying."""
    keys = _first_mentions(document.dates)
    keys.pop((document.article.published.value or "")[:10], None)
    links = [Link(mention_words(mention), read_from(document, mention), address.narrowed("about", key))
             for key, mention in list(keys.items())[:MOST_LINKS]]
    return Group("Speaks of", tuple(links), max(0, len(keys) - MOST_LINKS))


def _first_mentions(dates: Iterable[DateMention]) -> dict[str, DateMention]:
    first: dict[str, DateMention] = {}
    for mention in dates:
        if key := mention_key(mention):
            first.setdefault(key, mention)
    return first


def read_from(document: Document, mention: DateMention) -> str:
    """The words that a date was read from, and how it was resolved."""
    words = document.article.text[mention.start:mention.end]
    basis = mention_basis(mention)
    return f"Read from “{words}”" + (f", {basis}" if basis else "")
