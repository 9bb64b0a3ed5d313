"""From a corpus in JSON lines to documents: rows of id, title, text, date (ISO), source, url, entities (names).

Any beginning of such a file must be a fair sample of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from search.article import PART_BREAK, Article, Published, article_id
from search.document import Document, NameMention
from search.errors import InvalidRecord
from search.schema import BY_NAME

MINUTE_LENGTH = 16  # characters of 2019-11-18T19:24; seconds are no part of a date of publication


class Corpus:
    """The documents of the rows of several files, one file after the other, at most `limit` of them.

    `skipped` counts the rows passed over of which no article can be made. Ids are distinct over all files.
    """

    def __init__(self, paths: Sequence[Path], limit: int) -> None:
        self.skipped = 0
        self._paths, self._limit = paths, limit

    def __iter__(self) -> Iterator[Document]:
        made = self.skipped = 0
        for place, path in enumerate(self._paths):
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    if made == self._limit:
                        return
                    try:
                        document = document_of(json.loads(line), place)
                    except (InvalidRecord, ValueError, KeyError, TypeError):
                        self.skipped += 1
                        continue
                    made += 1
                    yield document


def corpus_rows(path: Path) -> int:
    """How many rows a file has, good or bad."""
    with path.open("rb") as file:
        return sum(1 for _ in file)


def document_of(row: Mapping[str, Any], place: int = 0) -> Document:
    """The document of a row of the file number `place`, its entities as persons.

    A name stands where the text first has it, or at the first character where the text has it nowhere. Raises
    InvalidRecord, ValueError, KeyError or TypeError.
    """
    number = f"{place + 1}:{row['id']}" if place else row["id"]
    paragraphs = tuple(text for part in row["text"].split(PART_BREAK) if (text := part.strip()))
    article = Article(article_id(row["source"], number=number), row["source"], row["title"], paragraphs, row.get("url"),
                      language="en", published=Published((row["date"] or "")[:MINUTE_LENGTH] or None))
    return Document(article, names=tuple(_mention(article.text, name) for name in row["entities"]))


def _mention(text: str, name: str) -> NameMention:
    at = text.find(name)
    return NameMention(at, at + len(name), "PER", name) if at >= 0 else NameMention(0, 1, "PER", name)


def body(document: Document) -> str:
    """What is searched of an article beside its title."""
    text, = BY_NAME["text"].values(document)
    return text


def month(document: Document) -> str | None:
    """The month of publication, such as "2019-11"; None where it is unknown."""
    value = document.article.published.value
    return value[:7] if value and len(value) >= 7 else None


def raw_bytes(document: Document) -> int:
    """The size of title and text in UTF-8."""
    return len(document.article.title.encode()) + len(body(document).encode())
