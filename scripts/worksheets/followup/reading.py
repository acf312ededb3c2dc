"""What was asked and answered in last year's workbook.

It comes from a reader's computer. It is untrusted, and what is wrong with it is told in Swedish.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ..xlsx.last_year import told
from ..xlsx.memory import SHEET, Answer, Memory, Place, Previous, digest, read_memory, sheet_mark
from ..xlsx.workbook import LISTS
from .refusals import FollowUpError, refuse_what_is_not_a_workbook, refuse_what_is_unsafe

_MOST_CELLS = 300_000


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
    used: set[tuple[str, str]] = set()
    formulas: list[str] = []
    answers = {}
    for place in memory.places:
        cells = list(_cells(written, place.name))
        used |= _addresses(cells)
        if place.kind in ("svar", "kolumn"):
            formulas += [_told_formula(place, cell) for cell in cells if _is_formula(cell)]
        values = tuple(worked_out[cell.parent.title][cell.coordinate].value for cell in cells)
        answers[place.name] = Answer(place, values)
    if formulas:
        raise FollowUpError(*formulas)
    return Previous(memory, answers, tuple(_loose(written, memory, used)))


def _load(content: bytes, data_only: bool) -> Any:
    try:
        with warnings.catch_warnings():  # of what it leaves out, such as drawings, which this has no use for
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        OSError,
    ) as error:
        raise FollowUpError(
            "Filen går inte att läsa som en Excelfil. Öppna den i Excel, spara den igen och försök på nytt."
        ) from error
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > _MOST_CELLS:
        raise FollowUpError("Filen har fler celler än ett arbetsblad kan ha. Ta bort det som inte hör till bladet.")
    return book


# ---------------------------------------------------------------- what stands in it


def _cells(book: Any, name: str) -> Iterator[Any]:
    """The cells of a defined name; none where its rows or its sheet have been removed."""
    defined = book.defined_names.get(name)
    for sheet, area in defined.destinations if defined else ():
        if sheet in book.sheetnames:
            found = book[sheet][area]
            rows = found if isinstance(found, tuple) else ((found,),)
            yield from (cell for row in rows for cell in (row if isinstance(row, tuple) else (row,)))


def _addresses(cells: list[Any]) -> set[tuple[str, str]]:
    return {(cell.parent.title, cell.coordinate) for cell in cells}


def _is_formula(cell: Any) -> bool:
    return bool(cell.data_type == "f")


def _told_formula(place: Place, cell: Any) -> str:
    formula = str(getattr(cell.value, "text", cell.value))
    return (
        f"{cell.parent.title}!{cell.coordinate} («{place.label}»): här står formeln {formula[:60]} i stället för ett svar. "
        "Skriv svaret som text eller tal."
    )


def _loose(book: Any, memory: Memory, used: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Texts and numbers that the workbook did not come with and that stand outside its questions, and all comments."""
    for sheet in book.worksheets:
        ours = digest(sheet_mark(sheet.title)) in memory.printed
        if sheet.title in (SHEET, LISTS):
            continue
        for row in sheet.iter_rows():
            for cell in row:
                where = f"{sheet.title}!{cell.coordinate}"
                if cell.comment:
                    yield f"{where}, kommentar", cell.comment.text
                if cell.value is None or (sheet.title, cell.coordinate) in used:
                    continue
                if digest(cell.value) not in memory.printed and not (
                    ours and _is_formula(cell) and cell.protection.locked
                ):
                    yield where, told(cell.value)
