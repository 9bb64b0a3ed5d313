"""What is known of an outlet, as data: where it publishes and how its pages and text dumps look."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors for one design of an outlet's article pages; None where nothing marks the part.

    `body` selects the element that holds the paragraphs; `drop` what is in it and is not the article; `correction` a
    note on what an earlier version had wrong.
    """

    body: str
    title: str | None = None
    authors: str | None = None
    published: str | None = None
    section: str | None = None
    captions: str | None = None
    correction: str | None = None
    drop: str | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet. Everything but its name may be unknown.

    `hosts` are written without "www."; their subdomains count. `number` finds the outlet's own number of an article in
    an address (group 1). `site_lines` match a dump's first line; a group `section` in one names the section. `credits`
    match the closing credit. `boilerplate` matches whole lines that are never the article's. `since` is a day before
    which nothing can have been published: a bound, not a founding date.
    """

    name: str
    hosts: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    number: re.Pattern[str] | None = None
    layouts: tuple[Layout, ...] = ()
    boilerplate: tuple[re.Pattern[str], ...] = ()
    site_lines: tuple[re.Pattern[str], ...] = ()
    credits: tuple[re.Pattern[str], ...] = ()
    time_zone: str | None = None
    language: str | None = None
    since: date | None = None

    def publishes(self, url: str) -> bool:
        """Whether an address is one of this outlet's."""
        host = host_of(url)
        return any(host == own or host.endswith("." + own) for own in self.hosts)

    def article_id(self, url: str | None) -> str | None:
        """The outlet's own number of the article at an address; None where the address bears none."""
        match = self.number.search(url) if self.number and url else None
        return match[1] if match else None

    def section_of(self, line: str) -> str | None:
        """The section that a site line names; None where it names none or is no site line."""
        matches = (pattern.fullmatch(line) for pattern in self.site_lines)
        return next((match.groupdict().get("section") for match in matches if match), None)


def host_of(url: str) -> str:
    """The host of an address in lower case, without "www."; empty where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # such as "http://[": it names no host
        return ""
    return host.removeprefix("www.").rstrip(".")
