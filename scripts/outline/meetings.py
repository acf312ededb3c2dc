"""What a meeting between the parties is for, and the meetings side by side."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import Meeting, Phase, Practice, Role, Worksheet
from ..guide.wording import duration, often
from .blocks import (
    Branch,
    Bullets,
    Fact,
    Facts,
    Files,
    Heading,
    Outline,
    Prose,
    Row,
    Section,
    Sheets,
    Table,
    To,
    Tree,
    Widget,
    cards,
    links,
    section,
)
from .parts import Titles, standing

_T = Titles(Meeting)
_TOMORROW = "Vilket möte har ni i morgon?"


def outline(guide: Guide, m: Meeting) -> Outline:
    return Outline(m.title, m.summary, tuple(_sections(guide, m)), m.singular.capitalize(), standing(guide, m))


def _sections(guide: Guide, m: Meeting) -> Iterator[Section]:
    yield from section("", "", Facts(tuple(_facts(guide, m))), opening=True)
    rows = tuple(Row(((To(guide.get(Phase, r.phase), guide.get(Phase, r.phase).short),), r.often)) for r in m.rhythm)
    yield from section(_T.rhythm, "hur-ofta", Table((Heading("Fas", 2), Heading(_T.rhythm, 5)), rows))
    yield from section(_T.decides, "beslutar", Bullets(m.decides), Prose((m.level,), f"{_T.level}:"))
    yield from section(_T.never_decides, "beslutar-aldrig", Bullets(m.never_decides))
    points = tuple(Row((point.point, duration(point.minutes))) for point in m.agenda)
    agenda = Table((Heading("Punkt", 6), Heading("Tid", 2)), points)
    yield from section(_T.agenda, "dagordning", agenda, Widget("meet"))
    onward = (To(guide.get(Meeting, m.onward)), ". ", m.onward_how) if m.onward else (m.onward_how,)
    yield from section(_T.onward_how, "vidare", Prose((onward,)))
    sheets = guide.pick(Worksheet, m.worksheets)
    yield from section(_T.worksheets, "arbetsblad", *([Sheets(sheets)] if sheets else []))
    yield from section(_T.practices, "arbetssatt", *cards(guide.pick(Practice, m.practices)))


def _facts(guide: Guide, m: Meeting) -> Iterator[Fact]:
    yield Fact("Längd", duration(m.minutes))
    yield Fact(_T.client, links(guide.pick(Role, m.client)))
    yield Fact(_T.operator, links(guide.pick(Role, m.operator)))
    yield Fact(_T.chair, m.chair)
    if m.synonyms:
        yield Fact(_T.synonyms, ", ".join(m.synonyms))
    if m.politicians:
        yield Fact(_T.politicians, m.politicians)


def _onward(guide: Guide) -> Iterator[Section]:
    """Where a question goes that a meeting does not settle, all meetings together; nothing where none leads to another."""
    tops = [m for m in guide.all(Meeting) if not m.onward]
    if len(tops) < len(guide.all(Meeting)):
        title = "En fråga som inte avgörs går uppåt i bilden."
        yield from section("Vart en fråga går", "vidare", Tree(title, tuple(_branch(guide, top) for top in tops)))


def _branch(guide: Guide, m: Meeting) -> Branch:
    below = tuple(_branch(guide, other) for other in guide.all(Meeting) if other.onward == m.id)
    return Branch(To(m), f"{often(m.per_year)}, {duration(m.minutes)}" if m.per_year else duration(m.minutes), below)


def index(guide: Guide) -> Outline:
    """What each meeting is for, the sheets that lie on its table, and where its questions go."""
    headings = (Heading("Möte", 3), Heading("Till för", 6), Heading("Längd", 2), Heading("Blad", 4))
    rows = (
        Row(((To(m),), m.summary, duration(m.minutes), links(guide.pick(Worksheet, m.worksheets)) or "–"))
        for m in guide.all(Meeting)
    )
    table = section(_TOMORROW, "i-morgon", Table(headings, tuple(rows)), Files(None, "sheets", button=True))
    return Outline(Meeting.plural, Meeting.declared.lead, (*table, *_onward(guide)))
