"""The sheet of a party's own answers: a column for each person who answers, and what the party's answer comes to."""

from __future__ import annotations

from collections.abc import Sequence

from ..rows import Value
from ..xlsx import rules
from ..xlsx.last_year import last_year, mark, told
from ..xlsx.listing import ListColumn, Listing
from ..xlsx.memory import Answer, Place, Previous
from ..xlsx.tables import write_top
from ..xlsx.workbook import Book
from .comparison import Row
from .statements import ANSWERS, FIXED, LARGE, asked, statement

PERSONS = 8
_COLUMNS = (
    *statement(area=24, text=60),
    *(
        ListColumn(f"person{number}", f"Person {number}", 9, "score", rule=rules.score(), run="persons")
        for number in range(1, PERSONS + 1)
    ),
    ListColumn("answer", "Vårt svar", 10, "sum", '=IF(COUNT({persons})=0,"",ROUND(AVERAGE({persons}),0))'),
    ListColumn("spread", "Spridning", 10, "sum", '=IF(COUNT({persons})<2,"",MAX({persons})-MIN({persons}))'),
)
_PAST = (
    ListColumn("past", "Förra året", 11, "past"),
    ListColumn("past_persons", "Var för sig förra året", 22, "past"),
    ListColumn("change", "Sedan förra året", 30, "muted"),
)


def write_own(book: Book, rows: Sequence[Row], scale: str) -> str:
    """``scale`` says what the ends of the scale mean. Returns the sheet's name."""
    sheet = book.sheet(ANSWERS)
    header = write_top(sheet, ANSWERS, f"Var och en svarar i sin egen kolumn. {scale}", FIXED + PERSONS)
    list = Listing(sheet, header, (*_COLUMNS, *(_PAST if book.previous else ())), len(rows))
    for at, row in enumerate(rows, list.first):
        values = {**asked(row), **(_past(book.previous, row) if book.previous else {})}
        list.line(at, values)
        sheet.ask(Place(f"{row.name}.personer", row.text), *list.ends(at, "persons"))
        sheet.ask(Place(row.name, row.text, "uträknat"), list.cell(at, "answer"))
        sheet.height(at, list.needed(values, "text", "change"))
    list.shade("spread", LARGE, "large")
    list.finish(frozen=FIXED)
    return sheet.name


def _past(previous: Previous, row: Row) -> dict[str, Value]:
    """The party's answer last year, the persons' answers, and what has happened to the statement."""
    answer, persons = previous.at(row.name), previous.at(f"{row.name}.personer")
    return {"past": last_year(answer), "past_persons": _each(persons), "change": mark(answer or persons, row.text)}


def _each(answer: Answer | None) -> str:
    """Several persons' answers."""
    return "" if answer is None else ", ".join(told(value) for value in answer.values if value is not None)
