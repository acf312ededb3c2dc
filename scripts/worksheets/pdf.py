"""A form as a PDF for print. Python decides what stands on the paper, ``templates/sheet.typ`` how it looks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..files.paper import info, place
from ..files.typeset import typeset
from ..guide.model import (
    AgreementField,
    ChecklistField,
    ChoiceField,
    Column,
    DateField,
    LongTextField,
    ScaleField,
    TableField,
)
from ..guide.wording import NUMERIC, paragraphs, shown
from .columns import shares
from .form import CHOOSE_ONE, DAY, PARTIES, REQUIRED_LEGEND, SCORES, SIGNATURE, Form, Part, Question, explained

TEMPLATES = Path(__file__).parent / "templates"
_ROOM = {False: 106, True: 160}  # characters of table text across the page, standing and lying


def render(form: Form) -> bytes:
    """The PDF file. Its dates are the guide's, so that it is the same on another day."""
    return typeset(TEMPLATES / "form.typ", {**data(form), "info": _info(form)}, form.settings.date)


# ---------------------------------------------------------------- the form as data for the template


def data(form: Form) -> dict[str, Any]:
    """What ``templates/sheet.typ`` needs to set the form, alone or among others."""
    return {
        "place": place(form.settings, form.sheet.id, form.address),
        "landscape": form.landscape,
        "title": form.title,
        "kind": form.sheet.singular.capitalize(),
        "mark": form.mark,
        "summary": form.sheet.summary,
        "facts": form.facts,
        "identification": [
            *((label, value) for _, label, value in form.identification),
            (DAY[1], shown("date", form.day)),
        ],
        "guidance": [{"title": a.title, "kind": a.kind, "lines": a.lines} for a in form.guidance],
        "legend": REQUIRED_LEGEND if form.required and not form.example else "",
        "parts": [_part(form, part) for part in form.parts],
        "ending": [form.standing, form.colophon],
    }


def _info(form: Form) -> dict[str, Any]:
    return info(form.settings, form.title, form.sheet.summary, form.sheet.singular.capitalize())


def _part(form: Form, part: Part) -> dict[str, Any]:
    return {"title": part.title, "intro": part.intro or "", "blocks": [_block(form, q) for q in part.questions]}


def _block(form: Form, question: Question) -> dict[str, Any]:
    """A field as the template sees it: what is said of it, and what its kind adds."""
    field = question.field
    block = {"type": field.type, "label": question.label, "help": field.help or ""}
    if isinstance(field, TableField):
        return block | _table(form, question, field)
    if isinstance(field, ScaleField):
        items = [(item.text, question.score(item)) for item in question.items]
        return block | {"low": field.low, "high": field.high, "scores": SCORES, "items": items}
    if isinstance(field, ChecklistField):
        return block | {"items": [(item.text, item.id in question.checked) for item in question.items]}
    if isinstance(field, ChoiceField):
        options = [(option, option == question.answer) for option in field.options]
        return block | {"items": options, "help": field.help or CHOOSE_ONE}
    if isinstance(field, AgreementField):
        return block | _agreement(question)
    answer = paragraphs(shown(field.type, question.answer))
    lines = field.lines if isinstance(field, LongTextField) else 1
    return block | {"value": answer, "lines": lines, "hint": "åååå-mm-dd" if isinstance(field, DateField) else ""}


def _table(form: Form, question: Question, field: TableField) -> dict[str, Any]:
    widths = shares(question, _ROOM[form.landscape])
    columns = [_column(field, column, width) for column, width in zip(field.columns, widths, strict=True)]
    rows = [
        [(shown(column.type, row[column.id]), question.written(number, column)) for column in field.columns]
        for number, row in enumerate(question.rows)
    ]
    return {"columns": columns, "rows": rows}


def _column(field: TableField, column: Column, width: float) -> dict[str, Any]:
    return {
        "label": column.label,
        "help": explained(field, column),
        "share": round(width, 4),
        "number": column.type in NUMERIC,
        "computed": column.computed is not None,
    }


def _agreement(question: Question) -> dict[str, Any]:
    signed = [(who, shown("date", date), "") for who, date in map(question.signature, PARTIES)]
    rows = [[(label, values[number]) for values in signed] for number, (_, label) in enumerate(SIGNATURE)]
    return {"parties": [party.label for party in PARTIES], "rows": rows}
