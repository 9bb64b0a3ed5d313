"""From two versions of a text to what changed between them, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
MOST_TOKENS = 6000  # words, spaces and marks in a stretch compared one by one; the time grows with their square
CONTEXT = 24  # of these, shown on either side of a change

Kind = Literal["same", "added", "removed", "skipped"]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that stayed, came, went, or stayed and is left out here (then `text` is empty)."""

    kind: Kind
    text: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The differences in reading order, with a few words around each; empty for equal texts.

    Paragraphs are matched first, then the words of those that differ, so that long texts stay cheap.
    """
    old, new = before.split("\n\n"), after.split("\n\n")
    found: list[Change] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", _joined(old[i:j])))
        else:
            found += _by_word(_joined(old[i:j]), _joined(new[k:m]))
    return tuple(_shortened(found)) if any(change.kind != "same" for change in found) else ()


def _joined(paragraphs: list[str]) -> str:
    return "".join(paragraph + "\n\n" for paragraph in paragraphs)


def _by_word(before: str, after: str) -> Iterator[Change]:
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) + len(new) > MOST_TOKENS:
        yield from (Change("removed", before), Change("added", after))
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Change("removed", "".join(old[i:j]))
        if k < m:
            yield Change("added", "".join(new[k:m]))


def _shortened(found: list[Change]) -> Iterator[Change]:
    """The same with the middle of long unchanged stretches left out."""
    joined = list(_merged(found))
    for n, change in enumerate(joined):
        words = TOKEN.findall(change.text)
        head = words[:CONTEXT] if n > 0 else []
        tail = words[-CONTEXT:] if n < len(joined) - 1 else []
        if change.kind != "same" or len(words) <= len(head) + len(tail):
            yield change
            continue
        pieces = Change("same", "".join(head)), Change("skipped", ""), Change("same", "".join(tail))
        yield from (piece for piece in pieces if piece.text or piece.kind == "skipped")


def _merged(found: list[Change]) -> Iterator[Change]:
    held: Change | None = None
    for change in found:
        if held and held.kind == change.kind:
            held = Change(held.kind, held.text + change.text)
            continue
        if held:
            yield held
        held = change
    if held:
        yield held
