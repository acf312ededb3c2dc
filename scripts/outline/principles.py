"""What a principle tells: how it shows with each party, when it is hard, and the statements that try it."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import Phase, Practice, Principle, Statement, SuccessFactor
from .blocks import (
    Heading,
    Outline,
    Prose,
    Row,
    Section,
    Side,
    Sides,
    Table,
    To,
    cards,
    links,
    said,
    section,
)
from .parts import Titles, standing

_T = Titles(Principle)
_STATEMENT = Titles(Statement)
_ANSWERS = "Påståenden med svaret 1–5 ingår i partnerskapsskattningen. Alla stäms av när ni lämnar fasen."


def outline(guide: Guide, p: Principle) -> Outline:
    return Outline(p.title, p.summary, tuple(_sections(guide, p)), "Princip", standing(guide, p))


def _sections(guide: Guide, p: Principle) -> Iterator[Section]:
    yield from section(_T.text, "", *said(p.text), opening=True)
    sides = (Side(_T.client, "hos-bestallaren", p.client), Side(_T.operator, "hos-utforaren", p.operator))
    yield from section("Så märks principen", "marks", Sides(sides))
    yield from section(_T.tension, "skaver", *said(p.tension))
    yield from section(_T.statements, "pastaenden", Prose((_ANSWERS,)), _statements(guide, p))
    factors = links(guide.pick(SuccessFactor, p.success_factors))
    yield from section(_T.success_factors, "framgangsfaktorer", Prose((factors,)))
    carried = cards(guide.referring(p, Practice))
    yield from section("Arbetssätt som bärs av principen", "arbetssatt", *carried)


def _statements(guide: Guide, p: Principle) -> Table:
    headings = (Heading(_STATEMENT.text, 8), Heading(_STATEMENT.answer, 2), Heading("Stäms av i", 4))
    phases = {statement.id: guide.get(Phase, statement.gate) for statement in p.statements}
    rows = (Row((s.text, s.answer, (To(phases[s.id], phases[s.id].short),)), anchor=s.id) for s in p.statements)
    return Table(headings, tuple(rows))
