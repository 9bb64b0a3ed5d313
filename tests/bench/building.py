"""From documents to an index and what making it cost; from an index to what its first answer costs a new process."""

import json
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from search.document import Document
from tests.bench.contenders import contender
from tests.bench.corpus import Corpus, raw_bytes
from tests.bench.queries import Query

STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU time of all threads of a process, and time by the clock, in seconds."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Built:
    """An index of so many articles, with `raw` bytes of titles and texts; rows `skipped` were no articles.

    What it cost without the making of the documents: seconds, the process's peak memory and its size, both in bytes.
    """

    articles: int
    raw: int
    skipped: int
    cpu: float
    wall: float
    peak: int
    size: int


class Uncounted:
    """Documents, how many there were, and the time that it took to make them, which is not the engine's."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.articles = self.raw = 0
        self.cpu = self.wall = 0.0
        self._documents = iter(documents)

    def __iter__(self) -> Iterator[Document]:
        while True:
            cpu, wall = time.thread_time(), time.perf_counter()  # an engine's other threads work on meanwhile
            document = next(self._documents, None)
            if document:
                self.articles += 1
                self.raw += raw_bytes(document)
            self.cpu += time.thread_time() - cpu
            self.wall += time.perf_counter() - wall
            if document is None:
                return
            yield document


def build(name: str, folder: Path, paths: Sequence[Path], articles: int) -> Built:
    """Builds a contender's index of the first articles of a corpus in a folder, or finds that it is there already.

    Meant for a process of its own, as peak memory is that of the process.
    """
    record = folder.with_suffix(".json")
    wanted = [str(path.resolve()) for path in paths]
    if record.exists() and (kept := json.loads(record.read_text(encoding="utf-8")))["corpus"] == wanted:
        return Built(**kept["built"])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    taking_part, corpus = contender(name), Corpus(paths, articles)
    documents = Uncounted(corpus)
    cpu, wall = time.process_time(), time.perf_counter()
    taking_part.build(folder, iter(documents))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    built = Built(documents.articles, documents.raw, corpus.skipped, cpu - documents.cpu, wall - documents.wall,
                  _peak(), size)
    record.write_text(json.dumps({"corpus": wanted, "built": asdict(built)}), encoding="utf-8")
    return built


def _peak() -> int:
    """The most memory that this process ever held, in bytes.

    Linux gives a child process the `ru_maxrss` of its parent to begin with; VmHWM is its own.
    """
    if STATUS.exists():
        line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) << 10
    return getrusage(RUSAGE_SELF).ru_maxrss


def first_answer(name: str, folder: Path, query: Query) -> Cost:
    """What it costs to open an index and answer a faceted query, all modules imported. Meant for a new process."""
    taking_part = contender(name)
    cpu, wall = time.process_time(), time.perf_counter()
    searcher = taking_part.open(folder)
    searcher.faceted(query)
    cost = Cost(time.process_time() - cpu, time.perf_counter() - wall)
    searcher.close()
    return cost
