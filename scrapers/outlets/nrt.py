"""NRT, the English desk of Nalia Media in Sulaimani: a view count stands over the text, a credit under it."""

import re
from datetime import date

from scrapers.outlets.record import Outlet

OUTLET = Outlet(
    name="NRT",
    hosts=("nrttv.com",),
    feeds=("https://www.nrttv.com/en/rss",),
    number=re.compile(r"nrttv\.com/(?:\w+/)?(?:news|details)\.aspx\?(?:[^#]*&)?id=(\d+)", re.IGNORECASE),
    credits=(re.compile(r"\((?P<credit>NRT(?: Digital Media| TV)?(?:\s*/[^()]*)?)\)"),),
    time_zone="Asia/Baghdad",
    language="en",
    since=date(2011, 1, 1),  # a bound: the channel had not gone on air before
)
