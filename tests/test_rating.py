"""Two parties rate the partnership each for itself, and a workbook of formulas makes their answers an agenda.

That the formulas come to the same values in another program is tried in tests/documents.
"""

from __future__ import annotations

import io
import math
import random
import re
import statistics
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from openpyxl.utils import get_column_letter

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Worksheet
from scripts.guide.problems import GuideError
from scripts.publish.catalogue import catalogue
from scripts.worksheets import pdf, rating
from scripts.worksheets.followup import follow_up
from scripts.worksheets.form import resolve
from scripts.worksheets.rating.agenda import top_line
from scripts.worksheets.rating.comparison import Row, ordered, rank, rounded
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
        "Excel, ett svar",
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


def test_the_example_is_shown_as_the_formulas_will_have_it(tmp_path: Path) -> None:
    book = workbook(compared(tmp_path), "tillsammans", filled=True)
    found = [[cell.value for cell in row] for row in book["Dagordning"].iter_rows(min_row=5, max_col=8)]
    assert [(line[0], line[1], *line[4:7], line[7] or "") for line in found] == [
        ("1", 2, 5, 1, 4, "olika bild"),
        ("2", 3, 1, 2, 1, "olika bild"),
        ("3", 1, 2, 2, 0, "båda lågt"),
    ]
    assert "3 Skillnader" not in book.sheetnames, "the agenda takes the place of the table of gaps"


@pytest.mark.parametrize("filled", [False, True])
def test_a_workbook_shows_before_anything_recalculates_what_its_formulas_come_to(tmp_path: Path, filled: bool) -> None:
    guide = compared(tmp_path)
    for variant in ("tillsammans",) if filled else rating.VARIANTS:
        shown, book = workbook(guide, variant, filled), workbook(guide, variant, filled, values=False)
        worked_out = Formulas(book)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if str(cell.value or "").startswith("="):
                        stored = shown[sheet.title][cell.coordinate].value
                        assert worked_out.value(sheet.title, cell.coordinate) == ("" if stored is None else stored), (
                            variant, sheet.title, cell.coordinate,
                        )  # fmt: skip


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

Answers = list[list[int | str]]  # a party's: statement by statement, a person's answer each


def typed(book: Any, answers: Answers) -> None:
    """Write each person's answers in a party's own workbook."""
    sheet = book["Svar"]
    first = column(sheet, 3, "Person 1")
    for row, persons in enumerate(answers, 4):
        for at, answer in enumerate(persons, first):
            sheet.cell(row, at).value = answer


def column(sheet: Any, header: int, heading: str) -> int:
    return [cell.value for cell in sheet[header]].index(heading) + 1


def given(book: Any, statements: int) -> list[tuple[Any, ...]]:
    """What a party's own workbook gives the other: its mean, number of answers and spread for each statement."""
    worked_out, sheet = Formulas(book), book["Svar"]
    first = column(sheet, 3, "Vårt svar")
    return [
        tuple(worked_out.value("Svar", sheet.cell(row, at).coordinate) for at in range(first, first + 3))
        for row in range(4, 4 + statements)
    ]


def pasted(book: Any, party: str, values: list[tuple[Any, ...]]) -> None:
    """Put them in the workbook that compares, as values."""
    sheet = book["Svar"]
    first = column(sheet, 4, party)
    for row, three in enumerate(values, 5):
        for at, value in enumerate(three, first):
            sheet.cell(row, at).value = None if value == "" else value


def lines(book: Any, name: str, header: int = 4) -> list[dict[str, Any]]:
    """What a sheet's formulas come to: a mapping by heading for each line."""
    worked_out, sheet = Formulas(book), book[name]
    headings = [str(cell.value) for cell in sheet[header]]
    return [
        {heading: worked_out.value(name, cell.coordinate) for heading, cell in zip(headings, row, strict=True)}
        for row in sheet.iter_rows(min_row=header + 1, max_col=len(headings))
    ]


def said(book: Any, name: str) -> str:
    """The line above the list."""
    return str(Formulas(book).value(name, "A3"))


def exact(persons: list[int | str]) -> tuple[Fraction | None, int, float | None]:
    """Mean, number and standard deviation of a party's answers to a statement, worked out here."""
    numbers = [answer for answer in persons if answer in (1, 2, 3, 4, 5)]
    mean = Fraction(sum(numbers), len(numbers)) if numbers else None  # type: ignore[arg-type]
    return mean, len(numbers), statistics.stdev(numbers) if len(numbers) > 1 else None  # type: ignore[type-var]


def one_decimal(number: float | Fraction) -> float:
    return math.floor(Fraction(number) * 10 + Fraction(1, 2)) / 10


@pytest.mark.parametrize(
    ("persons", "wanted", "told"),
    [
        ([1, 2], (1.5, 2, 0.7), ("", "")),
        ([5, 5, 2, 4, 4, 4, 4, 4], (4, 8, 0.9), ("", "")),
        ([2, 3, 2, 2], (2.3, 4, 0.5), ("", "")),
        ([3], (3, 1, ""), ("", "")),
        ([1, 5, 1, 5], (3, 4, 2.3), ("oeniga", "")),
        ([4, "vet ej", 2, "vet ej"], (3, 2, 1.4), ("oeniga", "")),
        (["vet ej"], ("", 0, ""), ("", "")),
        ([4, 6, 0, 4, "x", 2.5], (4, 2, 0), ("", "4 utanför skalan")),
        ([], ("", 0, ""), ("", "")),
    ],
)
def test_a_partys_answer_is_the_mean_of_those_who_know_and_what_is_outside_the_scale_is_told(
    tmp_path: Path, persons: list[int | str], wanted: tuple[Any, ...], told: tuple[str, str]
) -> None:
    book = workbook(compared(tmp_path), "utforaren", values=False)
    typed(book, [persons, [], []])
    assert given(book, 3)[0] == wanted
    line = lines(book, "Svar", 3)[0]
    assert (line["Vi emellan"], line["Räknas inte"]) == told


def test_each_person_chooses_a_step_or_that_they_do_not_know(tmp_path: Path) -> None:
    sheet = workbook(compared(tmp_path), "bestallaren")["Svar"]
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if rule.formula1.startswith('"1,')]
    assert rule.formula1 == '"1,2,3,4,5,vet ej"'
    assert sum(cell in rule.sqref for cell in (f"{get_column_letter(at)}4" for at in range(1, 30))) == 12


def compare(book: Any, answers: list[tuple[Any, Any]]) -> list[dict[str, Any]]:
    """Write both parties' answers in the workbook that compares them, and read its agenda."""
    for party, side in zip(("Beställaren", "Utföraren"), zip(*answers, strict=True), strict=True):
        pasted(book, party, [(answer, None, None) for answer in side])
    return lines(book, "Dagordning")


@pytest.mark.parametrize(
    ("answers", "agenda", "top"),
    [
        (
            [(2, 2), (5, 1), (1, 2)],
            [("1", 2, 4, "olika bild"), ("2", 3, 1, "olika bild"), ("3", 1, 0, "båda lågt")],
            "3 av 3 påståenden är jämförda. Börja med de 3 översta.",
        ),
        (  # decimals decide, where whole numbers would have turned the order round
            [(2.5, 4.3), (3.4, 4.6), (3, 3)],
            [("1", 1, 1.8, "olika bild"), ("2", 2, 1.2, "olika bild"), ("3", 3, 0, "")],
            "3 av 3 påståenden är jämförda. Börja med de 3 översta.",
        ),
        (  # of equal gaps the lowest answers come first, and the place is shared
            [(4, 3.5), (2.4, 1.9), (2, 2.1)],
            [("1 (delad)", 2, 0.5, "båda lågt"), ("1 (delad)", 1, 0.5, ""), ("3", 3, 0.1, "båda lågt")],
            "3 av 3 påståenden är jämförda. Börja med de 3 översta.",
        ),
        (
            [(None, 3), (4, 2), (1, None)],
            [("1", 2, 2, "olika bild"), ("", 1, "", ""), ("", 3, "", "")],
            "1 av 3 påståenden är jämförda. Börja med de 1 översta.",
        ),
        (
            [(None, None)] * 3,
            [("", 1, "", ""), ("", 2, "", ""), ("", 3, "", "")],
            "Inget påstående är jämfört än.",
        ),
    ],
)
def test_the_agenda_begins_with_the_largest_gap_on_the_decimals(
    tmp_path: Path, answers: list[tuple[Any, Any]], agenda: list[tuple[Any, ...]], top: str
) -> None:
    book = workbook(compared(tmp_path), "tillsammans", values=False)
    found = compare(book, answers)
    assert [(line["Plats"], line["Nr"], line["Skillnad"], line["Läge"]) for line in found] == agenda
    assert said(book, "Dagordning") == top


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ((None, 3), "saknar svar från beställaren"),
        ((3, None), "saknar svar från utföraren"),
        ((None, None), "saknar svar från båda"),
        ((7, 3), "värde utanför 1–5"),
        ((3, 0.5), "värde utanför 1–5"),
        (("vet ej", 3), "värde utanför 1–5"),
        (('=IF(N5=0,"",4)', 3), "formel: klistra in som värden"),
        ((3, "=2+2"), "formel: klistra in som värden"),
    ],
)
def test_what_cannot_be_compared_comes_last_with_the_reason_and_is_counted(
    tmp_path: Path, answers: tuple[Any, Any], why: str
) -> None:
    book = workbook(compared(tmp_path), "tillsammans", values=False)
    found = compare(book, [answers, (4, 3), (4, 4)])
    assert [(line["Nr"], line["Varför inte jämfört"]) for line in found] == [(2, ""), (3, ""), (1, why)]
    wrong = (
        "" if why.startswith("saknar") else " Rader med värden som inte räknas: 1. Se kolumnen «Varför inte jämfört»."
    )
    assert said(book, "Svar") == f"2 av 3 påståenden är jämförda.{wrong}"
    means = lines(book, "Bild", 3)
    assert [(line["Jämförda"], line["Beställaren"], line["Utföraren"]) for line in means[:2]] == [
        ("1 av 2", 4, 3),
        ("1 av 1", 4, 4),
    ], "only statements that both have answered are in the means"


def test_a_shared_fifth_place_is_told(tmp_path: Path) -> None:
    """Six statements of which the last three share a gap."""
    rated = [Row(number, "", f"f_a.{number}", "", (5, low)) for number, low in enumerate((1, 2, 3, 4, 4, 4), 1)]
    assert [rank(row, rated) for row in rated] == ["1", "2", "3", "4 (delad)", "4 (delad)", "4 (delad)"]
    assert top_line(rated) == "6 av 6 påståenden är jämförda. Börja med de 6 översta, eftersom plats 5 delas."


@pytest.mark.parametrize(
    ("spreads", "told"),
    [((0.9, 1.2), ""), ((1.3, 0.4), "beställaren"), ((None, 1.5), "utföraren"), ((1.4, 1.4), "båda")],
)
def test_a_party_that_disagrees_within_itself_is_told_of_in_the_agenda(
    tmp_path: Path, spreads: tuple[float | None, float | None], told: str
) -> None:
    book = workbook(compared(tmp_path), "tillsammans", values=False)
    for party, spread in zip(("Beställaren", "Utföraren"), spreads, strict=True):
        pasted(book, party, [(3, 5, spread), (2, 5, None), (2, 5, None)])
    assert next(line for line in lines(book, "Dagordning") if line["Nr"] == 1)["Oense inom sig"] == told


def test_what_is_decided_stays_with_its_statement_and_the_link_leads_there(tmp_path: Path) -> None:
    book = workbook(compared(tmp_path), "tillsammans", values=False)
    sheet = book["Svar"]
    for row in range(5, 8):
        sheet.cell(row, column(sheet, 4, "Det här gör vi")).value = f"beslut {row - 4}"
    for line in compare(book, [(2, 2), (5, 1), (1, 2)]):
        assert line["Det här gör vi"] == f"beslut {line['Nr']}"
        assert line["Vem"] == ""
        name, cell = line["Skriv"].to.removeprefix("#").split("!")
        target = book[name][cell]
        assert line["Skriv"] == f"Skriv på rad {target.row}", (
            "the row is said, for programs that do not follow the link"
        )
        assert book[name].cell(target.row, 3).value == line["Påstående"]
        assert book[name].cell(4, target.column).value == "Vår gemensamma syn"
        assert not target.protection.locked


def test_the_picture_has_last_times_line_too_and_the_years_have_a_chart(tmp_path: Path) -> None:
    book = workbook(compared(tmp_path), "tillsammans", values=False)
    (chart,) = book["Bild"]._charts
    assert [(one.tx.strRef.f if one.tx.strRef else one.tx.v, one.val.numRef.f) for one in chart.series] == [
        ("Bild!$B$3", "Bild!$B$4:$B$5"),
        ("Beställaren, förra gången", "'Över åren'!$C$5:$D$5"),
        ("Bild!$C$3", "Bild!$C$4:$C$5"),
        ("Utföraren, förra gången", "'Över åren'!$F$5:$G$5"),
    ]
    compare(book, [(2, 2), (4.4, 1.1), (1, 4)])
    now = lines(book, "Över åren", 3)[0]
    assert [now[f"Beställaren: {area}"] for area in ("Tillit", "Våra vanor")] == [3.2, 1]
    assert (now["Beställaren, alla områden"], now["Utföraren, alla områden"]) == (2.1, 2.8)
    assert len(book["Över åren"]._charts) == 1


def test_last_years_means_move_down_a_line_and_the_earlier_ones_with_them(tmp_path: Path) -> None:
    guide = compared(tmp_path)
    before: bytes = rating.workbook(rating.Rated.of(guide, guide.get(Worksheet, SHEET), "tillsammans", True))
    for year in (2026, 2027):
        book = openpyxl.load_workbook(io.BytesIO(before))
        book["Över åren"]["A4"] = year
        values = openpyxl.load_workbook(io.BytesIO(before), data_only=True)["Över åren"]
        for row in range(4, 5):  # what a program that saves the file has worked out
            for at in range(2, 8):
                book["Över åren"].cell(row, at).value = values.cell(row, at).value or 3.3
        saved = io.BytesIO()
        book.save(saved)
        before = follow_up(guide, saved.getvalue()).content
    years = openpyxl.load_workbook(io.BytesIO(before), data_only=True)["Över åren"]
    assert [years.cell(row, 1).value for row in (4, 5, 6, 7)] == [None, 2027, 2026, None]
    assert years["C6"].value == 3.5, "the client's mean in the example"


def test_the_largest_gaps_reach_the_top_of_the_agenda() -> None:
    """400 ratings by people who differ: of the five largest gaps between the exact means, 4.8 are among the agenda's first.

    A tie for the fifth place counts as found.
    """
    chance = random.Random(28)
    found = []
    for _ in range(400):
        rated, exactly = [], {}
        for number in range(1, 29):
            true, apart = chance.gauss(3.4, 0.5), chance.gauss(0.6, 0.6)
            sides = []
            for middle in (true + apart / 2, true - apart / 2):
                persons = [
                    min(5, max(1, round(chance.gauss(middle, 0.9)))) for _ in range(chance.choice((5, 5, 5, 6, 3)))
                ]
                sides.append(Fraction(sum(persons), len(persons)))
            exactly[number] = abs(sides[0] - sides[1])
            rated.append(Row(number, "", f"f_a.{number}", "", (rounded(float(sides[0])), rounded(float(sides[1])))))
        fifth = sorted(exactly.values(), reverse=True)[4]
        top = [row.number for row in ordered(rated)[:5]]
        found.append(sum(exactly[number] >= fifth for number in top))
    assert statistics.fmean(found) >= 4.8


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


# ---------------------------------------------------------------- one person's own form


def test_one_persons_form_asks_everything_on_a_page_and_not_who_answers() -> None:
    guide = read(Path(__file__).resolve().parent.parent).guide
    form = rating.form_of_one(guide, guide.get(Worksheet, "partnerskapsskattning"))
    with pikepdf.open(io.BytesIO(pdf.render(form))) as opened:
        assert len(opened.pages) == 1
        fields = [str(field.T) for field in opened.Root.AcroForm.Fields]
    assert sum(name.startswith("svar/") for name in fields) == 28
    assert not [name for name in fields if re.search("namn|svarande|roll", name) and not name.startswith("svar/")]
    book = openpyxl.load_workbook(io.BytesIO(rating.workbook_of_one(form)))
    answers = [cell for row in book["1 Påståenden"].iter_rows(min_row=4) for cell in row if not cell.protection.locked]
    assert {cell.column for cell in answers} == {3}
    assert [cell.row for cell in answers] == list(range(4, 32)), "a column that is pasted as it is among the party's"
    own = openpyxl.load_workbook(io.BytesIO(rating.workbook(rating.Rated.of(guide, guide.get(Worksheet, form.sheet.id), "bestallaren"))))  # fmt: skip
    texts = [book["1 Påståenden"].cell(row, 2).value for row in range(4, 32)]
    assert texts == [own["Svar"].cell(row, 3).value for row in range(4, 32)], "in the same order"
