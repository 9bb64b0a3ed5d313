"""From an address to what the engine is asked, and what the reader is told about how it was understood."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.query.explain import explain
from search.query.parse import parse
from search.query.tree import And, Everything, Node, Not, Or, Term, is_ranked
from search.request import FacetSpec, Request, Sort
from search.results import Note
from search.schema import BY_NAME
from search.settings import Settings
from web.address import SORTS, Address


@dataclass(frozen=True, slots=True)
class Question:
    """An address as understood: the query's tree, the tree in words, and notes on what was changed or left out."""

    address: Address
    tree: Node
    notes: tuple[Note, ...]
    page_size: int
    last_page: int

    @property
    def words(self) -> str:
        """The query said back; empty where there is none."""
        return "" if isinstance(self.tree, Everything) else explain(self.tree)

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """The orders to offer: relevance says nothing where no word is looked for in a ranked field."""
        return tuple(sort for sort in SORTS if sort != "relevance" or is_ranked(self.tree))

    @property
    def order(self) -> Sort:
        """The order in force: the newest come first where relevance says nothing."""
        return self.address.sort if self.address.sort in self.sorts else "newest"

    @property
    def in_a_language(self) -> bool:
        """Whether it matters in which language words are read: there are some, and they are looked for in prose."""
        return _reads_prose(self.tree)

    def request(self, facets: tuple[FacetSpec, ...] = (), *, limit: int | None = None,
                after: str | None = None, shares: bool = False) -> Request:
        """The request for the address's page, or for `limit` hits from there or after a cursor."""
        address = self.address
        return Request(query=self.tree, filters=address.filters, sort=self.order, facets=facets,
                       offset=0 if after else (address.page - 1) * self.page_size,
                       limit=self.page_size if limit is None else limit, after=after, language=address.language,
                       shares=shares, as_typed=address.as_typed)


def ask(pairs: Iterable[tuple[str, str]], settings: Settings) -> Question:
    """The question in the names and values of a query string. Total: what cannot be read is noted, never an error."""
    address, notes = Address.read(pairs)
    return understand(address, settings, notes)


def understand(address: Address, settings: Settings, notes: tuple[Note, ...] = ()) -> Question:
    """The question that an address asks; a page too deep becomes the deepest."""
    last = max(1, settings.query_hits // settings.page_size)
    if address.page > last:
        notes += (Note("limit", f"Page numbers go no deeper than {last}; an export holds every article found."),)
        address = address.at(last)
    parsed = parse(address.query, settings)
    if address.language and not _reads_prose(parsed.tree):
        notes += (Note("syntax", "No words are searched that a language could read, so its choice was left out."),)
        address = replace(address, language=None)
    return Question(address, parsed.tree, notes + parsed.notes, settings.page_size, last)


def _reads_prose(node: Node) -> bool:
    """Whether a term anywhere in the tree, also one that is excluded, is looked for in a stemmed field."""
    match node:
        case And(children) | Or(children):
            return any(_reads_prose(child) for child in children)
        case Not(child):
            return _reads_prose(child)
        case _:
            return isinstance(node, Term) and (node.field is None or BY_NAME[node.field].kind == "text")
