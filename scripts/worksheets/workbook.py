"""What a workbook's sheets share: their looks, their names, how text is put in a cell and what a cell accepts."""

from __future__ import annotations

import datetime
import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ..files import qr
from ..files.paper import short_address
from .form import SCORES, Form
from .memory import SHEET as _MEMORY
from .memory import Memory, Place, Previous, digest, sheet_mark, write_memory

LISTS = "Listor"
LONGEST_TEXT = 32_767  # what a cell holds
_LONGEST_FOOTER = 255
_LINE, _HIGHEST = 13.0, 409.0  # points
_LETTERS = 1.15  # letters that take the room of a figure, with some to spare
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FREEDOMS = ("format_rows", "format_columns", "insert_rows", "sort", "autofilter")

_ACCENT, _TINT, _MUTED, _RULE, _INK = "#005A5A", "#E6F1F1", "#44595A", "#8FB0B0", "#1F3F9E"
_PAST = "#F2F2F2"
_TEXT = {"valign": "top", "text_wrap": True}
_BOX = {**_TEXT, "border": 1, "border_color": _RULE}
_INPUT = {**_BOX, "locked": False}
_NUMBER = {**_INPUT, "align": "right", "indent": 1}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "mark": {"bold": True, "font_color": "#FFFFFF", "bg_color": _INK},
    "text": _TEXT,
    "label": {**_TEXT, "bold": True},
    "muted": {**_TEXT, "font_color": _MUTED, "font_size": 9},
    "section": {"bold": True, "font_size": 12, "font_color": _ACCENT, "bottom": 2, "bottom_color": _ACCENT},
    "header": {**_BOX, "bold": True, "valign": "bottom", "bg_color": _TINT},
    "item": _BOX,
    "input": _INPUT,
    "date": {**_INPUT, "num_format": "yyyy-mm-dd", "align": "left"},
    "score": {**_INPUT, "align": "center"},
    "number": {**_NUMBER, "num_format": "#,##0.0#"},
    "percent": {**_NUMBER, "num_format": '#,##0.0#" %"'},
    "computed": {**_NUMBER, "num_format": "#,##0.0#", "locked": True, "bg_color": _TINT},
    "whole": {"num_format": "#,##0"},
    "whole percent": {"num_format": '#,##0" %"'},
    "sum": {**_BOX, "align": "center", "bg_color": _TINT},
    "mean": {**_BOX, "align": "center", "num_format": "0.0", "bg_color": _TINT},
    "told": {**_BOX},
    "figure": {**_BOX, "align": "center"},
    "day": {**_BOX, "num_format": "yyyy-mm-dd", "align": "left"},
    "link": {**_BOX, "font_color": _ACCENT, "underline": 1},
    "large": {"bold": True, "bg_color": "#FFE2A8"},
    "past": {**_BOX, "bg_color": _PAST},
    "past header": {**_BOX, "bold": True, "valign": "bottom", "bg_color": _PAST},
    "bold": {"bold": True},
    "small": {"font_color": _MUTED, "font_size": 8},
}


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that knows which texts it came with."""

    def __init__(self) -> None:
        super().__init__()
        self.printed: set[str] = set()


@dataclass
class Book:
    """The workbook being written, and what its sheets share."""

    form: Form
    book: Any
    variant: str = ""  # which of the worksheet's workbooks this is
    previous: Previous | None = None  # last year's
    places: list[Place] = field(default_factory=list)
    formats: dict[tuple[str, bool], Any] = field(default_factory=dict)
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)  # options → where they stand
    names: set[str] = field(
        default_factory=lambda: {LISTS.casefold(), _MEMORY.casefold()}
    )  # names of sheets, in small letters

    def look(self, name: str, ink: bool = False) -> Any:
        """The cell format of that name; ``ink`` for what is written by hand in an example."""
        if (name, ink) not in self.formats:
            self.formats[name, ink] = self.book.add_format({**_LOOKS[name], **({"font_color": _INK} if ink else {})})
        return self.formats[name, ink]

    def sheet(self, wanted: str) -> Any:
        """A new sheet, on paper A4 across and as wide as the page; its name is one that Excel allows."""
        sheet = self.book.add_worksheet(self._name(wanted), worksheet_class=Sheet)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=1)
        sheet.hide_gridlines(2)
        form = self.form
        sheet.set_header(_printed(form.sheet.title, form.mark))
        said = f"{form.settings.short_title}, {form.version}\nId: {form.sheet.id} · {short_address(form.address)}"
        picture = {"image_left": "qr.png", "image_data_left": io.BytesIO(qr.png(form.address))}
        sheet.set_footer(f"&L&G&C&8 {said.replace('&', '&&')}&R&8 Sida &P av &N", picture)
        return sheet

    def _name(self, wanted: str) -> str:
        base = _FORBIDDEN.sub(" ", wanted).strip(" '") or "Blad"
        name, number = base[:31].strip(" '"), 2
        while name.casefold() in self.names or name.casefold() == "history":
            name, number = f"{base[:27].strip()} {number}", number + 1
        self.names.add(name.casefold())
        return name

    def place(self, place: Place, sheet: Any, first: tuple[int, int], last: tuple[int, int] | None = None) -> None:
        """Somewhere to answer, which next year's workbook will look for."""
        self.places.append(Place(place.name.replace("-", "_"), place.label, place.kind))
        self.name(place.name, sheet, first, last)

    def name(self, id: str, sheet: Any, first: tuple[int, int], last: tuple[int, int] | None = None) -> None:
        """Give the cells from ``first`` to ``last`` the permanent id of what they hold."""
        cells = ":".join(xl_rowcol_to_cell(*cell, row_abs=True, col_abs=True) for cell in (first, last or first))
        quoted = sheet.get_name().replace("'", "''")
        self.book.define_name(id.replace("-", "_"), f"='{quoted}'!{cells}")

    def options(self, options: tuple[str, ...]) -> str:
        """Where a drop-down finds its choices: on a hidden sheet, since a choice may hold commas."""
        if options not in self.lists:
            column = len(self.lists)
            last = xl_rowcol_to_cell(len(options) - 1, column, row_abs=True, col_abs=True)
            self.lists[options] = f"={LISTS}!{xl_rowcol_to_cell(0, column, row_abs=True, col_abs=True)}:{last}"
        return self.lists[options]


def _printed(left: str, right: str) -> str:
    """Header or footer: ``left`` is any text, ``right`` may hold Excel's codes. The space keeps the size from the text."""
    room = _LONGEST_FOOTER - len(right) - 10
    return f"&L&8 {left[: room // 2].replace('&', '&&')}&R&8 {right}"


def remember(made: Book) -> None:
    """The sheet that next year's workbook is made from, written last."""
    sheets = [sheet for sheet in made.book.worksheets() if isinstance(sheet, Sheet)]
    printed = frozenset(digest(text) for sheet in sheets for text in (sheet_mark(sheet.name), *sheet.printed))
    form = made.form
    write_memory(made.book, Memory(form.sheet.id, made.variant, form.version, tuple(made.places), printed))


def write_lists(made: Book) -> None:
    """The hidden sheet that :meth:`Book.options` points to, written last."""
    if not made.lists:
        return
    sheet = made.book.add_worksheet(LISTS)
    for column, options in enumerate(made.lists):
        for row, option in enumerate(options):
            sheet.write_string(row, column, option)
    sheet.hide()


def write(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    """Text as text, whatever it begins with."""
    if text:
        sheet.printed.add(text)
        sheet.write_string(row, column, text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…", look)
    else:
        sheet.write_blank(row, column, None, look)


def height(text: str, width: float, lines: int = 1) -> float:
    """Points that ``text`` takes in a cell ``width`` figures wide; not every program works this out on opening a file."""
    needed = sum(math.ceil((len(line) or 1) / (width * _LETTERS)) for line in text.split("\n"))
    return min(_LINE * max(needed, lines) + 4, _HIGHEST)


def protect(sheet: Any) -> None:
    """Lock what is not to be filled in, against slips only: there is no password."""
    sheet.protect("", dict.fromkeys(_FREEDOMS, True))


# ---------------------------------------------------------------- what may be written in a cell


def _rule(title: str, message: str, **rule: Any) -> dict[str, Any]:
    return {**rule, "error_title": title, "error_message": message}


def list_rule(source: str) -> dict[str, Any]:
    return _rule("Välj i listan", "Välj ett av svaren i listan, eller töm cellen.", validate="list", source=source)


def score_rule() -> dict[str, Any]:
    scores = [str(score) for score in SCORES]
    return _rule("Välj 1–5", "Svara med en siffra från 1 till 5, eller töm cellen.", validate="list", source=scores)


def date_rule() -> dict[str, Any]:
    first, last = datetime.date(1990, 1, 1), datetime.date(2199, 12, 31)
    message = "Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-05-20."
    return _rule("Skriv ett datum", message, validate="date", criteria="between", minimum=first, maximum=last)


def number_rule() -> dict[str, Any]:
    message = "Skriv bara siffror, med decimalkomma om det behövs. Enheten står i rubriken."
    return _rule("Skriv ett tal", message, validate="decimal", criteria="between", minimum=-1e12, maximum=1e12)
