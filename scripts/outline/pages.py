"""What the pages tell that are no record's: the overview and the fictitious contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from ..guide.guide import Guide
from ..guide.model import FocusArea, Phase, Practice, SmallContract, Worksheet
from .blocks import (
    AnyBlock,
    Break,
    Heading,
    Outline,
    Piece,
    Prose,
    Reference,
    References,
    Row,
    Sheets,
    Table,
    To,
    Widget,
    said,
    section,
)

_OVERVIEW = "Raderna är avtalets faser, kolumnerna är fokusområdena. I varje ruta står de arbetssätt som hör dit."
_SMALL = "Allt som guiden ber ett avtal med några få bussar om, fas för fas. Varje rad är arbetssättets egen text om små avtal."
_CHOICES = {"gör": "Gör som det står:", "förenkla": "Förenkla:", "avstå": "Avstå, eller gör så här i stället:"}
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


def small(guide: Guide) -> Outline:
    """What the guide asks of a small contract, collected from the phases and the practices."""
    phases = ((phase, guide.at_home(phase, Practice)) for phase in guide.all(Phase))
    sections = (
        section(phase.short, phase.id, *said(phase.small_contract), *_chosen(practices)) for phase, practices in phases
    )
    return Outline("Det lilla avtalet", _SMALL, tuple(one for found in sections for one in found))


def _chosen(practices: Iterable[Practice]) -> Iterator[AnyBlock]:
    """The practices by what a small contract does with each, most first."""
    practices = tuple(practices)
    for choice in get_args(SmallContract):
        entries = tuple(Reference(p, p.small_contract.how) for p in practices if p.small_contract.choice == choice)
        if entries:
            yield Prose((_CHOICES[choice],))
            yield References(entries)


def search() -> Outline:
    """The page that a search leads to."""
    return Outline("Sök i guiden", "", section("", "", Widget("search"), opening=True))
