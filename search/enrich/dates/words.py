"""The words of date expressions: which word names which month, day, unit, number, season or part of a day."""

import re
from collections.abc import Iterable


def _words(text: str) -> list[str]:
    return text.split()


def _numbered(words: str, first: int) -> dict[str, int]:
    """Words separated by spaces, alternatives by "|", as word → number."""
    return {word: number for number, group in enumerate(words.split(), first) for word in group.split("|")}


MONTHS = _numbered("January|Jan.|Jan February|Feb.|Feb March|Mar.|Mar April|Apr.|Apr May June|Jun. July|Jul. "
                   "August|Aug.|Aug September|Sept.|Sep.|Sept|Sep October|Oct.|Oct November|Nov.|Nov "
                   "December|Dec.|Dec", 1)
WEEKDAYS = _numbered("Monday|Mon. Tuesday|Tues.|Tue. Wednesday|Wed. Thursday|Thurs.|Thu. Friday|Fri. "
                     "Saturday|Sat. Sunday|Sun.", 0)
AMBIGUOUS_MONTHS = frozenset({"March", "May", "Mar", "Jan", "Apr", "Dec", "Nov", "Feb", "Aug", "Oct", "Sep", "Sept"})

UNITS = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "weekend": "WE",
         "fortnight": "2W", "month": "M", "quarter": "Q", "year": "Y", "decade": "10Y", "century": "100Y"}
SMALL_NUMBERS = _numbered("a|an|one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
                          "fifteen sixteen seventeen eighteen nineteen twenty", 1)
ROUND_NUMBERS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
                 "a hundred": 100, "one hundred": 100, "a couple of": 2, "a dozen": 12}
NUMBERS = SMALL_NUMBERS | ROUND_NUMBERS
VAGUE_NUMBERS = ("several", "a few", "few", "many", "some", "dozens of", "hundreds of", "a number of")
ORDINALS = _numbered("first second third fourth", 1)
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
DAY_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
DECADES = _numbered("twenties thirties forties fifties sixties seventies eighties nineties", 2)
FREQUENCIES = {"hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M",
               "quarterly": "P1Q", "yearly": "P1Y", "annually": "P1Y"}
REFERENCES = {
    "PRESENT_REF": ("now", "currently", "current", "at present", "at the moment", "nowadays", "these days"),
    "PAST_REF": ("recently", "in the past", "the past", "previously", "formerly", "recent"),
    "FUTURE_REF": ("soon", "in the near future", "in the future", "the future", "in the coming days"),
}
DIRECTIONS = {"last": -1, "past": -1, "previous": -1, "this past": -1, "this": 0, "the current": 0, "next": 1,
              "coming": 1, "the coming": 1, "this coming": 1, "the next": 1, "the last": -1, "the previous": -1}
DEICTIC_DAYS = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0,
                "tomorrow": 1, "the day after tomorrow": 2}

# Nouns after a number that make it a count, although it looks like a year ("1814 View").
COUNTED = ("view", "people", "person", "worker", "employee", "job", "mile", "metre", "meter", "kilometre",
           "kilometer", "feet", "foot", "share", "dollar", "pound", "ton", "troop", "soldier", "point", "million",
           "billion", "student", "acre", "case", "death", "home", "passenger", "unit", "comment", "vote", "word",
           "time", "seat", "member", "family", "refugee", "civilian", "other", "mw", "km", "kg")

# Nouns before a number that make it a name of theirs, although it looks like a year ("room 2020").
NUMBERED = ("room", "suite", "apartment", "floor", "gate", "platform", "locker", "box", "seat", "table", "route",
            "highway", "interstate", "flight", "bus", "train", "boeing", "airbus", "page", "chapter", "section",
            "paragraph", "article", "rule", "form", "resolution", "number", "no.", "extension", "channel", "windows")

FRENCH_MONTHS = _words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
FRENCH_WEEKDAYS = _words("lundi mardi mercredi jeudi vendredi samedi dimanche")
ARABIC_MONTHS = _words("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر")
LEVANTINE_MONTHS = ["كانون الثاني", *_words("شباط آذار نيسان أيار حزيران تموز آب أيلول"), "تشرين الأول",
                    "تشرين الثاني", "كانون الأول"]
ARABIC_WEEKDAYS = _words("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد")

FOREIGN_DIRECTIONS = dict.fromkeys(_words("prochain prochaine المقبل المقبلة القادم القادمة"), 1) | dict.fromkeys(
    _words("dernier dernière الماضي الماضية"), -1)

AHEAD = _words("will shall scheduled expected expects plans planned planning due upcoming hopes intends effective "
               "deadline next prévu prévue prévus prévues sera seront devra devront partir سوف المقرر المقررة")
BEHIND = _words("said says was were had has have did told ago since began rose fell won lost made took met found came "
                "went left held sent led spoke wrote")


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, longer ones first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)).replace(r"\ ", " ")
