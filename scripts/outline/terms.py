"""What a word of the trade tells, and the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import Term
from ..guide.wording import BASIS
from .blocks import AnyBlock, English, Note, Outline, Prose, Section, named, said, section
from .parts import Titles, standing

_T = Titles(Term)


def outline(guide: Guide, t: Term) -> Outline:
    return Outline(t.title, "", section("", "", *_blocks(guide, t)), "Begrepp", standing(guide, t), anchor=t.id)


def _blocks(guide: Guide, t: Term) -> Iterator[AnyBlock]:
    yield from said(t.definition)
    yield from said(", ".join(t.synonyms), f"{_T.synonyms}:")
    yield from said(t.differs, f"{_T.differs}:")
    if t.english:
        yield Prose(((English(t.english), "."),), f"{_T.english}:")
    yield from named(_T.see_also, guide.pick(Term, t.see_also), ".")


def index(guide: Guide) -> Outline:
    entries = (
        Section(t.title, t.id, (*_blocks(guide, t), Note(f"{BASIS[t.basis]} {standing(guide, t).status}")))
        for t in guide.all(Term)
    )
    return Outline(Term.plural, Term.declared.lead, tuple(entries))
