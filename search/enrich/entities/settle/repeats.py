"""Names found once → the same names wherever they stand; and known names of several words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from search.document import NameType
from search.enrich.entities.gazetteer import Gazetteer, gazetteer
from search.enrich.entities.settle.borders import over
from search.enrich.entities.settle.kinds import leading
from search.enrich.entities.settle.occurrences import Capitals, Occurrences
from search.enrich.entities.spans import Span, taken

SHORT = 4  # letters from which a lone word is looked for elsewhere, if it is no acronym


@cache
def _known() -> Occurrences:
    return Occurrences(name for name in gazetteer().known if " " in name)


def with_known(text: str, spans: Sequence[Span], words: Capitals, lists: Gazetteer) -> list[Span]:
    """The spans and the known names of several words; where they overlap, the longer one."""
    found = [Span(start, start + len(name), lists.known[name][0]) for start, name in _known().find(text, words)]
    longer = [span for span in found
              if all(other.end - other.start <= span.end - span.start for other in _touching(spans, span))]
    return over(spans, longer)


def _touching(spans: Sequence[Span], span: Span) -> Iterable[Span]:
    return (other for other in spans if other.start < span.end and span.start < other.end)


def with_repeats(text: str, spans: Sequence[Span], words: Capitals, lists: Gazetteer) -> list[Span]:
    """The spans, and the unmarked places where their names stand again."""
    kinds: defaultdict[str, Counter[NameType]] = defaultdict(Counter)
    for span in spans:
        kinds[text[span.start:span.end]][span.type] += 1
        if span.type == "PER" and " " in text[span.start:span.end]:
            kinds[text[span.start:span.end].rsplit(maxsplit=1)[-1]]["PER"] += 1
    wanted = {name: leading(counter) for name, counter in kinds.items() if _telling(name, lists)}
    new = [Span(start, start + len(name), wanted[name]) for start, name in Occurrences(wanted).find(text, words)
           if not taken(spans, start, start + len(name))]
    return sorted([*spans, *new])


def _telling(name: str, lists: Gazetteer) -> bool:
    """Whether a name found at one place is most likely the same name at another."""
    if " " in name or (name.isupper() and len(name) > 1):
        return True
    return len(name) >= SHORT and name not in lists.generic and name not in lists.openers
