"""A workbook being written: its file, its sheets, and how a value is put in a cell. Nothing else knows xlsxwriter."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from ...files import qr
from ...files.bundle import repack
from ...files.paper import dated, short_address
from ..form import Form
from ..rows import Value
from .looks import INK, LINE, LOOKS
from .memory import SHEET as _MEMORY
from .memory import Memory, Place, Previous, defined_name, digest, sheet_mark, write_memory
from .rules import Rule

LISTS = "Listor"  # the hidden sheet with what there is to choose between
_FIRST_DAY = datetime.date(1899, 12, 30)  # that Excel counts days from
LONGEST_TEXT = 32_767  # what a cell holds
_LONGEST_FOOTER = 255
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_SHEET_PART, _ROW, _HELD = (
    re.compile(r"xl/worksheets/sheet(\d+)\.xml"),
    re.compile(rb'<row r="(\d+)"[^>]*>'),
    b' customHeight="1"',
)
_FREEDOMS = ("format_rows", "format_columns", "insert_rows", "sort", "autofilter")


class Cell(NamedTuple):
    """A cell of a sheet, counted from 0."""

    row: int
    column: int


class Sheet:
    """A sheet being written, on paper A4 across and as wide as the page. ``printed`` are the texts it comes with."""

    def __init__(self, book: Book, name: str, sheet: Any) -> None:
        self.book, self.name, self._sheet = book, name, sheet
        self.printed: set[str] = set()
        self.growing: set[int] = set()  # rows that are typed in, counted from 1 as in the file
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=1)
        sheet.hide_gridlines(2)
        form = book.form
        sheet.set_header(_printed(form.sheet.title, form.mark))
        said = f"{form.settings.short_title}, {form.version}\nId: {form.sheet.id} · {short_address(form.address)}"
        picture = {"image_left": "qr.png", "image_data_left": io.BytesIO(qr.png(dated(form.settings, form.address)))}
        sheet.set_footer(f"&L&G&C&8 {said.replace('&', '&&')}&R&8 Sida &P av &N", picture)

    def put(self, cell: Cell, value: Value, look: str, ink: bool = False) -> None:
        """Text as text, whatever it begins with; nothing as an empty cell. ``ink`` for what is written in an example."""
        format = self.book.look(look, ink)
        if isinstance(value, str) and value:
            self.printed.add(value)
            self._sheet.write_string(*cell, _cut(value), format)
        elif isinstance(value, datetime.date):
            self._sheet.write_datetime(*cell, value, format)
        elif isinstance(value, int | float):
            self._sheet.write_number(*cell, value, format)
        else:
            self._sheet.write_blank(*cell, None, format)

    def keep(self, cell: Cell, text: str, look: str) -> None:
        """A text that someone wrote last year: it does not come with the sheet, so the year after it is kept again."""
        self._sheet.write_string(*cell, _cut(text), self.book.look(look))

    def formula(self, cell: Cell, formula: str, look: str, value: Value, ink: bool = False) -> None:
        """A formula, and the value that it has before anything recalculates."""
        if isinstance(value, datetime.date):
            value = (value - _FIRST_DAY).days
        self._sheet.write_formula(*cell, formula, self.book.look(look, ink), "" if value is None else value)

    def header(self, cell: Cell, label: str, help: str = "") -> None:
        """The heading of a column, with what is written in it."""
        if not help:
            self.put(cell, label, "header")
            return
        self.printed.add(f"{label}\n{help}")
        parts = (self.book.look("bold"), label, self.book.look("small"), f"\n{help}")
        self._sheet.write_rich_string(*cell, *parts, self.book.look("header"))

    def across(self, row: int, columns: int, text: str, look: str) -> None:
        """A text over the first ``columns`` columns."""
        self._sheet.merge_range(row, 0, row, columns - 1, "", self.book.look(look))
        self.put(Cell(row, 0), text, look)

    # ------------------------------------------------------------ places to answer

    def ask(self, place: Place, first: Cell, last: Cell | None = None) -> None:
        """Somewhere to answer, which next year's workbook will look for."""
        self.book.places.append(Place(defined_name(place.name), place.label, place.kind))
        self.name_cells(place.name, first, last)

    def name_cells(self, id: str, first: Cell, last: Cell | None = None) -> None:
        """Give the cells from ``first`` to ``last`` the permanent id of what they hold."""
        self.book.define(defined_name(id), self.name, first, last or first)

    def allow(self, rule: Rule, first: Cell, last: Cell | None = None) -> None:
        """What may be written in the cells from ``first`` to ``last``."""
        self._sheet.data_validation(*first, *(last or first), rule)

    def shade(self, rule: Mapping[str, object], look: str, first: Cell, last: Cell) -> None:
        """How the cells look while ``rule``, a condition, holds for them."""
        self._sheet.conditional_format(*first, *last, {**rule, "format": self.book.look(look)})

    # ------------------------------------------------------------ the sheet itself

    def width(self, column: int, width: float) -> None:
        self._sheet.set_column(column, column, width)

    def hide(self, column: int) -> None:
        self._sheet.set_column(column, column, None, None, {"hidden": True})

    def height(self, row: int, points: float) -> None:
        self._sheet.set_row(row, points)

    def grow(self, row: int, points: float) -> None:
        """The height that a row begins with; it follows what is written in it."""
        self.height(row, points)
        self.growing.add(row + 1)

    def large_paper(self) -> None:
        """A3, for a list that would be too small on A4."""
        self._sheet.set_paper(8)

    def one_page(self) -> None:
        self._sheet.fit_to_pages(1, 1)

    def finish(self, header: int, frozen: int = 0, last: Cell | None = None) -> None:
        """Keep the header and the ``frozen`` first columns on the screen, print as far as ``last``, and lock what is not
        to be filled in: against slips only, there is no password."""
        self._sheet.freeze_panes(header + 1, frozen)
        self._sheet.repeat_rows(header)
        if last:
            self._sheet.print_area(0, 0, *last)
        self._sheet.protect("", dict.fromkeys(_FREEDOMS, True))

    def picture(self, cell: Cell, png: bytes, said: str) -> None:
        """A picture; ``said`` is for who cannot see it."""
        self._sheet.insert_image(*cell, "qr.png", {"image_data": io.BytesIO(png), "description": said})

    def curve(self, cell: Cell, first: Cell, last: Cell) -> None:
        """The numbers from ``first`` to ``last``, on one row, as a small line in a cell. A gap is drawn over."""
        quoted = self.name.replace("'", "''")
        numbers = f"'{quoted}'!{xl_rowcol_to_cell(*first)}:{xl_rowcol_to_cell(*last)}"
        self._sheet.add_sparkline(
            *cell, {"range": numbers, "markers": True, "weight": 1.5, "series_color": LINE, "empty_cells": "connect"}
        )

    def filter(self, first: Cell, last: Cell) -> None:
        """Arrows in the headings with which the rows below can be chosen among."""
        self._sheet.autofilter(*first, *last)

    def chart(self, cell: Cell, chart: Any, said: str) -> None:
        self._sheet.insert_chart(*cell, chart, {"description": said, "object_position": 3})


def _begun(text: str, units: int) -> str:
    """The text's beginning, as long as Excel counts: an emoji is two."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")


class Book:
    """A workbook being written, and what its sheets share. ``variant`` says which of the worksheet's workbooks it is."""

    def __init__(self, form: Form, book: Any, variant: str = "", previous: Previous | None = None) -> None:
        self.form, self._book, self.variant, self.previous = form, book, variant, previous
        self.places: list[Place] = []
        self._sheets: list[Sheet] = []
        self._looks: dict[tuple[str, bool], object] = {}
        self._lists: dict[tuple[str, ...], str] = {}  # options → where they stand
        self._names = {LISTS.casefold(), _MEMORY.casefold()}  # of sheets, in small letters
        book.set_properties(_properties(form))

    def sheet(self, wanted: str) -> Sheet:
        """A new sheet; its name is one that Excel allows."""
        name = self._name(wanted)
        self._sheets.append(Sheet(self, name, self._book.add_worksheet(name)))
        return self._sheets[-1]

    def _name(self, wanted: str) -> str:
        base = _FORBIDDEN.sub(" ", wanted).strip(" '") or "Blad"
        name, number = _begun(base, 31).strip(" '"), 2
        while name.casefold() in self._names or name.casefold() == "history":
            name, number = f"{_begun(base, 27).strip()} {number}", number + 1
        self._names.add(name.casefold())
        return name

    def look(self, name: str, ink: bool = False) -> object:
        """The cell format of that name; ``ink`` for what is written by hand in an example."""
        if (name, ink) not in self._looks:
            self._looks[name, ink] = self._book.add_format({**LOOKS[name], **({"font_color": INK} if ink else {})})
        return self._looks[name, ink]

    def define(self, name: str, sheet: str, first: Cell, last: Cell) -> None:
        cells = ":".join(xl_rowcol_to_cell(*cell, row_abs=True, col_abs=True) for cell in (first, last))
        quoted = sheet.replace("'", "''")
        self._book.define_name(name, f"='{quoted}'!{cells}")

    def options(self, options: tuple[str, ...]) -> str:
        """Where a drop-down finds its choices: on a hidden sheet, since a choice may hold commas."""
        if options not in self._lists:
            column = len(self._lists)
            last = xl_rowcol_to_cell(len(options) - 1, column, row_abs=True, col_abs=True)
            self._lists[options] = f"={LISTS}!{xl_rowcol_to_cell(0, column, row_abs=True, col_abs=True)}:{last}"
        return self._lists[options]

    def chart(self, kind: str, subtype: str | None = None) -> Any:
        """A chart of xlsxwriter's, to be shown by :meth:`Sheet.chart`."""
        return self._book.add_chart({"type": kind, "subtype": subtype})

    def let_rows_grow(self, part: str, content: bytes) -> bytes:
        """A part of the finished file, in which the rows that may grow have a height but do not insist on it.

        xlsxwriter cannot say so: it holds each row to the height that it was given.
        """
        numbered = _SHEET_PART.fullmatch(part)
        number = int(numbered[1]) if numbered else 0
        if not 1 <= number <= len(self._sheets):
            return content
        growing = self._sheets[number - 1].growing
        return _ROW.sub(lambda row: row[0].replace(_HELD, b"") if int(row[1]) in growing else row[0], content)

    def close(self) -> None:
        """Write the sheets that are not shown: what there is to choose between, and what next year's is made from."""
        if self._lists:
            sheet = self._book.add_worksheet(LISTS)
            for column, options in enumerate(self._lists):
                for row, option in enumerate(options):
                    sheet.write_string(row, column, option)
            sheet.hide()
        texts = (text for sheet in self._sheets for text in (sheet_mark(sheet.name), *sheet.printed))
        form, printed = self.form, frozenset(map(digest, texts))
        write_memory(self._book, Memory(form.sheet.id, self.variant, form.version, tuple(self.places), printed))


def make(form: Form, fill: Callable[[Book], None], variant: str = "", previous: Previous | None = None) -> bytes:
    """A workbook that ``fill`` writes the sheets of. Its dates are the guide's, so that it is the same on another day."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Arial", "font_size": 10},
    }
    with xlsxwriter.Workbook(buffer, options) as file:
        book = Book(form, file, variant, previous)
        fill(book)
        book.close()
    return repack(buffer.getvalue(), book.let_rows_grow)


def _properties(form: Form) -> dict[str, object]:
    return {
        "title": form.title,
        "subject": form.settings.title,
        "author": form.settings.publisher,
        "comments": form.sheet.summary,
        "category": form.sheet.singular.capitalize(),
        "created": datetime.datetime.combine(form.settings.date, datetime.time(12)),
    }


def _printed(left: str, right: str) -> str:
    """Header or footer: ``left`` is any text, ``right`` may hold Excel's codes. The space keeps the size from the text."""
    room = _LONGEST_FOOTER - len(right) - 10
    return f"&L&8 {left[: room // 2].replace('&', '&&')}&R&8 {right}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
