"""A meeting kit as one PDF for print; ``templates/kit.typ`` says how it looks."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..files.paper import edition, info, place
from ..files.typeset import typeset
from ..guide.guide import Guide
from ..guide.model import Practice
from ..guide.parties import SIDES
from ..guide.wording import duration, paragraphs, sentence
from ..worksheets import pdf
from ..worksheets.form import Form
from .invitation import Call
from .kit import Kit, Meeting

TEMPLATES = Path(__file__).parent / "templates"
KIND = "Mötespaket"
_COPIES = (
    "Kallelsen skickas i förväg. Skriv ut samtalsledarens stöd till den som leder mötet och ett exemplar av varje arbetsblad "
    "till vardera parten."
)
_WALL = " Väggbladen är egna filer i A3: sätt upp dem där alla ser och fyll i med tuschpenna."


@dataclass(frozen=True)
class Paper:
    """What the template is told, and the edition's date."""

    data: dict[str, Any]
    date: datetime.date

    @classmethod
    def of(cls, guide: Guide, kit: Kit, sheets: Sheets) -> Paper:
        return cls(data_of(guide, kit, sheets), kit.settings.date)


def render(paper: Paper) -> bytes:
    """The PDF file."""
    return typeset(TEMPLATES / "kit.typ", paper.data, paper.date)


class Sheets:
    """The worksheets' data for the template, worked out once though many kits hold them."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, Any]] = {}

    def of(self, form: Form) -> dict[str, Any]:
        if form.sheet.id not in self._found:
            self._found[form.sheet.id] = pdf.data(form)
        return self._found[form.sheet.id]


def data_of(guide: Guide, kit: Kit, sheets: Sheets) -> dict[str, Any]:
    """What the template needs. ``guide`` is plain, as :func:`scripts.guide.plain.plain_guide` makes it."""
    settings = kit.settings
    walls = any(pdf.wall_table(form.sheet) for form in kit.sheets)
    return {
        "info": info(settings, f"{KIND}: {kit.title}", kit.summary, KIND),
        "place": place(settings, kit.id, kit.address),
        "title": kit.title,
        "summary": kit.summary,
        "facts": list(_facts(kit)),
        "steps": list(_steps(kit)),
        "print": _COPIES + (_WALL if walls else ""),
        "ending": f"{settings.notice} {settings.title}, {edition(settings)}. {settings.publisher}. Licens: {settings.licence}.",
        "meetings": [_meeting(guide, kit, meeting) for meeting in kit.meetings],
        "sheets": [sheets.of(form) for form in kit.sheets],
    }


def _facts(kit: Kit) -> Iterator[tuple[str, str]]:
    """How long each meeting is; a kit of several practices says whose meeting it is."""
    alone = len({meeting.practice.id for meeting in kit.meetings}) == 1
    for meeting in kit.meetings:
        yield meeting.name if alone else meeting.title, sentence(duration(meeting.minutes))


def _steps(kit: Kit) -> Iterator[str]:
    """The practice's steps by name, as on its card; a phase's kit has many practices, and cards of their own."""
    if kit.kind is Practice:
        yield from (step.name for step in kit.meetings[0].practice.steps)


def _meeting(guide: Guide, kit: Kit, meeting: Meeting) -> dict[str, Any]:
    call = Call.to(guide, meeting)
    points = [
        {"clock": p.clock, "minutes": p.minutes, "leads": p.leads, "name": p.name, "do": p.do, "result": p.result}
        for p in meeting.points
    ]
    return {
        "place": place(kit.settings, meeting.practice.id, call.address),
        "title": meeting.title,
        "length": meeting.length,
        "minutes": meeting.minutes,
        "summary": meeting.practice.summary,
        "caller": call.caller,
        "points": points,
        "preparation": call.preparation,
        "invited": call.invited,
        "notes": [{"title": title, "lines": list(lines)} for title, lines in _notes(meeting) if lines],
    }


def _notes(meeting: Meeting) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the one who leads the meeting needs besides the points."""
    practice = meeting.practice
    yield "Om det går snett", practice.pitfalls
    yield "Ni är klara när", (practice.done_when,)
    if meeting.after:
        yield "Efter mötet", tuple(f"{dict(SIDES)[step.who]}: {step.do}" for step in meeting.after)
    yield "Om den andra parten inte vill", paragraphs(practice.if_refused)
    yield "I ett litet avtal", (practice.small_contract.how,)
