"""What the index holds of an article: the article itself, and everything that was found in it.

All offsets count code points of `Article.text`; `end` is exclusive.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Literal, Self

from search.article import Article, Json
from search.errors import InvalidRecord

DateType = Literal["DATE", "TIME", "DURATION", "SET"]
Granularity = Literal["day", "month", "year", "decade", "other"]
NameType = Literal["PER", "ORG", "LOC"]
CitationKind = Literal["source", "medium", "credit", "publisher"]

CONTRADICTED_RULE = " against its weekday"  # ends the rule of days that the text gives another weekday than they have
SINCE_RULE = "since"  # the rule of mentions that end only because the article was published


def _check_span(start: int, end: int) -> None:
    if not 0 <= start < end:
        raise InvalidRecord(f"a mention from {start} to {end} holds no text; give start < end")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression and what it was read as.

    `type` and `value` are as in TIMEX3. `begin` and `until` are half-open days; None is an open end, and both are None
    where the expression names no calendar days. `basis` is what it was resolved against ("explicit", "published",
    "weekday", "previous", "document", or "none"); `rule` names the rule that read it.
    """

    start: int
    end: int
    type: DateType
    value: str
    begin: date | None = None
    until: date | None = None
    granularity: Granularity = "other"
    confidence: float = 1.0
    basis: str = "none"
    rule: str = ""

    def __post_init__(self) -> None:
        _check_span(self.start, self.end)
        if self.until and (self.begin or date.min) >= self.until:
            raise InvalidRecord(f"dates from {self.begin} until {self.until} hold no day; `until` is exclusive")

    @property
    def indexed(self) -> bool:
        """Whether `about:` finds it: it names calendar days, and not only how long or how often."""
        return self.type in ("DATE", "TIME") and (self.begin or self.until) is not None

    @property
    def ongoing(self) -> bool:
        """Whether it names only the beginning of a time that goes on: "since last month"."""
        return self.begin is not None and (self.until is None or self.rule == SINCE_RULE)

    @property
    def contradicted(self) -> bool:
        """Whether the text gives the day another weekday than it has."""
        return self.rule.endswith(CONTRADICTED_RULE)


@dataclass(frozen=True, slots=True)
class NameMention:
    """A person, organisation or place, and the `name` under which the article's mentions of it are counted."""

    start: int
    end: int
    type: NameType
    name: str

    def __post_init__(self) -> None:
        _check_span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Citation:
    """Somebody whom the text cites as its source. `name` is None for an unnamed source ("Turkish officials")."""

    start: int
    end: int
    kind: CitationKind
    name: str | None

    def __post_init__(self) -> None:
        _check_span(self.start, self.end)


@dataclass(frozen=True)
class Document:
    """An article and the findings in it: what an engine indexes and what a page shows.

    `former` holds the texts of earlier versions, oldest first; `enrichers` the version of each enricher that looked.
    """

    article: Article
    dates: tuple[DateMention, ...] = ()
    names: tuple[NameMention, ...] = ()
    citations: tuple[Citation, ...] = ()
    former: tuple[str, ...] = ()
    enrichers: Mapping[str, str] = field(default_factory=dict)

    def entities(self, type_: NameType) -> tuple[str, ...]:
        """The distinct names of one type, in the order of first mention."""
        return tuple(dict.fromkeys(mention.name for mention in self.names if mention.type == type_))

    @property
    def cites(self) -> tuple[str, ...]:
        """The distinct named sources and media that the text cites, in the order of first mention."""
        return tuple(dict.fromkeys(c.name for c in self.citations if c.name and c.kind in ("source", "medium")))

    def to_json(self) -> dict[str, Json]:
        """A JSON object with every field."""
        return {"article": self.article.to_json(), **findings_to_json(self.dates, self.names, self.citations),
                "former": list(self.former), "enrichers": dict(self.enrichers)}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Self:
        """The inverse of `to_json`. Raises InvalidRecord."""
        try:
            article, former, enrichers = data["article"], tuple(data["former"]), dict(data["enrichers"])
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidRecord(f"this is no document ({error}); rebuild the index with `dateline reindex`") from error
        return cls(Article.from_json(article), *findings_from_json(data), former, enrichers)


Findings = tuple[tuple[DateMention, ...], tuple[NameMention, ...], tuple[Citation, ...]]


def findings_to_json(dates: tuple[DateMention, ...], names: tuple[NameMention, ...],
                     citations: tuple[Citation, ...]) -> dict[str, Json]:
    """Findings as JSON objects, days in ISO form."""
    def plain(mention: DateMention) -> dict[str, Json]:
        return {**asdict(mention), "begin": mention.begin and mention.begin.isoformat(),
                "until": mention.until and mention.until.isoformat()}
    return {"dates": [plain(mention) for mention in dates], "names": [asdict(mention) for mention in names],
            "citations": [asdict(citation) for citation in citations]}


def findings_from_json(data: Mapping[str, Json]) -> Findings:
    """The inverse of `findings_to_json`. Raises InvalidRecord."""
    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None
    try:
        dates = tuple(DateMention(**{**item, "begin": day(item["begin"]), "until": day(item["until"])})
                      for item in data["dates"])
        names = tuple(NameMention(**item) for item in data["names"])
        return dates, names, tuple(Citation(**item) for item in data["citations"])
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidRecord(f"these are no findings ({error}); rebuild them with `dateline reindex`") from error
