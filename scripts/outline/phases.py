"""What a phase tells: what it is for, what you do in it and when you may go on; and the phases in order."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide import addresses
from ..guide.guide import Guide
from ..guide.model import Challenge, Indicator, Phase, Practice, Responsibilities
from .blocks import (
    AnyBlock,
    At,
    Bullets,
    Cards,
    Check,
    Checklist,
    Fact,
    Facts,
    Files,
    Heading,
    Next,
    Note,
    Outline,
    PhaseMap,
    Prose,
    Reference,
    References,
    Row,
    Section,
    Sheets,
    Side,
    Sides,
    Table,
    To,
    links,
    named,
    said,
    section,
)
from .effort import of_phase, sum_told
from .parts import Titles, remark, standing
from .timeline import timeline

_T = Titles(Phase)
_DUTIES = Titles(Responsibilities)
_CHOICES = (("gör", "Gör:"), ("förenkla", "Förenkla:"), ("avstå", "Låt vänta:"))
_GATE = "Läs påståendena tillsammans. Kan ni inte svara ja på ett av dem, bestäm vem som gör vad innan ni går vidare."
_KITS = (
    "Kallelser, dagordningar, samtalsledarens stöd och arbetsblad till fasens alla möten, och i zip-filen väggblad. Varje "
    "arbetssätt har också ett eget paket på sin sida."
)
_CARDS = "Arbetssätten finns också som kort, fyra på ett A4-ark."


def outline(guide: Guide, phase: Phase) -> Outline:
    phases = guide.all(Phase)
    number = phases.index(phase) + 1
    kind = f"Fas {number} av {len(phases)}"
    sections = tuple(_sections(guide, phase))
    return Outline(phase.title, phase.summary, sections, kind, standing(guide, phase), number=number)


def _sections(guide: Guide, phase: Phase) -> Iterator[Section]:
    """What to do first, then when and in what order; what the phase is about comes last, for whoever wants to know."""
    ends = Facts((Fact("Fasen börjar", phase.begins), Fact("Fasen slutar", phase.ends)))
    yield from section("", "", PhaseMap(phase.id), ends, opening=True)
    first = tuple(Reference(guide.get(Practice, f.practice), f.why) for f in phase.first)
    yield from section(_T.first, "borja-har", Cards(first, ordered=True))
    yield from section("Fasen i tiden", "tiden", *_in_time(guide, phase))
    home = guide.at_home(phase, Practice)
    yield from section(
        "Alla arbetssätt i ordning", "arbetssatt", *_what_to_do(guide, phase), folded=_show(len(home), "arbetssätt")
    )
    sheets = guide.worksheets_of(phase)
    if sheets:
        folded = _show(len(sheets), "arbetsblad")
        yield from section("Arbetsblad", "arbetsblad", Sheets(sheets), folded=folded)
        yield from section("", "", Files(phase, "sheets", button=True), opening=True)
    if any(practice.agendas for practice in home):
        yield from section("Mötespaket", "motespaket", Prose((_KITS,)), Files(phase, "kit"))
    gate = guide.gate(phase)
    folded = _show(len(gate), "påståenden")
    yield from section("Avstämning innan ni går vidare", "avstamning", *_gate(guide, phase), folded=folded)
    yield from section(_T.outcomes, "resultat", Bullets(phase.outcomes))
    duties = phase.responsibilities
    sides = (
        Side(_DUTIES.client, "ansvar-bestallaren", duties.client),
        Side(_DUTIES.operator, "ansvar-utforaren", duties.operator),
        Side(_DUTIES.both, "ansvar-tillsammans", duties.both),
    )
    yield from section(_T.responsibilities, "ansvar", Sides(sides), folded="Visa båda parters ansvar")
    challenges = tuple(_challenges(guide, phase))
    yield from section("Utmaningar att räkna med", "utmaningar", *challenges, folded="Visa utmaningarna")
    sizes = tuple(_sizes(guide, phase))
    yield from section("Litet avtal, stort avtal", "storlek", *sizes, folded="Visa vad som skiljer")
    indicators = tuple(Reference(i, i.summary) for i in guide.in_phase(phase, Indicator))
    found = [References(indicators)] if indicators else []
    yield from section("Indikatorer", "indikatorer", *found, folded=_show(len(indicators), "indikatorer"))
    yield from section(_T.text, "om-fasen", *said(phase.text), Files(phase, "booklet"), folded="Läs om fasen")
    yield from section(_T.next_step, "vidare", *said(phase.next_step), *_next(guide, phase))


def _show(count: int, what: str) -> str:
    return f"Visa {count} {what}"


def _in_time(guide: Guide, phase: Phase) -> Iterator[AnyBlock]:
    """When what happens, where a reader counts their own times, and the working time of both parties."""
    calendar = next((p for p in guide.all(Practice) if p.id == guide.settings.calendar), None)
    for drawn in timeline(guide, phase):
        yield drawn
        if calendar:
            example = guide.settings.example_contract.title.lower()
            yield Note((f"Ritat efter {example}s datum. ", To(calendar, "Räkna ut era egna", "kalender"), "."))
    ground = tuple(practice for practice in guide.all(Practice) if practice.level == "grund")
    if told := sum_told(of_phase(guide, phase, ground)):
        ways = (
            At("Vad det tar i tid", addresses.EFFORT),
            ". ",
            At("Er plan", addresses.PLAN),
        )
        yield Prose(((f"Grunden tar {told}. ", *ways, "."),))


def _what_to_do(guide: Guide, phase: Phase) -> Iterator[AnyBlock]:
    home = guide.at_home(phase, Practice)
    if home:
        yield Cards(tuple(Reference(p, p.summary, remark(p)) for p in home), ordered=True)
        yield Prose((_CARDS,))
        yield Files(phase, "cards")
    borrowed = [practice for practice in guide.in_phase(phase, Practice) if practice not in home]
    if borrowed:
        yield Prose((("Från andra faser, men till nytta redan här: ", *links(borrowed), "."),))


def _sizes(guide: Guide, phase: Phase) -> Iterator[AnyBlock]:
    yield from said(phase.small_contract, f"{_T.small_contract}.")
    for choice, label in _CHOICES:
        chosen = [p for p in guide.at_home(phase, Practice) if p.small_contract.choice == choice]
        yield from named(label, chosen, ".")
    yield from said(phase.large_contract, f"{_T.large_contract}.")


def _challenges(guide: Guide, phase: Phase) -> Iterator[AnyBlock]:
    home = guide.at_home(phase, Challenge)
    if home:
        yield Cards(tuple(Reference(c, c.summary) for c in home))
    others = [challenge for challenge in guide.in_phase(phase, Challenge) if challenge not in home]
    yield from named("Kan också visa sig nu:", others, ".")


def _gate(guide: Guide, phase: Phase) -> Iterator[AnyBlock]:
    found = guide.gate(phase)
    if found:
        yield Prose((_GATE,))
        yield Checklist(tuple(Check(statement.id, statement.text, principle) for principle, statement in found))


def _next(guide: Guide, phase: Phase) -> Iterator[AnyBlock]:
    phases = guide.all(Phase)
    number = phases.index(phase) + 1
    if number < len(phases):
        yield Next(To(phases[number], f"Nästa fas: {phases[number].short}"))


def index(guide: Guide) -> Outline:
    """The phases in order, with where each begins and ends."""
    first = section("", "", PhaseMap(), Files(None, "book", button=True), opening=True)
    return Outline(
        Phase.plural, Phase.declared.lead, (*first, *(_in_short(guide, phase) for phase in guide.all(Phase)))
    )


def _in_short(guide: Guide, phase: Phase) -> Section:
    headings = tuple(Heading(label, 1) for label in (_T.begins, _T.ends, "Arbetssätt", "Arbetsblad"))
    counted = (str(len(guide.in_phase(phase, Practice))), str(len(guide.worksheets_of(phase))))
    table = Table(headings, (Row((phase.begins, phase.ends, *counted)),))
    return Section(phase.title, phase.id, (Prose((phase.summary,)), table, Files(phase, "booklet")), record=phase)
