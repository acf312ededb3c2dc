"""A workbook's formulas worked out, as Excel would, so that they can be tried without a program for worksheets.

Only what our workbooks use is here; anything else is an error. What formulas came to when the file was made is not read.
"""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Callable
from types import CodeType
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries

_OPERATORS = {"=": "==", "<>": "!=", "^": "**"}


class Text(str):
    """A text that can be put together with others by ``&``."""

    def __and__(self, other: object) -> Text:
        return Text(f"{self}{_shown(other)}")

    def __rand__(self, other: object) -> Text:
        return Text(f"{_shown(other)}{self}")


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


class Link(Text):
    """A text that leads somewhere."""

    to: str


class Area(list[Any]):
    """The values of several cells."""


class Formulas:
    """Works out cells of ``book``, an openpyxl workbook with its formulas."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._asked = 0  # how deep in other cells' formulas we are
        self._known: dict[tuple[str, str], Any] = {}  # what cells have come to while one is worked out

    def value(self, sheet: str, cell: str) -> Any:
        """What a cell comes to; an empty cell is an empty text."""
        if not self._asked:  # the workbook may have been written in since
            self._known.clear()
        self._asked += 1
        try:
            if (sheet, cell) not in self._known:
                self._known[sheet, cell] = self._worked_out(sheet, cell)
            return self._known[sheet, cell]
        finally:
            self._asked -= 1

    def _worked_out(self, sheet: str, cell: str) -> Any:
        found = self.book[sheet][cell].value
        if isinstance(found, str) and found.startswith("="):
            return self._come_to(found, sheet)
        return Text(found or "") if found is None or isinstance(found, str) else found

    def looks(self, sheet: str, cell: str) -> list[str]:
        """The number formats that the conditions which hold for a cell give it, the one that shows first."""
        row, column = coordinate_to_tuple(cell)
        shown = []
        for area in self.book[sheet].conditional_formatting:
            for left, top, right, bottom in (range_boundaries(str(part)) for part in area.sqref.ranges):
                if left <= column <= right and top <= row <= bottom:
                    origin = f"{get_column_letter(left)}{top}"
                    for rule in area.rules:
                        formula = Translator(f"={rule.formula[0]}", origin).translate_formula(cell)
                        if self._come_to(formula, sheet):
                            shown.append((rule.priority, rule.dxf.numFmt.formatCode))
        return [code for _, code in sorted(shown)]

    def _come_to(self, formula: str, sheet: str) -> Any:
        known = {
            **FUNCTIONS,
            "cells": lambda area: self._cells(area, sheet),
            "is_formula": lambda cell: str(self.book[sheet][cell].value or "").startswith("="),
            "Text": Text,
            "__builtins__": {},
        }
        return eval(_compiled(formula), known)

    def _cells(self, area: str, sheet: str) -> Any:
        name, _, cells = area.rpartition("!")
        name = name.strip("'") or sheet
        left, top, right, bottom = range_boundaries(cells)
        rows = self.book[name].iter_rows(top, bottom, left, right)
        values = Area(self.value(name, cell.coordinate) for row in rows for cell in row)
        return values if ":" in cells else values[0]


@functools.cache
def _compiled(formula: str) -> CodeType:
    return compile(_as_python(formula), formula, "eval")


def _as_python(formula: str) -> str:
    """The formula as a Python expression. Arguments are functions, as IF and IFERROR work out only what they need."""
    said: list[str] = []
    for token in Tokenizer(formula.replace("_xlfn.", "")).items:
        match token.type, token.subtype:
            case "OPERAND", "RANGE" if said and said[-1] == "ISFORMULA(lambda: ":
                said[-1] = "("
                said.append(f"is_formula({token.value!r})")
            case "OPERAND", "RANGE":
                said.append(f"cells({token.value!r})")
            case "OPERAND", "TEXT":
                said.append("Text({!r})".format(token.value[1:-1].replace('""', '"')))
            case "FUNC", "OPEN":
                said.append(f"{token.value}lambda: ")
            case "SEP", "ARG":
                said.append(", lambda: ")
            case (("OPERATOR-INFIX" | "OPERATOR-PREFIX"), _):
                said.append(f" {_OPERATORS.get(token.value, token.value)} ")
            case _:
                said.append(token.value)
    return "".join(said).replace("(lambda: )", "()")  # a function of nothing


Argument = Callable[[], Any]


def _numbers(arguments: tuple[Argument, ...]) -> list[float]:
    values = [argument() for argument in arguments]
    flat = [inner for value in values for inner in (value if isinstance(value, Area) else (value,))]
    return [value for value in flat if isinstance(value, int | float)]


def _if(condition: Argument, then: Argument, otherwise: Argument) -> Any:
    return then() if condition() else otherwise()


def _iferror(value: Argument, otherwise: Argument) -> Any:
    try:
        return value()
    except (ArithmeticError, TypeError, ValueError):
        return otherwise()


def _countif(area: Argument, wanted: Argument) -> int:
    return sum(map(_condition(wanted()), area()))


def _averageif(area: Argument, wanted: Argument, values: Argument) -> float:
    taken = [value for given, value in zip(area(), values(), strict=True) if _condition(wanted())(given)]
    return _average(lambda: Area(taken))


def _condition(wanted: Any) -> Callable[[Any], bool]:
    """A number or a text that is equal, or a text such as «>=0»."""
    if isinstance(wanted, str) and wanted.startswith(">="):
        least = float(wanted[2:])
        return lambda value: isinstance(value, int | float) and value >= least
    return lambda value: type(value) is not bool and value == wanted


def _average(*values: Argument) -> float:
    numbers = _numbers(values)
    return sum(numbers) / len(numbers)


def _round(value: Argument, digits: Argument) -> float:
    unit = 10 ** digits()
    return math.copysign(math.floor(abs(value()) * unit + 0.5) / unit, value())  # halves away from zero


def _hyperlink(to: Argument, text: Argument) -> Link:
    link = Link(text())
    link.to = to()
    return link


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "IF": _if,
    "IFERROR": _iferror,
    "AVERAGE": _average,
    "ROUND": _round,
    "HYPERLINK": _hyperlink,
    "COUNTIF": _countif,
    "AVERAGEIF": _averageif,
    "COUNTA": lambda area: sum(value != "" for value in area()),
    "LARGE": lambda area, nth: sorted(_numbers((area,)), reverse=True)[nth() - 1],
    "ROWS": lambda area: len(area()),
    "SQRT": lambda value: math.sqrt(value()),
    "ISNUMBER": lambda value: isinstance(value(), int | float | datetime.datetime),  # a day is a number in Excel
    "AND": lambda *values: all(value() for value in values),
    "NOT": lambda value: not value(),
    "COUNT": lambda *values: len(_numbers(values)),
    "SUM": lambda *values: sum(_numbers(values)),
    "MAX": lambda *values: max(_numbers(values)),
    "MIN": lambda *values: min(_numbers(values)),
    "ABS": lambda value: abs(value()),
    "OR": lambda *values: any(value() for value in values),
    "N": lambda value: value() if isinstance(value(), int | float) else 0,
    "INT": lambda value: math.floor(value()),
    "TODAY": lambda: datetime.datetime.now(),
    "LOOKUP": lambda beyond, area: [value for value in _numbers((area,)) if value <= beyond()][-1],
    "RANK": lambda value, area: 1 + sum(other > value() for other in _numbers((area,))),
    "MATCH": lambda value, area, _: area().index(value()) + 1,
    "INDEX": lambda area, number: area()[number() - 1],
}
