"""A language's file → its words by meaning and its rules, ready to be matched against folded text.

A file has these tables. `words`: lists by name, each a table of meaning → words separated by "|", or an array of words
that mean 1, 2, 3 …. `tense`: verbs and other words that look ahead or back. `before` and `after`: what readers ask for
directly before or behind an expression. `fragments`: pieces of patterns. `rules`: what is looked for (`pattern`), near
which words (`near`: lists or words; "#y" is a number that could be a year, "#:", "#s" and "#-" one with such a sign
behind it), and which builder reads it (`build`; by default the one of the rule's name). In patterns {name} stands for a
fragment or for any word of a list; a line's end and the first four spaces of the next stand for nothing.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

from search.enrich.dates.folding import fold

CODES = ("en", "fr", "ar")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
MARKUP = re.compile(r"\?P[<=]\w+[>)]|\(\?[a-z-]+|\\[a-zA-Z]")  # what in a pattern is letters and no word
LITERAL = re.compile(r"\\.|\(\?P[<=]\w+[>)]|[^\\(]+|\(")
LINE = re.compile(r"(?:^|\n) {4}")  # between the lines of a pattern
WORD = re.compile(r"[^\W\d_]+")
ARABIC = re.compile("[\u0621-\u064a]")
SAMPLE = 4000  # characters of a text that tell its language
NO_WORDS: Mapping[str, str] = {}
Words = Mapping[str, Mapping[str, str]]


class Lists(dict[str, dict[str, str]]):
    """Lists of words by name; a language has no words in a list that its file does not have."""

    def __missing__(self, name: str) -> dict[str, str]:
        return {}


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for, near which words, and the name of the builder that reads it."""

    name: str
    build: str
    pattern: re.Pattern[str]
    near: frozenset[str]


@dataclass(frozen=True, eq=False)
class Language:
    """A language's file, folded and compiled. `vocabulary` is every word of its patterns."""

    code: str
    month_first: bool
    words: Lists
    rules: tuple[Rule, ...]
    vocabulary: frozenset[str]
    ahead: re.Pattern[str]
    behind: re.Pattern[str]
    before: Mapping[str, re.Pattern[str]]
    after: Mapping[str, re.Pattern[str]]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """The language of what a file holds."""
        words = Lists({name: _meanings(table) for name, table in data["words"].items()})
        words["number"] |= words["round"]
        fragments = {name: any_of(table) for name, table in words.items()}
        for name, pattern in data["fragments"].items():
            fragments[name] = _filled(pattern, fragments)
        prefix = data.get("prefix", "")
        rules = tuple(_rule(name, entry, words, fragments, prefix) for name, entry in data["rules"].items())
        literals = " ".join(MARKUP.sub(" ", rule.pattern.pattern) for rule in rules)
        ahead, behind = (re.compile(rf"\b(?:{_folded(data['tense'][side])})\b") for side in ("ahead", "behind"))
        letters = ["", *prefix.strip("[]")]
        vocabulary = {letter + word for word in WORD.findall(literals) for letter in letters}
        return cls(data["code"], data["month_first"], words, rules, frozenset(vocabulary), ahead, behind,
                   {name: re.compile(rf"(?<!\w)(?:{_filled(each, fragments)})$")
                    for name, each in data["before"].items()},
                   {name: re.compile(_filled(each, fragments)) for name, each in data["after"].items()})

    def meaning(self, name: str, word: str) -> str | None:
        """What a word of a list means; None for no word of it."""
        return self.words.get(name, NO_WORDS).get(word)


@cache
def _data(code: str) -> dict[str, Any]:
    return tomllib.loads(files("search.enrich.dates").joinpath("languages", f"{code}.toml").read_text("utf-8"))


@cache
def language(code: str) -> Language:
    """The language of a file in `languages/`."""
    return Language.of(_data(code))


@cache
def _frequent(code: str) -> frozenset[str]:
    return frozenset(_meanings(_data(code)["words"]["frequent"]))


def _meanings(table: Mapping[str, str] | list[str]) -> dict[str, str]:
    """Word → meaning; in a list without meanings, words mean their place, counted from 1."""
    if isinstance(table, list):
        table = {str(place): group for place, group in enumerate(table, 1)}
    return {word: meaning for meaning, group in table.items() for word in fold(LINE.sub("", group)).split("|")}


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, longer ones first."""
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True)) + ")"


def _folded(pattern: str) -> str:
    """A pattern as it is matched against folded text: its letters folded, its classes and groups left alone."""
    return LITERAL.sub(lambda part: part[0] if part[0][0] in "\\(" else fold(part[0]), LINE.sub("", pattern))


def _filled(pattern: str, fragments: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda name: f"(?:{fragments[name[1]]})", _folded(pattern))


def _rule(name: str, entry: Mapping[str, str], words: Words, fragments: Mapping[str, str], prefix: str) -> Rule:
    near: set[str] = set()
    for listed in entry["near"].split("|"):
        for word in words.get(listed, (fold(listed),)):
            near.update([word] if word.startswith("#") else (
                letter + WORD.findall(word)[-1] for letter in ["", *prefix.strip("[]")]))
    before = f"(?P<prefix>{prefix})?" if prefix else ""
    pattern = re.compile(rf"{before}(?:{_filled(entry['pattern'], fragments)})(?!\w)")
    return Rule(name, entry.get("build", name), pattern, frozenset(near))


def spoken(folded: str) -> tuple[str, ...]:
    """The codes of the languages whose rules fit a text: those that it is written in, all where nothing tells."""
    found = set(folded[:SAMPLE].split())
    counts = {code: len(found & _frequent(code)) for code in CODES}
    most = max(counts.values())
    if not most and not folded.isascii() and ARABIC.search(folded):
        return ("ar",)
    return tuple(code for code, count in counts.items() if 3 * count >= most)
