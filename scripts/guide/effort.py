"""What the guide's work costs in hours, at each party: added up from the meetings, who comes to them and how often.

An hour is one person's hour of work. Everything here follows from the records; no number is written twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add

from .guide import Guide
from .model import Gathering, Meeting, Phase, Practice, Role
from .parties import CLIENT, OPERATOR, PARTIES, Party


@dataclass(frozen=True)
class Hours:
    """Hours of work at each party."""

    client: float = 0
    operator: float = 0

    def __add__(self, other: Hours) -> Hours:
        return Hours(self.client + other.client, self.operator + other.operator)

    def __mul__(self, times: float) -> Hours:
        return Hours(self.client * times, self.operator * times)

    @property
    def both(self) -> float:
        return self.client + self.operator

    def of(self, party: Party) -> float:
        return self.client if party == CLIENT else self.operator


@dataclass(frozen=True)
class Cost:
    """What is done once, or a few times, in the contract, and what comes back: hours a year."""

    once: Hours = Hours()
    yearly: Hours = Hours()

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.once + other.once, self.yearly + other.yearly)

    def over(self, years: float) -> Hours:
        return self.once + self.yearly * years


def total(costs: Iterable[Cost]) -> Cost:
    return reduce(add, costs, Cost())


# ---------------------------------------------------------------- a meeting


def attending(guide: Guide, practice: Practice, gathering: Gathering) -> tuple[Role, ...]:
    """Who is called: the standing meeting's own, where it is one, or those named, or all of the practice's."""
    if gathering.held_as:
        meeting = guide.get(Meeting, gathering.held_as)
        return guide.pick(Role, (*meeting.client, *meeting.operator))
    return guide.pick(Role, gathering.participants or practice.participants)


def per_year(guide: Guide, gathering: Gathering) -> int:
    """How often it comes back; 0 where it does not."""
    standing = guide.get(Meeting, gathering.held_as).per_year if gathering.held_as else None
    return standing or gathering.per_year or 0


def each_time(guide: Guide, practice: Practice, gathering: Gathering) -> Hours:
    """The meeting for everyone who comes, and the work before and after it."""
    together = _together(attending(guide, practice, gathering), practice.minutes_of(gathering.name))
    return together + Hours(gathering.client, gathering.operator)


def _together(roles: Iterable[Role], minutes: int) -> Hours:
    """One person for each role; a role that both parties have is one person at each."""
    return reduce(add, (_hours(role, minutes / 60) for role in roles if role.employed), Hours())


def _hours(role: Role, hours: float) -> Hours:
    return Hours(*(hours if role.side in (party.side, "båda") else 0 for party in PARTIES))


# ---------------------------------------------------------------- practices, phases and roles


def of_practice(guide: Guide, practice: Practice) -> Cost:
    return total(_cost(guide, practice, gathering) for gathering in practice.meetings)


def _cost(guide: Guide, practice: Practice, gathering: Gathering) -> Cost:
    hours, often = each_time(guide, practice, gathering), per_year(guide, gathering)
    return Cost(yearly=hours * often) if often else Cost(once=hours * gathering.times)


def of_phase(guide: Guide, phase: Phase, practices: Iterable[Practice]) -> Cost:
    """Among ``practices``: what is done once stands in its home phase, what comes back in every phase that it is held in."""
    found = Cost()
    for practice in practices:
        cost = of_practice(guide, practice)
        if phase.id == practice.phases[0]:
            found += Cost(once=cost.once)
        if phase.id in practice.phases:
            found += Cost(yearly=cost.yearly)
    return found


def standing(guide: Guide, phase: Phase) -> Cost:
    """Meetings of the phase that come back and are no practice's own."""
    held = {gathering.held_as for practice in guide.all(Practice) for gathering in practice.meetings}
    found = Cost()
    for meeting in guide.all(Meeting):
        if meeting.id not in held and meeting.per_year and phase.id in {rhythm.phase for rhythm in meeting.rhythm}:
            roles = guide.pick(Role, (*meeting.client, *meeting.operator))
            found += Cost(yearly=_together(roles, meeting.minutes) * meeting.per_year)
    return found


def of_role(guide: Guide, role: Role, practice: Practice) -> tuple[float, float]:
    """One person's hours in the role, once and a year: the meetings that it comes to, and what is done around them where it
    is the one that calls or is called."""
    once = yearly = 0.0
    for gathering in practice.meetings:
        hours = 0.0
        if role in attending(guide, practice, gathering):
            hours += practice.minutes_of(gathering.name) / 60
        if role.id in (practice.caller, practice.called):
            hours += {CLIENT.side: gathering.client, OPERATOR.side: gathering.operator}.get(role.side, 0)
        often = per_year(guide, gathering)
        once, yearly = once + hours * (0 if often else gathering.times), yearly + hours * often
    return once, yearly


# ---------------------------------------------------------------- the small contract


def of_small(practices: Iterable[Practice]) -> tuple[int, int]:
    """Minutes of each party's time in a small contract, once and a year."""
    found = tuple(practice.small_contract for practice in practices)
    once = sum(small.minutes for small in found if not small.per_year)
    return once, sum(small.minutes * small.per_year for small in found if small.per_year)
