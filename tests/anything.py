"""Hypothesis strategies: any text and any JSON value that an article may hold."""

from typing import Any

from hypothesis import strategies as st


def any_text(least: int = 0) -> st.SearchStrategy[str]:
    """Any text that an article may hold, not blank if it has a least length."""
    characters = st.characters(codec="utf-8", exclude_characters="\0")
    texts = st.text(characters, min_size=least, max_size=30)
    return texts.filter(str.strip) if least else texts


def any_json() -> st.SearchStrategy[Any]:
    """Any JSON value of a few levels."""
    leaves = st.none() | st.booleans() | st.integers(-2**53, 2**53) | st.floats(allow_nan=False) | any_text()
    def deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.lists(inner, max_size=3) | st.dictionaries(any_text(), inner, max_size=2)
    return st.recursive(leaves, deeper, max_leaves=5)
