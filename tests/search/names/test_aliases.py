import pytest

from search.names.aliases import LARGEST, Aliases, Line, read_lines


def aliases(*lines: str) -> Aliases:
    read, faults = read_lines("\n".join(lines))
    assert faults == []
    return Aliases(read)


def test_lines_are_read_as_they_are_written() -> None:
    text = "# a note\n\nhuman | ORG | Harbour Post = HP = The Post\nauto  | PER | Ana = Anna\n"
    lines, faults = read_lines(text)
    assert lines == [Line("human", "ORG", ("Harbour Post", "HP", "The Post")), Line("auto", "PER", ("Ana", "Anna"))]
    assert (faults, read_lines("\n".join(map(str, lines)))[0]) == ([], lines)


@pytest.mark.parametrize("line", ["human | ORG | HP", "human | XYZ | A = B", "perhaps | ORG | A = B", "A = B",
                                  "human | ORG", "human | ORG | A = A", "|||"])
def test_a_line_that_cannot_be_read_is_told_with_its_number(line: str) -> None:
    lines, faults = read_lines(f"human | ORG | A = B\n{line}\nhuman | ORG | C = D")
    assert [line.names for line in lines] == [("A", "B"), ("C", "D")]
    assert [fault.number for fault in faults] == [2]


def test_lines_that_share_a_name_make_one_group_named_by_the_first() -> None:
    group = aliases("human | ORG | HP = Post", "auto | ORG | Post = The Post").group("The Post", "ORG")
    assert group
    assert (group.label, group.names) == ("HP", ("HP", "Post", "The Post"))


def test_a_group_is_found_in_other_dress_too() -> None:
    found = aliases("human | PER | Saad al-Allaq = Saad Allak")
    assert found.group("SAAD EL-ALLAQ", "PER") == found.group("Saad Allak", "PER")
    assert found.group("Saad al-Allaq", "ORG") is None
    assert found.spelled("SAAD AL-ALLAQ", ("PER",)) == ("SAAD AL-ALLAQ",)


@pytest.mark.parametrize("lines", [
    ("human | PER | A = B", "not | PER | A = B"),
    ("not | PER | B = A", "auto | PER | A = C", "auto | PER | C = B"),
    ("human | PER | A = B", "not | PER | A = B = C"),
])
def test_not_keeps_names_apart_however_they_were_joined(lines: tuple[str, ...]) -> None:
    assert "B" not in aliases(*lines).spelled("A", ("PER",))


def test_a_name_may_be_of_several_types() -> None:
    found = aliases("human | LOC | Jordan = Hashemite Kingdom", "human | PER | Jordan = MJ")
    assert found.spelled("Jordan", ("PER", "LOC")) == ("Jordan", "MJ")
    assert found.spelled("Jordan", ("LOC",)) == ("Jordan", "Hashemite Kingdom")


def test_a_group_does_not_grow_without_end() -> None:
    found = Aliases(Line("auto", "PER", (f"A{n}", f"A{n + 1}")) for n in range(2 * LARGEST))
    assert max(len(group.names) for group in found.groups) <= LARGEST
