import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.held import HeldFiles, View

STEPS = st.one_of(st.tuples(st.just("read"), st.integers(-1, 20)), st.tuples(st.just("readline")),
                  st.tuples(st.just("seek"), st.integers(0, 20)), st.tuples(st.just("seek"), st.just(0), st.just(2)),
                  st.tuples(st.just("seek"), st.integers(0, 5), st.just(1)), st.tuples(st.just("tell")))


@given(st.binary(max_size=30) | st.just(b"one\ntwo\n\nthree"), st.lists(STEPS, max_size=10))
def test_a_view_is_read_as_any_file(data: bytes, steps: list[tuple[str, int]]) -> None:
    ours, expected = View(memoryview(data)), io.BytesIO(data)
    for name, *given_ in steps:
        assert getattr(ours, name)(*given_) == getattr(expected, name)(*given_)


@given(st.binary(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_part_of_a_view_has_a_place_of_its_own(data: bytes, start: int, length: int) -> None:
    whole = View(memoryview(data))
    whole.seek(3)
    part = whole.subset(start, length)
    assert part.read() == whole.get(start, length) == data[start:start + length]
    assert whole.tell() == 3


def test_files_can_be_read_when_the_folder_is_gone() -> None:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "full").write_bytes(b"x" * 10_000)
        (Path(name) / "empty").touch()
        (Path(name) / "folder").mkdir()
        held = HeldFiles(Path(name))
    assert sorted(held.list()) == ["empty", "full"]
    assert held.open_file("full").read() == b"x" * 10_000
    assert held.open_file("empty").read() == b""
    with pytest.raises(FileNotFoundError):
        held.open_file("folder")


def test_what_is_released_can_still_be_read_by_who_has_it_open(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"held")
    held = HeldFiles(tmp_path)
    view = held.open_file("file")
    held.release()
    assert view.read() == b"held"
    assert not held.file_exists("file")
