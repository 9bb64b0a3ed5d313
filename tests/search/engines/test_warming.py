"""Loops are compiled when an engine is opened, and none while a reader waits."""

import subprocess
import sys
from pathlib import Path

import pytest

from search.engine import open_engine
from search.settings import Settings
from tests.engine_contract import ARCHIVE, build, make

pytest.importorskip("numba", reason="numba is not installed, so there is nothing to compile")

SEARCHES = """
import sys
from numba.core import event
from search.engine import open_engine
from search.query import tree as q
from search.request import FacetSpec, Filter, Request
from search.schema import FACETS
from search.settings import Settings

compiled = []

class Listener(event.Listener):
    def on_start(self, told):
        compiled.append(str(told.data["dispatcher"]))

    def on_end(self, told):
        pass

snapshot = open_engine(sys.argv[1], Settings(kernels="numba", query_seconds=60)).snapshot()
event.register("numba:compile", Listener())
prison, karsa, bank = q.Word("prison"), q.Word("karsa"), q.Word("bank")
for node in (q.Everything(), prison, q.And((prison, karsa)), q.Or((prison, karsa, bank)), q.Phrase(("port", "salen")),
             q.Phrase(("of", "the", "river"), 2), q.Prefix("terr"), q.Exact("banks"), q.Fuzzy("prisen", 1), q.Not(bank),
             q.Wildcard("*an*"), q.About(None, None), q.Missing("person")):
    for sort in ("relevance", "newest", "oldest"):
        facets = tuple(FacetSpec(name) for name in FACETS)
        filters = (Filter("source", exclude=frozenset({"Nobody"})),)
        snapshot.search(Request(node, sort=sort, facets=facets, filters=filters, shares=True))
        snapshot.search(Request(node, sort=sort, counted=False, limit=1))
print(compiled)
"""


def test_no_search_waits_for_the_compiler(tmp_path: Path) -> None:
    books = [make(f"n:{n}", "Long", f"Part {n} of the river and the dam, the prison and the bank. " * 1_200)
             for n in range(40)]
    build(open_engine(f"whoosh:{tmp_path}", Settings(kernels="numba")), [*ARCHIVE, *books])  # records worth shortening
    run = subprocess.run([sys.executable, "-c", SEARCHES, f"whoosh:{tmp_path}"], capture_output=True, text=True,
                         check=False, timeout=300)
    assert (run.returncode, run.stdout.strip()) == (0, "[]"), run.stderr
