"""Every outlet that is known by name, and how to find the one that an address or a text belongs to.

To add an outlet, write a file like `nrt.py` and put its record into OUTLETS.
"""

from collections.abc import Sequence

from scrapers.outlets import baghdad_post, invented, nrt
from scrapers.outlets.record import Layout, Outlet, host_of

__all__ = ["OUTLETS", "Layout", "Outlet", "by_host", "by_name", "by_text", "generic", "host_of"]

OUTLETS: tuple[Outlet, ...] = (baghdad_post.OUTLET, nrt.OUTLET, *invented.OUTLETS)


def by_host(url: str | None) -> Outlet | None:
    """The known outlet that publishes at an address."""
    return next((outlet for outlet in OUTLETS if url and outlet.publishes(url)), None)


def by_name(name: str) -> Outlet | None:
    """The known outlet of that name, whatever its case."""
    return next((outlet for outlet in OUTLETS if outlet.name.casefold() == name.strip().casefold()), None)


def by_text(lines: Sequence[str]) -> Outlet | None:
    """The known outlet whose site line opens a text, or whose credit closes it."""
    for outlet in OUTLETS:
        if any(pattern.fullmatch(line) for line in lines[:1] for pattern in outlet.site_lines) or any(
            pattern.fullmatch(line) for line in lines[-1:] for pattern in outlet.credits
        ):
            return outlet
    return None


def generic(name: str) -> Outlet:
    """A record of an outlet of which nothing but its name or host is known; the table's own where it is there."""
    return by_name(name) or Outlet(name=name.strip())
