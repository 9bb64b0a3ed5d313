"""Lines of alias files → groups of spellings that are one name, and which group a name belongs to.

    human | ORG | Islamic State = ISIS = Daesh      a person wrote it
    auto  | PER | Saad al-Allaq = Sa'ad al-Allak    a pass over the archive proposed it, nobody has objected
    not   | PER | Ana Marsh = Anna Marsh            they are two: undoes whatever line makes them one

The first name of a line is the one that is shown. A merge is undone by deleting its line, or by `not` in its place, so
that it is not proposed again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple, get_args

from search.document import NameType
from search.names.fold import identity

Mark = Literal["human", "auto", "not"]
MARKS: tuple[Mark, ...] = get_args(Mark)
TYPES: tuple[NameType, ...] = get_args(NameType)
SEPARATOR = " | "
LARGEST = 60  # spellings of one name; lines that would make more of them are left aside

Key = tuple[NameType, str]


class Line(NamedTuple):
    """One line of an alias file; the first of its names stands for the others."""

    mark: Mark
    type: NameType
    names: tuple[str, ...]

    def __str__(self) -> str:
        return SEPARATOR.join((f"{self.mark:5}", self.type, " = ".join(self.names)))


class Fault(NamedTuple):
    """A line that could not be read: its number, and what to do."""

    number: int
    advice: str


def read_lines(text: str) -> tuple[list[Line], list[Fault]]:
    """The lines of an alias file, and those that could not be read. Empty lines and those after # are notes."""
    lines, faults = [], []
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        mark, type_, names = ([part.strip() for part in raw.split("|", 2)] + ["", ""])[:3]
        spellings = tuple(dict.fromkeys(filter(None, (name.strip() for name in names.split(" = ")))))
        if mark not in MARKS or type_ not in TYPES or len(spellings) < 2:
            faults.append(Fault(number, f"“{raw.strip()[:60]}” is no alias; write human, auto or not, then PER, ORG or "
                                        "LOC, then names with “ = ” between them, a “|” between the three"))
            continue
        lines.append(Line(next(known for known in MARKS if known == mark),
                          next(known for known in TYPES if known == type_), spellings))
    return lines, faults


@dataclass(frozen=True, slots=True)
class Group:
    """All spellings of one name, the one that is shown first."""

    type: NameType
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name that is shown for all."""
        return self.names[0]


class Aliases:
    """What several files of lines say together; of two lines that name a group, the earlier names it."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self._groups = _grouped(list(lines))
        self._identities: dict[str, Group] = {}
        for (type_, name), group in self._groups.items():
            self._identities.setdefault(identity(name, type_), group)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every group once, in the order of the lines."""
        return tuple({id(group): group for group in self._groups.values()}.values())

    def group(self, name: str, type_: NameType) -> Group | None:
        """The group of a name as it is spelled, else of one that differs in case, accents and marks only."""
        return self._groups.get((type_, name)) or self._identities.get(identity(name, type_))

    def spelled(self, name: str, types: Iterable[NameType] = TYPES) -> tuple[str, ...]:
        """All spellings of a name that some group has exactly so, first the one that is shown; else the name alone.

        Of groups of several types, that of the first of `types` is meant.
        """
        return next((group.names for type_ in types if (group := self._groups.get((type_, name)))), (name,))


def _grouped(lines: list[Line]) -> Mapping[Key, Group]:
    """Every spelling with its group: lines are taken in order, and none joins what a `not` keeps apart."""
    apart = {frozenset(pair) for line in lines if line.mark == "not"
             for pair in combinations(((line.type, name) for name in line.names), 2)}
    members: dict[Key, list[Key]] = {}
    rank: dict[Key, int] = {}
    for first, other in _merges(lines):
        one, two = members.setdefault(first, [first]), members.setdefault(other, [other])
        rank.setdefault(first, len(rank))
        rank.setdefault(other, len(rank))
        forbidden = apart and any(frozenset((a, b)) in apart for a in one for b in two)
        if one is two or forbidden or len(one) + len(two) > LARGEST:
            continue
        if rank[two[0]] < rank[one[0]]:
            one, two = two, one
        one += two
        members.update(dict.fromkeys(two, one))
    joined = {key: keys for key, keys in members.items() if len(keys) > 1}
    groups = {id(keys): Group(keys[0][0], tuple(name for _, name in keys)) for keys in joined.values()}
    return {key: groups[id(keys)] for key, keys in joined.items()}


def _merges(lines: Iterable[Line]) -> Iterator[tuple[Key, Key]]:
    for line in lines:
        if line.mark != "not":
            first, *others = line.names
            yield from (((line.type, first), (line.type, other)) for other in others)
