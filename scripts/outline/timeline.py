"""A phase in time: what happens in it and when, in the contract's own months."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..guide.guide import Guide
from ..guide.model import Phase, Practice
from ..guide.wording import every
from ..meetings.days import Contract, Event, contract_of, plan
from ..meetings.rules import Rule
from .blocks import Dated, Timeline, To

_DAYS_OF = {
    "signering": "signeringen",
    "trafikstart": "trafikstart",
    "första årsskiftet": "första årsskiftet",
    "halvtid": "halvtid",
    "optionsbesked": "beskedet om optionen",
    "avtalsslut": "sista trafikdagen",
}
_WEEKS = 10 * 7  # days that are told in weeks; what is further away is told in months
_MONTH = 30.4
_YEAR = 365.25
_SMALL_NUMBERS = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def timeline(guide: Guide, phase: Phase) -> Iterator[Timeline]:
    """What happens from the phase's first day to the next phase's; nothing where no time is known.

    The days are the fictitious contract's. What is told of them holds for any contract.
    """
    contract = contract_of(guide.settings.example_contract)
    events = plan(guide, contract)
    found = _days_of_phase(guide, phase, contract, events)
    if not found:
        return
    first, last = found
    rules: dict[str, list[Event]] = {}
    for event in events:
        if not event.rule.id.startswith("fas.") and first <= event.date <= last:
            rules.setdefault(event.rule.id, []).append(event)
    if rules:
        entries = tuple(_dated(guide, found, first, (last - first).days) for found in rules.values())
        yield Timeline(entries, (f"{first:%Y-%m}", f"{last:%Y-%m}"))


def years_of(guide: Guide, phase: Phase) -> float:
    """How long the phase is in the fictitious contract; 0 where that is not known."""
    contract = contract_of(guide.settings.example_contract)
    found = _days_of_phase(guide, phase, contract, plan(guide, contract))
    return (min(found[1], contract.ends) - found[0]).days / _YEAR if found else 0


def _days_of_phase(
    guide: Guide, phase: Phase, contract: Contract, events: Iterable[Event]
) -> tuple[datetime.date, datetime.date] | None:
    begins = {event.rule.id.removeprefix("fas."): event.date for event in events if event.rule.id.startswith("fas.")}
    return (begins[phase.id], _ends(guide, phase, begins, contract)) if phase.id in begins else None


def _ends(guide: Guide, phase: Phase, begins: dict[str, datetime.date], contract: Contract) -> datetime.date:
    """The day before the next phase begins. The last one ends with the traffic, and what is done just after it."""
    later = [begins[p.id] for p in guide.all(Phase) if p.order > phase.order and p.id in begins]
    return min(later) - datetime.timedelta(days=1) if later else contract.ends + datetime.timedelta(days=60)


def _dated(guide: Guide, events: list[Event], first: datetime.date, span: int) -> Dated:
    """What comes back, and has begun before the phase, is told by how often alone."""
    rule, number = events[0].rule, events[0].number
    practice = guide.get(Practice, rule.id.split(".")[0])
    marks = tuple(round((event.date - first).days / span, 4) for event in events)
    often = every(rule.every) if rule.every else ""
    goes_on = bool(often) and number > 1
    minutes = f"{rule.minutes} minuter" if rule.minutes else ""
    again = f"sedan {often}" if often and not goes_on and len(events) > 1 else ""
    return Dated(often.capitalize() if goes_on else when(rule), To(practice, rule.title), again, minutes, marks)


def when(rule: Rule) -> str:
    """How long before or after a day of the contract: «Sex veckor före trafikstart»."""
    days = rule.months * _MONTH + rule.weeks * 7
    origin = _DAYS_OF[rule.counted_from]
    if abs(days) < 4:
        return f"Vid {origin}" if rule.counted_from != "avtalsslut" else "Sista trafikdagen"
    size, one, many = (
        (abs(days) / 7, "vecka", "veckor") if abs(days) <= _WEEKS else (abs(days) / _MONTH, "månad", "månader")
    )
    count = round(size)
    if many == "månader" and count % 12 == 0:
        count, one, many = count // 12, "år", "år"
    said = _SMALL_NUMBERS[count - 1] if count <= len(_SMALL_NUMBERS) else str(count)
    return f"{said.capitalize()} {one if count == 1 else many} {'efter' if days > 0 else 'före'} {origin}"
