"""What a form of contract does to both parties' interests, and what can be done within it."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import Challenge, ContractForm, Funded, Law, Practice, Term
from .blocks import (
    Bullets,
    Heading,
    Outline,
    Prose,
    Reference,
    References,
    Row,
    Section,
    Side,
    Sides,
    Table,
    named,
    said,
    section,
)
from .parts import Titles, standing

_T, _FUNDED = Titles(ContractForm), Titles(Funded)
_EXAMPLES = "Texterna är exempel. Låt juristen anpassa dem innan de står i ett avtal eller ett protokoll."


def outline(guide: Guide, f: ContractForm) -> Outline:
    return Outline(f.title, f.summary, tuple(_sections(guide, f)), f.singular.capitalize(), standing(guide, f))


def _sections(guide: Guide, f: ContractForm) -> Iterator[Section]:
    yield from section(_T.text, "ersattning", *said(f.text))
    wants = (
        Side(_T.client, "bestallaren", (f.client,), alone=True),
        Side(_T.operator, "utforaren", (f.operator,), alone=True),
    )
    yield from section("Vad formen gör med intressena", "intressen", Sides(wants))
    adapted = tuple(Reference(guide.get(Practice, a.practice), a.how) for a in f.adapted)
    yield from section(_T.adapted, "arbetssatt", References(adapted))
    headings = (Heading(_FUNDED.way, 2), Heading(_FUNDED.what, 5), Heading(_FUNDED.wording, 6))
    rows = tuple(Row((one.way.capitalize(), one.what, f"«{one.wording}»")) for one in f.funded)
    yield from section(_T.funded, "pengar", Table(headings, rows), Prose((_EXAMPLES,)))
    yield from section(_T.avoid, "forsok-inte", Bullets(f.avoid))
    yield from section(_T.signs, "tecken", Bullets(f.signs))
    onward = (
        *named("Lagar:", guide.pick(Law, f.laws)),
        *named("Utmaningar:", guide.pick(Challenge, f.challenges)),
        *named("Begrepp:", guide.pick(Term, f.terms)),
    )
    yield from section("Gå vidare", "ga-vidare", *onward)
