"""The query string of a page ↔ what the reader chose, as an immutable `Address`.

    q=WORDS  sort=newest  page=2  lang=en  names=typed  f.FIELD=VALUE  x.FIELD=VALUE  none.FIELD=1

`f.` includes a value of a facet, `x.` excludes one, `none.` asks for articles that have no value there; the first two
may be repeated. `names=typed` looks for names in no other spelling. Reading is total: what cannot be used is dropped,
and a note says so. Equal choices have one address.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self, get_args
from urllib.parse import urlencode

from search.article import LANGUAGE, UNSTORABLE
from search.request import Filter, Sort
from search.results import Note
from search.schema import BY_NAME, FACETS

SORTS: tuple[Sort, ...] = get_args(Sort)
TYPED = "typed"
MOST_CHOICES = 64  # values chosen in all facets together
LONGEST_VALUE = 300  # characters
PAGE = re.compile(r"[1-9][0-9]{0,5}")
DATE_KEY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Address:
    """What a reader chose. `filters` holds one for each facet with a choice, in the order of the field table.

    Names `as_typed` are looked for in that spelling only.
    """

    query: str = ""
    sort: Sort = "relevance"
    page: int = 1
    language: str | None = None
    filters: tuple[Filter, ...] = ()
    as_typed: bool = False

    @classmethod
    def read(cls, pairs: Iterable[tuple[str, str]]) -> tuple[Self, tuple[Note, ...]]:
        """The address in the names and values of a query string, and a note for each that could not be used.

        Names that mean nothing here are passed over; of a repeated name that cannot repeat, the last counts.
        """
        address = cls()
        notes: list[Note] = []
        for name, value in pairs:
            if not value.strip():
                continue
            try:
                address = address._taking(name, value)
            except ValueError as reason:
                notes.append(Note("syntax", str(reason)))
        return address, tuple(dict.fromkeys(notes))

    def _taking(self, name: str, value: str) -> Self:
        shown = f"“{value[:40]}”"
        match name.partition("."):
            case "q", "", "":
                return replace(self, query=UNSTORABLE.sub(" ", value).strip())
            case "sort", "", "":
                if value not in SORTS:
                    raise ValueError(f"{shown} is no order; there are {', '.join(SORTS)}.")
                return replace(self, sort=value)
            case "page", "", "":
                if not PAGE.fullmatch(value):
                    raise ValueError(f"{shown} is no page number, so this is page 1.")
                return replace(self, page=int(value))
            case "lang", "", "":
                if not LANGUAGE.fullmatch(value):
                    raise ValueError(f"{shown} is no language code; the words are read in every language.")
                return replace(self, language=value)
            case "names", "", "":
                if value != TYPED:
                    raise ValueError(f"{shown} is no way to look for names; there is only “{TYPED}”.")
                return replace(self, as_typed=True)
            case ("f" | "x" | "none") as how, ".", field:
                return self._choosing(how, field, value)
        return self

    def _choosing(self, how: str, field: str, value: str) -> Self:
        if field not in FACETS:
            raise ValueError(f"“{field[:40]}” is nothing that articles can be filtered by, so it was left out.")
        if how == "none":
            if value != "1":
                raise ValueError(f"“none.{field}” takes only 1, so it was left out.")
            return self._with(replace(self.filter(field), missing=True), self.page)
        if not usable(field, value):
            raise ValueError(f"“{value[:40]}” cannot be a value of “{field}”, so it was left out.")
        if self.choices >= MOST_CHOICES:
            raise ValueError(f"At most {MOST_CHOICES} choices are taken; the rest were left out.")
        chosen = self.including(field, value) if how == "f" else self.excluding(field, value)
        return replace(chosen, page=self.page)

    def pairs(self) -> list[tuple[str, str]]:
        """The names and values of the canonical query string; what is as it would be anyway is left out."""
        pairs = [("q", self.query)] if self.query else []
        for chosen in self.filters:
            pairs += [(f"f.{chosen.field}", value) for value in sorted(chosen.include)]
            pairs += [(f"x.{chosen.field}", value) for value in sorted(chosen.exclude)]
            pairs += [(f"none.{chosen.field}", "1")] if chosen.missing else []
        pairs += [("lang", self.language)] if self.language else []
        pairs += [("names", TYPED)] if self.as_typed else []
        pairs += [("sort", self.sort)] if self.sort != "relevance" else []
        return pairs + ([("page", str(self.page))] if self.page > 1 else [])

    def __str__(self) -> str:
        return urlencode(self.pairs())

    @property
    def choices(self) -> int:
        """How many values, and absences of a value, are chosen in all facets."""
        return sum(len(chosen.include) + len(chosen.exclude) + chosen.missing for chosen in self.filters)

    def filter(self, field: str) -> Filter:
        """What is chosen in a facet; an empty filter where nothing is."""
        return next((chosen for chosen in self.filters if chosen.field == field), Filter(field))

    def _with(self, chosen: Filter, page: int = 1) -> Self:
        kept = {old.field: old for old in self.filters} | {chosen.field: chosen}
        filters = (kept[field] for field in FACETS if field in kept)
        return replace(self, page=page, filters=tuple(f for f in filters if f.include or f.exclude or f.missing))

    def asking(self, query: str) -> Self:
        """The same choices with other words."""
        return replace(self, query=UNSTORABLE.sub(" ", query).strip(), page=1)

    def sorted_by(self, sort: Sort) -> Self:
        """The same search in another order, from its first page."""
        return replace(self, sort=sort, page=1)

    def spelled(self, *, as_typed: bool) -> Self:
        """The same search for names in the spelling that was typed only, or in all."""
        return replace(self, as_typed=as_typed, page=1)

    def at(self, page: int) -> Self:
        """Another page of the same search."""
        return replace(self, page=page)

    def including(self, field: str, value: str) -> Self:
        """With `value` added to those of which an article must have one."""
        old = self.filter(field)
        return self._with(replace(old, include=old.include | {value}, exclude=old.exclude - {value}))

    def excluding(self, field: str, value: str) -> Self:
        """With `value` added to those of which an article may have none."""
        old = self.filter(field)
        return self._with(replace(old, include=old.include - {value}, exclude=old.exclude | {value}))

    def narrowed(self, field: str, value: str) -> Self:
        """With `value` in place of all that was included in the field: from a year to one of its months."""
        old = self.filter(field)
        return self._with(replace(old, include=frozenset({value}), exclude=old.exclude - {value}, missing=False))

    def missing(self, field: str) -> Self:
        """With articles that have no value in the field taken in."""
        return self._with(replace(self.filter(field), missing=True))

    def without(self, field: str, value: str | None = None) -> Self:
        """With a chosen value taken back; without `value`, that of having none."""
        old = self.filter(field)
        if value is None:
            return self._with(replace(old, missing=False))
        return self._with(replace(old, include=old.include - {value}, exclude=old.exclude - {value}))

    def cleared(self, *fields: str) -> Self:
        """Without any choice in these fields; without any choice at all if none is named."""
        return replace(self, page=1, filters=tuple(f for f in self.filters if fields and f.field not in fields))


def usable(field: str, value: str) -> bool:
    """Whether `value` could stand in a facet: text of a sane length, or a day, month or year of the calendar."""
    if len(value) > LONGEST_VALUE or UNSTORABLE.search(value):
        return False
    if BY_NAME[field].kind != "date":
        return True
    if not DATE_KEY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4:])
    except ValueError:
        return False
    return True
