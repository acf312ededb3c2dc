"""The sheet of both parties' answers: the gap between them, and what the meeting comes to.

What is written at the meeting stands beside its statement, and is shown in the agenda: were it written in the sorted list,
a changed answer would part a decision from what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...guide.parties import CLIENT, OPERATOR, PARTIES
from ..rows import Value
from ..xlsx import rules
from ..xlsx.last_year import last_year, mark
from ..xlsx.listing import ListColumn, Listing
from ..xlsx.memory import Place, Previous
from ..xlsx.tables import write_top
from ..xlsx.workbook import Book
from .comparison import BOTH_LOW, DIFFERENT, LARGE_GAP, LOW, Row, ordered
from .statements import ANSWERS, FIXED, LARGE, MEETING, asked, scored, statement

_MISSING = "COUNT({parties})<2"
_STATE = f'IF({{gap}}>={LARGE_GAP},"{DIFFERENT}",IF(MAX({{parties}})<={BOTH_LOW},"{LOW}",""))'
_GAP = f"ABS({{{CLIENT.id}}}-{{{OPERATOR.id}}})"
_WEIGHT = f"{{gap}}*10000+(10-{{{CLIENT.id}}}-{{{OPERATOR.id}}})*100+99-{{nr}}"  # as Row.weight
_COLUMNS = (
    *statement(area=24, text=55),
    *(ListColumn(party.id, party.name, 11, "score", rule=rules.score(), run="parties") for party in PARTIES),
    ListColumn("gap", "Skillnad", 9, "sum", f'=IF({_MISSING},"",{_GAP})'),
    ListColumn("state", "Läge", 11, "sum", f'=IF({_MISSING},"",{_STATE})'),
    *MEETING,
    ListColumn("place", "Plats", 7, "sum", '=IF({weight}="","",RANK({weight},{weight:all}))'),
    ListColumn("weight", "Vikt", 8, "sum", f'=IF({_MISSING},"",{_WEIGHT})'),  # hidden: what the agenda is sorted by
)
_PAST = (
    *(ListColumn(f"past_{party.id}", f"{party.name} förra året", 11, "past") for party in PARTIES),
    ListColumn("past_agreed", "Enades om förra året", 45, "past"),
    ListColumn("change", "Sedan förra året", 30, "muted"),
)


def write_both(book: Book, rows: Sequence[Row]) -> Listing:
    """Returns the list, which the other sheets' formulas take from."""
    sheet = book.sheet(ANSWERS)
    said = "Klistra in parternas svar som värden. Skriv det ni enas om på mötet på påståendets rad."
    list = Listing(sheet, write_top(sheet, ANSWERS, said, 7), (*_COLUMNS, *(_PAST if book.previous else ())), len(rows))
    places = {row.number: place for place, row in enumerate(ordered(rows), 1)}
    for at, row in enumerate(rows, list.first):
        past = _past(book.previous, row) if book.previous else {}
        worked_out = {"gap": row.gap, "state": row.state, "place": places.get(row.number), "weight": row.weight}
        values = {**asked(row), **scored(row), **worked_out, **past}
        list.line(at, values)
        for party in PARTIES:
            sheet.ask(Place(f"{row.name}.{party.id}", row.text), list.cell(at, party.id))
        for column in MEETING:
            sheet.ask(Place(f"{row.name}.{column.key}", f"{row.text} {column.heading}"), list.cell(at, column.key))
        sheet.height(at, list.needed(values, "text", "past_agreed", "change"))
    list.shade("gap", LARGE, "large")
    list.hide("weight")
    list.finish(frozen=FIXED)
    return list


def _past(previous: Previous, row: Row) -> dict[str, Value]:
    """Both parties' answers last year, what they agreed on, and what has happened to the statement."""
    answers = {party.id: previous.at(f"{row.name}.{party.id}") for party in PARTIES}
    agreed = (last_year(previous.at(f"{row.name}.{column.key}")) for column in MEETING)
    return {
        **{f"past_{id}": last_year(answer) for id, answer in answers.items()},
        "past_agreed": "; ".join(filter(None, agreed)),
        "change": mark(answers[CLIENT.id], row.text),
    }
