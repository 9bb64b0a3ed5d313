"""From documents to a generation, with Whoosh's own segment writer."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from whoosh import index as whoosh_index

from search.analysis import fingerprint
from search.document import Document
from search.engine import Builder, Generation
from search.engines.whoosh import generations
from search.engines.whoosh.fields import fields_of, schema
from search.errors import EngineError
from search.schema import FORMAT

UNWRITABLE = "the index cannot be written ({}); make room, then run `dateline reindex` again"
MEMORY = 256  # MB that Whoosh may fill before it writes postings out


class WhooshBuilder(Builder):
    """A generation in the making, in a folder of its own."""

    def __init__(self, root: Path, base: Generation | None) -> None:
        self._folder = generations.begin(root, base)
        opened = whoosh_index.open_dir if base else whoosh_index.create_in
        self._index = opened(str(self._folder), schema=schema())
        self._writer = self._index.writer(limitmb=MEMORY)
        self._replaces = base is not None
        self._added: set[str] = set()
        self._twice: set[str] = set()

    def add(self, document: Document) -> None:
        id_ = document.article.id
        if self._replaces:
            self.remove(id_)
        if id_ in self._added:
            self._twice.add(id_)
        self._added.add(id_)
        try:
            self._writer.add_document(**fields_of(document))
        except OSError as error:
            raise EngineError(UNWRITABLE.format(error)) from error

    def remove(self, id_: str) -> None:
        if id_ in self._added:
            raise EngineError(f"{id_} was added to this generation; it cannot be taken out again before the commit")
        self._writer.delete_by_term("id", id_)

    def commit(self, sequence: int, enrichers: Mapping[str, str]) -> Generation:
        try:
            self._finish()
            made = Generation(generations.sealed_name(self._folder), self._index.doc_count(), sequence, FORMAT,
                              enrichers={**enrichers, "analysis": fingerprint()})
            self._index.close()
            generations.seal(self._folder, made)
        except OSError as error:
            raise EngineError(UNWRITABLE.format(error)) from error
        return made

    def _finish(self) -> None:
        """Writes all out, merged into one segment: dead articles must not count in the statistics for ranking."""
        self._writer.commit(optimize=self._replaces and not self._twice)
        if self._twice:  # Whoosh deletes by id only what was committed
            with self._index.reader() as reader:
                spare = [number for id_ in self._twice for number in list(reader.postings("id", id_).all_ids())[:-1]]
            writer = self._index.writer(limitmb=MEMORY)
            for number in spare:
                writer.delete_document(number)
            writer.commit(optimize=True)

    def abort(self) -> None:
        if not self._writer.is_closed:
            self._writer.cancel()
        self._index.close()
        shutil.rmtree(self._folder, ignore_errors=True)
