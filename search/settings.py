"""Every setting in one table: name, default, help. Read from `dateline.toml` in the archive, then the environment.

A setting `query_terms` is the key `query_terms` in the file and DATELINE_QUERY_TERMS in the environment.
"""

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from search.errors import SettingsError

FILE = "dateline.toml"
PREFIX = "DATELINE_"
NOT_SETTINGS = {"DATELINE_ARCHIVE"}  # where the archive is cannot stand in the archive


def _setting(default: Any, help_: str, least: float | None = None, most: float = math.inf) -> Any:
    return field(default=default, metadata={"help": help_, "least": least, "most": most})


@dataclass(frozen=True)
class Settings:
    """The settings in force. Every one has a default that serves."""

    archive_url: str = _setting("", "store of record, an SQLAlchemy address; empty: archive.sqlite in the folder")
    engine_url: str = _setting("", "index, such as whoosh:DIR or memory:; empty: whoosh:index in the archive folder")
    kernels: str = _setting("auto", "hot loops of the index: numpy, numba (compiled), or auto: compiled if installed")
    query_characters: int = _setting(256, "characters of a query that are read", 1)
    query_terms: int = _setting(32, "words of a query that are read", 1)
    query_depth: int = _setting(6, "levels of parentheses that are read", 1)
    query_expansion: int = _setting(1024, "words that a wildcard or fuzzy word may stand for", 1)
    query_hits: int = _setting(1000, "how deep page numbers go, in hits; cursors have no limit", 1)
    query_seconds: float = _setting(1.0, "seconds that a search may take before it answers with what it has",
                                    0.01, 3600)
    page_size: int = _setting(10, "hits on a page", 1)
    facet_values: int = _setting(8, "values that a facet shows before “more”", 1)
    recognizer: str = _setting("builtin", "what finds names: builtin, rules, spacy:PIPELINE, or module:callable")
    reindex_workers: int = _setting(0, "processes that enrich articles; 0: one for each processor", 0, 256)
    reindex_batch: int = _setting(500, "articles that are enriched and written at a time", 1, 10_000)
    index_memory: int = _setting(1000, "megabytes that articles may take before they are written as a segment", 1)
    reindex_wait: float = _setting(0.0, "seconds to wait for another reindex before giving up", 0, 86_400)
    generations_kept: int = _setting(2, "generations of the index that stay on disk, the live one among them", 1)
    fetch_delay: float = _setting(2.0, "seconds between two requests to one host", 0, 3600)
    fetch_seconds: float = _setting(30.0, "seconds that one request may take", 0.1, 3600)
    fetch_bytes: int = _setting(5_000_000, "bytes of one answer, decompressed, that are taken", 1)
    fetch_contact: str = _setting("", "address or mailbox named in the user agent, so that outlets can write")
    fetch_test_hosts: str = _setting("", "hosts, by commas, that may be fetched although not public; for tests")
    serve_host: str = _setting("127.0.0.1", "address on which the page is served")
    serve_port: int = _setting(8000, "port on which the page is served", 0, 65_535)
    serve_threads: int = _setting(8, "threads that answer readers", 1, 1000)

    def __post_init__(self) -> None:
        for row in fields(self):
            value, least, most = getattr(self, row.name), row.metadata["least"], row.metadata["most"]
            if least is not None and not value >= least:  # NaN is not at least anything
                raise SettingsError(f"setting {row.name} is {value}; it must be at least {least}")
            if least is not None and value > most:
                raise SettingsError(f"setting {row.name} is {value}; it must be at most {most}")


def load(archive: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings for the archive in a folder: defaults, then its `dateline.toml`, then the environment.

    Raises SettingsError for a name that is no setting or a value of the wrong type.
    """
    table = {row.name: row for row in fields(Settings)}
    given: dict[str, Any] = {}
    if archive is not None:
        path = archive / FILE
        given |= {name: _typed(table, name, value, str(path)) for name, value in _read(path).items()}
    for variable, text in sorted((os.environ if environ is None else environ).items()):
        if variable.startswith(PREFIX) and variable not in NOT_SETTINGS:
            name = variable.removeprefix(PREFIX).lower()
            given[name] = _typed(table, name, text, f"the environment variable {variable}")
    return replace(Settings(), **given)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}; mend it or move it away") from error


def _typed(table: Mapping[str, Field[Any]], name: str, value: Any, where: str) -> Any:
    if name not in table:
        raise SettingsError(f"{name!r} in {where} is no setting; `dateline settings` lists them")
    wanted: type[Any] = type(table[name].default)
    fits = isinstance(value, str) or type(value) is wanted or (wanted is float and type(value) is int)
    try:
        if fits:
            return wanted(value)
    except ValueError:
        pass
    raise SettingsError(f"{name} in {where} is {value!r}; it must be of type {wanted.__name__}")
