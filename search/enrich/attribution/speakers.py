"""Units → who speaks: the subjects of verbs of speech, before the verb or after it, and of transcripts' lines."""

from collections.abc import Iterator, Sequence

from search.enrich.attribution.clauses import (
    FINITE,
    VERBS,
    acts,
    back_to,
    before_verb,
    past_appositive,
    past_brackets,
    tells,
)
from search.enrich.attribution.lexicon import LEXICON
from search.enrich.attribution.phrases import Phrase, belongs, ending_at, starting_at
from search.enrich.attribution.units import ENDS, POSSESSIVE, Units

SENTENCE = 70  # units at most between a subject and a verb further on in its sentence
DASHES = frozenset("—–-")
INVERTING = frozenset((",", "\n", ".", "?", "!", "—"))
JOINING = frozenset(("and", "but", "then"))
BEFORE_PARTICIPLE = frozenset((",", "and", "by", "while"))
BEFORE_CLAUSE = ENDS | DASHES | frozenset((",", "”", '"', ")"))
AFTER_COMMA = frozenset(("said", "says", "reported", "reports"))  # stand before a speaker without a quotation too


def speakers_in(text: Units) -> Iterator[Phrase]:
    """The speakers of each verb of speech outside quotations, as far as they can be told."""
    for at, word in enumerate(text.low):
        if word in VERBS and not text.quoted[at] and text.low[at - 1] not in POSSESSIVE:
            yield from _subjects(text, at)
        elif word == ":" and not text.quoted[at]:
            yield from _before_colon(text, at)


def _subjects(text: Units, verb: int) -> Iterator[Phrase]:
    """The speakers of one verb."""
    last, being = before_verb(text, verb)
    word, before = text.low[verb], text.low[last]
    participle = word in LEXICON.participle or word.endswith("ing")
    if (being and not participle) or not tells(text, verb, last):
        return
    if participle and not being:
        if before in BEFORE_PARTICIPLE or text.closes(last):
            yield from _subject_of_sentence(text, verb)
    elif inverted := _inverted(text, verb, last):
        yield from inverted
    elif before == "," or before in DASHES:
        yield from _before_appositive(text, last) or _before_stray_comma(text, last, word)
    elif before in JOINING:
        yield from _subject_of_sentence(text, verb)
    elif before not in ENDS and before not in LEXICON.stop and not text.closes(last):
        yield from ending_at(text, past_brackets(text, last))


def _inverted(text: Units, verb: int, last: int) -> Sequence[Phrase]:
    """The speakers after a verb that follows a quotation: "…,” said the farmer Ana Kestrel"."""
    word = text.low[verb]
    quoted = text.closes(last)
    if word not in LEXICON.inverted or not (quoted or text.low[last] in INVERTING):
        return ()
    if text.low[last] == "," and not quoted and word not in AFTER_COMMA:
        return ()
    found = []
    for phrase in starting_at(text, verb + 1):
        following, head = text.low[phrase.end], text.low[phrase.end - 1]
        medium = phrase.name is not None and phrase.name.type == "ORG"
        if (following in LEXICON.auxiliary or following in FINITE or following in LEXICON.subject
                or (phrase.name and head and head not in LEXICON.spokesman)
                or (word.startswith("report") and not quoted and not medium)):
            break  # what begins here is what was said
        found.append(phrase)
    return found


def _before_appositive(text: Units, last: int) -> Sequence[Phrase]:
    """The subject before the commas or dashes of "Kestrel, a farmer near Vardis, said", or between them."""
    opening: int | None = last
    while opening is not None and last - opening < SENTENCE:
        opening = back_to(text, opening, text.low[last])
        if opening is not None:
            inside = [phrase for phrase in ending_at(text, past_brackets(text, last - 1))
                      if phrase.name and phrase.first - 1 == opening]
            found = inside or list(ending_at(text, past_brackets(text, opening - 1)))
            if found:
                return found
    return ()


def _before_stray_comma(text: Units, comma: int, word: str) -> Iterator[Phrase]:
    """The name before a comma that no appositive closes: "Ana Kestrel (Lab), said"."""
    at = past_brackets(text, comma - 1)
    if word in AFTER_COMMA and at in text.names:
        yield from ending_at(text, at)


def _subject_of_sentence(text: Units, verb: int) -> Iterator[Phrase]:
    """The subject that a verb further on shares: "Kestrel thanked them and said", "Kestrel left, telling CNN"."""
    for at in range(verb - 1, max(verb - SENTENCE, 0), -1):
        if text.quoted[at]:
            continue
        if text.low[at] in ENDS or (text.low[at] in LEXICON.subject and acts(text, at + 1)):
            return
        if at in text.names and not text.place(at):
            found = list(ending_at(text, at))
            if found and _begins_clause(text, found[-1].first, at + 1):
                yield from found
                return


def _begins_clause(text: Units, first: int, end: int) -> bool:
    """Whether a clause begins with the phrase [first, end): a sentence or adverbial ends before it, a verb follows."""
    while text.low[end] in LEXICON.spokesman or text.low[end] in POSSESSIVE:
        end += 1
    following = past_appositive(text, end)
    before = text.low[first - 1]
    return (before in BEFORE_CLAUSE and acts(text, following)) or (before in ENDS and belongs(text, following))


def _before_colon(text: Units, colon: int) -> Iterator[Phrase]:
    """Whom a transcript's line or a headline quotes: "Kestrel: We will stay"."""
    name, following = text.names.get(colon - 1), text.low[colon + 1]
    if name is None or text.low[colon - 2] in LEXICON.attached:
        return
    line = name.type == "PER" and following != "\n" and not following[:1].isdigit()
    for phrase in ending_at(text, colon - 1):
        if text.opens(colon + 1) or (line and text.low[phrase.first - 1] == "\n"):
            yield phrase
