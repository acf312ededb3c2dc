"""The sheet of questions: everything in a form but its tables and scales, which have sheets of their own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from ...guide.model import (
    AgreementField,
    ChecklistField,
    ChoiceField,
    DateField,
    LongTextField,
    ScaleField,
    TableField,
    TextField,
)
from ...guide.parties import DAY, PARTIES
from ..form import REQUIRED_MARK, Form, Part, Question
from ..rows import Value
from . import rules
from .last_year import PAST, beside, carried
from .listing import ListColumn, Listing
from .looks import height
from .memory import Place
from .rules import Rule
from .workbook import Cell, Sheet

QUESTIONS = "Frågor"
_YES_NO = ("ja", "nej")
_COLUMNS = (
    ListColumn("asked", "Fråga", 48),
    ListColumn("answer", "Svar", 72),
    ListColumn("help", "Så fyller ni i", 40),
)


@dataclass(frozen=True)
class Line:
    """A question with one answer. ``name`` is the permanent id of the answer, ``lines`` how high its cell is at least."""

    name: str
    label: str
    value: Value = ""
    help: str = ""
    look: str = "input"
    rule: Rule | None = None
    lines: int = 1


def write_questions(sheet: Sheet, form: Form, sheets: Mapping[int, tuple[str, ...]]) -> None:
    """``sheets`` are the names of the sheets that each part has of its own: the reader is pointed to them."""
    written = _Questions(sheet, form)
    written.heading("Bladet gäller")
    for id, label, value in form.identification:
        written.line(Line(id, label, value or carried(sheet.book, id)))
    written.line(_date(DAY.id, DAY.label, form.day))
    for number, part in enumerate(form.parts, 1):
        written.row += 1
        written.part(number, part, sheets[number])
    sheet.finish(header=0)


class _Questions:
    """The sheet, and the row that comes next."""

    def __init__(self, sheet: Sheet, form: Form) -> None:
        self.sheet, self.form, self.row = sheet, form, 1
        past = PAST if sheet.book.previous else ()
        self.list = Listing(sheet, 0, (*_COLUMNS, *past), 0)

    def cell(self, key: str) -> Cell:
        return self.list.cell(self.row, key)

    def part(self, number: int, part: Part, sheets: tuple[str, ...]) -> None:
        if part.title:
            self.heading(f"{number}. {part.title}")
        asked = [question for question in part.questions if not isinstance(question.field, TableField | ScaleField)]
        if part.intro and asked:
            self.sheet.across(self.row, len(_COLUMNS), part.intro, "muted")
            self.sheet.height(self.row, height(part.intro, 160))
            self.row += 1
        for question in asked:
            if isinstance(question.field, ChecklistField | AgreementField):
                self.several(question)
            for line in self._lines(question):
                self.line(line)
        for name in sheets:
            self.sheet.put(self.cell("asked"), f"Fyll i fliken «{name}».", "text")
            self.row += 1

    def heading(self, title: str) -> None:
        for key, text in (("asked", title), ("answer", ""), ("help", "")):
            self.sheet.put(self.cell(key), text, "section")
        self.sheet.height(self.row, 22)
        self.row += 1

    def several(self, question: Question) -> None:
        """The heading of a question that takes several lines."""
        help = question.field.help or ""
        self.sheet.put(self.cell("asked"), question.label, "label")
        self.sheet.put(self.cell("help"), help, "muted")
        self.sheet.height(self.row, max(height(question.label, 44), height(help, 44)))
        self.row += 1

    def line(self, line: Line) -> None:
        answer = self.cell("answer")
        self.sheet.put(self.cell("asked"), line.label, "item")
        self.sheet.put(self.cell("help"), line.help, "muted")
        self.sheet.put(answer, line.value, line.look, ink=bool(line.value) and bool(self.form.mark))
        if line.rule:
            self.sheet.allow(line.rule, answer)
        place = Place(line.name, line.label.removesuffix(f" {REQUIRED_MARK}"))
        self.sheet.ask(place, answer)
        past = beside(self.list, self.row, place)
        text = line.value if isinstance(line.value, str) else ""
        needed = (height(line.label, 46), height(text, 70, line.lines), height(line.help, 44), past)
        self.sheet.grow(self.row, max(needed))
        self.row += 1

    def _lines(self, question: Question) -> Iterator[Line]:
        field = question.field
        line = Line(f"f_{field.id}", question.label, question.text, field.help or "")
        match field:
            case TableField() | ScaleField():
                return  # on a sheet of its own
            case ChecklistField():
                for item in field.items:
                    ticked = "ja" if item.id in question.checked else ""
                    yield Line(f"{line.name}.{item.id}", item.text, ticked, rule=self._one_of(_YES_NO))
            case AgreementField():
                yield from _signatures(question)
            case DateField():
                yield _date(line.name, line.label, question.answer, line.help)
            case ChoiceField():
                yield Line(line.name, line.label, line.value, line.help, rule=self._one_of(field.options))
            case LongTextField():
                yield Line(line.name, line.label, line.value, line.help, lines=field.lines)
            case TextField():
                yield line
            case _ as never:
                assert_never(never)

    def _one_of(self, options: tuple[str, ...]) -> Rule:
        return rules.one_of(self.sheet.book.options(options))


def _signatures(question: Question) -> Iterator[Line]:
    """Who has signed for each party, and when."""
    for party in PARTIES:
        name, (who, date) = f"f_{question.field.id}.{party.id}", question.signature(party)
        yield Line(f"{name}.namn", f"{party.label}: namn och roll", who)
        yield _date(f"{name}.datum", f"{party.label}: datum", date)


def _date(name: str, label: str, value: datetime.date | None, help: str = "") -> Line:
    return Line(name, label, value, help, "date", rules.date())
