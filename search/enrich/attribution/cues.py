"""Units → the sources and media that a cue leads to: "according to", "told", "in an interview with"."""

from collections.abc import Iterator

from search.document import CitationKind
from search.enrich.attribution.lexicon import LEXICON
from search.enrich.attribution.phrases import UNNAMED, Phrase, beginning, starting_at
from search.enrich.attribution.units import ENDS, Units

# The last word of a cue, and the words one of which must stand before it; none for any.
SOURCE = {"to": frozenset(("according",)), "by": frozenset(("quoted", "cited", "asked")), "citing": frozenset[str](),
          "quoting": frozenset[str](), "selon": frozenset[str]()}
MEDIUM = {
    "told": frozenset[str](), "tells": frozenset[str](), "telling": frozenset[str](), "informed": frozenset[str](),
    "with": frozenset(("interview", "speaking", "spoke")),
    "to": frozenset(("interview", "speaking", "spoke", "talking", "statement", "remarks", "comments", "email",
                     "letter")),
    "by": frozenset(("interviewed", "reported", "published", "obtained", "reviewed", "seen", "report", "released",
                     "conducted", "poll", "survey", "study")),
    "from": frozenset(("report", "poll", "study", "data")),
    "in": frozenset(("interview", "reported", "published", "report", "op-ed", "article", "wrote", "writing")),
    "on": frozenset(("interview", "interviewed", "speaking", "published", "statement")),
    "for": frozenset(("interview",)),
}
ADDRESSING = frozenset(("speaking", "spoke", "talking", "email", "letter"))  # words that an audience follows as often
LAST_WORDS = frozenset(SOURCE) | frozenset(MEDIUM) | {"who"}
WISHES = frozenset(("named", "identified", "quoted", "anonymous", "anonymity"))
WISH = 10  # units at most of "who spoke on condition of anonymity"


def cued(text: Units) -> Iterator[tuple[CitationKind, Phrase]]:
    """What each cue outside quotations leads to, and as what."""
    for at, word in enumerate(text.low):
        if word not in LAST_WORDS or text.quoted[at]:
            continue
        before = text.low[at - 1]
        if word == "who" and (nameless := _nameless(text, at)):
            yield "source", nameless
        if _fits(SOURCE, word, before):
            for phrase in starting_at(text, at + 1):
                yield "source", phrase
        elif _fits(MEDIUM, word, before):
            medium = next(starting_at(text, at + 1), None)
            if medium and _is_medium(medium, before):
                yield "medium", medium


def _nameless(text: Units, who: int) -> Phrase | None:
    """The people before "who asked not to be named", with their wish."""
    if text.low[who - 1] not in UNNAMED:
        return None
    for at in range(who + 1, who + WISH):
        if text.low[at] in WISHES:
            return Phrase(beginning(text, who - 1), at + 1, None)
        if text.low[at] in ENDS or text.low[at] == ",":
            return None
    return None


def _fits(cues: dict[str, frozenset[str]], word: str, before: str) -> bool:
    wanted = cues.get(word)
    return wanted is not None and (not wanted or before in wanted)


def _is_medium(phrase: Phrase, before: str) -> bool:
    """Whether a phrase is an organisation that may be a medium, and none that listens to speeches."""
    if phrase.name is None or phrase.name.type != "ORG":
        return False
    words = set(phrase.name.name.lower().replace("-", " ").split())
    if not words.isdisjoint(LEXICON.medium):
        return True
    return before not in ADDRESSING and words.isdisjoint(LEXICON.audience)
