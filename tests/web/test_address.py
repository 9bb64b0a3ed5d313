"""The query string and the reader's choices: nothing is lost on the way there and back, and nothing breaks it."""

from typing import get_args
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from search.request import Filter, Sort
from search.schema import BY_NAME, FACETS
from web.address import LONGEST_VALUE, MOST_CHOICES, Address, usable

NAMES = ("q", "sort", "page", "lang", "names", "f.about", "x.person", "none.author", "f.", "f")
DAYS = st.dates().map(lambda day: day.isoformat())
KEYS = st.tuples(DAYS, st.sampled_from((4, 7, 10))).map(lambda pair: pair[0][:pair[1]])
TEXTS = st.text(min_size=1, max_size=20).filter(str.strip).filter(lambda text: usable("person", text))


@st.composite
def filters(draw: st.DrawFn) -> tuple[Filter, ...]:
    """Choices in some facets, as the address keeps them."""
    found = []
    for field in FACETS:
        if draw(st.integers(0, 4)) == 0:
            values = KEYS if BY_NAME[field].kind == "date" else TEXTS
            chosen = draw(st.frozensets(values, max_size=4))
            included = draw(st.frozensets(st.sampled_from(sorted(chosen)))) if chosen else frozenset[str]()
            found.append(Filter(field, included, chosen - included, draw(st.booleans())))
    return tuple(f for f in found if f.include or f.exclude or f.missing)


ADDRESSES = st.builds(
    Address, query=st.text(max_size=40).filter(lambda text: "\0" not in text).map(str.strip),
    sort=st.sampled_from(get_args(Sort)), page=st.integers(1, 999_999),
    language=st.none() | st.from_regex("[a-z]{2,3}", fullmatch=True), filters=filters(), as_typed=st.booleans())


def read(query: str) -> Address:
    return Address.read(parse_qsl(query))[0]


@given(ADDRESSES)
def test_an_address_written_and_read_again_is_the_same(address: Address) -> None:
    again, notes = Address.read(parse_qsl(str(address), keep_blank_values=True))
    assert again == address
    assert not notes
    assert str(again) == str(address)


@given(st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), st.text(max_size=30))))
def test_any_pairs_can_be_read_and_lead_to_a_canonical_address(pairs: list[tuple[str, str]]) -> None:
    address, _ = Address.read(pairs)
    assert read(str(address)) == address


@given(ADDRESSES, st.sampled_from(FACETS), TEXTS, KEYS)
def test_a_choice_made_and_taken_back_leaves_what_was_chosen_before(
        address: Address, field: str, text: str, key: str) -> None:
    value = key if BY_NAME[field].kind == "date" else text
    before = address.without(field, value)
    assert before.including(field, value).without(field, value) == before
    assert before.excluding(field, value).without(field, value) == before
    assert before.including(field, value).page == 1


def test_the_same_choices_in_another_order_have_one_address() -> None:
    one = read("x.person=B&f.person=C&f.source=Z&q=oil&f.person=A&sort=newest")
    assert str(one) == "q=oil&f.source=Z&f.person=A&f.person=C&x.person=B&sort=newest"


def test_what_cannot_be_used_is_dropped_and_told() -> None:
    address, notes = Address.read([
        ("page", "two"), ("sort", "best"), ("lang", "English"), ("f.colour", "red"), ("f.published", "2019-13"),
        ("none.author", "yes"), ("f.person", "A" * (LONGEST_VALUE + 1)), ("utm_source", "mail"), ("q", "oil")])
    assert address == Address(query="oil")
    assert len(notes) == 7
    assert "“two” is no page number" in notes[0].text


def test_numbers_that_only_look_like_page_numbers_are_not_taken() -> None:
    for text in ("0", "-1", "1_0", "٣", "1.5", " 2", "9" * 40):
        assert read(f"page={text}").page == 1, text


def test_more_choices_than_allowed_are_left_out_and_told() -> None:
    address, notes = Address.read([("f.person", f"P{n}") for n in range(MOST_CHOICES + 5)])
    assert address.choices == MOST_CHOICES
    assert [note.text for note in notes] == [f"At most {MOST_CHOICES} choices are taken; the rest were left out."]


def test_excluding_an_included_value_moves_it() -> None:
    address = read("f.person=A").excluding("person", "A")
    assert address.filters == (Filter("person", exclude=frozenset({"A"})),)


def test_narrowing_replaces_the_period_and_keeps_what_is_excluded() -> None:
    address = read("f.published=2019&x.published=2018&none.published=1").narrowed("published", "2019-11")
    assert str(address) == "f.published=2019-11&x.published=2018"


def test_the_calendar_decides_which_dates_can_be_chosen() -> None:
    for key in ("2019", "2019-11", "2019-11-18", "2020-02-29"):
        assert usable("about", key), key
    for key in ("19", "0000", "2019-00", "2019-02-29", "2019-11-18T10:00", "2019-1", "２０１９"):
        assert not usable("about", key), key
