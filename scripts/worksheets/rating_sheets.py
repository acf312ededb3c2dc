"""The sheets of the workbooks in :mod:`scripts.worksheets.rating`.

What is written at the meeting stands beside its statement, on the sheet with the answers, and is shown in the agenda: were it
written in the sorted list, a changed answer would part a decision from what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from .comparison import BOTH_LOW, DIFFERENT, LARGE_GAP, LOW, Row, ordered
from .last_year import mark, told
from .memory import Answer, Place
from .workbook import Book, date_rule, height, score_rule, write
from .xlsx_tables import finish, write_header, write_top

ANSWERS, RADAR, AGENDA = "Svar", "Bild", "Dagordning"
PERSONS = 8
_AGENDA_LOOKS = {1: "figure", 4: "figure", 5: "figure", 6: "figure", 11: "day", 12: "link"}
_MEETING = (
    ("syn", "Vår gemensamma syn", 34),
    ("atgard", "Det här gör vi", 34),
    ("vem", "Vem", 22),
    ("klart", "Till när", 13),
)
_PARTIES = (("bestallare", "Beställaren"), ("utforare", "Utföraren"))
_FIRST = 3  # the row of the first statement, counted from 0
_CHART_ENDS = 26  # the last row that the chart covers


def _head(made: Book, sheet: Any, row: int, columns: Sequence[tuple[str, float]]) -> None:
    for column, (label, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        write_header(made, sheet, row, column, label, "")


def _statement(made: Book, sheet: Any, at: int, row: Row) -> None:
    """Number, area and statement, the first three columns of each sheet that lists statements."""
    sheet.printed.add(str(row.number))
    sheet.write_number(at, 0, row.number, made.look("figure"))
    write(sheet, at, 1, row.area, made.look("item"))
    write(sheet, at, 2, row.text, made.look("item"))


# ---------------------------------------------------------------- a party's own answers


def write_own(made: Book, rows: Sequence[Row], scale: str) -> str:
    """A column for each person who answers, and the party's answer. Returns the sheet's name."""
    past = (("Förra året", 11), ("Var för sig förra året", 22), ("Sedan förra året", 30)) if made.previous else ()
    persons = tuple((f"Person {number}", 9.0) for number in range(1, PERSONS + 1))
    columns = (("Nr", 5), ("Område", 24), ("Påstående", 60), *persons, ("Vårt svar", 10), ("Spridning", 10), *past)
    sheet = made.sheet(ANSWERS)
    top = write_top(made, sheet, ANSWERS, f"Var och en svarar i sin egen kolumn. {scale}", 3 + PERSONS)
    _head(made, sheet, top, columns)
    for at, row in enumerate(rows, _FIRST):
        _statement(made, sheet, at, row)
        for column in range(3, 3 + PERSONS):
            sheet.write_blank(at, column, None, made.look("score"))
        area = f"D{at + 1}:{xl_col_to_name(2 + PERSONS)}{at + 1}"
        sheet.write_formula(at, 3 + PERSONS, f'=IF(COUNT({area})=0,"",ROUND(AVERAGE({area}),0))', made.look("sum"), "")
        sheet.write_formula(at, 4 + PERSONS, f'=IF(COUNT({area})<2,"",MAX({area})-MIN({area}))', made.look("sum"), "")
        made.place(Place(f"{row.name}.personer", row.text), sheet, (at, 3), (at, 2 + PERSONS))
        made.place(Place(row.name, row.text, "uträknat"), sheet, (at, 3 + PERSONS))
        sheet.set_row(at, max(height(row.text, 58), _own_past(made, sheet, (at, 5 + PERSONS), row)))
    last = _FIRST + len(rows) - 1
    sheet.data_validation(_FIRST, 3, last, 2 + PERSONS, score_rule())
    sheet.conditional_format(_FIRST, 4 + PERSONS, last, 4 + PERSONS, _large(made))
    return finish(sheet, top, last, len(columns) - 1, frozen=3)


def _own_past(made: Book, sheet: Any, place: tuple[int, int], row: Row) -> float:
    """The party's answer last year, the persons' answers, and what has happened to the statement."""
    if made.previous is None:
        return 0
    at, column = place
    answer, persons = made.previous.at(_key(row.name)), made.previous.at(_key(f"{row.name}.personer"))
    changed = mark(answer or persons, row.text)
    write(sheet, at, column, _told(answer), made.look("past"))
    write(sheet, at, column + 1, _all(persons), made.look("past"))
    write(sheet, at, column + 2, changed, made.look("muted"))
    return height(changed, 28)


# ---------------------------------------------------------------- both parties' answers


def write_compared(made: Book, rows: Sequence[Row]) -> str:
    """Both parties' answers, the gap, and what the meeting comes to. Returns the sheet's name."""
    parties = tuple((label, 11.0) for _, label in _PARTIES)
    meeting = tuple((label, width) for _, label, width in _MEETING)
    past = (
        ("Beställaren förra året", 11),
        ("Utföraren förra året", 11),
        ("Enades om förra året", 45),
        ("Sedan förra året", 30),
    )
    columns = (
        ("Nr", 5), ("Område", 24), ("Påstående", 55), *parties, ("Skillnad", 9), ("Läge", 11), *meeting, ("Plats", 7), ("Vikt", 8),
        *(past if made.previous else ()),
    )  # fmt: skip
    sheet = made.sheet(ANSWERS)
    said = "Klistra in parternas svar som värden. Skriv det ni enas om på mötet på påståendets rad."
    top = write_top(made, sheet, ANSWERS, said, 7)
    _head(made, sheet, top, columns)
    places = {row.number: place for place, row in enumerate(ordered(rows), 1)}
    for at, row in enumerate(rows, _FIRST):
        _statement(made, sheet, at, row)
        _scores(made, sheet, at, row)
        _worked_out(made, sheet, at, (row, places.get(row.number), _FIRST + len(rows)))
        _meeting(made, sheet, at, row)
        sheet.set_row(at, max(height(row.text, 53), _compared_past(made, sheet, (at, 13), row)))
    last = _FIRST + len(rows) - 1
    sheet.data_validation(_FIRST, 3, last, 4, score_rule())
    sheet.data_validation(_FIRST, 10, last, 10, date_rule())
    sheet.conditional_format(_FIRST, 5, last, 5, _large(made))
    sheet.set_column(12, 12, None, None, {"hidden": True})
    return finish(sheet, top, last, len(columns) - 1, frozen=3)


def _scores(made: Book, sheet: Any, at: int, row: Row) -> None:
    for column, ((id, _), score) in enumerate(zip(_PARTIES, row.scores, strict=True), 3):
        if score is None:
            sheet.write_blank(at, column, None, made.look("score"))
        else:
            sheet.write_number(at, column, score, made.look("score", ink=True))
        made.place(Place(f"{row.name}.{id}", row.text), sheet, (at, column))


def _worked_out(made: Book, sheet: Any, at: int, found: tuple[Row, int | None, int]) -> None:
    """The gap, what it says, and the place on the agenda; the weight beside it is what is sorted by."""
    row, place, last = found
    n = at + 1
    missing = f"COUNT(D{n}:E{n})<2"
    formulas = (
        (5, f'=IF({missing},"",ABS(D{n}-E{n}))', row.gap),
        (
            6,
            f'=IF({missing},"",IF(F{n}>={LARGE_GAP},"{DIFFERENT}",IF(MAX(D{n}:E{n})<={BOTH_LOW},"{LOW}","")))',
            row.state,
        ),
        (11, f'=IF(M{n}="","",RANK(M{n},M${_FIRST + 1}:M${last}))', place),
        (12, f'=IF({missing},"",F{n}*10000+(10-D{n}-E{n})*100+99-A{n})', row.weight),
    )
    for column, formula, value in formulas:
        sheet.write_formula(at, column, formula, made.look("sum"), "" if value is None else value)


def _meeting(made: Book, sheet: Any, at: int, row: Row) -> None:
    for column, (id, label, _) in enumerate(_MEETING, 7):
        sheet.write_blank(at, column, None, made.look("date" if id == "klart" else "input"))
        made.place(Place(f"{row.name}.{id}", f"{row.text} {label}"), sheet, (at, column))


def _compared_past(made: Book, sheet: Any, place: tuple[int, int], row: Row) -> float:
    if made.previous is None:
        return 0
    at, column = place
    answers = [made.previous.at(_key(f"{row.name}.{id}")) for id, _ in _PARTIES]
    agreed = [made.previous.at(_key(f"{row.name}.{id}")) for id, _, _ in _MEETING]
    texts = (*map(_told, answers), "; ".join(filter(None, map(_told, agreed))), mark(answers[0], row.text))
    for offset, text in enumerate(texts):
        write(sheet, at, column + offset, text, made.look("muted" if offset == 3 else "past"))
    return max(height(texts[2], 43), height(texts[3], 28))


# ---------------------------------------------------------------- the picture and the agenda


def write_radar(
    made: Book, rows: Sequence[Row], areas: Sequence[tuple[str, tuple[float | None, float | None]]], answers: str
) -> None:
    """The parties' means for each area, as a table and as a radar chart."""
    sheet = made.sheet(RADAR)
    top = write_top(made, sheet, "Medelvärde per område", "Räknas ut av svaren. Skalan går från 1 till 5.", 4)
    _head(made, sheet, top, (("Område", 30), ("Beställaren", 12), ("Utföraren", 12), ("Skillnad", 10)))
    for at, (area, (client, operator)) in enumerate(areas, _FIRST):
        numbers = [n for n, row in enumerate(rows, _FIRST + 1) if row.area == area]
        write(sheet, at, 0, area, made.look("item"))
        gap = None if client is None or operator is None else abs(client - operator)
        n = at + 1
        for column, letter, value in ((1, "D", client), (2, "E", operator)):
            cells = f"{answers}!{letter}{numbers[0]}:{letter}{numbers[-1]}"
            formula = f'=IF(COUNT({cells})=0,"",AVERAGE({cells}))'
            sheet.write_formula(at, column, formula, made.look("mean"), "" if value is None else value)
        formula = f'=IF(COUNT(B{n}:C{n})<2,"",ABS(B{n}-C{n}))'
        sheet.write_formula(at, 3, formula, made.look("mean"), "" if gap is None else gap)
    last = _FIRST + len(areas) - 1
    said = "Diagram över tabellen: parternas medelvärden per område. Samma tal står i tabellen på fliken."
    sheet.insert_chart(1, 5, _chart(made, last), {"description": said, "object_position": 3})
    finish(sheet, top, _CHART_ENDS, 14, frozen=0)


def _chart(made: Book, last: int) -> Any:
    chart = made.book.add_chart({"type": "radar", "subtype": "with_markers"})
    for column, colour, shape in ((1, "#005A5A", "circle"), (2, "#B35900", "diamond")):
        chart.add_series(
            {
                "name": [RADAR, _FIRST - 1, column],
                "categories": [RADAR, _FIRST, 0, last, 0],
                "values": [RADAR, _FIRST, column, last, column],
                "line": {"color": colour, "width": 2.25, "dash_type": "solid" if column == 1 else "dash"},
                "marker": {"type": shape, "size": 7, "fill": {"color": colour}, "border": {"color": colour}},
            }
        )
    chart.set_title({"name": "Partnerskapet, område för område"})
    chart.set_y_axis({"min": 0, "max": 5, "major_unit": 1, "num_format": "0"})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 620, "height": 460})
    return chart


def write_agenda(made: Book, rows: Sequence[Row], answers: str) -> None:
    """The statements with the largest gap first, and what the meeting has written about each."""
    sheet = made.sheet(AGENDA)
    said = "Största skillnaden först. Listan fylls i av formler. Klicka på «Skriv» för att skriva det ni enas om."
    top = write_top(made, sheet, AGENDA, said, 8)
    meeting = tuple((label, width) for _, label, width in _MEETING)
    columns = (
        ("Plats", 6), ("Nr", 5), ("Område", 18), ("Påstående", 44), ("Beställaren", 11), ("Utföraren", 11), ("Skillnad", 9),
        ("Läge", 11), *meeting, ("Skriv", 8),
    )  # fmt: skip
    _head(made, sheet, top, columns)
    found = ordered(rows)
    last = _FIRST + len(rows) - 1
    for place, at in enumerate(range(_FIRST, last + 1), 1):
        row = found[place - 1] if place <= len(found) else None
        sheet.printed.add(str(place))
        sheet.write_number(at, 0, place, made.look("figure"))
        for column, (formula, value) in enumerate(_agenda_row(at + 1, (row, answers, last + 1)), 1):
            look = _AGENDA_LOOKS.get(column, "told")
            sheet.write_formula(at, column, formula, made.look(look), value)
        sheet.set_row(at, height(max((r.text for r in rows), key=len), 42))
    sheet.conditional_format(_FIRST, 6, last, 6, _large(made))
    finish(sheet, top, last, len(columns) - 1, frozen=4)


def _agenda_row(n: int, found: tuple[Row | None, str, int]) -> list[tuple[str, Any]]:
    """Formula and value of each cell after the first, on the row that Excel calls ``n``."""
    row, answers, last = found

    def from_answers(letter: str, value: Any) -> tuple[str, Any]:
        cell = f"INDEX({answers}!${letter}${_FIRST + 1}:${letter}${last},$B{n})"
        return f'=IF($B{n}="","",IF({cell}="","",{cell}))', "" if row is None or value is None else value

    client, operator = row.scores if row else (None, None)
    shown = (
        ("B", row and row.area),
        ("C", row and row.text),
        ("D", client),
        ("E", operator),
        ("F", row and row.gap),
        ("G", row and row.state),
    )
    return [
        (f'=IFERROR(MATCH($A{n},{answers}!$L${_FIRST + 1}:$L${last},0),"")', row.number if row else ""),
        *(from_answers(letter, value) for letter, value in shown),
        *(from_answers(letter, None) for letter in "HIJK"),
        (f'=IF($B{n}="","",HYPERLINK("#{answers}!H"&($B{n}+{_FIRST}),"Skriv"))', "Skriv" if row else ""),
    ]


def _large(made: Book) -> dict[str, Any]:
    """How a large gap is shown; the number itself says the same."""
    return {"type": "cell", "criteria": "between", "minimum": LARGE_GAP, "maximum": 4, "format": made.look("large")}


def _key(name: str) -> str:
    return name.replace("-", "_")


def _told(answer: Answer | None) -> str:
    return "" if answer is None else told(answer.value)


def _all(answer: Answer | None) -> str:
    return "" if answer is None else ", ".join(told(value) for value in answer.values if value is not None)
