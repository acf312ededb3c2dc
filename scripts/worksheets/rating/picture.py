"""The sheet with the picture: the parties' means for each area, as a table and as a radar chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...guide.parties import CLIENT, OPERATOR, PARTIES
from ..xlsx.listing import ListColumn, Listing
from ..xlsx.tables import write_top
from ..xlsx.workbook import Book, Cell
from .comparison import Area, Row

PICTURE = "Bild"
_CHART, _PAGE_ENDS = Cell(1, 5), Cell(26, 14)
_MEAN = '=IF(COUNT({{answers[{0}]}})=0,"",AVERAGE({{answers[{0}]}}))'
_COLUMNS = (
    ListColumn("area", "Område", 30),
    *(ListColumn(party.id, party.name, 12, "mean", _MEAN.format(party.id), run="parties") for party in PARTIES),
    ListColumn("gap", "Skillnad", 10, "mean", f'=IF(COUNT({{parties}})<2,"",ABS({{{CLIENT.id}}}-{{{OPERATOR.id}}}))'),
)
_LINES = ((CLIENT, "#005A5A", "circle", "solid"), (OPERATOR, "#B35900", "diamond", "dash"))


def write_picture(book: Book, rows: Sequence[Row], areas: Sequence[Area], answers: Listing) -> None:
    """``answers`` is the list on another sheet that has a line for each of ``rows``."""
    sheet = book.sheet(PICTURE)
    said = "Räknas ut av svaren. Skalan går från 1 till 5."
    list = Listing(sheet, write_top(sheet, "Medelvärde per område", said, len(_COLUMNS)), _COLUMNS, len(areas))
    for at, area in enumerate(areas, list.first):
        lines = [line for line, row in enumerate(rows, answers.first) if row.area == area.title]
        cells = {party.id: answers.span(party.id, lines[0], lines[-1]) for party in PARTIES}
        means = {party.id: mean for party, mean in zip(PARTIES, area.means, strict=True)}
        list.line(at, {"area": area.title, "gap": area.gap, **means}, {"answers": cells})
    said = "Diagram över tabellen: parternas medelvärden per område. Samma tal står i tabellen på fliken."
    sheet.chart(_CHART, _radar(book, list), said)
    sheet.finish(list.header, last=_PAGE_ENDS)


def _radar(book: Book, list: Listing) -> Any:
    chart = book.radar()
    name = list.sheet.name
    for party, colour, shape, dash in _LINES:
        chart.add_series(
            {
                "name": [name, *list.cell(list.header, party.id)],
                "categories": [name, *list.cell(list.first, "area"), *list.cell(list.last, "area")],
                "values": [name, *list.cell(list.first, party.id), *list.cell(list.last, party.id)],
                "line": {"color": colour, "width": 2.25, "dash_type": dash},
                "marker": {"type": shape, "size": 7, "fill": {"color": colour}, "border": {"color": colour}},
            }
        )
    chart.set_title({"name": "Partnerskapet, område för område"})
    chart.set_y_axis({"min": 0, "max": 5, "major_unit": 1, "num_format": "0"})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 620, "height": 460})
    return chart
