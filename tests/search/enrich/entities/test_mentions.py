import pytest
from hypothesis import given

from search.article import Article
from search.enrich.entities import mentions, names
from tests.search.enrich.conftest import TEXTS, grows_linearly


def named(text: str) -> list[tuple[str, str, str]]:
    return [(text[m.start:m.end], m.type, m.name) for m in mentions(text)]


@given(TEXTS)
def test_any_text_gives_names_in_range_in_order_and_apart(text: str) -> None:
    end = 0
    for mention in mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.name.strip()
        end = mention.end


def test_time_grows_no_faster_than_the_text(repeated: str) -> None:
    assert grows_linearly(mentions, repeated)


def test_an_acronym_counts_as_its_long_form(releases: Article) -> None:
    assert {("Human Rights Watch", "ORG", "Human Rights Watch"), ("HRW", "ORG", "Human Rights Watch")} <= set(
        named(releases.text))
    assert ("US", "LOC", "United States") in named(releases.text)


def test_an_acronym_counts_as_a_long_form_with_a_possessive() -> None:
    assert ("PRM", "ORG", "Prisoners' Rights Monitor") in named("They told the Prisoners' Rights Monitor (PRM).")


def test_a_family_name_counts_as_the_full_name(prisons: Article) -> None:
    found = named(prisons.text)
    assert ("Allaq", "PER", "Saad al-Allaq") in found
    assert ("Saad al-Allaq", "PER", "Saad al-Allaq") in found
    assert ("ISIS", "ORG", "Islamic State") in found
    assert ("SDF", "ORG", "Syrian Democratic Forces") in found
    assert not [name for _, _, name in found if "Lt" in name]


def test_a_place_in_capitals_that_opens_the_article_is_a_place(prisons: Article) -> None:
    assert ("SULAIMANI", "LOC", "Sulaimani") in named(prisons.text)


@pytest.mark.parametrize(("text", "expected"), [
    ("They met Ludwig van der Berg there.", [("Ludwig van der Berg", "PER")]),
    ("They met President Amadou Traore in Quovia.", [("Amadou Traore", "PER"), ("Quovia", "LOC")]),
    ("The Ministry of Foreign Affairs in Baghdad closed.",
     [("Ministry of Foreign Affairs", "ORG"), ("Baghdad", "LOC")]),
    ("He studied at Kirkuk University.", [("Kirkuk University", "ORG")]),
    ("Iraqi voters and Iran-backed groups met in Gaza City.", [("Gaza City", "LOC")]),
    ("Two Sri Lankans and a South African left Kandy.", [("Kandy", "LOC")]),
    ("However, the UN left.", [("UN", "ORG")]),
    ("They signed the Ostrava Trade Agreement on Monday.", []),
    ("They met Jordan Kestrel.", [("Jordan Kestrel", "PER")]),
    ("They fought the Liberation Tigers.", [("Liberation Tigers", "ORG")]),
    ("They met Mr Kestrel and Lt. Gen. Bo Roe.", [("Kestrel", "PER"), ("Bo Roe", "PER")]),
    ("The storm hit Quovia, killing two in the city.", [("Quovia", "LOC")]),
])
def test_names_are_told_apart(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], kind) for start, end, kind in names(text)] == expected


def test_arabic_places_are_found_with_a_letter_grown_on() -> None:
    assert [m.name for m in mentions("وصل إلى العراق وبغداد")] == ["Iraq", "Baghdad"]


def test_a_headline_in_capitals_names_only_what_the_text_knows() -> None:
    text = "Mayor Opens Bridge After Long Delay, Kestrel Tells Council\n\nMayor Jonas Kestrel opened a bridge."
    assert [(found, name) for found, _, name in named(text)] == [("Kestrel", "Jonas Kestrel"), ("Jonas Kestrel",) * 2]
