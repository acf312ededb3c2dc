"""A form as a workbook: a sheet about it, a sheet of questions, and a sheet for each table and each group of scales.

Every place to answer has a defined name made of its permanent id (``f_mal``, ``f_led.orsak``, ``f_tillit.tillit_2``),
so that filled-in workbooks can be read by machine. Only those places are unlocked; the protection has no password.
"""

from __future__ import annotations

from ...guide.model import ScaleField, TableField
from ..form import Form, Part
from .about import ABOUT, said, write_about
from .last_year import write_leftovers
from .memory import Previous
from .questions import QUESTIONS, write_questions
from .scales import write_scales
from .tables import write_table
from .workbook import Book, make

__all__ = ["render", "write_part"]


def render(form: Form, previous: Previous | None = None, variant: str = "") -> bytes:
    """The workbook, with the answers from last year's where that is given. ``variant`` says which of a worksheet's it is."""

    def fill(book: Book) -> None:
        about, questions = book.sheet(ABOUT), book.sheet(QUESTIONS)
        sheets = {number: write_part(book, number, part) for number, part in enumerate(form.parts, 1)}
        write_about(about, said(form))
        write_questions(questions, form, sheets)
        write_leftovers(book)

    return make(form, fill, variant, previous)


def write_part(book: Book, number: int, part: Part) -> tuple[str, ...]:
    """The sheets of a section's tables and scales. Returns their names."""
    tables = [question for question in part.questions if isinstance(question.field, TableField)]
    scales = [question for question in part.questions if isinstance(question.field, ScaleField)]
    alone = len(tables) + bool(scales) == 1
    names = []
    if scales:
        sheet = book.sheet(f"{number} {part.title or scales[0].field.label}")
        write_scales(sheet, part, scales)
        names.append(sheet.name)
    for question in tables:
        sheet = book.sheet(f"{number} {part.title if alone else question.field.label}")
        write_table(sheet, part, question)
        names.append(sheet.name)
    return tuple(names)
