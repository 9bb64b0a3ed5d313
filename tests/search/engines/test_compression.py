import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.building import Packed
from search.engines.whoosh.compression import MANY, compressed_codes, expanded_codes

REPEATED = st.builds(lambda piece, times: piece * times, st.binary(min_size=1, max_size=3),
                     st.sampled_from((MANY // 2, MANY, 500)))
TERMS = st.lists(st.binary(max_size=5) | REPEATED, max_size=8)


@given(TERMS, st.data())
def test_codes_come_back_for_any_stretch_of_terms(terms: list[bytes], data: st.DataObject) -> None:
    sizes = np.array([*map(len, terms)], np.intp)
    stored, packed = compressed_codes(Packed(sizes.cumsum() - sizes, np.frombuffer(b"".join(terms), np.uint8)))
    bounds = np.append(0, stored.cumsum())
    assert bounds[-1] == len(packed) <= sum(sizes)
    start, stop = sorted(data.draw(st.tuples(*2 * (st.integers(0, len(terms)),))))
    found = expanded_codes(packed, bounds[start:stop + 1], sizes[start:stop])
    assert found.tobytes() == b"".join(terms[start:stop])


def test_only_many_codes_that_repeat_are_compressed() -> None:
    terms = [b"ab" * 40, b"ab" * 20, np.random.default_rng(1).bytes(400)]
    sizes = np.array([*map(len, terms)], np.intp)
    stored, _ = compressed_codes(Packed(sizes.cumsum() - sizes, np.frombuffer(b"".join(terms), np.uint8)))
    assert stored[0] < 40
    assert stored[1:].tolist() == [40, 400]
