"""Last year's answers in this year's workbook: beside each question, and what no longer has a place on a sheet of its own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from .memory import Answer
from .workbook import LONGEST_TEXT, Book, height, protect, write

COLUMNS = (("Förra året", 40), ("Sedan förra året", 28))  # heading and width
NEW, SAME, REWORDED, GONE = "ny", "oförändrad", "omformulerad", "utgången"
_SHEET = "Kvar från förra året"


def beside(made: Book, sheet: Any, place: tuple[int, int], asked: tuple[str, str]) -> float:
    """Last year's answer and what has happened to the question, in two locked cells from ``place``.

    ``asked`` is the defined name and the wording. Returns the height that the texts need; 0 without last year.
    """
    if made.previous is None:
        return 0
    answer = made.previous.at(asked[0].replace("-", "_"))
    row, column = place
    texts = ("" if answer is None else told(answer.value), mark(answer, asked[1]))
    write(sheet, row, column, texts[0], made.look("past"))
    write(sheet, row, column + 1, texts[1], made.look("muted"))
    return max(height(text, width - 2) for text, (_, width) in zip(texts, COLUMNS, strict=True))


def mark(answer: Answer | None, label: str) -> str:
    """What has happened to a question since last year."""
    if answer is None:
        return NEW
    return SAME if answer.place.label == label else f"{REWORDED}, löd: «{answer.place.label}»"


def carried(made: Book, name: str) -> str:
    """Last year's answer, where it is likely to hold this year too."""
    answer = made.previous.at(name) if made.previous else None
    return "" if answer is None else told(answer.value)


def told(value: Any) -> str:
    """A cell's value as text: 2026-05-20 and 12,5."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)


# ---------------------------------------------------------------- tables


def table_beside(made: Book, sheet: Any, place: tuple[int, int], table: tuple[str, dict[str, str]]) -> None:
    """Last year's rows of a table, as they were, in locked columns with the heading at ``place``.

    ``table`` is the table's defined name and this year's columns, defined name → heading.
    """
    row, first = place
    past = made.previous.columns(table[0]) if made.previous else ()
    for column, answer in enumerate(past, first):
        now = table[1].get(answer.place.name)
        change = GONE if now is None else mark(answer, now)
        sheet.set_column(column, column, 22)
        write(sheet, row, column, f"Förra året: {answer.place.label} ({change})", made.look("past header"))
    for at, values in enumerate(filled_rows(past), row + 1):
        for column, value in enumerate(values, first):
            write(sheet, at, column, told(value), made.look("past"))


def filled_rows(columns: tuple[Answer, ...]) -> list[tuple[Any, ...]]:
    """A table's rows that had anything in them."""
    most = max((len(answer.values) for answer in columns), default=0)
    rows = [tuple(a.values[row] if row < len(a.values) else None for a in columns) for row in range(most)]
    return [row for row in rows if any(value not in (None, "") for value in row)]


# ---------------------------------------------------------------- what has no place


def write_leftovers(made: Book) -> None:
    """Answers to questions that are gone and texts that stood outside the questions. Called when the rest is written."""
    lines = list(_leftovers(made)) if made.previous else []
    if not lines:
        return
    sheet = made.sheet(_SHEET)
    said = "Det här fanns i förra årets fil och har ingen plats i årets. Inget av det har ändrats."
    write(sheet, 0, 0, _SHEET, made.look("title"))
    sheet.merge_range(1, 0, 1, 2, "", made.look("muted"))
    write(sheet, 1, 0, said, made.look("muted"))
    for column, (label, width) in enumerate((("Varifrån", 30), ("Fråga eller rubrik", 50), ("Text", 80))):
        sheet.set_column(column, column, width)
        write(sheet, 2, column, label, made.look("header"))
    for row, line in enumerate(lines, 3):
        write(sheet, row, 0, line[0], made.look("past"))
        for column, text in enumerate(line[1:], 1):  # not counted as printed: the year after it is kept again
            sheet.write_string(row, column, text[:LONGEST_TEXT], made.look("past"))
        sheet.set_row(row, max(height(line[1], 48), height(line[2], 78)))
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    protect(sheet)


def _leftovers(made: Book) -> Iterator[tuple[str, str, str]]:
    assert made.previous is not None
    now = {place.name for place in made.places}
    tables = {name.rpartition(".")[0] for name in (p.name for p in made.places if "kolumn" in p.kind)}
    for name, answer in made.previous.answers.items():
        # A column of a table that is still there is shown beside it, also when the column itself is gone.
        has_place = name in now or ("kolumn" in answer.place.kind and name.rpartition(".")[0] in tables)
        if answer.blank or has_place:
            continue
        for row, value in enumerate(answer.values, 1):
            if value not in (None, ""):
                where = f"utgången kolumn, rad {row}" if "kolumn" in answer.place.kind else "utgången fråga"
                yield where, answer.place.label, told(value)
    for where, text in made.previous.loose:
        yield where, "skrivet utanför frågorna", text
