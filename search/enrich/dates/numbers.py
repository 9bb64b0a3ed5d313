"""Numbers in words or digits, vague ones too → numbers."""

import re

from search.enrich.dates.language import Language

DIGITS = re.compile(r"(\d{1,12})(?:[.,](\d{1,2}))?( 1/2| ½)?")
THOUSANDS = re.compile(r"[,. ](?=\d{3}(?!\d))")
BETWEEN = re.compile(r"[- ]")


def number_in(language: Language, words: str) -> float | None:
    """The number that words name ("twenty-five", "1,200", "two and a half"); 0 for a vague one, None for no number."""
    if words in language.words["vague"]:
        return 0
    if (fraction := language.meaning("fraction", words)) is not None:
        return float(fraction)
    half = next((half for half in language.words["and_a_half"] if words.endswith(half)), "")
    words = words[:len(words) - len(half)]
    if digits := DIGITS.fullmatch(THOUSANDS.sub("", words)):
        return float(f"{digits[1]}.{digits[2] or 0}") + (0.5 if digits[3] or half else 0)
    total = _added(language.words["number"], words)
    return total + (0.5 if half else 0) if total else None


def _added(names: dict[str, str], words: str) -> int:
    """The sum of the words, hundreds and thousands multiplied by what is before them."""
    if words in names:
        return int(names[words])
    total = 0
    for word in BETWEEN.split(words):
        value = int(names.get(word, "0"))
        total = max(total, 1) * value if value >= 100 else total + value
    return total
