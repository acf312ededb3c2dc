"""A form as data for ``templates/sheet.typ`` and ``fields.typ``, alone or among other forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict, assert_never

from ...files.paper import place
from ...files.typeset import Exact
from ...guide.model import (
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
from ...guide.parties import DAY, PARTIES
from ...guide.wording import NUMERIC, shown
from ..blanks import BY_HAND, DATE_HINT
from ..columns import shares
from ..form import CHOOSE_ONE, REQUIRED_LEGEND, SCALE, SIGNATURE, Form, Part, Question
from ..rows import explained

_ROOM = {False: 106, True: 160}  # characters of table text across the page, standing and lying

Cell = tuple[str, bool, str]  # what stands in it, whether it is written by hand, and its name as a place to answer
Tick = tuple[str, bool, str]  # what a box is for, whether it is ticked, and its name


class Block(TypedDict):
    """What is said of every field; ``type`` is the record's, and the template has a function for each."""

    type: str
    label: str
    help: str
    name: str


class AnswerBlock(Block):
    """A field with one answer, as paragraphs; ``hint`` stands at the end of an empty line."""

    value: tuple[str, ...]
    lines: int
    hint: str


class TickBlock(Block):
    """A checklist, or a choice of which one box is ticked."""

    items: Sequence[Tick]


class ScaleBlock(Block):
    """Statements with their scores; ``low`` and ``high`` are what the ends of the scale mean."""

    low: str
    high: str
    scores: tuple[str, ...]
    items: Sequence[tuple[str, str, str]]  # the statement, its score and the name of its boxes


class ColumnData(TypedDict):
    """``share`` is the column's part of the table's width, of 1."""

    label: str
    help: str
    share: float
    number: bool
    computed: bool


class TableData(TypedDict):
    columns: list[ColumnData]
    rows: list[list[Cell]]


class TableBlock(Block, TableData):
    pass


class AgreementBlock(Block):
    """A column for each of ``parties``."""

    parties: list[str]
    rows: Sequence[Sequence[tuple[str, str, str]]]  # label, value and name


AnyBlock = AnswerBlock | TickBlock | ScaleBlock | TableBlock | AgreementBlock


def data(form: Form, fillable: bool = False) -> dict[str, Any]:
    """What ``templates/sheet.typ`` needs to set the form; ``fillable`` names its empty places."""
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
            (DAY.label, shown("date", form.day), _name(DAY.id, fillable)),
        ],
        "guidance": [{"title": a.title, "kind": a.kind, "lines": a.lines} for a in form.guidance],
        "legend": REQUIRED_LEGEND if form.required and not form.example else "",
        "parts": [_part(form, part, fillable) for part in form.parts],
        "ending": [form.standing, form.colophon],
    }


def _name(name: str, fillable: bool) -> Exact:
    """What the template calls a place to answer; nothing where it is not to be filled in on the screen."""
    return Exact(name if fillable else "")


def _part(form: Form, part: Part, fillable: bool) -> dict[str, object]:
    blocks = [_block(form, question, fillable) for question in part.questions]
    return {"title": part.title, "intro": part.intro or "", "blocks": blocks}


def _block(form: Form, question: Question, fillable: bool) -> AnyBlock:
    """A field as the template sees it: what is said of it, and what its kind adds."""
    field = question.field
    name = _name(field.id, fillable)
    block: Block = {"type": field.type, "label": question.label, "help": field.help or "", "name": name}
    match field:
        case TableField():
            return {**block, **table_data(form, question, field, fillable)}
        case ScaleField():
            return _scale(block, question, field, fillable)
        case ChecklistField():
            ticked = question.checked
            items = [(item.text, item.id in ticked, _name(f"{field.id}.{item.id}", fillable)) for item in field.items]
            return {**block, "items": items}
        case ChoiceField():
            return {**block, "help": field.help or CHOOSE_ONE, "items": _options(question, field, fillable)}
        case AgreementField():
            return _agreement(block, question, fillable)
        case LongTextField():
            return {**block, "value": question.paragraphs, "lines": field.lines, "hint": ""}
        case DateField():
            return {**block, "value": question.paragraphs, "lines": 1, "hint": DATE_HINT}
        case TextField():
            return {**block, "value": question.paragraphs, "lines": 1, "hint": ""}
        case _ as never:
            assert_never(never)


def _scale(block: Block, question: Question, field: ScaleField, fillable: bool) -> ScaleBlock:
    items = [
        (item.text, str(question.score(item) or ""), _name(f"{field.id}.{item.id}", fillable))
        for item in question.items
    ]
    return {**block, "low": field.low, "high": field.high, "scores": SCALE, "items": items}


def _options(question: Question, field: ChoiceField, fillable: bool) -> list[Tick]:
    numbered = enumerate(field.options, 1)
    return [(text, text == question.answer, _name(f"{field.id}={number}", fillable)) for number, text in numbered]


def table_data(form: Form, question: Question, field: TableField, fillable: bool) -> TableData:
    """A table's columns and rows, with the width as it is on the form's own paper."""
    widths = shares(question, _ROOM[form.landscape])
    columns = [_column(field, column, width) for column, width in zip(field.columns, widths, strict=True)]
    rows: list[list[Cell]] = [
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


def _column(field: TableField, column: Column, width: float) -> ColumnData:
    return {
        "label": column.label,
        "help": explained(field, column),
        "share": round(width, 4),
        "number": column.type in NUMERIC,
        "computed": column.computed is not None,
    }


def _agreement(block: Block, question: Question, fillable: bool) -> AgreementBlock:
    signed = [(who, shown("date", date), "") for who, date in map(question.signature, PARTIES)]
    id = question.field.id
    rows = [
        [
            (label, values[number], _name(f"{id}.{party.id}.{part}", fillable and part != BY_HAND))
            for party, values in zip(PARTIES, signed, strict=True)
        ]
        for number, (part, label) in enumerate(SIGNATURE)
    ]
    return {**block, "parties": [party.label for party in PARTIES], "rows": rows}
