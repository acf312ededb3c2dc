"""What a success factor tells: what it asks of two organisations together."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import Practice, Principle, SuccessFactor
from .blocks import Bullets, Outline, Prose, Section, cards, links, said, section
from .parts import Titles, standing

_T = Titles(SuccessFactor)


def outline(guide: Guide, f: SuccessFactor) -> Outline:
    return Outline(f.title, f.summary, tuple(_sections(guide, f)), f.singular.capitalize(), standing(guide, f))


def _sections(guide: Guide, f: SuccessFactor) -> Iterator[Section]:
    yield from section(_T.text, "", *said(f.text), opening=True)
    yield from section(_T.questions, "fragor", Bullets(f.questions))
    principles = links(guide.referring(f, Principle))
    yield from section("Principer som hör hit", "principer", *([Prose((principles,))] if principles else []))
    developing = cards(guide.referring(f, Practice))
    yield from section("Arbetssätt som utvecklar faktorn", "arbetssatt", *developing)
