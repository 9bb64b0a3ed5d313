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
from typing import Literal

from search.query.dates import Days, more_exact, read_days
from search.query.days import describe_days
from search.query.fields import fields_meant
from search.query.languages import language_code
from search.query.lexer import MISSING, Kind, Token, balanced, tokens
from search.query.simplify import simplify
from search.query.terms import joined, phrase_terms, shown, word_terms
from search.query.tree import About, And, Everything, Missing, Node, Not, Or, Phrase, Published, Term
from search.query.typed import cut, short, without_question_mark
from search.results import Note
from search.schema import FACETS
from search.settings import Settings

DEEPEST = 50  # levels of parentheses, whatever the settings say: engines walk the tree by recursion
LANGUAGE = re.compile(r"[a-z]{2,3}|.*[*?~].*", re.IGNORECASE)  # a code, or a pattern of codes
UNKNOWN_FIELD = re.compile(r"([^\W\d_]{2,}):(?=\w|\Z)")
DATED: dict[str | None, type[Published | About]] = {"published": Published, "about": About}
WAYS = "2019, 2019-11, 2019-11-18, 2018..2019, or words between quotation marks, such as “last month”"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query's tree, simplified, and notes on limits that bit, on how dates were read, and on odd syntax."""

    tree: Node
    notes: tuple[Note, ...] = ()


def parse(text: str, settings: Settings, today: date | None = None) -> Parsed:
    """The tree that a reader's text asks for; empty text asks for Everything. Dates in words are seen from `today`."""
    notes: list[Note] = []
    text = without_question_mark(cut(text, settings.query_characters, notes), notes)
    depth = min(settings.query_depth, DEEPEST)
    groups = balanced(tokens(text), text, depth)
    reader = _Reader(groups.tokens, text, settings, today or date.today(), notes)  # noqa: DTZ011  the reader's calendar
    tree = reader.group(None)
    if groups.left_out:
        notes.append(Note("limit", f"Parentheses are read {depth} deep (setting query_depth); left out: "
                                   f"“{short(' '.join(groups.left_out))}”."))
    if reader.left_out:
        notes.append(Note("limit", f"Only the first {settings.query_terms} words are searched (setting query_terms); "
                                   f"left out: “{short(' '.join(reader.left_out))}”."))
    if not groups.paired:
        notes.append(Note("syntax", "A parenthesis has no partner; the others were read."))
    if tree is None and text.strip("* \t\n") and not groups.left_out:
        notes.append(Note("syntax", f"“{short(text)}” holds no word that can be searched, so every article is shown."))
    return Parsed(simplify(tree or Everything()), tuple(dict.fromkeys(notes)))


class _Reader:
    """Reads tokens from left to right by recursive descent; the tokens' parentheses pair up and are not too deep."""

    def __init__(self, given: tuple[Token, ...], text: str, settings: Settings, today: date, notes: list[Note]) -> None:
        self.left_out: list[str] = []
        self._tokens, self._text, self._today, self._notes = given, text, today, notes
        self._at = 0
        self._terms = settings.query_terms

    def group(self, field: str | None) -> Node | None:
        """What stands here up to the closing parenthesis; None if nothing in it can be searched."""
        sides: list[list[Node | None]] = [[]]
        after_item = side_by_side = False
        while self._kind() not in ("close", None):
            if self._kind() in ("and", "or"):
                run = [self._next()]
                while self._kind() in ("and", "or"):
                    run.append(self._next())
                if after_item and self._begins_item():
                    sides += [[]] if run[0].kind == "or" else []
                    after_item = False
                    continue
                sides[-1] += [self._as_word(token) for token in run]
            else:
                side_by_side |= after_item
                sides[-1].append(self._item(field))
            after_item = True
        if len(sides) > 1 and side_by_side:
            self._tell("syntax", "Words side by side belong together before OR divides them; parentheses around the "
                                 "words that OR joins change that.")
        found = [And(tuple(present)) for side in sides if (present := [node for node in side if node is not None])]
        return Or(tuple(found)) if found else None

    def _kind(self) -> Kind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _begins_item(self) -> bool:
        return self._kind() not in ("and", "or", "close", None)

    def _item(self, field: str | None) -> Node | None:
        negative = False
        while self._kind() in ("not", "minus", "field"):
            token = self._next()
            if not self._begins_item():
                return None if token.kind == "minus" else self._as_word(token)
            if token.kind == "field":
                field = token.text
            else:
                negative = not negative
        node = self._thing(field)
        return Not(node) if negative and node is not None else node

    def _thing(self, field: str | None) -> Node | None:
        token = self._next()
        if token.kind == "open":
            inner = self._dated_group(token, field) or self.group(field)
            self._at += 1
            return inner
        if field in DATED:
            return self._dated(token, DATED[field])
        if field == MISSING:
            return self._missing(token)
        return self._searched(token, field)

    def _as_word(self, token: Token) -> Node | None:
        """An operator without anything to join, or a field without anything after it."""
        lack = "has nothing after it" if token.kind == "field" else "joins nothing here"
        self._tell("syntax", f"“{self._text[token.start:token.end]}” {lack} and is read as a word.")
        return self._searched(replace(token, kind="word"), None)

    def _searched(self, token: Token, field: str | None) -> Node | None:
        """A word or phrase in a field."""
        if field in FACETS and token.text and not token.text.strip("*"):
            return Not(Missing(field)) if self._room(f"{field}:*") else None
        if field == "lang":
            token = self._language(token)
        if token.kind == "phrase":
            terms = phrase_terms(token.text, token.slop, field, token.exact, self._notes)
            if not token.closed:
                self._tell("syntax", "A quotation mark is never closed, so the phrase is read to the end.")
        else:
            terms = word_terms(token.text, field, token.exact, self._notes)
            self._check_word(token)
        kept = [term for term in map(self._taken, terms) if term is not None]
        if field == "was":
            return And(tuple(And((term, Not(replace(term, field=None)))) for term in kept)) if kept else None
        return And(tuple(kept)) if kept else None

    def _language(self, token: Token) -> Token:
        """A language by its code: lang:Arabic is lang:ar."""
        code = language_code(token.text)
        if code is None and token.text and not LANGUAGE.fullmatch(token.text):
            self._tell("syntax", f"“{short(token.text)}” is no language that is known; write its code, as in lang:fr.")
        return token if code is None else replace(token, text=code)

    def _check_word(self, token: Token) -> None:
        """Notes on a word that looks like a field or an operator."""
        found = UNKNOWN_FIELD.match(token.text)
        if found and (found.end() < len(token.text) or self._text[token.end:token.end + 1].strip()):
            meant = " or ".join(f"{name}:" for name in fields_meant(found[1]))
            self._tell("syntax", f"There is no field “{found[1]}:”, so it is read as a word"
                                 f"{f'; perhaps {meant} is meant' if meant else ''}.")
        if token.text == "or" and not token.exact and self._stands_between(token):
            self._tell("syntax", "“or” is searched as a word; write OR in capitals for either.")

    def _stands_between(self, token: Token) -> bool:
        """Whether a token that was just read has something to search on both sides."""
        before = self._tokens[self._at - 2].kind if self._at > 1 else None
        return (self._tokens[self._at - 1] is token and before in ("word", "phrase", "close")
                and self._begins_item())

    def _missing(self, token: Token) -> Node | None:
        name = token.text.strip().casefold()
        if name not in FACETS:
            self._tell("syntax", f"After “missing:” stands one of {', '.join(FACETS)}; “{short(token.text)}” is "
                                 "searched as text.")
            return self._searched(token, None)
        return Missing(name) if self._room(name) else None

    def _dated_group(self, token: Token, field: str | None) -> Node | None:
        """A group that as a whole is a date, as in about:(last month); it leaves the closing parenthesis."""
        end = self._at
        while field in DATED and end < len(self._tokens) and self._tokens[end].kind == "word":
            end += 1
        if end - self._at < 2 or self._tokens[end].kind != "close" or self._terms <= 0:
            return None
        text = self._text[token.end:self._tokens[end].start]
        days = read_days(text, self._today)
        if days is None:
            return None
        self._at = end
        return self._days(days, text, DATED[field])

    def _dated(self, token: Token, kind: type[Published | About]) -> Node | None:
        """A date, with the words and marks after it as far as they are part of it: published:18 November 2019."""
        if self._terms <= 0:
            self._room(token.text)
            return None
        texts, best, size = [token.text], read_days(token.text, self._today), 0
        for n, following in enumerate(self._tokens[self._at:self._at + 3], 1):
            glued = following.start == self._tokens[self._at + n - 2].end
            if following.kind not in ("word", "phrase") or not (glued or token.kind == following.kind == "word"):
                break
            texts.append(following.text)
            days = read_days(" ".join(texts), self._today)
            if days and (best is None or glued or more_exact(days, best, following.text)):
                best, size = days, n
        if best is None:
            self._tell("date", f"“{short(token.text)}” cannot be read as a date and is searched as text. Dates are "
                               f"{WAYS}.")
            return self._searched(token, None)
        self._at += size
        return self._days(best, " ".join(texts[:size + 1]), kind)

    def _days(self, days: Days, text: str, kind: type[Published | About]) -> Node | None:
        reading = describe_days(days.begin, days.until)
        if days.spelled and reading.casefold() != text.casefold():
            remark = f"; {days.remark}" if days.remark else ""
            self._tell("date", f"“{short(text)}” is read as {reading}{remark}.")
        return kind(days.begin, days.until) if self._room(text) else None

    def _taken(self, term: Term) -> Term | None:
        """The term as far as there is room for its words."""
        if not isinstance(term, Phrase):
            return term if self._room(shown(term)) else None
        kept = [word for word in term.words if self._room(word)]
        cut = joined(kept, term.slop, term.exact, term.field)
        return cut[0] if cut else None

    def _room(self, text: str) -> bool:
        self._terms -= 1
        if self._terms < 0:
            self.left_out.append(text)
        return self._terms >= 0

    def _tell(self, kind: Literal["date", "syntax"], text: str) -> None:
        self._notes.append(Note(kind, text))
