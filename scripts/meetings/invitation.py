"""The call to a meeting, with its agenda: as a text to paste in an e-mail and as a Word file to fill in."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ..files import wml
from ..files.word import WIDTH, About, document
from ..guide.addresses import address
from ..guide.guide import Guide
from ..guide.model import Role, Settings, Worksheet
from ..guide.parties import SIDES
from ..guide.wording import duration
from .kit import Meeting, invited

TEMPLATES = Path(__file__).parent / "templates"
_MATTERS = (("dag", "Dag och tid"), ("plats", "Plats"), ("kallar", "Den som kallar, och telefon"))
_WRITE = "Skriv här"
_HEADINGS = ("Vad mötet är till för", "När mötet är slut finns", "Dagordning", "Förbered", "Kallade", "Arbetsblad")


@dataclass(frozen=True)
class Call:
    """What a call to the meeting says, whatever it is written in."""

    meeting: Meeting
    settings: Settings
    preparation: tuple[tuple[str, str], ...]  # who, or nobody in particular, and what
    invited: tuple[tuple[str, tuple[str, ...]], ...]  # from which party, and the roles' titles
    sheets: tuple[tuple[str, str], ...]  # title and address
    address: str  # the practice's
    caller: str

    @classmethod
    def to(cls, guide: Guide, meeting: Meeting) -> Call:
        """``guide`` is plain, as :func:`scripts.guide.plain.plain_guide` makes it."""
        practice, site = meeting.practice, guide.settings.address
        sheets = guide.pick(Worksheet, practice.worksheets)
        return cls(
            meeting=meeting,
            settings=guide.settings,
            preparation=tuple(preparation(meeting, sheets)),
            invited=tuple(invited(guide, meeting)),
            sheets=tuple((sheet.title, address(site, sheet)) for sheet in sheets),
            address=address(site, practice),
            caller=guide.get(Role, practice.caller).title,
        )


def preparation(meeting: Meeting, sheets: Sequence[Worksheet]) -> Iterator[tuple[str, str]]:
    """Who does what before the meeting: the practice's own steps, in order, or else what the worksheet asks for."""
    if meeting.before:
        yield from ((dict(SIDES)[step.who], step.do) for step in meeting.before)
    elif meeting.first:
        yield from (("", line) for sheet in sheets[:1] for line in sheet.preparation)


def text(call: Call) -> bytes:
    """The call as plain text that Windows, too, shows as it is."""
    return _template().render(call=call, meeting=call.meeting).replace("\n", "\r\n").encode("utf-8-sig")


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


def word(call: Call) -> bytes:
    """The call as a Word file, with places for day, room and who calls."""
    practice = call.meeting.practice
    about = About(
        title=f"Kallelse: {call.meeting.title}",
        summary=practice.summary,
        kind="Kallelse",
        id=practice.id,
        address=call.address,
        settings=call.settings,
    )
    return document(about, _body(call))


def _body(call: Call) -> Iterator[str]:
    meeting = call.meeting
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
    if call.preparation:
        yield _heading(prepare)
        for who, do in call.preparation:
            yield wml.paragraph("ListBullet", wml.run(f"{who}: " if who else "", bold=True), wml.run(_line(do)))
    yield _heading(called)
    for label, titles in call.invited:
        yield wml.paragraph("Guidance", wml.run(f"{label}: ", bold=True), wml.run(", ".join(titles)))
    if call.sheets:
        yield _heading(sheets)
        yield from (_bullet(f"{title}: {address}") for title, address in call.sheets)
    yield _prose(f"Hela arbetssättet: {call.address}")


def _agenda(meeting: Meeting) -> str:
    widths = [1300, 5366, 2000, 1200]
    header = [wml.paragraph("HeaderCell", wml.run(label)) for label in ("Tid", "Punkt", "Håller i", "Minuter")]
    rows = [(p.clock, p.name, p.leads, str(p.minutes)) for p in meeting.points]
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
