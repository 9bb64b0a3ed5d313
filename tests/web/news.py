"""An invented archive for tests of the pages: forty articles of a country that does not exist, and some odd ones."""

import re
from datetime import date, timedelta

from search.article import Article, Published, article_id
from search.document import Citation, DateMention, Document, Granularity, NameMention, NameType
from search.engine import Engine, open_engine
from search.settings import Settings

OUTLETS = ("Harbour Courier", "Valley Gazette", "Northern Observer", "The Lantern")
PEOPLE = ("Ilse Varga", "Tomas Okoye", "Marit Lindqvist", "Dr. Amina Rahal")
PLACES = ("Port Selwyn", "Aldermoor", "Kestrel Bay")
ORGS = ("Harbour Board", "River Trust", "Ministry of Transport")
SECTIONS = ("Politics", "Economy", "Culture")
TOPICS = (
    ("Harbour Board delays the new breakwater at Port Selwyn", "breakwater"),
    ("River Trust warns of low water before the harvest", "drought"),
    ("Ministry of Transport reopens the night ferry to Kestrel Bay", "ferry"),
    ("Aldermoor theatre returns after the flood", "flood"),
    ("Minister Varga promises an answer on the toll bridge", "bridge"),
)
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>"


def days(article: Article, words: str, begin: date, until: date, granularity: Granularity) -> DateMention:
    """The mention of a date where `words` first stand in the article."""
    start = article.text.index(words)
    value = begin.isoformat()[:{"year": 4, "month": 7}.get(granularity, 10)]
    return DateMention(start, start + len(words), "DATE", value, begin, until, granularity, 0.9, "published", "test")


def names(article: Article, known: dict[str, NameType]) -> tuple[NameMention, ...]:
    """Every mention of the names in the article."""
    return tuple(NameMention(found.start(), found.end(), type_, name) for name, type_ in known.items()
                 for found in re.finditer(re.escape(name), article.text))


def story(n: int) -> Document:
    """The `n`-th of the ordinary articles; every ninth has no date."""
    title, topic = TOPICS[n % len(TOPICS)]
    outlet, person, place, org = OUTLETS[n % 4], PEOPLE[n % 4], PLACES[n % 3], ORGS[(n // 2) % 3]
    medium = OUTLETS[(n + 1) % 4]
    day = date(2015, 1, 5) + timedelta(days=97 * n)
    before = date(day.year - 1, 1, 1)
    published = Published(day.isoformat(), ("json-ld", "byline", "url")[n % 3], 0.95) if n % 9 else \
        Published(None, "bounds", 0.0, date(2011, 1, 1), date(2026, 11, 20))
    article = Article(
        id=article_id(outlet, number=str(100 + n)), source=outlet, title=title, url=f"https://news.example/{100 + n}",
        dateline=place if n % 3 == 0 else None, authors=("Jonna Reid",) if n % 2 else (), section=SECTIONS[n % 3],
        language="en", published=published, captions=(f"{place} in the early morning.",) if n % 5 == 0 else (),
        paragraphs=(
            f"{person} said on Monday that the {topic} had been a matter for the {org} since {before.year}.",
            f"According to the {medium}, the {org} spent four million last year. {place} could not wait any longer.",
            f"Neither figure could be confirmed, and two people who sit on the {topic} committee gave different ones.",
            f"“We were told the {topic} would be settled,” {person} told reporters in {place}.",
        ))
    known: dict[str, NameType] = {person: "PER", place: "LOC", org: "ORG"}
    found = [days(article, "Monday", day, day + timedelta(days=1), "day"),
             days(article, str(before.year), before, date(day.year, 1, 1), "year")]
    cited, told = article.text.index(f"{medium}, the"), article.text.index(f"{person} told")
    citations = (Citation(cited, cited + len(medium), "medium", medium),
                 Citation(told, told + len(person), "source", person))
    return Document(article, tuple(found), names(article, known), citations)


def odd() -> tuple[Document, ...]:
    """Articles that pages must stand: hostile markup, no title, another script, endless words, a text that changed."""
    hostile = Article("odd:hostile", HOSTILE, f"{HOSTILE} in a title", (f"{HOSTILE} in a paragraph",),
                      url="javascript:alert(1)", authors=(HOSTILE,), section=HOSTILE, language="en")
    untitled = Article("odd:untitled", "The Lantern", "", ("A notice without a heading.",), language="und")
    arabic = Article("odd:arabic", "صحيفة الميناء", "مجلس الميناء يؤجل بناء الرصيف الجديد",
                     ("قال المتحدث إن البناء سيبدأ في الربيع، وإن الميناء لا يحتمل شتاء آخر.",), language="ar",
                     published=Published("2019-11", "file", 0.4))
    endless = Article("odd:endless", "The Lantern", "W" * 300, ("Z" * 900,), language="en",
                      published=Published("2020-02-29T19:24+03:00", "json-ld", 1.0))
    changed = Article("odd:changed", "Valley Gazette", "The mayor resigns",
                      ("The mayor resigned on Friday.", "A vote will follow in the spring."), language="en",
                      published=Published("2021", "url", 0.6))
    return (
        Document(hostile, names=(NameMention(0, len(HOSTILE), "PER", HOSTILE),)),
        Document(untitled), Document(arabic), Document(endless),
        Document(changed, former=("The mayor resigns\n\nThe mayor will resign on Friday.\n\nA vote will follow.",)),
    )


def library(settings: Settings | None = None) -> Engine:
    """An engine in memory whose live generation holds all of these."""
    return engine_of([*(story(n) for n in range(40)), *odd()], settings)


def engine_of(documents: list[Document], settings: Settings | None = None) -> Engine:
    """An engine in memory whose live generation holds the documents."""
    engine = open_engine("memory:", settings)
    builder = engine.builder()
    for document in documents:
        builder.add(document)
    engine.switch(builder.commit(1, {}))
    return engine
