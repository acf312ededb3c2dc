"""The sheet with the agenda: the statements with the largest gap first, and what the meeting has written about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...guide.parties import PARTIES
from ..xlsx.listing import ListColumn, Listing
from ..xlsx.tables import write_top
from ..xlsx.workbook import Book
from .comparison import Row, ordered
from .statements import LARGE, MEETING, asked, scored

AGENDA = "Dagordning"


def _from_answers(key: str) -> str:
    """What stands in a column of the answers, on the line of the statement."""
    cell = f"INDEX({{answers[{key}]:all}},{{nr:$}})"
    return f'=IF({{nr:$}}="","",IF({cell}="","",{cell}))'


def _taken(column: ListColumn, look: str) -> ListColumn:
    """A column of the answers as it is shown here."""
    return replace(column, look=look, formula=_from_answers(column.key), rule=None)


_COLUMNS = (
    ListColumn("place", "Plats", 6, "figure"),
    ListColumn("nr", "Nr", 5, "figure", '=IFERROR(MATCH({place:$},{answers[place]:all},0),"")'),
    _taken(ListColumn("area", "Område", 18), "told"),
    _taken(ListColumn("text", "Påstående", 44), "told"),
    *(_taken(ListColumn(party.id, party.name, 11), "figure") for party in PARTIES),
    _taken(ListColumn("gap", "Skillnad", 9), "figure"),
    _taken(ListColumn("state", "Läge", 11), "told"),
    *(_taken(column, "day" if column.look == "date" else "told") for column in MEETING),
    ListColumn(
        "write",
        "Skriv",
        8,
        "link",
        f'=IF({{nr:$}}="","",HYPERLINK("#{{sheet}}!{{answers[{MEETING[0].key}]:letter}}"&({{nr:$}}+{{above}}),"Skriv"))',
    ),
)
_FIXED = 4  # columns that stay on the screen


def write_agenda(book: Book, rows: Sequence[Row], answers: Listing) -> None:
    """``answers`` is the list on another sheet that has a line for each of ``rows``."""
    sheet = book.sheet(AGENDA)
    said = "Största skillnaden först. Listan fylls i av formler. Klicka på «Skriv» för att skriva det ni enas om."
    list = Listing(sheet, write_top(sheet, AGENDA, said, 8), _COLUMNS, len(rows))
    others = {"answers": answers.references(), "sheet": answers.sheet.name, "above": answers.first}
    longest = max((row.text for row in rows), key=len)
    found = dict(enumerate(ordered(rows), 1))
    for place, at in enumerate(range(list.first, list.last + 1), 1):
        row = found.get(place)
        now = {**asked(row), **scored(row), "gap": row.gap, "state": row.state, "write": "Skriv"} if row else {}
        list.line(at, {"place": place, **now}, others)
        sheet.height(at, list.needed({"text": longest}, "text"))
    list.shade("gap", LARGE, "large")
    list.finish(frozen=_FIXED)
