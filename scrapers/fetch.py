"""A web address → the bytes that it answers with. The only module that opens a socket.

Each hop of a redirect is checked by `scrapers.guard` anew and obeys that host's robots.txt and delay. Size is counted
after decompression and as it streams; time is counted for the whole request.
"""

import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from protego import Protego
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from scrapers.decode import decode
from scrapers.guard import Resolve, checked, resolve
from search.article import Capture
from search.errors import FetchRefused
from search.settings import Settings

HOPS = 5
CHUNK = 65_536
LONGEST_DELAY = 300.0  # seconds; an outlet that asks for more is not crawled
AGENT = "dateline"


@dataclass(frozen=True, slots=True)
class Validators:
    """What an answer said of its own version; sent back, it saves fetching the same again."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered with. `capture` is None where it answered that nothing changed."""

    url: str
    capture: Capture | None
    validators: Validators


@dataclass
class Fetcher:
    """Fetches politely: one request at a time, and not too soon after the last to the same host."""

    settings: Settings
    resolver: Resolve = resolve
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, Protego | str] = field(default_factory=dict)  # or why the host is left alone
    _last: dict[str, float] = field(default_factory=dict)

    @property
    def user_agent(self) -> str:
        """What outlets see in their logs: the program, its version, and how to reach whoever runs it."""
        try:
            number = version(AGENT)
        except PackageNotFoundError:  # run from a source tree that was not installed
            number = "0"
        contact = "".join(each for each in self.settings.fetch_contact if each.isprintable() and each.isascii())
        return f"{AGENT}/{number}" + (f" (+{contact})" if contact else "")

    def get(self, url: str, known: Validators | None = None) -> Answer:
        """What an address answers with; `known` are the validators of the last answer. Raises FetchRefused."""
        conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
        headers = {name: value for name, value in conditions.items() if value}
        for _ in range(HOPS + 1):
            self._ask_robots(url)
            status, answer, body = self._request(url, headers)
            if status in {301, 302, 303, 307, 308} and "location" in answer:
                url = joined(url, answer["location"])
                continue
            validators = Validators(answer.get("etag"), answer.get("last-modified"))
            if status == 304 and known:
                return Answer(url, None, known)
            if status != 200:
                raise FetchRefused(f"{url} answered with status {status}; try again later or drop it")
            media_type = answer.get("content-type", "application/octet-stream")
            return Answer(url, Capture(body, media_type, datetime.now(UTC), url=url), validators)
        raise FetchRefused(f"{url} is behind more than {HOPS} redirects; give the address that they lead to")

    def _ask_robots(self, url: str) -> None:
        """Refuse what robots.txt forbids, and wait as long as it asks."""
        parts = _parts(url)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        if origin not in self._robots:
            self._robots[origin] = self._rules(origin + "/robots.txt")
        rules = self._robots[origin]
        if isinstance(rules, str):
            raise FetchRefused(rules)
        if not rules.can_fetch(url, AGENT):
            raise FetchRefused(f"the robots.txt of {origin} forbids {url}; ask the outlet")
        delay = max(self.settings.fetch_delay, float(rules.crawl_delay(AGENT) or 0))
        if delay > LONGEST_DELAY:
            raise FetchRefused(f"{origin} asks for {delay:.0f} seconds between requests; ask the outlet for another "
                               "way")
        self._wait(origin, delay)

    def _wait(self, origin: str, delay: float) -> None:
        """Sleep until a host was left alone for `delay` seconds."""
        last = self._last.get(origin)
        if last is not None and (rest := last + delay - time.monotonic()) > 0:
            self.sleep(rest)
        self._last[origin] = time.monotonic()

    def _rules(self, url: str) -> Protego | str:
        """The rules in a robots.txt; none where there is no such file, a reason where the host fails (RFC 9309)."""
        for _ in range(HOPS + 1):
            try:
                status, answer, body = self._request(url, {})
                if status in {301, 302, 303, 307, 308} and "location" in answer:
                    url = joined(url, answer["location"])
                    continue
            except FetchRefused as error:
                return str(error)
            if status >= 500:
                return f"{url} answers with status {status}, so that nobody knows what may be fetched; try again later"
            return Protego.parse(decode(body) if status == 200 else "")
        return Protego.parse("")

    def _request(self, url: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        """One request to one checked address: status, headers in lower case, body. Raises FetchRefused."""
        tests = {host.strip().lower() for host in self.settings.fetch_test_hosts.split(",")} - {""}
        scheme, host, port, address = checked(url, tests, self.resolver)
        timeout = self.settings.fetch_seconds
        connection = (HTTPSConnection(address, port, timeout=timeout, server_hostname=host, assert_hostname=host)
                      if scheme == "https" else HTTPConnection(address, port, timeout=timeout))
        late, sockets = threading.Event(), list[socket.socket]()
        clock = threading.Timer(self.settings.fetch_seconds, _cut, (connection, sockets, late))
        clock.daemon = True
        clock.start()
        try:
            connection.connect()
            sockets.append(connection.sock)
            sent = {"Host": _host_header(url), "User-Agent": self.user_agent, "Accept-Encoding": "gzip, deflate"}
            connection.request("GET", _target(url), headers={**sent, **headers}, preload_content=False)
            response = connection.getresponse()
            answer = {name.lower(): value for name, value in response.headers.items()}
            body = self._body(url, response)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            what = "took too long" if late.is_set() else f"failed ({type(error).__name__}: {error})"
            raise FetchRefused(f"the request to {url} {what}; try again later") from error
        finally:
            clock.cancel()
            connection.close()
        if late.is_set():  # an answer of unknown length seems whole when it is cut
            raise FetchRefused(f"the request to {url} took too long; try again later")
        return response.status, answer, body

    def _body(self, url: str, response: BaseHTTPResponse) -> bytes:
        """The decompressed body, given up as soon as it is too large."""
        pieces, size = [], 0
        while piece := response.read(CHUNK, decode_content=True):
            size += len(piece)
            if size > self.settings.fetch_bytes:
                raise FetchRefused(f"{url} answers with more than {self.settings.fetch_bytes:,} bytes; "
                                   "raise fetch_bytes to take it")
            pieces.append(piece)
        return b"".join(pieces)


def joined(base: str, link: str) -> str:
    """The address that a link leads to from the page at `base`. Raises FetchRefused where it is none."""
    try:
        return urljoin(base, link)
    except ValueError as error:
        raise FetchRefused(f"{base} leads to {link[:200]!r}, which is no web address ({error}); drop it") from error


def _parts(url: str) -> SplitResult:
    try:
        url.encode()  # fails for a surrogate, which no rule of a robots.txt can be asked about
        return urlsplit(url)
    except ValueError as error:
        raise FetchRefused(f"{url!r} is no web address ({error}); correct it") from error


def _cut(connection: HTTPConnection, sockets: list[socket.socket], late: threading.Event) -> None:
    """End a request whose time is up, whatever it waits for: `sockets` is empty until it is connected, and the
    connection forgets its own once the answer has begun.
    """
    late.set()
    for each in (connection.sock, *sockets):
        with suppress(OSError, AttributeError):
            each.shutdown(socket.SHUT_RDWR)


def _target(url: str) -> str:
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(path, safe="".join(map(chr, range(0x21, 0x7F))), errors="replace")


def _host_header(url: str) -> str:
    """The host and port of an address, as HTTP sends them."""
    host = urlsplit(url).netloc
    return host if host.isascii() else host.encode("idna").decode("ascii")
