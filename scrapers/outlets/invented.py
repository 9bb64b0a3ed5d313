"""The invented outlets of the demonstration: one for each way in which pages are made, and examples to copy."""

import re

from scrapers.outlets.record import Layout, Outlet

RIYADH = "Asia/Riyadh"

OUTLETS = (
    Outlet(  # JSON-LD for everything but the text
        name="The Salen Courier",
        hosts=("salencourier.example",),
        layouts=(Layout(body="[data-component=article-text], .story-body", section=".kicker", captions="figcaption",
                        correction=".correction", drop="aside, .ad-slot"),),
        time_zone=RIYADH,
        language="en",
    ),
    Outlet(  # meta tags; the text stands in the article element among all else
        name="The Vardis Ledger",
        hosts=("vardisledger.example",),
        layouts=(Layout(body="article", captions="figcaption", drop="h1, .byline, .sharebar, figure, aside"),),
        time_zone=RIYADH,
        language="en",
    ),
    Outlet(  # no date on the page, at best one in the address
        name="Harbour Post",
        hosts=("harbourpost.example",),
        number=re.compile(r"/en/Story/(\d+)/"),
        layouts=(Layout(body=".story-text", title=".story-title", captions="figcaption"),),
        site_lines=(re.compile(r"Port Salen News - (?P<section>[^-]+?) - Harbour Post"),),
        time_zone=RIYADH,
        language="en",
    ),
    Outlet(  # tables, fonts and line breaks
        name="Hadrel Valley News",
        hosts=("hadrelvalleynews.example",),
        number=re.compile(r"news\.php\?id=(\d+)"),
        layouts=(Layout(body='td[width="480"]', title='font[size="5"]', published='font[size="2"]',
                        captions="td.caption", drop='font[size="5"], font[size="2"], a[onclick]'),),
        time_zone=RIYADH,
        language="en",
    ),
    Outlet(  # an agency: the place in the first line, standards and desk in the last
        name="Meridian",
        hosts=("meridianwire.example",),
        feeds=("https://www.meridianwire.example/feed.xml",),
        number=re.compile(r"-id(MK\d+)"),
        layouts=(Layout(body=".ArticleBody", authors=".By", section=".channel", captions="figcaption, .Caption"),),
        time_zone="UTC",
        language="en",
    ),
    Outlet(  # long pieces with subheadings and pull quotes
        name="The Long Quay",
        hosts=("thelongquay.example",),
        layouts=(Layout(body=".entry-content", title=".entry-title", authors=".meta .author", section=".rubric",
                        captions="figcaption", drop=".signup, .read-more, .pullquote"),),
        time_zone=RIYADH,
        language="en",
    ),
    Outlet(
        name="La Gazette du Bassin",
        hosts=("gazettedubassin.example",),
        layouts=(Layout(body=".texte", authors=".auteur", section=".rubrique", published=".publication",
                        captions="figcaption", drop=".a-lire"),),
        time_zone="Europe/Zurich",
        language="fr",
    ),
    Outlet(
        name="صدى النهر",
        hosts=("sadaalnahr.example",),
        number=re.compile(r"/khabar/(\d+)"),
        layouts=(Layout(body=".nass", authors=".katib", section=".qism", published=".tarikh", captions="figcaption"),),
        time_zone=RIYADH,
        language="ar",
    ),
)
