"""The field table as a Whoosh schema, and where in the index a word of a query is looked up.

Each text field is seen by Whoosh as two: stemmed under its own name, and unstemmed with `_exact` behind it.
"""

from typing import Any

from whoosh.fields import TEXT, Schema
from whoosh.formats import Positions

from search.schema import BY_NAME, FIELDS

EXACT = "_exact"
INDEXED: tuple[str, ...] = tuple(field.name for field in FIELDS if field.kind != "date")
TEXTS: tuple[str, ...] = tuple(field.name for field in FIELDS if field.kind == "text")
STEMMED = frozenset(TEXTS)


def schema() -> Schema:
    """The Whoosh schema of the field table."""
    made = Schema()
    for name in INDEXED:
        made.add(name, _terms())
        if name in STEMMED:
            made.add(name + EXACT, _terms())
    return made


def _terms() -> TEXT:
    field: Any = TEXT()
    field.format = Positions()
    return field


def index_field(name: str, *, exact: bool) -> str:
    """The field, as Whoosh sees it, in which a word of the field `name` is looked up."""
    return name + EXACT if exact and BY_NAME[name].kind == "text" else name
