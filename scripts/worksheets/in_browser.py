"""What filling in a worksheet on its page needs: the questions with their types, and which files hold the answers.

A classic script for each sheet, so that it also works where the site is opened from a folder. ``docs/assets/form.js``
works with it. A place to answer is known by the tag that it has in the Word file (``mal``, ``led.r1.orsak``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

from ..guide.addresses import ASSETS, download, page_of, path_of
from ..guide.guide import Guide
from ..guide.model import (
    AgreementField,
    ChecklistField,
    ChoiceField,
    Column,
    DateField,
    LongTextField,
    Phase,
    ScaleField,
    TableField,
    TextField,
    Worksheet,
)
from ..guide.parties import DAY, HEAD, PARTIES
from ..guide.script import script
from ..guide.wording import shown
from .files import formats
from .form import SCALE, SIGNATURE, Question, resolve
from .rows import explained

FOLDER = f"{ASSETS}/forms"


def fillable(sheet: Worksheet) -> bool:
    """Whether the sheet is filled in as one: one that two parties rate, each for itself, has a tool of its own."""
    return sheet.comparison is None


def files(guide: Guide) -> Iterator[tuple[str, str]]:
    """Path → script, for each worksheet that is filled in on its page."""
    yield f"{FOLDER}/index.js", script("guideSheets", {"sheets": _in_order(guide), "head": _head()})
    for sheet in guide.all(Worksheet):
        if fillable(sheet):
            yield f"{FOLDER}/{sheet.id}.js", script("guideForms", told(guide, sheet), sheet.id)


def _in_order(guide: Guide) -> list[str]:
    """Ids of the worksheets that are filled in on their pages, in the order they are first used."""
    used = (sheet.id for phase in guide.all(Phase) for sheet in guide.worksheets_of(phase))
    every = dict.fromkeys((*used, *(sheet.id for sheet in guide.all(Worksheet))))
    return [id for id in every if fillable(guide.get(Worksheet, id))]


def _head() -> list[dict[str, str]]:
    """The boxes that say which contract a sheet is about."""
    return [box._asdict() for box in HEAD]


def told(guide: Guide, sheet: Worksheet) -> dict[str, Any]:
    """The sheet's questions in order, section by section, and where its files are."""
    form = resolve(guide, sheet)
    return {
        "sheet": sheet.id,
        "title": sheet.title,
        "edition": guide.settings.version,
        "page": path_of(page_of(sheet)[0]),
        "files": {format: download(sheet.id, format) for format in formats(sheet) if format != "pdf"},
        "head": _head(),
        "day": DAY._asdict(),
        "parties": [{"id": party.id, "label": party.label} for party in PARTIES],
        "parts": [
            {"title": part.title, "intro": part.intro or "", "questions": [_question(q) for q in part.questions]}
            for part in form.parts
        ],
    }


def _question(question: Question) -> dict[str, Any]:
    field = question.field
    said = {
        "id": field.id,
        "type": field.type,
        "label": field.label,
        "help": field.help or "",
        "required": field.required,
    }
    return said | _particulars(question)


def _particulars(question: Question) -> dict[str, Any]:
    """What a question of its type says besides."""
    field = question.field
    items = [{"id": item.id, "text": item.text} for item in question.items]
    match field:
        case TextField() | LongTextField() | DateField():
            return {}
        case ChoiceField():
            return {"options": list(field.options)}
        case ScaleField():
            return {"items": items, "options": list(SCALE), "low": field.low, "high": field.high}
        case ChecklistField():
            return {"items": items}
        case AgreementField():
            return {"boxes": [box._asdict() for box in SIGNATURE if box.id != "underskrift"]}
        case TableField():
            columns = [_column(field, column) for column in field.columns]
            todo = {"todo": field.todo.model_dump(exclude_none=True)} if field.todo else {}
            return {"columns": columns, "rows": _starting(question), "grows": bool(field.blank_rows), **todo}
        case _ as never:
            assert_never(never)


def _column(table: TableField, column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": column.id,
        "label": column.label,
        "help": explained(table, column) if column.computed else column.help or "",
        "type": column.type,
    }
    if column.options:
        said["options"] = list(column.options)
    if column.computed:
        said |= {"operation": column.computed.operation, "of": list(column.computed.columns)}
    return said


def _starting(question: Question) -> list[dict[str, str]]:
    """The rows that a table comes with: column → text."""
    field = question.field
    assert isinstance(field, TableField)
    return [
        {c.id: text for c in field.columns if (text := shown(c.type, row[c.id]))}
        for row in question.rows[: len(field.rows)]
    ]
