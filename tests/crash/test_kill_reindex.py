from pathlib import Path

import scrapers
from tests.crash.kill_reindex import kill_reindex


def test_a_reindex_killed_at_any_moment_harms_no_reader_and_no_archive() -> None:
    demo = Path(scrapers.__file__).parent / "demo"
    outcome = kill_reindex([demo], kills=4)
    assert outcome.killed + outcome.ended == 4
    assert outcome.killed >= 1
    assert outcome.searches > 0
    assert (outcome.unclean, outcome.orphans, outcome.bad, outcome.finished) == (0, 0, 0, True)
