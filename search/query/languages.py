"""From what readers call a language to its code, and from the code to its English name.

    English  العربية  français  ──►  en  ar  fr  ──►  English  Arabic  French
"""

import re

from search.analysis import fold

LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "ckb": "Central Kurdish", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "ku": "Kurdish", "lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian Bokmål", "ne": "Nepali",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese", "und": "an unknown language",
}
OTHER_NAMES = {
    "ar": ("العربية", "عربي"), "bg": ("български",), "bn": ("বাংলা", "Bangla"), "ca": ("català",),
    "ckb": ("کوردیی ناوەندی", "Sorani"), "cs": ("čeština", "česky"), "cy": ("Cymraeg",), "da": ("dansk",),
    "de": ("Deutsch",), "el": ("ελληνικά",), "es": ("español", "castellano", "Castilian"), "et": ("eesti",),
    "eu": ("euskara",), "fa": ("فارسی", "Farsi"), "fi": ("suomi",), "fr": ("français",), "ga": ("Gaeilge",),
    "he": ("עברית",), "hi": ("हिन्दी", "हिंदी"), "hr": ("hrvatski",), "hu": ("magyar",), "hy": ("հայերեն",),
    "id": ("bahasa Indonesia",), "it": ("italiano",), "ja": ("日本語",), "ko": ("한국어",), "ku": ("kurdî", "Kurmanji"),
    "lt": ("lietuvių",), "lv": ("latviešu",), "nb": ("bokmål", "norsk bokmål"), "ne": ("नेपाली",),
    "nl": ("Nederlands",), "no": ("norsk",), "pl": ("polski",), "ps": ("پښتو",), "pt": ("português",),
    "ro": ("română",), "ru": ("русский",), "si": ("සිංහල", "Sinhalese"), "sk": ("slovenčina",), "sl": ("slovenščina",),
    "so": ("Soomaali",), "sq": ("shqip",), "sr": ("српски", "srpski"), "sv": ("svenska",), "sw": ("Kiswahili",),
    "ta": ("தமிழ்",), "th": ("ไทย",), "tr": ("Türkçe",), "uk": ("українська",), "ur": ("اردو",),
    "vi": ("tiếng Việt",), "zh": ("中文", "Mandarin"), "und": ("unknown",),
}


def _key(name: str) -> str:
    return fold(" ".join(name.split()))


CODES = {_key(name): code for code, english in LANGUAGES.items()
         for name in (code, english, *OTHER_NAMES.get(code, ()))}
REGION = re.compile(r"([a-z]{2,3})[-_][a-z]{2,4}", re.IGNORECASE)  # en-GB, zh_Hant


def language_code(name: str) -> str | None:
    """The code of a language, by its code or its name in English or in itself, whatever the case and accents."""
    region = REGION.fullmatch(name.strip())
    return CODES.get(_key(region[1] if region else name))


def language_name(code: str) -> str | None:
    """What English calls the language of a code; None if the table does not have it."""
    return LANGUAGES.get(code.casefold())
