"""This year's workbook made from last year's: the answers beside the questions, and nothing lost.

Last year's file comes from a reader's computer. It is untrusted, and what is wrong with it is told in Swedish.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ..guide.guide import Guide
from ..guide.model import Worksheet
from .files import formats
from .form import resolve
from .last_year import GONE, NEW, REWORDED, SAME, mark, told
from .memory import SHEET, Answer, Memory, Place, Previous, digest, read_memory, sheet_mark
from .rating import Rated, workbook
from .workbook import LISTS
from .xlsx import render

_LARGEST_FILE, _LARGEST_CONTENT, _MOST_PARTS = 20_000_000, 100_000_000, 2_000  # bytes, bytes unpacked, files inside
_MOST_CELLS = 300_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of Office files with a password
_TEMPLATE = "Hämta årets blad på webbplatsen och fyll i det i stället."


_PLURAL = {NEW: "nya", SAME: "oförändrade", REWORDED: "omformulerade", GONE: "utgångna"}


class FollowUpError(Exception):
    """The file cannot be followed up; ``problems`` say why, each with what to do."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class FollowUp:
    """This year's workbook and what happened on the way, counted."""

    worksheet: str
    variant: str
    edition: str  # last year's
    content: bytes
    answers: int  # places that had something in them
    changes: Counter[str]  # how many questions are new, unchanged, reworded or gone

    @property
    def told(self) -> str:
        counted = ", ".join(f"{number} {_PLURAL[change]}" for change, number in sorted(self.changes.items()))
        return f"{self.answers} svar från {self.edition}; frågor: {counted}"


def follow_up(guide: Guide, content: bytes) -> FollowUp:
    """This year's workbook of the worksheet that ``content``, a filled-in workbook of an earlier edition, is.

    Raises :class:`FollowUpError` where the file is not such a workbook or holds formulas instead of answers.
    """
    previous = read_previous(content)
    memory = previous.memory
    sheet = next((sheet for sheet in guide.all(Worksheet) if sheet.id == memory.worksheet), None)
    if sheet is None or not (sheet.comparison or "xlsx" in formats(sheet)):
        raise FollowUpError(f"Arbetsbladet «{memory.worksheet}» finns inte längre som Excelfil i guiden. Behåll filen.")
    form = resolve(guide, sheet)
    if memory.variant and sheet.comparison is None:
        raise FollowUpError(f"«{sheet.title}» har inte längre ett Excelblad per part. {_TEMPLATE}")
    made = workbook(Rated.of(guide, sheet, memory.variant), previous) if memory.variant else render(form, previous)
    return FollowUp(
        sheet.id,
        memory.variant,
        memory.edition,
        made,
        answers=sum(not answer.blank for answer in previous.answers.values()),
        changes=_changes(previous, made),
    )


def _changes(previous: Previous, made: bytes) -> Counter[str]:
    now = read_memory(_load(made, data_only=False)[SHEET].iter_rows(values_only=True))
    assert now is not None
    names = {place.name for place in now.places}
    gone = sum(name not in names for name in previous.answers)
    counted = Counter(mark(previous.at(place.name), place.label).split(",")[0] for place in now.places)
    return counted + Counter({GONE: gone})


def read_previous(content: bytes) -> Previous:
    """What was asked and answered in a filled-in workbook, and what was written outside the questions."""
    _refuse_what_is_not_a_workbook(content)
    _refuse_what_is_unsafe(content)
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


# ---------------------------------------------------------------- what is not accepted


def _refuse_what_is_not_a_workbook(content: bytes) -> None:
    if len(content) > _LARGEST_FILE:
        raise FollowUpError(
            f"Filen är större än {_LARGEST_FILE // 1_000_000} MB. Ta bort bilder ur den och försök igen."
        )
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FollowUpError("Filen har ett lösenord. Öppna den i Excel, ta bort lösenordet och spara den igen.")
        raise FollowUpError("Filen är sparad i ett äldre Excelformat. Öppna den och spara den som .xlsx.")
    if not content.startswith(b"PK"):
        raise FollowUpError("Filen är inte en Excelfil (.xlsx). Ange förra årets ifyllda Excelblad.")


def _refuse_what_is_unsafe(content: bytes) -> None:
    """Look in the zip file before any other program unpacks it."""
    broken = "Filen är skadad och går inte att packa upp. Leta upp en annan kopia, till exempel i e-posten."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST_CONTENT:
                raise FollowUpError("Filen packar upp till mer än ett arbetsblad kan innehålla och öppnas inte.")
            if any(entry.flag_bits & 1 for entry in entries):
                raise FollowUpError("Filen är en låst zip-fil. Packa upp den och ange Excelfilen i den.")
            names = {entry.filename for entry in entries}
            _refuse_other_files(names)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(entry):
                    raise FollowUpError(
                        "Filen har en dokumenttyp (DOCTYPE), som inget Excelprogram skriver, och öppnas inte."
                    )
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise FollowUpError(broken) from None


def _refuse_other_files(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if "word/document.xml" in names:
        raise FollowUpError("Det här är Wordfilen. Det är Excelbladet som minns förra årets svar.")
    if "content.xml" in names:
        raise FollowUpError("Filen är sparad som OpenDocument. Öppna den och spara den som .xlsx.")
    if any(name.endswith(".xlsx") for name in names):
        raise FollowUpError("Filen är en zip-fil med arbetsblad. Packa upp den och ange Excelfilen i den.")
    raise FollowUpError("Filen är inte en Excelfil (.xlsx). Ange förra årets ifyllda Excelblad.")


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
