"""What the guide's work costs, told: on a practice, on a phase and on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..guide import addresses, effort
from ..guide.effort import Cost, Hours
from ..guide.guide import Guide
from ..guide.model import Gathering, Meeting, Phase, Practice, Role, Settings
from ..guide.parties import PARTIES
from ..guide.wording import duration, hours, listed, often, sentence, shown
from .blocks import (
    AnyBlock,
    At,
    Bars,
    Break,
    Bullets,
    Heading,
    Line,
    Outline,
    Piece,
    Prose,
    Row,
    Table,
    To,
    links,
    section,
)
from .timeline import years_of

TITLE = "Vad det tar i tid"
_LEAD = "Arbetstimmar hos vardera parten, fas för fas och roll för roll, hopräknade ur arbetssättens möten."
_GROUND = "Börjar ni med det som guiden kallar grund tar det så här mycket."
_ALL = "Alla arbetssätt i guiden, för den som gör allt. Det är ett tak och inget mål."
_ONCE, _YEARLY = "en gång", "varje år"
_USUAL = ("Av timmarna varje år i {} hör {} hos beställaren och {} hos utföraren till möten som varje avtal har: ", ".")
_ROLES = "Det första talet är timmar en gång, det andra timmar om året. De gäller en person i rollen och alla arbetssätt i guiden."
_LESS = (
    "Varje rad är ett arbetssätt som kan vänta, och det som då inte finns. De som tar mest tid varje år står först, och sist "
    "de som görs en gång."
)
_COUNTED = (
    "En timme är en persons arbetstimme. Ett möte på en timme med två från vardera parten är två timmar hos var och en.",
    "Varje roll som kallas räknas som en person. Kommer fler blir det mer.",
    "Förberedelse och efterarbete är redaktionens uppskattning och står på varje arbetssätt. I tabellen per roll ligger den "
    "på rollen som tar initiativet och på den som får samtalet.",
    "Det som görs en gång står i den fas där det börjar. Det som återkommer står i varje fas där det hålls.",
    "Resenärsföreträdarens tid och förares tid utanför mötena är inte med.",
)


# ---------------------------------------------------------------- a practice


def times(guide: Guide, p: Practice) -> Iterator[tuple[Gathering, str, str]]:
    """Each meeting, what it is called, how long it is and how often it is held, and the work around it."""
    for gathering in p.meetings:
        again = effort.per_year(guide, gathering)
        how_often = f" {often(again)}" if again else f", {gathering.times} gånger" if gathering.times > 1 else ""
        name = gathering.name if len(p.meetings) > 1 else "Möte"
        yield (
            gathering,
            name,
            f"{duration(p.minutes_of(gathering.name))}{how_often}{_around(gathering.client, gathering.operator)}.",
        )


def time_told(guide: Guide, p: Practice) -> Line:
    """The meetings, a line each, with the standing ones linked, and what is assumed."""
    lines: list[tuple[Piece, ...]] = []
    for gathering, name, told in times(guide, p):
        standing = guide.get(Meeting, gathering.held_as) if gathering.held_as else None
        lines.append((To(standing, name if len(p.meetings) > 1 else standing.title) if standing else name, f": {told}"))
    if p.time_note:
        lines.append((sentence(p.time_note),))
    return tuple(piece for number, line in enumerate(lines) for piece in (*([Break()] if number else []), *line))


def _around(client: float, operator: float) -> str:
    """«, därtill 4 timmar hos vardera parten»"""
    if client == operator:
        return f", därtill {_work(client)} hos vardera parten" if client else ""
    sides = ((client, "beställaren"), (operator, "utföraren"))
    return f", därtill {listed(tuple(f'{_work(number)} hos {side}' for number, side in sides if number))}"


def _work(number: float) -> str:
    return duration(round(number * 60))


def sum_told(cost: Cost) -> str:
    """«3 timmar hos vardera parten en gång, och 61 timmar hos beställaren och 78 timmar hos utföraren varje år»."""
    parts = ((cost.once, _ONCE), (cost.yearly, _YEARLY))
    return ", och ".join(f"{_sides(work)} {when}" for work, when in parts if work.both)


def _sides(work: Hours) -> str:
    client, operator = hours(work.client), hours(work.operator)
    return (
        f"{client} hos vardera parten"
        if client == operator
        else f"{client} hos beställaren och {operator} hos utföraren"
    )


# ---------------------------------------------------------------- the page


def page(guide: Guide) -> Outline:
    practices = guide.all(Practice)
    ground = tuple(p for p in practices if p.level == "grund")
    sections = (
        *section("Grunden, fas för fas", "grund", Prose((_GROUND,)), *_by_phase(guide, ground)),
        *section("Allt, fas för fas", "allt", Prose((_ALL,)), *_by_phase(guide, practices), *_usual(guide)),
        *section("Roll för roll", "roller", *_by_role(guide, practices)),
        *section("Om ni gör mindre", "mindre", Prose((_LESS,)), _less(guide, practices)),
        *section("Litet avtal", "litet", *_small(guide.settings)),
        *section("Så är det räknat", "raknat", Bullets(_COUNTED)),
    )
    return Outline(TITLE, _LEAD, sections)


def _by_phase(guide: Guide, practices: tuple[Practice, ...]) -> Iterator[Table | Bars]:
    """A table of hours, and the same as bars; the standing meetings that are no practice's are in every sum."""
    found = tuple((phase, of_phase(guide, phase, practices)) for phase in guide.all(Phase))
    headings = (
        Heading("Fas", 3), *(Heading(f"{party.name}, {when}", 2) for when in (_ONCE, _YEARLY) for party in PARTIES),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                (To(phase, phase.short),),
                *(_cell(work.of(party)) for work in (cost.once, cost.yearly) for party in PARTIES),
            )
        )
        for phase, cost in found
    )
    yield Table(headings, rows)
    bars = tuple(
        (f"{phase.short}{_years(years)}", tuple(round(cost.over(years or 1).of(party)) for party in PARTIES))
        for phase, cost in found
        for years in (years_of(guide, phase),)
    )
    yield Bars("Timmar i Exempelavtalet, hela fasen", tuple(party.name for party in PARTIES), bars)


def _years(years: float) -> str:
    return f", {shown('number', round(years, 1))} år" if years else ""


def _cell(number: float) -> str:
    return shown("number", round(number)) if number else "–"


def of_phase(guide: Guide, phase: Phase, practices: Iterable[Practice]) -> Cost:
    return effort.of_phase(guide, phase, practices) + effort.standing(guide, phase)


def _usual(guide: Guide) -> Iterator[Prose]:
    """What of it every contract has anyway, in the phase that lasts longest."""
    usual = guide.pick(Practice, guide.settings.usual)
    phase = max(guide.all(Phase), key=lambda phase: years_of(guide, phase), default=None)
    cost = effort.of_phase(guide, phase, usual).yearly if phase else Hours()
    if phase and cost.both:
        before, after = _USUAL
        yield Prose(((before.format(phase.short, hours(cost.client), hours(cost.operator)), *links(usual), after),))


def _by_role(guide: Guide, practices: tuple[Practice, ...]) -> Iterator[AnyBlock]:
    """One person's hours in each role, phase by phase."""
    phases = guide.all(Phase)
    headings = (Heading("Roll", 4), *(Heading(phase.short, 2) for phase in phases))
    rows = tuple(
        Row(((To(role),), *(_in(guide, role, practices, phase) for phase in phases)))
        for role in guide.all(Role)
        if role.employed
    )
    yield Prose((_ROLES,))
    yield Table(headings, rows)


def _in(guide: Guide, role: Role, practices: Iterable[Practice], phase: Phase) -> str:
    """«22 + 95/år»: what is done once in its home phase, and what comes back in every phase that it is held in."""
    found = [(p, effort.of_role(guide, role, p)) for p in practices if phase.id in p.phases]
    once = sum(hours for p, (hours, _) in found if phase.id == p.phases[0])
    yearly = sum(hours for _, (_, hours) in found)
    return (
        " + ".join(text for text in (_cell(once) if once else "", f"{_cell(yearly)}/år" if yearly else "") if text)
        or "–"
    )


def _less(guide: Guide, practices: Iterable[Practice]) -> Table:
    costs = [
        (p, effort.of_practice(guide, p)) for p in practices if p.level != "grund" and p.id not in guide.settings.usual
    ]
    costs.sort(key=lambda found: (-found[1].yearly.both, -found[1].once.both))
    rows = (Row(((To(p),), _cell(cost.yearly.both), _cell(cost.once.both), p.afterwards)) for p, cost in costs)
    headings = (
        Heading("Utan", 5),
        Heading("Timmar varje år", 2),
        Heading("Timmar en gång", 2),
        Heading("Då finns inte", 6),
    )
    return Table(headings, tuple(rows))


def _small(settings: Settings) -> Iterator[Prose]:
    small = settings.small_contract
    if small:
        yield Prose(((f"{small_told(settings)} ", At("Allt det på en sida", addresses.SMALL), "."),))


def small_told(settings: Settings) -> str:
    small = settings.small_contract
    return (
        f"Litet är ett avtal med högst {small.vehicles} fordon, där en eller {_people(small.people)} hos vardera parten sköter "
        f"avtalet. Det guiden ber om ryms i högst {small.hours} timmar om året hos vardera parten, utöver de möten som varje avtal har."
        if small
        else ""
    )


def _people(number: int) -> str:
    return {1: "en person", 2: "två personer", 3: "tre personer"}.get(number, f"{number} personer")
