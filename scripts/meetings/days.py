"""Which days a contract's calendar has. ``docs/assets/calendar.js`` works them out for the reader's own contract, with the same
rules; a test holds the two together.

A meeting is put where people can come: on a working day, not in July or between Christmas and New Year, and never two on a day.
"""

from __future__ import annotations

import dataclasses
import datetime
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, product

from ..guide.guide import Guide
from ..guide.model import Event as ContractEvent
from ..guide.model import ExampleContract
from .holidays import is_holiday
from .rules import MEETING, PHASE, Rule, Scope, rules, within

_WEEK = datetime.timedelta(weeks=1)
_DAY = datetime.timedelta(days=1)
_NEW_TRAFFIC = 3  # months from the start of traffic when the parties meet in July too
_WEEKDAYS = {"TU": 1, "WE": 2}  # the second and third Tuesday and Wednesday of a month are never a holiday in Sweden


@dataclasses.dataclass(frozen=True)
class Contract:
    """What the days are counted from. ``ends`` is the last day of traffic, ``options`` the last days to decide."""

    name: str
    signed: datetime.date
    starts: datetime.date
    ends: datetime.date
    options: tuple[datetime.date, ...] = ()


@dataclasses.dataclass(frozen=True)
class Event:
    """One day in the plan. ``number`` tells the times of a rule apart, from 1. ``by_day`` is a series' day: «2TU», as in iCalendar."""

    rule: Rule
    number: int
    date: datetime.date
    by_day: str = ""


def plan(guide: Guide, contract: Contract, scope: Scope = "allt") -> tuple[Event, ...]:
    """Every event of the contract, by day."""
    kept = (within(rule, scope) for rule in rules(guide))
    wanted = [event for rule in kept if rule for event in _wanted(rule, contract)]
    started = [event for event in wanted if event.rule.kind == PHASE]
    skipped = {event for event, later in pairwise(started) if event.date >= later.date}
    placed = _placed([event for event in wanted if event not in skipped], contract)
    return tuple(sorted(placed, key=lambda event: event.date))


def contract_of(example: ExampleContract) -> Contract:
    options = (example.option,) if example.option else ()
    return Contract(example.title, example.signed, example.starts, example.ends, options)


# ---------------------------------------------------------------- the days that the rules give


def _wanted(rule: Rule, contract: Contract) -> Iterator[Event]:
    """The rule's days. What is counted backwards never comes before the signing, or before traffic when from its end."""
    first = _first(rule, contract)
    number = 0
    for origin in _days_of(contract)[rule.counted_from]:
        times = 0
        while times == 0 or rule.every:
            date = add_months(origin, rule.months + times * rule.every) + rule.weeks * _WEEK
            if date > contract.ends and not (_from_end(rule) and times == 0):
                break
            times, number = times + 1, number + 1
            yield Event(rule, number, max(date, first))


def _from_end(rule: Rule) -> bool:
    return rule.counted_from in ("optionsbesked", "avtalsslut")


def _first(rule: Rule, contract: Contract) -> datetime.date:
    return contract.starts if _from_end(rule) else contract.signed


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


# ---------------------------------------------------------------- the days when people can come


def _placed(wanted: list[Event], contract: Contract) -> list[Event]:
    """The events on days that suit them. A series has the same weekday all the time, and the others make way for it."""
    placed = list(_series(wanted, contract))
    taken = {event.date for event in placed}
    for event in sorted((event for event in wanted if not event.rule.is_series), key=lambda event: event.date):
        date = event.date if event.rule.stays else _suiting(event, contract, taken)
        if event.rule.kind == MEETING:
            taken.add(date)
        placed.append(dataclasses.replace(event, date=date))
    return placed


def _series(wanted: list[Event], contract: Contract) -> Iterator[Event]:
    """The monthly meetings, each on a weekday of its own. A month when it cannot be held goes without."""
    chosen: dict[str, str] = {}
    for event in (event for event in wanted if event.rule.is_series):
        by_day = chosen.setdefault(event.rule.id, _weekday(event.date, chosen.values()))
        date = nth(event.date, by_day)
        if _first(event.rule, contract) <= date <= contract.ends and can_meet(date, contract):
            yield dataclasses.replace(event, date=date, by_day=by_day)


def _weekday(date: datetime.date, chosen: Iterable[str]) -> str:
    """The second or third Tuesday or Wednesday, near the date and not another series' while there is one to choose."""
    near = (2, 3) if date.day < 15 else (3, 2)
    free = [f"{nth}{name}" for nth, name in product(near, _WEEKDAYS)]
    return next((by_day for by_day in free if by_day not in chosen), free[0])


def nth(date: datetime.date, by_day: str) -> datetime.date:
    """The month's second or third Tuesday or Wednesday, as ``by_day`` says."""
    first = date.replace(day=1)
    ahead = (_WEEKDAYS[by_day[1:]] - first.weekday()) % 7
    return first + ahead * _DAY + (int(by_day[0]) - 1) * _WEEK


def _suiting(event: Event, contract: Contract, taken: set[datetime.date]) -> datetime.date:
    """The nearest day that suits, ahead or, for what is to be done before something, back, within what the event may span."""

    def suits(day: datetime.date) -> bool:
        return can_meet(day, contract) and day not in taken if event.rule.kind == MEETING else is_working(day)

    last = contract.ends if event.date <= contract.ends else datetime.date.max
    for step in (-_DAY, _DAY) if event.rule.is_before else (_DAY, -_DAY):
        date = _search(event.date, step, suits)
        if _first(event.rule, contract) <= date <= last:
            return date
    return event.date


def _search(date: datetime.date, step: datetime.timedelta, suits: Callable[[datetime.date], bool]) -> datetime.date:
    while not suits(date):
        date += step
    return date


def is_working(date: datetime.date) -> bool:
    return date.weekday() < 5 and not is_holiday(date)


def can_meet(date: datetime.date, contract: Contract) -> bool:
    """A working day when people are there: not in July, when traffic is not new, and not between Christmas and New Year."""
    new_traffic = contract.starts <= date < add_months(contract.starts, _NEW_TRAFFIC)
    away = (date.month == 7 and not new_traffic) or (date.month == 12 and date.day >= 23)
    return is_working(date) and not away
