"""From a name before a colon that is no field to the fields that may have been meant."""

from difflib import get_close_matches

from search.query.lexer import FIELDS

MEANT = {
    "date": ("published", "about"), "day": ("published", "about"), "month": ("published", "about"),
    "time": ("published", "about"), "when": ("published", "about"), "year": ("published", "about"),
    "after": ("published",), "before": ("published",), "since": ("published",), "until": ("published",),
    "body": ("text",), "headline": ("title",), "intitle": ("title",), "intext": ("text",),
    "byline": ("author",), "by": ("author",), "writer": ("author",),
    "outlet": ("source",), "newspaper": ("source",), "paper": ("source",), "publisher": ("source",),
    "site": ("source",), "agency": ("source", "cites"), "cited": ("cites",),
    "country": ("place",), "city": ("place",), "location": ("place",), "name": ("person", "org"),
    "people": ("person",), "who": ("person",), "organisation": ("org",), "organization": ("org",), "company": ("org",),
    "language": ("lang",), "category": ("section",), "topic": ("section",),
}


def fields_meant(name: str) -> tuple[str, ...]:
    """The fields that a reader may mean who writes `name`: another word for one, or a slip of the pen."""
    name = name.casefold()
    return MEANT.get(name) or tuple(get_close_matches(name[:20], sorted(FIELDS), n=1, cutoff=0.75))
