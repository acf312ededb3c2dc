"""A plan for a phase and a size of contract, ready to act from: what to begin with, why, with which sheets and in what time."""

from __future__ import annotations

from collections.abc import Iterator

from ..files.catalogue import PLAN_USE
from ..guide import addresses, effort
from ..guide.effort import of_small, total
from ..guide.guide import Guide
from ..guide.model import ContractForm, Meeting, Phase, Practice, Role, Size
from ..guide.plan import SIZES, Plan, plans, sheets
from ..guide.plan import plan as planned
from ..guide.wording import duration, hours, often
from .blocks import (
    At,
    Break,
    Cards,
    Fact,
    Facts,
    Files,
    Heading,
    Outline,
    Piece,
    Prose,
    Reference,
    References,
    Row,
    Section,
    Sheets,
    Table,
    To,
    section,
)
from .effort import small_told, sum_told
from .parts import time_of

TITLE = "Er plan"
_LEAD = "Välj var i avtalet ni är och hur stort det är. Planen säger vad ni börjar med, varför, med vilka blad och vad det tar."
_SIZES = "Läs det stora avtalet som ett tak. Ett vanligt avtal börjar med grunden och tar resten när den finns."
_WAIT: dict[Size, str] = {
    "litet": "Det här avstår ett litet avtal från, och gör så här i stället.",
    "medelstort": "Det här tar ni när grunden finns. Varje rad säger vad som blir till, och vad det tar.",
    "stort": "",
}
_FORMS = "Läs det som gäller er avtalsform."
_DATES = "Räkna ut dagarna från ert avtals datum"


def page(guide: Guide) -> Outline:
    """Phases against sizes, and the plan where they meet."""
    headings = (Heading("Fas", 2), *(Heading(name, 3) for name in SIZES.values()))
    rows = tuple(
        Row(((To(phase, phase.short),), *(_cell(guide, planned(guide, phase, size)) for size in SIZES)))
        for phase in guide.all(Phase)
    )
    about = small_told(guide.settings)
    return Outline(
        TITLE, _LEAD, section("", "", Table(headings, rows), *([Prose((about,))] if about else ()), Prose((_SIZES,)), opening=True)
    )  # fmt: skip


def _cell(guide: Guide, plan: Plan) -> tuple[Piece, ...]:
    name = f"{plan.phase.short}, {SIZES[plan.size].lower()}"
    return (
        At(name, path(plan.phase, plan.size)),
        Break(),
        f"{len(plan.chosen)} arbetssätt. {_time(guide, plan).capitalize()}.",
    )


def path(phase: Phase, size: Size) -> str:
    """The Markdown file of a plan."""
    return f"{addresses.PLANS}/{phase.id}-{size}.md"


def ready(guide: Guide) -> Iterator[tuple[str, Outline]]:
    """Every plan, by its Markdown file."""
    for plan in plans(guide):
        yield path(plan.phase, plan.size), outline(guide, plan)


def outline(guide: Guide, plan: Plan) -> Outline:
    lead = f"{len(plan.chosen)} arbetssätt i fasen {plan.phase.short}, i den ordning de kommer."
    return Outline(f"{plan.phase.short}: {SIZES[plan.size].lower()}", lead, tuple(_sections(guide, plan)), TITLE)


def _sections(guide: Guide, plan: Plan) -> Iterator[Section]:
    yield from section("", "", Facts(tuple(_facts(guide, plan))), opening=True)
    cards = tuple(Reference(p, why, _remark(guide, plan, p)) for p, why in plan.first)
    yield from section("Börja här", "borja-har", Cards(cards, ordered=True))
    then = tuple(Reference(p, _how(plan, p), _remark(guide, plan, p)) for p in plan.then)
    yield from section("Ta sedan", "sedan", *([Cards(then)] if then else ()))
    yield from section("Möten i fasen", "moten", *_meetings(guide, plan))
    found = sheets(guide, plan)
    if found:
        yield from section(
            "Bladen ni behöver", "blad", Sheets(found), Files(plan.phase, PLAN_USE[plan.size], button=True)
        )
    wait = tuple(Reference(p, _left(guide, plan, p)) for p in plan.wait)
    yield from section("Det som väntar", "vantar", *([Prose((_WAIT[plan.size],)), References(wait)] if wait else ()))
    yield from section("Beror på avtalsformen", "avtalsform", *_forms(guide, plan), folded="Visa avtalsformerna")
    yield from section("Andra planer", "andra", Prose((_others(guide, plan),)))


def _facts(guide: Guide, plan: Plan) -> Iterator[Fact]:
    yield Fact("Fasen börjar", plan.phase.begins)
    yield Fact("Fasen slutar", plan.phase.ends)
    yield Fact("Arbetstid", f"{_time(guide, plan).capitalize()}.")
    calendar = guide.settings.calendar
    if calendar:
        yield Fact("Dagar", (To(guide.get(Practice, calendar), _DATES, "kalender"),))


def _time(guide: Guide, plan: Plan) -> str:
    """What the chosen practices take; in a small contract each party's own time, beside the meetings that it has anyway."""
    if plan.size == "litet":
        once, yearly = of_small(p for p in plan.chosen if p.id not in guide.settings.usual)
        parts = ((once, "en gång eller när det behövs"), (yearly, "om året"))
        return " och ".join(f"{hours(count / 60)} {when}" for count, when in parts if count) + " hos vardera parten"
    costs = (effort.of_practice(guide, practice) for practice in plan.chosen)
    return sum_told(total(costs)) or "ingen tid"


def _remark(guide: Guide, plan: Plan, p: Practice) -> str:
    """Who begins, and how long it takes."""
    calls = f"{guide.get(Role, p.caller).title} ringer {guide.get(Role, p.called).title.lower()}"
    small = p.small_contract
    time = (
        f"{duration(small.minutes)}{f' {often(small.per_year)}' if small.per_year else ''}"
        if plan.size == "litet"
        else time_of(p)
    )
    return f"{calls} · {time}" if time else calls


def _how(plan: Plan, p: Practice) -> str:
    """What the practice is in a contract of this size."""
    return {"litet": p.small_contract.how, "medelstort": p.summary, "stort": p.large_contract}[plan.size]


def _left(guide: Guide, plan: Plan, p: Practice) -> str:
    if plan.size == "litet":
        return p.small_contract.how
    return f"{p.afterwards.rstrip('.')}. {sum_told(effort.of_practice(guide, p)).capitalize()}."


def _meetings(guide: Guide, plan: Plan) -> Iterator[Table | Prose]:
    """The standing meetings of the phase; a small contract has what the phase says of it instead."""
    if plan.size == "litet":
        yield Prose((plan.phase.small_contract,))
        return
    rows = tuple(
        Row(((To(meeting),), rhythm.often, duration(meeting.minutes)))
        for meeting in guide.all(Meeting)
        for rhythm in meeting.rhythm
        if rhythm.phase == plan.phase.id
    )
    if rows:
        yield Table((Heading("Möte", 3), Heading("Hur ofta", 6), Heading("Längd", 2)), rows)


def _forms(guide: Guide, plan: Plan) -> Iterator[Prose | References]:
    chosen = {practice.id for practice in plan.chosen}
    found = [(form, [one for one in form.adapted if one.practice in chosen]) for form in guide.all(ContractForm)]
    if any(adapted for _, adapted in found):
        yield Prose((_FORMS,))
    for form, adapted in found:
        if adapted:
            yield Prose((((To(form)), ":"),))
            yield References(tuple(Reference(guide.get(Practice, one.practice), one.how) for one in adapted))


def _others(guide: Guide, plan: Plan) -> tuple[At | str, ...]:
    """The same phase in the other sizes, and the same size in the next phase."""
    phases = guide.all(Phase)
    same = [(size, name) for size, name in SIZES.items() if size != plan.size]
    line: list[At | str] = [f"{plan.phase.short}: "]
    for size, name in same:
        line += [At(name.lower(), path(plan.phase, size)), ", " if size != same[-1][0] else ". "]
    later = phases[phases.index(plan.phase) + 1 :][:1]
    line += [
        part for phase in later for part in ("Sedan kommer ", At(phase.short.lower(), path(phase, plan.size)), ".")
    ]
    return tuple(line)
