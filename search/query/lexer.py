"""From a query's text to tokens whose parentheses pair up.

    person:(allaq OR "abu bakr"~2) -syria  ──►  field open word or phrase close minus word

No character is an error: what belongs to no token is passed over. Time is linear in the text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from search.schema import BY_NAME

MISSING = "missing"  # missing:person asks for articles without a person; it is no field of the index
FIELDS = frozenset({*BY_NAME, MISSING})

Kind = Literal["word", "phrase", "field", "minus", "not", "and", "or", "open", "close"]

QUOTES = '"“”„«»'
HEBREW = '(?<=[א-ת])"(?=[א-ת])'  # as in צה"ל, where the mark is part of the word
TOKEN = re.compile(rf"""
      (?P<open>\() | (?P<close>\))
    | (?P<operator>(?<![^\s(){QUOTES}]) (?:AND|OR|NOT) (?![^\s(){QUOTES}]))
    | (?P<minus>(?<![^\s(:-]) -(?=[^\s)]))
    | (?P<field>(?i:{"|".join(sorted(FIELDS))}):)
    | (?P<phrase>=?(?: ["“”„](?P<english>(?:{HEBREW}|[^"“”„])*)["“”„]
                     | «(?P<french>[^«»]*)» | »(?P<danish>[^«»]*)« )(?:~(?P<slop>\d*))?)
    | (?P<unclosed>(?<!\w)=?[{QUOTES}](?=\w).*)
    | (?P<word>(?:[^\s(){QUOTES}]|{HEBREW})+)
    """, re.VERBOSE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: of a phrase, `text` is what stands between the marks; `start` and `end` count characters.

    `exact` says that a word or phrase had a = before it; `slop` is the figure after a phrase's ~, "" if there was none
    after it, None without ~. `closed` is False for a phrase that runs to the end for want of a closing mark.
    """

    kind: Kind
    text: str
    start: int
    end: int
    exact: bool = False
    slop: str | None = None
    closed: bool = True


class Groups(NamedTuple):
    """Tokens with every parenthesis paired, and what was done to them: groups left out as too deep, and whether a
    parenthesis lacked its partner.
    """

    tokens: tuple[Token, ...]
    left_out: tuple[str, ...]
    paired: bool


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a query, in order."""
    return tuple(_token(match) for match in TOKEN.finditer(text))


def _token(match: re.Match[str]) -> Token:
    start, end, raw = match.start(), match.end(), match.group()
    exact = raw.startswith("=")
    match match.lastgroup:
        case "open" | "close" | "minus" as kind:
            return Token(kind, raw, start, end)
        case "operator":
            operators: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}
            return Token(operators[raw], raw, start, end)
        case "field":
            return Token("field", raw[:-1].casefold(), start, end)
        case "phrase":
            inner = match["english"] or match["french"] or match["danish"] or ""
            return Token("phrase", inner, start, end, exact, match["slop"])
        case "unclosed":
            return Token("phrase", raw.lstrip("=" + QUOTES), start, end, exact, closed=False)
        case _:
            return Token("word", raw.lstrip("=") if exact else raw, start, end, exact)


def balanced(given: Iterable[Token], text: str, depth: int) -> Groups:
    """Tokens in which every "open" has its "close" and none is more than `depth` deep.

    A second pair right around a group, as in ((a b)), is no level. Of a group that is too deep only its pair is left.
    """
    rest, partner, paired = _paired(given, len(text))
    doubled = {i + 1 for i, close in partner.items() if partner.get(i + 1) == close - 1}
    doubled |= {partner[i] for i in doubled}
    kept: list[Token] = []
    left_out: list[str] = []
    level = i = 0
    while i < len(rest):
        token = rest[i]
        if token.kind == "open" and level == depth and i not in doubled:
            close = rest[partner[i]]
            left_out.append(text[token.start:close.end])
            kept += token, close
            i = partner[i]
        elif i not in doubled:
            level += {"open": 1, "close": -1}.get(token.kind, 0)
            kept.append(token)
        i += 1
    return Groups(tuple(kept), tuple(left_out), paired)


def _paired(given: Iterable[Token], end: int) -> tuple[list[Token], dict[int, int], bool]:
    """The tokens without stray "close" and with those that were missing, and for each "open" where its "close" is."""
    rest: list[Token] = []
    partner: dict[int, int] = {}
    waiting: list[int] = []
    stray = False
    for token in given:
        if token.kind == "close":
            if not waiting:
                stray = True
                continue
            partner[waiting.pop()] = len(rest)
        elif token.kind == "open":
            waiting.append(len(rest))
        rest.append(token)
    paired = not stray and not waiting
    while waiting:
        partner[waiting.pop()] = len(rest)
        rest.append(Token("close", "", end, end))
    return rest, partner, paired
