"""The search page and the pages that list all values of a facet."""

from dataclasses import replace

from flask import Blueprint, abort, render_template, request

from search.request import FacetSpec
from search.results import Facet
from search.schema import BY_NAME, FACETS
from web.address import Address
from web.advice import advise
from web.charts import drawing
from web.facets import DATES, chips, listed_level, panel, panels, period, specs
from web.hits import card
from web.holdings import holdings
from web.question import ask
from web.wording import value_words

LISTED = 200  # values on a page of all values
ORDERS = {"count": "by count", "name": "A–Z"}  # of the values of a facet, the usual one first
DATE_ORDERS = {"newest": "newest", "oldest": "oldest", "count": "by count"}

pages = Blueprint("pages", __name__)


@pages.get("/")
def search() -> str:
    """The search page: what was asked, what was found, and every way on from there."""
    held = holdings()
    question, snapshot = ask(request.args.items(multi=True), held.settings), held.snapshot()
    address = question.address
    results = snapshot.search(question.request(specs(address, held.settings.facet_values)))
    pages_found = max(1, -(-results.total // question.page_size))
    return render_template(
        "search.html", question=question, address=address, results=results, snapshot=snapshot,
        notes=tuple(dict.fromkeys(question.notes + results.notes)), chips=chips(address),
        cards=[card(hit, address) for hit in results.hits],
        panels=panels(address, results.facets, held.settings.facet_values),
        drawings=[drawn for field in DATES if (drawn := drawing(address, results.facets.get(field)))],
        undated=_undated(address, results.facets.get("published")),
        last_page=min(pages_found, question.last_page), too_deep=pages_found > question.last_page,
        numbers=numbers(address.page, min(pages_found, question.last_page)),
        advice=None if results.total else advise(snapshot, question, held.settings))


@pages.get("/facet/<field>")
def facet(field: str) -> str:
    """All values of a facet among the articles found, in one of its orders, those that contain certain letters only."""
    if field not in FACETS:
        abort(404)
    held = holdings()
    question = ask(((name, value) for name, value in request.args.items(multi=True) if name != "page"), held.settings)
    address, contains = question.address, request.args.get("has", "").strip()
    level, within = listed_level(period(address.filter(field))) if field in DATES else (None, "")
    orders = DATE_ORDERS if field in DATES else ORDERS
    by = request.args.get("by", "")
    by = by if by in orders else next(iter(orders))
    snapshot = held.snapshot()
    results = snapshot.search(question.request((FacetSpec(field, None, level, within),), limit=0))
    found = _listed(results.facets[field], contains, by)
    last_page = max(1, -(-len(found.values) // LISTED))
    page = min(_page(request.args.get("page", "")), last_page)
    shown = replace(found, values=found.values[(page - 1) * LISTED:page * LISTED])
    return render_template(
        "facet.html", question=question, address=address, snapshot=snapshot, field=field, heading=BY_NAME[field].label,
        panel=panel(address, shown, None), total=len(found.values), distinct=found.distinct, contains=contains,
        by=by, orders=orders, page=page, last_page=last_page, numbers=numbers(page, last_page),
        notes=tuple(dict.fromkeys(question.notes + results.notes)), exact=results.exact)


def _undated(address: Address, published: Facet | None) -> int:
    """How many of the articles found have no date; only known where none was chosen, since facets look past choices."""
    return published.missing if published and not any(f.field == "published" for f in address.filters) else 0


def _listed(found: Facet, contains: str, by: str) -> Facet:
    """The values that contain certain letters, in an order of `ORDERS` or `DATE_ORDERS`; equal counts as they were."""
    values = found.values
    if contains:
        wanted = contains.casefold()
        values = tuple(v for v in values if wanted in value_words(found.field, v.value).casefold())
    match by:
        case "name":
            values = tuple(sorted(values, key=lambda v: (value_words(found.field, v.value).casefold(), v.value)))
        case "count":
            values = tuple(sorted(values, key=lambda v: -v.count))
        case "newest":
            values = tuple(sorted(values, key=lambda v: v.value, reverse=True))
    return replace(found, values=values)


def _page(text: str) -> int:
    read, _ = Address.read((("page", text),))
    return read.page


def numbers(page: int, last: int) -> list[int | None]:
    """The page numbers to offer: the first, the last, and those around this one; None stands for a gap."""
    wanted = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    offered: list[int | None] = []
    for n, number in enumerate(wanted):
        if n and number - wanted[n - 1] > 1:
            offered.append(None)
        offered.append(number)
    return offered
