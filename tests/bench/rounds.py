"""From indexes and queries to what each query costs each contender, asked in turns."""

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Literal, get_args

from tests.bench.building import Cost
from tests.bench.contenders import Answer, Searcher, contender
from tests.bench.queries import Kind, Query

Form = Literal["top", "faceted"]
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one query in one form cost one contender: medians over the repeats, in seconds."""

    name: str
    form: Form
    kind: Kind
    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Rounds:
    """All that was asked, and each contender's answer to each query."""

    asked: tuple[Asked, ...]
    answers: Mapping[str, tuple[Answer, ...]]


def ask(folders: Mapping[str, Path], queries: Sequence[Query], repeats: int) -> Rounds:
    """Has the contenders answer each query one after the other before the next one comes, a different one first.

    `folders` are their indexes. A first round, in which files are read and code is compiled, is not timed. Nor is the
    query before, which each answers again before it is timed: so it finds the processor's caches as a stream of its own
    queries leaves them, and not as its rivals did.
    """
    searchers = {name: contender(name).open(folder) for name, folder in folders.items()}
    answers = {name: tuple(_warmed(searcher, query) for query in queries) for name, searcher in searchers.items()}
    gc.collect()
    gc.freeze()  # what one contender holds must not cost another one time
    costs: dict[tuple[str, Form, Query], list[Cost]] = defaultdict(list)
    names = list(searchers)
    for repeat in range(repeats):
        for number, query in enumerate(queries):
            first = (repeat + number) % len(names)
            for form in FORMS:
                for name in names[first:] + names[:first]:
                    call = getattr(searchers[name], form)
                    call(queries[number - 1])
                    costs[name, form, query].append(_cost(call, query))
    gc.unfreeze()
    for searcher in searchers.values():
        searcher.close()
    asked = (Asked(name, form, query.kind, median(cost.cpu for cost in each), median(cost.wall for cost in each))
             for (name, form, query), each in costs.items())
    return Rounds(tuple(asked), answers)


def _warmed(searcher: Searcher, query: Query) -> Answer:
    searcher.top(query)
    return searcher.answer(searcher.faceted(query))


def _cost(call: Callable[[Query], Any], query: Query) -> Cost:
    wall, cpu = time.perf_counter(), time.process_time()
    call(query)
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)
