"""A date as pages, feeds and imports write it → ISO 8601, cut to what it says: "2019-11-18T19:24+03:00", "2019-11".

Only dates that name their year are read; "today" and "two hours ago" mean nothing on a stored page.
"""

import re
import warnings
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import dateparser

from scrapers.months import day_in_figures, day_in_words

# Those that dateparser reads dates in, the ones in `scrapers.months` too: two hundred take two seconds to load.
LANGUAGES = ["en", "ar", "fr", "de", "es", "it", "nl", "pt", "ru", "tr", "fa", "he", "uk", "pl", "cs", "sv", "ja", "zh",
             "hi"]
MAIL = re.compile(r"(?:\w{3}, ?)?\d{1,2} \w{3} \d{4} \d\d:\d\d(?::\d\d)? ?(?:GMT|UTC?|Z|[ECMP][SD]T|[+-]\d{4})")
LONGEST = 80  # characters; dateparser takes seconds over long texts made to hurt it
FIRST_YEAR = 1600  # newspapers began then
NEAR_ISO = re.compile(r"([12]\d{3})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
ISO = re.compile(r"([12]\d{3})(?:([-/.]?)(\d\d)(?:\2(\d\d))?)?"
                 r"(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)? ?(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?")
CLOCK = re.compile(r"\d[:h]\d\d|\d ?[ap]\.?m\b|[12]\d{3}\D+\d{1,2}\.\d\d(?!\d)", re.IGNORECASE)
DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")  # written so, the day always comes first
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،", "01234567890123456789,")
WEEKDAY = re.compile(r"[^\W\d_]{2,12}\.?,? (?=\S)")  # or what stands for one
BEHIND = re.compile(r"[ ,|T·•–-]*(?:at |um |a |las )?(\d{1,2})[:.h](\d\d)(?::\d\d)?(?: ?([ap])\.?m\.?)?(?: uhr)?",
                    re.IGNORECASE)
SHORT = re.compile(r"(?<![\w.,/:-])\d{1,2}\.\d{1,2}\.\d\d(?![\w/:-]|[.,]\d)")
MONTH = r"[^\W\d_]{3,12}\.?"
WRITTEN = re.compile(
    rf"(?<![\w.-])(?:\d{{1,2}}(?:st|nd|rd|th|er|º)?\.?[ -](?:de |of )?{MONTH},?[ -](?:de |del )?[12]\d{{3}}"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? [12]\d{{3}}"
    r"|[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.][12]\d{3})(?![\d-])"
    r"(?:[ ,|T·•–-]*(?:at |um |à |las )?\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?\b)?)?", re.IGNORECASE)


def read(text: str, *, zone: str | None = None, day_first: bool = False) -> str | None:
    """The moment that a whole text writes, or None. `zone`, an IANA name, is for times without an offset."""
    text = " ".join(_plain(text).split())
    if not 4 <= len(text) <= LONGEST:
        return None
    text = NEAR_ISO.sub(lambda day: f"{day[1]}{day[2]}{day[3]:0>2}{day[2]}{day[4]:0>2}", text, count=1)
    match = ISO.fullmatch(text)
    return _from_iso(match, zone) if match else _written(text, zone, day_first)


def find(text: str, *, zone: str | None = None, day_first: bool = False) -> str | None:
    """The first moment written out anywhere in a text, or None."""
    for match in WRITTEN.finditer(_plain(text)):
        moment = read(match[0], zone=zone, day_first=day_first)
        if moment:
            return moment
    return None


def find_short(text: str) -> str | None:
    """The first date with two digits for its year ("18.11.19") in a text that is made to show one, or None."""
    match = SHORT.search(_plain(text))
    found = day_in_figures(match[0], day_first=True) if match else None
    return found[0].isoformat() if found else None


def _plain(text: str) -> str:
    """With figures as in English; ASCII has no others, and pages are long."""
    return text if text.isascii() else text.translate(DIGITS)


def day_of(moment: str) -> date:
    """The first day that a moment can mean."""
    return date.fromisoformat((moment + "-01-01")[:10] if len(moment) < 10 else moment[:10])


def _from_iso(match: re.Match[str], zone: str | None) -> str | None:
    year, separator, month, day, hour, minute, second, offset = match.groups()
    if month and not day and not separator:
        return None  # "201911" may as well be a number
    try:
        moment = datetime.fromisoformat(f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}")
    except ValueError:
        return None
    if not hour or not day or (not offset and (hour, minute, second or "00") == ("00", "00", "00")):
        return _plausible("-".join(part for part in (year, month, day) if part))  # midnight sharp stands for no time
    if offset is None:
        return _plausible(_with_zone(moment, zone))
    sign = "+00:00" if offset in {"Z", "UTC", "GMT"} else f"{offset[:3]}:{offset[3:].strip(':') or '00'}"
    return _plausible(f"{moment:%Y-%m-%dT%H:%M}{sign}") if sign[1:3] < "15" else None


def _with_zone(moment: datetime, zone: str | None) -> str:
    local = moment.replace(tzinfo=ZoneInfo(zone)) if zone and not moment.tzinfo else moment
    return local.isoformat(timespec="minutes")[:22]  # offsets of before 1900 have seconds, which are cut


def in_zone(moment: str, zone: str) -> str:
    """A moment whose offset is known, as the clocks of a zone show it; another as it is."""
    if len(moment) <= len("2019-11-18T19:24"):
        return moment
    return _with_zone(datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)), None)


def _plausible(moment: str) -> str | None:
    """`moment`, but for what programs write where they know no date."""
    return moment if int(moment[:4]) >= FIRST_YEAR and not moment.startswith(("1970-01-01", "1900-01-01")) else None


@lru_cache(maxsize=4096)
def _written(text: str, zone: str | None, day_first: bool) -> str | None:
    """A date in words or with the day first; also the form of e-mail and RSS."""
    if not re.search(r"[12]\d{3}|\d[-/.]\d\d$", text):
        return None
    known, quick = _quickly(text, zone, day_first=day_first)
    if known:
        return quick
    try:
        moment = parsedate_to_datetime(text) if MAIL.fullmatch(text) else _by_dateparser(text, day_first)
    except (ValueError, OverflowError):
        return None
    if moment is None:
        return None
    if not CLOCK.search(text):
        return _plausible(moment.date().isoformat())
    return _plausible(_with_zone(moment, zone))


def _quickly(text: str, zone: str | None, *, day_first: bool) -> tuple[bool, str | None]:
    """Whether the text is of the forms that most pages use, and the moment that it writes."""
    for start in (text, WEEKDAY.sub("", text, count=1)):
        found = day_in_words(start) or day_in_figures(start, day_first=day_first)
        if found is None:
            continue
        day, rest = found
        clock = BEHIND.fullmatch(rest.rstrip(" ."))
        if not rest.strip(" .,"):
            return True, _plausible(day.isoformat())
        if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
            hour = int(clock[1]) % 12 + (12 if clock[3] in {"p", "P"} else 0) if clock[3] else int(clock[1])
            return True, _plausible(_with_zone(datetime(day.year, day.month, day.day, hour, int(clock[2])), zone))  # noqa: DTZ001
    return False, None


def _by_dateparser(text: str, day_first: bool) -> datetime | None:
    settings: dict[str, Any] = {"PARSERS": ["absolute-time"], "STRICT_PARSING": True,
                                "REQUIRE_PARTS": ["day", "month", "year"]}
    if day_first or DOTTED.match(text):
        settings["DATE_ORDER"] = "DMY"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return dateparser.parse(text, languages=LANGUAGES, settings=settings)
        except (ValueError, OverflowError, RecursionError, TypeError):
            return None


def no_later_than(moment: str, latest: date) -> bool:
    """Whether a moment can be believed on a page got on a day: one day is given for time zones."""
    return day_of(moment) <= latest + timedelta(days=1)
