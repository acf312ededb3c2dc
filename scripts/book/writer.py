"""Outlines for paper: each line as pieces of text and references, each block as data for ``templates/blocks.typ``.

A line is a list of pieces. A piece is a text, or a reference: to a place in the same file (``to``) or, where the file
lacks the record, to its page on the site (``url``, with ``address`` as it is typed by hand).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, assert_never

from .. import fonts
from ..files.paper import short_address
from ..files.typeset import Exact
from ..files.wheel import Colours, drawn
from ..guide import addresses
from ..guide.guide import Guide, cited
from ..guide.model import (
    AgreementField,
    ChecklistField,
    ChoiceField,
    DateField,
    LongTextField,
    Record,
    ScaleField,
    Source,
    TableField,
    TextField,
)
from ..guide.parties import PARTIES
from ..guide.wording import duration, listed, shown
from ..outline import blocks
from ..outline.blocks import At, Break, English, Line, Section, To, Web
from ..worksheets.form import Form, Question, resolve
from ..worksheets.rows import explained

_COLOURS = Colours("#eaf3f3", "#8fb0b0", "#005a5a", "#1b2b2b", "#ffffff")  # as files/templates/common.typ has them

Data = dict[str, Any]  # a block, an entry or a chapter, as the templates know it


def key(record: Record) -> Exact:
    """The name of the record's place in a file."""
    return Exact(f"{record.folder}/{record.id}")


def address(guide: Guide, record: Record) -> Exact:
    """Where on the site the record is shown."""
    return Exact(addresses.address(guide.settings.address, record))


class Writer:
    """What one file may say. ``inside`` are the records that it has; references to others are remembered."""

    def __init__(self, guide: Guide, inside: Iterable[Record]) -> None:
        self.guide = guide
        self.inside = frozenset(key(record) for record in inside)
        self._missed: dict[str, Record] = {}

    @property
    def missed(self) -> tuple[Record, ...]:
        """The records that the file refers to and does not have."""
        return tuple(self._missed.values())

    # ------------------------------------------------------------ lines

    def link(self, record: Record, text: str = "") -> Data:
        """A cross-reference: the title with its page number, or with its address."""
        said = text or record.title
        if key(record) in self.inside:
            return {"text": said, "to": key(record), "page": True}
        self._missed[key(record)] = record
        url = address(self.guide, record)
        return {"text": said, "url": url, "address": Exact(short_address(url))}

    def line(self, line: Line) -> list[Any]:
        """One paragraph, with its citations as the sources' labels."""
        pieces = (line,) if isinstance(line, str) else line
        return [said for piece in pieces for said in self._piece(piece)] or [""]

    def lines(self, lines: Iterable[Line]) -> list[list[Any]]:
        return [self.line(line) for line in lines]

    def _piece(self, piece: blocks.Piece) -> Iterator[Any]:
        match piece:
            case str():
                yield from self._text(piece)
            case To(record, text):
                yield self.link(record, text)
            case At(text, page):
                yield {"text": text, "url": Exact(self.guide.settings.address + addresses.path_of(page))}
            case Web(text, url):
                yield {"text": text, "url": Exact(url)}
            case Break():
                yield {"break": True}
            case English(text):
                yield {"text": text, "lang": Exact("en")}
            case _ as never:
                assert_never(never)

    def _text(self, text: str) -> Iterator[Any]:
        for piece in cited(re.sub(r"\s+", " ", text), lambda id: self.guide.get(Source, id).label):
            if isinstance(piece, str):
                yield from (piece,) if piece else ()
            else:
                link = self.link(self.guide.get(Source, piece.id), piece.text)
                yield from (link,) if piece.named else ("(", link, ")")

    # ------------------------------------------------------------ blocks

    def section(self, s: Section) -> Data:
        return {"title": s.title, "blocks": [data for block in s.blocks for data in self.block(block)]}

    def block(self, b: blocks.AnyBlock) -> list[Data]:
        """The block as templates/blocks.typ sets it; nothing for what belongs to a screen."""
        match b:
            case blocks.Prose():
                return [{"block": "prose", "label": b.label, "lines": self.lines(b.lines)}]
            case blocks.Note():
                return [{"block": "note", "line": self.line(b.line)}]
            case blocks.Bullets() | blocks.Numbered():
                return [{"block": b.kind, "lines": self.lines(b.lines)}]
            case blocks.Facts():
                return [{"block": "facts", "facts": [{"label": f.label, "line": self.line(f.line)} for f in b.facts]}]
            case blocks.Sides():
                sides = [{"title": s.title, "alone": s.alone, "lines": self.lines(s.lines)} for s in b.sides]
                return [{"block": "sides", "sides": sides}]
            case blocks.Steps():
                return [{"block": "steps", "steps": [self._move(move) for move in b.moves]}]
            case blocks.Agenda():
                return [self.table(_AGENDA, map(_session, b.sessions))]
            case blocks.Table():
                return [self.table(b.headings, (row.cells for row in b.rows))]
            case blocks.Timeline():
                return [self.table(_TIMELINE, ((e.when, (e.to,), e.meta) for e in b.entries))]
            case blocks.Wheel():
                drawing = Exact(drawn(((turn.number, turn.months) for turn in b.turns), _COLOURS, fonts.FAMILY))
                rows = [(turn.mark, self.line((turn.to,)), turn.when) for turn in b.turns]
                return [{"block": "wheel", "title": b.title, "svg": drawing, "rows": rows}]
            case blocks.Tree():
                return [{"block": "tree", "title": b.title, "branches": [self._branch(one) for one in b.branches]}]
            case blocks.Bars():
                return [
                    {
                        "block": "bars",
                        "title": b.title,
                        "series": b.series,
                        "rows": [
                            (label, [(number, shown("number", number)) for number in numbers])
                            for label, numbers in b.rows
                        ],
                        "most": b.most,
                    }
                ]
            case blocks.Checklist():
                items = [{"text": self.line(i.text), "link": self.link(i.record)} for i in b.items]
                return [{"block": "checklist", "items": items}]
            case blocks.Form():
                return [] if b.filled else [_form(resolve(self.guide, b.sheet))]
            case blocks.References():
                return [self.references(b.entries)]
            case blocks.Cards() if b.brief:
                return [self.named("", (entry.record for entry in b.entries))]
            case blocks.Cards():
                return [self.references(b.entries, b.ordered)]
            case blocks.Sheets() if b.filled:  # files to open, which a book is not
                return []
            case blocks.Sheets():
                return [self.references(blocks.Reference(s, s.summary, duration(s.minutes)) for s in b.sheets)]
            case blocks.Mentions():
                records = [record for record in b.records if key(record) in self.inside]
                return [self.named(b.label, records)] if records else []
            case blocks.Files():
                return [self._fetched(b.record)] if b.record and b.use == "blank" else []
            case blocks.Filter() | blocks.Widget() | blocks.PhaseMap() | blocks.Next() | blocks.Glance():
                return []
            case _ as never:
                assert_never(never)

    def _fetched(self, record: Record) -> Data:
        there = address(self.guide, record)
        line = ["Bladet finns att hämta på ", {"text": Exact(short_address(there)), "url": there}, "."]
        return {"block": "prose", "label": "", "lines": [line]}

    def _branch(self, branch: blocks.Branch) -> Data:
        return {
            "line": self.line((branch.to,)),
            "said": branch.said,
            "below": [self._branch(one) for one in branch.below],
        }

    def _move(self, move: blocks.Move) -> Data:
        who = ", ".join([move.who, *move.where])
        return {"name": move.opening, "who": who, "do": self.line(move.rest), "result": self.line(move.result)}

    def named(self, label: str, records: Iterable[Record]) -> Data:
        return {"block": "prose", "label": label, "lines": [self.line(blocks.links(records))]}

    def references(self, entries: Iterable[blocks.Reference], ordered: bool = False) -> Data:
        """Cross-references a line each, with a text and a remark about each."""
        found = [{"link": self.link(e.record), "text": self.line(e.text), "remark": e.remark} for e in entries]
        return {"block": "references", "ordered": ordered, "entries": found}

    def table(self, headings: Iterable[blocks.Heading], rows: Iterable[Iterable[Line]]) -> Data:
        return {
            "block": "table",
            "columns": [{"label": self.line(h.label), "share": h.share} for h in headings],
            "rows": [self.lines(row) for row in rows],
        }


_TIMELINE = (blocks.Heading("När", 4), blocks.Heading("Vad", 5), blocks.Heading("Tid", 4))
_AGENDA = (blocks.Heading("Möte", 4), blocks.Heading("Steg", 3), blocks.Heading("Minuter", 4))


def _session(session: blocks.Session) -> tuple[str, str, str]:
    """Which steps the meeting takes, and the minutes added up."""
    minutes = [str(point.minutes) for point in session.points]
    worked = f"{' + '.join(minutes)} = {session.minutes}" if len(minutes) > 1 else str(session.minutes)
    return session.name, listed(tuple(str(point.number) for point in session.points)), worked


# ---------------------------------------------------------------- a worksheet's questions


def _form(form: Form) -> Data:
    parts = [
        {"title": p.title, "intro": p.intro or "", "questions": [_question(q) for q in p.questions]} for p in form.parts
    ]
    return {"block": "form", "parts": parts}


def _question(question: Question) -> Data:
    """What the field asks, how it is filled in, and what there is to answer."""
    return {"label": question.label, "help": question.field.help or "", "lines": list(_asked(question))}


def _asked(question: Question) -> Iterator[str]:
    """The columns, statements, points or choices of a field that has such."""
    match question.field:
        case TableField() as field:
            told = ((c.label, explained(field, c)) for c in field.columns)
            yield "Kolumner: " + "; ".join(f"{label} ({help})" if help else label for label, help in told)
            if field.rows:
                yield "Rader: " + "; ".join(", ".join(row.values()) for row in field.rows)
        case ScaleField() as field:
            yield f"1 = {field.low}, 5 = {field.high}"
            yield from (item.text for item in question.items)
        case ChecklistField():
            yield from (item.text for item in question.items)
        case ChoiceField() as field:
            yield " / ".join(field.options)
        case AgreementField():
            yield " / ".join(party.label for party in PARTIES)
        case TextField() | LongTextField() | DateField():
            return
        case _ as never:
            assert_never(never)
