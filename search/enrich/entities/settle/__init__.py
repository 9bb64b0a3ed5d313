"""What a recogniser found in a text → its mentions, made consistent by what the text as a whole tells.

Borders are mended first, then acronyms in brackets are read, known names of several words and repeated names found,
each name is given one type, and last the name under which it is counted.
"""

from collections.abc import Sequence

from search.document import NameMention
from search.enrich.entities.gazetteer import Gazetteer
from search.enrich.entities.settle.acronyms import read_acronyms
from search.enrich.entities.settle.bodies import with_bodies
from search.enrich.entities.settle.borders import mended
from search.enrich.entities.settle.headlines import borne_out
from search.enrich.entities.settle.kinds import agreed
from search.enrich.entities.settle.margins import with_outlets
from search.enrich.entities.settle.naming import named
from search.enrich.entities.settle.occurrences import capitals
from search.enrich.entities.settle.repeats import with_known, with_repeats
from search.enrich.entities.spans import Span


def settled(text: str, spans: Sequence[Span], lists: Gazetteer) -> tuple[NameMention, ...]:
    """The mentions of the names in `text`, in order and apart."""
    words = capitals(text)
    found = with_outlets(text, with_known(text, borne_out(text, mended(text, spans, lists)), words, lists))
    acronyms, found = read_acronyms(text, with_bodies(text, found, words, lists), lists)
    found = agreed(text, with_repeats(text, found, words, lists), lists)
    return named(text, found, acronyms, lists)
