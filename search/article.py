"""The record that everything else is made from: what a page said, cleaned, and when it said it.

A `Capture` is the bytes as they were got. An `Article` is the clean record read from a capture or given by an import.
Both are frozen, refuse to exist when they contradict themselves, and go to JSON and back without loss.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Literal, Self

from search.errors import InvalidRecord

Json = Any  # what json.loads returns: None, bool, int, float, str, list or dict of these
Precision = Literal["year", "month", "day", "minute"]
PartKind = Literal["title", "caption", "dateline", "paragraph", "credit"]

PART_BREAK = "\n\n"
OUTLET_LENGTH = 60  # characters of an id that name the outlet
ID = re.compile(r"[a-z0-9][a-z0-9._~:-]{0,199}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
UNSTORABLE = re.compile("[\\0\ud800-\udfff]")
ISO_MOMENT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)?)?)?)?")
PRECISION: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


def canonical_json(value: Json) -> str:
    """`value` as the one JSON text that equal values share: sorted keys, no spaces, no escapes for letters."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(data: bytes | str) -> str:
    """The SHA-256 of bytes, or of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).hexdigest()


def slug(text: str) -> str:
    """`text` in lower-case Latin letters, digits and hyphens; a short hash where none of it is Latin."""
    return _latin(text) or sha256(text)[:12]


def _latin(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared, how that is known, and how sure it is.

    `value` is ISO 8601 cut to what is known: "2019", "2019-11", "2019-11-18" or "2019-11-18T19:24+03:00". Where it is
    None, `earliest` and `latest` are days that bound it, inclusive, as far as anything bounds it. `method` names where
    the date was found ("json-ld", "byline", "file", …); `confidence` is a probability.
    """

    value: str | None = None
    method: str = "unknown"
    confidence: float = 0.0
    earliest: date | None = None
    latest: date | None = None

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise InvalidRecord(f"confidence {self.confidence} is no probability; give a number from 0 to 1")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise InvalidRecord(f"published no earlier than {self.earliest} and no later than {self.latest}; "
                                "swap or drop one of the bounds")
        if self.value is not None:
            if not ISO_MOMENT.fullmatch(self.value):
                raise InvalidRecord(f"{self.value!r} is no date; "
                                    "write 2019, 2019-11, 2019-11-18 or 2019-11-18T19:24+03:00")
            self._start()

    def _start(self) -> datetime:
        match = ISO_MOMENT.fullmatch(self.value or "")
        if match is None:
            raise InvalidRecord("an unknown date has no start; ask `value` first")
        year, month, day, hour, minute, offset = match.groups()
        try:
            return datetime.fromisoformat(f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}"
                                          f"{(offset or '').replace('Z', '+00:00')}")
        except ValueError as error:
            raise InvalidRecord(f"{self.value!r} is not in the calendar ({error}); "
                                "correct it or leave it out") from error

    @property
    def precision(self) -> Precision | None:
        """How much of the date is known; None for an unknown date."""
        return PRECISION.get(len(self.value), "minute") if self.value else None

    @property
    def day(self) -> date | None:
        """The first day that the date can mean, in the outlet's own time zone; None for an unknown date."""
        return self._start().date() if self.value else None

    @property
    def span(self) -> tuple[date, date] | None:
        """The days that the date covers, half-open; None for an unknown date."""
        first = self.day
        if first is None:
            return None
        if self.precision == "year":
            return first, _first_of_year(first.year + 1)
        if self.precision == "month":
            return first, _first_of_year(first.year + 1) if first.month == 12 else first.replace(month=first.month + 1)
        return first, first + timedelta(days=1) if first < date.max else first

    @property
    def moment(self) -> int | None:
        """Minutes since the year 1, in UTC where the offset is known: the key of sorting by date."""
        if not self.value:
            return None
        start = self._start()
        offset = (start.utcoffset() or timedelta()) // timedelta(minutes=1)
        return (start.toordinal() - 1) * 24 * 60 + start.hour * 60 + start.minute - offset

    def to_json(self) -> dict[str, Json]:
        """A JSON object with every field."""
        return {"value": self.value, "method": self.method, "confidence": self.confidence,
                "earliest": self.earliest and self.earliest.isoformat(),
                "latest": self.latest and self.latest.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Self:
        """The inverse of `to_json`. Raises InvalidRecord."""
        return cls(data["value"], data["method"], data["confidence"],
                   *(date.fromisoformat(data[bound]) if data[bound] else None for bound in ("earliest", "latest")))


def _first_of_year(year: int) -> date:
    return date(year, 1, 1) if year <= date.max.year else date.max


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as they were got: from an address, or from a file. Kept for ever."""

    body: bytes
    media_type: str
    fetched: datetime
    url: str | None = None
    origin: str | None = None

    def __post_init__(self) -> None:
        if self.fetched.tzinfo is None:
            raise InvalidRecord("a capture's time has no time zone; give one, such as UTC")

    @property
    def id(self) -> str:
        """The SHA-256 of what was got from where: the same bytes from the same place are one capture."""
        return sha256("\n".join((self.url or self.origin or "", self.media_type, sha256(self.body))))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of `Article.text` and what it is. `end` is exclusive; both count code points."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """One article, clean. Text fields are plain text, never markup.

    `id` is stable: see `article_id`. `paragraphs` is the body. `extra` holds whatever an import brought that has no
    field here. `capture` is the id of the capture it was read from, `extractor` what read it. Equal content has an
    equal `content_hash`, whatever capture it came from.
    """

    id: str
    source: str
    title: str
    paragraphs: tuple[str, ...]
    url: str | None = None
    captions: tuple[str, ...] = ()
    dateline: str | None = None
    credit: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str = "und"
    published: Published = field(default_factory=Published)
    extra: Mapping[str, Json] = field(default_factory=dict)
    capture: str | None = None
    extractor: str = "given"

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            raise InvalidRecord(f"{self.id!r} cannot be an article's id; make it with article_id()")
        if not self.source.strip():
            raise InvalidRecord("the article has no outlet; name one with --source")
        if not self.title.strip() and not self.paragraphs:
            raise InvalidRecord("the article has neither a title nor a body; check what was imported")
        if any(not text.strip() for text in (*self.paragraphs, *self.captions, *self.authors)):
            raise InvalidRecord("a paragraph, caption or author is blank; leave it out")
        if any(UNSTORABLE.search(text) for text in (self.text, *self._beside())):
            raise InvalidRecord("the text holds half a character or a null byte; decode it with the right charset")
        if not LANGUAGE.fullmatch(self.language):
            raise InvalidRecord(f"{self.language!r} is no language code; use two or three letters, 'und' for unknown")

    def _beside(self) -> Iterator[str]:
        """What is stored beside the text."""
        yield from (self.source, self.url or "", self.section or "", self.extractor, *self.authors)
        try:
            yield canonical_json(dict(self.extra)) if self.extra else ""
        except (TypeError, ValueError) as error:
            raise InvalidRecord(f"`extra` cannot be stored as JSON ({error}); leave such values out") from error

    def _pieces(self) -> Iterator[tuple[PartKind, str]]:
        yield "title", self.title
        yield from (("caption", caption) for caption in self.captions)
        if self.dateline:
            yield "dateline", self.dateline
        yield from (("paragraph", paragraph) for paragraph in self.paragraphs)
        if self.credit:
            yield "credit", self.credit

    @cached_property
    def text(self) -> str:
        """Everything the article says, title first, parts joined by a blank line. Offsets of findings are into this."""
        return PART_BREAK.join(text for _, text in self._pieces())

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Where each part stands in `text`."""
        parts, start = [], 0
        for kind, text in self._pieces():
            parts.append(Part(kind, start, start + len(text)))
            start += len(text) + len(PART_BREAK)
        return tuple(parts)

    @property
    def body_start(self) -> int:
        """Where the title ends and the rest of `text` begins."""
        return min(len(self.title) + len(PART_BREAK), len(self.text))

    @cached_property
    def content_hash(self) -> str:
        """The SHA-256 of all that a reader would see; where it came from does not count."""
        seen = self.to_json()
        for provenance in ("id", "capture", "extractor"):
            del seen[provenance]
        seen["published"] = self.published.value  # its bounds follow from when it was captured
        return sha256(canonical_json(seen))

    def to_json(self) -> dict[str, Json]:
        """A JSON object with every field."""
        data = {f.name: getattr(self, f.name) for f in fields(self)}
        for name in ("paragraphs", "captions", "authors"):
            data[name] = list(data[name])
        return data | {"published": self.published.to_json(), "extra": dict(self.extra)}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Self:
        """The inverse of `to_json`. Raises InvalidRecord."""
        try:
            lists = {name: tuple(data[name]) for name in ("paragraphs", "captions", "authors")}
            return cls(**{**data, **lists, "published": Published.from_json(data["published"])})
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidRecord(f"this is no article record ({error}); was it written by Dateline?") from error


def article_id(source: str, *, number: str | None = None, url: str | None = None, content: str = "") -> str:
    """The stable id of an article: its outlet, then the outlet's own number, else its canonical URL, else its content.

    `number` is what the outlet calls it; `content` decides only where both others are unknown. A number stands in the
    id as it is, or, where its letters cannot, as a hash: no two numbers make one id.
    """
    outlet = _outlet(source)
    if number:
        local = slug(number)
        return f"{outlet}:{local if local == number and len(local) <= 120 else sha256(number)[:20]}"
    return f"{outlet}:{'u' if url else 't'}-{sha256(url or content)[:20]}"


def _outlet(source: str) -> str:
    """An outlet's slug, with a hash of its name behind it where letters or digits of the name are not in the slug."""
    plain = slug(source)
    lost = any(sign.isalnum() and not sign.isascii() for sign in unicodedata.normalize("NFKD", source))
    if _latin(source) and (lost or len(plain) > OUTLET_LENGTH):
        return f"{plain[:OUTLET_LENGTH - 9]}-{sha256(source)[:8]}"
    return plain
