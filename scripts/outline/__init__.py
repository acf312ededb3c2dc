"""What each kind of record tells, and in which order: said once, as blocks that every form of the guide is written from.

A kind's outline is in the module named after its folder: ``outline(guide, record)``, and where its index page is more
than a card for each record, ``index(guide)``.
"""

from __future__ import annotations

import functools
import importlib
from dataclasses import replace
from types import ModuleType

from ..guide.guide import Guide
from ..guide.model import RECORD_TYPES, Record
from .blocks import Outline, Section, cards, named, records_in, section


@functools.lru_cache(maxsize=4096)
def _outline(guide: Guide, folder: str, id: str) -> Outline:
    record = guide.records[folder][id]
    told: Outline = _module(type(record)).outline(guide, record)
    return replace(told, sections=(*told.sections, *_ways_back(guide, record, told)))


def _ways_back(guide: Guide, record: Record, told: Outline) -> tuple[Section, ...]:
    """The records that refer to this one and that its outline does not tell of: no kind is forgotten on the other side."""
    if record.declared.page != "own":
        return ()
    there = {(r.folder, r.id) for r in records_in(told)}
    found = (
        (kind, [other for other in guide.referring(record, kind) if (other.folder, other.id) not in there])
        for kind in RECORD_TYPES
        if kind.declared.page == "own"
    )
    links = (block for kind, others in found for block in named(f"{kind.plural}:", others))
    return section("Nämns också av", "namns-av", *links)


def outline_of(guide: Guide, record: Record) -> Outline:
    """Everything that the guide tells of ``record``."""
    _module(type(record))  # a kind that has none is told by name
    return _outline(guide, record.folder, record.id)  # pages and book both ask


def index_of(guide: Guide, kind: type[Record]) -> Outline:
    """The page that has all records of a kind."""
    module = _module(kind)
    if hasattr(module, "index"):
        told: Outline = module.index(guide)
        return told
    return Outline(kind.plural, kind.declared.lead, section("", "", *cards(guide.all(kind))))


@functools.cache
def _module(kind: type[Record]) -> ModuleType:
    try:
        return importlib.import_module(f"{__name__}.{kind.folder}")
    except ModuleNotFoundError as error:
        raise LookupError(
            f"{kind.__name__}: scripts/outline/{kind.folder}.py is missing: what does one tell?"
        ) from error
