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
from openpyxl.utils import get_column_letter

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Worksheet
from scripts.guide.problems import GuideError
from scripts.publish.catalogue import catalogue
from scripts.worksheets import rating
from scripts.worksheets.form import resolve
from scripts.worksheets.rating.comparison import Row, ordered
from scripts.worksheets.xlsx.listing import ListColumn, Listing
from scripts.worksheets.xlsx.workbook import Book, make
from tests import readers
from tests.formulas import Formulas
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


# ---------------------------------------------------------------- the formulas, worked out


def score(book: Any, answers: list[tuple[int | None, int | None]]) -> list[Row]:
    """Write both parties' answers in the workbook that compares them. Returns the statements with their answers."""
    sheet = book["Svar"]
    headings = [cell.value for cell in sheet[3]]
    found = []
    for number, scores in enumerate(answers, 1):
        row = 3 + number
        for party, answer in zip(("Beställaren", "Utföraren"), scores, strict=True):
            sheet.cell(row, headings.index(party) + 1).value = answer
        sheet.cell(row, headings.index("Det här gör vi") + 1).value = f"beslut {number}"
        found.append(Row(number, sheet.cell(row, 2).value, "", sheet.cell(row, 3).value, scores))
    return found


def agenda(book: Any) -> list[dict[str, Any]]:
    """What the agenda's formulas come to: a mapping by heading for each line, with the cell that it leads to."""
    worked_out, sheet = Formulas(book), book["Dagordning"]
    headings = [str(cell.value) for cell in sheet[3]]
    return [
        {heading: worked_out.value("Dagordning", cell.coordinate) for heading, cell in zip(headings, row, strict=True)}
        for row in sheet.iter_rows(min_row=4, max_col=len(headings))
    ]


@pytest.mark.parametrize(
    "answers",
    [
        [(2, 2), (5, 1), (1, 2)],
        [(1, 5), (5, 1), (3, 3)],
        [(4, 4), (3, 3), (5, 5)],
        [(3, 2), (2, 3), (2, 1)],
        [(1, 2), (5, 3), (4, 4)],  # a large gap comes before low answers
        [(None, 3), (4, 2), (1, None)],
        [(None, None), (None, None), (None, None)],
    ],
)
def test_the_formulas_make_the_agenda_that_the_answers_call_for(
    tmp_path: Path, answers: list[tuple[int | None, int | None]]
) -> None:
    book = workbook(compared(tmp_path), "tillsammans", values=False)
    wanted = ordered(score(book, answers))
    lines = agenda(book)
    shown = [line for line in lines if line["Nr"] != ""]
    assert [line["Nr"] for line in shown] == [row.number for row in wanted]
    for line, row in zip(shown, wanted, strict=True):
        told = (
            line["Område"],
            line["Påstående"],
            line["Beställaren"],
            line["Utföraren"],
            line["Skillnad"],
            line["Läge"],
        )
        assert told == (row.area, row.text, *row.scores, row.gap, row.state)
        assert line["Det här gör vi"] == f"beslut {row.number}"
        assert line["Vem"] == ""
    assert all(line["Skriv"] == "" for line in lines[len(wanted) :]), "nothing leads anywhere from an empty line"


def test_the_agendas_link_leads_to_where_the_statements_decision_is_written(tmp_path: Path) -> None:
    book = workbook(compared(tmp_path), "tillsammans", values=False)
    score(book, [(2, 2), (5, 1), (1, 2)])
    for line in agenda(book):
        sheet, cell = line["Skriv"].to.removeprefix("#").split("!")
        target = book[sheet][cell]
        assert book[sheet].cell(target.row, 3).value == line["Påstående"]
        assert book[sheet].cell(3, target.column).value == "Vår gemensamma syn"
        assert not target.protection.locked


def test_the_picture_shows_each_partys_mean_of_each_area(tmp_path: Path) -> None:
    book = workbook(compared(tmp_path), "tillsammans", values=False)
    score(book, [(2, 2), (5, None), (1, 4)])
    worked_out = Formulas(book)
    lines = [[worked_out.value("Bild", f"{letter}{row}") for letter in "ABCD"] for row in (4, 5)]
    assert lines == [["Tillit", 3.5, 2, 1.5], ["Våra vanor", 1, 4, 3]]
    (chart,) = book["Bild"]._charts
    series = [
        (one.tx.strRef.f, one.cat.strRef.f if one.cat.strRef else one.cat.numRef.f, one.val.numRef.f)
        for one in chart.series
    ]
    assert series == [
        ("Bild!$B$3", "Bild!$A$4:$A$5", "Bild!$B$4:$B$5"),
        ("Bild!$C$3", "Bild!$A$4:$A$5", "Bild!$C$4:$C$5"),
    ]


def test_a_partys_own_answer_is_the_mean_of_its_persons_and_the_spread_tells_who_disagree(tmp_path: Path) -> None:
    book = workbook(compared(tmp_path), "utforaren", values=False)
    sheet = book["Svar"]
    headings = [cell.value for cell in sheet[3]]
    for row, answers in enumerate(([1, 2], [5, 5, 2, 4, 4, 4, 4, 4], [3]), 4):
        for number, answer in enumerate(answers, 1):
            sheet.cell(row, headings.index(f"Person {number}") + 1).value = answer
    worked_out = Formulas(book)
    letters = [get_column_letter(headings.index(name) + 1) for name in ("Vårt svar", "Spridning")]
    lines = [[worked_out.value("Svar", f"{letter}{row}") for letter in letters] for row in (4, 5, 6)]
    assert lines == [[2, 1], [4, 3], [3, ""]]


# ---------------------------------------------------------------- columns by key

A, B = ListColumn("a", "A", 9, run="both"), ListColumn("b", "B", 9, run="both")
MORE = ListColumn("more", "Mer", 9)
SUM = ListColumn("sum", "Summa", 9, formula="={a}+{b}")
MOST = ListColumn("most", "Störst", 9, formula="=MAX({both})")
PLACE = ListColumn("place", "Plats", 9, formula="=RANK({sum},{sum:all})")


def listed(tmp_path: Path, *columns: ListColumn) -> dict[str, list[Any]]:
    """Heading → what the column comes to, in a list of two lines where a is 5 and 2, and b is 3 and 4."""

    def fill(book: Book) -> None:
        made = Listing(book.sheet("Lista"), 0, columns, lines=2)
        for row, (a, b) in enumerate(((5, 3), (2, 4)), made.first):
            made.line(row, {"a": a, "b": b})
        made.finish()

    guide = read(write(tmp_path)).guide
    book = openpyxl.load_workbook(io.BytesIO(make(resolve(guide, guide.get(Worksheet, SHEET)), fill)))
    worked_out = Formulas(book)
    columns_of = book["Lista"].iter_cols(max_row=3)
    return {str(top.value): [worked_out.value("Lista", cell.coordinate) for cell in rest] for top, *rest in columns_of}


def test_a_new_column_moves_no_formula(tmp_path: Path) -> None:
    wanted = {"Summa": [8, 6], "Störst": [5, 4], "Plats": [1, 2]}
    orders = ([A, B, SUM, MOST, PLACE], [MORE, A, B, SUM, MOST, PLACE], [PLACE, MOST, A, B, MORE, SUM])
    for columns in orders:
        found = listed(tmp_path, *columns)
        assert {heading: found[heading] for heading in wanted} == wanted


def test_a_column_that_a_formula_takes_together_with_others_may_not_be_parted_from_them(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="«both» do not stand side by side"):
        listed(tmp_path, A, MORE, B, SUM)


def test_a_value_or_a_formula_for_a_column_that_is_not_there_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no column b"):
        listed(tmp_path, A, MORE)
    with pytest.raises(KeyError, match="weight"):
        listed(tmp_path, A, B, ListColumn("x", "X", 9, formula="={weight}+1"))
    with pytest.raises(ValueError, match="«whole»"):
        listed(tmp_path, A, B, ListColumn("x", "X", 9, formula="=SUM({a:whole})"))
