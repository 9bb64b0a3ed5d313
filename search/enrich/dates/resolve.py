"""A matched date expression → its TIMEX3 type and value, by calendar arithmetic against the reference.

Each reader takes the match of one pattern of the grammar, and gives None where the match is no date after all.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from search.document import DateType
from search.enrich.dates.foreign import read_arabic, read_french
from search.enrich.dates.reading import NOT_SURE, Reading, explicit, relative
from search.enrich.dates.reference import Reference, direction
from search.enrich.dates.timex import day_value, duration_value
from search.enrich.dates.words import (AMBIGUOUS_MONTHS, COUNTED, DAY_PARTS, DECADES, DEICTIC_DAYS, DIRECTIONS,
                                       FREQUENCIES, MONTHS, NUMBERS, ORDINALS, REFERENCES, SEASONS, UNITS, WEEKDAYS,
                                       alternatives)
