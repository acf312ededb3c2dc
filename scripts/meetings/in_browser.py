"""What calling and holding a meeting from its page needs: the call, the points with their minutes, the leader's notes, the sheets.

A classic script for each meeting, as for the worksheets. ``docs/assets/call.js`` and ``meet.js`` work with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..guide.addresses import ASSETS, address, page_of, path_of
from ..guide.guide import Guide
from ..guide.model import UNNAMED, Meeting, Practice, Record, Worksheet
from ..guide.parties import SIDES
from ..guide.plain import plain_guide
from ..guide.script import script
from ..guide.wording import paragraphs
from ..worksheets.in_browser import fillable
from .invitation import Call, pattern
from .kit import meetings

FOLDER = f"{ASSETS}/meet"


def files(guide: Guide) -> Iterator[tuple[str, str]]:
    """Path → script, for each practice that has a meeting and each meeting that goes on."""
    said = plain_guide(guide)
    for practice in said.all(Practice):
        if practice.agendas:
            yield _file(practice, _of_practice(said, practice))
    for meeting in said.all(Meeting):
        yield _file(meeting, _of_meeting(said, meeting))


def _file(record: Record, told: dict[str, Any]) -> tuple[str, str]:
    name = f"{record.folder}/{record.id}"
    return f"{FOLDER}/{name}.js", script("guideMeetings", told, name)


def _of_practice(guide: Guide, practice: Practice) -> dict[str, Any]:
    names = dict(SIDES)
    sessions = [
        {
            "name": "" if meeting.name == UNNAMED else meeting.name,
            "points": [
                {"minutes": p.minutes, "name": p.name, "do": p.do, "who": names[p.who], "result": p.result}
                for p in meeting.points
            ],
            "call": pattern(Call.to(guide, meeting)),
        }
        for meeting in meetings(practice)
    ]
    notes = [
        {"title": "Fallgropar", "lines": list(practice.pitfalls)},
        {"title": "Om den andra parten inte vill", "lines": list(paragraphs(practice.if_refused))},
    ]
    return _told(guide, practice, sessions, notes, practice.worksheets)


def _of_meeting(guide: Guide, meeting: Meeting) -> dict[str, Any]:
    points = [{"minutes": p.minutes, "name": p.point, "do": "", "who": "", "result": ""} for p in meeting.agenda]
    call = pattern(Call.to_standing(guide, meeting))
    notes = [
        {"title": "Mötet får besluta", "lines": [*meeting.decides, meeting.level]},
        {"title": "Mötet beslutar aldrig", "lines": list(meeting.never_decides)},
        {"title": "Dit går det som inte avgörs", "lines": [meeting.onward_how]},
    ]
    return _told(guide, meeting, [{"name": "", "points": points, "call": call}], notes, meeting.worksheets)


def _told(
    guide: Guide, record: Record, sessions: list[dict[str, Any]], notes: list[dict[str, Any]], sheets: Iterable[str]
) -> dict[str, Any]:
    return {
        "title": record.title,
        "page": address(guide.settings.address, record),
        "sessions": sessions,
        "notes": notes,
        "sheets": [
            {"title": sheet.title, "page": path_of(page_of(sheet)[0])}
            for sheet in guide.pick(Worksheet, tuple(sheets))
            if fillable(sheet)
        ],
        "minutes": guide.settings.minutes_sheet,
        "log": guide.settings.decision_log,
    }
