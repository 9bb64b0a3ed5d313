"""The Baghdad Post: its pages carry the site's name and a section as their title line."""

import re
from datetime import date

from scrapers.outlets.record import Outlet

OUTLET = Outlet(
    name="The Baghdad Post",
    hosts=("thebaghdadpost.com",),
    feeds=("https://www.thebaghdadpost.com/en/rss",),
    number=re.compile(r"thebaghdadpost\.com/(?:en/)?story/(\d+)", re.IGNORECASE),
    boilerplate=(re.compile(r"(?:Iraq News - )?[\w &]+ - Baghdadpost"),),
    site_lines=(re.compile(r"Iraq News - (?P<section>[^-]+?) - Baghdadpost"),),
    time_zone="Asia/Baghdad",
    language="en",
    since=date(2010, 1, 1),  # a bound that is surely early enough
)
