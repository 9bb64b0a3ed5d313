"""Lines of a page or a text dump → the parts of an article: title, captions, dateline, body, credit.

What is left out is listed in `dropped`; nothing else in the text is repaired but its white space.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scrapers.boilerplate import (
    BYLINE,
    CAPTION,
    CREDITS,
    DATE_LINE,
    DATELINES,
    FORM_HEAD,
    HEADLINE,
    SIGN_OFF,
    is_furniture,
    is_unmistakable,
)
from scrapers.outlets import Outlet
from search.errors import ImportRefused

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
TITLE_LIMIT = 300  # characters; a longer first line is a paragraph
HEAD_LINES = 6     # bylines and dates stand among the first lines, or not at all


@dataclass(frozen=True, slots=True)
class Body:
    """An article's parts under its title. `dated` is the text of a line that gives its date; `modified` says that it
    is the day of the last change.
    """

    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    dateline: str | None = None
    credit: str | None = None
    authors: tuple[str, ...] = ()
    dated: str | None = None
    modified: bool = False
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dump:
    """A text dump, read: `section` as its site line names it."""

    title: str
    body: Body
    section: str | None = None


def tidy(text: str) -> str:
    """One line: white space made single, invisible characters gone."""
    return " ".join(text.translate(INVISIBLE).split())


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something, tidy."""
    return [line for line in map(tidy, text.splitlines()) if line]


def dump(lines: Sequence[str], outlet: Outlet | None = None) -> Dump:
    """Read the tidy lines of a text dump. Raises ImportRefused where no line can be the title or nothing follows it."""
    rest = list(lines)
    dropped: list[str] = []
    section = None
    if rest and outlet and any(pattern.fullmatch(rest[0]) for pattern in outlet.site_lines):
        section = outlet.section_of(rest[0])
        dropped.append(rest.pop(0))
    while rest and _is_boilerplate(rest[0], outlet):
        dropped.append(rest.pop(0))
    if not rest:
        raise ImportRefused("the text is blank; nothing in it can be an article")
    title = rest.pop(0)
    if len(title) > TITLE_LIMIT or CAPTION.fullmatch(title):
        raise ImportRefused("the text has no title; put one on its first line")
    found = body(rest, outlet, dropped)
    if not found.paragraphs:
        raise ImportRefused("the text is a title without an article; check whether it was cut short")
    return Dump(title, found, section)


def body(lines: Iterable[str], outlet: Outlet | None = None, dropped: Sequence[str] = ()) -> Body:
    """Sort the tidy lines under a title into the parts of an article. Never raises; all parts may be empty."""
    paragraphs: list[str] = []
    captions: list[str] = []
    authors: tuple[str, ...] = ()
    left_out = list(dropped)
    dated, modified = None, False
    for number, line in enumerate(lines):
        date_line = DATE_LINE.fullmatch(line) if len(line) < 100 else None
        byline = BYLINE.fullmatch(line) if number < HEAD_LINES and len(line) < 100 and not paragraphs else None
        if date_line:
            if dated is None or modified:
                dated, modified = date_line["date"], bool(date_line["modified"])
            left_out.append(line)
        elif byline and not authors:
            authors = split_names(byline["authors"])
            left_out.append(line)
        elif _is_boilerplate(line, outlet):
            left_out.append(line)
        elif len(line) < 400 and CAPTION.fullmatch(line):
            captions.append(line)
        else:
            paragraphs.append(line)
    dateline, agency = _take_dateline(paragraphs)
    sign_off = _take_sign_off(paragraphs, left_out)
    credit = _take_credit(paragraphs, outlet, left_out) or agency or sign_off
    return Body(tuple(paragraphs), tuple(captions), dateline, credit, authors, dated, modified, tuple(left_out))


def without_furniture(paragraphs: Sequence[str], title: str, outlet: Outlet) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Paragraphs that another program found, as they stay and as they are left out: what can be nothing but the site's,
    a first one that is the title, and a comment form to the end. If nothing would stay, everything does.
    """
    end = _comment_form(paragraphs, outlet)
    left_out = {number for number, line in enumerate(paragraphs) if number >= end or _is_the_sites(line, outlet)}
    if title and paragraphs and paragraphs[0] == title:
        left_out.add(0)
    if len(left_out) == len(paragraphs):
        return tuple(paragraphs), ()
    return (tuple(line for number, line in enumerate(paragraphs) if number not in left_out),
            tuple(paragraphs[number] for number in sorted(left_out)))


def _comment_form(paragraphs: Sequence[str], outlet: Outlet) -> int:
    """Where a comment form begins after which no article goes on; the number of paragraphs where none does."""
    for number in range(len(paragraphs) - 1, -1, -1):
        if FORM_HEAD.fullmatch(paragraphs[number]):
            return number
        if not HEADLINE.fullmatch(paragraphs[number]) and not _is_the_sites(paragraphs[number], outlet):
            break
    return len(paragraphs)


def _is_the_sites(line: str, outlet: Outlet) -> bool:
    return is_unmistakable(line) or any(pattern.fullmatch(line) for pattern in outlet.boilerplate)


def split_names(text: str) -> tuple[str, ...]:
    """The names in a byline, "By" left out: "By Ann Lee and Bo Ray" → ("Ann Lee", "Bo Ray")."""
    names = tidy(text).removeprefix("By ").removeprefix("by ").removeprefix("BY ")
    for joint in (" and ", " & ", ";", "|"):
        names = names.replace(joint, ",")
    return tuple(dict.fromkeys(name for name in map(str.strip, names.split(",")) if name))


def _is_boilerplate(line: str, outlet: Outlet | None) -> bool:
    return is_furniture(line) or bool(outlet and any(pattern.fullmatch(line) for pattern in outlet.boilerplate))


def _take_dateline(paragraphs: list[str]) -> tuple[str | None, str | None]:
    """Cut the dateline off the first paragraph: its place, and the agency that it names."""
    for pattern in DATELINES:
        match = pattern.match(paragraphs[0]) if paragraphs else None
        if match:
            paragraphs[0] = paragraphs[0][match.end():]
            return match["place"], match["agency"]
    return None, None


def _take_sign_off(paragraphs: list[str], left_out: list[str]) -> str | None:
    """Take off the end of the body who reported and edited it."""
    match = SIGN_OFF.fullmatch(paragraphs[-1]) if paragraphs else None
    if match:
        left_out.append(paragraphs.pop())
    return match["credit"].strip() if match else None


def _take_credit(paragraphs: list[str], outlet: Outlet | None, left_out: list[str]) -> str | None:
    """Take the closing credit off the end of the body."""
    for pattern in (*(outlet.credits if outlet else ()), *CREDITS):
        match = pattern.fullmatch(paragraphs[-1]) if paragraphs else None
        if match:
            left_out.append(paragraphs.pop())
            return match["credit"].strip()
    return None
