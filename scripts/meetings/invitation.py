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
from ..guide.model import Meeting as StandingRecord
from ..guide.model import Role, Settings, Worksheet
from ..guide.parties import SIDES
from ..guide.wording import duration
from .kit import Meeting, Standing, by_party, invited

TEMPLATES = Path(__file__).parent / "templates"
_MATTERS = (("dag", "Dag och tid"), ("plats", "Plats"), ("kallar", "Den som kallar, och telefon"))
_WRITE = "Skriv här"
_HEADINGS = ("Vad mötet är till för", "När mötet är slut finns", "Dagordning", "Förbered", "Kallade", "Arbetsblad")


@dataclass(frozen=True)
class Call:
    """What a call to the meeting says, whatever it is written in."""

    meeting: Meeting | Standing
    id: str  # the practice's, or the meeting's own
    more: str  # what its page is called in the call
    settings: Settings
    preparation: tuple[tuple[str, str], ...]  # who, or nobody in particular, and what
    invited: tuple[tuple[str, tuple[str, ...]], ...]  # from which party, and the roles' titles
    sheets: tuple[tuple[str, str], ...]  # title and address
    address: str  # that page's
    caller: str

    @classmethod
    def to(cls, guide: Guide, meeting: Meeting) -> Call:
        """``guide`` is plain, as :func:`scripts.guide.plain.plain_guide` makes it."""
        practice, site = meeting.practice, guide.settings.address
        sheets = guide.pick(Worksheet, practice.worksheets)
        return cls(
            meeting=meeting,
            id=practice.id,
            more="Hela arbetssättet",
            settings=guide.settings,
            preparation=tuple(preparation(meeting, sheets)),
            invited=tuple(invited(guide, meeting)),
            sheets=tuple((sheet.title, address(site, sheet)) for sheet in sheets),
            address=address(site, practice),
            caller=guide.get(Role, practice.caller).title,
        )

    @classmethod
    def to_standing(cls, guide: Guide, meeting: StandingRecord) -> Call:
        site = guide.settings.address
        return cls(
            meeting=Standing.of(meeting),
            id=meeting.id,
            more="Mer om mötet",
            settings=guide.settings,
            preparation=(),
            invited=tuple(by_party(guide.pick(Role, (*meeting.client, *meeting.operator)))),
            sheets=tuple((sheet.title, address(site, sheet)) for sheet in guide.pick(Worksheet, meeting.worksheets)),
            address=address(site, meeting),
            caller="",
        )


def preparation(meeting: Meeting, sheets: Sequence[Worksheet]) -> Iterator[tuple[str, str]]:
    """Who does what before the meeting: the practice's own steps, in order, or else what the worksheet asks for."""
    if meeting.before:
        yield from ((dict(SIDES)[step.who], step.do) for step in meeting.before)
    elif meeting.first:
        yield from (("", line) for sheet in sheets[:1] for line in sheet.preparation)


_LINE = "_" * 20  # to write on
_BLANKS = {"dag": _LINE, "plats": _LINE, "kallar": _LINE}


def text(call: Call) -> bytes:
    """The call as plain text that Windows, too, shows as it is."""
    written = _written(call, _BLANKS, [point.clock for point in call.meeting.points])
    return written.replace("\n", "\r\n").encode("utf-8-sig")


def pattern(call: Call) -> str:
    """The call with ⟦dag⟧, ⟦plats⟧ and ⟦kallar⟧, and each point's number for its time, for ``docs/assets/call.js`` to fill in."""
    places = {name: f"⟦{name}⟧" for name in _BLANKS}
    return _written(call, places, [f"⟦{number}⟧" for number in range(len(call.meeting.points))])


def _written(call: Call, places: dict[str, str], clocks: list[str]) -> str:
    return _template().render(call=call, meeting=call.meeting, places=places, clocks=clocks)


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
    about = About(
        title=f"Kallelse: {call.meeting.title}",
        summary=call.meeting.purpose,
        kind="Kallelse",
        id=call.id,
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
    yield _prose(meeting.purpose)
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
    yield _prose(f"{call.more}: {call.address}")


def _agenda(meeting: Meeting | Standing) -> str:
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
