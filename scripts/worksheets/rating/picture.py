"""The sheets with pictures: the parties' means for each area as a table and a radar chart, and the same over the years."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from ...guide.parties import CLIENT, OPERATOR, PARTIES, Party
from ..rows import Value
from ..xlsx.listing import ListColumn, Listing
from ..xlsx.memory import Place, Previous
from ..xlsx.tables import write_top
from ..xlsx.workbook import Book, Cell, Sheet
from .comparison import Area, Row, rounded

PICTURE, YEARS = "Bild", "Över åren"
_RADAR, _PICTURE_ENDS = Cell(1, 6), Cell(26, 15)
_MEAN = '=IF(COUNT({{answers[gap]}})=0,"",ROUND(AVERAGEIF({{answers[gap]}},">=0",{{answers[{0}]}}),1))'
_COLUMNS = (
    ListColumn("area", "Område", 30),
    *(ListColumn(party.id, party.name, 12, "mean", _MEAN.format(party.id), run="parties") for party in PARTIES),
    ListColumn(
        "gap", "Skillnad", 10, "mean", f'=IF(COUNT({{parties}})<2,"",ROUND(ABS({{{CLIENT.id}}}-{{{OPERATOR.id}}}),1))'
    ),
    ListColumn("compared", "Jämförda", 12, "sum", '=COUNT({answers[gap]})&" av "&ROWS({answers[gap]})'),
)
_LINES = ((CLIENT, "#005A5A", "circle", "solid", "#7FB2B2"), (OPERATOR, "#B35900", "diamond", "dash", "#E0B080"))
_EARLIER = 10  # years
_CHART_ROWS = 20  # that the chart takes below the list
_NOW, _PAST = "f_aren-nu", "f_aren"  # the ids of this year's line and of the earlier ones


def write_picture(book: Book, rows: Sequence[Row], areas: Sequence[Area], answers: Listing) -> None:
    """``answers`` is the list on another sheet that has a line for each of ``rows``."""
    picture, years = book.sheet(PICTURE), book.sheet(YEARS)
    means = _write_means(picture, rows, areas, answers)
    trend = _write_years(years, areas, means)
    said = "Diagram över tabellen: parternas medelvärden per område, och förra gångens. Samma tal står i tabellerna på flikarna."
    picture.chart(_RADAR, _radar(book, means, trend, areas), said)
    picture.finish(means.header, last=_PICTURE_ENDS)
    said = "Diagram över tabellen: parternas medelvärde år för år. Samma tal står i tabellen ovanför."
    years.chart(Cell(trend.last + 2, 0), _columns(book, trend), said)


def _write_means(sheet: Sheet, rows: Sequence[Row], areas: Sequence[Area], answers: Listing) -> Listing:
    said = "Räknas ut av svaren, bara på de påståenden som båda har svarat på. Skalan går från 1 till 5."
    list = Listing(sheet, write_top(sheet, "Medelvärde per område", said, len(_COLUMNS)), _COLUMNS, len(areas))
    for at, area in enumerate(areas, list.first):
        lines = [line for line, row in enumerate(rows, answers.first) if row.area == area.title]
        keys = {"gap": "gap", **{party.id: f"{party.id}_counted" for party in PARTIES}}
        cells = {name: answers.span(key, lines[0], lines[-1]) for name, key in keys.items()}
        means = {party.id: mean for party, mean in zip(PARTIES, area.means, strict=True)}
        values = {"area": area.title, "gap": area.gap, "compared": f"{area.compared} av {area.of}", **means}
        list.line(at, values, {"answers": cells})
    return list


# ---------------------------------------------------------------- over the years


def _write_years(sheet: Sheet, areas: Sequence[Area], means: Listing) -> Listing:
    """This year's means on the first line, by formulas; the earlier years' below it, the latest first."""
    columns = (ListColumn("year", "År", 8, "score"), *(c for party in PARTIES for c in _party_columns(party, areas)))
    said = (
        "Skriv året för årets svar på första raden. Tidigare år står under det, det senaste först: kopiera förra årets "
        "första rad och klistra in den som värden, eller låt uppföljningen av förra årets fil göra det."
    )
    list = Listing(sheet, write_top(sheet, YEARS, said, 12), columns, 1 + _EARLIER)
    earlier = _earlier(sheet.book.previous, columns)
    sides = dict(zip(PARTIES, zip(*(area.means for area in areas), strict=True), strict=True))
    list.line(list.first, {party.id: _mean(side) for party, side in sides.items()})
    for at in range(list.first + 1, list.last + 1):
        list.line(at, earlier.get(at - list.first - 1, {}))
    _ask(list, "year", "År", is_now_open=True)
    for party, side in sides.items():
        for line, (area, mean) in enumerate(zip(areas, side, strict=True), means.first):
            taken = means.span(party.id, line, line).partition(":")[0]
            sheet.formula(list.cell(list.first, _key(area, party)), f'=IF({taken}="","",{taken})', "mean", mean)
            _ask(list, _key(area, party), f"{party.name}: {area.title}")
    sheet.finish(list.header, frozen=1, last=Cell(list.last + _CHART_ROWS, len(columns) - 1))
    return list


def _mean(means: Sequence[float | None]) -> float | None:
    there = [mean for mean in means if mean is not None]
    return rounded(statistics.fmean(there)) if there else None


def _party_columns(party: Party, areas: Sequence[Area]) -> tuple[ListColumn, ...]:
    run = f"{party.id}_areas"
    mean = f'=IF(COUNT({{{run}}})=0,"",ROUND(AVERAGE({{{run}}}),1))'
    each = (ListColumn(_key(a, party), f"{party.name}: {a.title}", 12, "mean input", run=run) for a in areas)
    return (ListColumn(party.id, f"{party.name}, alla områden", 12, "mean", mean), *each)


def _key(area: Area, party: Party) -> str:
    return f"{area.id}_{party.id}"


def _ask(list: Listing, key: str, label: str, is_now_open: bool = False) -> None:
    first, after = list.cell(list.first, key), list.cell(list.first + 1, key)
    list.sheet.ask(Place(f"{_NOW}.{key}", label, "svar" if is_now_open else "uträknat"), first)
    list.sheet.ask(Place(f"{_PAST}.{key}", f"{label}, tidigare år", "kolumn"), after, list.cell(list.last, key))


def _earlier(previous: Previous | None, columns: Sequence[ListColumn]) -> dict[int, dict[str, Value]]:
    """The lines of the earlier years, from last year's workbook: what was its first line, and what stood below it."""
    if previous is None:
        return {}
    lines: list[dict[str, Value]] = [{} for _ in range(_EARLIER)]
    for column in columns:
        now, past = previous.at(f"{_NOW}.{column.key}"), previous.at(f"{_PAST}.{column.key}")
        values = [now.value if now else None, *(past.values if past else ())]
        for line, value in zip(lines, values, strict=False):
            if value not in (None, ""):
                line[column.key] = value
    return dict(enumerate(line for line in lines if line))


# ---------------------------------------------------------------- charts


def _radar(book: Book, means: Listing, trend: Listing, areas: Sequence[Area]) -> Any:
    chart = book.chart("radar", "with_markers")
    name, last = means.sheet.name, trend.first + 1  # the line of the latest of the earlier years
    titles = [name, *means.cell(means.first, "area"), *means.cell(means.last, "area")]
    for party, colour, shape, dash, pale in _LINES:
        chart.add_series(
            {
                "name": [name, *means.cell(means.header, party.id)],
                "categories": titles,
                "values": [name, *means.cell(means.first, party.id), *means.cell(means.last, party.id)],
                "line": {"color": colour, "width": 2.25, "dash_type": dash},
                "marker": {"type": shape, "size": 7, "fill": {"color": colour}, "border": {"color": colour}},
            }
        )
        ends = trend.cell(last, _key(areas[0], party)), trend.cell(last, _key(areas[-1], party))
        chart.add_series(
            {
                "name": f"{party.name}, förra gången",
                "categories": titles,
                "values": [trend.sheet.name, *ends[0], *ends[1]],
                "line": {"color": pale, "width": 1.5, "dash_type": "round_dot"},
                "marker": {"type": "none"},
            }
        )
    chart.set_title({"name": "Partnerskapet, område för område"})
    chart.set_y_axis({"min": 0, "max": 5, "major_unit": 1, "num_format": "0"})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 620, "height": 460})
    return chart


def _columns(book: Book, trend: Listing) -> Any:
    chart = book.chart("column")
    name = trend.sheet.name
    for party, colour, *_ in _LINES:
        chart.add_series(
            {
                "name": party.name,
                "categories": [name, *trend.cell(trend.first, "year"), *trend.cell(trend.last, "year")],
                "values": [name, *trend.cell(trend.first, party.id), *trend.cell(trend.last, party.id)],
                "fill": {"color": colour},
            }
        )
    chart.set_title({"name": "Medelvärde för alla områden, år för år"})
    chart.set_x_axis({"reverse": True})
    chart.set_y_axis({"min": 1, "max": 5, "major_unit": 1, "num_format": "0"})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": 320})
    return chart
