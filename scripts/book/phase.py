"""A phase as a chapter: what it is for, what you do in it and when you may go on, and then its practices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..guide.guide import Guide
from ..guide.model import Challenge, Indicator, Phase, Practice
from ..guide.wording import duration
from .entries import Entry, entry, of
from .writer import Line, Writer, section, table

_CHOICES = (("gör", "Gör:"), ("förenkla", "Förenkla:"), ("avstå", "Låt vänta:"))
_GATE = "Läs påståendena tillsammans. Kan ni inte svara ja på ett av dem, bestäm vem som gör vad innan ni går vidare."


def chapter(w: Writer, phase: Phase) -> Entry:
    phases = w.guide.all(Phase)
    facts: list[tuple[str, Line]] = [("Fasen börjar", w.line(phase.begins)), ("Fasen slutar", w.line(phase.ends))]
    return {
        **of(w, phase, _sections(w, phase), facts, f"Fas {phases.index(phase) + 1} av {len(phases)}"),
        "map": phases.index(phase) + 1,
        "entries": [entry(w, practice) for practice in at_home(w.guide, phase)],
    }


def at_home(guide: Guide, phase: Phase) -> list[Practice]:
    """The practices that have the phase as their main one."""
    return [practice for practice in guide.in_phase(phase, Practice) if practice.phases[0] == phase.id]


def sheets_table(w: Writer, phase: Phase) -> dict[str, Any]:
    rows: list[list[Line]] = [[[w.link(s)], [duration(s.minutes)]] for s in w.guide.worksheets_of(phase)]
    return table((("Arbetsblad", 7), ("Tid", 3)), rows)


def _sections(w: Writer, phase: Phase) -> Iterator[dict[str, Any]]:
    duties = phase.responsibilities
    yield section("Om fasen", w.prose(phase.text))
    yield section("Det här har ni när fasen är slut", w.bullets(phase.outcomes))
    yield section(
        "Vem svarar för vad",
        w.sides(("Beställaren", duties.client), ("Utföraren", duties.operator), ("Tillsammans", duties.both)),
    )
    yield _what_to_do(w, phase)
    yield _sizes(w, phase)
    yield _challenges(w, phase)
    if w.guide.worksheets_of(phase):
        yield section("Arbetsblad", sheets_table(w, phase))
    indicators = w.guide.in_phase(phase, Indicator)
    if indicators:
        yield section("Indikatorer", w.references(*((i, i.summary, "") for i in indicators)))
    if w.guide.gate(phase):
        yield section("Avstämning innan ni går vidare", w.prose(_GATE), _gate(w, phase))
    yield section("Vägen vidare", w.prose(phase.next_step))


def _what_to_do(w: Writer, phase: Phase) -> dict[str, Any]:
    home = at_home(w.guide, phase)
    borrowed = [practice for practice in w.guide.in_phase(phase, Practice) if practice not in home]
    blocks = [w.references(*((p, p.summary, _remark(p)) for p in home), ordered=True)] if home else []
    if borrowed:
        blocks.append(w.named("Från andra faser, men till nytta redan här:", borrowed))
    return section("Gör så här, i den här ordningen", *blocks)


def _remark(practice: Practice) -> str:
    time = f"{duration(practice.minutes)} möte" if practice.minutes else practice.effort
    wait = ["kan vänta i ett litet avtal"] if practice.small_contract.choice == "avstå" else []
    return " · ".join([practice.level.capitalize(), time, *wait])


def _sizes(w: Writer, phase: Phase) -> dict[str, Any]:
    blocks = [w.prose(phase.small_contract, "Litet avtal.")]
    for choice, label in _CHOICES:
        chosen = [practice for practice in at_home(w.guide, phase) if practice.small_contract.choice == choice]
        if chosen:
            blocks.append(w.named(label, chosen))
    blocks.append(w.prose(phase.large_contract, "Stort eller riskfyllt avtal."))
    return section("Litet avtal, stort avtal", *blocks)


def _challenges(w: Writer, phase: Phase) -> dict[str, Any]:
    found = w.guide.in_phase(phase, Challenge)
    main = [challenge for challenge in found if challenge.phases[0] == phase.id]
    others = [challenge for challenge in found if challenge not in main]
    blocks = [w.references(*((c, c.summary, "") for c in main))] if main else []
    if others:
        blocks.append(w.named("Kan också visa sig nu:", others))
    return section("Utmaningar att räkna med", *blocks)


def _gate(w: Writer, phase: Phase) -> dict[str, Any]:
    items = [{"text": statement.text, "link": w.link(principle)} for principle, statement in w.guide.gate(phase)]
    return {"block": "gate", "items": items}
