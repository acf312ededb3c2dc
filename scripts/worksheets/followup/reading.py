"""What was asked and answered in last year's workbook, and what is wrong with it, told in Swedish."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from ..xlsx.last_year import told
from ..xlsx.memory import SHEET, Answer, Memory, Place, Previous, digest, read_memory, sheet_mark
from ..xlsx.workbook import LISTS
from .refusals import (
    MOST_CELLS,
    TOO_MANY_CELLS,
    FollowUpError,
    refuse_what_is_not_a_workbook,
    refuse_what_is_unsafe,
)

_LONGEST_NAME = 200  # characters of the cells that a defined name of ours stands for
_MOST_TOLD = 20  # formulas

Where = tuple[str, str]  # sheet and cell


def read_previous(content: bytes) -> Previous:
    """What was asked and answered in a filled-in workbook, and what was written outside the questions."""
    refuse_what_is_not_a_workbook(content)
    refuse_what_is_unsafe(content)
    written, worked_out = _load(content, data_only=False), _load(content, data_only=True)
    memory = read_memory(written[SHEET].iter_rows(values_only=True)) if SHEET in written.sheetnames else None
    if memory is None:
        raise FollowUpError(
            "Filen är inte ett Excelblad från guiden, eller så saknas den dolda fliken «Minne». "
            "Använd filen som hämtades från guiden, utan att flytta svaren till en annan arbetsbok."
        )
    places = {place.name: place for place in memory.places}
    areas = {name: list(_areas(written, name)) for name in places}
    if sum(area.size for found in areas.values() for area in found) > MOST_CELLS:
        raise FollowUpError(TOO_MANY_CELLS)
    cells = {name: [cell for area in found for cell in area.cells()] for name, found in areas.items()}
    formulas = [
        _told_formula(places[name], cell)
        for name, found in cells.items()
        for cell in found
        if places[name].kind in ("svar", "kolumn") and _is_formula(cell)
    ]
    if formulas:
        raise FollowUpError(*formulas[:_MOST_TOLD], *_more(len(formulas) - _MOST_TOLD))
    answers = {
        name: Answer(place, tuple(worked_out[cell.parent.title][cell.coordinate].value for cell in cells[name]))
        for name, place in places.items()
    }
    used = {(cell.parent.title, cell.coordinate) for found in cells.values() for cell in found}
    return Previous(memory, answers, tuple(_loose(written, memory, used)))


def _load(content: bytes, data_only: bool) -> Any:
    """The workbook as openpyxl has it. ``data_only`` for what formulas came to, instead of the formulas."""
    try:
        book = opened(content, data_only)
    except Exception as error:  # what is wrong with a file decides what openpyxl raises
        raise FollowUpError(
            "Filen går inte att läsa som en Excelfil. Öppna den i Excel, spara den igen och försök på nytt."
        ) from error
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > 3 * MOST_CELLS:  # empty cells are cheaper
        raise FollowUpError(TOO_MANY_CELLS)
    return book


def opened(content: bytes, data_only: bool = False) -> Any:
    """openpyxl's workbook, without its warnings of what it leaves out, such as drawings: there is no use for that here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)


# ---------------------------------------------------------------- what stands in it


@dataclass(frozen=True)
class Area:
    """Cells of a sheet: its left, top, right and bottom, counted from 1."""

    sheet: Any
    edges: tuple[int, int, int, int]

    @property
    def size(self) -> int:
        left, top, right, bottom = self.edges
        return max(right - left + 1, 0) * max(bottom - top + 1, 0)

    def cells(self) -> Iterator[Any]:
        left, top, right, bottom = self.edges
        for row in self.sheet.iter_rows(top, bottom, left, right) if self.size else ():
            yield from row


def _areas(book: Any, name: str) -> Iterator[Area]:
    """What a defined name stands for, no more than is there; nothing where its rows or its sheet have been removed."""
    defined = book.defined_names.get(name)
    if defined is None or len(defined.value) > _LONGEST_NAME:
        return
    for title, cells in defined.destinations:
        if title in book.sheetnames:
            sheet = book[title]
            left, top, right, bottom = range_boundaries(cells)  # None where it is whole columns or rows
            width, height = sheet.max_column, sheet.max_row
            yield Area(sheet, (left or 1, top or 1, min(right or width, width), min(bottom or height, height)))


def _is_formula(cell: Any) -> bool:
    return bool(cell.data_type == "f")


def _text(cell: Any) -> str:
    """What stands in a cell: of a formula its text, which openpyxl keeps in an object where it is of a rarer kind."""
    formula = _is_formula(cell) and not isinstance(cell.value, str)
    return str(getattr(cell.value, "text", "=")) if formula else told(cell.value)


def _told_formula(place: Place, cell: Any) -> str:
    return (
        f"{cell.parent.title}!{cell.coordinate} («{place.label}»): här står formeln {_text(cell)[:60]} i stället för ett svar. "
        "Skriv svaret som text eller tal."
    )


def _more(count: int) -> tuple[str, ...]:
    return (f"Det står formler i {count} svar till.",) if count > 0 else ()


def _loose(book: Any, memory: Memory, used: set[Where]) -> Iterator[tuple[str, str]]:
    """Texts and numbers that the workbook did not come with and that stand outside its questions, and all comments."""
    for sheet in book.worksheets:
        if sheet.title in (SHEET, LISTS):
            continue
        ours = digest(sheet_mark(sheet.title)) in memory.printed
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            where = f"{sheet.title}!{cell.coordinate}"
            if cell.comment:
                yield f"{where}, kommentar", cell.comment.text
            if cell.value is None or (sheet.title, cell.coordinate) in used:
                continue
            worked_out = ours and _is_formula(cell) and cell.protection.locked
            if not worked_out and digest(cell.value) not in memory.printed:
                yield where, _text(cell)
