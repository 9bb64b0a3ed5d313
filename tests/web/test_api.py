"""The JSON API gives what the page shows."""

from flask.testing import FlaskClient

from search.document import Document


def test_a_search_answers_with_hits_facets_and_the_query_in_words(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=ferry&f.source=The+Lantern").get_json()
    assert answer["total"] == 2
    assert answer["exact"] is True
    assert "“ferry”" in answer["query"]["words"]
    assert answer["query"]["canonical"] == "q=ferry&f.source=The+Lantern"
    hit = answer["hits"][0]
    start, end = hit["title"]["spans"][0]
    assert hit["title"]["text"][start:end] == "ferry"
    assert answer["facets"]["source"]["values"][0] == {"value": "Harbour Courier", "count": 2}


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
