"""A row of JSONL → the article that it gives.

Keys: id, title, text (or paragraphs), date, source, url, author (or authors), dateline, credit, captions, section,
language. What else a row holds is kept in the article's `extra`, and so is what of its text is the site's and not the
article's, under `left_out`.
"""

import json
import re
from datetime import date, timedelta
from typing import Any

from scrapers import dating, moments
from scrapers.clean import tidy, without_furniture
from scrapers.language import language_of
from scrapers.outlets import Outlet, by_host, generic, host_of
from scrapers.page import canonical
from search.article import PART_BREAK, Article, Published, article_id, canonical_json, slug
from search.errors import ImportRefused, InvalidRecord

KNOWN = frozenset(("id", "title", "text", "paragraphs", "date", "source", "url", "author", "authors", "dateline",
                   "credit", "captions", "section", "language"))
BLANK_LINE = re.compile(r"\n\s*\n")


def article_of_row(line: str, latest: date, fallback: str | None = None) -> Article:
    """The article in a line of JSON that existed on the day `latest`. Raises ImportRefused.

    `fallback` names the outlet where the row does not.
    """
    try:
        row = json.loads(line, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise ImportRefused(f"the line is no JSON ({error}); mend it or cut it out") from error
    if not isinstance(row, dict):
        raise ImportRefused("the line is no JSON object; write one object with title and text to a line")
    try:
        article = _article(row, latest, fallback)
        canonical_json(article.to_json()).encode()
    except InvalidRecord as error:
        raise ImportRefused(str(error)) from error
    except (UnicodeEncodeError, RecursionError) as error:
        raise ImportRefused("the row holds half a character or nests too deep; write it anew") from error
    return article


def _article(row: dict[str, Any], latest: date, fallback: str | None) -> Article:
    url = canonical(_text(row, "url")) if row.get("url") else None
    outlet = _outlet(row, url, fallback)
    title, paragraphs = tidy(_text(row, "title")), _paragraphs(row)
    if not paragraphs:
        raise ImportRefused("the row has no text; give the article in `text`")
    content = PART_BREAK.join((title, *paragraphs))  # as given, so that an id made of it outlives better cleaning
    paragraphs, left_out = without_furniture(paragraphs, title, outlet)
    number = _text(row, "id") or None
    published, misread = _published(row, latest, outlet)
    extra = {key: value for key, value in row.items() if key not in KNOWN}
    extra |= {"date": row["date"]} if misread else {}
    extra |= {"url": row["url"]} if row.get("url") and url is None else {}
    extra |= {"id": number} if number and slug(number) != number else {}
    extra |= {"left_out": list(left_out)} if left_out else {}
    return Article(
        id=article_id(outlet.name, number=number or outlet.article_id(url), url=url,
                      content=PART_BREAK.join((published.value or "", content))),
        source=outlet.name, title=title, paragraphs=paragraphs, url=url, captions=_list(row, "captions"),
        dateline=tidy(_text(row, "dateline")).rstrip(" -–—") or None, credit=tidy(_text(row, "credit")) or None,
        authors=_authors(row), section=tidy(_text(row, "section")) or None, published=published, extra=extra,
        language=language_of(content, _text(row, "language") or outlet.language or ""))


def _outlet(row: dict[str, Any], url: str | None, fallback: str | None) -> Outlet:
    name = tidy(_text(row, "source"))
    known = by_host(url)
    if name or not known:
        name = name or fallback or host_of(url or "")
        if not name:
            raise ImportRefused("the row names no outlet; give `source`, or name one with --source")
        return generic(name)
    return known


def _published(row: dict[str, Any], latest: date, outlet: Outlet) -> tuple[Published, bool]:
    """When the row says the article appeared, and whether it says something that cannot be."""
    given = _text(row, "date").strip()
    moment = moments.read(given, zone=outlet.time_zone) if given else None
    if moment and moments.day_of(moment) <= latest + timedelta(days=1):
        return Published(moment, "given", 0.99), False
    return dating.unknown_date(latest, outlet), bool(given)


def _paragraphs(row: dict[str, Any]) -> tuple[str, ...]:
    """The body: paragraphs are parted by blank lines, or, where there are none, by line ends."""
    if row.get("paragraphs"):
        return _list(row, "paragraphs")
    text = _text(row, "text").replace("\r\n", "\n").replace("\r", "\n").strip()
    pieces = BLANK_LINE.split(text) if BLANK_LINE.search(text) else text.split("\n")
    return tuple(tidied for piece in pieces if (tidied := tidy(piece)))


def _authors(row: dict[str, Any]) -> tuple[str, ...]:
    if row.get("authors"):
        return _list(row, "authors")
    names = (re.sub(r"^by:? +", "", tidy(name), flags=re.IGNORECASE) for name in _text(row, "author").split(";"))
    return tuple(dict.fromkeys(name for name in names if name))


def _text(row: dict[str, Any], key: str) -> str:
    """A text of the row; empty where there is none. A number is taken as its digits."""
    value = row.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ImportRefused(f"`{key}` is of type {type(value).__name__}; write it as a text")
    return str(value)


def _list(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ImportRefused(f"`{key}` is no list of texts; write it as one")
    return tuple(tidied for each in value if (tidied := tidy(each)))
