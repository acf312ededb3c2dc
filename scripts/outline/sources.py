"""What a source tells, and the list of sources."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import Source
from ..guide.wording import long_date
from .blocks import AnyBlock, Mentions, Outline, Piece, Prose, Section, Web, said, section
from .parts import standing


def outline(guide: Guide, s: Source) -> Outline:
    return Outline(s.label, "", section("", "", *_blocks(guide, s)), "Källa", standing(guide, s), anchor=s.id)


def _blocks(guide: Guide, s: Source) -> Iterator[AnyBlock]:
    title: Piece = Web(s.title, s.url) if s.url else s.title
    read = f" Läst {long_date(s.accessed)}." if s.accessed else ""
    yield Prose(((title, f", {s.publisher}{f', {s.year}' if s.year else ''}.{read}"),))
    yield from said(s.says)
    users = guide.citing(s)
    if users:
        yield Mentions("Används i", users)


def index(guide: Guide) -> Outline:
    entries = (Section(s.label, s.id, tuple(_blocks(guide, s))) for s in guide.all(Source))
    return Outline(Source.plural, Source.declared.lead, tuple(entries))
