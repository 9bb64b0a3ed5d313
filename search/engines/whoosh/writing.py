"""From documents to a generation, with Whoosh's own segment writer."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from whoosh import index as whoosh_index

from search.analysis import fingerprint
from search.document import Document
from search.engine import Builder, Generation
from search.engines.whoosh import generations
from search.engines.whoosh.fields import fields_of, schema
from search.errors import EngineError, GenerationDamaged
from search.schema import FORMAT

UNWRITABLE = "the index cannot be written ({}); make room, then run `dateline reindex` again"
MEMORY = 256  # MB that Whoosh may fill before it writes postings out


class WhooshBuilder(Builder):
    """A generation in the making, in a folder of its own."""

    def __init__(self, root: Path, base: Generation | None) -> None:
        self._replaces = base is not None
        self._added: set[str] = set()
        self._twice: set[str] = set()
        self._folder = generations.begin(root, base)
        opened = whoosh_index.open_dir if base else whoosh_index.create_in
        try:
            with self._trouble_told():
                self._index = opened(str(self._folder), schema=schema())
                self._writer = self._index.writer(limitmb=MEMORY)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def add(self, document: Document) -> None:
        id_ = document.article.id
        if id_ in self._added:
            self._twice.add(id_)
        elif self._replaces:
            self.remove(id_)
        self._added.add(id_)
        given = fields_of(document)
        with self._trouble_told():
            self._writer.add_document(**given)

    def remove(self, id_: str) -> None:
        if id_ in self._added:
            raise EngineError(f"{id_} was added to this generation; it cannot be taken out again before the commit")
        with self._trouble_told():
            self._writer.delete_by_term("id", id_)

    def commit(self, sequence: int, enrichers: Mapping[str, str]) -> Generation:
        with self._trouble_told():
            self._finish()
            made = Generation(generations.sealed_name(self._folder), self._index.doc_count(), sequence, FORMAT,
                              enrichers={**enrichers, "analysis": fingerprint()})
            self._index.close()
            generations.seal(self._folder, made)
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
        try:
            with suppress(Exception):  # on a full disk, giving up fails as well
                if not self._writer.is_closed:
                    self._writer.cancel()
                self._index.close()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def _trouble_told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise EngineError(UNWRITABLE.format(error)) from error
        except Exception as error:  # what is damaged makes Whoosh raise almost anything
            if not self._replaces:
                raise
            raise GenerationDamaged(f"the generation to build on cannot be read ({type(error).__name__}: {error}); "
                                    "run `dateline reindex` without --changed") from error
