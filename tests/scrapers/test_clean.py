"""Lines of pages and dumps are sorted into the parts of an article, and only boilerplate is lost."""

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers import clean
from scrapers.boilerplate import is_furniture, is_unmistakable
from scrapers.outlets import by_name, generic
from search.errors import ImportRefused

FIRST = "The old bridge over the Marl is to be closed in March, the council said."
LAST = "Nobody had asked the ferryman."
GLUED = "Leave a Reply Cancel replyYour email address will not be published. Required fields are marked *Comment Name *"
FORM = (
    GLUED,
    "Leave a Reply",
    "Leave a comment",
    "Leave a Reply to Ann Lee Cancel reply",
    "Your email address will not be published. Required fields are marked *",
    "Comment *",
    "Comment * Name * Email * Website *",
    "Save my name, email, and website in this browser for the next time I comment.",
    "Post Comment",
    "Notify me of follow-up comments by email.",
    "Notify me of new posts by email.",
    "You must be logged in to post a comment.",
    "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
)


@pytest.mark.parametrize(
    "line",
    [
        "1814 View",
        "1,532 Views",
        "+ -",
        "A+ A-",
        "Facebook Twitter WhatsApp",
        "Share | Tweet | Print",
        "Read more",
        "Read more: Ferry sinks at its moorings",
        "updated at 7:24pm",
        "Last updated at 2:40pm",
        "Advertisement",
        "12 comments",
        "Related articles",
        "All rights reserved.",
        "© 2019 The Ombra Times",
        "اقرأ أيضا: الجسر القديم",
        "Rate this article: 1 2 3 4 5",
        "Our Standards: The Ombra Code of Conduct.",
        "Copyright 2019 The Ombra Times",
        "(c) 2019 The Ombra Times",
        *FORM,
    ],
)
def test_furniture_is_known(line: str) -> None:
    assert is_furniture(line)
    assert is_unmistakable(line)


@pytest.mark.parametrize(
    "line",
    [
        "Follow us on Facebook",
        "More on the ferry",
        "Join us on the bridge",
        "Sign up for the walk",
        "Copyright law to change",
        "شارك العمدة",
    ],
)
def test_what_could_be_a_subheading_is_furniture_only_on_a_page(line: str) -> None:
    assert is_furniture(line)
    assert not is_unmistakable(line)


@pytest.mark.parametrize(
    "line",
    [
        "The view from the bridge is 1,814 steps long.",
        "More from the council is expected on Monday.",
        "Print is not dead.",
        "Related Marl tribes met on the bridge.",
        "“No comment,” said the mayor.",
        "Facebook said that it had closed the page.",
        "Updated rules come into force in May.",
        "Read more books, the minister told pupils.",
        "Sponsored walks were held.",
        "(c) the keeper of the bridge;",
        "Name",
        "Comment is free, the mayor said.",
        "Leave a reply at the town hall by Monday.",
        "Leave a Reply to the Mayor",
        "Website *of the year*",
    ],
)
def test_sentences_are_not_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("line", "place", "credit", "rest"),
    [
        ("OMBRA — " + FIRST, "OMBRA", None, FIRST),
        ("OMBRA (Reuters) - " + FIRST, "OMBRA", "Reuters", FIRST),
        ("OMBRA, Velmara (AP) — " + FIRST, "OMBRA, Velmara", "AP", FIRST),
        ("Ombra (Meridian) -- " + FIRST, "Ombra", "Meridian", FIRST),
        ("PORT SALEN/OMBRA, Nov 18 (Reuters) - " + FIRST, "PORT SALEN/OMBRA, Nov 18", "Reuters", FIRST),
        ("AL-QASR — " + FIRST, "AL-QASR", None, FIRST),
        ("OMBRA (News 1st); " + FIRST, "OMBRA", "News 1st", FIRST),
        (
            "رأس دالية – قال المجلس إن الجسر القديم سيغلق في آذار.",
            "رأس دالية",
            None,
            "قال المجلس إن الجسر القديم سيغلق في آذار.",
        ),
        ("HFU — the farmers' union — met.", None, None, "HFU — the farmers' union — met."),
        ("US-led repairs began.", None, None, "US-led repairs began."),
        ("The mayor - a former ferryman - agreed.", None, None, "The mayor - a former ferryman - agreed."),
    ],
)
def test_a_dateline_is_cut_off_the_first_paragraph(line: str, place: str | None, credit: str | None, rest: str) -> None:
    found = clean.body([line, LAST])
    assert (found.dateline, found.credit, found.paragraphs) == (place, credit, (rest, LAST))


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("(NRT Digital Media)", "NRT Digital Media"),
        ("(AFP)", "AFP"),
        ("(Meridian/AFP)", "Meridian/AFP"),
        ("[Reuters]", "Reuters"),
        ("(ميريديان)", "ميريديان"),
        ("With reporting by Meridian", "With reporting by Meridian"),
        ("(Reporting by Ann Lee; editing by Bo Ray)", "Reporting by Ann Lee; editing by Bo Ray"),
        ("(The bridge was built in 1931.)", None),
        ("(as he put it)", None),
        ("Ann Lee", None),
    ],
)
def test_a_closing_credit_is_taken_off(line: str, credit: str | None) -> None:
    found = clean.body([FIRST, LAST, line])
    assert found.credit == credit
    assert found.paragraphs == ((FIRST, LAST) if credit else (FIRST, LAST, line))
    assert (line in found.dropped) == bool(credit)


def test_an_agency_outranks_those_who_reported_for_it() -> None:
    found = clean.body(["OMBRA (Meridian) - " + FIRST, LAST, "(Reporting by Ann Lee)", "Our Standards: A Code."])
    assert (found.credit, found.paragraphs) == ("Meridian", (FIRST, LAST))


@pytest.mark.parametrize(
    "line",
    [
        "The bridge on Monday (Photo: Ann Lee)",
        "The mayor (Photo captured from state television)",
        "Photo: Ann Lee/Ombra Times",
        "(File photo)",
        "الجسر القديم (الصورة: أرشيف)",
    ],
)
def test_captions_are_told_from_paragraphs(line: str) -> None:
    found = clean.body([line, FIRST, LAST])
    assert (found.captions, found.paragraphs) == ((line,), (FIRST, LAST))


@pytest.mark.parametrize(
    ("line", "dated", "modified"),
    [
        ("Last Modified: Tuesday، 01 August 2017", "Tuesday، 01 August 2017", True),
        ("18 July 2019 07:31 PM", "18 July 2019 07:31 PM", False),
        ("Published on Monday, November 18, 2019", "Monday, November 18, 2019", False),
        ("2019-11-18", "2019-11-18", False),
    ],
)
def test_a_date_line_is_left_out_and_remembered(line: str, dated: str, modified: bool) -> None:
    found = clean.body([line, FIRST, LAST])
    assert (found.dated, found.modified, found.dropped) == (dated, modified, (line,))


def test_a_byline_names_the_authors() -> None:
    assert clean.body(["By Ann Lee and Bo Ray", FIRST, LAST]).authors == ("Ann Lee", "Bo Ray")
    assert clean.body([FIRST, "By Ann Lee and Bo Ray"]).authors == ()


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("Ann Lee; Bo Ray", ("Ann Lee", "Bo Ray")),
        ("Ann Lee, Bo Ray and Cy Orr", ("Ann Lee", "Bo Ray", "Cy Orr")),
        ("Sandy Anderson", ("Sandy Anderson",)),
        ("", ()),
    ],
)
def test_names_are_split(byline: str, names: tuple[str, ...]) -> None:
    assert clean.split_names(byline) == names


def test_a_dump_is_read_whole() -> None:
    text = [
        "Port Salen News - Local News - Harbour Post",
        "Old bridge to close",
        "The bridge (Photo: Ann Lee)",
        "1814 View",
        "+ -",
        "OMBRA — " + FIRST,
        "Read more",
        LAST,
        "(Harbour Media)",
    ]
    dump = clean.dump(text, by_name("Harbour Post"))
    assert (dump.title, dump.section) == ("Old bridge to close", "Local News")
    assert (dump.body.dateline, dump.body.credit) == ("OMBRA", "Harbour Media")
    assert dump.body.captions == ("The bridge (Photo: Ann Lee)",)
    assert dump.body.paragraphs == (FIRST, LAST)
    assert dump.body.dropped == (text[0], "1814 View", "+ -", "Read more", "(Harbour Media)")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "blank"),
        (["1814 View", "+ -"], "blank"),
        (["Only a title"], "without an article"),
        ([FIRST * 9, LAST], "no title"),
    ],
)
def test_a_dump_that_is_no_article_says_why(lines: list[str], why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        clean.dump(lines)


@pytest.mark.parametrize(
    ("paragraphs", "kept"),
    [
        ((FIRST, LAST), 2),
        ((FIRST, LAST, GLUED, FORM[7]), 2),
        ((FIRST, LAST, "Ferry sinks at its moorings", GLUED, FORM[7]), 3),  # could be the article's
        ((FIRST, LAST, "Leave a Reply", "Ferry sinks at its moorings", "Comment *", "Mayor “not asked” again"), 2),
        ((FIRST, LAST, "Leave a Reply", FIRST), 3),
        ((FIRST, "Leave a Reply to the Mayor"), 2),
        ((FIRST, "Advertisement", LAST, "More on the ferry"), 3),
        ((GLUED, "Comment *"), 2),
        (("Old bridge to close",), 1),
        (("Leave a Reply", "Ferry sinks at its moorings"), 2),
        ((), 0),
    ],
)
def test_paragraphs_of_another_program_lose_only_what_is_the_sites(paragraphs: tuple[str, ...], kept: int) -> None:
    stay, left_out = clean.without_furniture(paragraphs, "Old bridge to close", generic("Ombra Times"))
    assert (len(stay), len(left_out)) == (kept, len(paragraphs) - kept)
    assert sorted(stay + left_out) == sorted(paragraphs)


def test_a_first_paragraph_that_is_the_title_is_left_out() -> None:
    there = ("Old bridge to close", FIRST, "Old bridge to close")
    assert clean.without_furniture(there, there[0], generic("Ombra Times")) == (there[1:], there[:1])
    assert clean.without_furniture(there, "", generic("Ombra Times")) == (there, ())


def test_an_outlets_own_boilerplate_is_the_sites() -> None:
    outlet = replace(generic("Ombra Times"), boilerplate=(re.compile("Ferry times: .*"),))
    assert clean.without_furniture((FIRST, "Ferry times: 7, 9, 11"), "", outlet)[0] == (FIRST,)


@given(st.lists(st.sampled_from([FIRST, LAST, *FORM, "Ferry sinks", "Old bridge to close"]) | st.text(), max_size=8))
def test_of_paragraphs_nothing_is_lost_and_something_stays(paragraphs: list[str]) -> None:
    stay, left_out = clean.without_furniture(paragraphs, "Old bridge to close", generic("Ombra Times"))
    assert sorted(stay + left_out) == sorted(paragraphs)
    assert bool(stay) == bool(paragraphs)
    assert FIRST not in left_out
    assert LAST not in left_out


@pytest.mark.parametrize("piece", ["leave a reply ", "leave a reply to ", "name ", "Leave a Comment to ", "url *"])
def test_a_line_made_to_be_slow_is_not(piece: str) -> None:
    line = (piece * 99)[:239]
    start = time.perf_counter()
    is_furniture(line)
    clean.without_furniture((FIRST, *[line] * 20), "", generic("Ombra Times"))
    assert time.perf_counter() - start < 0.5


def test_white_space_is_all_that_is_repaired() -> None:
    assert clean.lines_of("\u00a0 “So it\u00a0is”,  he said .\r\n\r\n\u200bEnd") == ["“So it is”, he said .", "End"]


@given(st.lists(st.text(max_size=300), max_size=12))
def test_every_line_of_a_body_is_kept_or_listed_as_dropped(lines: list[str]) -> None:
    tidy = [line for line in map(clean.tidy, lines) if line]
    found = clean.body(tidy)
    kept = [*found.paragraphs, *found.captions, *found.dropped]
    assert len(kept) == len(tidy)
    assert all(any(line.endswith(each) for each in kept) for line in tidy)


@given(st.lists(st.text(max_size=300), max_size=12))
def test_any_dump_is_read_or_refused(lines: list[str]) -> None:
    try:
        dump = clean.dump([line for line in map(clean.tidy, lines) if line])
    except ImportRefused:
        return
    assert dump.title
    assert dump.body.paragraphs
