"""What an indicator tells: what is counted and how, and how the figure misleads."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import FocusArea, Indicator, Phase, Practice, Role
from .blocks import (
    Cards,
    Choice,
    Fact,
    Facts,
    Filter,
    Outline,
    Reference,
    Section,
    To,
    cards,
    links,
    said,
    section,
)
from .parts import Titles, standing

_T = Titles(Indicator)


def index(guide: Guide) -> Outline:
    """The measures by what they are about, behind a filter."""
    found = guide.all(Indicator)
    choices = (
        Choice("fas", "Fas", tuple((phase.id, phase.short) for phase in guide.all(Phase))),
        Choice(
            "agare", _T.owner, tuple((r.id, r.title) for r in guide.all(Role) if any(i.owner == r.id for i in found))
        ),
    )
    groups = (
        Section(area.title, area.id, (Cards(tuple(_card(i) for i in found if i.focus_area == area.id)),))
        for area in guide.all(FocusArea)
        if any(i.focus_area == area.id for i in found)
    )
    first = section("", "", Filter(choices, "indikator", "indikatorer"), opening=True)
    return Outline(Indicator.plural, Indicator.declared.lead, (*first, *groups), sifted=Indicator.path)


def _card(i: Indicator) -> Reference:
    return Reference(i, i.summary, i.unit.capitalize(), marks=(("fas", " ".join(i.phases)), ("agare", i.owner)))


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
