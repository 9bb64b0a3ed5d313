"""The pairs of names in `spelling_pairs.txt`: which are one name, and which are two."""

from pathlib import Path
from typing import NamedTuple, cast

from search.document import NameType


class Pair(NamedTuple):
    type: NameType
    one: str
    other: str
    same: bool


def pairs() -> list[Pair]:
    """All pairs, in the order of the file."""
    found, same = [], False
    for line in Path(__file__).with_name("spelling_pairs.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            same = line == "[same]"
        elif line and not line.startswith("#"):
            type_, one, other = line.split(" | ")
            found.append(Pair(cast("NameType", type_), one, other, same))
    return found
