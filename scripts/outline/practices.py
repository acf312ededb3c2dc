"""What a practice tells, and the list of practices by phase."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide import effort
from ..guide.guide import Guide
from ..guide.model import (
    Challenge,
    FocusArea,
    Indicator,
    Phase,
    Practice,
    Principle,
    Role,
    Step,
    SuccessFactor,
    Worksheet,
)
from ..guide.wording import duration
from .blocks import (
    Agenda,
    AnyBlock,
    Bullets,
    Cards,
    Choice,
    Fact,
    Facts,
    Files,
    Filter,
    Glance,
    Move,
    Outline,
    Point,
    Reference,
    Section,
    Session,
    Sheets,
    Steps,
    To,
    Widget,
    cards,
    links,
    named,
    said,
    section,
)
from .effort import sum_told, time_told
from .experiences import told_of
from .parts import LENGTHS, Titles, standing, time_of
from .year import wheel

LEVEL = {"grund": "Grund: börja här", "fördjupning": "Fördjupning: när grunden finns"}
SMALL = {"gör": "gör det", "förenkla": "förenkla", "avstå": "låt vänta"}
_KIT = (
    "Kallelse med dagordning, samtalsledarens stöd och arbetsblad, allt i A4. I zip-filen ligger också väggbladen i A3, och "
    "kallelsen i Word och som text till ett mejl."
)
_T = Titles(Practice)


def outline(guide: Guide, p: Practice) -> Outline:
    return Outline(p.title, p.summary, tuple(_sections(guide, p)), p.singular.capitalize(), standing(guide, p))


def _sections(guide: Guide, p: Practice) -> Iterator[Section]:
    moves = tuple(_move(p, step) for step in p.steps)
    yield from section("", "", Facts(tuple(_facts(guide, p))), Glance(moves), opening=True)
    yield from section(_T.why, "varfor", *said(p.why))
    yield from section(_T.steps, "steg", Steps(moves))
    yield from section("Dagordning", "dagordning", *_meetings(p))
    yield from section(
        "Efteråt",
        "efterat",
        *said(p.done_when, f"{_T.done_when}:"),
        *said(p.works_when, f"{_T.works_when}:"),
    )
    sheets = guide.pick(Worksheet, p.worksheets)
    yield from section(_T.worksheets, "arbetsblad", *([Sheets(sheets)] if sheets else []))
    if p.id == guide.settings.calendar:
        yield from section("Ett vanligt år", "aret", *wheel(guide))
        yield from section("Räkna ut er egen kalender", "kalender", Widget("calendar"))
    yield from section(_T.pitfalls, "fallgropar", Bullets(p.pitfalls))
    yield from section(_T.if_refused, "om-nej", *said(p.if_refused))
    yield from section("Litet avtal, stort avtal", "storlek", *_sizes(p))
    yield from section(_T.procurement_note, "avtalsform", *said(p.procurement_note))
    yield from section("Erfarenheter", "erfarenheter", *(told_of(guide, p) or (Widget("experience"),)))
    answers = cards(guide.referring(p, Challenge))
    yield from section("Utmaningar som arbetssättet svarar mot", "utmaningar", *answers)
    yield from section("Hör ihop med", "hor-ihop", *_related(guide, p))


def _facts(guide: Guide, p: Practice) -> Iterator[Fact]:
    yield Fact("Fas", links(guide.pick(Phase, p.phases)))
    yield Fact(_T.when, p.when)
    if p.id == guide.settings.calendar:
        yield Fact("Er kalender", (To(p, "Räkna ut den från avtalets datum", "kalender"),))
    yield Fact("Tid", time_told(guide, p))
    yield Fact("Arbetstid", sum_told(effort.of_practice(guide, p)))
    yield Fact(_T.caller, (To(guide.get(Role, p.caller)), " ringer ", To(guide.get(Role, p.called))))
    yield Fact(_T.participants, links(guide.pick(Role, p.participants)))
    if p.worksheets:
        yield Fact(_T.worksheets, links(guide.pick(Worksheet, p.worksheets)))
    yield Fact(_T.afterwards, p.afterwards)
    yield Fact(_T.focus_area, (To(guide.get(FocusArea, p.focus_area)),))
    yield Fact(_T.level, LEVEL[p.level])


def _move(p: Practice, step: Step) -> Move:
    """Where: the meeting's name, where there are several, and how long the step takes there."""
    meeting = step.meeting if len(p.agendas) > 1 else ""
    where = (meeting or "på mötet", duration(step.minutes)) if step.minutes else ()
    return Move(step.name, step.who.capitalize(), where, step.do, step.result)


def _meetings(p: Practice) -> Iterator[AnyBlock]:
    """The agendas, and the kit that has what the meetings need."""
    if p.agendas:
        yield Agenda(tuple(_session(p, *found) for found in p.agendas.items()))
        yield Files(p, "kit", "Mötespaket:", _KIT)
        yield Widget("meet")


def _session(p: Practice, name: str, steps: tuple[Step, ...]) -> Session:
    """The meeting's steps, numbered as they stand among all of the practice's."""
    numbers = [number for number, step in enumerate(p.steps, 1) if any(step is other for other in steps)]
    return Session(
        name,
        tuple(
            Point(number, step.minutes or 0, step.name, step.who.capitalize())
            for number, step in zip(numbers, steps, strict=True)
        ),
    )


def _sizes(p: Practice) -> Iterator[AnyBlock]:
    yield from said(p.small_contract.how, f"{_T.small_contract}: {SMALL[p.small_contract.choice]}.")
    yield from said(p.large_contract, f"{_T.large_contract}.")


def _related(guide: Guide, p: Practice) -> Iterator[AnyBlock]:
    yield from named(f"{_T.principles}:", guide.pick(Principle, p.principles))
    yield from named(f"{_T.success_factors}:", guide.pick(SuccessFactor, p.success_factors))
    yield from named(f"{_T.indicators}:", guide.pick(Indicator, p.indicators))


# ---------------------------------------------------------------- the list of practices


def index(guide: Guide) -> Outline:
    """The practices by the phase that is their home, behind a filter."""
    first = section("", "", Filter(tuple(_choices(guide)), "arbetssätt", "arbetssätt"), opening=True)
    groups = (
        Section(phase.short, phase.id, (Cards(tuple(map(_card, guide.at_home(phase, Practice)))),))
        for phase in guide.all(Phase)
    )
    return Outline(Practice.plural, Practice.declared.lead, (*first, *groups), sifted=Practice.path)


def _choices(guide: Guide) -> Iterator[Choice]:
    yield Choice("fas", "Fas", tuple((phase.id, phase.short) for phase in guide.all(Phase)))
    yield Choice("fokus", "Fokusområde", tuple((area.id, area.title) for area in guide.all(FocusArea)))
    yield Choice("roll", "Roll", tuple((role.id, role.title) for role in guide.all(Role)))
    yield Choice("tid", "Mötestid", tuple((key, label) for key, label, _ in LENGTHS))


def _card(p: Practice) -> Reference:
    length = next(key for key, _, most in LENGTHS if p.minutes <= most)
    marks = (
        ("fas", " ".join(p.phases)),
        ("fokus", p.focus_area),
        ("roll", " ".join(p.participants)),
        ("tid", length),
    )
    return Reference(p, p.summary, f"{p.level.capitalize()} · {time_of(p)}", marks=marks)
