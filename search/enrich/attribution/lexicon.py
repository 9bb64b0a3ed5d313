"""`data/words.txt` → the sets of words that tell who speaks.

    speech       verbs that report an utterance whatever follows them
    clause       verbs that do so only before a clause or quotation: "found that", not "found a wallet"
    base         their plain forms, which speak after an auxiliary or for several: "did not say", "officials say"
    participle   the same in -ing: ", saying that"
    inverted     verbs that may stand before their speaker after a quotation: "said the mayor"
    issue        verbs that report an utterance if their object is one: "issued a statement"; utterance: such objects
    auxiliary, adverb, time   what may stand between a speaker and the verb
    subject      pronouns that may be one; owning: possessive ones
    modal        auxiliaries before a plain form; past: irregular verbs of any kind
    adjunct      prepositions of such phrases: "on Monday"; attached: those within a noun phrase: "head of"
    people       nouns of unnamed sources; singular: the same of one person; body: the same of institutions
    spokesman    nouns for whom the name before them answers: "the Clinton campaign"; work: what a source wrote
    medium       words of the names of media; audience: of those of bodies that are told something in a speech
    suffix       what may follow a person's name; determiner: what a noun phrase begins with; stop: what ends it
"""

from importlib import resources
from typing import NamedTuple


class Lexicon(NamedTuple):
    """The lists of `data/words.txt`, in lower case."""

    speech: frozenset[str]
    clause: frozenset[str]
    base: frozenset[str]
    participle: frozenset[str]
    inverted: frozenset[str]
    issue: frozenset[str]
    utterance: frozenset[str]
    auxiliary: frozenset[str]
    adverb: frozenset[str]
    time: frozenset[str]
    adjunct: frozenset[str]
    attached: frozenset[str]
    subject: frozenset[str]
    owning: frozenset[str]
    modal: frozenset[str]
    past: frozenset[str]
    suffix: frozenset[str]
    stop: frozenset[str]
    determiner: frozenset[str]
    people: frozenset[str]
    singular: frozenset[str]
    body: frozenset[str]
    spokesman: frozenset[str]
    work: frozenset[str]
    medium: frozenset[str]
    audience: frozenset[str]


def _read() -> Lexicon:
    lists: dict[str, set[str]] = {}
    text = resources.files(__package__).joinpath("data", "words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            words = lists.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            words.update(line.split())
    return Lexicon(**{name: frozenset(words) for name, words in lists.items()})


LEXICON = _read()
