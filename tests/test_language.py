"""The language check finds what an editor would, and nothing in the guide itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.language import check_language
from tests.conftest import ROOT
from tests.small_guide import write


def found(root: Path, text: str) -> list[str]:
    write(root, practices={"motas": {"why": f"Annars krävs vite. {text}"}})
    (root / "docs").mkdir()
    (root / "CONTRIBUTING.md").write_text("# Bidra\n", encoding="utf-8")
    return [str(problem) for problem in check_language(root) if "practices/motas" in problem.file]


def test_the_guide_itself_is_spelt_right_and_plainly_worded() -> None:
    assert [str(problem) for problem in check_language(ROOT)] == []


def test_a_misspelt_word_is_told_with_its_line(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "Resenären väntra.")
    assert problem.endswith(
        "«väntra» finns inte i ordlistan. Rätta ordet, eller lägg det i scripts/language/ord.txt om det är rätt."
    )
    line = int(problem.split(":")[1])
    assert "väntra" in (tmp_path / "guide_data/practices/motas.yaml").read_text("utf-8").splitlines()[line - 1]


@pytest.mark.parametrize(
    "text",
    ["Ni ska säkerställa att bussen går.", "Det är viktigt att bussen går.", "Nätverket har kommit fram till svaret."],
)
def test_a_phrase_that_the_guide_avoids_is_told(tmp_path: Path, text: str) -> None:
    (problem,) = found(tmp_path, text)
    assert "guiden skriver inte" in problem or "Guiden" in problem


@pytest.mark.parametrize("text", ["Skade- och tillbudssystem.", "SIQ:s modell [[provkalla]].", "En man åker buss."])
def test_what_is_right_passes(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []
