"""The OpenSearch description, by which a browser can put this archive among its search engines."""

from xml.etree import ElementTree as ET

from flask import Blueprint, Response, url_for

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"

opensearch = Blueprint("opensearch", __name__)


@opensearch.get("/opensearch.xml")
def description() -> Response:
    """How to search here, for programs."""
    root = ET.Element("OpenSearchDescription", xmlns=NAMESPACE)
    ET.SubElement(root, "ShortName").text = "Dateline"
    ET.SubElement(root, "Description").text = "Search this news archive"
    ET.SubElement(root, "InputEncoding").text = "UTF-8"
    for kind, endpoint in (("text/html", "pages.search"), ("application/atom+xml", "feeds.atom")):
        template = url_for(endpoint, _external=True) + "?q={searchTerms}"
        ET.SubElement(root, "Url", type=kind, method="get", template=template)
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type="application/opensearchdescription+xml; charset=utf-8")
