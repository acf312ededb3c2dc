"""Rules across records. Each check is small, yields problems and prints nothing."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from .guide import Guide, references, texts
from .load import Document, load
from .model import (
    AgreementField,
    AnyField,
    ChecklistField,
    ChoiceField,
    Column,
    DateField,
    Example,
    FocusArea,
    Indicator,
    Phase,
    Practice,
    Principle,
    Record,
    Role,
    ScaleField,
    Settings,
    Source,
    TableField,
    Term,
    Worksheet,
)
from .problems import GuideError, Problem, did_you_mean, listed

Found = Iterator[tuple[Record, tuple[str | int, ...], str]]  # record, path in it, message


@dataclass(frozen=True)
class Checked:
    """A guide that may be built, and the documents it was read from."""

    guide: Guide
    documents: dict[tuple[str, str], Document]


def read(root: Path) -> Checked:
    """Load and check ``root/guide_data``. Raises :class:`GuideError` with every problem, sorted by file and line."""
    loaded = load(root)
    guide = Guide(cast(Settings, loaded.settings), loaded.records)
    problems = list(loaded.problems)
    problems += _problems(unknown_references(guide, loaded.present), loaded.documents)
    for rule in RULES:
        problems += _problems(rule(guide), loaded.documents)
    if not problems:  # what nobody refers to can only be told once everything else is right
        for rule in WHOLE:
            problems += _problems(rule(guide), loaded.documents)
    if problems:
        raise GuideError(problems)
    return Checked(guide, loaded.documents)


def _problems(found: Found, documents: dict[tuple[str, str], Document]) -> Iterator[Problem]:
    for record, path, message in found:
        document = documents[record.folder, record.id]
        wanted = _citation_in(message)
        line = document.line_of(path, wanted) if wanted else document.line(path)
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        yield Problem(document.file, line, f"{name}: {message}" if name else message)


def _citation_in(message: str) -> str:
    """The [[citation]] a message is about: its line is inside the text, not the text's first."""
    return message[message.index("[[") : message.index("]]") + 2] if "[[" in message else ""


# ---------------------------------------------------------------- rules


def unknown_references(guide: Guide, present: Mapping[str, set[str]]) -> Found:
    """A reference leads to a record that exists, though that record may have problems of its own."""
    for record in _all(guide):
        for folder, id, path in references(record):
            known = present[folder]
            if id in known:
                continue
            text = _value(record, path)
            shown = f"hänvisningen [[{id}]]" if text != id else f"«{id}»"
            label = _label(record, path)
            allowed = f" Tillåtet är {listed(sorted(known))}." if known else f" Mappen {folder}/ är tom."
            yield record, path, f"{label}: {shown} finns inte i {folder}/.{allowed}{did_you_mean(id, known)}"


def orphans(guide: Guide) -> Found:
    """Every record is reached from somewhere: a worksheet is used, a source cited, a term found in a text."""
    used = {(link.to_folder, link.to_id) for link in guide.links}
    words: dict[type[Record], str] = {
        Worksheet: "inget arbetssätt använder arbetsbladet. Lägg dess id under worksheets i ett arbetssätt.",
        Source: "ingen post hänvisar till källan. Ange den under sources i en post, hänvisa till den i en text, eller ta bort den.",
        Role: "inget arbetssätt eller arbetsblad nämner rollen. Lägg dess id under participants.",
        Indicator: "inget arbetssätt följer upp indikatorn. Lägg dess id under indicators i ett arbetssätt.",
        Principle: "inget arbetssätt bärs av principen. Lägg dess id under principles i ett arbetssätt.",
        FocusArea: "ingen post hör till fokusområdet. Ange det som focus_area.",
    }
    for kind, message in words.items():
        for record in guide.all(kind):
            if (record.folder, record.id) not in used:
                yield record, (), f"«{record.id}» är föräldralös: {message}"
    for phase in guide.all(Phase):
        if not guide.in_phase(phase, Practice):
            yield phase, (), f"fasen «{phase.id}» har inget arbetssätt. Lägg dess id under phases i ett arbetssätt."


def unused_terms(guide: Guide) -> Found:
    """A term stands in some text other than its own, or another term points to it."""
    pointed = {link.to_id for link in guide.links if link.to_folder == Term.folder}
    for term in guide.all(Term):
        forms = [form.casefold() for form in (term.title, *term.forms)]
        others = (text for record in _all(guide) if record is not term for text, _ in texts(record))
        if term.id not in pointed and not any(form in text.casefold() for text in others for form in forms):
            message = "begreppet används inte i någon text. Lägg till böjningar under forms, eller ta bort begreppet."
            yield term, ("title",), message


def both_parties_act(guide: Guide) -> Found:
    """A practice that asks something of one party only is a demand, not a practice."""
    for practice in guide.all(Practice):
        sides = {step.who for step in practice.steps}
        if "båda" not in sides and len(sides) < 2:
            message = "bara den ena parten gör något. Lägg till ett steg där den andra parten eller båda arbetar."
            yield practice, ("steps",), message
        present = {role.side for role in guide.pick(Role, practice.participants)}
        for side in ("beställare", "utförare"):
            if side not in present:
                yield practice, ("participants",), f"Deltar: ingen roll från {side} deltar. Lägg till en."
        talking = [role.side for role in guide.pick(Role, (practice.caller, practice.called))]
        if talking in (["beställare"] * 2, ["utförare"] * 2):
            message = f"Får samtalet: «{practice.called}» och «{practice.caller}» hör till samma part. Välj en roll hos den andra parten."
            yield practice, ("called",), message


def unique_ids(guide: Guide) -> Found:
    """Ids inside a worksheet, and ids of statements in the whole guide, stand once."""
    statements = [(p, i, s.id) for p in guide.all(Principle) for i, s in enumerate(p.statements)]
    seen: dict[str, str] = {}
    for principle, index, id in statements:
        if id in seen:
            yield (
                principle,
                ("statements", index, "id"),
                f"påståendet «{id}» finns redan i principen «{seen[id]}». Ge det ett nytt id.",
            )
        seen.setdefault(id, principle.id)
    for sheet in guide.all(Worksheet):
        ids = [field.id for field in sheet.fields]
        for s, section in enumerate(sheet.sections):
            for f, field in enumerate(section.fields):
                path = ("sections", s, "fields", f)
                if ids.count(field.id) > 1:
                    yield (
                        sheet,
                        (*path, "id"),
                        f"fältets id «{field.id}» används mer än en gång i arbetsbladet. Ge ett av fälten ett nytt id.",
                    )
                yield from _unique_inside(guide, sheet, field, path)


def _unique_inside(guide: Guide, sheet: Worksheet, field: AnyField, path: tuple[str | int, ...]) -> Found:
    inner: list[tuple[tuple[str | int, ...], str]] = []
    if isinstance(field, ScaleField | ChecklistField):
        inner = [(("items", i, "id"), item.id) for i, item in enumerate(field.items)]
    elif isinstance(field, TableField):
        inner = [(("columns", i, "id"), column.id) for i, column in enumerate(field.columns)]
    counted = Counter(id for _, id in inner)
    for tail, id in inner:
        if counted[id] > 1:
            yield (
                sheet,
                (*path, *tail),
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


def comparisons_compare(guide: Guide) -> Found:
    """A worksheet that each party answers has scales to compare, and names fields of the right kinds."""
    for sheet in guide.all(Worksheet):
        if sheet.comparison is None:
            continue
        if not any(isinstance(field, ScaleField) for field in sheet.fields):
            yield sheet, ("comparison",), "bladet har ingen skala (scale) att jämföra. Ta bort comparison."
        parties = [f.id for f in sheet.fields if isinstance(f, ChoiceField) and len(f.options) == 2]
        tables = [f.id for f in sheet.fields if isinstance(f, TableField)]
        wanted = (("party", parties, "val med två svar"), ("differences", tables, "tabell"))
        for name, known, kind in wanted:
            id = getattr(sheet.comparison, name)
            if id is not None and id not in known:
                yield (
                    sheet,
                    ("comparison", name),
                    f"«{id}» är inget fält av slaget {kind}. De som finns är {listed(known) or 'inga'}.{did_you_mean(id, known)}",
                )


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
                    f"arbetsbladet har inget fält «{id}». Fälten är {listed(fields, 30)}.{did_you_mean(id, fields)}"
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
    if isinstance(field, ScaleField):
        yield from _scores({item.id for item in guide.items(field)}, value)
    elif isinstance(field, ChecklistField):
        known = [item.id for item in field.items]
        if not isinstance(value, list | tuple):
            yield (), "svaret ska vara en lista med id för de punkter som är avbockade."
        else:
            for index, id in enumerate(value):
                if id not in known:
                    yield (
                        (index,),
                        f"punkten «{id}» finns inte. Punkterna är {listed(known, 20)}.{did_you_mean(str(id), known)}",
                    )
    elif isinstance(field, TableField):
        yield from _rows(field, value)
    elif isinstance(field, AgreementField):
        if not isinstance(value, dict) or set(value) - {"client", "operator", "date"}:
            yield (), "svaret ska ha underfälten client, operator och date."
        elif "date" in value:
            yield from _cell("date", (), value["date"], ("date",))
    elif isinstance(field, ChoiceField):
        yield from _cell("choice", field.options, value, ())
    elif isinstance(field, DateField):
        yield from _cell("date", (), value, ())
    else:
        yield from _cell("text", (), value, ())


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


def _cell(kind: str, options: tuple[str, ...], value: Any, path: tuple[str | int, ...]) -> Wrong:
    if kind == "date" and not isinstance(value, datetime.date):
        yield path, f"«{value}» är inte ett datum. Skriv ÅÅÅÅ-MM-DD."
    elif kind in ("number", "percent") and (isinstance(value, bool) or not isinstance(value, int | float)):
        yield path, f"«{value}» är inte ett tal. Skriv bara siffror, med decimalpunkt."
    elif kind == "choice" and value not in options:
        yield path, f"«{value}» går inte. Tillåtet är {listed(options)}.{did_you_mean(str(value), options)}"
    elif kind == "text" and not isinstance(value, str):
        yield path, f"«{value}» läses inte som text. Sätt värdet inom citattecken."
    elif kind == "computed":
        yield path, "kolumnen räknas ut av sig själv. Ta bort värdet."


def agenda_minutes(guide: Guide) -> Found:
    """A meeting is long enough to do something and short enough to be held."""
    for practice in guide.all(Practice):
        for name, steps in practice.meetings.items():
            total = sum(step.minutes or 0 for step in steps)
            if total > 480:
                yield (
                    practice,
                    ("steps",),
                    f"«{name}» tar {total} minuter. Dela mötet i flera (meeting) eller korta stegen.",
                )


def calendar_holds(guide: Guide) -> Found:
    """What a practice puts in the calendar has an id of its own, a meeting that is held and a worksheet."""
    for practice in guide.all(Practice):
        ids = Counter(occasion.id for occasion in practice.calendar)
        for index, occasion in enumerate(practice.calendar):
            path = ("calendar", index)
            if ids[occasion.id] > 1:
                message = f"«{occasion.id}» används mer än en gång i kalendern. Ge ett av tillfällena ett nytt id."
                yield practice, (*path, "id"), message
            if occasion.meeting and occasion.meeting not in practice.meetings:
                known = practice.meetings
                message = (
                    f"Möte: «{occasion.meeting}» är inget av arbetssättets möten. Mötena är {listed(known) or 'inga'}."
                )
                yield practice, (*path, "meeting"), message + did_you_mean(occasion.meeting, known)
            if not occasion.worksheet and not practice.worksheets:
                message = "arbetssättet har inget arbetsblad. Ange bladet som hör till tillfället under worksheet."
                yield practice, path, message


def unique_order(guide: Guide) -> Found:
    """Records that are shown in a given order have one place each."""
    kinds: tuple[type[Record], ...] = (Phase, Principle, FocusArea, Role)
    for kind in kinds:
        seen: dict[int, str] = {}
        for record in guide.all(kind):
            order: int = getattr(record, "order")  # noqa: B009 – each of these kinds has one
            if order in seen:
                yield record, ("order",), f"Ordning: {order} används redan av «{seen[order]}». Välj ett annat tal."
            seen.setdefault(order, record.id)


def sourced(guide: Guide) -> Found:
    """What is said to rest on a source, or on SIQ, names it."""
    for record in _all(guide):
        if record.basis != "förslag" and not isinstance(record, Source) and not guide.cited(record):
            message = f"Grund: posten säger «{record.basis}» men anger ingen källa. Lägg till sources, eller skriv basis: förslag."
            yield record, ("basis",), message


def labels_differ(guide: Guide) -> Found:
    """Two sources with the same short label cannot be told apart in a text."""
    seen: dict[str, str] = {}
    for source in guide.all(Source):
        if source.label in seen:
            yield (
                source,
                ("label",),
                f"Kort hänvisning: «{source.label}» används redan av «{seen[source.label]}». Välj en annan.",
            )
        seen.setdefault(source.label, source.id)


RULES: tuple[Callable[[Guide], Found], ...] = (
    both_parties_act, unique_ids, tables_hold_together, comparisons_compare, examples_fit, agenda_minutes, calendar_holds, unique_order, sourced, labels_differ,
)  # fmt: skip
WHOLE: tuple[Callable[[Guide], Found], ...] = (orphans, unused_terms)


# ---------------------------------------------------------------- reading records


def _all(guide: Guide) -> Iterator[Record]:
    for records in guide.records.values():
        yield from records.values()


def _value(record: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        record = record[part] if isinstance(part, int) or isinstance(record, dict) else getattr(record, part)
    return record


def _label(record: Record, path: tuple[str | int, ...]) -> str:
    """The Swedish label of the field at ``path``."""
    owner: Any = record
    label = ""
    for part in path:
        if isinstance(part, str) and hasattr(type(owner), "model_fields"):
            label = type(owner).model_fields[part].title or label
        owner = owner[part] if isinstance(part, int) or isinstance(owner, dict) else getattr(owner, part)
    return label
