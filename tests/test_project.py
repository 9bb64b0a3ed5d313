"""The project as a whole: its size, its names, its documents, and the wheel that is made of it."""

import re
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest

from search.cli import VERBS
from search.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("search", "scrapers", "web")
SOURCES = sorted(path for name in (*PACKAGES, "tests") for path in (ROOT / name).rglob("*")
                 if path.suffix in {".py", ".html", ".css", ".js"} and "demo" not in path.relative_to(ROOT).parts)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", [path for path in SOURCES if path.suffix == ".py"],
                         ids=lambda path: str(path.relative_to(ROOT)))
def test_names_say_something_and_modules_say_what_they_do(path: Path) -> None:
    assert path.stem not in {"util", "utils", "helper", "helpers", "common", "misc"}
    if path.relative_to(ROOT).parts[0] in PACKAGES:
        assert path.read_text(encoding="utf-8").lstrip().startswith(('"""', 'r"""'))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_in_documents_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_every_verb_and_every_setting_is_documented() -> None:
    operate = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    points = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"][VERBS]
    assert [verb for verb in points if f"dateline {verb}" not in operate] == []
    assert [row.name for row in fields(Settings) if f"`{row.name}`" not in operate] == []


def test_every_folder_of_the_packages_is_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = {path.parent.relative_to(ROOT).as_posix() for path in SOURCES}
    wanted = sorted(folder for folder in folders if folder.partition("/")[0] in PACKAGES)
    assert [folder for folder in wanted if f"`{folder}/`" not in text] == []


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
                   cwd=ROOT, check=True, capture_output=True)
    wheel, = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {path.relative_to(ROOT).as_posix() for name in PACKAGES for path in (ROOT / name).rglob("*")
              if path.is_file() and "__pycache__" not in path.parts}
    assert sorted(wanted - held) == []
    assert not [name for name in held if name.startswith("tests/")]
