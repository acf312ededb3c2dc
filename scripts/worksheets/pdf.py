"""A form as a PDF, for print and to fill in on the screen. Python decides what stands on the paper, ``templates/sheet.typ`` how it looks."""

from __future__ import annotations

from pathlib import Path
from typing import Any, assert_never

from ..files.paper import info, place
from ..files.typeset import Exact, typeset
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
    Worksheet,
)
from ..guide.wording import NUMERIC, shown
from .blanks import BY_HAND, DATE_HINT, blanks_of
from .columns import shares
from .fillable import make_fillable
from .form import CHOOSE_ONE, DAY, PARTIES, REQUIRED_LEGEND, SCORES, SIGNATURE, Form, Part, Question, explained

TEMPLATES = Path(__file__).parent / "templates"
_WALL_ROWS = 6  # at least, on a sheet for the wall
_ROOM = {False: 106, True: 160}  # characters of table text across the page, standing and lying


def render(form: Form) -> bytes:
    """The PDF file, for print and to fill in on the screen. Its dates are the guide's, so that it is the same on another day."""
    blanks = {} if form.example else {blank.name: blank for blank in blanks_of(form)}
    typed = typeset(TEMPLATES / "form.typ", {**data(form, bool(blanks)), "info": _info(form)}, form.settings.date)
    return make_fillable(typed, blanks)


def render_wall(form: Form) -> bytes:
    """The form's main table as a sheet for the wall, A3."""
    title = f"{form.title} – väggblad"
    return typeset(TEMPLATES / "wall-form.typ", {**wall_data(form), "info": _info(form, title)}, form.settings.date)


def wall_table(sheet: Worksheet) -> TableField | None:
    """The table that is filled in together on the wall: the one named, the first that must be, or else the first."""
    tables = [field for field in sheet.fields if isinstance(field, TableField)]
    if sheet.wall:
        return next(table for table in tables if table.id == sheet.wall)
    return next((table for table in tables if table.required), next(iter(tables), None))


def wall_data(form: Form) -> dict[str, Any]:
    """What ``templates/wall.typ`` needs, for a worksheet that has a table."""
    table = wall_table(form.sheet)
    question = next(question for question in form.questions if question.field == table)
    assert table is not None
    wall = _table(form, question, table, fillable=False)
    spare = _WALL_ROWS - len(wall["rows"]) if table.blank_rows else 0
    wall["rows"] += [[("", False, "")] * len(table.columns)] * max(spare, 0)
    wall |= {"label": table.label, "help": table.help or ""}
    return {"place": place(form.settings, form.sheet.id, form.address), "title": form.title, "wall": wall}


# ---------------------------------------------------------------- the form as data for the template


def data(form: Form, fillable: bool = False) -> dict[str, Any]:
    """What ``templates/sheet.typ`` needs to set the form, alone or among others; ``fillable`` names its empty places."""
    return {
        "place": place(form.settings, form.sheet.id, form.address),
        "landscape": form.landscape,
        "title": form.title,
        "kind": form.sheet.singular.capitalize(),
        "mark": form.mark,
        "summary": form.sheet.summary,
        "facts": form.facts,
        "identification": [
            *((label, value, _name(id, fillable)) for id, label, value in form.identification),
            (DAY[1], shown("date", form.day), _name(DAY[0], fillable)),
        ],
        "guidance": [{"title": a.title, "kind": a.kind, "lines": a.lines} for a in form.guidance],
        "legend": REQUIRED_LEGEND if form.required and not form.example else "",
        "parts": [_part(form, part, fillable) for part in form.parts],
        "ending": [form.standing, form.colophon],
    }


def _info(form: Form, title: str = "") -> dict[str, Any]:
    return info(form.settings, title or form.title, form.sheet.summary, form.sheet.singular.capitalize())


def _name(name: str, fillable: bool) -> Exact:
    """What the template calls a place to answer; nothing where it is not to be filled in on the screen."""
    return Exact(name if fillable else "")


def _part(form: Form, part: Part, fillable: bool) -> dict[str, Any]:
    blocks = [_block(form, question, fillable) for question in part.questions]
    return {"title": part.title, "intro": part.intro or "", "blocks": blocks}


def _block(form: Form, question: Question, fillable: bool) -> dict[str, Any]:
    """A field as the template sees it: what is said of it, and what its kind adds."""
    field = question.field
    name = _name(field.id, fillable)
    block = {"type": field.type, "label": question.label, "help": field.help or "", "name": name}
    match field:
        case TableField():
            return block | _table(form, question, field, fillable)
        case ScaleField():
            return block | _scale(question, field, fillable)
        case ChecklistField():
            ticked = question.checked
            items = [(item.text, item.id in ticked, _name(f"{field.id}.{item.id}", fillable)) for item in field.items]
            return block | {"items": items}
        case ChoiceField():
            return block | {"items": _options(question, field, fillable), "help": field.help or CHOOSE_ONE}
        case AgreementField():
            return block | _agreement(question, fillable)
        case LongTextField():
            return block | {"value": question.paragraphs, "lines": field.lines, "hint": ""}
        case DateField():
            return block | {"value": question.paragraphs, "lines": 1, "hint": DATE_HINT}
        case TextField():
            return block | {"value": question.paragraphs, "lines": 1, "hint": ""}
        case _ as never:
            assert_never(never)


def _scale(question: Question, field: ScaleField, fillable: bool) -> dict[str, Any]:
    items = [(item.text, question.score(item), _name(f"{field.id}.{item.id}", fillable)) for item in question.items]
    return {"low": field.low, "high": field.high, "scores": SCORES, "items": items}


def _options(question: Question, field: ChoiceField, fillable: bool) -> list[tuple[str, bool, str]]:
    numbered = enumerate(field.options, 1)
    return [(text, text == question.answer, _name(f"{field.id}={number}", fillable)) for number, text in numbered]


def _table(form: Form, question: Question, field: TableField, fillable: bool) -> dict[str, Any]:
    widths = shares(question, _ROOM[form.landscape])
    columns = [_column(field, column, width) for column, width in zip(field.columns, widths, strict=True)]
    rows = [
        [
            (
                shown(column.type, row[column.id]),
                question.written(number - 1, column),
                _name(f"{field.id}.r{number}.{column.id}", fillable),
            )
            for column in field.columns
        ]
        for number, row in enumerate(question.rows, 1)
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


def _agreement(question: Question, fillable: bool) -> dict[str, Any]:
    signed = [(who, shown("date", date), "") for who, date in map(question.signature, PARTIES)]
    id = question.field.id
    rows = [
        [
            (label, values[number], _name(f"{id}.{party.id}.{part}", fillable and part != BY_HAND))
            for party, values in zip(PARTIES, signed, strict=True)
        ]
        for number, (part, label) in enumerate(SIGNATURE)
    ]
    return {"parties": [party.label for party in PARTIES], "rows": rows}
