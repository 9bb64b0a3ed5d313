"""Units → the noun phrases among them that can be a source: a name, who answers for one, or people without a name."""

from collections.abc import Iterator
from typing import NamedTuple

from search.document import NameMention
from search.enrich.attribution.lexicon import LEXICON
from search.enrich.attribution.units import POSSESSIVE, Units

LONGEST = 9  # units of a noun phrase
DEEPEST = 4  # phrases within phrases: "results of polls by Kestrel Research"
UNNAMED = LEXICON.people | LEXICON.singular | LEXICON.body
OUTSIDE = (LEXICON.stop | LEXICON.auxiliary | LEXICON.subject | LEXICON.participle | LEXICON.time | LEXICON.adverb
           | (LEXICON.speech - UNNAMED))


class Phrase(NamedTuple):
    """The units [first, end) and the name that they stand for; None for people without one."""

    first: int
    end: int
    name: NameMention | None

    @property
    def citable(self) -> bool:
        """Whether it is a person or organisation."""
        return self.name is not None and self.name.type != "LOC"


def ending_at(text: Units, last: int) -> Iterator[Phrase]:
    """The sources that end with the unit `last`, and those that "and" joins to them."""
    last = _before_region(text, last)
    first = beginning(text, last)
    link = text.low[first - 1]
    if link in LEXICON.attached and link != "by":
        head = _head(text, first, last)
        titled = _titled(text, first, last)
        if head and (not titled or text.low[first - 2] in LEXICON.people):
            yield head
            return
        if not titled and (last not in text.names or link in ("of", "with", "for", "to")):
            return
    phrase = _source(text, first, last + 1)
    if phrase:
        yield phrase
        yield from _joined_before(text, phrase)


def starting_at(text: Units, first: int) -> Iterator[Phrase]:
    """The sources that begin with the unit `first`, or within what begins there, and those that "and" joins to them."""
    while True:
        end = _end(text, first)
        phrase = _source(text, first, end) if end > first else None
        for _ in range(DEEPEST):
            if phrase or end == first or text.low[end] not in LEXICON.attached:
                break
            first, end = end + 1, _end(text, end + 1)
            phrase = _source(text, first, end) if end > first else None
            phrase = phrase if phrase and phrase.name else None
        phrase = _apposed(text, end) or phrase
        if phrase is None:
            return
        yield phrase
        if text.low[end] != "and":
            return
        first = end + 1


def belongs(text: Units, at: int) -> bool:
    """Whether a unit can stand inside a noun phrase."""
    word = text.low[at]
    return at in text.names or word in POSSESSIVE or (word[0].isalnum() and word not in OUTSIDE)


def _before_region(text: Units, last: int) -> int:
    """`last`, or the place whose region it is: "Vardis", of "Vardis, Velmara"."""
    while text.place(last) and text.low[last - 1] == "," and last - 2 in text.names:
        last -= 2
    return last


def beginning(text: Units, last: int) -> int:
    """The first unit of the phrase that ends with `last`."""
    first = last
    while last - first < LONGEST and belongs(text, first - 1):
        first -= 1
    return first - 1 if text.low[first - 1] in LEXICON.determiner else first


def _end(text: Units, first: int) -> int:
    """The end of the phrase that begins with `first`."""
    end = first + 1 if text.low[first] in LEXICON.determiner else first
    while end - first < LONGEST and belongs(text, end):
        end += 1
    return end


def _apposed(text: Units, end: int) -> Phrase | None:
    """The person whose name alone stands between commas behind one who was described: "the mayor, Ana Kestrel, "."""
    name = text.names.get(end + 1)
    described = text.low[end] == "," and end - 1 not in text.names and text.low[end - 1] not in LEXICON.people
    if name is None or name.type != "PER" or not described or text.low[end + 2] not in (",", ".", "\n"):
        return None
    return Phrase(end + 1, end + 2, name)


def _titled(text: Units, first: int, last: int) -> bool:
    """Whether the phrase is a person's name behind a title: "Director Ana Kestrel"."""
    name = text.names.get(last)
    return name is not None and name.type == "PER" and first < last and text.capital(last - 1)


def _source(text: Units, first: int, end: int) -> Phrase | None:
    """What the phrase [first, end) stands for as a source."""
    head = end - 1
    while head > first and (text.low[head] in POSSESSIVE or text.low[head] in LEXICON.suffix):
        head -= 1
    name = text.names.get(head)
    if name:
        return Phrase(first, end, name) if name.type != "LOC" or _governs(text, first, head) else None
    word = text.low[head]
    if word in LEXICON.spokesman or word in LEXICON.work:
        owner = next((text.names[at] for at in range(head - 1, max(first, head - 4) - 1, -1) if at in text.names), None)
        if owner and owner.type != "LOC":
            return Phrase(first, end, owner)
    return Phrase(first, end, None) if word in UNNAMED and not _known(text, first, head) else None


def _known(text: Units, first: int, head: int) -> bool:
    """Whether a phrase stands for somebody named before: "the lawmaker", "the company", "her campaign"."""
    word = text.low[head]
    if text.low[first - 1] in LEXICON.owning:
        return True
    definite = text.low[first] in ("the", "that", "this")
    bare = head - first == 1 and word in LEXICON.body and word not in LEXICON.people
    return definite and (bare or word in LEXICON.singular)


def _governs(text: Units, first: int, head: int) -> bool:
    """Whether a place stands for its government: it is the whole phrase, and no preposition leads to it."""
    whole = first == head or (first == head - 1 and text.low[first] == "the")
    return whole and text.low[first - 1] not in LEXICON.attached and text.low[first - 1] != ","


def _head(text: Units, first: int, last: int) -> Phrase | None:
    """The source to which a preposition attaches the phrase [first, last]: "a spokesman for Kestrel"."""
    at = first - 2
    whole = Phrase(beginning(text, at), last + 1, text.names.get(last))
    owner = Phrase(at, last + 1, text.names.get(at))
    if owner.citable:
        return owner
    if text.low[at] in LEXICON.spokesman and whole.citable:
        return whole
    return whole._replace(name=None) if text.low[at] in UNNAMED else None


def _joined_before(text: Units, phrase: Phrase) -> Iterator[Phrase]:
    """The names before "and" and commas: "Kestrel, Marsh and Reed said"."""
    at = phrase.first - 1
    if not phrase.name or text.low[at] not in ("and", "&"):
        return
    while text.low[at] in ("and", "&", ","):
        other = Phrase(at - 1, at, text.names.get(at - 1))
        if not other.citable:
            return
        yield other
        at -= 2
