import io

import pytest

from search import progress
from search.progress import EVERY, Progress


class Stderr(io.StringIO):
    """Standard error, on a terminal or not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(progress, "time", made)
    return made


def told(monkeypatch: pytest.MonkeyPatch, clock: Clock, *, terminal: bool, quiet: bool = False, total: int | None = 100,
         seconds: float = 1.0, steps: tuple[int, ...] = (10, 20, 100)) -> str:
    stderr = Stderr(terminal)
    monkeypatch.setattr("sys.stderr", stderr)
    with Progress("articles", quiet=quiet) as bar:
        for done in steps:
            clock.now += seconds
            bar.report(done, total)
    return stderr.getvalue()


def test_a_terminal_shows_a_bar_that_is_drawn_over(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    lines = told(monkeypatch, clock, terminal=True).split("\r\x1b[K")
    assert lines == [
        "", f"[{'█' * 2}{'░' * 18}] 10 of 100 articles, 10/s, 0:09 left",
        f"[{'█' * 4}{'░' * 16}] 20 of 100 articles, 10/s, 0:08 left",
        f"[{'█' * 20}] 100 of 100 articles, 33/s, 0:00 left\n",
    ]


def test_elsewhere_plain_lines_come_now_and_then(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    text = told(monkeypatch, clock, terminal=False, seconds=EVERY / 2, steps=tuple(range(10, 70, 10)))
    assert text.splitlines() == [
        "20 of 100 articles, 2/s, 0:40 left", "40 of 100 articles, 2/s, 0:30 left",
        "60 of 100 articles, 2/s, 0:20 left"]


def test_only_a_terminal_gets_control_characters(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    text = told(monkeypatch, clock, terminal=False, seconds=EVERY)
    assert text.replace("\n", "").isprintable()


@pytest.mark.parametrize("terminal", [False, True])
def test_nothing_is_told_where_quiet_is_asked_for(
        monkeypatch: pytest.MonkeyPatch, clock: Clock, terminal: bool) -> None:
    assert told(monkeypatch, clock, terminal=terminal, quiet=True, seconds=EVERY) == ""


@pytest.mark.parametrize("total", [None, 0])
def test_without_a_total_only_what_is_done_is_told(
        monkeypatch: pytest.MonkeyPatch, clock: Clock, total: int | None) -> None:
    for terminal in (False, True):
        text = told(monkeypatch, clock, terminal=terminal, total=total, seconds=EVERY, steps=(3000,))
        assert "3,000 articles, 300/s" in text
        assert "left" not in text


def test_quick_steps_are_not_all_drawn_but_the_last_one_is(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    text = told(monkeypatch, clock, terminal=True, seconds=0.02, steps=tuple(range(1, 101)))
    drawn = text.count("\r")
    assert 10 <= drawn <= 25
    assert "100 of 100" in text


@pytest.mark.parametrize(("seconds", "left"), [(0.2, "0:02"), (1, "0:09"), (10, "1:30"), (1000, "2:30:00")])
def test_the_time_left_follows_from_the_rate(
        monkeypatch: pytest.MonkeyPatch, clock: Clock, seconds: float, left: str) -> None:
    assert f"{left} left" in told(monkeypatch, clock, terminal=True, seconds=seconds, steps=(10,))


def test_no_time_at_all_is_no_error(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    assert told(monkeypatch, clock, terminal=True, seconds=0.0, steps=(0, 1, 100)).count("100 of 100") == 1
    assert told(monkeypatch, clock, terminal=True, seconds=1.0, steps=(0,)).count("0 of 100") == 1
