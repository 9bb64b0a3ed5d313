"""A text → the same text as word lists spell it, character for character, so that a place in one is a place in both.

Small letters, plain apostrophes, hyphens, spaces and digits; Latin letters without accents, Arabic without hamza.
"""

ACCENTS = str.maketrans("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy")
SIGNS = str.maketrans("’ʼ‘–‑‐\u00a0\u202f\n\t\r٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹أإآىﻻ", "'''---     01234567890123456789اااي ")
BLANK = str.maketrans("\n\t\r", "   ")


def fold(text: str) -> str:
    """`text` as it is looked up, of the same length."""
    if text.isascii():
        return text.lower().translate(BLANK)
    small = text.lower()
    if len(small) != len(text):  # "İ" becomes two characters
        small = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    return small.translate(SIGNS).translate(ACCENTS)
