"""Bytes of a page or a text → text, by the charset that fits.

UTF-8 is tried first: text in another charset is hardly ever valid UTF-8. Then what the page or the server declares,
then Windows-1252, which is what undeclared pages are in most often.
"""

import codecs
import re

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
                      rb"""|<\?xml[^>]{0,80}encoding=["']([\w.:-]{2,40})""", re.IGNORECASE)
HEAD = 4096  # where browsers look for a declaration, and then some
BINARY = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `data`; `declared` is the charset that came with it, as from a server. Never raises."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    match = DECLARED.search(data, 0, HEAD)
    own = (match[1] or match[2]).decode("ascii", "ignore") if match else None
    for charset in (declared, own):
        text = _in_charset(data, charset)
        if text is not None:
            return text
    return data.decode("cp1252", "replace")


def _in_charset(data: bytes, name: str | None) -> str | None:
    try:
        known = codecs.lookup(name or "")
    except (LookupError, ValueError):
        return None
    if not known.name.startswith(("cp", "iso8859", "windows", "koi8", "mac", "gb", "big5", "euc", "shift", "iso2022")):
        return None  # UTF-8 was tried; the rest, such as "base64" or "utf-7", no page is honestly in
    try:
        return data.decode(known.name, "replace")
    except (LookupError, ValueError):
        return None


def looks_binary(text: str) -> bool:
    """Whether a text holds control characters that no text has."""
    return bool(BINARY.search(text[:10_000]) or "\0" in text)
