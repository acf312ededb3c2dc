"""A worksheet's main table as ``templates/wall.typ`` sets it, as large as a wall."""

from __future__ import annotations

from typing import Any

from ...files.paper import place
from ...guide.model import TableField, Worksheet
from ..form import Form
from .sheet import Cell, table_data

_LEAST_ROWS = 6  # on a sheet for the wall


def wall_table(sheet: Worksheet) -> TableField | None:
    """The table that is filled in together on the wall: the one named, the first that must be, or else the first."""
    tables = [field for field in sheet.fields if isinstance(field, TableField)]
    if sheet.wall:
        return next(table for table in tables if table.id == sheet.wall)
    return next((table for table in tables if table.required), next(iter(tables), None))


def wall_data(form: Form) -> dict[str, Any]:
    """What the template needs, for a worksheet that has a table."""
    field = wall_table(form.sheet)
    question = next(question for question in form.questions if question.field == field)
    assert field is not None
    table = table_data(form, question, field, fillable=False)
    spare = _LEAST_ROWS - len(table["rows"]) if field.blank_rows else 0
    empty: list[Cell] = [("", False, "")] * len(field.columns)
    wall = {**table, "rows": [*table["rows"], *[empty] * spare], "label": field.label, "help": field.help or ""}
    return {"place": place(form.settings, form.sheet.id, form.address), "title": form.title, "wall": wall}
