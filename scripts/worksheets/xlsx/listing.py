"""A sheet that is a list: its columns are declared once, and all else refers to them by key.

A formula names columns where Excel has letters: ``ABS({client}-{operator})``. So a new column moves nothing silently.

=================  ============================================================
``{gap}``          the column's cell on the formula's own row: ``F4``
``{parties}``      a run of columns on that row: ``D4:E4``
``{gap:$}``        the same cell, held to its column: ``$F4``
``{gap:all}``      the column from the first line to the last: ``F$4:F$17``
``{svar[gap]:all}``  a column of another list: ``Svar!$F$4:$F$17``
``{gap:letter}``   ``F``
=================  ============================================================
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from ..rows import Value
from .looks import height, is_open
from .rules import Rule
from .workbook import Cell, Sheet


@dataclass(frozen=True)
class ListColumn:
    """``width`` is in figures. Columns of one ``run`` stand side by side, so that a formula can take them together."""

    key: str
    heading: str
    width: float
    look: str = "item"
    formula: str = ""
    rule: Rule | None = None  # what may be written in it
    run: str = ""


@dataclass(frozen=True)
class Reference:
    """A column, or a run of them, as formulas refer to it. Rows are counted from 1, as in Excel; 0 is no row."""

    letters: tuple[str, str]
    row: int
    lines: tuple[int, int]  # the first and the last
    sheet: str = ""

    def __format__(self, spec: str) -> str:
        first, last = self.letters
        match spec:
            case "" if self.row:
                return f"{first}{self.row}" if first == last else f"{first}{self.row}:{last}{self.row}"
            case "$" if self.row:
                return f"${first}{self.row}"
            case "all" if self.sheet:
                return f"{quote_sheetname(self.sheet)}!${first}${self.lines[0]}:${last}${self.lines[1]}"
            case "all":
                return f"{first}${self.lines[0]}:{last}${self.lines[1]}"
            case "letter":
                return first
        raise ValueError(f"A column has no «{spec}» here.")


class Listing:
    """The list on a sheet. Its header is written on row ``header``, counted from 0, and its lines follow."""

    def __init__(self, sheet: Sheet, header: int, columns: Sequence[ListColumn], lines: int) -> None:
        self.sheet, self.header, self.columns = sheet, header, tuple(columns)
        self.first, self.last = header + 1, header + lines
        self._numbers = {column.key: number for number, column in enumerate(columns)}
        self._runs = {name: tuple(numbers) for name, numbers in _runs(self.columns)}
        for number, column in enumerate(columns):
            sheet.width(number, column.width)
            sheet.header(Cell(header, number), column.heading)
        sheet.height(header, max(height(column.heading, column.width - 1) for column in columns))

    def cell(self, row: int, key: str) -> Cell:
        return Cell(row, self._numbers[key])

    def ends(self, row: int, run: str) -> tuple[Cell, Cell]:
        """The first and the last cell of a run."""
        first, last = self._runs[run]
        return Cell(row, first), Cell(row, last)

    def span(self, key: str, first: int, last: int) -> str:
        """A column's cells from one row to another, as another sheet's formulas refer to them."""
        letter = xl_col_to_name(self._numbers[key])
        return f"{quote_sheetname(self.sheet.name)}!{letter}{first + 1}:{letter}{last + 1}"

    def line(self, row: int, values: Mapping[str, Value], others: Mapping[str, object] | None = None) -> None:
        """Write a line: the value by column; of a formula, what it comes to now. ``others`` is what else formulas name."""
        unknown = set(values) - set(self._numbers)
        if unknown:
            raise KeyError(f"The list has no column {', '.join(sorted(unknown))}.")
        known: dict[str, object] = {**self.references(row), **(others or {})}
        for number, column in enumerate(self.columns):
            cell, value = Cell(row, number), values.get(column.key)
            if column.formula:
                self.sheet.formula(cell, column.formula.format_map(known), column.look, value)
                continue
            answer = is_open(column.look)
            if isinstance(value, int) and not answer:
                self.sheet.printed.add(str(value))
            self.sheet.put(cell, value, column.look, ink=answer and value is not None)

    def needed(self, values: Mapping[str, Value], *keys: str) -> float:
        """The height that a line needs for the texts in those of its columns that the list has."""
        texts = {key: str(values.get(key) or "") for key in keys if key in self._numbers}
        return max(height(text, self.columns[self._numbers[key]].width - 2) for key, text in texts.items())

    def references(self, row: int | None = None) -> dict[str, Reference]:
        """The columns and runs by name, for the formulas of ``row``; without it, for those of another sheet."""
        ends = {**{key: (number, number) for key, number in self._numbers.items()}, **self._runs}
        lines = (self.first + 1, self.last + 1)
        at, sheet = (0, self.sheet.name) if row is None else (row + 1, "")
        return {
            name: Reference((xl_col_to_name(first), xl_col_to_name(last)), at, lines, sheet)
            for name, (first, last) in ends.items()
        }

    def shade(self, key: str, rule: Mapping[str, object], look: str) -> None:
        """How a column's cells look while ``rule`` holds for them."""
        self.sheet.shade(rule, look, self.cell(self.first, key), self.cell(self.last, key))

    def hide(self, key: str) -> None:
        self.sheet.hide(self._numbers[key])

    def finish(self, frozen: int = 0) -> None:
        """Say what may be written in the columns, and make the sheet ready."""
        ruled = itertools.groupby(enumerate(self.columns), lambda pair: pair[1].run or pair[1].key)
        for numbered in (list(group) for _, group in ruled):
            (first, column), (last, _) = numbered[0], numbered[-1]
            if column.rule:
                self.sheet.allow(column.rule, Cell(self.first, first), Cell(self.last, last))
        self.sheet.finish(self.header, frozen, Cell(self.last, len(self.columns) - 1))


def _runs(columns: Sequence[ListColumn]) -> Iterator[tuple[str, tuple[int, int]]]:
    found: dict[str, list[int]] = {}
    for number, column in enumerate(columns):
        found.setdefault(column.run, []).append(number)
    for name, numbers in found.items():
        if name and numbers != list(range(numbers[0], numbers[-1] + 1)):
            raise ValueError(f"The columns of «{name}» do not stand side by side.")
        if name:
            yield name, (numbers[0], numbers[-1])
