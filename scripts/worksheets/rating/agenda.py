"""The sheet with the agenda: the statements with the largest gap first, and what the meeting has written about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...guide.model import Agreed
from ...guide.parties import PARTIES
from ..xlsx.listing import ListColumn, Listing
from ..xlsx.tables import write_top
from ..xlsx.workbook import Book, Cell
from .both_answers import written
from .comparison import LARGEST, Row, ordered, rank
from .statements import LARGE, MEETING, asked, scored

AGENDA = "Dagordning"
_HEIGHT = 69  # points: five lines, since a row of formulas does not follow its text


def _from_answers(key: str) -> str:
    """What stands in a column of the answers, on the line of the statement."""
    cell = f"INDEX({{answers[{key}]:all}},{{line:$}})"
    return f'=IF({cell}="","",{cell})'


def _taken(column: ListColumn, look: str) -> ListColumn:
    """A column of the answers as it is shown here."""
    return replace(column, look=look, formula=_from_answers(column.key), rule=None, run="")


_COLUMNS = (
    _taken(ListColumn("rank", "Plats", 10), "figure"),
    ListColumn("nr", "Nr", 5, "figure", _from_answers("nr")),
    _taken(ListColumn("text", "Påstående", 44), "told"),
    _taken(ListColumn("area", "Område", 18), "told"),
    *(_taken(ListColumn(party.id, party.name, 11), "mean") for party in PARTIES),
    _taken(ListColumn("gap", "Skillnad", 9), "mean"),
    _taken(ListColumn("state", "Läge", 11), "told"),
    _taken(ListColumn("apart", "Oense inom sig", 12), "told"),
    _taken(ListColumn("why", "Varför inte jämfört", 18), "told"),
    *(_taken(column, "day" if column.look == "date" else "told") for column in MEETING),
    ListColumn(
        "write",
        "Skriv",
        14,
        "link",
        f'=HYPERLINK("#{{sheet}}!{{answers[{MEETING[0].key}]:letter}}"&({{line:$}}+{{above}}),"Skriv på rad "&({{line:$}}+{{above}}))',
    ),
    ListColumn("place", "Ordning", 8, "sum"),  # hidden: 1, 2, 3 …
    ListColumn("line", "Rad", 8, "sum", "=MATCH({place:$},{answers[place]:all},0)"),  # hidden: where in the answers
)
_FIXED = 3  # columns that stay on the screen
_NTH = f"LARGE({{gap:all}},MIN({LARGEST},COUNT({{gap:all}})))"  # the last of the largest gaps
_LARGEST = f'COUNTIF({{gap:all}},">="&{_NTH})'
_TOP = (
    '=IF(COUNT({gap:all})=0,"Inget påstående är jämfört än.",COUNT({gap:all})&" av "&ROWS({gap:all})&'
    f'" påståenden är jämförda. Börja med de "&{_LARGEST}&" översta"&IF({_LARGEST}>{LARGEST},", eftersom plats {LARGEST} delas.","."))'
)


def write_agenda(book: Book, rows: Sequence[Row], agreed: Mapping[str, Agreed], answers: Listing) -> None:
    """``answers`` is the list on another sheet that has a line for each of ``rows``."""
    sheet = book.sheet(AGENDA)
    said = (
        "Största skillnaden först, sist det som bara den ena har svarat på. Listan fylls i av formler. "
        "Länken i kolumnen «Skriv» leder till raden där ni skriver det ni enas om."
    )
    top = write_top(sheet, AGENDA, said, 8)
    list = Listing(sheet, top + 1, _COLUMNS, len(rows))
    sheet.formula(Cell(top, 0), _TOP.format_map(answers.references()), "count", top_line(rows))
    others = {"answers": answers.references(), "sheet": answers.sheet.name, "above": answers.first}
    for place, (at, row) in enumerate(zip(range(list.first, list.last + 1), ordered(rows), strict=True), 1):
        now = {**asked(row), **scored(row), **written(agreed, row), "gap": row.gap, "state": row.state}
        told = {"rank": rank(row, rows), "why": row.missing, "write": f"Skriv på rad {row.number + answers.first}"}
        list.line(at, {**now, **told, "place": place, "line": row.number}, others)
        sheet.height(at, _HEIGHT)
    list.shade("gap", LARGE, "large")
    list.hide("place")
    list.hide("line")
    sheet.large_paper()
    list.finish(frozen=_FIXED)


def top_line(rows: Sequence[Row]) -> str:
    """How many statements are compared, and how many of them the meeting begins with."""
    gaps = sorted((row.gap for row in rows if row.gap is not None), reverse=True)
    if not gaps:
        return "Inget påstående är jämfört än."
    first = sum(gap >= gaps[min(LARGEST, len(gaps)) - 1] for gap in gaps)
    why = f", eftersom plats {LARGEST} delas." if first > LARGEST else "."
    return f"{len(gaps)} av {len(rows)} påståenden är jämförda. Börja med de {first} översta{why}"
