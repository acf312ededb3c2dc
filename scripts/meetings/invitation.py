"""The call to a meeting, with its agenda: as a text to paste in an e-mail and as a Word file to fill in."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ..files import wml
from ..files.word import WIDTH, About, document
from ..guide.guide import Guide
from ..guide.model import Role, Worksheet
from ..guide.parties import SIDES
from ..guide.wording import duration
from .kit import Kit, Meeting, invited

TEMPLATES = Path(__file__).parent / "templates"
_MATTERS = (("dag", "Dag och tid"), ("plats", "Plats"), ("kallar", "Den som kallar, och telefon"))
_WRITE = "Skriv här"
_HEADINGS = ("Vad mötet är till för", "När mötet är slut finns", "Dagordning", "Förbered", "Kallade", "Arbetsblad")


def said(guide: Guide, meeting: Meeting) -> dict[str, Any]:
    """What a call to the meeting says, whatever it is written in."""
    practice = meeting.practice
    sheets = guide.pick(Worksheet, practice.worksheets)
    return {
        "meeting": meeting,
        "preparation": list(preparation(meeting, sheets)),
        "invited": list(invited(guide, practice)),
        "sheets": [(sheet.title, f"{guide.settings.address}{sheet.path}/{sheet.id}/") for sheet in sheets],
        "address": f"{guide.settings.address}{practice.path}/{practice.id}/",
        "caller": guide.get(Role, practice.caller).title,
    }


def preparation(meeting: Meeting, sheets: Sequence[Worksheet]) -> Iterator[tuple[str, str]]:
    """Who does what before the meeting: the practice's own steps, in order, or else what the worksheet asks for."""
    if meeting.before:
        yield from ((dict(SIDES)[step.who], step.do) for step in meeting.before)
    elif meeting.first:
        yield from (("", line) for sheet in sheets[:1] for line in sheet.preparation)


def text(guide: Guide, meeting: Meeting) -> bytes:
    """The call as plain text that Windows, too, shows as it is."""
    return _template().render(said(guide, meeting)).replace("\n", "\r\n").encode("utf-8-sig")


@functools.cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, finalize=_line,
    )  # fmt: skip
    environment.filters["duration"] = duration
    return environment.get_template("kallelse.txt.j2")


def _line(value: object) -> str:
    """A record's text on one line."""
    return " ".join(str(value).split())


# ---------------------------------------------------------------- Word


def word(guide: Guide, kit: Kit, meeting: Meeting) -> bytes:
    """The call as a Word file, with places for day, room and who calls."""
    about = About(
        title=f"Kallelse: {meeting.title}",
        summary=meeting.practice.summary,
        kind="Kallelse",
        id=meeting.practice.id,
        address=said(guide, meeting)["address"],
        settings=kit.settings,
    )
    return document(about, _body(said(guide, meeting)))


def _body(found: dict[str, Any]) -> Iterator[str]:
    meeting: Meeting = found["meeting"]
    why, ends, agenda, prepare, called, sheets = _HEADINGS
    yield wml.paragraph("Title", wml.run(meeting.title))
    yield wml.paragraph("Subtitle", wml.run(f"Kallelse till ett möte på {meeting.length}."))
    for tag, label in _MATTERS:
        control = wml.text_control(tag, label, "", _WRITE)
        yield wml.paragraph("Guidance", wml.run(f"{label}: ", bold=True), control)
    yield _heading(why)
    yield _prose(meeting.practice.summary)
    yield _heading(ends)
    yield from map(_bullet, (point.result for point in meeting.points))
    yield _heading(f"{agenda}, {duration(meeting.minutes)}")
    yield _agenda(meeting)
    if found["preparation"]:
        yield _heading(prepare)
        for who, do in found["preparation"]:
            yield wml.paragraph("ListBullet", wml.run(f"{who}: " if who else "", bold=True), wml.run(_line(do)))
    yield _heading(called)
    for label, titles in found["invited"]:
        yield wml.paragraph("Guidance", wml.run(f"{label}: ", bold=True), wml.run(", ".join(titles)))
    if found["sheets"]:
        yield _heading(sheets)
        yield from (_bullet(f"{title}: {address}") for title, address in found["sheets"])
    yield _prose(f"Hela arbetssättet: {found['address']}")


def _agenda(meeting: Meeting) -> str:
    widths = [1300, 5366, 2000, 1200]
    header = [wml.paragraph("HeaderCell", wml.run(label)) for label in ("Tid", "Punkt", "Håller i", "Minuter")]
    rows = [(p.clock, p.do, p.leads, str(p.minutes)) for p in meeting.points]
    assert sum(widths) == WIDTH[False]
    cells = [[wml.paragraph("Cell", wml.run(_line(text))) for text in row] for row in rows]
    return wml.table(
        widths, header, cells, "Dagordning", said="Mötets punkter med tid, vem som håller i dem och minuter"
    )


def _heading(text: str) -> str:
    return wml.paragraph("Heading1", wml.run(text))


def _prose(text: str) -> str:
    return wml.paragraph("Guidance", wml.run(_line(text)))


def _bullet(text: str) -> str:
    return wml.paragraph("ListBullet", wml.run(_line(text)))
