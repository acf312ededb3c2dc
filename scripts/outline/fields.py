"""Each kind's fields for those who write records: what they mean, how long they may be, and one from the guide itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from ..guide.guide import CITATION, Guide, ref_of
from ..guide.model import RECORD_TYPES, Record
from ..guide.shape import models_in
from ..guide.wording import begun
from .blocks import Heading, Outline, Prose, Row, Section, Table, section

_LEAD = "Varje slag av post, fält för fält: vad som ska stå där, hur långt det får vara och ett exempel ur guiden."
_OPENING = (
    "Fältets namn är engelskt och står före kolon i filen. Rubrikerna i tabellen är desamma som i felmeddelandena."
)
_LONGEST = 32  # characters of an example
_LONG = 12_000  # a text without a limit of its own


def page(guide: Guide) -> Outline:
    """All kinds, in the order that they are listed for contributors."""
    kinds = tuple(_kind(guide, kind) for kind in RECORD_TYPES)
    shared = _kind(guide, Record)
    return Outline(
        "Fälten i guidens poster", _LEAD, (*section("", "", Prose((_OPENING,)), opening=True), shared, *kinds)
    )


def _kind(guide: Guide, kind: type[Record]) -> Section:
    """What one kind has of its own; of :class:`Record`, what all have."""
    headings = (Heading("Fält", 2), Heading("Vad", 4), Heading("Gräns", 2), Heading("Exempel", 4))
    table = Table(headings, tuple(_rows(guide, kind)), wide=True)
    if kind is Record:
        return Section("I alla poster", "alla", (table,))
    where = Prose((f"Ligger i guide_data/{kind.folder}/.",))
    return Section(kind.singular.capitalize(), kind.folder.replace("_", "-"), (where, table))


def _rows(guide: Guide, kind: type[Record]) -> Iterator[Row]:
    for name, field in kind.model_fields.items():
        if name == "id" or (kind is not Record and name in Record.model_fields):
            continue
        yield Row((name, _meaning(field), _limit(field), "" if ref_of(field) else _example(guide, kind, name)))
        for inner in models_in(field.annotation):
            for part, below in inner.model_fields.items():
                yield Row((f"{name}: {part}", _meaning(below), _limit(below), ""))
            break  # a worksheet's fields differ by type; the first has what all have


def _meaning(field: FieldInfo) -> str:
    """The heading and the help; a citation in it is told of and not made."""
    return CITATION.sub(r"\1 inom dubbla hakparenteser", f"{field.title}. {field.description or ''}")


def _limit(field: FieldInfo) -> str:
    """How long, how many and whether it may be left out."""
    told = [] if field.is_required() else ["får utelämnas"]
    if ref := ref_of(field):
        return ", ".join([f"id ur {ref.folder}", *told])
    for mark in field.metadata:
        longest, least = getattr(mark, "max_length", None), getattr(mark, "min_length", None)
        if longest and longest < _LONG:
            told.append(f"högst {longest} tecken" if field.annotation is str else f"högst {longest} rader")
        if least and least > 1:
            told.append(f"minst {least} rader")
    return ", ".join(told)


def _example(guide: Guide, kind: type[Record], name: str) -> str:
    """The field of the first record that has it."""
    kinds = RECORD_TYPES if kind is Record else (kind,)
    found = (getattr(record, name) for one in kinds for record in guide.all(one))
    return next((text for value in found if (text := _said(value))), "")


def _said(value: Any) -> str:
    if isinstance(value, tuple) and value:
        return _said(value[0])
    if isinstance(value, str | int | datetime.date) and not isinstance(value, bool):
        return begun(CITATION.sub("", str(value)), _LONGEST)
    return ""
