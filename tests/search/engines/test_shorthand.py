import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.shorthand import MOST, Shorthand

KERNELS = Kernels()
PORT = "The ships of the port, and the “ships” of the naïve captain. "
TEXTS = st.lists(st.text(max_size=60) | st.builds(lambda start, stop: PORT[start:stop] * 3, *[st.integers(0, 60)] * 2),
                 max_size=8)
RECORDS = TEXTS.map(lambda texts: [text.encode("utf-8", "replace") for text in texts])


def ports(count: int) -> list[bytes]:
    return [f"{PORT}Ship {number} sails.".encode() for number in range(count)]


@given(RECORDS, RECORDS)
def test_what_is_shortened_is_expanded_again(learned: list[bytes], records: list[bytes]) -> None:
    shorthand = Shorthand.of([*learned * 3, *ports(5)], KERNELS)
    short = shorthand.shorten(records, KERNELS)
    assert [shorthand.expand(each, KERNELS) for each in short] == records


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_any_bytes_are_expanded_again(records: list[bytes]) -> None:
    shorthand = Shorthand.of([*ports(5), *records * 3], KERNELS)
    assert [shorthand.expand(each, KERNELS) for each in shorthand.shorten(records, KERNELS)] == records


def test_the_commonest_words_are_a_byte_each() -> None:
    shorthand = Shorthand.of(ports(40), KERNELS)
    assert b"the " in shorthand.words[:3]
    short, = shorthand.shorten([b"The ships of the harbour"], KERNELS)
    assert len(short) == 4 + len(b"harbour")


def test_words_are_cut_with_the_space_behind_them_and_not_across_records() -> None:
    records = [PORT.encode(), b" the", b"", b"port"]
    data = b"".join(records)
    reached = [0, len(PORT.encode())]
    reached += [reached[-1] + 4, reached[-1] + 4, reached[-1] + 8]
    ends = KERNELS.cut_words(data, np.array(reached[1:])).tolist()
    cut = [data[start:stop].decode() for start, stop in zip([0, *ends], ends, strict=False)]
    assert cut == ["The ", "ships ", "of ", "the ", "port", ", ", "and ", "the ", "“", "ships", "” ", "of ", "the ",
                   "naïve ", "captain", ". ", " ", "the", "port"]


def test_no_more_words_are_learned_than_there_are_codes() -> None:
    records = [b" ".join(b"w%d" % number for number in range(30_000))] * 3
    shorthand = Shorthand.of(records, KERNELS)
    assert len(shorthand.words) == MOST
    short = shorthand.shorten(records, KERNELS)
    assert sum(map(len, short)) < sum(map(len, records)) / 2
    assert [shorthand.expand(each, KERNELS) for each in short] == records


def test_without_words_records_stay_as_they_are() -> None:
    assert Shorthand(()).shorten([b"the ship", b"\0"], KERNELS) == [b"the ship", b"\0"]
    assert Shorthand(()).expand(b"\x80\0", KERNELS) == b"\x80\0"
