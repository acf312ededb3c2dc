"""What an indicator tells: what is counted and how, and how the figure misleads."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import FocusArea, Indicator, Phase, Practice, Role
from .blocks import Fact, Facts, Outline, Section, To, cards, links, said, section
from .parts import Titles, standing

_T = Titles(Indicator)


def outline(guide: Guide, i: Indicator) -> Outline:
    return Outline(i.title, i.summary, tuple(_sections(guide, i)), i.singular.capitalize(), standing(guide, i))


def _sections(guide: Guide, i: Indicator) -> Iterator[Section]:
    yield from section(_T.definition, "definition", *said(i.definition), Facts(tuple(_facts(guide, i))))
    yield from section(_T.misread, "misstolkas", *said(i.misread))
    yield from section(_T.missteers, "styr-fel", *said(i.missteers))
    followed = cards(guide.referring(i, Practice))
    yield from section("Arbetssätt som följer upp måttet", "arbetssatt", *followed)


def _facts(guide: Guide, i: Indicator) -> Iterator[Fact]:
    yield Fact(_T.formula, i.formula)
    yield Fact(_T.unit, i.unit)
    if i.calculation:
        yield Fact(_T.calculation, i.calculation)
    yield Fact(_T.data_source, i.data_source)
    yield Fact(_T.owner, (To(guide.get(Role, i.owner)),))
    yield Fact(_T.frequency, i.frequency)
    yield Fact("Fas", links(guide.pick(Phase, i.phases)))
    yield Fact(_T.focus_area, (To(guide.get(FocusArea, i.focus_area)),))
