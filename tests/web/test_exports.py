"""Exports hold everything, and nothing in them runs."""

import csv
import io
import json

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search.article import Article
from search.document import Document
from web import exports
from web.exports import cell, csv_lines


def rows(client: FlaskClient, url: str) -> list[dict[str, str]]:
    answer = client.get(url)
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_csv_holds_every_article_found_whatever_page_was_asked_for(
        client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "BATCH", 4)
    found = rows(client, "/export.csv?f.source=The+Lantern&page=9")
    assert len(found) == len({row["id"] for row in found}) == 12
    assert found[0]["outlet"] == "The Lantern"
    assert rows(client, "/export.csv?q=unheardof") == []


def test_csv_says_how_a_date_is_known(client: FlaskClient) -> None:
    row = rows(client, "/export.csv?f.source=The+Lantern&sort=oldest")[0]
    assert (row["published"], row["precision"], row["published_from"]) == ("2015-10-23", "day", "json-ld")
    assert row["speaks_of"].split("; ")[:3] == ["2015", "2015-10", "2015-10-23"]


def test_csv_gives_the_bounds_of_an_unknown_date(client: FlaskClient) -> None:
    row = next(row for row in rows(client, "/export.csv?none.published=1") if row["earliest"])
    assert (row["published"], row["earliest"], row["latest"]) == ("", "2011-01-01", "2026-11-20")


def test_json_lines_hold_whole_documents(client: FlaskClient) -> None:
    answer = client.get("/export.jsonl?q=ferry")
    assert 'filename="dateline-ferry.jsonl"' in answer.headers["Content-Disposition"]
    documents = [Document.from_json(json.loads(line)) for line in answer.data.splitlines()]
    assert len(documents) == 8
    assert all("ferry" in document.article.text for document in documents)


def test_a_hostile_query_stays_out_of_the_file_name(client: FlaskClient) -> None:
    answer = client.get("/export.csv", query_string={"q": 'a"; x=\r\nSet-Cookie: b'})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dateline-a-x-set-cookie-b.csv"'


def test_other_forms_are_not_found(client: FlaskClient) -> None:
    assert client.get("/export.xlsx").status_code == 404


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x", "＝1+1", "\x0b=1"])
def test_what_a_spreadsheet_would_run_is_made_text(text: str) -> None:
    assert cell(text) == f"'{text}"
    article = Article("a:1", "Outlet", text, ("Body.",))
    body = b"".join(csv_lines(iter([Document(article)]))).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(body, newline="")))["title"] == f"'{text}"


@given(st.text(max_size=10))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert cell(text).lstrip()[:1] not in {"=", "+", "-", "@"} or not text.strip()


def test_plain_text_is_left_alone() -> None:
    for text in ("", "Oil price", "1-2", "a=b", "“Quoted”"):
        assert cell(text) == text
