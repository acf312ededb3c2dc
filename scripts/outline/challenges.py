"""What a challenge tells: how it shows, what happens, and which practices help."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import Challenge, Phase, Practice, Worksheet
from ..guide.wording import sentence
from .blocks import Outline, Reference, References, Section, Sheets, Side, Sides, named, said, section
from .parts import Titles, standing, time_of

_T = Titles(Challenge)


def outline(guide: Guide, c: Challenge) -> Outline:
    return Outline(c.title, c.summary, tuple(_sections(guide, c)), c.singular.capitalize(), standing(guide, c))


def _sections(guide: Guide, c: Challenge) -> Iterator[Section]:
    yield from section("", "", *named("Brukar visa sig i:", guide.pick(Phase, c.phases)), opening=True)
    signs = (
        Side(_T.client_sees, "tecken-bestallare", (c.client_sees,), alone=True),
        Side(_T.operator_sees, "tecken-utforare", (c.operator_sees,), alone=True),
    )
    yield from section("Så märks det", "tecken", Sides(signs))
    yield from section(_T.text, "vad-som-hander", *said(c.text))
    yield from section(_T.first_step, "forst", *said(c.first_step))
    practices = [guide.get(Practice, a.practice) for a in c.practices]
    answers = tuple(
        Reference(p, f"{sentence(a.how)} {time_of(p).capitalize()}.", f"När: {p.when[0].lower()}{p.when[1:]}")
        for p, a in zip(practices, c.practices, strict=True)
    )
    yield from section(_T.practices, "arbetssatt", References(answers))
    first = dict.fromkeys(sheet for p in practices for sheet in p.worksheets[:1])
    shown = tuple(sheet for sheet in guide.pick(Worksheet, tuple(first)) if guide.example(sheet))
    yield from section("Så ser det ut ifyllt", "exempel", *([Sheets(shown, filled=True)] if shown else ()))
