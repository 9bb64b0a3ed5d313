"""The patterns of date expressions, and the one trigger that finds them all in a single pass over a text.

Every pattern is bounded in length, so that the pass takes time in proportion to the text whatever it holds.
"""

import re

from search.enrich.dates.words import (
    ARABIC_MONTHS,
    ARABIC_WEEKDAYS,
    DAY_PARTS,
    DECADES,
    DEICTIC_DAYS,
    DIRECTIONS,
    FOREIGN_DIRECTIONS,
    FRENCH_MONTHS,
    FRENCH_WEEKDAYS,
    FREQUENCIES,
    LEVANTINE_MONTHS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    REFERENCES,
    SEASONS,
    VAGUE_NUMBERS,
    WEEKDAYS,
    alternatives,
)

MONTH = f"(?-i:{alternatives(MONTHS)})(?![a-z])"
WEEKDAY = f"(?-i:{alternatives(WEEKDAYS)})(?![a-rt-z])"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[,.:]\d)"
YEAR = r"(?:1[0-9]|20)\d\d(?![\d%]|[.,]\d)"
PHASE = (r"(?:(?:very )?(?:early|late|mid|earlier|later)(?: in)?|the (?:beginning|start|middle|end|close|rest) of)"
         r"(?: |-)")
PART = alternatives(DAY_PARTS)
NUMBER = (r"(?:\d{1,3}(?:,\d{3}){0,2}(?:\.\d)?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
          rf"-(?:one|two|three|four|five|six|seven|eight|nine)|{alternatives([*NUMBERS, *VAGUE_NUMBERS])})")
UNIT = (r"(?:seconds?|minutes?|hours?|days?|nights?|weekends?|weeks?|fortnights?|months?|quarters?|years?|decades?|"
        r"centur(?:y|ies))(?![a-z])")
ABOUT = (r"(?:(?:about|around|nearly|almost|more than|less than|fewer than|at least|at most|up to|approximately|"
         r"roughly|just over|just under|over) )?")
ARABIC_DAY, ARABIC_MONTH = alternatives(ARABIC_WEEKDAYS), alternatives(ARABIC_MONTHS + LEVANTINE_MONTHS)
FOREIGN_WAY = alternatives(FOREIGN_DIRECTIONS)
FRENCH_DAY, FRENCH_MONTH = "|".join(FRENCH_WEEKDAYS), "|".join(FRENCH_MONTHS)

# The order decides between patterns that match at the same place.
PATTERNS: dict[str, str] = {
    "numeric": r"(?P<y>(?:19|20)\d\d)[-/](?P<m>1[0-2]|0[1-9])[-/](?P<d>3[01]|[12]\d|0[1-9])",
    "bracketed": rf"(?P<wd>{WEEKDAY}) \((?P<m>{MONTH}) (?P<d>{DAY})(?:,? (?P<y>{YEAR}))?\)",
    "month_day": rf"(?:(?P<wd>{WEEKDAY})(?:, | the | ))?(?:{PHASE})?(?P<m>{MONTH}) (?P<d>{DAY})"
                 rf"(?:(?:[-–]| to | and )(?P<d2>{DAY}))?(?:(?:,| of)? (?P<y>{YEAR}))?",
    "day_month": rf"(?:(?P<wd>{WEEKDAY}),? (?:the )?)?(?P<d>{DAY})(?:(?:[-–]| to | and )(?P<d2>{DAY}))?(?: of)? "
                 rf"(?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?",
    "month": rf"(?:{PHASE})?(?:(?P<rel>last|next|this past|this) )?(?P<m>{MONTH})"
             rf"(?:,? (?:of )?(?P<y>{YEAR})| (?:of )?(?P<ly>last|this|next) year)?",
    "quarter": r"(?:the |its )?(?P<ago>year-ago |year-earlier )?(?:latest |fiscal |full )?"
               rf"(?P<n>{alternatives(ORDINALS)})(?: |-)(?:fiscal )?(?P<u>quarter|half)"
               rf"(?: (?:of )?(?:fiscal )?(?:(?P<y>{YEAR})|(?P<ly>last|this|next|the) year))?",
    "season": rf"(?:{PHASE})?(?:(?P<rel>last|next|this|the) )?(?P<s>{alternatives(SEASONS)})"
              rf"(?:,? (?:of )?(?P<y>{YEAR}))?",
    "decade": rf"(?:the )?(?:{PHASE})?(?:the )?(?:(?P<c>1\d|20)(?P<d>\d)0['’]?s|['’](?P<e>[2-9])0s|"
              rf"(?P<w>{alternatives(DECADES)}))",
    "century": r"(?:the )?(?:(?:early|late|mid)(?: |-))?(?P<n>1\d|2[01])(?:st|th)(?: |-)century",
    "year": rf"(?:{PHASE})?(?:fiscal (?:year )?)?(?P<y>{YEAR})(?:[-–](?P<y2>(?:\d\d)?\d\d)(?!\d))?",
    "deictic": rf"(?:(?:late|early|earlier|later) )?(?P<w>{alternatives(DEICTIC_DAYS)})(?: (?P<part>{PART}))?",
    "weekday": rf"(?:(?P<set>every|each) |(?:(?:late|early) )?(?:(?P<rel>last|next|this past|this coming|this) )?)"
               rf"(?P<wd>{WEEKDAY})(?P<plural>s)?(?: (?P<part>{PART}))?",
    "day_part": rf"(?P<rel>this|the next|that) (?P<part>{PART})",
    "relative": rf"(?:{PHASE})?(?P<rel>{alternatives(DIRECTIONS)}) "
                r"(?P<u>weekend|week|month|quarter|year|decade|century)",
    "offset": rf"{ABOUT}(?P<n>{NUMBER})(?: or so| more)?(?: |-)(?P<u>{UNIT})(?: or so)? "
              r"(?P<way>ago|earlier|from now|hence)",
    "set": rf"(?:each|every|per) (?:(?P<n>{alternatives(NUMBERS)}) |(?P<other>other) )?(?P<u>{UNIT})"
           rf"|(?P<f>(?-i:{alternatives(FREQUENCIES)}))",
    "span": rf"(?:the )?(?P<rel>past|last|next|coming|first|recent|previous|final|following|latest) "
            rf"(?:(?P<n>{NUMBER}) (?P<u>{UNIT})|(?P<v>days|weeks|months|years|decades|centuries))",
    "duration": rf"{ABOUT}(?:the )?(?P<n>{NUMBER})(?: more| full| consecutive| straight| additional)?"
                rf"(?P<gap> |-)(?P<u>{UNIT})(?!(?: |-)olds?\b)",
    "reference": rf"(?P<w>{alternatives(word for words in REFERENCES.values() for word in words)})",
    "french": rf"(?-i:(?:(?P<wd>{FRENCH_DAY}) )?(?P<d>\d\d?)(?:er)? (?P<m>{FRENCH_MONTH})"
              rf"(?: (?P<y>{YEAR})| (?P<way>{FOREIGN_WAY}))?"
              rf"|(?P<m2>{FRENCH_MONTH}) (?:(?P<y2>{YEAR})|(?P<way2>{FOREIGN_WAY}))"
              rf"|(?P<wd2>{FRENCH_DAY})(?: (?P<way3>{FOREIGN_WAY}))?)",
    "arabic": rf"(?:يوم )?(?:(?P<wd>{ARABIC_DAY}) )?(?P<d>(?u:\d\d?)) (?P<m>{ARABIC_MONTH})"
              rf"(?: (?P<y>(?u:\d{{4}}))| (?P<way>{FOREIGN_WAY}))?"
              rf"|(?P<m2>{ARABIC_MONTH}) (?:(?P<y2>(?u:\d{{4}}))|(?P<way2>{FOREIGN_WAY}))"
              rf"|يوم (?P<wd2>{ARABIC_DAY})(?: (?P<way3>{FOREIGN_WAY}))?|(?P<wd4>{ARABIC_DAY}) (?P<way4>{FOREIGN_WAY})",
}


def _compiled(pattern: str) -> re.Pattern[str]:
    """With letters and digits taken as ASCII, so that whatever matches "ago" or "18" is spelled with these."""
    bounded = rf"(?u:(?<![\w$£€#])(?=[\w'’]))(?:{pattern})(?u:(?!\w))"
    return re.compile(bounded.replace(" ", r"[ \u00a0\n]"), re.IGNORECASE | re.ASCII)


RULES: dict[str, re.Pattern[str]] = {name: _compiled(pattern) for name, pattern in PATTERNS.items()}
TRIGGER = _compiled("|".join(f"(?P<rule_{name}>(?:{re.sub('[?]P<[a-z0-9]+>', '?:', pattern)})(?u:(?!\\w)))"
                             for name, pattern in PATTERNS.items()))
