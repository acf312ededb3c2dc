"""What a focus area tells, and the overview of phases against focus areas."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import FocusArea, Indicator, Practice, Workshop
from .blocks import Bullets, Outline, Section, To, cards, said, section
from .parts import Titles, standing

_T = Titles(FocusArea)


def outline(guide: Guide, a: FocusArea) -> Outline:
    return Outline(a.title, a.summary, tuple(_sections(guide, a)), a.singular.capitalize(), standing(guide, a))


def _sections(guide: Guide, a: FocusArea) -> Iterator[Section]:
    yield from section(_T.text, "", *said(a.text), opening=True)
    held = guide.pick(Workshop, a.workshops)
    lines = tuple((To(one, one.when[:1].upper() + one.when[1:]), f": {one.title}") for one in held)
    yield from section("I workshopparna", "workshoppar", Bullets(lines))
    yield from section("Arbetssätt", "arbetssatt", *cards(guide.referring(a, Practice)))
    yield from section("Indikatorer", "indikatorer", *cards(guide.referring(a, Indicator)))
