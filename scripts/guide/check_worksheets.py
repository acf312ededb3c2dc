"""The rules that hold within a worksheet, and between a worksheet and its filled-in example."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any, assert_never

from .guide import Guide
from .model import (
    AgreementField,
    AnyField,
    ChecklistField,
    ChoiceField,
    Column,
    ColumnType,
    DateField,
    Example,
    LongTextField,
    Record,
    ScaleField,
    TableField,
    TextField,
    Worksheet,
)
from .parties import DAY, HEAD, PARTIES
from .problems import did_you_mean, listed
from .wording import listed as in_words

Found = Iterator[tuple[Record, tuple[str | int, ...], str]]  # record, path in it, message


_HEAD = {box.id for box in (*HEAD, DAY)}
_SIGNED = (*(party.key for party in PARTIES), "date")  # what an agreement's answer holds


def unique_field_ids(guide: Guide) -> Found:
    """An id is used once in a worksheet, and once inside a field."""
    for sheet in guide.all(Worksheet):
        ids = [field.id for field in sheet.fields]
        for s, section in enumerate(sheet.sections):
            for f, field in enumerate(section.fields):
                path = ("sections", s, "fields", f)
                if field.id in _HEAD:
                    yield (
                        sheet,
                        (*path, "id"),
                        f"«{field.id}» är redan id för en ruta i alla arbetsblads huvud. Ge fältet ett annat id.",
                    )
                if ids.count(field.id) > 1:
                    yield (
                        sheet,
                        (*path, "id"),
                        f"fältets id «{field.id}» används mer än en gång i arbetsbladet. Ge ett av fälten ett nytt id.",
                    )
                yield from _unique_inside(guide, sheet, field, path)


def _unique_inside(guide: Guide, sheet: Worksheet, field: AnyField, path: tuple[str | int, ...]) -> Found:
    match field:
        case ScaleField() | ChecklistField():
            where, ids = "items", [item.id for item in field.items]
        case TableField():
            where, ids = "columns", [column.id for column in field.columns]
        case TextField() | LongTextField() | DateField() | ChoiceField() | AgreementField():
            return
        case _ as never:
            assert_never(never)
    counted = Counter(ids)
    for number, id in enumerate(ids):
        if counted[id] > 1:
            yield (
                sheet,
                (*path, where, number, "id"),
                f"id «{id}» används mer än en gång i fältet «{field.label}». Ge ett av dem ett nytt id.",
            )


def tables_hold_together(guide: Guide) -> Found:
    """Starting rows name columns that exist; computed columns use columns of numbers."""
    for sheet in guide.all(Worksheet):
        for s, section in enumerate(sheet.sections):
            for f, field in enumerate(section.fields):
                if isinstance(field, TableField):
                    yield from _table(sheet, field, ("sections", s, "fields", f))


def _table(sheet: Worksheet, field: TableField, path: tuple[str | int, ...]) -> Found:
    columns = {column.id: column for column in field.columns}
    for r, row in enumerate(field.rows):
        for id in row:
            if id not in columns:
                yield (
                    sheet,
                    (*path, "rows", r, id),
                    f"kolumnen «{id}» finns inte i tabellen. Kolumnerna är {listed(columns)}.{did_you_mean(id, columns)}",
                )
    numbers = [id for id, column in columns.items() if column.type in ("number", "percent")]
    for c, column in enumerate(field.columns):
        for k, id in enumerate(column.computed.columns if column.computed else ()):
            if id not in numbers:
                where = (*path, "columns", c, "computed", "columns", k)
                yield (
                    sheet,
                    where,
                    f"«{id}» är ingen talkolumn i tabellen. Talkolumnerna är {listed(numbers) or 'inga'}.{did_you_mean(id, numbers)}",
                )
    yield from _in_a_row(sheet, field, path)
    dates = [id for id, column in columns.items() if column.type == "date"]
    choices = [id for id, column in columns.items() if column.type == "choice"]
    wanted = (
        ("what", columns, "kolumn"), ("who", columns, "kolumn"), ("by", dates, "datumkolumn"),
        ("status", choices, "kolumn med val"),
    )  # fmt: skip
    for name, known, kind in wanted:
        chosen = getattr(field.todo, name, None)
        if chosen is not None and chosen not in known:
            said = f"«{chosen}» är ingen {kind} i tabellen. De som finns är {listed(known) or 'inga'}."
            yield sheet, (*path, "todo", name), said + did_you_mean(chosen, known)
    if field.todo and field.todo.status in choices:
        options = columns[field.todo.status].options
        for d, option in enumerate(field.todo.done):
            if option not in options:
                said = f"«{option}» är inget av valen i kolumnen «{field.todo.status}». Valen är {listed(options)}."
                yield sheet, (*path, "todo", "done", d), said + did_you_mean(option, options)


def _in_a_row(sheet: Worksheet, field: TableField, path: tuple[str | int, ...]) -> Found:
    """What is followed in time stands in order, since a workbook looks for the last number among cells side by side."""
    ids = [column.id for column in field.columns]
    for c, column in enumerate(field.columns):
        if column.computed and column.computed.operation == "senaste":
            rest = list(column.computed.columns[1:])
            start = ids.index(rest[0]) if rest[0] in ids else 0
            if set(rest) <= set(ids) and ids[start : start + len(rest)] != rest:
                said = "kolumnerna efter den första ska stå bredvid varandra i tabellen, i samma ordning. Flytta dem."
                yield sheet, (*path, "columns", c, "computed", "columns"), said


def comparisons_compare(guide: Guide) -> Found:
    """A worksheet that each party answers has scales to compare, and names fields of the right kinds."""
    for sheet in guide.all(Worksheet):
        if sheet.comparison is None:
            continue
        if not any(isinstance(field, ScaleField) for field in sheet.fields):
            yield sheet, ("comparison",), "bladet har ingen skala (scale) att jämföra. Ta bort comparison."
        parties = [f.id for f in sheet.fields if isinstance(f, ChoiceField) and len(f.options) == 2]
        wanted = (
            ("party", parties, "val med två svar"),
            ("differences", _tables(sheet), "tabell"),
            ("decisions", _tables(sheet), "tabell"),
        )
        for name, known, kind in wanted:
            id = getattr(sheet.comparison, name)
            if id is not None and id not in known:
                yield sheet, ("comparison", name), _no_such(id, kind, known)


def minutes_can_be_kept(guide: Guide) -> Found:
    """The sheet that a meeting's minutes are kept in has a place for all that the meeting writes (docs/assets/meet.js)."""
    sheet = next((s for s in guide.all(Worksheet) if s.id == guide.settings.minutes_sheet), None)
    if sheet is None:
        return
    todo = [field.todo for field in sheet.fields if isinstance(field, TableField) and field.todo]
    fits = len(todo) > 1 and todo[0].who and todo[0].by
    kinds = [field.type for field in sheet.fields]
    if not (fits and "text" in kinds and "long_text" in kinds):
        yield (
            sheet,
            ("sections",),
            "minnesanteckningarna behöver en text (mötet), en long_text (närvarande) och två tabeller med todo: besluten, "
            "med what, who och by, och frågorna som fick vänta.",
        )


def walls_are_tables(guide: Guide) -> Found:
    """What is put on the wall is one of the worksheet's tables."""
    for sheet in guide.all(Worksheet):
        if sheet.wall is not None and sheet.wall not in _tables(sheet):
            yield sheet, ("wall",), _no_such(sheet.wall, "tabell", _tables(sheet))


def _tables(sheet: Worksheet) -> list[str]:
    return [field.id for field in sheet.fields if isinstance(field, TableField)]


def _no_such(id: str, kind: str, known: list[str]) -> str:
    return f"«{id}» är inget fält av slaget {kind}. De som finns är {listed(known) or 'inga'}.{did_you_mean(id, known)}"


def examples_fit(guide: Guide) -> Found:
    """A filled-in example answers the worksheet's own fields, with values the fields accept."""
    for example in guide.all(Example):
        if example.id not in guide.records[Worksheet.folder]:
            sheets = guide.records[Worksheet.folder]
            yield (
                example,
                (),
                f"arbetsbladet «{example.id}» finns inte. Exemplets fil heter som arbetsbladet.{did_you_mean(example.id, sheets)}",
            )
            continue
        fields = {field.id: field for field in guide.get(Worksheet, example.id).fields}
        for id, value in example.values.items():
            if id not in fields:
                message = (
                    f"arbetsbladet har inget fält «{id}». Fälten är {listed(fields, 40)}.{did_you_mean(id, fields)}"
                )
                yield example, ("values", id), message
                continue
            for tail, message in _answers(guide, fields[id], value):
                yield example, ("values", id, *tail), f"{fields[id].label}: {message}"
        for id, scores in example.other_party.items():
            scale = fields.get(id)
            if not isinstance(scale, ScaleField):
                yield example, ("other_party", id), f"arbetsbladet har ingen skala «{id}»."
                continue
            for tail, message in _scores({item.id for item in guide.items(scale)}, scores):
                yield example, ("other_party", id, *tail), f"{scale.label}: {message}"
        rated = {item.id for field in fields.values() if isinstance(field, ScaleField) for item in guide.items(field)}
        for id in example.agreed.keys() - rated:
            yield example, ("agreed", id), f"påståendet «{id}» finns inte.{did_you_mean(id, rated)}"
        for id, field in fields.items():
            if field.required and id not in example.values:
                yield (
                    example,
                    ("values",),
                    f"det obligatoriska fältet «{id}» ({field.label}) är inte ifyllt. Lägg till det.",
                )


Wrong = Iterator[tuple[tuple[str | int, ...], str]]


def _answers(guide: Guide, field: AnyField, value: Any) -> Wrong:
    """What is wrong with one answer, as (path inside it, message)."""
    match field:
        case ScaleField():
            yield from _scores({item.id for item in guide.items(field)}, value)
        case ChecklistField():
            yield from _ticked([item.id for item in field.items], value)
        case TableField():
            yield from _rows(field, value)
        case AgreementField():
            if not isinstance(value, dict) or set(value) - set(_SIGNED):
                yield (), f"svaret ska ha underfälten {in_words(_SIGNED)}."
            elif "date" in value:
                yield from _cell("date", (), value["date"], ("date",))
        case ChoiceField():
            yield from _cell("choice", field.options, value, ())
        case DateField():
            yield from _cell("date", (), value, ())
        case TextField() | LongTextField():
            yield from _cell("text", (), value, ())
        case _ as never:
            assert_never(never)


def _ticked(known: list[str], value: Any) -> Wrong:
    if not isinstance(value, list | tuple):
        yield (), "svaret ska vara en lista med id för de punkter som är avbockade."
        return
    for index, id in enumerate(value):
        if id not in known:
            yield (
                (index,),
                f"punkten «{id}» finns inte. Punkterna är {listed(known, 20)}.{did_you_mean(str(id), known)}",
            )


def _scores(known: set[str], value: Any) -> Wrong:
    if not isinstance(value, dict):
        yield (), "svaret ska ha ett underfält per påstående: påståendets id och en siffra 1–5."
        return
    for id, score in value.items():
        if id not in known:
            yield (
                (id,),
                f"påståendet «{id}» finns inte. Påståendena är {listed(sorted(known), 20)}.{did_you_mean(str(id), known)}",
            )
        elif not isinstance(score, int) or not 1 <= score <= 5:
            yield (id,), f"«{score}» är ingen bedömning. Skriv en siffra 1–5."


def _rows(field: TableField, value: Any) -> Wrong:
    columns: dict[str, Column] = {column.id: column for column in field.columns}
    if not isinstance(value, list | tuple) or not all(isinstance(row, dict) for row in value):
        yield (), "svaret ska vara en lista med rader: kolumnens id och värdet."
        return
    for r, row in enumerate(value):
        for id, cell in row.items():
            if id not in columns:
                yield (
                    (r, id),
                    f"kolumnen «{id}» finns inte. Kolumnerna är {listed(columns)}.{did_you_mean(str(id), columns)}",
                )
            else:
                yield from _cell(columns[id].type, columns[id].options, cell, (r, id))


def _cell(kind: ColumnType, options: tuple[str, ...], value: Any, path: tuple[str | int, ...]) -> Wrong:
    match kind:
        case "date":
            if not isinstance(value, datetime.date):
                yield path, f"«{value}» är inte ett datum. Skriv ÅÅÅÅ-MM-DD."
        case "number" | "percent":
            if isinstance(value, bool) or not isinstance(value, int | float):
                yield path, f"«{value}» är inte ett tal. Skriv bara siffror, med decimalpunkt."
        case "choice":
            if value not in options:
                yield path, f"«{value}» går inte. Tillåtet är {listed(options)}.{did_you_mean(str(value), options)}"
        case "text":
            if not isinstance(value, str):
                yield path, f"«{value}» läses inte som text. Sätt värdet inom citattecken."
        case "computed":
            yield path, "kolumnen räknas ut av sig själv. Ta bort värdet."
        case _ as never:
            assert_never(never)


WORKSHEET_RULES = (
    unique_field_ids,
    tables_hold_together,
    comparisons_compare,
    walls_are_tables,
    minutes_can_be_kept,
    examples_fit,
)
