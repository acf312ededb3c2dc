"""Files kept between builds: nothing is made twice, and nothing old is ever taken for new."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scripts.files.store import code
from scripts.guide.check import read
from scripts.guide.guide import Guide
from tests import readers
from tests.conftest import ROOT
from tests.small_guide import RECORDS, SHEET, write


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return read(write(tmp_path_factory.mktemp("guide"))).guide


@pytest.fixture(scope="module")
def built(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a first build keeps."""
    folder = tmp_path_factory.mktemp("kept")
    readers.kept(guide, folder)
    return folder


def entries(folder: Path) -> dict[str, int]:
    """The files that are kept, and when each was written."""
    return {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}


def test_a_second_build_makes_nothing_and_gives_the_same_files(guide: Guide, built: Path) -> None:
    before = entries(built)
    assert readers.kept(guide, built) == readers.files(guide)
    assert entries(built) == before


@pytest.mark.parametrize("format", ["docx", "pdf", "xlsx", "zip"])
@pytest.mark.parametrize("left", [0, -9])
def test_a_spoilt_file_is_made_again(guide: Guide, built: Path, tmp_path: Path, format: str, left: int) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "kept"))
    whole = readers.files(guide)
    spoilt = next(file for file in folder.glob(f"*.{format}") if file.read_bytes() in whole.values())
    content = spoilt.read_bytes()
    spoilt.write_bytes(content[:left])
    assert readers.kept(guide, folder) == whole
    assert spoilt.read_bytes() == content


def test_what_a_change_replaced_is_removed(built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "kept"))
    changed = read(write(tmp_path / "guide", examples={SHEET: {"note": "En annan anmärkning."}})).guide
    readers.kept(changed, folder)
    gone, new = entries(built).keys() - entries(folder).keys(), entries(folder).keys() - entries(built).keys()
    # The filled-in example in three formats, the book that tells of it, and the kits of the practice and the phase that hold it.
    assert sorted(name.split(".")[-1] for name in new) == ["docx", "pdf", "pdf", "xlsx", "zip", "zip"]
    assert len(gone) == len(new)


def test_a_folder_that_cannot_be_written_to_costs_time_and_not_the_build(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("här finns ingen mapp")
    assert readers.kept(guide, tmp_path / "fil") == readers.files(guide)


# ---------------------------------------------------------------- what a file depends on

CHANGES: dict[str, Mapping[str, Any]] = {
    "a worksheet's title": {"worksheets": {SHEET: {"title": "Ett annat blad"}}},
    "a worksheet's summary": {"worksheets": {SHEET: {"summary": "En annan ingress."}}},
    "a worksheet's preparation": {"worksheets": {SHEET: {"preparation": ["Läs något annat"]}}},
    "the publisher": {"guide": {"publisher": "Ett annat nätverk"}},
    "the edition": {"guide": {"version": "0.2"}},
    "the address": {"guide": {"address": "https://annan.example/"}},
    "the notice": {"guide": {"notice": "En annan märkning."}},
    "a practice's summary": {"practices": {"motas": {"summary": "Ni möts på ett annat sätt."}}},
    "a practice's pitfalls": {"practices": {"motas": {"pitfalls": ["Något annat går fel."]}}},
    "a step": {"practices": {"motas": {"steps": [{**s, "do": "Göra annat."} for s in RECORDS["practices"]["motas"]["steps"]]}}},
    "a role's title": {"roles": {"trafikchef": {"title": "Platschef"}}},
    "a source's label": {"sources": {"provkalla": {"label": "Andra källan"}}},
    "a statement": {"principles": {"tillit": {"statements": [
        {**s, "text": f"{s['text']} Nu."} for s in RECORDS["principles"]["tillit"]["statements"]]}}},
    "a phase's title": {"phases": {"uppstart": {"title": "En annan fas"}}},
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_never_stands_in_for_what_has_changed(built: Path, tmp_path: Path, change: str) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "kept"))
    changed = read(write(tmp_path / "guide", **CHANGES[change])).guide
    warm, cold = readers.kept(changed, folder), readers.files(changed)
    assert [path for path in cold if warm[path] != cold[path]] == []


@pytest.mark.parametrize(
    "part",
    ["worksheets/form.py", "files/templates/common.typ", "meetings/templates/kallelse.txt.j2",
     "files/templates/word/styles.xml", "fonts/PartnerskapSans-Regular.ttf"],
)  # fmt: skip
def test_another_version_of_what_files_are_made_with_makes_them_again(tmp_path: Path, part: str) -> None:
    copy = Path(shutil.copytree(ROOT / "scripts", tmp_path / "a", ignore=shutil.ignore_patterns("__pycache__")))
    other = Path(shutil.copytree(copy, tmp_path / "b"))
    assert code(copy) == code(other)
    file = shutil.copytree(copy, tmp_path / "c") / part
    file.write_bytes(file.read_bytes() + b" ")
    assert code(tmp_path / "c") != code(copy)


def test_a_template_that_is_edited_between_two_builds_of_one_process_counts(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(ROOT / "scripts", tmp_path / "a", ignore=shutil.ignore_patterns("__pycache__")))
    before = code(copy)
    template = copy / "files" / "templates" / "common.typ"
    template.write_bytes(template.read_bytes() + b" ")
    assert code(copy) != before
