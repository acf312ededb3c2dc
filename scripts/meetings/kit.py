"""A meeting kit: what a practice's meetings need, put together from the records.

The agenda's minutes and times are added up from the steps; a step without minutes is work before a meeting, or after the last.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..guide.addresses import address
from ..guide.effort import attending
from ..guide.guide import Guide
from ..guide.model import UNNAMED, Message, Phase, Practice, Role, Settings, Side, Step, Worksheet
from ..guide.model import Meeting as StandingRecord
from ..guide.parties import SIDES
from ..guide.wording import duration, told_under
from ..worksheets.form import Form, resolve

LONG = 100  # minutes; a longer meeting needs a break


@dataclass(frozen=True)
class Point:
    """A point of an agenda. ``start`` is minutes from the meeting's beginning."""

    start: int
    minutes: int
    who: Side
    name: str
    do: str
    result: str

    @property
    def clock(self) -> str:
        """From when to when, in hours and minutes: 0.00–0.15."""
        return "–".join(f"{time // 60}.{time % 60:02}" for time in (self.start, self.start + self.minutes))

    @property
    def leads(self) -> str:
        return dict(SIDES)[self.who]

    @property
    def together(self) -> bool:
        return self.who == "båda"


@dataclass(frozen=True)
class Meeting:
    """A meeting of a practice, with the work before and after it."""

    practice: Practice
    name: str
    points: tuple[Point, ...]
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    first: bool  # of the practice's meetings

    @property
    def title(self) -> str:
        return self.practice.title if self.name == UNNAMED else f"{self.practice.title}: {self.name}"

    @property
    def purpose(self) -> str:
        return self.practice.summary

    @property
    def minutes(self) -> int:
        return sum(point.minutes for point in self.points)

    @property
    def length(self) -> str:
        return _booked(self.minutes)


@dataclass(frozen=True)
class Standing:
    """A meeting that goes on all through the contract, as far as a call to it says."""

    title: str
    purpose: str
    points: tuple[Point, ...]
    minutes: int

    @property
    def length(self) -> str:
        return _booked(self.minutes)

    @classmethod
    def of(cls, meeting: StandingRecord) -> Standing:
        starts = itertools.accumulate((point.minutes for point in meeting.agenda), initial=0)
        points = tuple(
            Point(start, point.minutes, "båda", point.point, "", "")
            for start, point in zip(starts, meeting.agenda, strict=False)
        )
        return cls(meeting.title, meeting.summary, points, meeting.minutes)


def _booked(minutes: int) -> str:
    """What to book, and the break that is not among the minutes."""
    pause = ". Lägg till tio minuters paus ungefär halvvägs" if minutes > LONG else ""
    return duration(minutes) + pause


@dataclass(frozen=True)
class Kit:
    """The meetings of a practice, or of a phase's practices, and the sheets that are filled in at them, each once."""

    kind: type[Practice] | type[Phase]  # what the kit belongs to, and that record's id
    record: str
    id: str
    title: str
    summary: str
    address: str  # of the page it belongs to
    settings: Settings
    meetings: tuple[Meeting, ...]
    forms: tuple[Form, ...]
    log: Form | None

    @property
    def sheets(self) -> tuple[Form, ...]:
        """Every form in the kit, the decision log last."""
        return (*self.forms, *([self.log] if self.log else ()))

    @property
    def messages(self) -> tuple[Message, ...]:
        """The texts to send that belong to the forms."""
        return tuple(message for form in self.sheets for message in form.sheet.messages)


def kits(guide: Guide) -> tuple[Kit, ...]:
    """A kit for each practice that has a meeting, and one for each phase that has such a practice at home in it.

    ``guide`` is plain, as :func:`scripts.guide.plain.plain_guide` makes it.
    """
    forms = {sheet.id: resolve(guide, sheet) for sheet in guide.all(Worksheet)}
    return tuple(itertools.chain(_of_practices(guide, forms), _of_phases(guide, forms)))


def _of_practices(guide: Guide, forms: Mapping[str, Form]) -> Iterator[Kit]:
    for practice in guide.all(Practice):
        if practice.agendas:
            yield _kit(guide.settings, forms, practice, (practice,))


def _of_phases(guide: Guide, forms: Mapping[str, Form]) -> Iterator[Kit]:
    for phase in guide.all(Phase):
        at_home = tuple(practice for practice in guide.at_home(phase, Practice) if practice.agendas)
        if at_home:
            yield _kit(guide.settings, forms, phase, at_home)


def _kit(settings: Settings, forms: Mapping[str, Form], record: Practice | Phase, practices: Sequence[Practice]) -> Kit:
    log = settings.decision_log
    wanted = dict.fromkeys(sheet for practice in practices for sheet in practice.worksheets if sheet != log)
    return Kit(
        kind=Practice if isinstance(record, Practice) else Phase,
        record=record.id,
        id=f"mote-{record.id}" if isinstance(record, Practice) else f"moten-{record.id}",
        title=record.title,
        summary=record.summary,
        address=address(settings.address, record),
        settings=settings,
        meetings=tuple(meeting for practice in practices for meeting in meetings(practice)),
        forms=tuple(forms[sheet] for sheet in wanted if sheet in forms),
        log=forms.get(log or ""),
    )


def meetings(practice: Practice) -> Iterator[Meeting]:
    """The practice's meetings in order, with the work that stands before each in the practice's steps."""
    last = len(practice.agendas) - 1
    for number, (name, steps) in enumerate(practice.agendas.items()):
        starts = itertools.accumulate((step.minutes or 0 for step in steps), initial=0)
        yield Meeting(
            practice=practice,
            name=name,
            points=tuple(
                Point(start, step.minutes or 0, step.who, step.name, told_under(step.name, step.do), step.result)
                for start, step in zip(starts, steps, strict=False)
            ),
            before=_between(practice, number - 1, number),
            after=_between(practice, last, None) if number == last else (),
            first=number == 0,
        )


def _between(practice: Practice, earlier: int, later: int | None) -> tuple[Step, ...]:
    """Steps outside meetings, from the first step of one meeting to the first of the next; -1 and None mean the ends."""
    firsts = [practice.steps.index(steps[0]) for steps in practice.agendas.values()]
    start = firsts[earlier] if earlier >= 0 else 0
    end = firsts[later] if later is not None else len(practice.steps)
    return tuple(step for step in practice.steps[start:end] if not step.minutes)


def invited(guide: Guide, meeting: Meeting) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Who is called to it, by party: «Från beställaren» and the titles of the roles."""
    held = next(gathering for gathering in meeting.practice.meetings if gathering.name == meeting.name)
    yield from by_party(attending(guide, meeting.practice, held))


def by_party(roles: Sequence[Role]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for side, label in (("beställare", "Från beställaren"), ("utförare", "Från utföraren"), ("båda", "Dessutom")):
        titles = tuple(role.title for role in roles if role.side == side)
        if titles:
            yield label, titles
