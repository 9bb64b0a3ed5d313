"""From the text that a reader typed to the text that is read as a query: no longer than allowed, all of it visible."""

import re

from search.results import Note

INVISIBLE = re.compile("[\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def cut(text: str, limit: int, notes: list[Note]) -> str:
    """At most `limit` characters of the text, cut between words where it has any; what is not visible as a space."""
    text = text.strip()
    kept = INVISIBLE.sub(" ", text[:limit])
    if len(text) > limit and not text[limit].isspace():
        kept = kept[:max(kept.rfind(" "), 0)] or kept
    left_out = INVISIBLE.sub(" ", text[len(kept):len(kept) + 200]).strip()
    if left_out:
        notes.append(Note("limit", f"Only the first {limit:,} characters are read (setting query_characters); left "
                                   f"out: “{short(left_out)}”."))
    return kept.strip()


def without_question_mark(text: str, notes: list[Note]) -> str:
    """A query of several words that ends in ? is a question; its last word is no pattern."""
    bare = text.rstrip("?")
    if bare == text or not bare[-1:].isalnum() or len(bare.split(maxsplit=1)) < 2:
        return text
    notes.append(Note("syntax", "The ? at the end is read as a question mark, and not as one more letter."))
    return bare


def short(text: str) -> str:
    """A text as a note quotes it, in at most some sixty characters."""
    return text if len(text) <= 60 else text[:60].rstrip() + "…"
