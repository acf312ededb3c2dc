"""What a workshop tells, and how the guide came about."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import FocusArea, Workshop
from ..guide.wording import sentence
from .blocks import AnyBlock, Outline, Prose, Section, named, said, section
from .parts import standing

TITLE = "Så kom guiden till"
_LEAD = "Workshopparna 2021–2023, sammanfattningen 2024 och redaktionens arbete."
_ABOUT = (
    "SIQ:s artikel från 2024 berättar att workshopparna hölls och vad de handlade om. Den återger inte vad deltagarna svarade. "
    "Därför säger guiden aldrig vad nätverket har kommit fram till. Faserna i stort, fokusområdena och de fyra första "
    "utmaningarna kommer ur artikeln. Resten är redaktionens förslag, märkt så, för nätverket att pröva."
)


def outline(guide: Guide, w: Workshop) -> Outline:
    blocks = section("", "", *_blocks(guide, w))
    return Outline(w.title, "", blocks, w.singular.capitalize(), standing(guide, w), anchor=w.id)


def _blocks(guide: Guide, w: Workshop) -> Iterator[AnyBlock]:
    yield from said(w.text, sentence(w.when[:1].upper() + w.when[1:]))
    yield from named("Fokusområde:", guide.referring(w, FocusArea), ".")


def index(guide: Guide) -> Outline:
    held = (Section(w.title, w.id, tuple(_blocks(guide, w))) for w in guide.all(Workshop))
    return Outline(TITLE, _LEAD, (*section("", "", Prose((_ABOUT,)), opening=True), *held))
