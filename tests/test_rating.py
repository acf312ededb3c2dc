"""Two parties rate the partnership each for itself, and a workbook of formulas makes their answers an agenda.

That the formulas come to the same values in another program is tried in tests/documents.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Worksheet
from scripts.guide.problems import GuideError
from scripts.publish.catalogue import catalogue
from scripts.worksheets import rating
from tests import readers
from tests.small_guide import FIELDS, SHEET, VALUES, write

PARTY = {"id": "part", "type": "choice", "label": "Svar från", "options": ["beställaren", "utföraren"]}
SECTIONS = [
    {"title": "Vi", "fields": [PARTY]},
    {"title": "Så är det", "fields": [field for field in FIELDS if field["type"] == "scale"]},
    {"title": "Skillnader", "fields": [field for field in FIELDS if field["id"] in ("risker", "bakgrund")]},
]
COMPARISON = {"party": "part", "differences": "risker"}
SCORES = {"tillit": {"tillit-1": 2, "tillit-2": 5}, "vanor": {"vana-1": 1}}


def compared(root: Path, comparison: dict[str, str] | None = None, other: dict[str, Any] | None = None) -> Guide:
    sheet = {"sections": SECTIONS, "comparison": COMPARISON if comparison is None else comparison}
    values = {
        "part": "utföraren",
        "tillit": {"tillit-1": 2, "tillit-2": 1},
        "vanor": {"vana-1": 2},
        "risker": VALUES["risker"],
    }
    example = {"values": values, "other_party": SCORES if other is None else other}
    return read(write(root, worksheets={SHEET: sheet}, examples={SHEET: example})).guide


def workbook(guide: Guide, variant: str, filled: bool = False, values: bool = True) -> Any:
    made = rating.workbook(rating.Rated.of(guide, guide.get(Worksheet, SHEET), variant, filled))
    return openpyxl.load_workbook(io.BytesIO(made), data_only=values)


def test_each_party_has_a_workbook_and_both_have_one_together(tmp_path: Path) -> None:
    guide = compared(tmp_path)
    sheet = guide.get(Worksheet, SHEET)
    assert [file.label for file in catalogue(guide).of(sheet, "blank") if file.format == "xlsx"] == [
        "Excel, beställarens svar",
        "Excel, utförarens svar",
        "Excel, båda parters svar",
    ]
    made = readers.files(guide)
    assert {file.path for use in ("blank", "filled") for file in catalogue(guide).of(sheet, use)} <= set(made)
    assert "ladda-ner/provblad.xlsx" not in made, "a workbook that is no one's would only be filled in by mistake"


def test_a_partys_own_workbook_asks_only_what_the_party_answers(tmp_path: Path) -> None:
    book = workbook(compared(tmp_path), "bestallaren")
    assert book.sheetnames[:3] == ["Om bladet", "Frågor", "Svar"]
    said = [cell.value for row in book["Frågor"].iter_rows() for cell in row]
    assert "beställaren" in said, "whose answers they are is filled in"
    assert "Bakgrund" not in said
    formulas = workbook(compared(tmp_path / "b"), "bestallaren", values=False)["Svar"]
    assert formulas["L4"].value == '=IF(COUNT(D4:K4)=0,"",ROUND(AVERAGE(D4:K4),0))'


def test_the_largest_gap_comes_first_and_of_equal_gaps_the_lowest_answers(tmp_path: Path) -> None:
    book = workbook(compared(tmp_path), "tillsammans", filled=True)
    lines = [[cell.value for cell in row] for row in book["Dagordning"].iter_rows(min_row=4, max_col=8)]
    answers = [(line[1], line[4], line[5], line[6], line[7] or "") for line in lines if line[3]]
    assert answers == [(2, 5, 1, 4, "olika bild"), (3, 1, 2, 1, "båda lågt"), (1, 2, 2, 0, "båda lågt")]
    assert "3 Skillnader" not in book.sheetnames, "the agenda takes the place of the table of gaps"


def test_what_is_agreed_on_stands_by_its_statement_and_is_shown_in_the_agenda(tmp_path: Path) -> None:
    book = workbook(compared(tmp_path), "tillsammans", values=False)
    assert not book["Svar"]["H4"].protection.locked
    assert book["Dagordning"]["I4"].protection.locked
    assert "INDEX(Svar!$H$4:$H$6,$B4)" in book["Dagordning"]["I4"].value
    assert 'HYPERLINK("#Svar!H"' in book["Dagordning"]["M4"].value


def test_the_radar_chart_has_a_text_for_who_cannot_see_it(tmp_path: Path) -> None:
    guide = compared(tmp_path)
    (chart,) = workbook(guide, "tillsammans")["Bild"]._charts
    assert type(chart).__name__ == "RadarChart"
    with zipfile.ZipFile(
        io.BytesIO(rating.workbook(rating.Rated.of(guide, guide.get(Worksheet, SHEET), "tillsammans")))
    ) as package:
        drawings = [package.read(name).decode() for name in package.namelist() if "drawings/drawing" in name]
    assert "Samma tal står i tabellen" in "".join(drawings)


@pytest.mark.parametrize(
    ("comparison", "other", "message"),
    [
        ({"party": "par"}, None, "«par» är inget fält av slaget val med två svar.*Menade du «part»"),
        ({"party": "part", "differences": "risk"}, None, "«risk» är inget fält av slaget tabell.*Menade du «risker»"),
        (None, {"tillit": {"tillit-9": 2}}, "påståendet «tillit-9» finns inte"),
        (None, {"tillitt": {}}, "arbetsbladet har ingen skala «tillitt»"),
        (None, {"tillit": {"tillit-1": 7}}, "«7» är ingen bedömning"),
    ],
)
def test_a_mistake_in_what_is_compared_is_told(
    tmp_path: Path, comparison: dict[str, str] | None, other: dict[str, Any] | None, message: str
) -> None:
    with pytest.raises(GuideError, match=message):
        compared(tmp_path, comparison, other)
