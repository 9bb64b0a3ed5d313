"""Folded text → the places where a date expression may begin, with the rules that may fit there.

Only runs of words that occur in rules at all are looked at, and in them only the rules whose words are near. Every
pattern is bounded in length, so that all of this takes time in proportion to the text, whatever it holds.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import Self

from search.enrich.dates.language import Language, Rule, language

TOKENS = re.compile(r"(\d+|[^\W\d_]+)")
NUMBER = re.compile(r"(?P<year>(?<!\d)(?:1[0-9]\d\d|20\d\d)(?!\d))?\d*"
                    r"(?:(?P<clock>:\d)|(?P<many>'?s)|(?P<written>[-/.]\d))?")
AHEAD = 12  # words behind its first one within which an expression has the word that its rule is looked up by
NO_START = frozenset("$£€¥#_")
Place = tuple[int, tuple[tuple[Language, Rule], ...]]


@dataclass(frozen=True, eq=False)
class Grammar:
    """The rules of one or more languages, and for each word the set of those that it calls, as bits."""

    rules: tuple[tuple[Language, Rule], ...]
    calls: dict[str, int]
    inside: frozenset[str]
    called: dict[int, tuple[tuple[Language, Rule], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, codes: tuple[str, ...]) -> Self:
        """The rules of some languages together."""
        languages = [language(code) for code in codes]
        rules = tuple((each, rule) for each in languages for rule in each.rules)
        calls = dict.fromkeys(("#y", "#:", "#s", "#-", *(word for each in languages for word in each.vocabulary)), 0)
        for number, (_, rule) in enumerate(rules):
            for word in rule.near:
                calls[word] = calls.get(word, 0) | 1 << number
        return cls(rules, calls, frozenset(word for each in languages for word in each.words["inside"]))

    def rules_of(self, bits: int) -> tuple[tuple[Language, Rule], ...]:
        """The rules of a set."""
        found = self.called.get(bits)
        if found is None:
            found = tuple(rule for number, rule in enumerate(self.rules) if bits >> number & 1)
            self.called[bits] = found
        return found

    def number(self, match: re.Match[str]) -> int:
        """The rules that a number calls by what it looks like."""
        called = 0
        for name, sign in (("year", "#y"), ("clock", "#:"), ("many", "#s"), ("written", "#-")):
            called |= self.calls[sign] if match[name] else 0
        return called


@cache
def grammar(codes: tuple[str, ...]) -> Grammar:
    """The grammar of some languages, made once."""
    return Grammar.of(codes)


def places(folded: str, rules: Grammar) -> Iterator[Place]:
    """Where an expression may begin, in order, and the rules to try there."""
    parts = TOKENS.split(folded)  # what is between words, a word, what is between, …
    words = parts[1::2]
    starts = list(accumulate(map(len, parts)))[::2]
    calls = list(map(rules.calls.get, words))
    for number in re.finditer(r"\d+", folded):
        place = bisect_left(starts, number.start())
        calls[place] = _called_by(rules, folded, number.start())
    for place, bits in sorted(_near(calls).items()):
        start = starts[place]
        before = folded[start - 1:start]
        if words[place] not in rules.inside and before not in NO_START and not before.isalnum():
            yield start, rules.rules_of(bits)


def _called_by(rules: Grammar, folded: str, start: int) -> int:
    match = NUMBER.match(folded, start)
    return rules.number(match) if match else 0


def _near(calls: list[int | None]) -> dict[int, int]:
    """The words from which one that calls rules can be reached through words of rules, and the rules called."""
    found: dict[int, int] = {}
    for place in [place for place, bits in enumerate(calls) if bits]:
        bits = calls[place] or 0
        for each in range(place, max(-1, place - AHEAD), -1):
            if calls[each] is None:
                break
            found[each] = found.get(each, 0) | bits
    return found
