"""The sheet of a table in a form, with formulas in its computed columns and room for more rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from xlsxwriter.utility import xl_rowcol_to_cell

from ...guide.model import Column, Computed, TableField, ToDo
from ...guide.wording import NUMERIC, shown
from ..columns import shares
from ..form import Part, Question
from ..rows import Value, explained
from . import rules
from .last_year import table_beside
from .looks import height
from .memory import Kind, Place
from .workbook import Cell, Sheet

_WIDTH = 150  # of a table, in characters
_SPARE_ROWS = 25
_CURVE = 16.0  # how wide a line of a year's numbers is, in characters

Row = Mapping[str, Value]  # column id → value


def write_top(sheet: Sheet, title: str, said: str, columns: int) -> int:
    """What stands above a table ``columns`` wide. Returns the row of its header."""
    sheet.put(Cell(0, 0), title, "title")
    sheet.height(0, 24)
    if said:
        sheet.across(1, columns, said, "muted")
        sheet.height(1, height(said, _WIDTH))
    return 2


@dataclass(frozen=True)
class Table:
    """A table where it is to stand: its header on row ``header`` of the sheet, counted from 0, and all its rows."""

    sheet: Sheet
    field: TableField
    header: int
    rows: tuple[Row, ...]
    widths: tuple[float, ...]  # of the columns, in characters

    @property
    def first(self) -> int:
        return self.header + 1

    @property
    def last(self) -> int:
        return self.header + len(self.rows)


def write_table(sheet: Sheet, part: Part, question: Question) -> None:
    field = question.field
    assert isinstance(field, TableField)
    said = " ".join(text for text in (part.intro, field.help) if text)
    header = write_top(sheet, question.label, said, len(field.columns))
    widths = tuple(share * _WIDTH for share in shares(question, _WIDTH))
    table = Table(sheet, field, header, tuple(_rows(question, field)), widths)
    _heights(table)
    for number, column in enumerate(field.columns):
        _column(table, number, column, question)
    table_beside(sheet, Cell(header, len(field.columns) + 1 + field.curved), field)
    corner = Cell(table.last, len(field.columns) - 1)
    sheet.name_cells(f"f_{field.id}", Cell(table.first, 0), corner)
    if field.curved:
        corner = _curves(table)
    if field.running:
        sheet.filter(Cell(header, 0), corner)
    sheet.finish(header, frozen=1 if field.rows or field.curved else 0, last=corner)


def _rows(question: Question, field: TableField) -> Sequence[Row]:
    """The rows of the form; a blank one that may grow has some to spare."""
    spare = _SPARE_ROWS if field.blank_rows and question.answer is None else 0
    missing = len(field.rows) + spare - len(question.rows)
    return [*question.rows, *({} for _ in range(missing))] or [{}]


def _heights(table: Table) -> None:
    """Make the header, and the rows with more than a line in them, as high as they need to be."""
    columns = table.field.columns
    labels = [f"{column.label}\n{explained(table.field, column)}".strip() for column in columns]
    table.sheet.height(table.header, _tallest(labels, table.widths))
    for number, row in enumerate(table.rows, table.first):
        needed = _tallest([shown(column.type, row.get(column.id)) for column in columns], table.widths)
        table.sheet.grow(number, needed)


def _tallest(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height of a row that holds ``texts``."""
    return max(height(text, width - 1) for text, width in zip(texts, widths, strict=True))


def _column(table: Table, number: int, column: Column, question: Question) -> None:
    sheet, field = table.sheet, table.field
    sheet.width(number, round(table.widths[number], 1))
    sheet.header(Cell(table.header, number), column.label, explained(field, column))
    look = _look(column)
    for r, row in enumerate(table.rows):
        cell, value = Cell(table.first + r, number), row.get(column.id)
        ink = value is not None and question.written(r, column)
        if column.computed:
            sheet.formula(cell, _formula(field, column.computed, cell.row), look, value, ink)
        else:
            sheet.put(cell, value, look, ink)
    first, last = Cell(table.first, number), Cell(table.last, number)
    _allow(sheet, column, first, last)
    if field.running and field.todo and field.todo.by == column.id:
        sheet.shade(_overdue(field, field.todo, first), "late", first, last)
    kind: Kind = "uträknad kolumn" if column.computed else "kolumn"
    sheet.ask(Place(f"f_{field.id}.{column.id}", column.label, kind), first, last)


def _curves(table: Table) -> Cell:
    """A column after the last with each row's numbers as a line. Returns the table's last cell."""
    sheet, field = table.sheet, table.field
    column = len(field.columns)
    ids = [one.id for one in field.columns]
    computed = next(one.computed for one in field.columns if one.computed and one.computed.operation == "senaste")
    sheet.width(column, _CURVE)
    sheet.header(Cell(table.header, column), "Kurva")
    for row in range(table.first, table.last + 1):
        sheet.put(Cell(row, column), None, "item")
        sheet.curve(
            Cell(row, column), Cell(row, ids.index(computed.columns[1])), Cell(row, ids.index(computed.columns[-1]))
        )
    return Cell(table.last, column)


def _look(column: Column) -> str:
    match column.type:
        case "date" | "number" | "percent" | "computed":
            return column.type
        case "text" | "choice":
            return "input"
        case _ as never:
            assert_never(never)


def _formula(field: TableField, computed: Computed, row: int) -> str:
    """The formula of a computed cell: empty while something that it needs is empty, as in :func:`rows.compute`."""
    ids = [column.id for column in field.columns]
    cells = [xl_rowcol_to_cell(row, ids.index(id)) for id in computed.columns]
    listed = ",".join(cells)
    if computed.operation == "summa":
        return f'=IF(COUNT({listed})=0,"",SUM({listed}))'
    if computed.operation == "senaste":
        first, rest = cells[0], f"{cells[1]}:{cells[-1]}"
        return f'=IF(OR(COUNT({first})=0,COUNT({rest})=0),"",LOOKUP(1E+300,{rest})-{first})'
    missing = f"COUNT({listed})<{len(cells)}"
    if computed.operation == "produkt":
        return f'=IF({missing},"",{"*".join(cells)})'
    if computed.operation == "differens":
        return f'=IF({missing},"",{"-".join(cells)})'
    zero = ",".join(f"N({cell})=0" for cell in cells[1:])
    return f'=IF(OR({missing},{zero}),"",{"/".join(cells)})'


def _overdue(field: TableField, todo: ToDo, first: Cell) -> rules.Rule:
    """The date has passed and the row is not done."""
    ids = [column.id for column in field.columns]
    status = xl_rowcol_to_cell(first.row, ids.index(todo.status), col_abs=True) if todo.status else ""
    return rules.overdue(xl_rowcol_to_cell(*first), status, todo.done)


def _allow(sheet: Sheet, column: Column, first: Cell, last: Cell) -> None:
    """What may be written in a column, and how whole numbers are shown in it."""
    match column.type:
        case "choice":
            sheet.allow(rules.one_of(sheet.book.options(column.options)), first, last)
        case "date":
            sheet.allow(rules.date(), first, last)
        case "number" | "percent":
            sheet.allow(rules.number(), first, last)
        case "text" | "computed":
            pass
        case _ as never:
            assert_never(never)
    cell = xl_rowcol_to_cell(*first)
    if column.high is not None:
        sheet.shade(rules.high(cell, column.high), "high", first, last)
    if column.type in NUMERIC:
        # No number format shows decimals only where there are some.
        whole = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),N({cell})=INT(N({cell})))"}
        sheet.shade(whole, "whole percent" if column.type == "percent" else "whole", first, last)
