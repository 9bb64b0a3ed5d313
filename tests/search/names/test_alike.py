import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import NameType
from search.names.aliases import TYPES
from search.names.alike import alike, skeleton
from search.names.fold import identity
from tests.search.names.pairs import Pair, pairs

NAMES = st.lists(st.sampled_from(sorted({word for pair in pairs() for name in (pair.one, pair.other)
                                         for word in name.split()})), max_size=4).map(" ".join) | st.text(max_size=20)


def test_spellings_are_told_from_people() -> None:
    judged = [(pair.same, alike(pair.one, pair.other, pair.type)) for pair in pairs()]
    right = sum(same and said for same, said in judged)
    assert len(judged) == 200
    assert right / sum(same for same, _ in judged) >= 0.8
    assert right / sum(said for _, said in judged) >= 0.98


@pytest.mark.parametrize("pair", pairs(), ids=str)
def test_names_that_are_alike_share_a_skeleton_either_way_round(pair: Pair) -> None:
    assert alike(pair.one, pair.other, pair.type) == alike(pair.other, pair.one, pair.type)
    if alike(pair.one, pair.other, pair.type):
        assert skeleton(pair.one, pair.type) == skeleton(pair.other, pair.type)


@given(NAMES, NAMES, st.sampled_from(TYPES))
def test_any_two_names_are_compared_the_same_either_way_round(one: str, other: str, type_: NameType) -> None:
    assert alike(one, other, type_) == alike(other, one, type_)
    assert not alike(one, other, type_) or skeleton(one, type_) == skeleton(other, type_)
    if identity(one, type_) == identity(other, type_):
        assert alike(one, other, type_)


@pytest.mark.parametrize(("one", "other", "type_"), [
    ("Mosul", "Mossul", "LOC"), ("San Rafael", "San Raffael", "LOC"), ("Kestrel", "Kestral", "PER"),
    ("Baghdadi", "Bagdadi", "PER"), ("Ben Marsh II", "Ben Marsh I", "PER"), ("Kestrel Mills", "Kestral Mills", "ORG"),
])
def test_places_single_words_and_words_of_organisations_merge_only_by_hand(
        one: str, other: str, type_: NameType) -> None:
    assert not alike(one, other, type_)
