"""What happens in a contract and when, as rules from the records: counted from the contract's own days."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Literal

from ..guide.addresses import page_of, path_of
from ..guide.guide import Guide
from ..guide.model import Event as ContractEvent
from ..guide.model import Moment, Occasion, Phase, Practice, Record, Worksheet

PHASE, DAY, MEETING, TASK = "Fas", "Avtalsdag", "Möte", "Att göra"
Scope = Literal["allt", "grund", "litet"]  # how much of the guide is put in the calendar


@dataclasses.dataclass(frozen=True)
class Page:
    """A page of the site: what it is called and its address from the site's root."""

    title: str
    path: str


@dataclasses.dataclass(frozen=True)
class Rule:
    """What is put in the calendar, and when. ``every`` is months between times, 0 for once; 0 minutes for no meeting."""

    id: str
    kind: str
    title: str
    counted_from: ContractEvent
    months: int
    weeks: int
    every: int
    minutes: int
    about: Page
    worksheet: Page
    ground: bool = True  # one of the practices to begin with, or the contract's own
    small: int | None = None  # ``every`` in a small contract; None where it leaves this out

    @property
    def stays(self) -> bool:
        """A day that the contract gives is not moved."""
        return self.kind in (PHASE, DAY)

    @property
    def is_before(self) -> bool:
        """Done before the day it is counted from, or halfway at the latest: moved to an earlier day and not to a later."""
        return self.counted_from == "halvtid" or (self.months or self.weeks) < 0

    @property
    def is_series(self) -> bool:
        """A meeting every month is held on the same weekday, so that it is one entry in a calendar."""
        return self.kind == MEETING and self.every == 1


def rules(guide: Guide) -> tuple[Rule, ...]:
    """Everything in the guide that has a time in the contract: phases first, then practices in order."""
    phases = (_phase(phase, phase.calendar) for phase in guide.all(Phase) if phase.calendar)
    practices = (
        _occasion(guide, practice, occasion) for practice in _in_order(guide) for occasion in practice.calendar
    )
    return (*phases, *practices)


def _in_order(guide: Guide) -> Iterator[Practice]:
    for phase in guide.all(Phase):
        yield from guide.at_home(phase, Practice)


def _phase(phase: Phase, moment: Moment) -> Rule:
    page = _page(phase)
    return Rule(
        f"fas.{phase.id}", PHASE, f"{phase.short} börjar", moment.counted_from, moment.months, moment.weeks, 0, 0,
        Page(phase.title, page), Page("Fasens arbetsblad", f"{page}#arbetsblad"), small=0,
    )  # fmt: skip


def _occasion(guide: Guide, practice: Practice, occasion: Occasion) -> Rule:
    sheet = guide.get(Worksheet, occasion.worksheet or practice.worksheets[0])
    minutes = practice.minutes_of(occasion.meeting)
    kind = DAY if occasion.is_contracts_own else MEETING if minutes else TASK
    return Rule(
        f"{practice.id}.{occasion.id}", kind, occasion.title, occasion.counted_from, occasion.months, occasion.weeks,
        occasion.every or 0, minutes, Page(practice.title, _page(practice)),
        Page(sheet.title, _page(sheet)), kind == DAY or practice.level == "grund", _small(practice, occasion, kind),
    )  # fmt: skip


def _small(practice: Practice, occasion: Occasion, kind: str) -> int | None:
    """What comes back comes back as often as the small contract does it; a day that the contract gives is always there."""
    asked = practice.small_contract
    if kind == DAY:
        return 0
    if asked.choice == "avstå":
        return None
    return round(12 / asked.per_year) if occasion.every and asked.per_year else 0


def within(rule: Rule, scope: Scope) -> Rule | None:
    """The rule as it is kept in that much of the guide; None where it is left out."""
    match scope:
        case "allt":
            return rule
        case "grund":
            return rule if rule.ground else None
        case "litet":
            # The practice says what it takes in a small contract, all in all: no length of the meeting is known.
            return None if rule.small is None else dataclasses.replace(rule, every=rule.small, minutes=0)


def _page(record: Record) -> str:
    return path_of(page_of(record)[0])
