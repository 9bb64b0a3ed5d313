"""Bytes become text by the charset that fits them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.decode import decode, looks_binary


@pytest.mark.parametrize(
    "data",
    [
        "Brücke – ‘shut’".encode(),
        "Brücke – ‘shut’".encode("utf-8-sig"),
        "Brücke – ‘shut’".encode("utf-16"),
        "Brücke – ‘shut’".encode("cp1252"),
    ],
)
def test_the_usual_charsets_are_told_apart(data: bytes) -> None:
    assert decode(data) == "Brücke – ‘shut’"


def test_a_declared_charset_is_used_where_utf8_does_not_fit() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><p>الجسر القديم'
    assert decode(page.encode("cp1256")) == page
    assert decode("الجسر".encode("cp1256"), "windows-1256") == "الجسر"


@pytest.mark.parametrize("name", ["rot13", "base64", "utf-7", "no-such-charset", "", "\0", "unicode_escape"])
def test_a_charset_that_no_page_is_in_is_not_used(name: str) -> None:
    assert decode("Brücke".encode("cp1252"), name) == "Brücke"


@given(st.binary(max_size=400), st.text(max_size=20))
def test_any_bytes_are_text(data: bytes, name: str) -> None:
    assert isinstance(decode(data, name), str)


@pytest.mark.parametrize(
    ("text", "binary"), [("A\tline\r\nand one", False), ("PK\x03\x04", True), ("a" * 20_000 + "\0", True)]
)
def test_binary_files_are_told_from_text(text: str, binary: bool) -> None:
    assert looks_binary(text) is binary
