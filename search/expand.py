"""From a prefix, wildcard or fuzzy word to the terms that it stands for, given an index's lexicon."""

import fnmatch
import heapq
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from search.analysis import fold
from search.query.tree import Fuzzy, Prefix, Wildcard
from search.results import Note

Lexicon = Callable[[str], Iterable[str]]  # prefix → every term that has it
Frequency = Callable[[str], int]          # term → number of articles that have it


class Expansion(NamedTuple):
    """The terms that a pattern stands for, in alphabetical order; `cut` says that there were more than allowed."""

    terms: tuple[str, ...]
    cut: bool


def expand(node: Prefix | Wildcard | Fuzzy, lexicon: Lexicon, frequency: Frequency, limit: int) -> Expansion:
    """The at most `limit` terms of a lexicon that fit `node`: those in most articles, ties in alphabetical order."""
    fits = predicate(node)
    found = [term for term in lexicon(literal_prefix(node)) if fits(term)]
    kept = heapq.nsmallest(limit, found, key=lambda term: (-frequency(term), term)) if len(found) > limit else found
    return Expansion(tuple(sorted(kept)), len(found) > limit)


def cut_note(node: Prefix | Wildcard | Fuzzy, limit: int) -> Note:
    """What to tell the reader of an expansion that was cut."""
    shown = {Prefix: "{0.text}*", Wildcard: "{0.pattern}", Fuzzy: "{0.text}~{0.distance}"}[type(node)].format(node)
    return Note("limit", f"“{shown}” stands for more than {limit:,} words; the {limit:,} that are in most articles "
                         "were searched (setting query_expansion).")


def literal_prefix(node: Prefix | Wildcard | Fuzzy) -> str:
    """What every term that fits begins with: the stretch of the lexicon to look at."""
    match node:
        case Prefix(text):
            return fold(text)
        case Wildcard(pattern):
            return re.split(r"[*?]", fold(pattern), maxsplit=1)[0]
        case Fuzzy(text):
            return fold(text)[:1]


def predicate(node: Prefix | Wildcard | Fuzzy) -> Callable[[str], bool]:
    """Whether a folded term fits. Time is linear in the term for prefixes and wildcards, quadratic for fuzzy words."""
    match node:
        case Prefix(text):
            beginning = fold(text)
            return lambda term: term.startswith(beginning)
        case Wildcard(pattern):
            regex = re.compile(fnmatch.translate(fold(pattern).replace("[", "[[]")))
            return lambda term: regex.match(term) is not None
        case Fuzzy(text, distance):
            wanted = fold(text)
            return lambda term: term[:1] == wanted[:1] and within(term, wanted, distance)


def within(a: str, b: str, limit: int) -> bool:
    """Whether `a` becomes `b` by at most `limit` insertions, deletions, replacements or swaps of neighbours.

    The optimal string alignment distance (restricted Damerau-Levenshtein): no stretch is edited twice.
    """
    if abs(len(a) - len(b)) > limit:
        return False
    before: list[int] = []
    last: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, last, row = last, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(last) > limit:
            return False
    return row[-1] <= limit
