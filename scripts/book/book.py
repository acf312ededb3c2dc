"""The guide as PDF files: ``guiden.pdf`` with everything, and a booklet for each phase.

Python decides what stands in them, as data; ``templates/`` decides how it looks.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..files.cache import Cache
from ..files.paper import edition, info, place
from ..files.typeset import Exact, typeset
from ..guide.guide import Guide, swedish
from ..guide.model import (
    Challenge,
    FocusArea,
    Indicator,
    Phase,
    Principle,
    Record,
    Role,
    Source,
    SuccessFactor,
    Term,
    Worksheet,
    Workshop,
)
from ..guide.wording import duration
from ..pages.render import INDEXES
from . import front, phase
from .entries import Entry, entry
from .writer import Line, Writer, address, key, section, table

FOLDER = "ladda-ner"
TEMPLATE = Path(__file__).parent / "templates" / "book.typ"
_HOME = "guiden"  # the place of pages that belong to no record
_CHAPTERS: tuple[type[Record], ...] = (
    Challenge, Principle, SuccessFactor, FocusArea, Indicator, Role, Worksheet, Term,
)  # fmt: skip
_SHEETS_ARE_APART = "Bladen själva är inte med i boken. De hämtas från webbplatsen, och på dem står hur de fylls i."


def render(guide: Guide, kept: Cache) -> dict[str, bytes]:
    """The PDF files by their path on the site."""
    files = {f"{FOLDER}/{_HOME}.pdf": _file(guide, kept, whole(guide))}
    for one in guide.all(Phase):
        files[f"{FOLDER}/fas-{one.id}.pdf"] = _file(guide, kept, booklet(guide, one))
    return files


def _file(guide: Guide, kept: Cache, data: dict[str, Any]) -> bytes:
    made_of = json.dumps(data, sort_keys=True, ensure_ascii=False).encode("utf-8")
    return kept.get(made_of, "pdf", functools.partial(_typeset, guide, data))


def _typeset(guide: Guide, data: dict[str, Any]) -> bytes:
    # The QR codes are drawn here and not in the data, so that a file that is kept costs nothing.
    places = {name: place(guide.settings, id, there) for name, (id, there) in data["places"].items()}
    return typeset(TEMPLATE, {**data, "places": places}, guide.settings.date)


# ---------------------------------------------------------------- the whole guide


def whole(guide: Guide) -> dict[str, Any]:
    """All that ``guiden.pdf`` is made of."""
    w = Writer(guide, (record for records in guide.records.values() for record in records.values()))
    chapters = [
        front.how_to_use(guide),
        *(phase.chapter(w, one) for one in guide.all(Phase)),
        *(_kind_chapter(w, kind) for kind in _CHAPTERS),
        _history(w),
        _sources(w, guide.all(Source)),
        _index(w),
    ]
    cover = front.cover(guide, guide.settings.title, guide.settings.summary, address=guide.settings.address)
    return _book(guide, cover, [chapter for chapter in chapters if chapter["entries"] or chapter["sections"]])


def _kind_chapter(w: Writer, kind: type[Record]) -> Entry:
    sections = []
    if kind is Worksheet:
        sections.append(section("", {"block": "prose", "label": "", "lines": [[_SHEETS_ARE_APART]]}))
    entries = [entry(w, record) for record in w.guide.all(kind)]
    return _chapter(kind.path, kind.plural, INDEXES[kind], sections, entries)


def _history(w: Writer) -> Entry:
    entries = [entry(w, workshop) for workshop in w.guide.all(Workshop)]
    return _chapter(Workshop.path, "Så kom guiden till", front.HISTORY, (), entries)


def _sources(w: Writer, sources: Iterable[Source]) -> Entry:
    """The sources by the label that the texts cite them with."""
    ordered = sorted(sources, key=lambda source: (swedish(source.label), source.id))
    return _chapter(Source.path, Source.plural, INDEXES[Source], (), [entry(w, source) for source in ordered])


def _index(w: Writer) -> Entry:
    """The worksheets in alphabetical order."""
    rows: list[list[Line]] = [
        [[w.link(s)], [duration(s.minutes)], [", ".join(one.short for one in w.guide.phases_of(s))]]
        for s in w.guide.all(Worksheet)
    ]
    columns = (("Arbetsblad", 9), ("Tid", 4), ("Används i", 4))
    sections = [section("", table(columns, rows))] if rows else []
    return _chapter(Worksheet.path, "Arbetsblad i bokstavsordning", "", sections, key=Exact("register/arbetsblad"))


# ---------------------------------------------------------------- a phase alone


def booklet(guide: Guide, one: Phase) -> dict[str, Any]:
    """All that the PDF file of a phase is made of: its chapter, its challenges, its worksheets and sources."""
    challenges = guide.in_phase(one, Challenge)
    inside: list[Record] = [one, *phase.at_home(guide, one), *challenges]
    sources = list({source.id: source for record in inside for source in guide.cited(record)}.values())
    w = Writer(guide, [*inside, *sources])
    chapters = [
        phase.chapter(w, one),
        _chapter(Challenge.path, "Utmaningar i fasen", "", (), [entry(w, challenge) for challenge in challenges]),
        _sheets(w, one),
        _sources(w, sources),
    ]
    chapters.append(_elsewhere(w))  # last: it lists what the others have referred to
    return _book(
        guide,
        front.cover(guide, one.title, one.summary, address=address(guide, one), phase=one),
        [chapter for chapter in chapters if chapter["entries"] or chapter["sections"]],
    )


def _sheets(w: Writer, one: Phase) -> Entry:
    sheets = w.guide.worksheets_of(one)
    listed = [w.references(*((s, s.summary, duration(s.minutes)) for s in sheets))] if sheets else []
    sections = [section("", *listed)] if listed else []
    return _chapter(Worksheet.path, "Arbetsblad i fasen", front.SHEETS, sections)


def _elsewhere(w: Writer) -> Entry:
    """What the booklet names and does not have, with the address of each."""
    kinds: dict[str, list[Record]] = {}
    for record in w.missed:
        kinds.setdefault(record.plural, []).append(record)
    sections = [
        section(plural, w.references(*((r, "", "") for r in sorted(kinds[plural], key=lambda r: swedish(r.title)))))
        for plural in sorted(kinds, key=swedish)
    ]
    return _chapter("", "Mer på webbplatsen", front.ELSEWHERE, sections, key=Exact("register/webbplatsen"))


# ---------------------------------------------------------------- what both have


def _chapter(
    path: str,
    title: str,
    lead: str,
    sections: Iterable[dict[str, Any]] = (),
    entries: Iterable[Entry] = (),
    key: Exact | None = None,
) -> Entry:
    """A chapter that is no record: ``path`` is its page on the site."""
    return {
        "key": key or Exact(f"kapitel/{path}"),
        "path": path,
        "kind": "",
        "title": title,
        "lead": [lead] if lead else [],
        "facts": [],
        "sections": list(sections),
        "about": [],
        "map": 0,
        "entries": list(entries),
    }


def _book(guide: Guide, cover: Mapping[str, Any], chapters: list[Entry]) -> dict[str, Any]:
    settings = guide.settings
    kind = "Häfte" if cover["phase"] else "Bok"
    return {
        "info": info(settings, cover["file_title"], cover["summary"], kind),
        "cover": cover,
        "phases": [one.short for one in guide.all(Phase)],
        "chapters": chapters,
        "places": {"cover": [cover["id"], cover["url"]], **dict(_places(guide, chapters))},
        "edition": edition(settings),
    }


def _places(guide: Guide, chapters: Iterable[Entry]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Key of a heading → id and address of its page: what the foot of a page says from there on."""
    pages = {key(r): (r.id, address(guide, r)) for records in guide.records.values() for r in records.values()}
    for chapter in chapters:
        if "path" in chapter:
            path = chapter["path"]
            site = guide.settings.address
            yield chapter["key"], (path.rpartition("/")[2] or _HOME, f"{site}{path}/" if path else site)
        else:
            yield chapter["key"], pages[chapter["key"]]
        yield from ((one["key"], pages[one["key"]]) for one in chapter["entries"] if one["form"] != "row")
