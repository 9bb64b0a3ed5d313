"""From whatever a reader typed to a query tree, and notes on how it was read. Total: no text is an error.

    query  = group
    group  = side by side [OR side by side]…     words side by side, or with AND between them, must all be there;
    item   = [NOT | - | field:]… thing           they bind more closely than OR
    thing  = (group) | "phrase"[~slop] | ="exact phrase" | word | =word | pre* | wild?ard | fuzzy[~1]
    field  = a name in `search.schema`, or missing:

A word in capitals that joins nothing, a field without anything after it, and a name before a colon that is no field
are read as words.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from search.query.dates import Days, read_days
from search.query.days import describe_days
from search.query.lexer import MISSING, QUOTES, Token, balanced, tokens
from search.query.simplify import simplify
from search.query.terms import joined, phrase_terms, word_terms
from search.query.tree import About, And, Everything, Missing, Node, Not, Or, Phrase, Published, Term
from search.results import Note
from search.schema import BY_NAME, FACETS
from search.settings import Settings

DEEPEST = 50  # levels of parentheses, whatever the settings say: engines walk the tree by recursion
INVISIBLE = re.compile("[\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
QUESTION = re.compile(rf"(\S\s.*[^\s?*(){QUOTES}])\?+\s*", re.DOTALL)
UNKNOWN_FIELD = re.compile(r"([^\W\d_]{2,}):(?=\w|\Z)")
YEAR = re.compile(r"\d{4}")
WAYS = "2019, 2019-11, 2019-11-18, 2018..2019, or words between quotation marks, such as “last month”"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query's tree, simplified, and notes on limits that bit, on how dates were read, and on odd syntax."""

    tree: Node
    notes: tuple[Note, ...] = ()


def parse(text: str, settings: Settings, today: date | None = None) -> Parsed:
    """The tree that a reader's text asks for; empty text asks for Everything. Dates in words are seen from `today`."""
    notes: list[Note] = []
    text = _without_question_mark(_cut(text, settings.query_characters, notes), notes)
    depth = min(settings.query_depth, DEEPEST)
    groups = balanced(tokens(text), text, depth)
    reader = _Reader(groups.tokens, text, settings, today or date.today(), notes)  # noqa: DTZ011  the reader's calendar
    tree = reader.group(None)
    notes += [Note("limit", f"“{_short(group)}” is nested more than {depth} parentheses deep and was left out (setting "
                            "query_depth).") for group in groups.left_out[:1]]
    if reader.left_out:
        notes.append(Note("limit", f"Only the first {settings.query_terms} words are searched (setting query_terms); "
                                   f"left out: “{_short(' '.join(reader.left_out))}”."))
    if not groups.paired:
        notes.append(Note("syntax", "A parenthesis has no partner; the others were read."))
    if tree is None and text.strip("* \t\n") and not groups.left_out:
        notes.append(Note("syntax", f"“{_short(text)}” holds no word that can be searched, so every article is shown."))
    return Parsed(simplify(tree or Everything()), tuple(dict.fromkeys(notes)))


def _cut(text: str, limit: int, notes: list[Note]) -> str:
    """At most `limit` characters of the text, cut between words where it has any; what is not visible as a space."""
    kept = text[:limit]
    if len(text) > limit and not text[limit].isspace():
        kept = kept[:max(kept.rfind(" "), 0)] or kept
    left_out = INVISIBLE.sub(" ", text[len(kept):len(kept) + 200]).strip()
    if left_out:
        notes.append(Note("limit", f"Only the first {limit:,} characters are read (setting query_characters); left out: "
                                   f"“{_short(left_out)}”."))
    return INVISIBLE.sub(" ", kept).strip()


def _without_question_mark(text: str, notes: list[Note]) -> str:
    """A query of several words that ends in ? is a question; its last word is no pattern."""
    found = QUESTION.fullmatch(text)
    if not found:
        return text
    notes.append(Note("syntax", "The ? at the end is read as a question mark, and not as one more letter."))
    return found[1]


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rstrip() + "…"


class _Reader:
    """Reads tokens from left to right by recursive descent; the tokens' parentheses pair up and are not too deep."""

    def __init__(self, given: tuple[Token, ...], text: str, settings: Settings, today: date, notes: list[Note]) -> None:
        self.left_out: list[str] = []
        self._tokens, self._text, self._today, self._notes = given, text, today, notes
        self._at = 0
        self._terms = settings.query_terms

    def group(self, field: str | None) -> Node | None:
        """What stands here up to the closing parenthesis; None if nothing in it can be searched."""
        sides: list[list[Node]] = [[]]
        begun = side_by_side = False
        joining = True
        while self._kind() not in ("close", None):
            if self._kind() in ("and", "or"):
                operator = self._operator(begun)
                joining = operator is not None
                if operator == "or":
                    sides.append([])
                if joining or not begun:
                    begun = begun or operator is None
                    sides[-1] += self._spoken if operator is None else []
                continue
            node = self._item(field)
            side_by_side |= not joining
            begun, joining = True, False
            if node is not None:
                sides[-1].append(node)
        full = [And(tuple(side)) for side in sides if side]
        return Or(tuple(full)) if full else None
