"""The words around an expression → whether they look back or ahead."""

import re

from search.enrich.dates.language import Language

REACH = 160    # characters of the sentence that are looked at
FEW = 12       # characters of it before an expression that say little: "Until Thursday, they had"
NEXT = 24      # characters before an expression in which a word says that it is past
SENTENCE_END = re.compile(r"[.!?؟]['\"”)]{0,3}\s{1,9}(?=[^a-z])|\n\s?\n")
Cue = tuple[int, int]  # where it is, and how long


def direction(text: str, folded: str, start: int, end: int, language: Language) -> int:
    """-1 where the nearest verb before, else behind, looks back, +1 where it looks ahead, 0 where none does either;
    -2 where the word before says that it is past.
    """
    if language.after["owned"].match(folded, end):  # "Wednesday's ruling"
        return -1
    if language.before["done"].search(folded, max(0, start - NEXT), start):
        return -2
    opening = max(0, start - REACH)
    for stop in SENTENCE_END.finditer(text, opening, start):
        opening = stop.end()
    before = _nearer(*(_last(cues, folded, opening, start) for cues in (language.ahead, language.behind)))
    if before and start - opening > FEW:
        return before
    stop_after = SENTENCE_END.search(text, end, end + REACH)
    closing = stop_after.start() if stop_after else end + REACH
    ahead, behind = (_first(cues, folded, end, closing) for cues in (language.ahead, language.behind))
    return _nearer((-ahead[0], ahead[1]), (-behind[0], behind[1])) or before


def _nearer(ahead: Cue, behind: Cue) -> int:
    """Which of two cues is nearer, the longer of two at one place; both alike look ahead, as "scheduled" does."""
    if ahead == behind:
        return 1 if ahead[1] else 0
    return 1 if ahead > behind else -1


def _last(cues: re.Pattern[str], folded: str, start: int, end: int) -> Cue:
    return max(((cue.end(), cue.end() - cue.start()) for cue in cues.finditer(folded, start, end)), default=(-1, 0))


def _first(cues: re.Pattern[str], folded: str, start: int, end: int) -> Cue:
    cue = cues.search(folded, start, end)
    return (cue.start(), cue.end() - cue.start()) if cue else (end, 0)
