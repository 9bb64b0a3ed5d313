"""From one word or phrase of a query to terms of the tree.

    terror*  wom?n  baghdadi~2  =exact  al-Baghdadi   ──►  Prefix  Wildcard  Fuzzy  Exact  Phrase

Words keep the capitals that the reader gave them; engines fold them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from search.analysis import words
from search.query.tree import Exact, Fuzzy, Phrase, Prefix, Term, Wildcard, Word
from search.results import Note

DISTANCE = re.compile(r"(\d*)(?:\.\d*)?")
FURTHEST = 2    # edits of a fuzzy word; three make any short word of any other
WIDEST = 100    # other words between two words of a phrase; as far apart, they share an article and no thought
UNSPACED = re.compile(r"(?<=[\u3040-\u9fff]) (?=[\u3040-\u9fff])")  # Chinese and Japanese words stand close
INNER_STAR = re.compile(r"\w\*|\*\w|\w\?\w")


def typed_words(text: str) -> tuple[str, ...]:
    """The words of a text as they were typed, each such that folding it gives the term that is indexed."""
    return tuple(_typed(text[word.start:word.end], word.text) for word in words(text))


def _typed(raw: str, word: str) -> str:
    return next((form for form in (raw, raw[:len(word)]) if form.casefold() == word), word)


def word_terms(raw: str, field: str | None, exact: bool, notes: list[Note]) -> tuple[Term, ...]:
    """What a word asks for, all of which an article must have; nothing if it holds nothing that can be searched."""
    if "://" not in raw:
        stem, mark, figure = raw.rpartition("~")
        if mark and (distance := DISTANCE.fullmatch(figure)):
            return tuple(_fuzzy(stem, distance[1], field, notes))
        if "*" in raw or "?" in raw:
            return tuple(_patterns(raw, field))
    return joined(typed_words(raw), 0, exact, field)


def phrase_terms(raw: str, slop: str | None, field: str | None, exact: bool, notes: list[Note]) -> tuple[Term, ...]:
    """What a phrase asks for; `slop` is what was written after its ~, if that was there."""
    width = _number(slop) if slop else int(slop is not None)
    if width > WIDEST:
        notes.append(Note("syntax", f"Two words of a phrase may have at most {WIDEST} others between them, so "
                                    f"~{WIDEST} is used."))
    if INNER_STAR.search(raw):
        notes.append(Note("syntax", f"Between quotation marks, * and ? stand for nothing: “{raw}” is searched "
                                    "without them."))
    return joined(typed_words(raw), min(width, WIDEST), exact, field)


def joined(forms: Iterable[str], slop: int, exact: bool, field: str | None) -> tuple[Term, ...]:
    """Words as a phrase, a single one as a word, none as nothing."""
    match tuple(forms):
        case ():
            return ()
        case (form,):
            return (Exact(form, field) if exact else Word(form, field),)
        case several:
            return (Phrase(several, slop, exact, field),)


def _fuzzy(raw: str, distance: str, field: str | None, notes: list[Note]) -> Iterator[Term]:
    """The last word of what stands before the ~ may be misspelt; words before it, as in al-baghdadi~, may not."""
    edits = min(max(_number(distance), 1), FURTHEST) if distance else 1
    if distance and _number(distance) > FURTHEST:
        notes.append(Note("syntax", f"“{raw}~” may differ by at most {FURTHEST} letters, so ~{FURTHEST} is used."))
    *before, last = typed_words(raw) or ("",)
    yield from (Word(form, field) for form in before)
    if last:
        yield Fuzzy(last, edits, field)


def _patterns(raw: str, field: str | None) -> Iterator[Term]:
    """The stretches of letters, * and ? in a word: al-bagh* is the word "al" and words that begin with "bagh"."""
    for inside, letters in groupby(raw, _fits_pattern):
        stretch = re.sub(r"\*+", "*", "".join(letters))
        stem = stretch.rstrip("*")
        if not inside or not stretch.strip("*?"):
            continue
        if "*" in stem or "?" in stem:
            yield Wildcard(stretch, field)
        elif stem != stretch:
            yield Prefix(stem, field)
        else:
            yield from joined(typed_words(stretch), 0, False, field)


def _fits_pattern(letter: str) -> bool:
    return letter in "*?" or unicodedata.category(letter)[0] in "LNM"


def _number(digits: str) -> int:
    return int(digits[:6])


def shown(term: Term) -> str:
    """A term's words as a reader would write them, without operators around them."""
    match term:
        case Word(text) | Exact(text) | Fuzzy(text):
            return text
        case Prefix(text):
            return f"{text}*"
        case Wildcard(pattern):
            return pattern
        case Phrase(several):
            return UNSPACED.sub("", " ".join(several))
