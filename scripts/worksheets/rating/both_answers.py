"""The sheet of both parties' answers: the gap between them, and what the meeting comes to.

What is written at the meeting stands beside its statement, and is shown in the agenda: were it written in the sorted list,
a changed answer would part a decision from what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...guide.model import Agreed
from ...guide.parties import CLIENT, OPERATOR, PARTIES, Party
from ..form import SCORES
from ..rows import Value
from ..xlsx import rules
from ..xlsx.last_year import last_year, mark
from ..xlsx.listing import ListColumn, Listing
from ..xlsx.memory import Place, Previous
from ..xlsx.tables import write_top
from ..xlsx.workbook import Book, Cell
from .comparison import APART, BOTH_LOW, DIFFERENT, LARGE_GAP, LOW, Row, ordered, rank
from .statements import ANSWERS, FIXED, LARGE, MEETING, WIDE, asked, scored, statement


def _given(party: Party) -> tuple[ListColumn, ...]:
    """What the party's own workbook gives: columns in the same order as there, so that they are pasted together."""
    at, run = f"hos {party.name.lower()}", f"{party.id}_given"
    return (
        ListColumn(party.id, party.name, 11, "mean input", rule=rules.mean(), run=run),
        ListColumn(f"{party.id}_number", f"Antal svar {at}", 11, "score", rule=rules.count(), run=run),
        ListColumn(f"{party.id}_spread", f"Spridning {at}", 11, "mean input", rule=rules.spread(), run=run),
    )


def _counted(id: str) -> str:
    """A party's answer, if it is a number of the scale. A formula that was pasted takes its value from the wrong cells."""
    inside = f"AND({{{id}}}>={SCORES[0]},{{{id}}}<={SCORES[-1]},NOT(_xlfn.ISFORMULA({{{id}}})))"
    return f'=IF(ISNUMBER({{{id}}}),IF({inside},ROUND({{{id}}},1),""),"")'


_C, _O = f"{{{CLIENT.id}}}", f"{{{OPERATOR.id}}}"
_C_OK, _O_OK = f"{{{CLIENT.id}_counted}}", f"{{{OPERATOR.id}_counted}}"
_FORMULA = f"OR(_xlfn.ISFORMULA({_C}),_xlfn.ISFORMULA({_O}))"
_OUTSIDE = f'OR(AND({_C}<>"",{_C_OK}=""),AND({_O}<>"",{_O_OK}=""))'
_ONE_SIDED = f'IF({_C_OK}="","saknar svar från {CLIENT.name.lower()}","saknar svar från {OPERATOR.name.lower()}")'
_WHY = (
    f'=IF({_FORMULA},"formel: klistra in som värden",IF({{wrong}}=1,"värde utanför 1–5",'
    f'IF(COUNT({{counted}})=2,"",IF(COUNT({{counted}})=0,"saknar svar från båda",{_ONE_SIDED}))))'
)
_STATE = f'IF({{gap}}>={LARGE_GAP},"{DIFFERENT}",IF(MAX({{counted}})<={BOTH_LOW},"{LOW}",""))'
_C_APART, _O_APART = (f"N({{{party.id}_spread}})>={APART}" for party in PARTIES)
_APART = f'IF({_C_APART},IF({_O_APART},"båda","{CLIENT.name.lower()}"),IF({_O_APART},"{OPERATOR.name.lower()}",""))'
_LOWNESS = f"ROUND((10-{_C_OK}-{_O_OK})*10,0)"
_COLUMNS = (
    *statement(area=24, text=50),
    *_given(CLIENT),
    *_given(OPERATOR),
    ListColumn("gap", "Skillnad", 9, "mean", f'=IF(COUNT({{counted}})<2,"",ROUND(ABS({_C_OK}-{_O_OK}),1))'),
    ListColumn("state", "Läge", 11, "sum", f'=IF({{gap}}="","",{_STATE})'),
    ListColumn("apart", "Oense inom sig", 12, "sum", f"={_APART}"),
    ListColumn(
        "rank",
        "Plats",
        10,
        "sum",
        '=IF({gap}="","",RANK({gap},{gap:all})&IF(COUNTIF({gap:all},{gap})>1," (delad)",""))',
    ),
    ListColumn("why", "Varför inte jämfört", 22, "sum", _WHY),
    *MEETING,
    # Hidden: what is counted, and what the agenda is sorted by (as Row.weight).
    *(ListColumn(f"{p.id}_counted", f"{p.name} räknas", 8, "sum", _counted(p.id), run="counted") for p in PARTIES),
    ListColumn("wrong", "Fel", 8, "sum", f"=IFERROR(IF({_FORMULA},1,IF({_OUTSIDE},1,0)),1)"),
    ListColumn("place", "Ordning", 8, "sum", "=RANK({weight},{weight:all})"),
    ListColumn(
        "weight",
        "Vikt",
        10,
        "sum",
        f'=IF({{gap}}="",-{{nr}},ROUND({{gap}}*10,0)*1000000+{_LOWNESS}*1000+999-{{nr}})',
    ),
)
_HIDDEN = (*(f"{party.id}_counted" for party in PARTIES), "wrong", "place", "weight")
_COMPARED = (
    '=COUNT({gap:all})&" av "&ROWS({gap:all})&" påståenden är jämförda."&IF(SUM({wrong:all})=0,"",'
    '" Rader med värden som inte räknas: "&SUM({wrong:all})&". Se kolumnen «Varför inte jämfört».")'
)
_PAST = (
    *(ListColumn(f"past_{party.id}", f"{party.name} förra året", 11, "past") for party in PARTIES),
    ListColumn("past_agreed", "Enades om förra året", 45, "past"),
    ListColumn("change", "Sedan förra året", 30, "muted"),
)


def write_both(book: Book, rows: Sequence[Row], agreed: Mapping[str, Agreed]) -> Listing:
    """``agreed`` is what an example's meeting came to, by the statement's name.

    Returns the list, which the other sheets' formulas take from.
    """
    sheet = book.sheet(ANSWERS)
    said = (
        "Klistra in parternas «Vårt svar», «Antal svar» och «Spridning» tillsammans, som värden (Klistra in special, Värden). "
        "Skriv det ni enas om på påståendets rad."
    )
    top = write_top(sheet, ANSWERS, said, 9)
    list = Listing(sheet, top + 1, (*_COLUMNS, *(_PAST if book.previous else ())), len(rows))
    compared = sum(row.gap is not None for row in rows)
    sheet.formula(Cell(top, 0), _COMPARED.format_map(list.references()), "count", f"{compared} av {len(rows)} påståenden är jämförda.")  # fmt: skip
    places = {row.number: place for place, row in enumerate(ordered(rows), 1)}
    for at, row in enumerate(rows, list.first):
        past = _past(book.previous, row) if book.previous else {}
        values = {**asked(row), **_worked_out(row, rows), "place": places[row.number], **past, **written(agreed, row)}
        list.line(at, values)
        _ask(list, at, row)
        sheet.grow(at, list.needed(values, "text", "past_agreed", "change", *(column.key for column in MEETING)))
    list.shade("gap", LARGE, "large")
    for party in PARTIES:
        list.shade(f"{party.id}_spread", WIDE, "large")
    for key in _HIDDEN:
        list.hide(key)
    sheet.large_paper()
    list.finish(frozen=FIXED)
    return list


def _worked_out(row: Row, rows: Sequence[Row]) -> dict[str, Value]:
    """What the formulas of a line come to."""
    counted = {f"{id}_counted": score for id, score in scored(row).items()}
    told = {"gap": row.gap, "state": row.state, "rank": rank(row, rows), "why": row.missing}
    return {**scored(row), **counted, **told, "wrong": 0, "weight": row.weight}


def written(agreed: Mapping[str, Agreed], row: Row) -> dict[str, Value]:
    """What an example's meeting came to about a statement."""
    found = agreed.get(row.name)
    if found is None:
        return {}
    said = {"syn": found.view, "atgard": found.action, "vem": found.who, "klart": found.by, "tecken": found.sign}
    return {key: value or None for key, value in said.items()}


def _ask(list: Listing, at: int, row: Row) -> None:
    """The places on a line that next year's workbook looks for."""
    for party in PARTIES:
        list.sheet.ask(Place(f"{row.name}.{party.id}", row.text), list.cell(at, party.id))
        for key, said in (("number", "antal svar"), ("spread", "spridning")):
            place = Place(f"{row.name}.{party.id}.{key}", f"{row.text} {party.name}: {said}")
            list.sheet.ask(place, list.cell(at, f"{party.id}_{key}"))
    for column in MEETING:
        list.sheet.ask(Place(f"{row.name}.{column.key}", f"{row.text} {column.heading}"), list.cell(at, column.key))


def _past(previous: Previous, row: Row) -> dict[str, Value]:
    """Both parties' answers last year, what they agreed on, and what has happened to the statement."""
    answers = {party.id: previous.at(f"{row.name}.{party.id}") for party in PARTIES}
    agreed = (last_year(previous.at(f"{row.name}.{column.key}")) for column in MEETING)
    return {
        **{f"past_{id}": last_year(answer) for id, answer in answers.items()},
        "past_agreed": "; ".join(filter(None, agreed)),
        "change": mark(answers[CLIENT.id], row.text),
    }
