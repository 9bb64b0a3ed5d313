"""A page → when its article appeared, where the page says so, and how far that can be trusted.

What a page declares in structured form is asked first, what it shows second. A page that gives no date has none: the
day on which it was got is only the latest that its date can be.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from scrapers import moments
from scrapers.claims import Claim, Claims, url_days
from scrapers.outlets import Outlet, by_host
from scrapers.page import Page
from search.article import Published


def published_date(html: str, url: str) -> date | None:
    """The day that the page at `url` says its article appeared on; None where it says none."""
    return published(html, url).day


def published(html: str, url: str | None) -> Published:
    """When the page says its article appeared; `value` is None where it says nothing. Never raises."""
    return published_of(Page(html, url))


def published_of(page: Page, captured: date | None = None, outlet: Outlet | None = None) -> Published:
    """As `published`, of a page that was got on a day: later dates are passed over. `outlet` is the page's where its
    address does not say so.
    """
    outlet = outlet or by_host(page.url)
    latest = captured or datetime.now(UTC).date()
    earliest = outlet.since if outlet else None
    claims = Claims.of(page, outlet).all(outlet)
    for claim in claims:
        moment, method, confidence = claim if outlet and outlet.time_zone else _local_day(page, claim)
        if moments.no_later_than(moment, latest) and (earliest is None or moments.day_of(moment) >= earliest):
            moment, method, confidence = _with_time((moment, method, confidence), claims)
            local = moments.in_zone(moment, outlet.time_zone) if outlet and outlet.time_zone else moment
            return Published(local, method, confidence)
    return Published()


def _with_time(claim: Claim, others: Iterator[Claim]) -> Claim:
    """A day that is written on the page, with the time of day of a surer kind of claim to the same day, if any."""
    if claim[1] != "byline" or len(claim[0]) != len("2019-11-18"):
        return claim
    same = (other for other in others if other[1] == "time" and other[0].startswith(claim[0]))
    return next(same, claim)


def _local_day(page: Page, claim: Claim) -> Claim:
    """A time in UTC names the day in Greenwich; where the address names the day beside it, that is the outlet's own."""
    moment = claim[0]
    if not moment.endswith("+00:00"):
        return claim
    for day in url_days(page):
        if abs((moments.day_of(moment) - moments.day_of(day)).days) == 1:
            return day, "url", 0.9
    return claim


def unknown_date(latest: date, outlet: Outlet | None) -> Published:
    """No date, but what bounds it: the day it was got on, and the outlet's beginnings."""
    earliest = outlet.since if outlet else None
    if earliest and earliest > latest:  # the file's time is wrong, so that it bounds nothing
        return Published(method="bounds", earliest=earliest)
    return Published(method="bounds", earliest=earliest, latest=latest)
