"""The lists in `data/` → one table of known names, and the sets of words that tell names apart.

In the lists of names "|" separates and "=" gives the name under which a spelling is counted; lines that begin with "#"
are notes. To teach Dateline a name, add it to a list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from search.document import NameType

WORD_LISTS = ("given_names", "titles", "org_heads", "place_heads", "place_openers", "other_heads", "particles",
              "openers", "plain_words", "ranks")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """`known` maps a spelling to its type and the name it is counted under; `longest` is its most words.

    The `generic` words are parts of names, and no names by themselves: "President", "Bank".
    """

    known: Mapping[str, tuple[NameType, str]]
    longest: int
    peoples: frozenset[str]
    given_names: frozenset[str]
    titles: frozenset[str]
    org_heads: frozenset[str]
    place_heads: frozenset[str]
    place_openers: frozenset[str]
    other_heads: frozenset[str]
    particles: frozenset[str]
    openers: frozenset[str]
    plain_words: frozenset[str]
    ranks: frozenset[str]
    generic: frozenset[str]
    arabic: Mapping[str, str]


def _lines(name: str) -> Iterator[str]:
    text = resources.files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.replace("|", " ").split())


def _names(name: str) -> dict[str, str]:
    """Spelling → the name it is counted under."""
    spellings = (entry.partition("=") for line in _lines(name) for entry in line.split("|"))
    return {spelling: counted or spelling for spelling, _, counted in spellings}


@cache
def gazetteer() -> Gazetteer:
    """The lists, read once."""
    known: dict[str, tuple[NameType, str]] = {}
    peoples = set(_words("peoples"))
    known |= {spelling: ("PER", name) for spelling, name in _names("people").items()}
    known |= {spelling: ("ORG", name) for spelling, name in _names("organisations").items()}
    known |= {spelling: ("LOC", name) for spelling, name in _names("places").items()}
    for line in _lines("countries"):
        country, others, demonyms = line.split(":")
        known |= {spelling: ("LOC", country) for spelling in (country, *others.split("|")) if spelling}
        peoples |= set(demonyms.split("|"))
    words = {name: _words(name) for name in WORD_LISTS}
    generic = words["titles"] | words["org_heads"] | words["place_heads"] | words["other_heads"]
    return Gazetteer(known, max(len(spelling.split()) for spelling in known), frozenset(peoples), **words,
                     generic=generic, arabic=_names("arabic"))
