"""A text → its words and marks, with where they stand and whether they can be part of a name."""

import re
from dataclasses import dataclass

ABBREVIATED = ("Lt|Gen|Dr|Mr|Mrs|Ms|Prof|Sen|Rep|Gov|Rev|Capt|Col|Maj|Sgt|Adm|Brig|Cmdr|St|Inc|Corp|Ltd|Co|Jr|Sr|Mt")
TOKEN = re.compile(
    rf"(?:{ABBREVIATED})\.(?=\s)"
    r"|(?:[A-Z]\.){2,}|[A-Z]\.(?: [A-Z]\.){1,2}|[A-Z]\.(?= [A-Z])"
    r"|[^\W_]+(?:[-‐'’&](?!s\b)[^\W_]+)*"
    r"|[^\w\s]")
ARTICLE = re.compile(r"(?:al|el|ad|as|an|ar|at|az|ul|ud)[-‐'’](?=[^\W\d_])")
COMPOUND = re.compile(r"[-‐](?:\w+ed|led|run|born|held|made|style|wide|friendly|like|speaking|bound|only|free)$")
CLOSED = frozenset('.!?:;“”"‘(—–[•|*…>')
SHOUTED = 6  # letters from which a word in capitals is no acronym


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark. `opens` says that it begins a line or sentence, `joined` that one space stands before it."""

    start: int
    end: int
    text: str
    opens: bool
    joined: bool

    @property
    def capital(self) -> bool:
        """Whether it can be part of a name: "Mosul", "al-Allaq"."""
        if self.text[0].isupper():
            return "-" not in self.text or not COMPOUND.search(self.text)
        article = ARTICLE.match(self.text)
        return article is not None and self.text[article.end()].isupper()

    @property
    def acronym(self) -> bool:
        """Whether it is short and in capitals: "HRW", "U.N."."""
        return 2 <= len(self.text) < SHOUTED + 1 and self.text.isupper() and self.text[0].isalpha()


def tokens(text: str) -> list[Token]:
    """The words and marks of `text` in order."""
    found: list[Token] = []
    end = 0
    for match in TOKEN.finditer(text):
        between = text[end:match.start()]
        opens = not found or "\n" in between or found[-1].text in CLOSED
        found.append(Token(match.start(), match.end(), match[0], opens, between in (" ", "\u00a0")))
        end = match.end()
    return found


def family_name(name: str) -> str:
    """The last word of a person's name, without an Arabic article: "Allaq" for "Saad al-Allaq"."""
    last = name.rsplit(maxsplit=1)[-1]
    return re.sub(r"^(?:[Aa]l|[Ee]l)[-‐'’](?=[A-Z])", "", last)
