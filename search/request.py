"""What a reader wants from the index: a query tree, the facet values chosen, an order, a page, and facets to count."""

from dataclasses import dataclass
from typing import Literal

from search.query.tree import Everything, Node
from search.schema import Level

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Filter:
    """What was chosen in one facet: any of `include` (or none at all, if `missing`), and nothing of `exclude`.

    Values are whole: an outlet's or person's name, or a date key such as "2019-11".
    """

    field: str
    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    missing: bool = False


@dataclass(frozen=True, slots=True)
class FacetSpec:
    """A facet to count: its field, how many values to give (None: all), and for dates one level within a period.

    `level` and `within` belong to date fields: level "month" within "2019" counts the months of 2019.
    """

    field: str
    limit: int | None = 10
    level: Level | None = None
    within: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A search. `language` None analyses query words in every language that the archive holds.

    The page is `limit` hits from `offset` on, or the `limit` hits after the cursor `after`, whichever is given. Where
    they need not be `counted`, an engine may stop at the page: the total is then the least that there are. With
    `shares` each hit says what its score is made of. Names `as_typed` are looked for in no other spelling
    (`search.names.resolving`; engines never look for others).
    """

    query: Node = Everything()
    filters: tuple[Filter, ...] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    after: str | None = None
    facets: tuple[FacetSpec, ...] = ()
    language: str | None = None
    counted: bool = True
    shares: bool = False
    as_typed: bool = False
