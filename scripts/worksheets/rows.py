"""A table's rows: each value of its column's type, what a computed column comes to, and what stands under a heading."""

from __future__ import annotations

import datetime
import functools
import math
import operator
import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from ..guide.model import Column, ColumnType, Computed, TableField
from ..guide.wording import listed, sentence

_SIGNS = {"summa": " + ", "produkt": " × ", "differens": " − ", "kvot": " / "}


Value = str | int | float | datetime.date | None  # what a cell holds


def typed(field: TableField, given: Mapping[str, Value]) -> Mapping[str, Value]:
    """One row with its values typed and its computed columns worked out; a value that is not there is None."""
    row: dict[str, Value] = {column.id: _value(column.type, given.get(column.id)) for column in field.columns}
    for column in field.columns:
        if column.computed:
            row[column.id] = compute(column.computed, [row.get(id) for id in column.computed.columns])
    return row


def _value(kind: ColumnType, value: Value) -> Value:
    """A starting row holds texts only: a text that reads as a number or a date becomes one in such a column."""
    if not isinstance(value, str):
        return value
    match kind:
        case "number" | "percent":
            return _number(value)
        case "date":
            return _date(value)
        case "text" | "choice" | "computed":
            return value
        case _ as never:
            assert_never(never)


def _number(text: str) -> str | int | float:
    if not re.fullmatch(r"-?\d{1,15}([.,]\d{1,9})?", text):
        return text
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def _date(text: str) -> str | datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text


def compute(computed: Computed, values: Sequence[Value]) -> float | None:
    """The result of a computed column; None while something is missing, as the cell is empty until then."""
    numbers = [value for value in values if isinstance(value, int | float)]
    if computed.operation == "summa":
        return sum(numbers) if numbers else None
    if computed.operation == "senaste":
        began = isinstance(values[0], int | float) and len(numbers) > 1
        return numbers[-1] - numbers[0] if began else None
    if len(numbers) < len(values):
        return None
    if computed.operation == "produkt":
        return math.prod(numbers)
    if computed.operation == "differens":
        return functools.reduce(operator.sub, numbers)
    return None if 0 in numbers[1:] else functools.reduce(operator.truediv, numbers)


def explained(field: TableField, column: Column) -> str:
    """What stands under a column's heading: its help, what to choose between, how it is worked out."""
    said = [column.help] if column.help else []
    if column.computed:
        said.append(_worked_out(field, column.computed))
    if column.options:
        said.append(listed(column.options, "eller"))
    return " ".join(map(sentence, said[:-1])) + " " * (len(said) > 1) + "".join(said[-1:])


def _worked_out(field: TableField, computed: Computed) -> str:
    names = {column.id: column.label for column in field.columns}
    labels = [names.get(id, id) for id in computed.columns]
    if computed.operation == "senaste":
        return f"Senaste − {labels[0].lower()}"
    return _SIGNS[computed.operation].join(labels)
