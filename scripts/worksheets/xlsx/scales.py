"""The sheet of a form's scales: a line for each statement, and its score."""

from __future__ import annotations

from collections.abc import Sequence

from ...guide.model import ScaleField
from ..form import SCORES, Part, Question
from . import rules
from .last_year import PAST, beside
from .listing import ListColumn, Listing
from .looks import height
from .memory import Place
from .tables import write_top
from .workbook import Sheet

_COLUMNS = (
    ListColumn("area", "Område", 28),
    ListColumn("text", "Påstående", 70),
    ListColumn("score", f"Svar {SCORES[0]}–{SCORES[-1]}", 12, "score"),
    ListColumn("scale", "Skala", 45, "muted"),
)


def write_scales(sheet: Sheet, part: Part, questions: Sequence[Question]) -> None:
    """The part's questions that are scales, on a sheet together."""
    past = PAST if sheet.book.previous else ()
    header = write_top(sheet, part.title or questions[0].label, part.intro or "", len(_COLUMNS))
    list = Listing(sheet, header, (*_COLUMNS, *past), sum(len(question.items) for question in questions))
    row = list.first
    for question in questions:
        row = _scale(list, row, question)
    list.finish()


def _scale(list: Listing, first: int, question: Question) -> int:
    """One scale's statements from row ``first``. Returns the row after them."""
    field, sheet = question.field, list.sheet
    assert isinstance(field, ScaleField)
    said = f"{SCORES[0]} = {field.low}, {SCORES[-1]} = {field.high}. {field.help or ''}".strip()
    for row, item in enumerate(question.items, first):
        place = Place(f"f_{field.id}.{item.id}", item.text)
        score = question.score(item)
        list.line(row, {"area": question.label, "text": item.text, "score": score, "scale": said})
        sheet.ask(place, list.cell(row, "score"))
        past = beside(list, row, place)
        sheet.height(row, max(height(item.text, 68), height(said, 48), height(question.label, 26), past))
    after = first + len(question.items)
    if question.items:
        scores = list.cell(first, "score"), list.cell(after - 1, "score")
        sheet.allow(rules.score(), *scores)
        sheet.name_cells(f"f_{field.id}", *scores)
    return after
