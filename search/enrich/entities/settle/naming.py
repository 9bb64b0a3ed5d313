"""Spans with their final types → mentions, each under the name that the article's mentions of it are counted under."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from search.document import NameMention, NameType
from search.enrich.entities.gazetteer import Gazetteer
from search.enrich.entities.rules.tokens import SHOUTED, family_name
from search.enrich.entities.spans import Span


def named(text: str, spans: Sequence[Span], acronyms: Mapping[str, tuple[str, NameType]],
          lists: Gazetteer) -> tuple[NameMention, ...]:
    """The mentions of `spans`."""
    people = _People(text, spans)
    found = []
    for span in spans:
        name = text[span.start:span.end]
        if name in acronyms:
            name = acronyms[name][0]
        elif span.type == "PER":
            name = people.full(name, span.start)
        found.append(NameMention(span.start, span.end, span.type, counted(name, lists)))
    return tuple(found)


def counted(name: str, lists: Gazetteer) -> str:
    """The name under which a spelling is counted when nothing in the text says otherwise."""
    name = " ".join(name.split())
    if name in lists.known:
        return lists.known[name][1]
    return name.title() if name.isupper() and len(name) > SHOUTED else name


class _People:
    """Which full name a part of a person's name stands for."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self.places: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for span in spans:
            name = text[span.start:span.end]
            if span.type == "PER" and " " in name:
                first, *_, last = name.split()
                for part in {family_name(name), last, first, name.split(maxsplit=1)[1]}:
                    self.places[part].append((span.start, name))

    def full(self, name: str, at: int) -> str:
        """The full name before `at` that `name` is the end or the beginning of, or else the first one after it."""
        while places := self.places.get(name):  # each step gives a longer name
            before = bisect_left(places, (at, ""))
            name = places[max(before - 1, 0)][1]
        return name
