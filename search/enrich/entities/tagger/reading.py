"""A text → its words and marks, where they stand, and where its sentences begin, as arrays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

ABBREVIATED = ("Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Maj|Cpl|Brig|Adm|Cmdr|Sen|Rep|Gov|Rev|Hon|Pres|St|Ste|Jr|Sr|Inc|"
               "Corp|Co|Ltd|Bros|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mt|Ft|Ave|Supt|Insp|Det|Messrs")
PARTS = (r" ?(?:{first}[a-z]+(?=[ ,\n])(?!{hyphen})"
         r"|https?://\S+|www\.\S+|[@#]\w+"
         r"|[A-Z]\.(?: ?[A-Z]\.)+(?:{hyphen}[^\W_]+)*|[A-Z]\.(?=[\s-]+[A-Z])"
         "|(?:" + ABBREVIATED + r")\."
         r"|\d+(?:[.,:/-]\d+)*"
         r"|[^\W_]+(?:{hyphen}[^\W_]+|['’](?![sS]\b)[^\W\d_]+|&[^\W_]+|\.[a-z0-9]+)*"
         r"|['’] ?[sS]\b"
         r"|[^\w\s]|_)|\s+")  # a word or mark with the space before it, or other space
PART = re.compile(PARTS.replace("{hyphen}", "[-‐]").replace("{first}", ""))
# Some texts were cut into words before: "his 41 - year - old aide Kim Dae - ki". Their hyphens are dashes to the eye.
JOINT = r"(?:[-‐]| - (?!(?:The|An?|In|On|At|As|It|But)\b))"
PART_APART = re.compile(PARTS.replace("{hyphen}", JOINT).replace("{first}", r"\b[ODL]['’] [A-Z][^\W\d_]+|"))
APART = re.compile(r"\b\d+ - (?:year|day|month|week|hour|page|member|point)\b"
                   r"|[a-z] - (?:based|led|old|backed|wide|term|time|general|elect|related|level|scale|owned|run|style|"
                   r"speaking|class|quality|[a-z]+ed|[a-z]+ing)\b|[a-z]['’] s\b"
                   r"|\b(?:[Nn]on|[Cc]o|pre|post|anti|multi|self|sub|so|long|short|high|low|[Aa]l|[Ee]l) - [^\W\d_]")
HYPHEN = re.compile(r"(?<![/\w-])[a-z]+-[a-z]+(?![/\w-])")
DASH = re.compile(r"[^\W_] - [^\W_]")
SAMPLE = 4_000  # characters that are looked at for it
BLANK = ord(" ")
SPACE, LINE, WORD, OPENER, ENDER, CLOSER = range(6)  # what a part can be; the first two are no words


class Numbering(Protocol):
    """What numbers words, and knows of what kind each number is. A space before a word makes no other word."""

    kinds: NDArray[np.uint8]

    def numbers(self, parts: Sequence[str]) -> NDArray[np.int32]:
        """The number of each part."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text: number, start, end (exclusive), and the number of the sentence of each."""

    words: NDArray[np.int32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    sentences: NDArray[np.int64]


def apart(text: str) -> bool:
    """Whether the hyphens of a text stand apart."""
    return (" - " in text and APART.search(text) is not None
            and 2 * len(HYPHEN.findall(text)) < len(DASH.findall(text)))


def bare(part: str) -> str:
    """A part without the space before its word."""
    return part.lstrip(" ") or part


def kind(part: str) -> int:
    """What a part, without the space before it, is to the reader of sentences."""
    first = part[0]
    if first.isspace():
        return LINE if "\n" in part else SPACE
    if part in {".", "!", "?"}:
        return ENDER
    if part in {'"', "”", "’", "'", ")", "]"}:
        return CLOSER
    return OPENER if first.isupper() or first.isdigit() or first in "“‘(" else WORD


def read(text: str, numbering: Numbering) -> Reading:
    """The words of `text`. A line ends a sentence; so does a full stop before a capital, a figure or a quotation."""
    parts = (PART_APART if apart(text[:SAMPLE]) else PART).findall(text)
    numbers = numbering.numbers(parts)
    lengths = np.fromiter(map(len, parts), np.int64, len(parts))
    kinds = numbering.kinds[numbers]
    kept = kinds > LINE
    ends = np.cumsum(lengths)
    starts, lines = (ends - lengths)[kept], np.cumsum(kinds == LINE)[kept]
    starts += np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)[starts] == BLANK
    return Reading(numbers[kept], starts, ends[kept], np.cumsum(sentence_begins(kinds[kept], lines)))


def sentence_begins(kinds: NDArray[np.uint8], lines: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For each word, whether a sentence begins with it: `kinds` of the words, and the `lines` on which they stand."""
    begins = np.zeros(len(kinds), np.bool_)
    if not len(kinds):
        return begins
    ender, closer = kinds == ENDER, kinds == CLOSER
    closed = ender.copy()  # a sentence ends with this word: a full stop, and up to two closing marks after it
    closed[1:] |= closer[1:] & ender[:-1]
    closed[2:] |= closer[2:] & closer[1:-1] & ender[:-2]
    begins[0] = True
    begins[1:] = (lines[1:] != lines[:-1]) | (closed[:-1] & (kinds[1:] == OPENER))
    return begins
