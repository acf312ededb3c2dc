"""What the pages tell that are no record's: the overview and the fictitious contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from ..guide import addresses
from ..guide.effort import of_small
from ..guide.guide import Guide
from ..guide.model import RECORD_TYPES, FocusArea, Phase, Practice, SmallContract, Worksheet
from ..guide.wording import duration, hours, often
from .blocks import (
    AnyBlock,
    At,
    Break,
    Bullets,
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
from .effort import small_told

_OVERVIEW = "Raderna är avtalets faser, kolumnerna är fokusområdena. I varje ruta står de arbetssätt som hör dit."
_SMALL = "Allt som guiden ber ett avtal med några få bussar om, fas för fas. Varje rad är arbetssättets egen text om små avtal."
_MINE = (
    "Bladen som ni har börjat fylla i, det som ska göras enligt dem och vad som förfaller när. Allt ligger i webbläsaren, "
    "avtal för avtal, och går att hämta som en fil."
)
_CHOICES = {"gör": "Gör som det står:", "förenkla": "Förenkla:", "avstå": "Avstå, eller gör så här i stället:"}
_DATA = "Allt som står i guiden, som data att läsa in i ett eget system. Id och adresser är desamma som på webbplatsen."
_CSV = (
    "Filerna är kommateckenavgränsade, i UTF-8. Flera värden i en ruta skiljs åt med |. Det som har delar, till exempel stegen "
    "i ett arbetssätt, står bara i JSON. En text som börjar som en formel har fått en apostrof framför sig."
)
_TERMS = "Ange guiden, utgåvan och adressen där ni använder den. Ändrar ni något skriver ni att det är ändrat."
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
    """What the guide asks of a small contract, collected from the phases and the practices, with what it takes."""
    phases = ((phase, guide.at_home(phase, Practice)) for phase in guide.all(Phase))
    sections = (
        section(phase.short, phase.id, *said(phase.small_contract), *_chosen(practices), *_minutes(practices))
        for phase, practices in phases
    )
    size = small_told(guide.settings)
    opening = section("", "", *said(size), opening=True) if size else ()
    return Outline("Det lilla avtalet", _SMALL, (*opening, *(one for found in sections for one in found)))


def _chosen(practices: Iterable[Practice]) -> Iterator[AnyBlock]:
    """The practices by what a small contract does with each, most first."""
    practices = tuple(practices)
    for choice in get_args(SmallContract):
        entries = tuple(_small(p) for p in practices if p.small_contract.choice == choice)
        if entries:
            yield Prose((_CHOICES[choice],))
            yield References(entries)


def _small(p: Practice) -> Reference:
    asked = p.small_contract
    time = (
        f" ({duration(asked.minutes)}{f' {often(asked.per_year)}' if asked.per_year else ''})" if asked.minutes else ""
    )
    return Reference(p, asked.how + time)


def _minutes(practices: tuple[Practice, ...]) -> Iterator[AnyBlock]:
    """What it comes to for each of the parties."""
    once, yearly = of_small(practices)
    parts = [
        f"{hours(count / 60)} {when}"
        for count, when in ((once, "en gång eller när det behövs"), (yearly, "om året"))
        if count
    ]
    if parts:
        yield Prose((f"Tillsammans {' och '.join(parts)} hos vardera parten.",))


def mine() -> Outline:
    """The reader's own contracts and sheets, as they lie in the browser."""
    return Outline("Mitt avtal", _MINE, section("", "", Widget("folder"), opening=True))


def open_data(guide: Guide) -> Outline:
    """Which files of data there are, and what may be done with them."""
    folder = addresses.DATA
    kinds = (kind for kind in RECORD_TYPES if guide.all(kind))
    rows = (
        Row((kind.plural, str(len(guide.all(kind))), (At(f"{kind.folder}.csv", f"{folder}/{kind.folder}.csv"),)))
        for kind in kinds
    )
    table = Table((Heading("Innehåll", 3), Heading("Poster"), Heading("Fil", 3)), tuple(rows))
    first = next(iter(guide.all(Practice)), None)
    alone = f" En post för sig ligger i en egen fil, till exempel {folder}/practices/{first.id}.json." if first else ""
    files = Bullets(
        (
            (At("guiden.json", f"{folder}/guiden.json"), ": allt i en fil.", alone),
            (At("guiden.schema.json", f"{folder}/guiden.schema.json"), ": vad varje fält betyder (JSON Schema)."),
            (
                At("statements.csv", f"{folder}/statements.csv"),
                ": principernas påståenden, en rad var, med bestående id.",
            ),
            (At("dcat.jsonld", f"{folder}/dcat.jsonld"), ": beskrivningen för en datakatalog (DCAT-AP-SE)."),
        )
    )
    return Outline(
        "Öppna data",
        _DATA,
        (
            *section("Hela guiden", "hela", files),
            *section("Tabeller", "tabeller", table, *said(_CSV)),
            *section("Villkor", "villkor", *said(f"{guide.settings.licence}. {_TERMS}")),
        ),
    )


def search() -> Outline:
    """The page that a search leads to."""
    return Outline("Sök i guiden", "", section("", "", Widget("search"), opening=True))
