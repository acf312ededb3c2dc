"""The first sheet of a workbook: what it is and how it is used."""

from __future__ import annotations

from collections.abc import Iterable

from ...files import qr
from ...files.paper import dated, short_address
from ..form import REQUIRED_LEGEND, Form
from .looks import height
from .workbook import Cell, Sheet

ABOUT = "Om bladet"
_LABEL, _TEXT = 0, 1  # the columns
_TEXT_WIDTH = 105


def write_about(sheet: Sheet, lines: Iterable[tuple[str, str]]) -> None:
    """``lines`` are label and text."""
    form = sheet.book.form
    sheet.width(_LABEL, 20)
    sheet.width(_TEXT, _TEXT_WIDTH)
    sheet.height(0, 26)
    sheet.one_page()
    sheet.put(Cell(0, _LABEL), form.title, "title")
    row = 1
    if form.mark:
        sheet.put(Cell(row, _LABEL), form.mark, "mark")
        sheet.put(Cell(row, _TEXT), "", "mark")
        row += 1
    for label, text in lines:
        sheet.put(Cell(row, _LABEL), label, "label")
        sheet.put(Cell(row, _TEXT), text, "text")
        sheet.height(row, height(text, _TEXT_WIDTH))
        row += 1
    sheet.picture(
        Cell(row, _TEXT), qr.png(dated(form.settings, form.address)), f"QR-kod till {short_address(form.address)}"
    )


def said(form: Form) -> Iterable[tuple[str, str]]:
    """Label and text of each row; the label stands on the first row of several."""
    yield "Vad bladet ger", form.sheet.summary
    yield from form.facts
    for advice in form.guidance:
        for number, line in enumerate(advice.lines, 1):
            sign = {"steps": f"{number}. ", "bullets": "• ", "prose": ""}[advice.kind]
            yield advice.title if number == 1 else "", sign + line
    if form.required:
        yield "Obligatoriskt", REQUIRED_LEGEND
    yield "Status", form.standing
    yield "Version", form.colophon
    yield "Adress", form.address
