"""Words and marks → the runs of capitalised words that are names, each with its type where the run itself tells it."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.document import NameType
from search.enrich.entities.gazetteer import Gazetteer
from search.enrich.entities.rules.runs import end_of_run, headlines
from search.enrich.entities.rules.tokens import Token

CONNECTORS = frozenset(("of", "for", "and", "&", "the", "on", "de", "des", "du", "la", "et"))


@dataclass(frozen=True, slots=True)
class Spot:
    """A likely name over text[start:end]; `type` is None for a lone word that only the rest of the text can tell."""

    start: int
    end: int
    type: NameType | None


class Spotter:
    """Reads the words of one text; `spots` holds what was found, in order."""

    def __init__(self, words: Sequence[Token], lists: Gazetteer) -> None:
        self.words, self.lists = words, lists
        self.spots: list[Spot] = []
        self.seen: dict[str, NameType] = {}
        self.headlines = headlines(words)
        self.small = {word.text for word in words if word.text.islower()}

    def read(self) -> list[Spot]:
        """All spots of the text."""
        for in_headlines in (False, True):  # a headline's names are known from the text below it
            at = 0
            while at < len(self.words):
                wanted = self.words[at].capital and self.headlines[at] == in_headlines
                at = max(at + 1, self._run(at)) if wanted else at + 1
        return sorted(self.spots, key=lambda spot: spot.start)

    def _run(self, at: int) -> int:
        """Read one piece of a run at `at`; the index after it."""
        word = self.words[at]
        end = end_of_run(self.words, at, self.lists.particles)
        organisation = None if self.headlines[at] else self._organisation(at, end)
        match = self._known(at)
        if organisation and (match is None or organisation > match[0]):
            return self._add(at, organisation, "ORG")
        if match and not (word.opens and word.text in self.lists.openers and match[0] == at + 1):
            return self._place_or_person(at, end, *match)
        if self._words(at, at + 2) in self.lists.peoples:
            return at + 2
        if end == at + 1 and word.text in self.lists.generic:
            return end
        if word.text in self.lists.titles:
            return self._person_after_title(at, end)
        opener = word.text in self.lists.openers and not (word.text in self.lists.given_names and end > at + 1)
        if opener or word.text in self.lists.peoples or self.headlines[at]:
            return at + 1
        return self._unknown(at, end)

    def _add(self, at: int, end: int, kind: NameType | None) -> int:
        self.spots.append(Spot(self.words[at].start, self.words[end - 1].end, kind))
        if kind and not self.headlines[at]:
            self.seen[self._words(at, end)] = kind
            if kind == "PER":
                self.seen.setdefault(self.words[end - 1].text, kind)
        return end

    def _words(self, at: int, end: int) -> str:
        return " ".join(word.text for word in self.words[at:end])

    def _known(self, at: int) -> tuple[int, NameType] | None:
        """The end and type of the longest known name that begins at `at`."""
        last = at + 1
        while last < len(self.words) and last - at < self.lists.longest and self.words[last].joined:
            last += 1
        for end in range(last, at, -1):
            words = self._words(at, end)
            if self.headlines[at] and words in self.seen:
                return end, self.seen[words]
            if words in self.lists.known:
                return end, self.lists.known[words][0]
        return None

    def _organisation(self, at: int, end: int) -> int | None:
        """The end of an organisation from `at`: a run up to its head word, and "of" such and such after it."""
        end = self._past_possessive(at, end)
        cut = next((i for i in range(at, end) if self.words[i].text.endswith(".") and self.words[i].text
                    in self.lists.titles), end)
        heads = [i for i in range(at, cut) if self.words[i].text in self.lists.org_heads]
        if not heads or self.words[at].text in self.lists.titles or (
                self.words[at].opens and self.words[at].text in self.lists.openers):
            return None
        last = heads[-1] + 1
        extended = self._extension(last) if last == cut else last
        return extended if extended - at > 1 else None

    def _past_possessive(self, at: int, end: int) -> int:
        """`end`, or the end of the run after "Prisoners'"; a place or people is no part of what it owns."""
        if end + 1 >= len(self.words):
            return end
        owner, mark, owned = self.words[end - 1:end + 2]
        owns = mark.text in ("'", "’") and mark.start == owner.end and owner.text.endswith("s")
        if not (owns and owned.joined and owned.capital) or self._words(at, end) in self.lists.peoples:
            return end
        known = self._known(at)
        return end if known and known[0] == end else end_of_run(self.words, end + 1, self.lists.particles)

    def _extension(self, end: int) -> int:
        """`end`, or the index after "of Foreign Affairs", "for Human Rights" and the like."""
        at = end
        while at < len(self.words) and at - end < 4 and self.words[at].joined and self.words[at].text in CONNECTORS:
            at += 1
        if at == end or self.words[end].text in ("and", "the", "&", "on") or at == len(self.words):
            return end
        if not (self.words[at].joined and self.words[at].capital):
            return end
        return end_of_run(self.words, at, self.lists.particles)

    def _place_or_person(self, at: int, end: int, known_end: int, kind: NameType) -> int:
        if known_end < end and self.words[known_end].text in self.lists.place_heads and kind == "LOC":
            return self._add(at, known_end + 1, "LOC")
        last = self._before_plain_word(at, end)
        if (known_end == at + 1 < last and self.words[at].text in self.lists.given_names
                and self.words[known_end].text not in self.lists.titles and not self.headlines[at]):
            return self._add(at, last, "PER")
        return self._add(at, known_end, kind)

    def _person_after_title(self, at: int, end: int) -> int:
        while at < end and (self.words[at].text in self.lists.titles or self.words[at].text in self.lists.peoples):
            at += 1
        last = self._before_plain_word(at, self._end_of_person(at, end))
        if last == at or self._known(at) or self.headlines[at]:
            return at
        return self._add(at, last, "PER")

    def _end_of_person(self, at: int, end: int) -> int:
        cut = (i for i in range(at + 1, end) if self.words[i].text in self.lists.titles
               or self.words[i].text in self.lists.peoples)
        return next(cut, end)

    def _before_plain_word(self, at: int, end: int) -> int:
        """`end`, or the index of the first word from `at` on that is no part of a person's name."""
        return next((i for i in range(at, end) if self.words[i].text in self.lists.plain_words), end)

    def _unknown(self, at: int, end: int) -> int:
        last = self._end_of_person(at, end)
        if self.words[last - 1].text in self.lists.other_heads:
            return last
        if last - at > 1 and (self.words[last - 1].text in self.lists.place_heads
                              or self.words[at].text in self.lists.place_openers):
            return self._add(at, last, "LOC")
        if self.words[at].text not in self.lists.given_names:
            last = next((i for i in range(at + 1, last) if self._known(i)), last)
        last = self._before_plain_word(at, last)
        if last == at:
            return at + 1
        if last - at > 1:
            return self._add(at, last, "PER")
        word = self.words[at]
        acronym = word.acronym and not word.text.endswith(".") and word.text.lower() not in self.small
        return self._add(at, last, "ORG" if acronym else None)
