"""The description by which browsers search here."""

from xml.etree import ElementTree as ET

from flask.testing import FlaskClient


def test_the_description_names_the_search_and_its_feed(client: FlaskClient) -> None:
    root = ET.fromstring(client.get("/opensearch.xml").data)
    templates = [url.get("template") for url in root.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")]
    assert templates == ["http://localhost/?q={searchTerms}", "http://localhost/feed.atom?q={searchTerms}"]
