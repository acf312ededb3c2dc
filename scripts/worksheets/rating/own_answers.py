"""The sheet of a party's own answers: a column for each person who answers, and what the party's answer comes to."""

from __future__ import annotations

from collections.abc import Sequence

from ..form import DONT_KNOW, SCORES
from ..rows import Value
from ..xlsx import rules
from ..xlsx.last_year import last_year, mark, told
from ..xlsx.listing import ListColumn, Listing
from ..xlsx.memory import Answer, Place, Previous
from ..xlsx.tables import write_top
from ..xlsx.workbook import Book
from .comparison import APART, Row
from .statements import ANSWERS, FIXED, WIDE, asked, statement

PERSONS = 12


def _sum(power: int) -> str:
    """The sum of the persons' answers, each to that power. Only whole steps of the scale are counted, whatever is typed."""
    return "+".join(f"{score**power}*COUNTIF({{persons}},{score})" for score in SCORES)


_SQUARES = "({squares}-{total}*{total}/{number})/({number}-1)"  # of the answers' distance to their mean
_COLUMNS = (
    *statement(area=24, text=56),
    *(
        ListColumn(f"person{number}", f"Person {number}", 8, "score", rule=rules.score(), run="persons")
        for number in range(1, PERSONS + 1)
    ),
    ListColumn("answer", "Vårt svar", 10, "mean", '=IF({number}=0,"",ROUND({total}/{number},1))'),
    ListColumn("number", "Antal svar", 8, "sum", f"={_sum(0)}"),
    ListColumn("spread", "Spridning", 10, "mean", f'=IF({{number}}<2,"",ROUND(SQRT({_SQUARES}),1))'),
    ListColumn("apart", "Vi emellan", 12, "sum", f'=IF(N({{spread}})>={APART},"oeniga","")'),
    ListColumn("proof", "Belägg eller exempel", 45, "input"),
    ListColumn("check", "Räknas inte", 16, "sum", '=IF({odd}=0,"",{odd}&" utanför skalan")'),
    # Hidden: what the others are worked out of.
    ListColumn("odd", "Fel", 8, "sum", f'=COUNTA({{persons}})-{{number}}-COUNTIF({{persons}},"{DONT_KNOW}")'),
    ListColumn("total", "Summa", 8, "sum", f"={_sum(1)}"),
    ListColumn("squares", "Kvadratsumma", 8, "sum", f"={_sum(2)}"),
)
_HIDDEN = ("odd", "total", "squares")
_PAST = (
    ListColumn("past", "Förra året", 11, "past"),
    ListColumn("past_persons", "Var för sig förra året", 22, "past"),
    ListColumn("past_proof", "Belägg förra året", 40, "past"),
    ListColumn("change", "Sedan förra året", 30, "muted"),
)


def write_own(book: Book, rows: Sequence[Row], scale: str) -> str:
    """``scale`` says what the ends of the scale mean. Returns the sheet's name."""
    sheet = book.sheet(ANSWERS)
    said = f"Klistra in ett svarsblad i taget, ett i varje kolumn, eller låt var och en skriva i sin. {scale} «{DONT_KNOW}» räknas inte in."
    header = write_top(sheet, ANSWERS, said, FIXED + PERSONS)
    list = Listing(sheet, header, (*_COLUMNS, *(_PAST if book.previous else ())), len(rows))
    for at, row in enumerate(rows, list.first):
        values = {**asked(row), "number": 0, "odd": 0, "total": 0, "squares": 0}
        values |= _past(book.previous, row) if book.previous else {}
        list.line(at, values)
        sheet.ask(Place(f"{row.name}.personer", row.text), *list.ends(at, "persons"))
        sheet.ask(Place(row.name, row.text, "uträknat"), list.cell(at, "answer"))
        sheet.ask(Place(f"{row.name}.belagg", f"{row.text} Belägg eller exempel"), list.cell(at, "proof"))
        sheet.grow(at, list.needed(values, "text", "past_proof", "change"))
    list.shade("spread", WIDE, "large")
    for key in _HIDDEN:
        list.hide(key)
    sheet.large_paper()
    list.finish(frozen=FIXED)
    return sheet.name


def _past(previous: Previous, row: Row) -> dict[str, Value]:
    """The party's answer last year, the persons' answers, and what has happened to the statement."""
    answer, persons = previous.at(row.name), previous.at(f"{row.name}.personer")
    proof = last_year(previous.at(f"{row.name}.belagg"))
    change = mark(answer or persons, row.text)
    return {"past": last_year(answer), "past_persons": _each(persons), "past_proof": proof, "change": change}


def _each(answer: Answer | None) -> str:
    """Several persons' answers."""
    return "" if answer is None else ", ".join(told(value) for value in answer.values if value is not None)
