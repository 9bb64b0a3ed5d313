"""Stock Whoosh over our segments: its readers, query classes, scoring, highlighting and spelling, on a generation.

    Shard ──► ShardSegment ──ShardCodec──► SegmentReader ──► Searcher ──► Found

Whoosh is shown the living articles alone, numbered in the order of the shard, and the terms that stand in them: there
is nothing deleted for it. Of its own segments, it counts deleted articles until they are merged, and `Not` finds some.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, NoReturn

import numpy as np
from whoosh.analysis import Analyzer, Token
from whoosh.codec import base
from whoosh.fields import STORED, Schema
from whoosh.query import Query
from whoosh.reading import EmptyReader, MultiReader, SegmentReader, TermInfo, TermNotFound
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from search.analysis import fold, stems, words
from search.engines.whoosh.fields import EXACT, STEMMED, schema
from search.engines.whoosh.kernels import Found
from search.engines.whoosh.living import LivingTerms, ShardCursor, ShardMatcher, Term
from search.engines.whoosh.postings import LENGTHS
from search.engines.whoosh.shard import Shard
from search.errors import EngineError
from search.ranking import K1, B

ID = "id"  # the one field that is stored for Whoosh
NAMES: tuple[str, ...] = tuple(sorted(schema().names()))

def searcher(shards: Sequence[Shard]) -> Searcher:
    """Whoosh's searcher over the living articles of shards, which ranks as Dateline does. It stores the id alone."""
    known = _schema(shards)
    readers = [SegmentReader(None, known, ShardSegment(shard)) for shard in shards]
    one = readers[0] if readers else EmptyReader(known)
    return Searcher(MultiReader(readers) if len(readers) > 1 else one, weighting=BM25F(B=B, K1=K1))


def stock_found(shards: Sequence[Shard], query: Query, number: int) -> Found:
    """What Whoosh's own matchers find in the shard of that number, scored by the statistics of all shards."""
    everything = searcher(shards)  # kept to the end: leaves refer to it weakly
    leaf, _ = everything.leaf_searchers()[number]
    docs: list[int] = []
    scores: list[float] = []
    try:
        matcher = query.matcher(leaf, leaf.context())
        while matcher.is_active():
            docs.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
    except TermNotFound:  # the query asks for a field that there is not
        pass
    return Found(shards[number].every()[np.array(docs, np.intp)], np.array(scores, np.float64))


def _schema(shards: Sequence[Shard]) -> Schema:
    """The schema of the field table, and how texts are cut into terms of the index, in any language of the shards."""
    languages = sorted({value.decode() for shard in shards for value in shard.segment.column("lang").values})
    known = schema()
    for name, field in known.items():
        field.analyzer = WordAnalyzer(partial(stems, languages=languages) if name in STEMMED else _folded)
    known.add(ID, STORED())
    return known


def _folded(word: str) -> tuple[str]:
    return (fold(word),)


class WordAnalyzer(Analyzer):  # type: ignore[misc]
    """Gives the words of a text as Whoosh's tokens, one for each of the `terms` that a word may stand under."""

    def __init__(self, terms: Callable[[str], Iterable[str]]) -> None:
        self.terms = terms

    def __call__(self, value: str, *, positions: bool = False, chars: bool = False, start_pos: int = 0,
                 start_char: int = 0, **given: Any) -> Iterator[Token]:
        for word in words(value):
            for term in sorted(self.terms(word.text)):
                yield Token(positions, chars, **given, text=term, original=word.text, pos=start_pos + word.position,
                            startchar=start_char + word.start, endchar=start_char + word.end)


class ShardTerms(base.TermsReader):  # type: ignore[misc]
    """The inverted indexes of a shard."""

    def __init__(self, shard: Shard) -> None:
        self._terms = lru_cache(partial(LivingTerms, shard))

    def __contains__(self, term: Term) -> bool:
        field, text = term
        return field in NAMES and self._terms(field).frequency(text) > 0

    def cursor(self, fieldname: str, _field: object) -> base.FieldCursor:
        return ShardCursor(self._terms(fieldname)) if fieldname in NAMES else base.EmptyCursor()

    def terms(self) -> Iterator[Term]:
        return self.terms_from(NAMES[0], b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        for name in NAMES[bisect_left(NAMES, fieldname):]:
            for text in self._terms(name).starting_at(prefix if name == fieldname else b""):
                yield name, text

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        return self.items_from(NAMES[0], b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return self._terms(fieldname).posted(text).info()

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return self._terms(fieldname).frequency(text)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ShardMatcher:
        return ShardMatcher((fieldname, text), self._terms(fieldname).posted(text), format_, scorer)

    def indexed_field_names(self) -> tuple[str, ...]:
        return NAMES


class ShardDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """What is kept of each living article of a shard: its id, and how long its fields are."""

    def __init__(self, shard: Shard) -> None:
        self._shard, self._living = shard, shard.every()
        self._lengths = lru_cache(self._rounded)

    def _rounded(self, fieldname: str) -> list[int]:
        """The length of a field in each article, rounded as Whoosh stores it."""
        norms = self._shard.segment.field(fieldname.removesuffix(EXACT)).norms
        lengths: list[int] = LENGTHS[norms[self._living]].astype(np.intp).tolist()
        return lengths

    def doc_count(self) -> int:
        return self._shard.living

    def doc_count_all(self) -> int:
        return self._shard.living

    def has_deletions(self) -> bool:
        return False

    def is_deleted(self, _docnum: int) -> bool:
        return False

    def deleted_docs(self) -> tuple[int, ...]:
        return ()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return (self._lengths(fieldname)[docnum] if fieldname in NAMES else 0) or default

    def field_length(self, fieldname: str) -> int:
        return self._shard.tokens(fieldname.removesuffix(EXACT)) if fieldname in NAMES else 0

    def min_field_length(self, fieldname: str) -> int:
        return min(self._lengths(fieldname), default=0) if fieldname in NAMES else 0

    def max_field_length(self, fieldname: str) -> int:
        return max(self._lengths(fieldname), default=0) if fieldname in NAMES else 0

    def stored_fields(self, docnum: int) -> dict[str, str]:
        return {ID: self._shard.segment.id(int(self._living[docnum]))}


def _refuse(*_arguments: object, **_given: object) -> NoReturn:
    raise EngineError("Whoosh cannot write Dateline's segments; add articles to the archive and run `dateline reindex`")


class ShardSegment(base.Segment):  # type: ignore[misc]
    """A shard as one of Whoosh's segments."""

    def __init__(self, shard: Shard) -> None:
        super().__init__("dateline")
        self.shard, self.segid = shard, shard.segment.name

    def codec(self) -> "ShardCodec":
        return ShardCodec()

    def doc_count_all(self) -> int:
        return self.shard.living

    def deleted_count(self) -> int:
        return 0

    def deleted_docs(self) -> tuple[int, ...]:
        return ()

    def is_deleted(self, _docnum: int) -> bool:
        return False

    set_doc_count = delete_document = _refuse


class ShardCodec(base.Codec):  # type: ignore[misc]
    """Reads shards for Whoosh; writes nothing."""

    per_document_writer = field_writer = postings_writer = postings_reader = new_segment = _refuse

    def terms_reader(self, _storage: object, segment: ShardSegment) -> ShardTerms:
        return ShardTerms(segment.shard)

    def per_document_reader(self, _storage: object, segment: ShardSegment) -> ShardDocuments:
        return ShardDocuments(segment.shard)
