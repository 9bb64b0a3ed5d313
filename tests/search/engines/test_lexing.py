import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import SNOWBALL, WORD, fold, stem, words
from search.engines.whoosh import lexing
from search.engines.whoosh.lexing import Types
from tests.strategies import PROSE
from tests.vocabulary import TOKENS

NEEDS_NUMBA = pytest.mark.skipif(not find_spec("numba"), reason="numba is not installed")
TWINS = pytest.mark.parametrize(
    "compiled", [pytest.param(False, id="plain"), pytest.param(True, id="compiled", marks=NEEDS_NUMBA)])
LANGUAGES = st.sampled_from(("en", "fr", "ar", "tr", "no", "nb", "zh", "und"))

AWKWARD = st.text(st.sampled_from("aA.é’'sS1,٣中 \u0301_-"), max_size=40)
ODDER = st.text(st.sampled_from("aUS.,'’ʼ_-\n\0\x1c\x85\u00a0\u200d\u3000ńßİ½㎆ﷺـ\u064e日゠・\u3099カ한\u0e01"
                                "𠀀𝟙😀\ud800\udc00"), max_size=40)
REPEATED = st.builds(lambda text, times: text * times, st.sampled_from(("a", "é", "中", "12,", "l'", "ab.")),
                     st.integers(1, 50))
TEXTS = AWKWARD | ODDER | REPEATED | PROSE | st.text() | st.sampled_from(TOKENS)


def analysed(text: str, language: str) -> list[tuple[str, str]]:
    return [(stem(word.text, language), fold(word.text)) for word in words(text)]


def looked_up(types: Types, numbers: Sequence[int]) -> list[tuple[str, str]]:
    return [(types.stems[number], types.folds[number]) for number in numbers]


@TWINS
@given(texts=st.lists(TEXTS, max_size=6), language=LANGUAGES)
@example(["U.S.'s U.S.A. U.Sé 中U.S 1.5U.S _U.S’U.S"], "en")
@example(["the group’s, the group's the GROUPʼS a's_ a's's 's s’s"], "en")
@example(["12,345.6's 1,,2 ٣,٣.٣ 1.中.2 a.中", "中.中'中’s ・U.S・ 中中"], "en")
@example(["", "", "a", "", "中", "中", "s", "'s"], "en")
@example(["a\ud800b \ud83d\ude00a \udc00's"], "en")
@example(["\0a\0", "abcdefgh\0abcdefghi"], "en")
def test_texts_have_the_types_of_their_words(compiled: bool, texts: list[str], language: str) -> None:
    types = Types(compiled=compiled)
    for _ in range(2):  # when their words are new, and when they are known
        found, ends = types.of_texts(texts, language)
        assert found.dtype == "int32"
        assert [looked_up(types, found[begin:end].tolist()) for begin, end in pairwise((0, *ends.tolist()))] == [
            analysed(text, language) for text in texts]
        assert len(found) == (ends[-1] if texts else 0)


@TWINS
@given(st.lists(st.tuples(TEXTS, LANGUAGES), max_size=6))
def test_one_text_at_a_time_has_the_same_types(compiled: bool, texts: list[tuple[str, str]]) -> None:
    types = Types(compiled=compiled)
    numbers = [types.numbers(text, language).tolist() for text, language in texts]
    assert [looked_up(types, each) for each in numbers] == [analysed(text, language) for text, language in texts]
    pairs = list(zip(types.stems, types.folds, strict=True))
    assert len(set(pairs)) == len(pairs)
    assert {number for each in numbers for number in each} == set(range(len(pairs)))


@TWINS
def test_a_type_is_a_stem_and_an_exact_term_in_whatever_language(compiled: bool) -> None:
    types = Types(compiled=compiled)
    assert types.numbers("election ELECTION, election’s Election elections", "en").tolist() == [0, 0, 0, 0, 1]
    assert types.numbers("élections", "fr").tolist() == [1]
    assert types.numbers("élections", "und").tolist() == types.numbers("elections", "").tolist() == [2]
    assert types.stems == ["elect", "elect", "elections"]
    assert types.folds == ["election", "elections", "elections"]


@TWINS
def test_thousands_of_words_are_kept_apart(compiled: bool) -> None:
    types = Types(compiled=compiled)
    texts = [" ".join(f"{letter * 7}{n} {letter * n}x {letter}{n:09d}" for letter in "abé") for n in range(700)]
    for some in (texts[:1], texts[:400], texts):
        for text in some:
            assert looked_up(types, types.numbers(text, "und").tolist()) == analysed(text, "und")
    together = types.of_texts(texts, "und").types.tolist()
    assert looked_up(types, together) == [pair for text in texts for pair in analysed(text, "und")]


def test_what_did_not_come_of_late_is_analysed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexing, "REMEMBERED", 2)
    types = Types()
    for text in ("a b c d a", "e f a b", "c a's a", "d" * 100, "f"):
        assert looked_up(types, types.numbers(text, "en").tolist()) == analysed(text, "en")
    kept = types._lexers[SNOWBALL["en"]]
    assert isinstance(kept, lexing._Plain)
    assert len(kept) <= 2
    assert len(kept._older) <= 2


@NEEDS_NUMBA
def test_long_pieces_of_equal_key_are_told_apart() -> None:
    types = Types(compiled=True)
    types.numbers("reconstruction", "en")
    table = types._lexers[SNOWBALL["en"]]._eights  # type: ignore[attr-defined]
    for piece, place in enumerate((0, 3)):
        table[place] ^= 1  # now the key leads to another piece of the same length
        assert looked_up(types, types.numbers("reconstruction", "en").tolist()) == analysed("reconstruction", "en")
        assert table[2 * piece + 2:2 * piece + 4].tobytes() == b"reconstruction\0\0"


@NEEDS_NUMBA
def test_a_piece_is_cut_where_no_word_is() -> None:
    from search.engines.whoosh.pieces import ALONE, APART, BASIC, LINKING, kinds  # noqa: PLC0415 - it needs numba
    characters = [(chr(point), kind) for point, kind in enumerate(kinds()[:BASIC].tolist())]
    assert {character for character, kind in characters if kind == LINKING} == set(".,'’")
    for character, kind in characters:
        for around in ("U.S", "1", "a's", "中", "\u0301") if kind == APART else ():
            assert WORD.findall(around + character + around) == 2 * WORD.findall(around)
        if kind == ALONE:
            left, right = f"U.S{character}", f"{character}U.S"
            assert WORD.findall(left + right) == WORD.findall(left) + WORD.findall(right)


def test_the_plain_twin_needs_no_numba() -> None:
    code = ("import sys; sys.modules['numba'] = None\n"
            "from search.engines.whoosh.lexing import Types; print(*Types().numbers('two words two', 'en'))")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0", "1", "0"]
