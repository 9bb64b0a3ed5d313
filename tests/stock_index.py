"""From documents to the index that stock Whoosh writes of them, in its own format: what ours is compared with."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from whoosh.fields import STORED, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.formats import Positions
from whoosh.index import FileIndex

from search.analysis import Term, exact_terms, stemmed_terms
from search.document import Document
from search.engines.whoosh.fields import EXACT, STEMMED, schema
from search.schema import BY_NAME

NAMES: tuple[str, ...] = tuple(sorted(schema().names()))
MEMORY = 8192  # megabytes of postings, beyond which Whoosh would write some to files, which a storage in memory has not


class TermPositions(Positions):  # type: ignore[misc]
    """Whoosh's postings with positions, from terms that were made by `search.analysis`."""

    def word_values(self, value: Sequence[Term], analyzer: object, **_: Any) -> Iterator[tuple[str, int, float, bytes]]:
        """Each distinct term with how often it stands in the field, its weight, and its encoded positions."""
        del analyzer
        places = defaultdict(list)
        for term in value:
            places[term.text].append(term.position)
        for text, positions in places.items():
            yield text, len(positions), float(len(positions)), self.encode(positions)


class Memory(RamStorage):  # type: ignore[misc]
    """A storage in memory, of temporary files too: for these, Whoosh has all processes share one folder."""

    def temp_storage(self, name: str | None = None) -> RamStorage:
        del name
        return RamStorage()


def stock_index(parts: Iterable[Iterable[Document]], names: Collection[str] = NAMES) -> FileIndex:
    """An index in memory of the fields of Whoosh's schema, with a segment for each part, numbered as they come."""
    known = Schema(id=STORED())
    for name, field in schema().items():
        if name in names:
            field.format = TermPositions()
            known.add(name, field)
    made = Memory().create_index(known)
    for part in parts:
        writer = made.writer(limitmb=MEMORY)
        for document in part:
            writer.add_document(id=document.article.id, **{name: _terms(document, name) for name in names})
        writer.commit(merge=False)
    return made


def _terms(document: Document, name: str) -> list[Term]:
    values = list(BY_NAME[name.removesuffix(EXACT)].values(document))
    return stemmed_terms(values, document.article.language) if name in STEMMED else exact_terms(values)
