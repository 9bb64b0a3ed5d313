import inspect
import re

from search import errors

LINE = re.compile(r"^ {4}(?P<indent>[│├└─ ]*)(?P<name>[A-Z]\w+)(?: +(?P<what>\S.*))?$", re.MULTILINE)


def drawn() -> dict[str, str]:
    """Each class in the tree of the module's docstring, and the class above it."""
    above: list[tuple[int, str]] = [(-1, "Exception")]
    parents = {}
    for match in LINE.finditer(errors.__doc__ or ""):
        depth = len(match["indent"])
        while above[-1][0] >= depth:
            above.pop()
        parents[match["name"]] = above[-1][1]
        above.append((depth, match["name"]))
    return parents


def defined() -> dict[str, type[BaseException]]:
    return {name: found for name, found in vars(errors).items()
            if inspect.isclass(found) and issubclass(found, Exception)}


def test_the_tree_drawn_is_the_tree_defined() -> None:
    assert drawn() == {name: found.__bases__[0].__name__ for name, found in defined().items()}


def test_all_errors_are_shown_without_a_traceback_and_say_what_they_are() -> None:
    for found in defined().values():
        assert issubclass(found, errors.DatelineError)
        assert found.__doc__


def test_an_invalid_record_is_also_a_value_error() -> None:
    assert issubclass(errors.InvalidRecord, ValueError)
