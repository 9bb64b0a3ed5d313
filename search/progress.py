"""How far a long command has come: a bar on a terminal, a plain line now and then elsewhere. On standard error."""

import sys
import time
from typing import Self

import click

EVERY = 10.0  # seconds between two plain lines


class Progress:
    """Tells of work done, its rate, and the time left. `what` is counted; `quiet` tells nothing."""

    def __init__(self, what: str, *, quiet: bool = False) -> None:
        self._what, self._quiet = what, quiet
        self._terminal = sys.stderr.isatty()
        self._began = self._told = time.monotonic()
        self._line = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._line and self._terminal:
            click.echo(err=True)

    def report(self, done: int, total: int | None) -> None:
        """To be called after each step; `total` is None where nobody knows it."""
        now = time.monotonic()
        finished = done == total
        if self._quiet or (now - self._told < (0.1 if self._terminal else EVERY) and not (finished and self._terminal)):
            return
        self._told = now
        self._line = self._text(done, total, now - self._began)
        click.echo(f"\r\x1b[K{self._line}" if self._terminal else self._line, err=True, nl=not self._terminal)

    def _text(self, done: int, total: int | None, seconds: float) -> str:
        rate = done / max(seconds, 1e-6)
        if not total:
            return f"{done:,} {self._what}, {rate:,.0f}/s"
        left = (total - done) / max(rate, 1e-6)
        filled = round(20 * done / total)
        bar = f"[{'█' * filled}{'░' * (20 - filled)}] " if self._terminal else ""
        return f"{bar}{done:,} of {total:,} {self._what}, {rate:,.0f}/s, {_clock(left)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
