"""A form as a Word file to fill in on the screen: real headings and tables, and a content control for each answer.

A control's tag is the permanent id of what it answers (``mal``, ``led.r1.orsak``, ``tillit.tillit-2``), so that filled-in
files can be read by machine; its title is the label.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from typing import assert_never

from ..files import wml
from ..files.word import WIDTH, About, document
from ..guide.model import (
    AgreementField,
    ChecklistField,
    ChoiceField,
    Column,
    DateField,
    LongTextField,
    ScaleField,
    TableField,
    TextField,
)
from ..guide.parties import DAY, PARTIES
from ..guide.wording import NUMERIC, shown
from .columns import shares
from .form import CHOOSE_ONE, DONT_KNOW, REQUIRED_LEGEND, SCALE, SCORES, SIGNATURE, Advice, Form, Question
from .rows import Value, explained

_ROOM = {False: 92, True: 138}  # characters of table text in that width
_ROW, _SIGNATURE_ROW = 440, 620
_WRITE = "Skriv här"
_EMPTY_CELL = "\u00a0" * 8  # wide enough to hit with the mouse, and nothing when printed
_RIGHT = wml.value("w:jc", "right")
# Numbered here and not in the style: the parts of a sheet are numbered, the headings of a call are not.
_NUMBERED = wml.element("w:numPr", None, wml.value("w:ilvl", 0), wml.value("w:numId", 3))
_STYLES = {"bullets": "ListBullet", "steps": "ListNumber", "prose": "Guidance"}


def render(form: Form) -> bytes:
    """The Word file."""
    about = About(
        title=form.title,
        summary=form.sheet.summary,
        kind=form.sheet.singular.capitalize(),
        id=form.sheet.id,
        address=form.address,
        settings=form.settings,
        landscape=form.landscape,
        mark=form.mark,
    )
    return document(about, _body(form))


# ---------------------------------------------------------------- the text


def _body(form: Form) -> Iterator[wml.Xml]:
    yield wml.paragraph("Title", wml.run(form.title))
    yield wml.paragraph("Subtitle", wml.run(form.sheet.summary))
    yield _identification(form)
    facts = (wml.joined(wml.run(f"{label}: ", bold=True), wml.run(f"{text} ")) for label, text in form.facts)
    yield wml.paragraph("Guidance", *facts, properties=_space_before(200))
    for advice in form.guidance:
        yield from _advice(advice)
    if form.required and not form.example:
        yield wml.paragraph("Guidance", wml.run(REQUIRED_LEGEND), properties=_space_before(160))
    yield wml.paragraph("Fine", wml.run(f"{form.standing} {form.colophon}"), properties=_space_before(160))
    for part in form.parts:
        if part.title:
            yield wml.paragraph("Heading1", wml.run(part.title), properties=_NUMBERED)
        if part.intro:
            yield wml.paragraph("Help", wml.run(part.intro))
        for question in part.questions:
            yield wml.paragraph("Heading2" if part.title else "Heading1", wml.run(question.label))
            yield from _question(form, question)


def _space_before(twentieths: int) -> wml.Xml:
    return wml.element("w:spacing", {"w:before": twentieths})


def _identification(form: Form) -> wml.Xml:
    """Which contract, and when: a table with one row."""
    widths = _widths(WIDTH[form.landscape], (0.24, 0.24, 0.17, 0.21, 0.14))
    cells = [wml.text_control(id, label, value, _WRITE) for id, label, value in form.identification]
    cells.append(wml.date_control(*DAY, form.day))
    labels = [*(label for _, label, _ in form.identification), DAY.label]
    header = [_header(label, "") for label in labels]
    return wml.table(widths, header, [[wml.paragraph("Cell", cell) for cell in cells]], "Bladet gäller", _ROW)


def _advice(advice: Advice) -> Iterator[wml.Xml]:
    yield wml.paragraph("GuidanceHeading", wml.run(advice.title))
    for line in advice.lines:
        yield wml.paragraph(_STYLES[advice.kind], wml.run(line))


# ---------------------------------------------------------------- fields


def _question(form: Form, question: Question) -> Iterator[wml.Xml]:
    field = question.field
    help = field.help or (CHOOSE_ONE if isinstance(field, ChoiceField) else "")
    if help:
        yield wml.paragraph("Help", wml.run(help))
    match field:
        case TableField():
            yield _table(form, question, field)
        case ScaleField():
            yield _scale(form, question, field)
        case ChecklistField():
            yield from _checklist(question, field)
        case AgreementField():
            yield _agreement(form, question)
        case DateField():
            yield wml.paragraph("Answer", wml.date_control(field.id, field.label, question.answer))
        case ChoiceField():
            chosen = question.answer or ""
            yield wml.paragraph("Answer", wml.choice_control(field.id, field.label, field.options, chosen))
        case LongTextField():
            control = wml.text_control(field.id, field.label, question.text, _WRITE, many_lines=True)
            yield wml.paragraph("Answer" if question.answer else "LongAnswer", control)
        case TextField():
            yield wml.paragraph("Answer", wml.text_control(field.id, field.label, question.text, _WRITE))
        case _ as never:
            assert_never(never)


def _checklist(question: Question, field: ChecklistField) -> Iterator[wml.Xml]:
    for item in field.items:
        box = wml.check_control(f"{field.id}.{item.id}", item.text, item.id in question.checked)
        yield wml.paragraph("ChecklistItem", box, wml.tab(), wml.run(item.text))


def _scale(form: Form, question: Question, field: ScaleField) -> wml.Xml:
    widths = _widths(WIDTH[form.landscape], (0.72, 0.28))
    ends = f"{SCORES[0]} = {field.low}, {SCORES[-1]} = {field.high}"
    header = [_header("Påstående", ""), _header(f"Svar {SCORES[0]}–{SCORES[-1]} eller {DONT_KNOW}", ends)]
    rows = [
        (
            wml.paragraph("Cell", wml.run(item.text)),
            wml.paragraph(
                "Cell", wml.choice_control(f"{field.id}.{item.id}", item.text, SCALE, shown("", question.score(item)))
            ),
        )
        for item in question.items
    ]
    return wml.table(widths, header, rows, field.label)


def _table(form: Form, question: Question, field: TableField) -> wml.Xml:
    widths = _widths(WIDTH[form.landscape], shares(question, _ROOM[form.landscape]))
    header = [_header(column.label, explained(field, column), column) for column in field.columns]
    rows = [
        [_cell(question, column, number, row[column.id]) for column in field.columns]
        for number, row in enumerate(question.rows, 1)
    ]
    return wml.table(widths, header, rows, field.label, 0 if question.answer else _ROW)


def _header(label: str, help: str, column: Column | None = None) -> wml.Xml:
    aligned = _RIGHT if column and column.type in NUMERIC else wml.NOTHING
    explanation = wml.paragraph("HeaderHelp", wml.run(help), properties=aligned) if help else wml.NOTHING
    return wml.joined(wml.paragraph("HeaderCell", wml.run(label), properties=aligned), explanation)


def _cell(question: Question, column: Column, number: int, value: Value) -> wml.Xml:
    tag, title = f"{question.field.id}.r{number}.{column.id}", f"{column.label}, rad {number}"
    style = wml.INK if question.written(number - 1, column) else ""
    match column.type:
        case "date" if value is None or isinstance(value, datetime.date):
            control = wml.date_control(tag, title, value, style)
        case "choice":
            control = wml.choice_control(tag, title, column.options, str(value or ""), style)
        case "text" | "number" | "percent" | "date" | "computed":
            control = wml.text_control(tag, title, shown(column.type, value), _EMPTY_CELL, style)
        case _ as never:
            assert_never(never)
    return wml.paragraph("Cell", control, properties=_RIGHT if column.type in NUMERIC else wml.NOTHING)


def _agreement(form: Form, question: Question) -> wml.Xml:
    """Two columns, a party each, and a row for the signatures themselves."""
    id = question.field.id
    signed = {party: question.signature(party) for party in PARTIES}
    rows = []
    for part, label in SIGNATURE:
        row = []
        for party, (who, date) in signed.items():
            tag, title = f"{id}.{party.id}.{part}", f"{party.label}: {label.lower()}"
            control = {
                "namn": wml.text_control(tag, title, who, _WRITE),
                "datum": wml.date_control(tag, title, date),
            }.get(part, wml.NOTHING)
            row.append(wml.joined(wml.paragraph("HeaderHelp", wml.run(label)), wml.paragraph("Cell", control)))
        rows.append(row)
    header = [_header(party.label, "") for party in PARTIES]
    return wml.table(_widths(WIDTH[form.landscape], (0.5, 0.5)), header, rows, question.field.label, _SIGNATURE_ROW)


def _widths(total: int, parts: tuple[float, ...]) -> list[int]:
    """Whole widths in the proportions ``parts`` that sum to ``total``."""
    edges = [round(total * sum(parts[:count])) for count in range(len(parts))] + [total]
    return [right - left for left, right in itertools.pairwise(edges)]
