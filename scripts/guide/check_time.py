"""Rules on time: meetings are held as their steps say, what comes back comes back as often everywhere, and a small contract
is asked for no more than it has.
"""

from __future__ import annotations

from collections import Counter

from . import effort
from .check_worksheets import Found
from .guide import Guide
from .model import Gathering, Meeting, Phase, Practice
from .problems import did_you_mean, listed
from .wording import every

_LONGEST = 480  # minutes of a meeting


def agenda_minutes(guide: Guide) -> Found:
    """A meeting is long enough to do something and short enough to be held."""
    for practice in guide.all(Practice):
        for name in practice.agendas:
            total = practice.minutes_of(name)
            if total > _LONGEST:
                yield (
                    practice,
                    ("steps",),
                    f"«{name}» tar {total} minuter. Dela mötet i flera (meeting) eller korta stegen.",
                )


def calendar_holds(guide: Guide) -> Found:
    """What a practice puts in the calendar has an id of its own, a meeting that is held and a worksheet."""
    for practice in guide.all(Practice):
        ids = Counter(occasion.id for occasion in practice.calendar)
        for index, occasion in enumerate(practice.calendar):
            path = ("calendar", index)
            if ids[occasion.id] > 1:
                message = f"«{occasion.id}» används mer än en gång i kalendern. Ge ett av tillfällena ett nytt id."
                yield practice, (*path, "id"), message
            if occasion.meeting and occasion.meeting not in practice.agendas:
                known = practice.agendas
                message = (
                    f"Möte: «{occasion.meeting}» är inget av arbetssättets möten. Mötena är {listed(known) or 'inga'}."
                )
                yield practice, (*path, "meeting"), message + did_you_mean(occasion.meeting, known)
            if not occasion.worksheet and not practice.worksheets:
                message = "arbetssättet har inget arbetsblad. Ange bladet som hör till tillfället under worksheet."
                yield practice, path, message


def meetings_are_the_steps_own(guide: Guide) -> Found:
    """Every meeting in the steps has its times and people under meetings, and nothing else stands there."""
    for practice in guide.all(Practice):
        held = [gathering.name for gathering in practice.meetings]
        known = list(practice.agendas)
        for index, name in enumerate(held):
            if name not in known:
                message = f"Möte: «{name}» finns inte i stegen. Stegens möten är {listed(known) or 'inga'}."
                yield practice, ("meetings", index, "name"), message + did_you_mean(name, known)
            elif name in held[:index]:
                yield practice, ("meetings", index, "name"), f"Möte: «{name}» står två gånger. Ta bort det ena."
        for name in known:
            if name not in held:
                message = f"«{name}» saknas. Lägg till mötet, med timmarna före och efter det (client och operator)."
                yield practice, ("meetings",), message


def standing_meetings_hold(guide: Guide) -> Found:
    """A practice that is a standing meeting takes as long as the meeting does."""
    for practice in guide.all(Practice):
        for index, gathering in enumerate(practice.meetings):
            meeting = guide.records[Meeting.folder].get(gathering.held_as or "")
            minutes = practice.minutes_of(gathering.name)
            if isinstance(meeting, Meeting) and minutes and minutes != meeting.minutes:
                message = f"stegen tar {minutes} minuter, men mötet «{meeting.id}» {meeting.minutes}. Rätta det ena."
                yield practice, ("meetings", index, "held_as"), message
            if isinstance(meeting, Meeting) and not meeting.per_year and gathering.times == 1:
                message = f"mötet «{meeting.id}» säger inte hur ofta det hålls. Skriv antalet gånger under times."
                yield practice, ("meetings", index, "held_as"), message


def calendar_comes_as_often(guide: Guide) -> Found:
    """What comes back in the calendar comes back as often as its meeting is held."""
    for practice in guide.all(Practice):
        held = {gathering.name: gathering for gathering in practice.meetings}
        for index, occasion in enumerate(practice.calendar):
            gathering = held.get(occasion.meeting or "")
            if occasion.every and gathering and (often := _per_year(guide, gathering)) != 12 / occasion.every:
                said = f"mötet hålls {often} gånger om året" if often else "mötet återkommer inte enligt meetings"
                message = f"Upprepas: {every(occasion.every)} i kalendern, men {said}. Rätta det ena."
                yield practice, ("calendar", index, "every"), message


def _per_year(guide: Guide, gathering: Gathering) -> int:
    known = not gathering.held_as or gathering.held_as in guide.records[Meeting.folder]
    return effort.per_year(guide, gathering) if known else 0


def a_small_contract_has_the_time(guide: Guide) -> Found:
    """What comes back in a year of any phase fits the hours of a small contract; what every contract has is not counted."""
    small = guide.settings.small_contract
    if not small:
        return
    for phase in guide.all(Phase):
        asked = [
            p for p in guide.in_phase(phase, Practice) if p.id not in guide.settings.usual and p.small_contract.per_year
        ]
        _, minutes = effort.of_small(asked)
        if minutes > small.hours * 60:
            most = max(asked, key=_yearly)
            message = (
                f"små avtal får {minutes} minuter om året i fasen «{phase.id}», och högst {small.hours * 60} ryms. "
                f"Mest tar «{most.id}», {_yearly(most)} minuter. Korta det eller gör det mer sällan."
            )
            yield most, ("small_contract", "minutes"), message


def _yearly(practice: Practice) -> int:
    return practice.small_contract.minutes * (practice.small_contract.per_year or 0)


def what_is_left_out_takes_no_time(guide: Guide) -> Found:
    """Minutes and choice agree in a small contract: nothing comes back of what it leaves out."""
    for practice in guide.all(Practice):
        small = practice.small_contract
        if small.choice == "avstå" and small.per_year:
            yield (
                practice,
                ("small_contract", "per_year"),
                "den som avstår gör det inte varje år. Ta bort raden eller ändra choice.",
            )
        if small.choice != "avstå" and not small.minutes:
            yield practice, ("small_contract", "minutes"), f"den som väljer {small.choice} lägger tid. Skriv minuterna."


TIME_RULES = (
    agenda_minutes, meetings_are_the_steps_own, standing_meetings_hold, calendar_holds, calendar_comes_as_often,
    a_small_contract_has_the_time, what_is_left_out_takes_no_time,
)  # fmt: skip
