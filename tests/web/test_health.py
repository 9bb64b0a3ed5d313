"""What watchers and crawlers are told."""

from flask.testing import FlaskClient


def test_a_server_with_an_index_is_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["articles"]) == (200, 45)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_server_without_an_index_is_alive_and_not_ready(empty: FlaskClient) -> None:
    assert empty.get("/healthz").status_code == 200
    answer = empty.get("/readyz")
    assert answer.status_code == 503
    assert "nothing has been indexed" in answer.get_json()["reason"]


def test_crawlers_are_kept_from_the_endless_combinations(client: FlaskClient) -> None:
    assert "Disallow: /facet/" in client.get("/robots.txt").get_data(as_text=True)
