"""The sheets of a workbook that hold a table or a group of scales."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, assert_never

from xlsxwriter.utility import xl_rowcol_to_cell

from ..guide.model import Column, Computed, ScaleField, TableField
from ..guide.wording import NUMERIC, shown
from .columns import shares
from .form import SCORES, Part, Question, explained
from .last_year import COLUMNS, beside, table_beside
from .memory import Kind, Place
from .workbook import Book, date_rule, height, list_rule, number_rule, protect, score_rule, write

_TABLE_WIDTH = 150  # characters
_SPARE_ROWS = 25


def write_part(made: Book, number: int, part: Part) -> tuple[str, ...]:
    """The sheets of a section's tables and scales. Returns their names."""
    tables = [question for question in part.questions if isinstance(question.field, TableField)]
    scales = [question for question in part.questions if isinstance(question.field, ScaleField)]
    alone = len(tables) + bool(scales) == 1
    names = []
    if scales:
        names.append(_scales(made, made.sheet(f"{number} {part.title}"), part, scales))
    for question in tables:
        title = part.title if alone else question.field.label
        names.append(_table(made, made.sheet(f"{number} {title}"), part, question))
    return tuple(names)


def write_top(made: Book, sheet: Any, title: str, said: str, columns: int) -> int:
    """What stands above a table. Returns the row of its header."""
    write(sheet, 0, 0, title, made.look("title"))
    sheet.set_row(0, 24)
    if said:
        sheet.merge_range(1, 0, 1, columns - 1, "", made.look("muted"))
        write(sheet, 1, 0, said, made.look("muted"))
        sheet.set_row(1, height(said, _TABLE_WIDTH))
    return 2


def write_header(made: Book, sheet: Any, row: int, column: int, label: str, help: str) -> None:
    look = made.look("header")
    if help:
        sheet.printed.add(f"{label}\n{help}")
        sheet.write_rich_string(row, column, made.look("bold"), label, made.look("small"), f"\n{help}", look)
    else:
        write(sheet, row, column, label, look)


def _scales(made: Book, sheet: Any, part: Part, questions: list[Question]) -> str:
    top = write_top(made, sheet, part.title, part.intro or "", 4)
    columns = (("Område", 28), ("Påstående", 70), ("Svar 1–5", 12), ("Skala", 45), *(COLUMNS if made.previous else ()))
    for column, (label, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        write_header(made, sheet, top, column, label, "")
    row = top + 1
    for question in questions:
        row = _scale(made, sheet, row, question)
    return finish(sheet, top, row - 1, len(columns) - 1, frozen=0)


def _scale(made: Book, sheet: Any, first: int, question: Question) -> int:
    field = question.field
    assert isinstance(field, ScaleField)
    said = f"{SCORES[0]} = {field.low}, {SCORES[-1]} = {field.high}. {field.help or ''}".strip()
    for row, item in enumerate(question.items, first):
        name = f"f_{field.id}.{item.id}"
        past = beside(made, sheet, (row, 4), (name, item.text))
        sheet.set_row(row, max(height(item.text, 68), height(said, 48), height(question.label, 26), past))
        score = question.score(item)
        write(sheet, row, 0, question.label, made.look("item"))
        write(sheet, row, 1, item.text, made.look("item"))
        if score is None:
            sheet.write_blank(row, 2, None, made.look("score"))
        else:
            sheet.write_number(row, 2, score, made.look("score", ink=True))
        write(sheet, row, 3, said, made.look("muted"))
        made.place(Place(name, item.text), sheet, (row, 2))
    after = first + len(question.items)
    if question.items:
        sheet.data_validation(first, 2, after - 1, 2, score_rule())
        made.name(f"f_{field.id}", sheet, (first, 2), (after - 1, 2))
    return after


def _table(made: Book, sheet: Any, part: Part, question: Question) -> str:
    field = question.field
    assert isinstance(field, TableField)
    said = " ".join(text for text in (part.intro, field.help) if text)
    top = write_top(made, sheet, question.label, said, len(field.columns))
    spare = _SPARE_ROWS if field.blank_rows and question.answer is None else 0
    rows: list[Mapping[str, Any]] = [
        *question.rows,
        *({} for _ in range(len(field.rows) + spare - len(question.rows))),
    ] or [{}]
    first, last = top + 1, top + len(rows)
    widths = shares(question, _TABLE_WIDTH)
    _heights(sheet, top, (field, rows, widths))
    for c, column in enumerate(field.columns):
        sheet.set_column(c, c, round(widths[c] * _TABLE_WIDTH, 1))
        write_header(made, sheet, top, c, column.label, explained(field, column))
        for r, row in enumerate(rows):
            value = row.get(column.id)
            ink = value is not None and question.written(r, column)
            _cell(made, sheet, (first + r, c), (field, column, value, ink))
        _rules(made, sheet, column, (first, c, last, c))
        kind: Kind = "uträknad kolumn" if column.computed else "kolumn"
        made.place(Place(f"f_{field.id}.{column.id}", column.label, kind), sheet, (first, c), (last, c))
    now = {f"f_{field.id}.{column.id}".replace("-", "_"): column.label for column in field.columns}
    beside_it = (top, len(field.columns) + 1)
    table_beside(made, sheet, beside_it, (f"f_{field.id}".replace("-", "_"), now))
    made.name(f"f_{field.id}", sheet, (first, 0), (last, len(field.columns) - 1))
    return finish(sheet, top, last, len(field.columns) - 1, frozen=1 if field.rows else 0)


def _heights(sheet: Any, top: int, said: tuple[TableField, list[Mapping[str, Any]], tuple[float, ...]]) -> None:
    """Make the header, and the rows with more than a line in them, as high as they need to be."""
    field, rows, widths = said
    labels = [f"{column.label}\n{explained(field, column)}".strip() for column in field.columns]
    sheet.set_row(top, _tallest(labels, widths))
    for number, row in enumerate(rows, top + 1):
        needed = _tallest([shown(column.type, row.get(column.id)) for column in field.columns], widths)
        if needed > height("", 1):  # otherwise the row keeps its freedom to grow
            sheet.set_row(number, needed)


def _tallest(texts: list[str], widths: tuple[float, ...]) -> float:
    """The height of a row that holds ``texts``."""
    return max(height(text, width * _TABLE_WIDTH - 1) for text, width in zip(texts, widths, strict=True))


def finish(sheet: Any, top: int, last: int, last_column: int, frozen: int) -> str:
    sheet.freeze_panes(top + 1, frozen)
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, last, last_column)
    protect(sheet)
    return str(sheet.get_name())


def _cell(made: Book, sheet: Any, place: tuple[int, int], said: tuple[TableField, Column, Any, bool]) -> None:
    field, column, value, ink = said
    look = made.look(_look(column), ink)
    if column.computed:
        sheet.write_formula(*place, _formula(field, column.computed, place[0]), look, "" if value is None else value)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(*place, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(*place, value, look)
    else:
        write(sheet, *place, value or "", look)


def _look(column: Column) -> str:
    match column.type:
        case "date" | "number" | "percent" | "computed":
            return column.type
        case "text" | "choice":
            return "input"
        case _ as never:
            assert_never(never)


def _formula(field: TableField, computed: Computed, row: int) -> str:
    """The formula of a computed cell: empty while something that it needs is empty, as in :func:`form.compute`."""
    ids = [column.id for column in field.columns]
    cells = [xl_rowcol_to_cell(row, ids.index(id)) for id in computed.columns]
    listed = ",".join(cells)
    if computed.operation == "summa":
        return f'=IF(COUNT({listed})=0,"",SUM({listed}))'
    missing = f"COUNT({listed})<{len(cells)}"
    if computed.operation == "produkt":
        return f'=IF({missing},"",{"*".join(cells)})'
    if computed.operation == "differens":
        return f'=IF({missing},"",{"-".join(cells)})'
    zero = ",".join(f"N({cell})=0" for cell in cells[1:])
    return f'=IF(OR({missing},{zero}),"",{"/".join(cells)})'


# ---------------------------------------------------------------- what may be written in a cell


def _rules(made: Book, sheet: Any, column: Column, area: tuple[int, int, int, int]) -> None:
    match column.type:
        case "choice":
            sheet.data_validation(*area, list_rule(made.options(column.options)))
        case "date":
            sheet.data_validation(*area, date_rule())
        case "number" | "percent":
            sheet.data_validation(*area, number_rule())
        case "text" | "computed":
            pass
        case _ as never:
            assert_never(never)
    if column.type in NUMERIC:
        cell = xl_rowcol_to_cell(area[0], area[1])
        look = made.look("whole percent" if column.type == "percent" else "whole")
        # No number format shows decimals only where there are some.
        rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),N({cell})=INT(N({cell})))", "format": look}
        sheet.conditional_format(*area, rule)
