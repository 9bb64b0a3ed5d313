"""Measures Dateline's engine beside others: the same articles, the same queries, in turns.

    python -m tests.bench.engines CORPUS.jsonl... [--sizes 25000,50000,100000,200000] [--kernels numpy,numba]
                                  [--repeats 5] [--only dateline,tantivy] [--clock cpu] [--keep FOLDER] [--json OUT]

The corpus is the rows of all files, one file after the other; each size is its beginning. Stock Whoosh takes part up to
20,000 articles, which are measured besides. A query's time is the median of its repeats; p50 and p95 are over a
class's queries, by nearest rank. With --keep, indexes that are in the folder already are not built again; what they
cost is remembered.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.bench import contenders
from tests.bench.building import build, first_answer
from tests.bench.corpus import Corpus, corpus_rows
from tests.bench.queries import SAMPLE, Sample
from tests.bench.rounds import ask
from tests.bench.table import Clock, Measured, table

CLOCKS: dict[Clock, str] = {"cpu": "CPU time", "wall": "time by the clock"}
STARTS = 3  # new processes of which the quickest first answer counts

Runner = Callable[..., Any]  # (function, *arguments) → what the function gives


def in_child(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function gives in a new process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured: a corpus's beginnings of these sizes, by these contenders, in a folder for indexes."""

    paths: tuple[Path, ...]
    sizes: tuple[int, ...]
    names: tuple[str, ...]
    repeats: int
    folder: Path


def measure(plan: Plan, run: Runner = in_child) -> Iterator[Measured]:
    """The figures of each size, in ascending order.

    `run` has each build, each first answer and all queries of a size done in a process of their own.
    """
    sample = Sample(Corpus(plan.paths, min(SAMPLE, *plan.sizes)))
    for articles in sorted(plan.sizes):
        queries = sample.queries(articles)
        names = [name for name in plan.names if name != "stock" or articles <= contenders.STOCK_LIMIT]
        folders = {name: plan.folder / str(articles) / name for name in names}
        built = {}
        for name, folder in folders.items():
            _tell(f"{articles:,} articles: the index of {name}")
            built[name] = run(build, name, folder, plan.paths, articles)
        common = next((query for query in queries if query.kind == "common"), queries[0])
        first = {name: min((run(first_answer, name, folder, common) for _ in range(STARTS)), key=lambda cost: cost.cpu)
                 for name, folder in folders.items()}
        _tell(f"{articles:,} articles: {len(queries)} queries, {plan.repeats} times in both forms")
        yield Measured(articles, queries, built, first, run(ask, folders, queries, plan.repeats))


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def heading(measured: Sequence[Measured], names: Sequence[str], clock: Clock) -> str:
    """What the figures of the table are figures of."""
    largest = measured[-1].built[names[0]]
    return (f"Queries: {CLOCKS[clock]}, of {names[0]} in ms, of the others in multiples of it.\n"
            f"{os.cpu_count()} CPUs, Python {platform.python_version()}; {largest.articles:,} articles with "
            f"{largest.raw / 1e6:,.1f} MB of titles and texts, {largest.skipped:,} rows skipped.\n\n")


def names_taking_part(families: Sequence[str], kernels: Sequence[str]) -> tuple[str, ...]:
    """The contenders asked for whose packages are installed; of the others it says that they are missing."""
    found = []
    for name in contenders.names(families, kernels):
        package = contenders.missing_package(name)
        if package:
            _tell(f"{name} does not take part: the package {package} is not installed")
        else:
            found.append(name)
    return tuple(found)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in _listed(text)],
                        default=[25_000, 50_000, 100_000, 200_000])
    parser.add_argument("--kernels", type=_listed, default=["numpy", "numba"])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", type=_listed, default=list(contenders.FAMILIES))
    parser.add_argument("--clock", choices=CLOCKS, default="cpu")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--json", type=Path)
    return parser


def main(arguments: Sequence[str] | None = None, run: Runner = in_child) -> None:
    """Prints the table; writes every figure as JSON where that is asked for."""
    parser = _parser()
    given = parser.parse_args(arguments)
    names = names_taking_part(given.only, given.kernels)
    if not names or not set(given.only).issubset(contenders.FAMILIES):
        parser.error(f"not all of these can take part; --only knows {', '.join(contenders.FAMILIES)}")
    sizes = {*given.sizes}
    if "stock" in names and min(sizes) > contenders.STOCK_LIMIT:
        sizes.add(contenders.STOCK_LIMIT)
    try:
        rows = sum(corpus_rows(path) for path in given.corpus)
    except OSError as error:
        parser.error(f"the corpus cannot be read: {error}")
    if rows < max(sizes):
        parser.error(f"the corpus has {rows:,} rows; ask for no more with --sizes")
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory() as temporary:
        plan = Plan(tuple(given.corpus), tuple(sizes), names, given.repeats, given.keep or Path(temporary))
        for each in measure(plan, run):
            measured.append(each)
            if given.json:
                given.json.write_text(json.dumps([asdict(size) for size in measured], default=str, indent=1),
                                      encoding="utf-8")
    sys.stdout.write(heading(measured, names, given.clock) + table(measured, names, given.clock))


if __name__ == "__main__":
    main()
