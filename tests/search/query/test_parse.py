"""What readers ask, and the tree that each query becomes."""

from datetime import date

import pytest

from search.query.parse import parse
from search.query.tree import (
    About,
    And,
    Everything,
    Exact,
    Fuzzy,
    Missing,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Published,
    Wildcard,
    Word,
)
from search.settings import Settings

TODAY = date(2026, 11, 20)
YEAR = (date(2019, 1, 1), date(2020, 1, 1))
LAST_MONTH = (date(2026, 10, 1), date(2026, 11, 1))
BREAK = Phrase(("prison", "break"))


def both(*children: Node | str) -> And:
    return And(tuple(Word(child) if isinstance(child, str) else child for child in children))


def either(*children: Node | str) -> Or:
    return Or(tuple(Word(child) if isinstance(child, str) else child for child in children))


def all_but(*children: Node | str) -> And:
    return both(Everything(), *(Not(Word(child) if isinstance(child, str) else child) for child in children))


def phrase(words: str, field: str | None = None) -> Phrase:
    return Phrase(tuple(words.split()), field=field)


CASES: list[tuple[str, Node]] = [
    # words, and how they are joined
    ("", Everything()),
    ("  \n ", Everything()),
    ("*", Everything()),
    ("terrorists", Word("terrorists")),
    ("Mosul dam", both("Mosul", "dam")),
    ("Mosul AND dam", both("Mosul", "dam")),
    ("Mosul OR Raqqa", either("Mosul", "Raqqa")),
    ("Mosul or Raqqa", both("Mosul", "or", "Raqqa")),
    ("mosul dam OR raqqa bridge", either(both("mosul", "dam"), both("raqqa", "bridge"))),
    ("mosul AND (dam OR bridge)", both("mosul", either("dam", "bridge"))),
    ("a OR b OR c", either("a", "b", "c")),
    ("a (b (c d))", both("a", "b", "c", "d")),
    ("war war peace", both("war", "peace")),
    # what is excluded
    ("kurds -turkey", both("kurds", Not(Word("turkey")))),
    ("kurds NOT turkey", both("kurds", Not(Word("turkey")))),
    ("kurds AND NOT turkey", both("kurds", Not(Word("turkey")))),
    ("kurds NOT (turkey OR iran)", both("kurds", Not(either("turkey", "iran")))),
    ("-war", all_but("war")),
    ("-war -peace", all_but("war", "peace")),
    ("NOT NOT war", Word("war")),
    ("--war", Word("war")),
    ("kurds OR -turkey", either("kurds", all_but("turkey"))),
    ('-"prison break"', all_but(BREAK)),
    ("-(a b)", all_but(both("a", "b"))),
    ("war - peace", both("war", "peace")),
    ("war – peace", both("war", "peace")),
    # phrases
    ('"prison break"', BREAK),
    ("“prison break”", BREAK),
    ("„prison break“", BREAK),
    ("« prison break »", BREAK),
    ('"prison"', Word("prison")),
    ('"prison break"~5', Phrase(("prison", "break"), slop=5)),
    ('"prison break"~', Phrase(("prison", "break"), slop=1)),
    ('="prison break"', Phrase(("prison", "break"), exact=True)),
    ('="prison"', Exact("prison")),
    ('"OR (NOT person:x"', phrase("OR NOT person x")),
    ('""', Everything()),
    ('a"b c"d', both("a", phrase("b c"), "d")),
    # forms of a word
    ("=exact", Exact("exact")),
    ("-=exact", all_but(Exact("exact"))),
    ("terror*", Prefix("terror")),
    ("terror**", Prefix("terror")),
    ("wom?n", Wildcard("wom?n")),
    ("*ism", Wildcard("*ism")),
    ("t*r*", Wildcard("t*r*")),
    ("analys?", Wildcard("analys?")),
    ("who is baghdadi?", both("who", "is", "baghdadi")),
    ("baghdadi~", Fuzzy("baghdadi", 1)),
    ("baghdadi~2", Fuzzy("baghdadi", 2)),
    ("baghdadi~7", Fuzzy("baghdadi", 2)),
    ("baghdadi~0.8", Fuzzy("baghdadi", 1)),
    # words with marks in them
    ("al-Baghdadi", phrase("al Baghdadi")),
    ("-al-Baghdadi", all_but(phrase("al Baghdadi"))),
    ("=al-Baghdadi", Phrase(("al", "Baghdadi"), exact=True)),
    ("al-Baghdadi~", both("al", Fuzzy("Baghdadi"))),
    ("al-Bagh*", both("al", Prefix("Bagh"))),
    ("U.S. troops", both("us", "troops")),
    ("covid-19", phrase("covid 19")),
    ("Trump's tweets", both("Trump", "tweets")),
    ("1,200 prisoners", both("1200", "prisoners")),
    ("AT&T", phrase("AT T")),
    ("https://example.org/a?b=c*", phrase("https example org a b c")),
    ("journalist(s)", both("journalist", "s")),
    ('6" gun', both("6", "gun")),
    ('5"x gun', both("5", "x", "gun")),
    ("!!! ... ;-)", Everything()),
    ("war ... peace", both("war", "peace")),
    # fields
    ("title:coup", Word("coup", "title")),
    ("Title: coup", Word("coup", "title")),
    ("text:coup title:-coup", both(Word("coup", "text"), Not(Word("coup", "title")))),
    ('source:"Middle East Monitor"', phrase("Middle East Monitor", "source")),
    ("person:(allaq OR nassif)", either(Word("allaq", "person"), Word("nassif", "person"))),
    ("person:(allaq place:Aleppo)", both(Word("allaq", "person"), Word("Aleppo", "place"))),
    ("-org:hrw", all_but(Word("hrw", "org"))),
    ("cites:mid*", Prefix("mid", "cites")),
    ("author:=Smith", Exact("Smith", "author")),
    ("author:smiht~", Fuzzy("smiht", field="author")),
    ("lang:fr section:World", both(Word("fr", "lang"), Word("World", "section"))),
    ("lang:english", Word("en", "lang")),
    ("lang:(Arabic OR français)", either(Word("ar", "lang"), Word("fr", "lang"))),
    ('-lang:"norsk bokmål"', all_but(Word("nb", "lang"))),
    ("lang:en-GB", Word("en", "lang")),
    ("lang:=العربية", Exact("ar", "lang")),
    ("lang:klingon", Word("klingon", "lang")),
    ("lang:*", all_but(Missing("lang"))),
    ("source:english", Word("english", "source")),
    ("person:al-Assad", phrase("al Assad", "person")),
    ("was:coup", both(Word("coup", "was"), Not(Word("coup")))),
    ('was:"prison break"', both(phrase("prison break", "was"), Not(BREAK))),
    ("-was:coup", all_but(both(Word("coup", "was"), Not(Word("coup"))))),
    ("missing:person", Missing("person")),
    ("-missing:about", all_but(Missing("about"))),
    ("missing:(person OR org)", either(Missing("person"), Missing("org"))),
    ("person:*", all_but(Missing("person"))),
    ("missing:mayor", Word("mayor")),
    ("foo:bar", phrase("foo bar")),
    ('foo:"bar baz"', both("foo", phrase("bar baz"))),
    ("kick-off 12:30", both(phrase("kick off"), phrase("12 30"))),
    # dates
    ("published:2019", Published(*YEAR)),
    ("about:2019", About(*YEAR)),
    ("about:2019-11", About(date(2019, 11, 1), date(2019, 12, 1))),
    ("about:2019-11-18", About(date(2019, 11, 18), date(2019, 11, 19))),
    ("published:2018-05..2019", Published(date(2018, 5, 1), date(2020, 1, 1))),
    ("published:2019..", Published(date(2019, 1, 1), None)),
    ("published:..2018", Published(None, date(2019, 1, 1))),
    ("published:2020..2019", Published(date(2019, 1, 1), date(2021, 1, 1))),
    ('about:"last month"', About(*LAST_MONTH)),
    ("about:(last month)", About(*LAST_MONTH)),
    ("about:last month", About(*LAST_MONTH)),
    ("published:yesterday", Published(date(2026, 11, 19), date(2026, 11, 20))),
    ("published:18 November 2019 aleppo", both(Published(date(2019, 11, 18), date(2019, 11, 19)), "aleppo")),
    ('published:"1 May 2019".."3 May 2019"', Published(date(2019, 5, 1), date(2019, 5, 4))),
    ("about:(2019 OR 2018)", either(About(*YEAR), About(date(2018, 1, 1), date(2019, 1, 1)))),
    ("-about:2019", all_but(About(*YEAR))),
    ("about:2019 may", both(About(*YEAR), "may")),
    ("published:05/06/2023", Published(date(2023, 6, 5), date(2023, 6, 6))),
    ("published:>2020", Published(date(2021, 1, 1), None)),
    ("published:>=2020-05 aleppo", both(Published(date(2020, 5, 1), None), "aleppo")),
    ("published:<2019", Published(None, date(2019, 1, 1))),
    ("published:> 5 May 2019 aleppo", both(Published(date(2019, 5, 6), None), "aleppo")),
    ('published:<="May 2019"', Published(None, date(2019, 6, 1))),
    ('about:"summer 2019"', About(date(2019, 6, 1), date(2019, 9, 1))),
    ("about:the summer of 2019 aleppo", both(About(date(2019, 6, 1), date(2019, 9, 1)), "aleppo")),
    ("about:winter 2019/20", About(date(2019, 12, 1), date(2020, 3, 1))),
    ("about:fall of Mosul", both("fall", "of", "Mosul")),
    ("about:flurble", Word("flurble")),
    ("about:2019-02-30", phrase("2019 02 30")),
    ("about:1914-1918", About(date(1914, 1, 1), date(1919, 1, 1))),
    # other languages
    ("الموصل OR الرقة", either("الموصل", "الرقة")),
    ("place:حلب -تركيا", both(Word("حلب", "place"), Not(Word("تركيا")))),
    ("«الدولة الإسلامية» about:نوفمبر", both(phrase("الدولة الإسلامية"), About(date(2026, 11, 1), date(2026, 12, 1)))),
    ("\u200fالموصل\u200e", Word("الموصل")),
    ("l'évasion « de masse »", both(phrase("l évasion"), phrase("de masse"))),
    ('élus publiés published:"le mois dernier"', both("élus", "publiés", Published(*LAST_MONTH))),
    ('צה"ל', phrase("צה ל")),
    ("北京 OR 上海", either(phrase("北 京"), phrase("上 海"))),
    # what cannot be read as syntax
    ("OR", Word("OR")),
    ("OR OR", Word("OR")),
    ("NOT", Word("NOT")),
    ("Portland OR", both("Portland", "OR")),
    ("(war OR) peace", both("war", "OR", "peace")),
    ("war OR AND peace", either("war", "peace")),
    ("war NOT OR peace", either(both("war", "NOT"), "peace")),
    ("-", Everything()),
    ("()", Everything()),
    ("war OR ()", Word("war")),
    ("NOT () war", Word("war")),
    ("(war", Word("war")),
    ("war) peace", both("war", "peace")),
    ("war)) OR ((peace", either("war", "peace")),
    ('war "prison break', both("war", BREAK)),
    ("person:", Word("person")),
    ("(person:) war", both("person", "war")),
    ("person:) war", Word("war", "person")),
    ("war title:person:allaq", both("war", Word("allaq", "person"))),
    ("war\x00peace\ud800", both("war", "peace")),
]


@pytest.mark.parametrize(("text", "tree"), CASES, ids=[repr(text) for text, _ in CASES])
def test_a_query_becomes_the_tree_that_it_means(text: str, tree: Node) -> None:
    assert parse(text, Settings(), TODAY).tree == tree


def test_a_long_query_of_a_reporter_is_read_whole() -> None:
    text = 'terrorists "mass prison break" -Turkey published:2019-11 cites:"Middle East Monitor"'
    assert parse(text, Settings(), TODAY).tree == both(
        "terrorists", phrase("mass prison break"), Not(Word("Turkey")), Published(date(2019, 11, 1), date(2019, 12, 1)),
        phrase("Middle East Monitor", "cites"))


def test_dates_in_words_are_seen_from_the_present_day_unless_told_otherwise() -> None:
    tree = parse("published:today", Settings()).tree
    assert isinstance(tree, Published)
    assert tree.begin is not None
    assert abs((tree.begin - date.today()).days) <= 1  # noqa: DTZ011
