"""Last year's answers in this year's workbook: beside each question, and what no longer has a place on a sheet of its own."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterator, Sequence

from ...guide.model import TableField
from ..rows import Value
from .listing import ListColumn, Listing
from .looks import height
from .memory import Answer, Place, defined_name
from .workbook import Book, Cell, Sheet

# Beside each question: the answer, and what has happened to the question since.
PAST = (ListColumn("past", "Förra året", 40, "past"), ListColumn("change", "Sedan förra året", 28, "muted"))
NEW, SAME, REWORDED, GONE = "ny", "oförändrad", "omformulerad", "utgången"
_SHEET = "Kvar från förra året"
_LEFT = (
    ListColumn("where", "Varifrån", 30),
    ListColumn("asked", "Fråga eller rubrik", 50),
    ListColumn("text", "Text", 80),
)


def beside(list: Listing, row: int, place: Place) -> float:
    """Last year's answer and what has happened to the question, in two locked cells on its row.

    Returns the height that the texts need; 0 without last year.
    """
    previous = list.sheet.book.previous
    if previous is None:
        return 0
    answer = previous.at(place.name)
    texts = (last_year(answer), mark(answer, place.label))
    for column, text in zip(PAST, texts, strict=True):
        list.sheet.put(list.cell(row, column.key), text, column.look)
    return max(height(text, column.width - 2) for column, text in zip(PAST, texts, strict=True))


def mark(answer: Answer | None, label: str) -> str:
    """What has happened to a question since last year."""
    if answer is None:
        return NEW
    return SAME if answer.place.label == label else f"{REWORDED}, löd: «{answer.place.label}»"


def last_year(answer: Answer | None) -> str:
    """The answer as text; empty where there was no such question."""
    return "" if answer is None else told(answer.value)


def carried(book: Book, name: str) -> str:
    """Last year's answer, where it is likely to hold this year too."""
    return last_year(book.previous.at(name)) if book.previous else ""


def told(value: Value) -> str:
    """A cell's value as text, to the last digit: 2026-05-20 and 1234567,5."""
    match value:
        case None:
            return ""
        case bool():
            return "SANT" if value else "FALSKT"  # as Excel shows them in Swedish
        case datetime.datetime():
            midnight = value.time() == datetime.time()
            return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
        case float():
            return f"{decimal.Decimal(f'{value:.15g}'):f}".replace(".", ",")  # Excel keeps 15 digits
        case _:
            return str(value)


# ---------------------------------------------------------------- tables


def table_beside(sheet: Sheet, corner: Cell, field: TableField) -> None:
    """Last year's rows of a table, as they were, in locked columns with their headings from ``corner``."""
    table = defined_name(f"f_{field.id}")
    past = sheet.book.previous.columns(table) if sheet.book.previous else ()
    labels = {defined_name(f"f_{field.id}.{column.id}"): column.label for column in field.columns}
    for column, answer in enumerate(past, corner.column):
        now = labels.get(answer.place.name)
        change = GONE if now is None else mark(answer, now)
        sheet.width(column, 22)
        sheet.put(Cell(corner.row, column), f"Förra året: {answer.place.label} ({change})", "past header")
    for row, values in enumerate(filled_rows(past), corner.row + 1):
        for column, value in enumerate(values, corner.column):
            sheet.put(Cell(row, column), told(value), "past")


def filled_rows(columns: Sequence[Answer]) -> list[tuple[Value, ...]]:
    """A table's rows that had anything in them."""
    most = max((len(answer.values) for answer in columns), default=0)
    rows = [tuple(a.values[row] if row < len(a.values) else None for a in columns) for row in range(most)]
    return [row for row in rows if any(value not in (None, "") for value in row)]


# ---------------------------------------------------------------- what has no place


def write_leftovers(book: Book) -> None:
    """Answers to questions that are gone and texts that stood outside the questions. Called when the rest is written."""
    lines = list(_leftovers(book))
    if not lines:
        return
    sheet = book.sheet(_SHEET)
    sheet.put(Cell(0, 0), _SHEET, "title")
    said = "Det här fanns i förra årets fil och har ingen plats i årets. Inget av det har ändrats."
    sheet.across(1, len(_LEFT), said, "muted")
    left = Listing(sheet, 2, _LEFT, len(lines))
    for row, line in enumerate(lines, left.first):
        where, *texts = (left.cell(row, column.key) for column in _LEFT)
        sheet.put(where, line[0], "past")
        for cell, text in zip(texts, line[1:], strict=True):
            sheet.keep(cell, text, "past")
        sheet.height(row, max(height(text, column.width - 2) for column, text in zip(_LEFT[1:], line[1:], strict=True)))
    sheet.finish(left.header)


def _leftovers(book: Book) -> Iterator[tuple[str, str, str]]:
    """Where it stood, what was asked there, and what was written."""
    previous = book.previous
    if previous is None:
        return
    now = {place.name for place in book.places}
    tables = {place.name.rpartition(".")[0] for place in book.places if "kolumn" in place.kind}
    for name, answer in previous.answers.items():
        # A column of a table that is still there is shown beside it, also when the column itself is gone.
        has_place = name in now or ("kolumn" in answer.place.kind and name.rpartition(".")[0] in tables)
        if answer.blank or has_place:
            continue
        for row, value in enumerate(answer.values, 1):
            if value not in (None, ""):
                where = f"utgången kolumn, rad {row}" if "kolumn" in answer.place.kind else "utgången fråga"
                yield where, answer.place.label, told(value)
    for where, text in previous.loose:
        yield where, "skrivet utanför frågorna", text
