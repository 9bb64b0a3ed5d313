"""A text → the credits at its borders: the agency in a dateline, a closing credit, the publisher in a breadcrumb."""

import re
from collections.abc import Iterator, Sequence

from search.document import Citation, NameMention

AGENCY = re.compile(r"^[A-Z][\w .,’'/-]{2,40} ?\((?P<name>[A-Z][\w .&/-]{1,30})\) ?(?:[—–]|-{1,2} )", re.MULTILINE)
WORD = r"(?:[A-Z][\w.&’'-]*|of|the|and|for)"
CLOSING = re.compile(rf"(?:[(\[](?P<name>[A-Z][\w.&’'-]*(?: {WORD}){{0,6}})[)\]]"
                     rf"|(?:Source|Credit|Courtesy|Via): ?(?P<given>[A-Z][\w.&’'-]*(?: {WORD}){{0,6}}))\.?\s*\Z")
STAFF = re.compile(r"[(\[](?:Additional )?(?:Reporting|Writing|Editing|Compiled|Written|Edited) by [^\n]{3,200}"
                   r"[)\]]\s*\Z")
BREADCRUMB = re.compile(r"\s*[^\n]{2,120}?(?: (?P<mark>[-–|»>]) [^\n]{2,80}? (?P=mark)| (?:\||::|»)) "
                        rf"(?P<name>[A-Z][\w.&’'-]*(?: {WORD}){{0,3}})[ \t]*(?:\n|\Z)")
LAST_LINE = 250  # characters at most of a closing line that is read


def credits_in(text: str, names: Sequence[NameMention]) -> Iterator[Citation]:
    """The credits of `text`. `names` are the names in it, in order: those of staff are credited one by one."""
    for match in AGENCY.finditer(text):
        yield Citation(*match.span("name"), "credit", match["name"].strip())
    first = BREADCRUMB.match(text)
    if first:
        yield Citation(*first.span("name"), "publisher", first["name"])
    begin = max(text.rstrip().rfind("\n") + 1, len(text.rstrip()) - LAST_LINE)
    last = CLOSING.match(text, begin) if begin else None
    if last:
        group = "name" if last["name"] else "given"
        yield Citation(*last.span(group), "credit", last[group])
    elif STAFF.match(text, begin):
        yield from (Citation(name.start, name.end, "credit", name.name)
                    for name in names if name.start >= begin and name.type != "LOC")
