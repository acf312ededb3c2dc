"""The guide as PDF files: ``guiden.pdf`` with everything, and a booklet for each phase.

Every record is there as its outline; ``templates/`` decides how it looks.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..files.catalogue import Artifact
from ..files.paper import edition, info, place, short_address
from ..files.typeset import Exact, typeset
from ..guide.addresses import EFFORT, path_of
from ..guide.addresses import index_of as page_of_index
from ..guide.guide import Guide, swedish, texts
from ..guide.model import RECORD_TYPES, Challenge, Phase, Practice, Record, Settings, Source, Term, Worksheet
from ..guide.wording import BASIS, duration
from ..outline import blocks, effort, index_of, outline_of
from ..outline.blocks import Outline, section
from . import front
from .writer import Data, Writer, address, key

TEMPLATE = Path(__file__).parent / "templates" / "book.typ"
_HOME = "guiden"  # the place of pages that belong to no record
_LONG = 1500  # characters; a longer row may be divided between pages
_SCREEN = (blocks.Filter, blocks.Widget, blocks.PhaseMap, blocks.Files)


@dataclass(frozen=True)
class Book:
    """What the template is told, and what the foot of each page says."""

    data: Data
    settings: Settings


def artifacts(guide: Guide) -> Iterator[Artifact]:
    """The book and the booklets."""
    told = functools.partial(whole, guide)
    yield Artifact(_HOME, "pdf", "Hämta hela guiden som bok (PDF)", render, told, None, "book")
    for one in guide.all(Phase):
        label = "Hämta fasen som häfte (PDF)"
        told = functools.partial(booklet, guide, one)
        yield Artifact(f"fas-{one.id}", "pdf", label, render, told, one, "booklet", f"{label}: {one.title}")


def render(book: Book) -> bytes:
    """The PDF file."""
    settings = book.settings
    # The QR codes are drawn here and not in the data, so that a file that is kept costs nothing.
    places = {name: place(settings, id, there) for name, (id, there) in book.data["places"].items()}
    return typeset(TEMPLATE, {**book.data, "places": places}, settings.date)


# ---------------------------------------------------------------- the whole guide


def whole(guide: Guide) -> Book:
    """All that ``guiden.pdf`` is made of."""
    w = Writer(guide, (record for records in guide.records.values() for record in records.values()))
    kinds = sorted((kind for kind in RECORD_TYPES if kind.declared.chapter), key=lambda kind: kind.declared.chapter)
    chapters = [front.how_to_use(w)]
    for kind in kinds:
        chapters += [_phase(w, one) for one in guide.all(Phase)] if kind is Phase else [_kind(w, kind)]
    chapters += [_effort(w), _index(w)]
    cover = front.cover(guide, guide.settings.title, guide.settings.summary, address=guide.settings.address)
    return _book(guide, cover, chapters)


def _phase(w: Writer, one: Phase) -> Data:
    """A phase as a chapter, with the practices at home in it."""
    entries = [_entry(w, practice) for practice in w.guide.at_home(one, Practice)]
    return {**_entry(w, one), "entries": entries}


def _kind(w: Writer, kind: type[Record], records: Iterable[Record] | None = None) -> Data:
    """All records of a kind as a chapter: the opening of their index page and how they hang together, and then each of them."""
    told = index_of(w.guide, kind)
    whole = [s for s in told.sections if s.opening or any(isinstance(b, blocks.Tree) for b in s.blocks)]
    sections = [w.section(s) for s in whole if not all(isinstance(b, _SCREEN) for b in s.blocks)]
    if kind is Worksheet:
        sections.append(w.section(section("", "", blocks.Prose((front.FETCHED,)))[0]))
    entries = [_entry(w, record) for record in (w.guide.all(kind) if records is None else records)]
    if kind is Source:  # by the label that the texts cite them with
        entries.sort(key=lambda entry: (swedish(entry["title"]), entry["key"]))
    return front.chapter(path_of(page_of_index(kind)).rstrip("/"), told.title, told.lead, sections, entries)


def _effort(w: Writer) -> Data:
    """What the guide's work takes of both parties' time."""
    told = effort.page(w.guide)
    return front.chapter(
        path_of(EFFORT).rstrip("/"), told.title, told.lead, [w.section(one) for one in told.sections], ()
    )


def _index(w: Writer) -> Data:
    """The worksheets in alphabetical order."""
    headings = (blocks.Heading("Arbetsblad", 9), blocks.Heading("Tid", 4), blocks.Heading("Används i", 4))
    rows = [
        ((blocks.To(s),), duration(s.minutes), ", ".join(one.short for one in w.guide.phases_of(s)))
        for s in sorted(w.guide.all(Worksheet), key=lambda s: swedish(s.title))
    ]
    sections = [{"title": "", "blocks": [w.table(headings, rows)]}] if rows else []
    title = "Arbetsblad i bokstavsordning"
    return front.chapter(Worksheet.path, title, "", sections, key=Exact("register/arbetsblad"))


# ---------------------------------------------------------------- a phase alone


def booklet(guide: Guide, one: Phase) -> Book:
    """All that the PDF file of a phase is made of: its chapter, its challenges, its worksheets and sources."""
    challenges = guide.in_phase(one, Challenge)
    inside: list[Record] = [one, *guide.at_home(one, Practice), *challenges]
    sources = tuple({source.id: source for record in inside for source in guide.cited(record)}.values())
    w = Writer(guide, [*inside, *sources])
    entries = [_entry(w, challenge) for challenge in challenges]
    sheets = w.block(blocks.Sheets(guide.worksheets_of(one))) if guide.worksheets_of(one) else []
    chapters = [
        _phase(w, one),
        front.chapter(Challenge.path, "Utmaningar i fasen", "", (), entries),
        front.chapter(Worksheet.path, "Arbetsblad i fasen", front.SHEETS, _untitled(sheets)),
        _kind(w, Source, sources),
    ]
    chapters.append(_elsewhere(w))  # last: it lists what the others have referred to
    cover = front.cover(guide, one.title, one.summary, address=address(guide, one), phase=one)
    return _book(guide, cover, chapters)


def _untitled(found: list[Data]) -> list[Data]:
    return [{"title": "", "blocks": found}] if found else []


def _elsewhere(w: Writer) -> Data:
    """What the booklet names and does not have, with the address of each."""
    kinds: dict[str, list[Record]] = {}
    for record in w.missed:
        kinds.setdefault(record.plural, []).append(record)
    sections = []
    for plural in sorted(kinds, key=swedish):
        records = sorted(kinds[plural], key=lambda record: swedish(record.title))
        sections.append({"title": plural, "blocks": [w.references(map(blocks.Reference, records))]})
    return front.chapter("", "Mer på webbplatsen", front.ELSEWHERE, sections, key=Exact("register/webbplatsen"))


# ---------------------------------------------------------------- a record


def _entry(w: Writer, record: Record) -> Data:
    """A record as templates/blocks.typ sets it. ``form`` is page (begins a new one), flow, or row (title beside text)."""
    told = outline_of(w.guide, record)
    row = record.declared.page == "shared"
    sections = [w.section(one) for one in told.sections]
    return {
        "key": key(record),
        "form": "row" if row else "page" if isinstance(record, Practice) else "flow",
        "kind": told.kind,
        "title": told.title,
        "lead": w.line(told.lead),
        "sections": [one for one in sections if one["blocks"]],
        "about": _about(w, record, told),
        "map": told.number,
        "long": sum(len(text) for text, _ in texts(record)) > _LONG,
    }


def _about(w: Writer, record: Record, told: Outline) -> list[list[Any]]:
    """What the record rests on, how far the network has come with it, and where it is on the site."""
    standing = told.standing
    if standing is None or isinstance(record, Source):
        return []
    stands: list[Any] = [f"{BASIS[record.basis]} {standing.status}"]
    if record.reviewed and not standing.marks:
        stands = [f"{BASIS[record.basis]} {record.status.capitalize()} av nätverket {standing.reviewed}"]
    if isinstance(record, Term):
        return [stands]
    sources: list[Any] = []
    for source in standing.sources:
        sources += [", " if sources else "Källor: ", w.link(source, source.label)]
    law = [[front.NO_ADVICE]] if standing.law else []
    there = address(w.guide, record)
    return [
        stands,
        *([[*sources, "."]] if sources else []),
        *law,
        [{"text": Exact(short_address(there)), "url": there}],
    ]


# ---------------------------------------------------------------- what both have


def _book(guide: Guide, cover: Mapping[str, Any], chapters: Iterable[Data]) -> Book:
    settings = guide.settings
    filled = [chapter for chapter in chapters if chapter["entries"] or chapter["sections"]]
    data = {
        "info": info(settings, cover["file_title"], cover["summary"], "Häfte" if cover["phase"] else "Bok"),
        "cover": cover,
        "phases": [one.short for one in guide.all(Phase)],
        "chapters": filled,
        "places": {"cover": [cover["id"], cover["url"]], **dict(_places(guide, filled))},
        "edition": edition(settings),
    }
    return Book(data, settings)


def _places(guide: Guide, chapters: Iterable[Data]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Key of a heading → id and address of its page: what the foot of a page says from there on."""
    pages = {key(r): (r.id, address(guide, r)) for records in guide.records.values() for r in records.values()}
    site = guide.settings.address
    for chapter in chapters:
        if "path" in chapter:
            path = chapter["path"]
            yield chapter["key"], (path.rpartition("/")[2] or _HOME, f"{site}{path}/" if path else site)
        else:
            yield chapter["key"], pages[chapter["key"]]
        yield from ((one["key"], pages[one["key"]]) for one in chapter["entries"] if one["form"] != "row")
