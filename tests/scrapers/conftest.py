"""What the tests of the scrapers share: pages and a web server of their own."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

SENTENCES = (
    "The council of Ombra voted on Tuesday to close the old bridge for repairs, a year after the first crack was seen.",
    "Work is to begin in March and to last until the autumn, the mayor, Lena Dorr, told reporters at the town hall.",
    "Shopkeepers on the left bank said that they had not been asked, and that a ferry would be of no use to them.",
    "The last repairs were made in 1988, when the bridge was shut for eleven weeks and trade fell by a third.",
)


@pytest.fixture
def page() -> Callable[..., str]:
    """Builds a page: whatever `head` and `before` give, then an article of four paragraphs."""

    def build(head: str = "", before: str = "", title: str = "Old bridge to close") -> str:
        body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
        return (
            f"<html lang='en'><head><title>{title} - The Ombra Times</title>{head}</head><body>{before}"
            f"<article><h1>{title}</h1>{body}</article></body></html>"
        )

    return build


@dataclass
class Site:
    """A web server on this machine: what each path answers with, and what was asked of it."""

    address: str
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answer(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.answers[path] = status, {name.replace("_", "-"): value for name, value in headers.items()}, data

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that answers 404 to all that it was not told."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name.lower(): value for name, value in self.headers.items()}
            served.asked.append((self.path, asked))
            status, headers, body = served.answers.get(self.path, (404, {}, b"nothing here"))
            if headers.get("etag") and asked.get("if-none-match") == headers["etag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is http.server's
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Site(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()
