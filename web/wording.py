"""Numbers, dates, languages and provenance in words, as the pages say them."""

from datetime import UTC, date, datetime, timedelta

from search.article import ISO_MOMENT, Published
from search.document import DateMention
from search.schema import BY_NAME, KEY_LENGTH, LEVELS

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")

LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "ckb": "Central Kurdish", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "ku": "Kurdish", "lt": "Lithuanian", "lv": "Latvian", "ne": "Nepali", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese", "und": "unknown language",
}

METHODS = {
    "json-ld": "from JSON-LD", "meta": "from the page’s metadata", "byline": "from the byline",
    "url": "from the address", "time": "from a time element", "text": "from the text", "given": "as given",
    "modified": "when it was last changed", "unknown": "from an unknown place",
}

BASES = {
    "explicit": "as written", "published": "counted from the day of publication", "weekday": "the nearest such weekday",
    "previous": "counted from the date before it", "document": "filled in from the rest of the article",
}

KINDS = {"DATE": "no certain day", "TIME": "a time of day", "DURATION": "a duration", "SET": "again and again"}
VAGUE = {"PRESENT_REF": "the present", "PAST_REF": "the past", "FUTURE_REF": "the future"}


def number(value: int) -> str:
    """1234 as 1,234."""
    return f"{value:,}"


def counted(value: int, one: str, many: str | None = None) -> str:
    """A number and its noun: "1 article", "2,310 articles"."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def sentence(words: str) -> str:
    """Words with a capital letter at their beginning."""
    return words[:1].upper() + words[1:]


def iso_words(value: str) -> str:
    """An ISO date, cut to what is known, in words: "18 November 2019, 19:24 (+03:00)". Anything else stays as it is."""
    if not ISO_MOMENT.fullmatch(value):
        return value
    date_, _, clock = value.partition("T")
    year, month, day = (*(int(part) for part in date_.split("-")), 0, 0)[:3]
    if month > len(MONTHS):
        return value
    words = " ".join(part for part in (str(day or ""), MONTHS[month - 1] if month else "", str(year)) if part)
    if not clock:
        return words
    zone = clock[5:].replace("Z", "UTC")
    return f"{words}, {clock[:5]}" + (f" ({zone})" if zone else "")


def moment(value: datetime) -> str:
    """A time in UTC: "20 November 2026, 14:02 UTC"."""
    utc = value.astimezone(UTC)
    return f"{iso_words(utc.date().isoformat())}, {utc:%H:%M} UTC"


def published_words(published: Published) -> str:
    """When an article appeared, as far as it is known."""
    if published.value:
        return iso_words(published.value)
    match published.earliest, published.latest:
        case None, None:
            return "date unknown"
        case None, date() as latest:
            return f"date unknown, no later than {iso_words(latest.isoformat())}"
        case date() as earliest, None:
            return f"date unknown, no earlier than {iso_words(earliest.isoformat())}"
        case date() as earliest, date() as latest:
            return f"date unknown, between {iso_words(earliest.isoformat())} and {iso_words(latest.isoformat())}"
    return "date unknown"


def provenance(published: Published) -> str:
    """Where a date of publication was found: "from JSON-LD"; empty for an unknown date."""
    if not published.value:
        return ""
    doubt = ", unsure" if published.confidence < 0.5 else ""
    return METHODS.get(published.method, f"from {published.method}") + doubt


def sureness(published: Published) -> str:
    """The same at length, for a tooltip."""
    if not published.value:
        return "No date of publication was found"
    known = "to the minute" if published.precision == "minute" else f"to the {published.precision}"
    return f"Known {known}, {provenance(published)}; confidence {published.confidence:.0%}"


def value_words(field: str, value: str) -> str:
    """A facet's value as the page shows it."""
    if field == "lang":
        return LANGUAGES.get(value, value)
    return iso_words(value) if BY_NAME[field].kind == "date" else value


def nothing_words(field: str) -> str:
    """The bucket of articles that have no value in a field."""
    return {"published": "undated", "about": "no date", "lang": "unknown"}.get(field, "none")


def mention_key(mention: DateMention) -> str | None:
    """The one year, month or day that a mention names, as a value of the `about` facet; None for none or several."""
    if not mention.indexed or not mention.begin or not mention.until or mention.granularity not in LEVELS:
        return None
    key = mention.begin.isoformat()[:KEY_LENGTH[mention.granularity]]
    return key if Published(key).span == (mention.begin, mention.until) else None


def mention_words(mention: DateMention) -> str:
    """What a date mention was read as: "18 November 2019", "2014 to 2017", "since 3 May 2003", "a duration, P3D"."""
    if key := mention_key(mention):
        return iso_words(key)
    if not mention.indexed:
        return VAGUE.get(mention.value, f"{KINDS[mention.type]}, {mention.value}")
    length = KEY_LENGTH[mention.granularity] if mention.granularity in LEVELS else 10
    begin = iso_words(mention.begin.isoformat()[:length]) if mention.begin else None
    last = iso_words((mention.until - timedelta(days=1)).isoformat()[:length]) if mention.until else None
    if begin and last:
        return begin if begin == last else f"{begin} to {last}"
    return f"since {begin}" if begin else f"until {last}"


def mention_basis(mention: DateMention) -> str:
    """How a date mention was resolved, in words; empty where nothing was to resolve."""
    return BASES.get(mention.basis, "")
