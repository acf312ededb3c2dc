"""A form as a workbook: a sheet about it, a sheet of questions, and a sheet for each table and each group of scales.

Every place to answer has a defined name made of its permanent id (``f_mal``, ``f_led.orsak``, ``f_tillit.tillit_2``),
so that filled-in workbooks can be read by machine. Only those places are unlocked; the protection has no password.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any, assert_never

import xlsxwriter

from ..files import qr
from ..files.bundle import repack
from ..files.paper import short_address
from ..guide.model import (
    AgreementField,
    ChecklistField,
    ChoiceField,
    DateField,
    LongTextField,
    ScaleField,
    TableField,
    TextField,
)
from .form import DAY, PARTIES, REQUIRED_LEGEND, REQUIRED_MARK, Form, Question
from .last_year import COLUMNS, beside, carried, write_leftovers
from .memory import Place, Previous
from .workbook import Book, date_rule, height, list_rule, protect, remember, write, write_lists
from .xlsx_tables import write_part

ABOUT, QUESTIONS = "Om bladet", "Frågor"
_YES_NO = ("ja", "nej")


def render(form: Form, previous: Previous | None = None) -> bytes:
    """The workbook, with the answers from last year's where that is given."""

    def fill(made: Book) -> None:
        about = made.sheet(ABOUT)
        questions = made.sheet(QUESTIONS)
        sheets = {number: write_part(made, number, part) for number, part in enumerate(form.parts, 1)}
        write_about(made, about, said(form))
        write_questions(made, questions, sheets)

    return make(form, fill, previous=previous)


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
    with xlsxwriter.Workbook(buffer, options) as book:
        made = Book(form, book, variant, previous)
        _properties(made)
        fill(made)
        write_leftovers(made)
        write_lists(made)
        remember(made)
    return repack(buffer.getvalue())


def _properties(made: Book) -> None:
    form = made.form
    made.book.set_properties(
        {
            "title": form.title,
            "subject": form.settings.title,
            "author": form.settings.publisher,
            "comments": form.sheet.summary,
            "category": form.sheet.singular.capitalize(),
            "created": datetime.datetime.combine(form.settings.date, datetime.time(12)),
        }
    )


# ---------------------------------------------------------------- about the form


def write_about(made: Book, sheet: Any, lines: Iterable[tuple[str, str]]) -> None:
    """What the workbook is and how it is used; ``lines`` are label and text."""
    form = made.form
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 105)
    sheet.set_row(0, 26)
    sheet.fit_to_pages(1, 1)
    write(sheet, 0, 0, form.title, made.look("title"))
    row = 1
    if form.mark:
        write(sheet, row, 0, form.mark, made.look("mark"))
        write(sheet, row, 1, "", made.look("mark"))
        row += 1
    for label, text in lines:
        write(sheet, row, 0, label, made.look("label"))
        write(sheet, row, 1, text, made.look("text"))
        sheet.set_row(row, height(text, 105))
        row += 1
    code = {"image_data": io.BytesIO(qr.png(form.address)), "description": f"QR-kod till {short_address(form.address)}"}
    sheet.insert_image(row, 1, "qr.png", code)


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


# ---------------------------------------------------------------- the sheet of questions


def write_questions(made: Book, sheet: Any, sheets: Mapping[int, tuple[str, ...]]) -> None:
    """Everything but tables and scales, in the order of the form, with a pointer where one of those comes."""
    columns = (("Fråga", 48), ("Svar", 72), ("Så fyller ni i", 40), *(COLUMNS if made.previous else ()))
    for column, (label, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        write(sheet, 0, column, label, made.look("header"))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    row = _heading(made, sheet, 1, "Bladet gäller")
    for id, label, value in made.form.identification:
        row = _line(made, sheet, row, (id, label, value or carried(made, id), ""))
    row = _date_line(made, sheet, row, (*DAY, made.form.day, ""))
    for number, part in enumerate(made.form.parts, 1):
        row = _heading(made, sheet, row + 1, f"{number}. {part.title}")
        others = [question for question in part.questions if not isinstance(question.field, TableField | ScaleField)]
        if part.intro and others:
            sheet.merge_range(row, 0, row, 2, "", made.look("muted"))
            write(sheet, row, 0, part.intro, made.look("muted"))
            sheet.set_row(row, height(part.intro, 160))
            row += 1
        for question in others:
            row = _question(made, sheet, row, question)
        for name in sheets[number]:
            write(sheet, row, 0, f"Fyll i fliken «{name}».", made.look("text"))
            row += 1
    protect(sheet)


def _heading(made: Book, sheet: Any, row: int, title: str) -> int:
    for column, text in enumerate((title, "", "")):
        write(sheet, row, column, text, made.look("section"))
    sheet.set_row(row, 22)
    return row + 1


Line = tuple[str, str, Any, str]  # the name of the answer's cell, the question, the answer, how to fill it in


def _line(made: Book, sheet: Any, row: int, line: Line, lines: int = 1) -> int:
    """A question with its answer beside it. Returns the next row."""
    name, label, value, help = line
    _asked(made, sheet, row, line)
    write(sheet, row, 1, value, made.look("input", ink=bool(value) and bool(made.form.mark)))
    asked = label.removesuffix(f" {REQUIRED_MARK}")
    made.place(Place(name, asked), sheet, (row, 1))
    past = beside(made, sheet, (row, 3), (name, asked))
    sheet.set_row(row, max(height(label, 46), height(value, 70, lines), height(help, 44), past))
    return row + 1


def _date_line(made: Book, sheet: Any, row: int, line: Line) -> int:
    _line(made, sheet, row, (line[0], line[1], "", line[3]))
    if line[2]:
        sheet.write_datetime(row, 1, line[2], made.look("date", ink=True))
    else:
        sheet.write_blank(row, 1, None, made.look("date"))
    sheet.data_validation(row, 1, row, 1, date_rule())
    return row + 1


def _choice_line(made: Book, sheet: Any, row: int, line: Line, options: tuple[str, ...]) -> int:
    sheet.data_validation(row, 1, row, 1, list_rule(made.options(options)))
    return _line(made, sheet, row, line)


def _asked(made: Book, sheet: Any, row: int, line: Line) -> None:
    write(sheet, row, 0, line[1], made.look("item"))
    write(sheet, row, 2, line[3], made.look("muted"))


def _question(made: Book, sheet: Any, row: int, question: Question) -> int:
    field = question.field
    line: Line = (f"f_{field.id}", question.label, question.text, field.help or "")
    match field:
        case TableField() | ScaleField():
            return row  # on a sheet of its own
        case ChecklistField():
            return _checklist(made, sheet, _several(made, sheet, row, question), question, field)
        case AgreementField():
            return _agreement(made, sheet, _several(made, sheet, row, question), question)
        case DateField():
            return _date_line(made, sheet, row, (*line[:2], question.answer, line[3]))
        case ChoiceField():
            return _choice_line(made, sheet, row, line, field.options)
        case LongTextField():
            return _line(made, sheet, row, line, field.lines)
        case TextField():
            return _line(made, sheet, row, line)
        case _ as never:
            assert_never(never)


def _several(made: Book, sheet: Any, row: int, question: Question) -> int:
    """The heading of what takes several lines."""
    help = question.field.help or ""
    write(sheet, row, 0, question.label, made.look("label"))
    write(sheet, row, 2, help, made.look("muted"))
    sheet.set_row(row, max(height(question.label, 44), height(help, 44)))
    return row + 1


def _checklist(made: Book, sheet: Any, row: int, question: Question, field: ChecklistField) -> int:
    for item in field.items:
        line = (f"f_{field.id}.{item.id}", item.text, "ja" if item.id in question.checked else "", "")
        row = _choice_line(made, sheet, row, line, _YES_NO)
    return row


def _agreement(made: Book, sheet: Any, row: int, question: Question) -> int:
    for party in PARTIES:
        name, (who, date) = f"f_{question.field.id}.{party.id}", question.signature(party)
        row = _line(made, sheet, row, (f"{name}.namn", f"{party.label}: namn och roll", who, ""))
        row = _date_line(made, sheet, row, (f"{name}.datum", f"{party.label}: datum", date, ""))
    return row
