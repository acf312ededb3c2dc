"""For whoever is new in a contract: what to do and when, at either party, and the sheets that show what there should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..guide.guide import Guide
from ..guide.model import Doing, Early, Practice, Worksheet
from ..guide.parties import CLIENT, OPERATOR
from .blocks import Line, Outline, Piece, Section, Sheets, Side, Sides, To, section
from .parts import Titles

TITLE = "Ny i avtalet"
_LEAD = "Har du tagit över ett avtal som andra har skrivit och kört? Det här gör du, från den första dagen till den andra månaden."
_T = Titles(Early)


def page(guide: Guide) -> Outline:
    return Outline(TITLE, _LEAD, tuple(_sections(guide)))


def _sections(guide: Guide) -> Iterator[Section]:
    seen: dict[str, None] = {}
    for number, early in enumerate(guide.settings.newcomer, 1):
        asked = (
            (_T.both, early.both, "alla"),
            (_T.client, early.client, CLIENT.id),
            (_T.operator, early.operator, OPERATOR.id),
        )
        sides = tuple(
            Side(title, f"tid-{number}-{slug}", tuple(_line(guide, doing) for doing in things))
            for title, things, slug in asked
            if things
        )
        yield from section(early.when, f"tid-{number}", Sides(sides))
        seen |= dict.fromkeys(_sheets((*early.both, *early.client, *early.operator)))
    sheets = guide.pick(Worksheet, tuple(seen))
    yield from section("Bladen", "blad", *([Sheets(sheets)] if sheets else ()))


def _line(guide: Guide, doing: Doing) -> Line:
    """What to do, and the practice and the sheet that belong to it."""
    line: list[Piece] = [doing.do]
    if doing.practice:
        line += [" ", To(guide.get(Practice, doing.practice))]
    if doing.worksheet:
        line += [", " if doing.practice else " ", To(guide.get(Worksheet, doing.worksheet))]
    return (*line, ".") if len(line) > 1 else doing.do


def _sheets(things: Iterable[Doing]) -> Iterator[str]:
    yield from (doing.worksheet for doing in things if doing.worksheet)
