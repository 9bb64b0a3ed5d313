"""A snapshot and an alias file → the same snapshot, in which the spellings of a name are one.

Words and choices stand for every spelling, and a facet has one value for all. The engines know nothing of it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Lock

from search.document import Document
from search.engine import Generation, Snapshot
from search.names.aliases import Aliases
from search.names.files import AliasFiles
from search.names.merging import Here, Merger, Spellings, wider
from search.names.spelling import FIELD_TYPES, with_spellings
from search.query.tree import Everything
from search.request import FacetSpec, Filter, Request
from search.results import Note, Results


class Resolver:
    """Lays the alias files of an archive over its snapshots. Safe to use from several threads."""

    def __init__(self, files: AliasFiles) -> None:
        self.files = files
        self._lock = Lock()
        self._generation, self._aliases = "", Aliases()
        self._here: dict[str, Here] = {}

    def over(self, snapshot: Snapshot) -> "Resolved":
        """The snapshot with names resolved as the files say now."""
        aliases = self.files.aliases()
        with self._lock:
            if snapshot.generation.id != self._generation or aliases is not self._aliases:
                self._generation, self._aliases, self._here = snapshot.generation.id, aliases, {}
            return Resolved(snapshot, aliases, self._here)


class Resolved:
    """A snapshot that finds names under all their spellings, unless a request wants them as they are typed."""

    def __init__(self, snapshot: Snapshot, aliases: Aliases, here: dict[str, Here]) -> None:
        self._snapshot, self._aliases, self._here = snapshot, aliases, here

    @property
    def generation(self) -> Generation:
        """What it reads."""
        return self._snapshot.generation

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its articles, sorted."""
        return self._snapshot.languages

    def document(self, id_: str) -> Document | None:
        """The document of an article, or None if there is none of that id."""
        return self._snapshot.document(id_)

    def documents(self, ids: Sequence[str]) -> list[Document]:
        """The documents of those articles of these ids that there are, in the order of the ids."""
        return self._snapshot.documents(ids)

    def ids(self) -> Iterator[str]:
        """The ids of all articles, sorted."""
        return self._snapshot.ids()

    def spellings(self, field: str, name: str) -> Mapping[str, int]:
        """The spellings of a name that this index has in a field of names, and in how many articles each is.

        Empty where the only one is that which is shown for all.
        """
        label, here = self._aliases.spelled(name, FIELD_TYPES[field])[0], self._in(field)
        return {spelling: here.counts[spelling] for spelling in here.spellings.get(label, ())}

    def close(self) -> None:
        """Lets go of files. The snapshot answers no more."""
        self._snapshot.close()

    def search(self, request: Request) -> Results:
        """The answer to a request. Raises GenerationDamaged, and EngineError for a tree too deep for Python's stack."""
        if request.as_typed:
            return self._snapshot.search(request)
        tree, notes = with_spellings(request.query, self._aliases)
        filters, more = self._filters(request.filters)
        facets = tuple(wider(spec) if spec.field in FIELD_TYPES else spec for spec in request.facets)
        asked = replace(request, query=tree, filters=filters, facets=facets)
        results = self._snapshot.search(asked)
        merger = Merger(self._snapshot, asked)
        merged = {spec.field: merger.facet(spec, results.facets[spec.field], self._shown(spec.field, request.filters),
                                           self._in(spec.field))
                  for spec in request.facets if spec.field in FIELD_TYPES and spec.field in results.facets}
        return replace(results, facets={**results.facets, **merged}, exact=results.exact and merger.exact,
                       notes=(*notes, *more, *results.notes))

    def _filters(self, filters: Sequence[Filter]) -> tuple[tuple[Filter, ...], tuple[Note, ...]]:
        """The choices with all spellings of what was chosen, and notes on those that have others in this index."""
        taken, notes = [], []
        for each in filters:
            types = FIELD_TYPES.get(each.field, ())
            wider = {value: self._aliases.spelled(value, types) for value in each.include | each.exclude}
            taken.append(replace(each, include=frozenset(name for value in each.include for name in wider[value]),
                                 exclude=frozenset(name for value in each.exclude for name in wider[value])))
            for value, names in sorted(wider.items()):
                here = self._in(each.field).spellings.get(names[0], ()) if len(names) > 1 else ()
                others = ", ".join(f"“{name}”" for name in here if name != value)
                notes += [Note("names", f"The choice “{value}” takes in {others}.")] if others else []
        return tuple(taken), tuple(notes)

    def _shown(self, field: str, filters: Sequence[Filter]) -> Spellings:
        """The spellings of names; a name that was chosen in one of them keeps the one that was chosen."""
        spellings = self._in(field).spellings
        chosen = frozenset[str]().union(*(each.include for each in filters if each.field == field))
        for value in sorted(chosen):
            label = self._aliases.spelled(value, FIELD_TYPES[field])[0]
            if label in spellings and label not in chosen:
                spellings = {value if name == label else name: several for name, several in spellings.items()}
        return spellings

    def _in(self, field: str) -> Here:
        """The names of which the index has another spelling in a field, with those that it has. Found once."""
        if field not in self._here:
            everything = Request(Everything(), limit=0, facets=(FacetSpec(field, None),))
            found: defaultdict[str, list[str]] = defaultdict(list)
            counts = {value.value: value.count for value in self._snapshot.search(everything).facets[field].values}
            for name in counts:
                found[self._aliases.spelled(name, FIELD_TYPES[field])[0]].append(name)
            spellings = {label: tuple(names) for label, names in found.items() if names != [label]}
            spelled = {name: counts[name] for names in spellings.values() for name in names}
            self._here[field] = Here(spellings, spelled, {})
        return self._here[field]
