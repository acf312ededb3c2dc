"""What the pages tell that are no record's: the overview and the fictitious contract."""

from __future__ import annotations

from ..guide.guide import Guide
from ..guide.model import FocusArea, Phase, Practice, Worksheet
from .blocks import Break, Heading, Outline, Piece, Row, Sheets, Table, To, Widget, said, section

_OVERVIEW = "Raderna är avtalets faser, kolumnerna är fokusområdena. I varje ruta står de arbetssätt som hör dit."
_CONTRACT = "Ett enda påhittat avtal går igen i alla ifyllda arbetsblad, så att ni kan följa ett mål från målbild till uppföljning."


def overview(guide: Guide) -> Outline:
    """Phases against focus areas: the practices where they meet."""
    areas = guide.all(FocusArea)
    headings = (Heading("Fas"), *(Heading((To(area),)) for area in areas))
    rows = (
        Row(((To(phase, phase.short),), *(_cell(guide, phase, area) for area in areas))) for phase in guide.all(Phase)
    )
    table = Table(headings, tuple(rows), wide=True)
    return Outline("Översikt: faser och fokusområden", _OVERVIEW, section("", "", table))


def _cell(guide: Guide, phase: Phase, area: FocusArea) -> tuple[Piece, ...]:
    line: list[Piece] = []
    for practice in guide.in_phase(phase, Practice):
        if practice.focus_area == area.id:
            line += [Break(), To(practice)] if line else [To(practice)]
    return tuple(line)


def contract(guide: Guide) -> Outline:
    """The fictitious contract, and all sheets filled in for it."""
    example = guide.settings.example_contract
    filled = tuple(sheet for sheet in guide.all(Worksheet) if guide.example(sheet))
    return Outline(example.title, _CONTRACT, section("", "", *said(example.text), Sheets(filled, filled=True)))


def search() -> Outline:
    """The page that a search leads to."""
    return Outline("Sök i guiden", "", section("", "", Widget("search"), opening=True))
