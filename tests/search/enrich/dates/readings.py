"""What the tests of languages share: expressions and their readings, compared the same way."""

from search.enrich.dates import tag

PUBLISHED = "2019-11-19"  # a Tuesday


def values(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    """The words and values of the mentions in a text."""
    return [(text[mention.start:mention.end], mention.value) for mention in tag(text, published)]


def typed(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    """The types and values of the mentions in a text."""
    return [(mention.type, mention.value) for mention in tag(text, published)]
