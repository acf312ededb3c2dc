"""When what happens in a contract: rules from the records, days from the contract, and both as a calendar file.

``docs/assets/calendar.js`` does the same in the reader's browser, with the same rules and the reader's own contract;
a test holds the two together.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
from calendar import monthrange
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Literal

import icalendar

from ..files.catalogue import Artifact
from ..guide.addresses import page_of, path_of
from ..guide.guide import Guide
from ..guide.model import Event as ContractEvent
from ..guide.model import ExampleContract, Moment, Occasion, Phase, Practice, Record, Settings, Worksheet
from ..guide.wording import duration

ABOUT = (
    "Dagarna är räknade från avtalets datum och är ett förslag att börja från. Möten är flyttade från helger men inte från "
    "helgdagar. Kalendern uppdaterar inte sig själv: ändras avtalets datum räknar ni om och byter ut kalendern."
)
_PHASE, _DAY, _MEETING, _TASK = "Fas", "Avtalsdag", "Möte", "Att göra"
Scope = Literal["allt", "grund", "litet"]  # how much of the guide is put in the calendar
_WEEK = datetime.timedelta(weeks=1)
_DAY_LONG = datetime.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class Contract:
    """What the days are counted from. ``ends`` is the last day of traffic, ``options`` the last days to decide."""

    name: str
    signed: datetime.date
    starts: datetime.date
    ends: datetime.date
    options: tuple[datetime.date, ...] = ()


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
        """A day that the contract gives is not moved from a weekend."""
        return self.kind in (_PHASE, _DAY)


@dataclasses.dataclass(frozen=True)
class Event:
    """One day in the plan. ``number`` tells the times of a rule apart, from 1."""

    rule: Rule
    number: int
    date: datetime.date


# ---------------------------------------------------------------- rules


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
        f"fas.{phase.id}", _PHASE, f"{phase.short} börjar", moment.counted_from, moment.months, moment.weeks, 0, 0,
        Page(phase.title, page), Page("Fasens arbetsblad", f"{page}#arbetsblad"), small=0,
    )  # fmt: skip


def _occasion(guide: Guide, practice: Practice, occasion: Occasion) -> Rule:
    sheet = guide.get(Worksheet, occasion.worksheet or practice.worksheets[0])
    minutes = practice.minutes_of(occasion.meeting)
    kind = _DAY if occasion.is_contracts_own else _MEETING if minutes else _TASK
    return Rule(
        f"{practice.id}.{occasion.id}", kind, occasion.title, occasion.counted_from, occasion.months, occasion.weeks,
        occasion.every or 0, minutes, Page(practice.title, _page(practice)),
        Page(sheet.title, _page(sheet)), kind == _DAY or practice.level == "grund", _small(practice, occasion, kind),
    )  # fmt: skip


def _small(practice: Practice, occasion: Occasion, kind: str) -> int | None:
    """What comes back comes back as often as the small contract does it; a day that the contract gives is always there."""
    asked = practice.small_contract
    if kind == _DAY:
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


# ---------------------------------------------------------------- days


def plan(guide: Guide, contract: Contract, scope: Scope = "allt") -> tuple[Event, ...]:
    """Every event of the contract, by day."""
    kept = (within(rule, scope) for rule in rules(guide))
    found = [event for rule in kept if rule for event in _events(rule, contract)]
    started = [event for event in found if event.rule.kind == _PHASE]
    skipped = {event for event, later in pairwise(started) if event.date >= later.date}
    return tuple(sorted((event for event in found if event not in skipped), key=lambda event: event.date))


def _events(rule: Rule, contract: Contract) -> Iterator[Event]:
    """The rule's days. What is counted backwards never comes before the signing, or before traffic when from its end."""
    from_end = rule.counted_from in ("optionsbesked", "avtalsslut")
    first = contract.starts if from_end else contract.signed
    number = 0
    for origin in _days_of(contract)[rule.counted_from]:
        times = 0
        while times == 0 or rule.every:
            date = add_months(origin, rule.months + times * rule.every) + rule.weeks * _WEEK
            if date > contract.ends and not (from_end and times == 0):
                break
            times, number = times + 1, number + 1
            date = max(date, first)
            yield Event(rule, number, date if rule.stays else working_day(date))


def _days_of(contract: Contract) -> dict[ContractEvent, tuple[datetime.date, ...]]:
    return {
        "signering": (contract.signed,),
        "trafikstart": (contract.starts,),
        "första årsskiftet": (datetime.date(contract.starts.year, 12, 31),),
        "halvtid": (_halfway(contract),),
        "optionsbesked": contract.options,
        "avtalsslut": (contract.ends,),
    }


def _halfway(contract: Contract) -> datetime.date:
    """Half of the traffic, but two years before an option is decided, or half of the way there where that is short."""
    half = _between(contract.starts, contract.ends)
    for option in contract.options[:1]:
        half = min(half, max(add_months(option, -24), _between(contract.starts, option)))
    return half


def _between(start: datetime.date, end: datetime.date) -> datetime.date:
    return start + datetime.timedelta(days=(end - start).days // 2)


def add_months(date: datetime.date, months: int) -> datetime.date:
    """The same day of another month, or that month's last day where it has no such day."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(date.day, monthrange(year, month + 1)[1]))


def working_day(date: datetime.date) -> datetime.date:
    """Saturday becomes Friday and Sunday becomes Monday."""
    return date + {5: -_DAY_LONG, 6: _DAY_LONG}.get(date.weekday(), 0 * _DAY_LONG)


# ---------------------------------------------------------------- the file


def artifacts(guide: Guide) -> Iterator[Artifact]:
    """The fictitious contract's calendar. Nothing, where no record is in the calendar."""
    if rules(guide):
        argued = functools.partial(Planned.of, guide)
        yield Artifact(
            guide.settings.calendar or "kalender",
            "ics",
            "Exempelavtalets kalender (ics)",
            render,
            argued,
            None,
            "calendar",
        )


@dataclasses.dataclass(frozen=True)
class Planned:
    """What a calendar file holds, and what it says of itself. ``mark`` begins the title of each event."""

    events: tuple[Event, ...]
    name: str
    mark: str
    settings: Settings

    @classmethod
    def of(cls, guide: Guide) -> Planned:
        example = guide.settings.example_contract
        name = f"EXEMPEL – påhittat avtal: {example.title}"
        return cls(plan(guide, contract_of(example)), name, "EXEMPEL", guide.settings)


def contract_of(example: ExampleContract) -> Contract:
    options = (example.option,) if example.option else ()
    return Contract(example.title, example.signed, example.starts, example.ends, options)


def render(planned: Planned) -> bytes:
    """The calendar file."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", _program(planned.settings))
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", planned.name)
    calendar.add("x-wr-caldesc", f"{planned.name}. {ABOUT}")
    for event in planned.events:
        calendar.add_component(_entry(planned, event))
    content: bytes = calendar.to_ical()
    return content


def _entry(planned: Planned, event: Event) -> icalendar.Event:
    """An event the whole day, which leaves the day free: what hour the meeting is held is the parties' to decide."""
    settings, mark, rule = planned.settings, planned.mark, event.rule
    entry = icalendar.Event()
    host = re.sub(r"^https?://|/.*$", "", settings.address)
    entry.add("uid", f"{_slug(mark)}.{rule.id}.{event.number}@{host}")
    edition = datetime.datetime.combine(settings.date, datetime.time(), datetime.UTC)
    entry.add("dtstamp", edition)
    entry.add("last-modified", edition)
    entry.add("sequence", sequence(settings))
    entry.add("dtstart", event.date)
    entry.add("dtend", event.date + _DAY_LONG)
    entry.add("summary", f"{mark}: {rule.title}")
    entry.add("description", _description(settings.address, rule))
    entry.add("url", settings.address + rule.about.path)
    entry.add("categories", [rule.kind])
    entry.add("transp", "TRANSPARENT")
    if rule.kind == _MEETING:
        entry.add_component(_alarm(rule.title))
    return entry


def sequence(settings: Settings) -> int:
    """Which version of an event a calendar has: a later edition's takes an earlier one's place."""
    major, minor, *_ = map(int, settings.version.split("."))
    return major * 100 + minor


def _alarm(title: str) -> icalendar.Alarm:
    """A reminder a week before, in time for what is prepared."""
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -_WEEK)
    alarm.add("description", title)
    return alarm


def _description(address: str, rule: Rule) -> str:
    pages = (("Fas" if rule.kind == _PHASE else "Arbetssätt", rule.about), ("Arbetsblad", rule.worksheet))
    lines = [f"{label}: {page.title}\n{address}{page.path}" for label, page in pages]
    return "\n".join([f"Tid: {duration(rule.minutes)}"] * bool(rule.minutes) + lines)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "avtal"


def _program(settings: Settings) -> str:
    return f"-//{settings.publisher}//{settings.short_title} {settings.version}//SV"


def _brief(settings: Settings, rule: Rule) -> dict[str, Any] | None:
    """What is otherwise with the rule in a small contract."""
    small = within(rule, "litet")
    return None if small is None else {"every": small.every, "description": _description(settings.address, small)}


def data(guide: Guide) -> dict[str, Any]:
    """What the page's own calculation needs: the rules, and what a calendar file says of itself."""
    settings = guide.settings
    return {
        "rules": [
            dataclasses.asdict(rule)
            | {
                "stays": rule.stays,
                "description": _description(settings.address, rule),
                "small": _brief(settings, rule),
            }
            for rule in rules(guide)
        ],
        "address": settings.address,
        "prodid": _program(settings),
        "sequence": sequence(settings),
        "about": ABOUT,
    }
