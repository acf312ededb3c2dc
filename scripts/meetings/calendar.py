"""A contract's days as a calendar file, and what the page's own calculation needs to make the same of the reader's contract."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
from collections.abc import Iterator
from typing import Any

import icalendar

from ..files.catalogue import Artifact
from ..guide.guide import Guide
from ..guide.model import Settings
from ..guide.wording import duration
from . import holidays
from .days import Event, add_months, contract_of, nth, plan
from .rules import MEETING, PHASE, Rule, rules, within

ABOUT = (
    "Dagarna är räknade från avtalets datum och är ett förslag att börja från. Möten ligger på vardagar, högst ett om dagen, och "
    "inte i juli (utom i ny trafik) eller mellan jul och nyår. Ändras avtalets datum räknar ni om och byter ut kalendern."
)
_DAY_LONG = datetime.timedelta(days=1)
_WEEK = datetime.timedelta(weeks=1)
_EXAMPLES_HOUR = "09:00"  # when the fictitious contract's meetings begin, to show how long they are


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
    hour: str
    settings: Settings

    @classmethod
    def of(cls, guide: Guide) -> Planned:
        example = guide.settings.example_contract
        name = f"EXEMPEL – påhittat avtal: {example.title}"
        return cls(plan(guide, contract_of(example)), name, "EXEMPEL", _EXAMPLES_HOUR, guide.settings)


def render(planned: Planned) -> bytes:
    """The calendar file."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", _program(planned.settings))
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", planned.name)
    calendar.add("x-wr-caldesc", f"{planned.name}. {ABOUT}")
    for events in together(planned.events):
        calendar.add_component(_entry(planned, events))
    content: bytes = calendar.to_ical()
    return content


def together(events: tuple[Event, ...]) -> list[list[Event]]:
    """The events of each entry in the calendar: a series is one, and everything else one by one."""
    entries: dict[str, list[Event]] = {}
    for event in events:
        entries.setdefault(identity(event), []).append(event)
    return list(entries.values())


def identity(event: Event) -> str:
    return f"{event.rule.id}.{'serie' if event.by_day else event.number}"


def _entry(planned: Planned, events: list[Event]) -> icalendar.Event:
    """A meeting as long as it is, where that is known, and everything else the whole day, which is left free."""
    settings, mark, (first, *_) = planned.settings, planned.mark, events
    rule = first.rule
    entry = icalendar.Event()
    host = re.sub(r"^https?://|/.*$", "", settings.address)
    entry.add("uid", f"{_slug(mark)}.{identity(first)}@{host}")
    edition = datetime.datetime.combine(settings.date, datetime.time(), datetime.UTC)
    entry.add("dtstamp", edition)
    entry.add("last-modified", edition)
    entry.add("sequence", sequence(settings))
    _when(entry, events, planned.hour)
    entry.add("summary", f"{mark}: {rule.title}")
    entry.add("description", _description(settings.address, rule))
    entry.add("url", settings.address + rule.about.path)
    entry.add("categories", [rule.kind])
    entry.add("transp", "OPAQUE" if rule.minutes else "TRANSPARENT")
    if rule.kind == MEETING:
        entry.add_component(_alarm(rule.title))
    return entry


def _when(entry: icalendar.Event, events: list[Event], hour: str) -> None:
    """Begin and end, by the clock of the place where the calendar is read; for a series, its rule and the months without."""
    rule, days = events[0].rule, [event.date for event in events]

    def begins(day: datetime.date) -> datetime.date:
        return datetime.datetime.combine(day, datetime.time.fromisoformat(hour)) if rule.minutes else day

    entry.add("dtstart", begins(days[0]))
    entry.add("dtend", begins(days[0]) + (datetime.timedelta(minutes=rule.minutes) if rule.minutes else _DAY_LONG))
    if by_day := events[0].by_day:
        entry.add("rrule", {"freq": "MONTHLY", "byday": by_day, "until": begins(days[-1])})
        for day in without(days, by_day):
            entry.add("exdate", begins(day))


def without(days: list[datetime.date], by_day: str) -> list[datetime.date]:
    """The days of a series, from its first to its last, when it is not held."""
    count = (days[-1].year - days[0].year) * 12 + days[-1].month - days[0].month
    months = (add_months(days[0].replace(day=1), number) for number in range(count))
    return [day for day in (nth(month, by_day) for month in months) if day not in days]


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
    pages = (("Fas" if rule.kind == PHASE else "Arbetssätt", rule.about), ("Arbetsblad", rule.worksheet))
    lines = [f"{label}: {page.title}\n{address}{page.path}" for label, page in pages]
    return "\n".join([f"Tid: {duration(rule.minutes)}"] * bool(rule.minutes) + lines)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "avtal"


def _program(settings: Settings) -> str:
    return f"-//{settings.publisher}//{settings.short_title} {settings.version}//SV"


def _brief(settings: Settings, rule: Rule) -> dict[str, Any] | None:
    """What is otherwise with the rule in a small contract."""
    small = within(rule, "litet")
    if small is None:
        return None
    return {"every": small.every, "minutes": small.minutes, "description": _description(settings.address, small)}


def data(guide: Guide) -> dict[str, Any]:
    """What the page's own calculation needs: the rules, and what a calendar file says of itself."""
    settings = guide.settings
    return {
        "rules": [
            dataclasses.asdict(rule)
            | {
                "stays": rule.stays,
                "isBefore": rule.is_before,
                "description": _description(settings.address, rule),
                "small": _brief(settings, rule),
            }
            for rule in rules(guide)
        ],
        "address": settings.address,
        "prodid": _program(settings),
        "sequence": sequence(settings),
        "holidays": holidays.data(),
        "about": ABOUT,
    }
