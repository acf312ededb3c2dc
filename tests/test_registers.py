"""Lists that are worked in over time: what stands out in Excel, what can be chosen among, and a year's numbers as a line."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from scripts.guide.guide import Guide
from scripts.guide.model import Example, TableField, Worksheet
from scripts.guide.problems import GuideError
from tests import readers
from tests.formulas import Formulas
from tests.test_fields import made, with_fields

TODAY = datetime.date.today()
PAST, AHEAD = TODAY - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=1)
COLUMNS: list[dict[str, Any]] = [
    {"id": "vad", "label": "Vad"},
    {"id": "tal", "label": "Tal", "type": "number", "high": 12},
    {"id": "senast", "label": "Senast", "type": "date"},
    {"id": "lage", "label": "Läge", "type": "choice", "options": ["öppen", 'klar, "i dag"', "struken"]},
]
TODO = {"what": "vad", "by": "senast", "status": "lage", "done": ['klar, "i dag"', "struken"]}
LIST = {"id": "lista", "type": "table", "label": "Lista", "columns": COLUMNS, "running": True, "todo": TODO}
ROWS: list[dict[str, Any]] = [
    {"vad": "sen", "tal": 12, "senast": PAST, "lage": "öppen"},
    {"vad": "sen utan läge", "tal": 11.9, "senast": PAST},
    {"vad": "klar", "tal": 40, "senast": PAST, "lage": 'klar, "i dag"'},
    {"vad": "struken", "senast": PAST, "lage": "struken"},
    {"vad": "i tid", "senast": AHEAD, "lage": "öppen"},
    {"vad": "utan dag", "lage": "öppen"},
]


def filled(root: Path, **change: Any) -> openpyxl.Workbook:
    guide = with_fields(root, {**LIST, **change}, values={"lista": ROWS})
    return openpyxl.load_workbook(io.BytesIO(made(guide, "xlsx", True)))


def looks(book: openpyxl.Workbook, column: str) -> list[list[str]]:
    """How each row's cell stands out, by its number format: nothing where it does not."""
    ((sheet, cells),) = book.defined_names[f"f_lista.{column}"].destinations
    return [Formulas(book).looks(sheet, cell.coordinate)[:1] for (cell,) in book[sheet][cells]]


def test_a_date_that_has_passed_is_marked_by_more_than_colour_until_the_row_is_done(tmp_path: Path) -> None:
    late = ['"▲ "yyyy-mm-dd']
    assert looks(filled(tmp_path), "senast") == [late, late, [], [], [], []]


def test_a_high_number_is_marked_by_more_than_colour(tmp_path: Path) -> None:
    high, whole = ['"▲ "#,##0'], ["#,##0"]
    assert looks(filled(tmp_path), "tal") == [high, [], high, [], [], []]
    assert (
        looks(filled(tmp_path / "unmarked", columns=[COLUMNS[0], {**COLUMNS[1], "high": 41}, *COLUMNS[2:]]), "tal")[2]
        == whole
    )


def test_only_a_running_list_has_filters_and_marks(tmp_path: Path) -> None:
    book = filled(tmp_path)
    ((sheet, cells),) = book.defined_names["f_lista"].destinations
    first, last = re.findall(r"\$([A-Z])\$(\d+)", cells)
    assert book[sheet].auto_filter.ref == f"A{int(first[1]) - 1}:{last[0]}{last[1]}"
    assert not book[sheet].protection.autoFilter, "the filters are locked with the sheet"
    still = filled(tmp_path / "still", running=False)
    assert all(page.auto_filter.ref is None for page in still) and looks(still, "senast") == [[]] * 6


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"todo": {**TODO, "status": "vad"}}, "«vad» är ingen kolumn med val i tabellen. De som finns är lage."),
        ({"todo": {**TODO, "done": ["strucken"]}}, "«strucken» är inget av valen i kolumnen «lage». Valen är öppen, klar, \"i dag\", struken. Menade du «struken»?"),
        ({"todo": {"what": "vad", "done": ["klar"]}}, "ange både läget (status) och vilka lägen som är klara (done), eller inget av dem"),
        ({"columns": [{**COLUMNS[0], "high": "tolv"}, *COLUMNS[1:]]}, "high: Högt från: «tolv» ska vara ett tal, utan enhet."),
        ({"columns": [{**COLUMNS[0], "high": 3}, *COLUMNS[1:]]}, "bara en talkolumn kan märka höga tal. Ta bort high"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_followed_is_told(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(GuideError, match=re.escape(message)):
        with_fields(tmp_path, {**LIST, **change})


# ---------------------------------------------------------------- a year's numbers

MONTHS = ["jan", "feb", "mar"]


def year(order: list[str]) -> dict[str, Any]:
    computed = {"operation": "senaste", "columns": ["fran", *MONTHS]}
    numbers = [{"id": id, "label": id, "type": "number"} for id in ("fran", *order)]
    change = {"id": "andrat", "label": "Ändrat", "type": "computed", "computed": computed}
    return {"id": "ar", "type": "table", "label": "År", "columns": [*numbers, change]}


def test_each_row_has_its_numbers_as_a_line_and_the_change_up_to_the_last(tmp_path: Path) -> None:
    given = [{"fran": 84, "jan": 83, "feb": 87}, {"fran": 9, "mar": 7.5}, {"fran": 5}, {"jan": 3}]
    guide = with_fields(tmp_path, year(MONTHS), values={"ar": given})
    data = made(guide, "xlsx", True)
    book = openpyxl.load_workbook(io.BytesIO(data))
    ((sheet, cells),) = book.defined_names["f_ar.andrat"].destinations
    column = [cell for (cell,) in book[sheet][cells]]
    assert [Formulas(book).value(sheet, cell.coordinate) for cell in column] == [3, -1.5, "", ""]
    assert [cell.value for (cell,) in openpyxl.load_workbook(io.BytesIO(data), data_only=True)[sheet][cells]] == [
        3,
        -1.5,
        None,
        None,
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        xml = next(
            text for name in parts.namelist() if "sparkline" in (text := parts.read(name).decode("utf-8", "replace"))
        )
    lines = re.findall(r"<xm:f>'?[^!]+!B(\d+):D\d+</xm:f><xm:sqref>F(\d+)</xm:sqref>", xml)
    assert sorted(lines) == [(str(cell.row), str(cell.row)) for cell in column], (
        "a row's line is not of its own numbers"
    )


def test_numbers_that_are_not_side_by_side_cannot_be_followed(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match="ska stå bredvid varandra i tabellen, i samma ordning"):
        with_fields(tmp_path, year(["feb", "jan", "mar"]))


# ---------------------------------------------------------------- the guide's own


def test_the_guides_registers_are_followed_and_its_year_has_twelve_months(guide: Guide) -> None:
    running = {
        sheet.id
        for sheet in guide.all(Worksheet)
        for field in sheet.fields
        if isinstance(field, TableField) and field.running
    }
    assert running == {"riskregister", "beslutslogg", "forbattringslogg", "andringslogg", "avtalets-datum"}
    book = openpyxl.load_workbook(io.BytesIO(readers.file(guide, "tolv-manader-exempel.xlsx")))
    ((sheet, cells),) = book.defined_names["f_mal.forandring"].destinations
    assert [round(Formulas(book).value(sheet, cell.coordinate), 1) for (cell,) in book[sheet][cells]] == [
        1,
        3,
        17,
        -21,
        -1.3,
    ]


def test_the_year_and_the_months_sheet_have_the_same_october(guide: Guide) -> None:
    """The example contract's figures agree between the two sheets that show them."""

    def goals(sheet: str) -> Any:
        return guide.get(Example, sheet).values["mal"]

    october = [row["okt"] for row in goals("tolv-manader") if "okt" in row]
    measured = [row["utfall"] for row in goals("manadsuppfoljning") if "enkät" not in row["matt"]]
    assert october == measured and len(october) == 4
    assert [row["start"] for row in goals("tolv-manader")] == [row["start"] for row in goals("manadsuppfoljning")]
