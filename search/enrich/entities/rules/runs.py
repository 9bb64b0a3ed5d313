"""Words and marks → where a run of capitalised words ends, and which lines have capitals that tell nothing."""

from collections.abc import Container, Sequence
from itertools import zip_longest

from search.enrich.entities.rules.tokens import Token

LONGEST_RUN = 12  # words; longer runs are headlines or lists, and are read piece by piece
TITLE_CASE = 0.85  # share of capitals among the longer words from which a line is a headline in capitals


def end_of_run(words: Sequence[Token], at: int, particles: Container[str]) -> int:
    """The index after the capitalised words that begin at `at`, with the particles between them ("Ana de la Cruz")."""
    end = at + 1
    while end < len(words) and end - at < LONGEST_RUN and words[end].joined:
        after = end + 1 if words[end].capital else _after_particles(words, end, particles)
        if after is None:
            break
        end = after
    return end


def _after_particles(words: Sequence[Token], at: int, particles: Container[str]) -> int | None:
    """The index after one or two particles and the capitalised word that follows them."""
    for after in (at + 1, at + 2):
        if words[after - 1].text not in particles or after == len(words) or not words[after].joined:
            return None
        if words[after].capital:
            return after + 1
    return None


def headlines(words: Sequence[Token]) -> list[bool]:
    """For each word, whether its line is a headline with a capital on most words, where capitals tell nothing."""
    marks: list[bool] = []
    line: list[Token] = []
    for word, following in zip_longest(words, words[1:]):
        line.append(word)
        if following is None or (following.opens and not following.joined and following.start > word.end):
            longer = [token for token in line if len(token.text) > 3 and token.text[0].isalpha()]
            capitals = sum(token.capital for token in longer)
            headline = len(longer) >= 4 and capitals >= TITLE_CASE * len(longer) and line[-1].text != "."
            marks.extend([headline] * len(line))
            line = []
    return marks
