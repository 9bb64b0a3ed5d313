"""Texts whose names are marked: "[PER Kestrel=Ana Kestrel] said" → the text, its mentions, and what it cites."""

import re
from typing import cast

from search.document import NameMention, NameType
from search.enrich.attribution import citations

MARK = re.compile(r"\[(PER|ORG|LOC) ([^]=]+)(?:=([^]]+))?\]")

Found = tuple[str, str, str | None]


def unmarked(marked: str) -> tuple[str, list[NameMention]]:
    """The text without marks, and its names."""
    text, names, past = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[past:match.start()]
        kind, spelling, name = match.groups()
        names.append(NameMention(len(text), len(text) + len(spelling), cast("NameType", kind), name or spelling))
        text += spelling
        past = match.end()
    return text + marked[past:], names


def found(marked: str) -> list[Found]:
    """Of each citation its words, its kind and its name."""
    text, names = unmarked(marked)
    return [(text[c.start:c.end], c.kind, c.name) for c in citations(text, names)]


def sources(marked: str) -> list[str]:
    """The words of each named source or medium."""
    return [words for words, kind, name in found(marked) if name and kind in ("source", "medium")]


def unnamed(marked: str) -> list[str]:
    """The words of each source without a name."""
    return [words for words, _, name in found(marked) if name is None]
