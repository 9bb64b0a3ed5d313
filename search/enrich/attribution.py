"""A text and the names in it → whom the text cites: people and organisations, media, agencies, and unnamed sources.

Patterns around the names only. Every pattern is bounded in length, so that the time is in proportion to the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from search.document import Citation, CitationKind, NameMention
from search.enrich.entities import mentions

SPEECH = ("said|says|say|saying|told|tells|added|adds|stated|states|warned|warns|announced|announces|reported|"
          "reports|claimed|claims|confirmed|confirms|argued|argues|noted|notes|explained|explains|wrote|writes|tweeted|insisted|"
          "insists|declared|declares|acknowledged|alleged|alleges|asserted|asserts|admitted|admits|denied|denies|"
          "testified|recalled|recalls|suggested|suggests|predicted|predicts|concluded|concludes|complained|believes|"
          "believed|thinks|contends|maintains|maintained|revealed|reveals|remarked|replied|responded|urged|vowed|"
          "promised|pledged|accused|accuses|criticized|criticised|condemned|stressed|emphasized|disclosed|estimates|"
          "estimated|described|describes|praised|dismissed|rejected|proposed|expressed|defended|blamed|blames|"
          "indicated|indicates|questioned|observed|joked|asked|called|continued|cited|cites|quoted")
INVERTED = ("said|says|added|adds|told|stated|warned|noted|explained|wrote|insisted|argued|claimed|recalled|"
            "concluded|asserted|remarked|replied|reported|tweeted|declared|complained|acknowledged|continued|responded|"
            "asked")
BETWEEN = ("has|have|had|also|then|later|recently|repeatedly|further|previously|once|still|himself|herself|itself|"
           "often|again|now|on|last|earlier|this|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|week|month|year|"
           "would|did|not|never|spokesman|spokeswoman|spokesperson|officials?|who|and|first|[a-z]{2,15}ly")
SPEAKS = re.compile(rf"(?:['’] ?s(?: [a-z]{{2,15}}){{1,3}})?(?: ?\([^()\n]{{1,40}}\))?"
                    r"(?:, [^.;:!?\n“”\"]{2,140}?,| ?[—–-]{1,2}[^.;:!?\n“”\"—–]{2,140}?[—–-]{1,2})?"
                    rf"(?: (?:{BETWEEN})){{0,5}} (?P<verb>{SPEECH})\b")
PASSIVE = re.compile(r"\b(?:was|were|been|is|be|being)(?: [a-z]{2,15}ly)? $")
# Each cue: what stands before a name, the kind of an organisation named there, and whether a person counts too.
CUES: tuple[tuple[re.Pattern[str], CitationKind, bool], ...] = (
    (re.compile(r"\b(?:[Aa]ccording to|[Cc]iting|[Qq]uoting|[Qq]uoted by|[Cc]ited by|[Ss]elon) "), "source", True),
    (re.compile(r"\b(?:[Rr]eported|[Pp]ublished|[Oo]btained|[Rr]eviewed|[Ss]een) by "), "medium", True),
    (re.compile(r"\b(?:[Ii]nterview (?:with|on|to)|[Ss]peaking (?:to|with)|[Ss]poke (?:to|with)|[Tt]alking to|"
                r"[Ss]tatement (?:to|from|by)|[Rr]eport (?:by|from)|[Ii]nterviewed by|[Rr]emarks to|[Cc]omments to) "),
     "medium", True),
    (re.compile(r"\b(?:told|tells|telling|informed) "), "medium", False),
    (re.compile(rf"[”\"’',.—] ?(?:{INVERTED}) "), "source", True),
)
PHRASE = re.compile(r"(?:(?!(?:that|who|which|whom|is|was|were|are|in|at|about|because|when|after|before|if|he|she|it|"
                    r"they|reporters|journalists)\b)[\w.’'&-]{1,25},? ){0,8}")
SOURCES = (r"(?:officials?|sources?|media outlets|outlets|media|reports|diplomats?|witnesses|residents|analysts?|"
           r"experts?|lawmakers?|military|police|authorities|activists?|aides?|doctors|investigators|prosecutors|researchers|"
           r"critics|commanders?|spokes(?:man|woman|person))")
MODIFIER = (r"(?:[Tt]he|[Aa]n?|[Ss]ome|[Ss]everal|[Mm]any|two|three|local|state|senior|former|"
            r"government|military|security|police|army|medical|hospital|diplomatic|intelligence|anonymous|unnamed|media|foreign|western|Western|"
            r"(?:US|U\.S\.|UN|EU)|[A-Z][a-z]{1,14}(?:i|an|ish|ese|ch|sh))")
CUED = re.compile(rf"(?:{CUES[0][0].pattern}|{CUES[1][0].pattern})$")
UNNAMED = re.compile(rf"\b(?:{MODIFIER} ){{0,4}}{SOURCES}\b")
ASKED_NOT = re.compile(r",? (?:who|which) (?:asked|declined|wished|spoke|requested)[^.;\n]{0,40}"
                       r"(?:named|identified|anonymity)")
AGENCY = re.compile(r"^[A-Z][\w .,’'-]{2,40} ?\((?P<agency>[A-Z][\w .&/-]{1,30})\) ?(?:[—–]|-{1,2} )", re.MULTILINE)


def cited(text: str) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each named person or outlet that `text` cites, in order."""
    return [(citation.start, citation.end) for citation in citations(text, mentions(text))
            if citation.name and citation.kind in ("source", "medium")]


def citations(text: str, names: Sequence[NameMention]) -> tuple[Citation, ...]:
    """Whom `text` cites, in order and without overlaps. `names` are the names in it, in order."""
    found: dict[int, Citation] = {}
    for citation in (*_agencies(text), *_after_cues(text, names), *_speakers(text, names)):
        found.setdefault(citation.start, citation)
    named = sorted(found.values(), key=lambda citation: citation.start)
    return _without_overlaps([*named, *_unnamed(text)])


def _without_overlaps(found: Iterable[Citation]) -> tuple[Citation, ...]:
    """Named before unnamed, earlier before later."""
    kept: list[Citation] = []
    end = 0
    for citation in sorted(found, key=lambda c: (c.start, c.name is None)):
        if citation.start >= end:
            kept.append(citation)
            end = citation.end
    return tuple(kept)


def _cites(name: NameMention, kind: CitationKind) -> Citation:
    return Citation(name.start, name.end, kind, name.name)


def _after_cues(text: str, names: Sequence[NameMention]) -> Iterator[Citation]:
    """Names after "according to", "told", "interview with", or after a quotation and its verb."""
    starts = [name.start for name in names]
    for cue, kind, people in CUES:
        for match in cue.finditer(text):
            phrase = PHRASE.match(text, match.end())
            at = bisect_left(starts, match.end())
            if phrase is None or at == len(names) or names[at].start > phrase.end():
                continue
            name = names[at]
            if name.type == "LOC" and at + 1 < len(names) and names[at + 1].start <= phrase.end():
                name = names[at + 1]
            if name.type == "ORG" or (name.type == "PER" and people):
                yield _cites(name, kind if name.type == "ORG" else "source")


def _speakers(text: str, names: Sequence[NameMention]) -> Iterator[Citation]:
    """Names that a verb of speech follows."""
    for name in names:
        match = SPEAKS.match(text, name.end, name.end + 240) if name.type != "LOC" else None
        if match and not PASSIVE.search(text, max(name.end, match.start("verb") - 24), match.start("verb")):
            yield _cites(name, "source")


def _unnamed(text: str) -> Iterator[Citation]:
    """Sources without a name that speak, are cued, or asked not to be named."""
    for match in UNNAMED.finditer(text):
        start, end = match.span()
        wish = ASKED_NOT.match(text, end)
        if wish or CUED.search(text, max(0, start - 24), start) or SPEAKS.match(text, end, end + 240):
            yield Citation(start, wish.end() if wish else end, "source", None)


def _agencies(text: str) -> Iterator[Citation]:
    """The agency in a line's opening: "BAGHDAD (Reuters) - "."""
    for match in AGENCY.finditer(text):
        yield Citation(*match.span("agency"), "credit", match["agency"].strip())
