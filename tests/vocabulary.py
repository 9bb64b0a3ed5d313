"""The few words, names and days of the invented articles in which `tests.strategies` has its queries search.

The words are English, French, Arabic and others, in several inflected forms, with and without accents.
"""

from datetime import date

from search.analysis import split

TOKENS = (
    "minister", "Ministers", "stable", "stability", "attack", "attacks", "attacked", "the group", "group’s", "WHO",
    "U.S.", "1,315", "2.5", "2019", "wood-pulp", "résumé", "resume", "Géants", "géante", "l'Irak", "élections",
    "election", "Łódź", "وزير", "الوَزِير", "العراق", "عراقيّ", "日本",
)
RUNNING = (*TOKENS, *TOKENS, *(token + "." for token in TOKENS))
WORDS = tuple(dict.fromkeys(split(" ".join(TOKENS))))
MISSPELT = ("minster", "stabel", "atack", "resumes", "geant", "zebra")
LANGUAGES = ("en", "fr", "ar", "und")

OUTLETS = ("Harbour Courier", "The Lantern", "Échos du Sud")
NAMES: dict[str, tuple[str, ...]] = {
    "source": OUTLETS,
    "person": ("Amina Rahal", "Amina Lindqvist", "Ilse Varga"),
    "org": ("Harbour Board", "River Trust", "WHO"),
    "place": ("Łódź", "Port Rahal"),
    "cites": ("The Lantern", "Ilse Varga", "وزير العراق"),
    "author": ("Jonna Reid", "Ilse Varga"),
    "section": ("Politics", "Économie"),
    "lang": LANGUAGES,
}
NAME_WORDS = tuple(dict.fromkeys(word for names in NAMES.values() for name in names for word in split(name)))
DAYS = (
    date(2019, 11, 18), date(2019, 11, 19), date(2019, 12, 31), date(2020, 1, 1), date(2020, 2, 29), date(2015, 6, 30),
    date(2020, 2, 1), date(2020, 12, 7), date(2021, 4, 30), date(1998, 3, 9), date(1, 1, 1), date(9999, 12, 31),
)
CLOCKS = ("", "T00:00", "T19:24Z", "T23:59+03:00", "T02:10-09:30")
