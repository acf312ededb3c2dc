"""What a page, a chapter or a kit is made of, whatever it is written as: a dozen kinds of block, and the pieces of a line.

Every reader's form of the guide is a writer of these: ``pages`` (Markdown), ``book`` (Typst), and plain text.
A text in a block is a record's own, with its citations in it; the writers make links of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from ..files.catalogue import Use
from ..guide.model import Record, Source, Worksheet
from ..guide.wording import MONTHS, STATUS, begins, listed, long_date, paragraphs, sentence

# ---------------------------------------------------------------- lines


@dataclass(frozen=True)
class To:
    """A reference to a record, by its title or by ``text``, or to a ``part`` of its page."""

    record: Record
    text: str = ""
    part: str = ""

    @property
    def said(self) -> str:
        return self.text or self.record.title


@dataclass(frozen=True)
class At:
    """A link to a page that is no record's, by its Markdown file."""

    text: str
    page: str


@dataclass(frozen=True)
class Web:
    """A link that leaves the guide."""

    text: str
    url: str


@dataclass(frozen=True)
class Break:
    """A new line in a cell."""


@dataclass(frozen=True)
class English:
    """Words in English, which a screen reader says in another voice."""

    text: str


Piece = str | To | At | Web | Break | English
Line = str | tuple[Piece, ...]


def links(records: Iterable[Record]) -> tuple[Piece, ...]:
    """«a, b, c»."""
    line: list[Piece] = []
    for record in records:
        line += [", ", To(record)] if line else [To(record)]
    return tuple(line)


# ---------------------------------------------------------------- blocks


class Block:
    """One of the kinds below."""

    @property
    def kind(self) -> str:
        """The name that the templates know the block by."""
        return type(self).__name__.lower()


@dataclass(frozen=True)
class Prose(Block):
    """Paragraphs. The label, where there is one, begins the first."""

    lines: tuple[Line, ...]
    label: str = ""


@dataclass(frozen=True)
class Bullets(Block):
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Numbered(Block):
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Fact:
    label: str
    line: Line


@dataclass(frozen=True)
class Facts(Block):
    """What is told in a word or two, label by label."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Side:
    """``alone``: one sentence, and no list of one."""

    title: str
    anchor: str
    lines: tuple[Line, ...]
    alone: bool = False


@dataclass(frozen=True)
class Sides(Block):
    """Lists beside each other, one for each party."""

    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Move:
    """One step: its short name, who does it, where and for how long when that is at a meeting, what is done, what it gives."""

    name: str
    who: str
    where: tuple[str, ...]
    do: str
    result: str

    @property
    def opening(self) -> str:
        """The name, run in before the text; a sentence of its own where the text does not begin with it."""
        return self.name if begins(self.do, self.name) else sentence(self.name)

    @property
    def rest(self) -> tuple[Piece, ...]:
        """Two pieces, since a line of one is stripped of the space that parts it from the name."""
        return ("", self.do[len(self.name) :]) if begins(self.do, self.name) else (" ", self.do)


@dataclass(frozen=True)
class Steps(Block):
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Point:
    """A step as a meeting takes it. ``number`` is its place among all the steps, from 1."""

    number: int
    minutes: int
    name: str
    who: str


@dataclass(frozen=True)
class Session:
    name: str
    points: tuple[Point, ...]

    @property
    def minutes(self) -> int:
        return sum(point.minutes for point in self.points)


@dataclass(frozen=True)
class Agenda(Block):
    """The meetings' points with their minutes added up."""

    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Heading:
    """A column's heading and its share of the width, counted against the others'."""

    label: Line
    share: int = 1


@dataclass(frozen=True)
class Row:
    cells: tuple[Line, ...]
    anchor: str = ""


@dataclass(frozen=True)
class Table(Block):
    """``wide``: too wide for a phone even with few words in it."""

    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    wide: bool = False


@dataclass(frozen=True)
class Reference:
    """A record to go on to, why, and a remark about it or its files for one use.

    ``marks`` are the names and values that a filter on the page chooses by.
    """

    record: Record
    text: str = ""
    remark: str = ""
    files: Use | None = None
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class References(Block):
    """A record a line, with what is said about each. A filter may choose among them, as among cards."""

    entries: tuple[Reference, ...]


@dataclass(frozen=True)
class Cards(Block):
    """Records to choose between. ``brief``: where room is short and each has its own place, the titles are enough."""

    entries: tuple[Reference, ...]
    ordered: bool = False
    brief: bool = False


@dataclass(frozen=True)
class Dated:
    """Something that happens: when, in words; what; whether it comes back; how long it takes.

    ``marks`` are the times within the whole, each a share of it from 0 to 1.
    """

    when: str
    to: To
    again: str
    minutes: str
    marks: tuple[float, ...]

    @property
    def often(self) -> bool:
        """So many times that they make a line and not points."""
        return len(self.marks) > 12

    @property
    def meta(self) -> str:
        return ", ".join(text for text in (self.minutes, self.again) if text)


@dataclass(frozen=True)
class Timeline(Block):
    """What happens between two days, in order. ``ends`` say what the days are."""

    entries: tuple[Dated, ...]
    ends: tuple[str, str]


@dataclass(frozen=True)
class Bars(Block):
    """Whole numbers as bars: a row for each label, and in it a bar for each of ``series``. The numbers are told as text."""

    title: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def most(self) -> int:
        return max((number for _, numbers in self.rows for number in numbers), default=0) or 1


@dataclass(frozen=True)
class Glance(Block):
    """The steps' short names, each leading to its step, in a lane for each party and one between them for both."""

    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Turn:
    """What comes back in a year: in which months, 1 to 12. ``number`` marks it in the wheel; 0 for what is there nearly always."""

    number: int
    to: To
    months: tuple[int, ...]

    @property
    def mark(self) -> str:
        return str(self.number or "●")

    @property
    def when(self) -> str:
        left = tuple(name for month, name in enumerate(MONTHS, 1) if month not in self.months)
        if self.number:
            return listed(tuple(name for name in MONTHS if name not in left))
        return f"varje månad utom {listed(left)}" if left else "varje månad"


@dataclass(frozen=True)
class Wheel(Block):
    """A year as a wheel: what comes back in it, month by month, and the same as a list."""

    title: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Branch:
    """What leads on to what stands above it. ``said`` is told beside it."""

    to: To
    said: str
    below: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Tree(Block):
    """What leads on to what, from the last to the first."""

    title: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Check:
    anchor: str
    text: str
    record: Record


@dataclass(frozen=True)
class Checklist(Block):
    """Statements to tick, and the record that each comes from."""

    items: tuple[Check, ...]


@dataclass(frozen=True)
class Files(Block):
    """The files of one record that are for one use, to download. ``record`` is None for those of the whole guide."""

    record: Record | None
    use: Use
    label: str = ""
    about: str = ""  # a paragraph on what they are
    button: bool = False  # the one thing to do here


@dataclass(frozen=True)
class Sheets(Block):
    """Worksheets with their files, blank or filled in."""

    sheets: tuple[Worksheet, ...]
    filled: bool = False


@dataclass(frozen=True)
class Form(Block):
    """A worksheet's questions, or a filled-in example's answers."""

    sheet: Worksheet
    filled: bool = False


@dataclass(frozen=True)
class PhaseMap(Block):
    """The contract's phases in order. ``current`` is the id of the one that is shown, or empty."""

    current: str = ""


@dataclass(frozen=True)
class Choice:
    """What a filter asks: the mark's name, what the reader sees, and the values with theirs."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filter(Block):
    """Choices that sift the cards of the outline's later sections; only a page has it."""

    choices: tuple[Choice, ...]
    one: str  # what one of the cards is called, and several
    many: str


@dataclass(frozen=True)
class Widget(Block):
    """Something to work with in the browser, which only a page has; ``name`` is its template."""

    name: str


@dataclass(frozen=True)
class Mentions(Block):
    """The records that lead here. A writer that holds only some of them names those."""

    label: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Next(Block):
    """The way on from here, as the page's last link."""

    to: To


@dataclass(frozen=True)
class Note(Block):
    """A paragraph in small print, or as a warning."""

    line: Line
    warns: bool = False


# Every kind of block; a writer that forgets one of them is told so by the type checker.
AnyBlock = (
    Prose | Bullets | Numbered | Facts | Sides | Steps | Agenda | Table | References | Cards | Checklist | Files | Sheets
    | Form | PhaseMap | Timeline | Bars | Wheel | Tree | Glance | Filter | Widget | Mentions | Next | Note
)  # fmt: skip


# ---------------------------------------------------------------- what they are put together to


@dataclass(frozen=True)
class Section:
    """A title and what stands under it. An ``opening`` one follows the lead, and a page needs no heading for it.

    Where the section is about a record of its own, the title leads to it. One that is ``folded`` is shown on a page when
    its reader asks for it, by those words.
    """

    title: str
    anchor: str
    blocks: tuple[AnyBlock, ...]
    opening: bool = False
    record: Record | None = None
    folded: str = ""


@dataclass(frozen=True)
class Standing:
    """What a record rests on, how far the network has come with it, and whether it touches the law."""

    record: Record
    sources: tuple[Source, ...]
    law: bool
    marks: tuple[str, ...] = ()  # who in the network has read and tried it, a sentence each
    read: int = 0  # the last year that someone did

    @property
    def status(self) -> str:
        """How far the record has come: what the network has said of it, or else what stands in the record."""
        return " ".join(self.marks) or STATUS[self.record.status]

    @property
    def reviewed(self) -> str:
        return f"{long_date(self.record.reviewed)}." if self.record.reviewed else "inte ännu."


@dataclass(frozen=True)
class Outline:
    """One record, or one page that is no record's. ``kind`` is what stands above its title where kinds are mixed."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    kind: str = ""
    standing: Standing | None = None
    anchor: str = ""  # where on its page, when it shares one
    number: int = 0  # a phase's place among the phases, from 1
    sifted: str = ""  # the id of what a filter sifts, on a page that has one


def said(text: str | None, label: str = "") -> tuple[Prose, ...]:
    """A record's text as paragraphs; nothing where there is none."""
    return (Prose(paragraphs(text), label),) if text else ()


def named(label: str, records: Iterable[Record], end: str = "") -> tuple[Prose, ...]:
    """«label a, b, c»; nothing where there are no records."""
    line = links(records)
    return (Prose(((*line, end) if end else line,), label),) if line else ()


def cards(records: Iterable[Record], brief: bool = True) -> tuple[Cards, ...]:
    """Each record with its summary; nothing where there are none."""
    entries = tuple(Reference(record, getattr(record, "summary", "")) for record in records)
    return (Cards(entries, brief=brief),) if entries else ()


def section(title: str, anchor: str, *blocks: AnyBlock, opening: bool = False, folded: str = "") -> tuple[Section, ...]:
    """A section; nothing where nothing stands in it."""
    return (Section(title, anchor, blocks, opening, folded=folded),) if blocks else ()


def records_in(value: Any) -> Iterator[Record]:
    """Every record that an outline, or a part of one, refers to."""
    if isinstance(value, Record):
        yield value
    elif isinstance(value, tuple):
        for child in value:
            yield from records_in(child)
    elif is_dataclass(value) and not isinstance(value, type | Standing):
        for part in fields(value):
            yield from records_in(getattr(value, part.name))
