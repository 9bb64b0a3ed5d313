"""Units around a verb → what kind of clause it makes: whether it reports speech, and where its subject may stand."""

from search.enrich.attribution.lexicon import LEXICON
from search.enrich.attribution.units import ENDS, Units

APPOSITIVE = 40  # units at most between the commas of "Kestrel, who …, said"
ADVERBIAL = 5    # units at most of "in a letter on Monday", preposition by preposition
OBJECT = 14      # units at most between a verb and what shows that a clause depends on it
BRACKETS = 10    # units at most in brackets behind a name
FINITE = LEXICON.speech | LEXICON.clause
VERBS = FINITE | LEXICON.participle | LEXICON.issue | LEXICON.base
BRIDGES = LEXICON.auxiliary | LEXICON.adverb | LEXICON.time
BE = frozenset(("am", "is", "are", "was", "were", "be", "been", "being", "isn’t", "wasn’t", "isn't", "wasn't"))
NO_ADVERBS = frozenset(("family", "july", "italy"))
NO_VERBS = frozenset(("need", "feed", "seed", "speed", "indeed", "hundred"))
NO_SPEECH = frozenset((("reported", "from"), ("responded", "with"), ("called", "from")))
LINKS = frozenset(("who", "which", "as", "after", "when", "before", "while"))


def before_verb(text: Units, verb: int) -> tuple[int, bool]:
    """The unit before a verb with its auxiliaries and adverbials, and whether a form of "be" is among them."""
    at, being = verb - 1, False
    while True:
        if _bridges(text.low[at]):
            being = being or text.low[at] in BE
            at -= 1
        elif start := _before_adverbial(text, at):
            at = start
        else:
            return at, being


def tells(text: Units, verb: int, last: int) -> bool:
    """Whether a verb whose subject ends at `last` is one of speech, by what follows it or goes before its subject."""
    word, following, before = text.low[verb], text.low[verb + 1], text.low[last - 1]
    if following == "by" or (word, following) in NO_SPEECH:
        return False
    if word in LEXICON.base:
        plural = text.low[last] in LEXICON.people or (last in text.names and word in ("say", "tell"))
        return plural or text.low[verb - 1] in LEXICON.modal
    if word in LEXICON.issue:
        return not LEXICON.utterance.isdisjoint(text.low[verb + 1:verb + 5])
    if verb + 1 in text.names and (word == "dismissed" or (word == "called" and last not in text.names)):
        return False  # "dismissed Kestrel as its head", "a band called Kestrel"
    if word in LEXICON.clause:
        aside = following == before == ","
        return following != "to" and (aside or _reports(text, verb) or _after_quotation(text, last))
    return before != "what" and not (before == "that" and following == ".")


def acts(text: Units, at: int) -> bool:
    """Whether a finite verb stands at a unit, adverbs before it left aside."""
    while text.low[at] in LEXICON.adverb or text.low[at] in LEXICON.time or text.low[at].endswith("ly"):
        at += 1
    word = text.low[at]
    return (word in LEXICON.auxiliary or word in FINITE or word in LEXICON.past
            or (word.endswith("ed") and word not in NO_VERBS))


def back_to(text: Units, last: int, mark: str) -> int | None:
    """The nearest `mark` before `last` in the same sentence and on the same side of a quotation."""
    for at in range(last - 1, max(last - APPOSITIVE, 0), -1):
        word = text.low[at]
        if word == mark:
            return at
        if word in ENDS or (text.quoted[at] != text.quoted[at - 1] and not _few_words(text, at)):
            return None
    return None


def past_brackets(text: Units, last: int) -> int:
    """`last`, or the unit before the brackets that it closes."""
    if text.low[last] != ")":
        return last
    return next((at - 1 for at in range(last - 1, max(last - BRACKETS, 1), -1) if text.low[at] == "("), last)


def past_appositive(text: Units, at: int) -> int:
    """The unit after the appositive between commas that begins at a unit, or that unit."""
    if text.low[at] == ",":
        for end in range(at + 1, at + APPOSITIVE // 2):
            if text.low[end] in ENDS:
                break
            if text.low[end] == ",":
                return end + 1
    return at


def _bridges(word: str) -> bool:
    return word in BRIDGES or (word.endswith("ly") and word not in NO_ADVERBS)


def _before_adverbial(text: Units, last: int) -> int | None:
    """The unit before an adverbial that ends with `last` and stands behind a person, a comma or a quotation."""
    for at in range(last, max(last - ADVERBIAL, 0), -1):
        word = text.low[at]
        if word in LEXICON.adjunct:
            name = text.names.get(at - 1)
            behind = (name is not None and name.type == "PER") or text.low[at - 1] == "," or text.closes(at - 1)
            if behind:
                return at - 1
        if word in ENDS or word in VERBS or word in LEXICON.subject or word in (",", "that", "who", "which"):
            return None
    return None


def _reports(text: Units, verb: int) -> bool:
    """Whether a clause or quotation follows the verb."""
    following = text.low[verb + 1]
    if following in ("that", ":", "how", "why", "whether"):
        return True
    if following in LEXICON.subject:
        return acts(text, verb + 2)
    for at in range(verb + 1, min(verb + OBJECT, len(text.low) - 1)):
        word = text.low[at]
        if text.opens(at) or word in LEXICON.auxiliary or (word == "that" and following in LEXICON.adjunct):
            return True
        if word in ENDS:
            return word == ":"
        if word == "," or word in LINKS:
            return text.opens(at + 1)
    return False


def _after_quotation(text: Units, last: int) -> bool:
    """Whether the name that ends at `last` comes right after a quotation."""
    first = next((at for at in range(last, max(last - 8, 0), -1) if not (at in text.names or text.capital(at))), 0)
    return text.closes(first)


def _few_words(text: Units, at: int) -> bool:
    """Whether the mark at a unit belongs to a few words in quotation marks, and not to somebody's speech."""
    return text.quoted[max(at - 7, 0):at + 8].count(True) < 7
