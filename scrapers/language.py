"""A text, and what its page claims → a language code: by its letters, then the claim, then its commonest words."""

import re

CLAIM = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
ARABIC_SCRIPT = {"ar", "fa", "ur", "ps", "ckb", "ku", "sd", "ug"}
LETTERS = {  # scripts and letters that tell a language; the first row that a tenth of the letters or more fits
    "ckb": re.compile("[ەێۆڵڕ]"), "ar": re.compile("[\u0600-\u06ff]"), "he": re.compile("[\u0590-\u05ff]"),
    "ru": re.compile("[\u0400-\u04ff]"), "el": re.compile("[\u0370-\u03ff]"), "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"), "ko": re.compile("[\uac00-\ud7af]"), "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
SCRIPTS = {"ru": {"uk", "bg", "sr", "mk", "be", "kk"}, "ar": ARABIC_SCRIPT, "ckb": ARABIC_SCRIPT, "hi": {"mr", "ne"},
           "ja": set(), "zh": {"ja"}}
STOP_WORDS = {
    "en": {"the", "of", "and", "to", "in", "that", "was", "for", "is", "with", "on", "said", "by", "from", "has"},
    "fr": {"le", "la", "les", "des", "et", "une", "du", "dans", "est", "que", "pour", "qui", "sur", "par", "au"},
    "de": {"der", "die", "und", "das", "ist", "nicht", "mit", "den", "von", "auf", "ein", "eine", "dem", "zu", "im"},
    "es": {"el", "los", "las", "una", "que", "del", "por", "con", "para", "es", "su", "al", "en", "como", "se"},
}
SAMPLE = 4000  # characters


def language_of(text: str, claimed: str = "") -> str:
    """The code of the language, two or three letters; "und" where nothing tells it."""
    sample = text[:SAMPLE]
    claim = CLAIM.fullmatch(claimed.strip())
    said = claim[1].lower() if claim else ""
    letters = sum(map(str.isalpha, sample)) or 1
    for code, pattern in LETTERS.items() if not sample.isascii() else ():
        if len(pattern.findall(sample)) > letters * (0.1 if code == "ckb" else 0.4):
            return said if said == code or said in SCRIPTS.get(code, ()) else code
    if said and said not in ARABIC_SCRIPT | LETTERS.keys():
        return said
    words = re.findall(r"\w+", sample.lower())
    votes = {code: sum(word in stop_words for word in words) for code, stop_words in STOP_WORDS.items()}
    second, best = sorted(votes, key=lambda code: votes[code])[-2:]
    return best if votes[best] > max(votes[second], len(words) // 40) else "und"
