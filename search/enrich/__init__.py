"""An article → what is found in it, and the document that the index holds of it.

Each enricher has a version; findings made by the same version of the same content need not be made again. Names, and
the citations that are read around them, are also as good as the recogniser that found them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from search.article import Article, Json
from search.document import Citation, Document, NameMention, findings_from_json, findings_to_json
from search.enrich import attribution, dates, entities
from search.enrich.dates.bounds import drawn

BRACKETED = re.compile(r"\s*\([^()]*\)$")  # of "Daily Mirror (LK)"
PLACE = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*")  # SINGAPORE, of "SINGAPORE, March 2 -"

VERSIONS: Mapping[str, str] = {"dates": "3", "names": "4", "citations": "3"}


def versions(recognizer: str) -> Mapping[str, str]:
    """Enricher → version, with the recogniser at an address. Raises RecognizerUnusable."""
    by = entities.recognizer(recognizer)
    return {enricher: version if enricher == "dates" else f"{version} {by.name} {by.version}"
            for enricher, version in VERSIONS.items()}


ENRICHERS = versions(entities.DEFAULT)


def findings(article: Article, known: Mapping[str, Json], recognizer: str = entities.DEFAULT) -> dict[str, Json]:
    """The findings of every enricher as JSON lists; those in `known` are taken as they are.

    Names are found by the recogniser at an address. Raises InvalidRecord, RecognizerUnusable.
    """
    given: dict[str, Json] = {name: known.get(name, []) for name in ENRICHERS}
    days, names, cited = findings_from_json(given)
    if "dates" not in known:
        days = tuple(dates.tag(article.text, drawn(article.text, article.published)))
    if "names" not in known:
        names = _names(article, entities.recognizer(recognizer))
    if "citations" not in known:
        cited = _citations(article, names)
    return findings_to_json(days, names, cited)


def document(article: Article, findings: Mapping[str, Json], former: Sequence[str] = (),
             versions: Mapping[str, str] = ENRICHERS) -> Document:
    """The document of an article and its findings; `former` are earlier texts, oldest first. Raises InvalidRecord."""
    return Document(article, *findings_from_json(findings), tuple(former), dict(versions))


def _names(article: Article, recognizer: entities.Recognizer) -> tuple[NameMention, ...]:
    """The names in an article; what its dateline begins with is a place, whatever else it could be."""
    found = entities.mentions(article.text, recognizer)
    dateline = next((part for part in article.parts if part.kind == "dateline"), None)
    place = PLACE.match(article.text, dateline.start, dateline.end) if dateline else None
    if place is None:
        return found
    known = next((mention.name for mention in found if mention.start == place.start() and mention.type == "LOC"), None)
    name = known or (place[0].title() if place[0].isupper() else place[0])
    others = [mention for mention in found if mention.end <= place.start() or place.end() <= mention.start]
    return tuple(sorted([*others, NameMention(*place.span(), "LOC", name)], key=lambda mention: mention.start))


def _citations(article: Article, names: Sequence[NameMention]) -> tuple[Citation, ...]:
    """Whom the article cites, its own outlet as its publisher, and its closing credit."""
    credit = article.parts[-1] if article.credit else None
    own = _outlet(article.source)
    found = [replace(citation, kind="publisher") if citation.name and _outlet(citation.name) == own else citation
             for citation in attribution.citations(article.text, names)
             if credit is None or citation.end <= credit.start]
    if article.credit and credit:
        found.append(Citation(credit.start, credit.end, "credit", article.credit.strip(" ()[]\n")))
    return tuple(found)


def _outlet(name: str) -> str:
    """What the spellings of an outlet's name share: "The Daily Mirror", "Daily Mirror (LK)", "Dailymirror"."""
    plain = BRACKETED.sub("", name).strip().casefold().removeprefix("the ")
    return "".join(character for character in plain if character.isalnum())
