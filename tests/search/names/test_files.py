from pathlib import Path

import pytest

from search.names.aliases import Line
from search.names.files import HEAD, AliasFiles, known, shipped


def test_two_hundred_well_known_spellings_are_shipped_and_each_stands_once() -> None:
    spellings = [(line.type, name) for line in shipped() for name in line.names]
    assert len(spellings) - len(shipped()) >= 200
    assert len(set(spellings)) == len(spellings)
    assert {line.mark for line in shipped()} == {"human"}


@pytest.mark.parametrize(("spelling", "label"), [("ISIS", "Islamic State"), ("Daesh", "Islamic State"),
                                                 ("HRW", "Human Rights Watch"), ("EU", "European Union")])
def test_an_archive_without_files_has_what_is_shipped(tmp_path: Path, spelling: str, label: str) -> None:
    assert AliasFiles(tmp_path).aliases().spelled(spelling, ("ORG",))[0] == label


def test_one_line_of_the_archive_undoes_what_is_shipped(tmp_path: Path) -> None:
    files = AliasFiles(tmp_path)
    files.append([Line("not", "ORG", ("Islamic State", "Daesh"))])
    assert files.aliases().spelled("Daesh", ("ORG",)) == ("Daesh",)
    assert "ISIS" in files.aliases().spelled("Islamic State", ("ORG",))


def test_a_human_line_names_a_group_before_what_is_shipped_and_a_proposed_one_after(tmp_path: Path) -> None:
    files = AliasFiles(tmp_path)
    files.append([Line("human", "ORG", ("Daesh", "ISIS")), Line("auto", "ORG", ("EU", "E U"))])
    assert files.aliases().spelled("Islamic State", ("ORG",))[0] == "Daesh"
    assert files.aliases().spelled("E U", ("ORG",))[0] == "European Union"


def test_lines_are_added_at_the_end_of_a_file_that_explains_itself(tmp_path: Path) -> None:
    files = AliasFiles(tmp_path)
    files.append([Line("human", "PER", ("A", "B"))])
    files.path.write_text(files.path.read_text("utf-8").rstrip("\n"), "utf-8")
    files.append([Line("auto", "PER", ("C", "D"))])
    assert files.path.read_text("utf-8") == HEAD + "human | PER | A = B\nauto  | PER | C = D\n"
    assert files.lines() == [Line("human", "PER", ("A", "B")), Line("auto", "PER", ("C", "D"))]


def test_odd_files_do_no_harm(tmp_path: Path) -> None:
    files = AliasFiles(tmp_path)
    files.path.write_bytes(b"\xff\xfe\x00 nonsense\nhuman | PER | A = B\n")
    files.knowledge.mkdir()
    assert files.aliases().spelled("B", ("PER",)) == ("A", "B")
    files.lines()
    assert [fault.number for fault in files.faults] == [1]


def test_a_knowledge_base_names_things_and_the_likeliest_has_the_name() -> None:
    rows = ("alias\ttype\tid\tlabel\tprior\nHP\tORG\tQ1\tHarbour Post\t0.9\nHP\tORG\tQ2\tHewing Plant\t0.1\n"
            "The Post\tORG\tQ1\tHarbour Post\nodd row\nP\tORG\tQ3\tP\tmuch\n")
    assert known(rows) == [Line("human", "ORG", ("Harbour Post", "HP", "The Post"))]


def test_the_knowledge_of_an_archive_is_read_again_when_it_changes(tmp_path: Path) -> None:
    files = AliasFiles(tmp_path)
    assert files.aliases().spelled("HP", ("ORG",)) == ("HP",)
    files.knowledge.write_text("HP\tORG\tQ1\tHarbour Post\n", "utf-8")
    assert files.aliases().spelled("HP", ("ORG",)) == ("Harbour Post", "HP")
