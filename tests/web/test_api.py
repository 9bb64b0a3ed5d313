"""The JSON API gives what the page shows."""

from pathlib import Path

from flask.testing import FlaskClient

from search.document import Document
from search.schema import FACETS
from web.address import SORTS


def test_a_search_answers_with_hits_facets_and_the_query_in_words(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=ferry&f.source=The+Lantern").get_json()
    assert answer["total"] == 2
    assert answer["exact"] is True
    assert "“ferry”" in answer["query"]["words"]
    assert answer["query"]["canonical"] == "q=ferry&f.source=The+Lantern"
    assert answer["query"]["sort"] == "relevance"
    hit = answer["hits"][0]
    start, end = hit["title"]["spans"][0]
    assert hit["title"]["text"][start:end] == "ferry"
    assert answer["facets"]["source"]["values"][0] == {"value": "Harbour Courier", "count": 2}


def test_the_newest_come_first_where_relevance_says_nothing(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=place:selwyn&none.x=1").get_json()
    assert answer["query"]["sort"] == "newest"
    dates = [hit["published"]["value"] for hit in answer["hits"] if hit["published"]["value"]]
    assert len(dates) > 5
    assert dates == sorted(dates, reverse=True)


def test_the_cursor_leads_through_everything_once(client: FlaskClient) -> None:
    url, seen = "/api/v1/search?sort=oldest&limit=7&f.lang=en", list[str]()
    while url:
        answer = client.get(url)
        seen += [hit["id"] for hit in answer.get_json()["hits"]]
        url = answer.get_json()["next"]
        assert answer.headers.get("Link") == (f'<{url}>; rel="next"' if url else None)
    assert len(seen) == len(set(seen)) == 43


def test_no_more_hits_are_given_than_allowed(client: FlaskClient) -> None:
    assert len(client.get("/api/v1/search?limit=5000").get_json()["hits"]) == 45
    assert len(client.get("/api/v1/search?limit=x").get_json()["hits"]) == 10


def test_a_cursor_that_is_none_is_told_and_breaks_nothing(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?after=nonsense").status_code == 200


def test_an_article_comes_with_everything_that_was_found(client: FlaskClient) -> None:
    answer = client.get("/api/v1/articles/the-lantern:103").get_json()
    text = answer.pop("text")
    document = Document.from_json(answer)
    assert document.article.text == text
    assert document.names


def test_errors_are_problem_details(client: FlaskClient, empty: FlaskClient) -> None:
    answer = client.get("/api/v1/articles/no:such")
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["status"] == answer.status_code == 404
    answer = empty.get("/api/v1/search")
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["detail"] == "Nothing has been indexed yet."
    assert answer.status_code == 503


def test_every_member_of_an_answer_and_every_parameter_is_documented(client: FlaskClient) -> None:
    documented = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    answer = client.get("/api/v1/search?q=ferry").get_json()
    document = client.get("/api/v1/articles/the-lantern:103").get_json()
    for name in (*answer, *answer["query"], *answer["hits"][0], *answer["hits"][0]["published"], *document, *FACETS,
                 "after", "limit", *SORTS):
        assert f"`{name}`" in documented, name
    for address in ("/feed.atom", "/export.csv", "/export.jsonl", "/opensearch.xml", "/healthz", "/readyz"):
        assert f"`{address}`" in documented, address
        assert client.get(address, buffered=True).status_code == 200, address


def test_scores_are_explained_where_that_is_asked_for(client: FlaskClient) -> None:
    url = "/api/v1/search?q=ferry+OR+quay&limit=2"
    assert [hit["shares"] for hit in client.get(url).get_json()["hits"]] == [[], []]
    answer = client.get(f"{url}&why=1").get_json()
    for hit in answer["hits"]:
        assert abs(sum(share["score"] for share in hit["shares"]) - hit["score"]) < 1e-9
        assert {share["term"] for share in hit["shares"]} <= {"ferry", "quay"}
        assert {share["field"] for share in hit["shares"]} <= {"title", "text"}
    assert "&why=1" in answer["next"]
