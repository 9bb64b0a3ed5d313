"""What the tests of enrichers share: the two seed texts, articles made of them, and a measure of growth."""

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from search.article import Article, Published, article_id

PRISONS, RELEASES = "004_5b0687635ac20099.txt", "000_5b10374cd54bdf05.txt"
PIECES = ["Monday ", "November 18", "(", ")", "since ", "last month", " 2019", "1814 View",
          "Human Rights Watch", " (HRW)", "Lt. Gen. ", "Saad al-Allaq", "Allaq", "said", "told ", "CNN",
          "according to ", "the ", "of ", ", ", ". ", "\n\n", "BAGHDAD (Reuters) - ", "officials", "U.S.",
          "’s", "“", "”", " ", "-", "العراق", "3 آذار", " ٢٠١٩", "lundi ", "18 novembre", "two years ago",
          "ſecond", "İstanbul", "K", "0000", "9999", "February 30", "31 June", "Sun. "]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


@pytest.fixture(params=["Monday ", "May 3-", "1", "1,", "-", "— ", "Iraq ", "a-", "A.", "(HRW) ", "last ", "“", "\n",
                        "the officials said, ", "Ali Khan, ", "two years "])
def repeated(request: pytest.FixtureRequest) -> str:
    """A piece of text that a hostile page repeats."""
    return str(request.param)


def seconds(function: Callable[[str], object], text: str) -> float:
    """The CPU time of a call, that of collecting the garbage of a thousand other tests left aside."""
    gc.disable()
    try:
        start = time.process_time()
        function(text)
        return time.process_time() - start
    finally:
        gc.enable()


def grows_linearly(function: Callable[[str], object], piece: str) -> bool:
    """Whether twice the text takes clearly less than four times as long, in one try of three at least."""
    short, long = (piece * (length // len(piece)) for length in (50_000, 100_000))
    return any(seconds(function, long) < 3 * seconds(function, short) + 0.02 for _ in range(3))


def seed(shared: Path, name: str, published: str | None, *, source: str, skipped: int) -> Article:
    """One of the seeds as an article: its first `skipped` blocks are its page's head, the next is the title."""
    blocks = [block.strip() for block in (shared / "seeds" / name).read_text(encoding="utf-8").split("\n\n")]
    title, *paragraphs = [block for block in blocks[skipped:] if block]
    last = paragraphs[-1].rpartition("(")
    credit = last[2].rstrip(")") if source == "NRT" else None
    if credit:
        paragraphs[-1] = last[0].strip()
    return Article(article_id(source, content=name), source, title, tuple(filter(None, paragraphs)), credit=credit,
                   published=Published(published, "given", 1.0) if published else Published())


@pytest.fixture(scope="session")
def prisons(shared: Path) -> Article:
    """The seed on prison breaks, published on a Tuesday, the day after the interview that it speaks of."""
    return seed(shared, PRISONS, "2019-11-19", source="NRT", skipped=0)


@pytest.fixture(scope="session")
def releases(shared: Path) -> Article:
    """The seed on prisoners released for money, published on a Wednesday."""
    return seed(shared, RELEASES, "2017-03-29", source="The Baghdad Post", skipped=1)
