"""What is fetched is fetched politely, within limits, and from where it may be."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from scrapers.fetch import Fetcher, Validators
from search.errors import FetchRefused
from search.settings import Settings

from .conftest import Site

OPEN = Settings(fetch_test_hosts="127.0.0.1", fetch_delay=0, fetch_contact="desk@ombra.example", fetch_seconds=5)


def with_settings(**values: float | str) -> Fetcher:
    return Fetcher(Settings(**({"fetch_test_hosts": "127.0.0.1", "fetch_delay": 0, "fetch_seconds": 5} | values)))  # type: ignore[arg-type]


def test_an_answer_becomes_a_capture(site: Site) -> None:
    site.answer("/a?q=%C3%BC", "<p>Brücke</p>", content_type="text/html; charset=utf-8", etag='"1"')
    answer = Fetcher(OPEN).get(site.address + "/a?q=ü")
    assert answer.capture is not None
    assert (answer.capture.body, answer.capture.media_type) == ("<p>Brücke</p>".encode(), "text/html; charset=utf-8")
    assert (answer.capture.url, answer.validators) == (site.address + "/a?q=ü", Validators('"1"'))


def test_the_user_agent_says_who_asks(site: Site) -> None:
    site.answer("/a", "x")
    Fetcher(OPEN).get(site.address + "/a")
    agent = site.asked[-1][1]["user-agent"]
    assert agent.startswith("dateline/")
    assert agent.endswith("(+desk@ombra.example)")


def test_without_leave_this_machine_is_not_fetched_from(site: Site) -> None:
    with pytest.raises(FetchRefused):
        Fetcher(Settings(fetch_delay=0)).get(site.address + "/a")
    assert site.asked == []


def test_a_name_that_moves_to_this_machine_is_refused() -> None:
    with pytest.raises(FetchRefused):
        Fetcher(Settings(fetch_delay=0), resolver=lambda _host, _port: ["127.0.0.1"]).get("http://ombra.example/a")


def test_robots_txt_is_asked_once_and_obeyed(site: Site) -> None:
    site.answer("/robots.txt", "User-agent: *\nDisallow: /private")
    site.answer("/a", "x")
    fetcher = Fetcher(OPEN)
    fetcher.get(site.address + "/a")
    fetcher.get(site.address + "/a")
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        fetcher.get(site.address + "/private/a")
    assert site.paths() == ["/robots.txt", "/a", "/a"]


def test_a_host_that_fails_to_give_its_rules_is_left_alone(site: Site) -> None:
    site.answer("/robots.txt", "", status=503)
    site.answer("/a", "x")
    with pytest.raises(FetchRefused, match="nobody knows what may be fetched"):
        Fetcher(OPEN).get(site.address + "/a")


@pytest.mark.parametrize(
    ("rule", "setting", "waited"), [("Crawl-delay: 7", 2.0, 7), ("Crawl-delay: 1", 2.0, 2), ("", 0.0, 0)]
)
def test_the_longer_delay_is_kept(site: Site, rule: str, setting: float, waited: float) -> None:
    site.answer("/robots.txt", f"User-agent: *\n{rule}\nDisallow: /x")
    site.answer("/a", "x")
    slept: list[float] = []
    fetcher = with_settings(fetch_delay=setting)
    fetcher.sleep = slept.append
    for _ in range(2):
        fetcher.get(site.address + "/a")
    assert sum(slept) == pytest.approx(waited, abs=0.5)


def test_an_endless_delay_is_refused(site: Site) -> None:
    site.answer("/robots.txt", "User-agent: *\nCrawl-delay: 1000000")
    with pytest.raises(FetchRefused, match="seconds between requests"):
        Fetcher(OPEN).get(site.address + "/a")


def test_a_redirect_is_followed_and_each_hop_checked(site: Site) -> None:
    site.answer("/a", "", status=302, location="/b")
    site.answer("/b", "x")
    site.answer("/inward", "", status=302, location="http://10.0.0.1/secret")
    site.answer("/file", "", status=302, location="file:///etc/passwd")
    site.answer("/forbidden", "", status=302, location="/private")
    site.answer("/robots.txt", "User-agent: *\nDisallow: /private")
    fetcher = Fetcher(OPEN)
    assert fetcher.get(site.address + "/a").url == site.address + "/b"
    for path in ("/inward", "/file", "/forbidden"):
        with pytest.raises(FetchRefused):
            fetcher.get(site.address + path)


@pytest.mark.parametrize("link", ["http://[bad", "//[", "http://[::1"])
def test_a_redirect_to_what_is_no_address_is_refused(site: Site, link: str) -> None:
    site.answer("/a", "", status=302, location=link)
    with pytest.raises(FetchRefused, match="no web address"):
        Fetcher(OPEN).get(site.address + "/a")


def test_rules_behind_what_is_no_address_leave_the_host_alone(site: Site) -> None:
    site.answer("/robots.txt", "", status=301, location="http://[bad")
    site.answer("/a", "x")
    with pytest.raises(FetchRefused, match="no web address"):
        Fetcher(OPEN).get(site.address + "/a")
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize("url", ["http://[bad", "http://℀.example/", "http://ombra.example/\ud800"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused, match="no web address"):
        Fetcher(OPEN).get(url)


def test_a_circle_of_redirects_ends(site: Site) -> None:
    site.answer("/a", "", status=302, location="/a")
    with pytest.raises(FetchRefused, match="redirects"):
        Fetcher(OPEN).get(site.address + "/a")
    assert site.paths().count("/a") == 6


@pytest.mark.parametrize("encoded", [True, False])
def test_size_is_counted_after_decompression(site: Site, encoded: bool) -> None:
    body = b"\0" * 3_000_000
    if encoded:
        site.answer("/a", gzip.compress(body), content_encoding="gzip")
    else:
        site.answer("/a", body)
    with pytest.raises(FetchRefused, match="fetch_bytes"):
        with_settings(fetch_bytes=100_000).get(site.address + "/a")
    capture = Fetcher(OPEN).get(site.address + "/a").capture
    assert capture is not None
    assert len(capture.body) == len(body)


def test_broken_compression_is_refused(site: Site) -> None:
    site.answer("/a", b"this is not gzip", content_encoding="gzip")
    with pytest.raises(FetchRefused, match="failed"):
        Fetcher(OPEN).get(site.address + "/a")


def test_what_did_not_change_is_not_sent_again(site: Site) -> None:
    site.answer("/a", "x", etag='"1"')
    fetcher = Fetcher(OPEN)
    first = fetcher.get(site.address + "/a")
    again = fetcher.get(site.address + "/a", first.validators)
    assert (again.capture, again.validators) == (None, first.validators)


@pytest.mark.parametrize("status", [404, 410, 429, 500, 503])
def test_an_error_is_refused_with_its_status(site: Site, status: int) -> None:
    site.answer("/a", "no", status=status)
    with pytest.raises(FetchRefused, match=str(status)):
        Fetcher(OPEN).get(site.address + "/a")


@pytest.fixture(params=[b"", b"HTTP/1.1 200 OK\r\nX-", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"])
def dripping(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server that sends an answer one byte at a time, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                connection.sendall(request.param)
                while not done.wait(0.05):
                    connection.sendall(b"x")
            except OSError:
                return

    thread = threading.Thread(target=drip)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/a"
    done.set()
    thread.join()
    listener.close()


def test_a_server_that_drips_is_given_up(dripping: str) -> None:
    fetcher = with_settings(fetch_seconds=0.4)
    began = time.monotonic()
    with pytest.raises(FetchRefused, match="too long"):
        fetcher.get(dripping)
    assert time.monotonic() - began < 3
