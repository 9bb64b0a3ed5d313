"""A query tree → the same with every other spelling of the names in it, and notes that say which were added.

A name is a phrase, or one or several plain words side by side, that a group of the alias file has. Exact words and
phrases (=ISIS) stay as they are. A spelling that is a common word but for its capitals ("US", "WHO") is recognised only
in capitals, and looked for among the names that were found in articles instead of among their words.
"""

from collections.abc import Sequence

from search.analysis import fold
from search.document import NameType
from search.names.aliases import TYPES, Aliases, Group
from search.query.simplify import simplify
from search.query.terms import joined, typed_words
from search.query.tree import And, Node, Not, Or, Phrase, Term, Word
from search.results import Note

LONGEST = 8  # words of a name in a query
SHORT = 2  # letters up to which a name in capitals is likely a word of some language
COMMON = frozenset(("who", "fed", "ice", "aids", "ira"))
FIELD: dict[NameType, str] = {"PER": "person", "ORG": "org", "LOC": "place"}
FIELD_TYPES: dict[str, tuple[NameType, ...]] = {"person": ("PER",), "org": ("ORG",), "place": ("LOC",), "cites": TYPES}
PROSE = (None, "title", "text")


def with_spellings(tree: Node, aliases: Aliases) -> tuple[Node, tuple[Note, ...]]:
    """The tree with the other spellings of its names beside them, and a note for each name that has any."""
    speller = _Speller(aliases)
    spelled = speller.spelled(tree)
    return (simplify(spelled), tuple(dict.fromkeys(speller.notes))) if speller.notes else (tree, ())


class _Speller:
    def __init__(self, aliases: Aliases) -> None:
        self.aliases = aliases
        self.notes: list[Note] = []

    def spelled(self, node: Node) -> Node:
        match node:
            case And(children):
                return And(tuple(self._side_by_side(children)))
            case Or(children):
                return Or(tuple(self.spelled(child) for child in children))
            case Not(child):
                return Not(self.spelled(child))
            case Word(text, field):
                return self._with_others(node, (text,), field) or node
            case Phrase(words, 0, False, field):
                return self._with_others(node, words, field) or node
            case _:
                return node

    def _side_by_side(self, children: Sequence[Node]) -> list[Node]:
        """The children, the longest runs of plain words that are a name taken together."""
        found: list[Node] = []
        at = 0
        while at < len(children):
            run = _run(children[at:at + LONGEST])
            size, node = next(((size, node) for size in range(len(run), 1, -1)
                               if (node := self._with_others(And(run[:size]), [word.text for word in run[:size]],
                                                             run[0].field))), (1, self.spelled(children[at])))
            found.append(node)
            at += size
        return found

    def _with_others(self, node: Node, words: Sequence[str], field: str | None) -> Node | None:
        """The node or any other spelling of the name that it is; None if it is no name."""
        types = FIELD_TYPES.get(field or "", TYPES if field in PROSE else ())
        groups = [group for type_ in types if (group := self.aliases.group(" ".join(words), type_))]
        if field in PROSE:
            groups = [group for group in groups if _meant(words, group)]
        others: dict[tuple[str, ...], tuple[Group, str]] = {}
        for group in groups:
            for name in group.names:
                others.setdefault(_folded(typed_words(name)), (group, name))
        added = [other for folded, other in others.items() if folded != _folded(words)]
        if not added:
            return None
        names = ", ".join(f"“{name}”" for _, name in added)
        self.notes.append(Note("names", f"“{' '.join(words)}” was also searched as {names}."))
        return Or((node, *(term for group, name in added for term in _terms(group, name, field))))


def _run(nodes: Sequence[Node]) -> tuple[Word, ...]:
    """The plain words of one field with which `nodes` begin."""
    run: list[Word] = []
    for node in nodes:
        if not isinstance(node, Word) or (run and node.field != run[0].field):
            break
        run.append(node)
    return tuple(run)


def _meant(words: Sequence[str], group: Group) -> bool:
    """Whether words in prose are meant as a name: "us" is no country, "US" is."""
    return not _common(*words) or words[0].isupper() or (words[0].istitle() and words[0] in group.names)


def _common(*words: str) -> bool:
    """Whether a name is a common word but for its capitals: "US", "WHO"."""
    letters = words[0].replace(".", "")
    return len(words) == 1 and (len(letters) <= SHORT or letters.casefold() in COMMON)


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(fold, words))


def _terms(group: Group, name: str, field: str | None) -> tuple[Term, ...]:
    """What finds a spelling: its words as they are in prose, the name in fields of names; of a common word the name,
    and the one under which all its spellings may have been counted.
    """
    if field not in PROSE:
        return joined(typed_words(name), 0, False, field)
    if not _common(*typed_words(name)):
        return joined(typed_words(name), 0, True, field)
    named = FIELD[group.type]
    return tuple(term for each in (name, group.label) for term in joined(typed_words(each), 0, False, named))
