"""What one date expression was read as, before it is given its place in the text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from search.document import DateType
from search.enrich.dates.reference import Reference

CONFIDENCE = {"explicit": 0.97, "weekday": 0.95, "published": 0.9, "none": 0.6}


@dataclass(frozen=True, slots=True)
class Reading:
    """A TIMEX3 type and value, and what it was resolved against (see `DateMention.basis`)."""

    type: DateType
    value: str
    basis: str = "none"

    @property
    def confidence(self) -> float:
        """How sure the reading is, as a probability."""
        return CONFIDENCE[self.basis]


Reader: TypeAlias = Callable[[re.Match[str], Reference], Reading | None]


def dated(value: str | None, basis: str) -> Reading | None:
    """A reading as a DATE; without a basis where digits of it are unknown, and none where there is no value."""
    if value is None:
        return None
    return Reading("DATE", value, "none" if "X-" in value or value.startswith("XXX") else basis)
