"""Numbers, dates, languages and provenance in words, as the pages say them."""

import unicodedata
from datetime import UTC, datetime
from typing import Literal

from search.article import ISO_MOMENT, Published
from search.query.languages import language_name
from search.schema import BY_NAME

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")


METHODS = {
    "json-ld": "from JSON-LD", "meta": "from the page’s metadata", "byline": "from the byline",
    "url": "from the address", "time": "from a time element", "text": "from the text", "given": "as given",
    "modified": "when it was last changed", "unknown": "from an unknown place",
}

BEGAN, CAPTURED = ", when the outlet began,", ", when it was captured"  # why an unknown date is bounded


def direction(text: str) -> Literal["ltr", "rtl"]:
    """Where a text begins, by its first letter that has a direction."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return "rtl" if next((way for way in ways if way in ("L", "R", "AL")), "L") != "L" else "ltr"


def number(value: int) -> str:
    """1234 as 1,234."""
    return f"{value:,}"


def counted(value: int, one: str, many: str | None = None) -> str:
    """A number and its noun: "1 article", "2,310 articles"."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def sentence(words: str) -> str:
    """Words with a capital letter at their beginning."""
    return words[:1].upper() + words[1:]


def iso_words(value: str) -> str:
    """An ISO date, cut to what is known, in words: "18 November 2019, 19:24 (+03:00)". Anything else stays as it is."""
    if not ISO_MOMENT.fullmatch(value):
        return value
    date_, _, clock = value.partition("T")
    year, month, day = (*(int(part) for part in date_.split("-")), 0, 0)[:3]
    if month > len(MONTHS):
        return value
    words = " ".join(part for part in (str(day or ""), MONTHS[month - 1] if month else "", str(year)) if part)
    if not clock:
        return words
    zone = "UTC" if clock[5:] in ("Z", "+00:00") else clock[5:]
    return f"{words}, {clock[:5]}" + (f" ({zone})" if zone else "")


def moment(value: datetime) -> str:
    """A time in UTC: "20 November 2026, 14:02 UTC"."""
    utc = value.astimezone(UTC)
    return f"{iso_words(utc.date().isoformat())}, {utc:%H:%M} UTC"


def published_words(published: Published) -> str:
    """When an article appeared, as far as it is known: a date, or what bounds it and why."""
    if published.value:
        return iso_words(published.value)
    began, captured = (BEGAN, CAPTURED) if published.method == "bounds" else ("", "")
    bounds = [f"{limit} {iso_words(day.isoformat())}{reason}" for limit, day, reason in (
        ("no earlier than", published.earliest, began), ("no later than", published.latest, captured)) if day]
    return f"date unknown: {' and '.join(bounds)}".rstrip(",") if bounds else "date unknown"


def provenance(published: Published) -> str:
    """Where a date of publication was found: "from JSON-LD"; empty for an unknown date."""
    if not published.value:
        return ""
    doubt = ", unsure" if published.confidence < 0.5 else ""
    return METHODS.get(published.method, f"from {published.method}") + doubt


def sureness(published: Published) -> str:
    """The same at length, for a tooltip."""
    if not published.value:
        return "No date of publication was found"
    known = "to the minute" if published.precision == "minute" else f"to the {published.precision}"
    return f"Known {known}, {provenance(published)}; confidence {published.confidence:.0%}"


def value_words(field: str, value: str) -> str:
    """A facet's value as the page shows it."""
    if field == "lang":
        return language_name(value) or value
    return iso_words(value) if BY_NAME[field].kind == "date" else value


def nothing_words(field: str) -> str:
    """The bucket of articles that have no value in a field."""
    return {"published": "undated", "about": "no date", "lang": "unknown"}.get(field, "none")
