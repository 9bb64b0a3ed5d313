import math
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import SettingsError
from search.settings import FILE, Settings, load


def write(archive: Path, text: str) -> Path:
    (archive / FILE).write_text(text, encoding="utf-8")
    return archive


def test_nothing_set_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, {}) == load(None, {}) == Settings()


def test_the_file_is_read(tmp_path: Path) -> None:
    settings = load(write(tmp_path, 'query_terms = 5\nquery_seconds = 2\nengine_url = "memory:"\n'), {})
    assert (settings.query_terms, settings.query_seconds, settings.engine_url) == (5, 2.0, "memory:")
    assert isinstance(settings.query_seconds, float)
    assert settings.page_size == Settings().page_size


def test_the_environment_is_read() -> None:
    settings = load(None, {"DATELINE_QUERY_TERMS": "7", "DATELINE_QUERY_SECONDS": "0.5", "DATELINE_ENGINE_URL": "x:"})
    assert (settings.query_terms, settings.query_seconds, settings.engine_url) == (7, 0.5, "x:")


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    write(tmp_path, "query_terms = 5\npage_size = 20\n")
    settings = load(tmp_path, {"DATELINE_QUERY_TERMS": "7"})
    assert (settings.query_terms, settings.page_size) == (7, 20)


def test_the_process_environment_is_the_one_read_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_PAGE_SIZE", "33")
    assert load().page_size == 33


def test_where_the_archive_is_and_variables_of_others_are_no_settings() -> None:
    assert load(None, {"DATELINE_ARCHIVE": "/srv/news", "PAGE_SIZE": "x", "DATELIN": "y", "PATH": "/bin"}) == Settings()


@pytest.mark.parametrize(("text", "name"), [
    ("page_sise = 10", "page_sise"), ("Page_Size = 10", "Page_Size"), ('page_size = "ten"', "page_size"),
    ("page_size = 1.5", "page_size"), ("page_size = true", "page_size"), ("page_size = [1]", "page_size"),
    ("page_size = 2019-11-18", "page_size"), ("engine_url = 5", "engine_url"), ("engine_url = false", "engine_url"),
    ('query_seconds = "soon"', "query_seconds"), ("query_seconds = true", "query_seconds"),
    ("[page_size]\nvalue = 3", "page_size"), ("page_size = 0", "page_size"), ("query_seconds = 0", "query_seconds"),
    ("query_seconds = nan", "query_seconds"), ("query_seconds = inf", "query_seconds"),
    ("fetch_seconds = inf", "fetch_seconds"), ("fetch_delay = inf", "fetch_delay"),
    ("reindex_wait = inf", "reindex_wait"), ("serve_port = 99999", "serve_port"),
    ("serve_port = -1", "serve_port"), ("archive = 1", "archive"),
])
def test_a_mistake_in_the_file_names_the_setting(tmp_path: Path, text: str, name: str) -> None:
    with pytest.raises(SettingsError, match=rf"\b{name}\b"):
        load(write(tmp_path, text), {})


@pytest.mark.parametrize(("variable", "text"), [
    ("DATELINE_PAGE_SIZE", "ten"), ("DATELINE_PAGE_SIZE", ""), ("DATELINE_PAGE_SIZE", "1.5"),
    ("DATELINE_PAGE_SIZE", "0"),
    ("DATELINE_QUERY_SECONDS", "soon"), ("DATELINE_QUERY_SECONDS", "nan"), ("DATELINE_QUERY_SECONDS", "-inf"),
    ("DATELINE_PAGE_SISE", "10"),
])
def test_a_mistake_in_the_environment_names_the_setting(variable: str, text: str) -> None:
    with pytest.raises(SettingsError, match=variable.removeprefix("DATELINE_").lower()):
        load(None, {variable: text})


@pytest.mark.parametrize("content", [b"page_size = ", b"\xff\xfe", b"page_size = 1\npage_size = 2\n"])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(SettingsError, match=FILE):
        load(tmp_path, {})


@given(st.text(), st.text())
def test_any_environment_is_either_read_or_refused(name: str, text: str) -> None:
    known = {f"DATELINE_{row.name.upper()}" for row in fields(Settings)}
    for variable in (f"DATELINE_{name}", *sorted(known)):
        try:
            load(None, {variable: text})
        except SettingsError:
            continue
        assert variable.upper() in known | {"DATELINE_ARCHIVE"}


@pytest.mark.parametrize("row", [row for row in fields(Settings) if row.metadata["most"] < math.inf],
                         ids=lambda row: row.name)
def test_a_value_above_the_most_is_refused(row: object) -> None:
    name, most = row.name, row.metadata["most"]  # type: ignore[attr-defined]
    assert getattr(Settings(**{name: most}), name) == most
    with pytest.raises(SettingsError, match=f"{name} is .* at most"):
        Settings(**{name: most + 1})


def test_no_number_of_seconds_is_without_an_end() -> None:
    for row in fields(Settings):
        assert not isinstance(row.default, float) or row.metadata["most"] < math.inf, row.name


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(SettingsError, match=FILE):
        load(tmp_path, {})


def test_every_setting_has_help_and_every_number_a_least_value_that_its_default_meets() -> None:
    for row in fields(Settings):
        assert row.metadata["help"], row.name
        assert (row.metadata["least"] is None) == isinstance(row.default, str), row.name


@pytest.mark.parametrize("row", [row for row in fields(Settings) if row.metadata["least"] is not None],
                         ids=lambda row: row.name)
def test_a_value_below_the_least_is_refused(row: object) -> None:
    name, least = row.name, row.metadata["least"]  # type: ignore[attr-defined]
    assert getattr(Settings(**{name: least}), name) == least
    with pytest.raises(SettingsError, match=name):
        Settings(**{name: least - 1})
