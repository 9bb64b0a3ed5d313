"""From what was measured to one table: times of queries as multiples of the first contender's, all else as it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from tests.bench.building import Built, Cost
from tests.bench.queries import KINDS, Kind, Query
from tests.bench.rounds import FORMS, Form, Rounds

Clock = Literal["cpu", "wall"]
Row = tuple[str, ...]
TOLERANCE = 0.02  # the share by which totals may differ: the engines do not cut and stem words quite alike
NONE = "–"


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of one beginning of the corpus, and the queries that were asked of it.

    `built`, `first` (answers of new processes) and `rounds` are by contender, as far as it took part.
    """

    articles: int
    queries: tuple[Query, ...]
    built: Mapping[str, Built]
    first: Mapping[str, Cost]
    rounds: Rounds

    def percentile(self, name: str, form: Form, kind: Kind, clock: Clock, share: float) -> float | None:
        """The least of a class's times that at least this share of them do not exceed, in seconds; None without any."""
        times = sorted(getattr(asked, clock) for asked in self.rounds.asked
                       if (asked.name, asked.form, asked.kind) == (name, form, kind))
        return float(times[ceil(share * len(times)) - 1]) if times else None

    def differing(self, name: str, base: str) -> Mapping[Kind, tuple[int, int]]:
        """For each class of queries, how many of a contender's totals are not the base's, and of how many."""
        answers = self.rounds.answers
        pairs = list(zip(self.queries, answers[base], answers[name], strict=True))
        return {kind: (sum(abs(ours.total - theirs.total) > TOLERANCE * max(ours.total, theirs.total)
                           for query, ours, theirs in pairs if query.kind == kind),
                       sum(query.kind == kind for query in self.queries)) for kind in KINDS}


def table(measured: Sequence[Measured], names: Sequence[str], clock: Clock = "cpu") -> str:
    """The table in Markdown, columns of fixed width, and below it in which classes of queries totals differ."""
    head = ("articles", "", *names)
    rows = [row for each in measured for row in _rows(each, names, clock)]
    if len(measured) > 1:
        rows += _growth(measured[0], measured[-1], names, clock)
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = "".join(f"{'-' * (width + 2)}|" for width in widths[1:])
    lines = [_line(head, widths), f"|{'-' * (widths[0] + 1)}:|{rule}", *(_line(row, widths) for row in rows)]
    return "\n".join((*lines, "", *_differences(measured, names))).rstrip() + "\n"


def _line(row: Row, widths: Sequence[int]) -> str:
    others = (cell.ljust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
    return f"| {' | '.join((row[0].rjust(widths[0]), *others))} |"


def _rows(measured: Measured, names: Sequence[str], clock: Clock) -> Iterator[Row]:
    size, built = f"{measured.articles:,}", measured.built
    for form in FORMS:
        for kind in KINDS:
            yield size, f"{form}, {kind}: p50 / p95, ms", *_times(measured, names, form, kind, clock)

    def each(what: str, figure: Callable[[str], str]) -> Row:
        return size, what, *(figure(name) if name in built else NONE for name in names)

    yield each("indexing, articles per CPU second", lambda name: f"{built[name].articles / built[name].cpu:,.0f}")
    yield each("index size / raw text", lambda name: f"{built[name].size / built[name].raw:.2f}")
    yield each("peak memory of indexing, MB", lambda name: f"{built[name].peak / 1e6:,.0f}")
    yield each("new process: open and first facets, ms", lambda name: _ms(getattr(measured.first[name], clock)))
    yield each("totals that differ by more than 2 %", lambda name: _share(measured, name, names[0]))


def _times(measured: Measured, names: Sequence[str], form: Form, kind: Kind, clock: Clock) -> Iterator[str]:
    base = [measured.percentile(names[0], form, kind, clock, share) for share in (0.5, 0.95)]
    for name in names:
        times = [measured.percentile(name, form, kind, clock, share) for share in (0.5, 0.95)]
        pairs = [(time, unit) for time, unit in zip(times, base, strict=True) if time is not None and unit is not None]
        texts = (_ms(time) if name == names[0] else _times_as_much(time / unit) for time, unit in pairs)
        yield " / ".join(texts) or NONE


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:,.3f}" if seconds < 0.01 else f"{seconds * 1e3:,.1f}"


def _times_as_much(ratio: float) -> str:
    return f"×{ratio:.2f}" if ratio < 10 else f"×{ratio:,.0f}"


def _share(measured: Measured, name: str, base: str) -> str:
    counts = measured.differing(name, base).values()
    return f"{sum(differ for differ, _ in counts) / max(sum(all_ for _, all_ in counts), 1):.0%}"


def _growth(least: Measured, most: Measured, names: Sequence[str], clock: Clock) -> Iterator[Row]:
    for kind in KINDS:
        cells = []
        for name in names:
            before, after = (each.percentile(name, "faceted", kind, clock, 0.95) for each in (least, most))
            cells.append(_times_as_much(after / before) if before and after else NONE)
        yield "growth", f"faceted, {kind}: p95, {least.articles:,} to {most.articles:,}", *cells


def _differences(measured: Sequence[Measured], names: Sequence[str]) -> Iterator[str]:
    for each in measured:
        for name in names[1:]:
            if name in each.built:
                counts = each.differing(name, names[0]).items()
                found = ", ".join(f"{kind} {differ} of {all_}" for kind, (differ, all_) in counts if differ)
                if found:
                    yield f"{each.articles:,} articles: totals of {name} differ from {names[0]}'s: {found}."
