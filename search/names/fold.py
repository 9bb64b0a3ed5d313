"""A name → its identity: the words that are the same in all its spellings but for case, accents, marks and articles."""

import re
import unicodedata

from search.analysis import fold
from search.document import NameType

LEADING = re.compile(r"^the\s+")
POSSESSIVE = re.compile(r"['’‘`´]s$")
DROPPED = re.compile(r"[\"“”'’‘`´ʼʿʾ.]")
APART = re.compile(r"[^\w]+|_")
ARTICLES = frozenset(("al", "el", "ul", "an", "ar", "as", "ash", "at", "ad", "az", "edh", "adh"))  # before a hyphen
STANDING = frozenset(("al", "el"))                                                                 # by themselves
CYRILLIC = str.maketrans(dict(zip("абвгдезийклмнопрстуфыэіїєґ", "abvgdeziiklmnoprstufyeiieg", strict=True))
                         | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "",
                            "ю": "yu", "я": "ya", "ё": "e"})


def identity(name: str, type_: NameType) -> str:
    """The type and words under which all spellings are one that differ in nothing but their dress: "PER:saad-allaq".

    Case, accents, punctuation and the Arabic article make no difference, nor do Cyrillic letters, nor "the" before an
    organisation or place.
    """
    return f"{type_}:{'-'.join(name_words(name, type_))}"


def name_words(name: str, type_: NameType) -> tuple[str, ...]:
    """The words of a name without accents, marks and articles; all its words where nothing else would be left."""
    text = unicodedata.normalize("NFKC", name).translate(CYRILLIC).lower().translate(CYRILLIC)
    text = DROPPED.sub("", POSSESSIVE.sub("", text.strip() if type_ == "PER" else LEADING.sub("", text.strip())))
    pieces = [piece for piece in APART.split(text) if piece]
    hyphened = {match[1] for match in re.finditer(r"(?<!\w)(\w+)[-‐](?=\w)", text)}
    kept = tuple(fold(piece) for at, piece in enumerate(pieces)
                 if not _article(piece, hyphened, first=at == 0, person=type_ == "PER"))
    return kept or tuple(fold(piece) for piece in pieces)


def _article(word: str, hyphened: set[str], *, first: bool, person: bool) -> bool:
    """Whether a word is the Arabic article; "Al" with a space before a person's only other name is a name."""
    if word in ARTICLES and word in hyphened:
        return True
    return word in STANDING and not (first and person)
