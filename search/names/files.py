"""The files of an archive that say which spellings are one name → `Aliases`, read again when one of them changes.

    aliases.txt      the archive's own lines, written by people and by `dateline aliases propose`
    knowledge.tsv    optional, from a knowledge base: alias, type, id, label, prior, with a tab between them

The file that Dateline ships comes after the archive's lines by people, and before what was proposed.
"""

from collections import defaultdict
from functools import cache
from importlib import resources
from pathlib import Path
from threading import Lock

from search.names.aliases import TYPES, Aliases, Fault, Line, read_lines

FILE = "aliases.txt"
KNOWLEDGE = "knowledge.tsv"
HEAD = """\
# Which spellings are one name. Lines: human, auto (proposed) or not (they are two) | PER, ORG or LOC | name = spelling.
# The first name is shown for all. To undo a merge, write `not` for its first word; the next search obeys.
"""

Stamp = tuple[tuple[int, int] | None, ...]


class AliasFiles:
    """The alias files of an archive's folder."""

    def __init__(self, folder: Path) -> None:
        self.path, self.knowledge = folder / FILE, folder / KNOWLEDGE
        self.faults: tuple[Fault, ...] = ()
        self._reading = Lock()
        self._stamp: Stamp | None = None
        self._aliases = Aliases()

    def aliases(self) -> Aliases:
        """What the files say now. A line that cannot be read is left out, and a file that cannot is as none."""
        stamp = tuple(_stamp(path) for path in (self.path, self.knowledge))
        with self._reading:
            if stamp != self._stamp:
                self._stamp = stamp
                self._aliases = self._read()
            return self._aliases

    def lines(self) -> list[Line]:
        """The lines of the archive's own file."""
        lines, faults = read_lines(_text(self.path))
        self.faults = tuple(faults)
        return lines

    def append(self, lines: list[Line]) -> None:
        """Adds lines at the end of the archive's own file, which is made if there is none; what it holds stays."""
        there = _text(self.path)
        before = "" if there.endswith("\n") else "\n" if there else HEAD
        with self.path.open("a", encoding="utf-8") as file:
            file.write(before + "".join(f"{line}\n" for line in lines))

    def _read(self) -> Aliases:
        own = self.lines()
        return Aliases([*(line for line in own if line.mark != "auto"), *shipped(), *known(_text(self.knowledge)),
                        *(line for line in own if line.mark == "auto")])


@cache
def shipped() -> tuple[Line, ...]:
    """The lines of the file that Dateline ships."""
    text = resources.files(__package__).joinpath("data", FILE).read_text(encoding="utf-8")
    return tuple(read_lines(text)[0])


def known(text: str) -> list[Line]:
    """The lines that rows of a knowledge base come to; of several things with one name, the likeliest has it."""
    likeliest: dict[tuple[str, str], tuple[float, str, str]] = {}
    for row in text.splitlines():
        cells = [cell.strip() for cell in row.split("\t")]
        if len(cells) < 4 or cells[1] not in TYPES or not cells[0] or not cells[3]:
            continue
        prior = _number(cells[4]) if len(cells) > 4 else 0.0
        key = (cells[1], cells[0])
        if key not in likeliest or prior > likeliest[key][0]:
            likeliest[key] = prior, cells[2], cells[3]
    things: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for (type_, alias), (_, id_, label) in likeliest.items():
        names = things[type_, id_]
        names += [name for name in dict.fromkeys((label, alias)) if name not in names]
    return [Line("human", next(known for known in TYPES if known == type_), tuple(names))
            for (type_, _), names in things.items() if len(names) > 1]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _text(path: Path) -> str:
    """What a file holds; nothing if it is not there or cannot be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
