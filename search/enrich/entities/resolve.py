"""Spots of one text → mentions: lone words typed by the rest of the text, one name for all spellings of a thing."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from search.document import NameMention, NameType
from search.enrich.entities.gazetteer import Gazetteer
from search.enrich.entities.spot import Spot
from search.enrich.entities.tokens import SHOUTED, family_name

ACRONYM = re.compile(r"[ \u00a0]?\([\"“']?([A-Z][A-Za-z]{0,2}(?:\.?[A-Z]){1,5}\.?)s?[\"”']?[),]")
PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|outside|around|across|toward|towards|via|southern|northern|eastern|"
                          r"western|central|downtown|city of|town of|village of|province of|district of)[ \n]$")
PERSON_AFTER = re.compile(r"(?:[ ,]{1,2}(?:also|has|had|later))?[ ,]{1,2}(?:said|says|told|added|was born|who|tweeted|"
                          r"wrote|explained|argued|insisted|scored)|, \d\d,")


class Resolver:
    """What one text tells about its names."""

    def __init__(self, text: str, spots: Sequence[Spot], lists: Gazetteer) -> None:
        self.text, self.spots, self.lists = text, spots, lists
        self.aliases = self._acronyms()
        self.people = self._family_names()
        self.votes = self._votes()

    def _acronyms(self) -> dict[str, tuple[NameType, str]]:
        """Acronym → type and long form, from "Human Rights Watch (HRW)"."""
        found: dict[str, tuple[NameType, str]] = {}
        for spot in self.spots:
            match = ACRONYM.match(self.text, spot.end)
            long = self.text[spot.start:spot.end]
            if match and " " in long and fits(match[1], long):
                kind = self.lists.known.get(long, (spot.type,))[0]
                found.setdefault(match[1], ("LOC" if kind == "LOC" else "ORG", self._counted(long)))
        return found

    def _family_names(self) -> dict[str, str]:
        """Each word of a person's name that may stand for the whole → the whole."""
        full: dict[str, str] = {}
        for spot in self.spots:
            name = self.text[spot.start:spot.end]
            if spot.type == "PER" and " " in name:
                for short in {family_name(name), name.split()[-1], name.split(maxsplit=1)[1]}:
                    if len(name) > len(full.get(short, "")) or short not in full:
                        full[short] = name
        return full

    def _votes(self) -> dict[str, NameType]:
        """Lone words → the type that most of their places in the text speak for."""
        votes: defaultdict[str, Counter[NameType]] = defaultdict(Counter)
        for spot in self.spots:
            name = self.text[spot.start:spot.end]
            if spot.type is None:
                if PLACE_BEFORE.search(self.text, max(0, spot.start - 14), spot.start):
                    votes[name]["LOC"] += 1
                elif PERSON_AFTER.match(self.text, spot.end):
                    votes[name]["PER"] += 1
            elif " " not in name:
                votes[name][spot.type] += 2
        return {name: counter.most_common(1)[0][0] for name, counter in votes.items()}

    def _counted(self, name: str) -> str:
        """The name under which a spelling is counted when nothing in the text says otherwise."""
        name = " ".join(name.split())
        if name in self.lists.known:
            return self.lists.known[name][1]
        return name.title() if name.isupper() and len(name) > SHOUTED else name

    def mentions(self) -> Iterable[NameMention]:
        """The mentions, in order."""
        for spot in self.spots:
            text = self.text[spot.start:spot.end]
            if text in self.aliases:
                kind, name = self.aliases[text]
                yield NameMention(spot.start, spot.end, kind, name)
            elif text in self.people and spot.type in (None, "PER"):
                yield NameMention(spot.start, spot.end, "PER", self._counted(self.people[text]))
            elif kind_found := spot.type or self._kind(text):
                yield NameMention(spot.start, spot.end, kind_found, self._counted(text))

    def _kind(self, word: str) -> NameType | None:
        """The type of a lone word."""
        if word in self.votes:
            return self.votes[word]
        return "PER" if word in self.lists.given_names else None


def fits(acronym: str, long: str) -> bool:
    """Whether the letters of an acronym stand in its long form in order, the first as its first."""
    letters = iter(long.lower())
    wanted = [letter for letter in acronym.lower() if letter.isalnum()]
    return long[:1].lower() == wanted[0] and all(letter in letters for letter in wanted)
