"""The places to answer in a form: their permanent names, what a screen reader calls them, and what they take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

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
from ..guide.wording import NUMERIC
from .form import SCALE, SIGNATURE, Form, Question

# Text, a number, a drop-down, one of several boxes, a box.
Kind = Literal["text", "number", "list", "one", "tick"]
DATE_HINT = "åååå-mm-dd"
BY_HAND = "underskrift"  # the part of an agreement that is written with a pen


@dataclass(frozen=True)
class Blank:
    """A place to answer. ``name`` is its permanent id, ``options`` what to choose between."""

    name: str
    label: str
    kind: Kind = "text"
    options: tuple[str, ...] = ()


def blanks_of(form: Form) -> Iterator[Blank]:
    """Every place to answer in a blank form, in order."""
    for id, label, _ in form.identification:
        yield Blank(id, label)
    yield Blank(DAY[0], f"{DAY[1]} ({DATE_HINT})")
    for question in form.questions:
        yield from _of(question)


def _of(question: Question) -> Iterator[Blank]:
    field, label = question.field, question.field.label
    match field:
        case TableField():
            yield from _in_table(question, field)
        case ScaleField():
            asked = ((f"{field.id}.{item.id}", f"{label}: {item.text}") for item in question.items)
            yield from (Blank(name, said, "one", SCALE) for name, said in asked)
        case ChecklistField():
            yield from (Blank(f"{field.id}.{item.id}", item.text, "tick") for item in field.items)
        case ChoiceField():
            yield Blank(field.id, label, "one", field.options)
        case AgreementField():
            for part, said in SIGNATURE:
                if part != BY_HAND:
                    named = ((f"{field.id}.{p.id}.{part}", f"{label}. {p.label}: {said.lower()}") for p in PARTIES)
                    yield from (Blank(name, said) for name, said in named)
        case DateField():
            yield Blank(field.id, f"{label} ({DATE_HINT})")
        case LongTextField() | TextField():
            yield Blank(field.id, label)
        case _ as never:
            assert_never(never)


def _in_table(question: Question, field: TableField) -> Iterator[Blank]:
    """A cell with something printed in it is no place to answer."""
    for number, row in enumerate(question.rows, 1):
        for column in field.columns:
            if row[column.id] is None or row[column.id] == "":
                name, label = f"{field.id}.r{number}.{column.id}", f"{field.label}: {column.label}, rad {number}"
                yield Blank(name, label, _kind(column), column.options)


def _kind(column: Column) -> Kind:
    if column.options:
        return "list"
    return "number" if column.type in NUMERIC else "text"
