"""Record texts for paper: plain pieces of text, and references that become page numbers or short addresses.

A line is a list of pieces. A piece is a text, or a reference: to a place in the same file (``to``) or, where the file
lacks the record, to its page on the site (``url``, with ``address`` as it is typed by hand).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..files.paper import short_address
from ..files.typeset import Exact
from ..guide.guide import Guide, cited
from ..guide.model import Record, Source
from ..guide.wording import paragraphs
from ..pages.text import page_of

Piece = str | dict[str, Any]
Line = list[Piece]


def key(record: Record) -> Exact:
    """The name of the record's place in a file."""
    return Exact(f"{record.folder}/{record.id}")


def address(guide: Guide, record: Record) -> Exact:
    """Where on the site the record is shown."""
    path, anchor = page_of(record)
    page = path.removesuffix("index.md") if path.endswith("index.md") else path.removesuffix(".md") + "/"
    return Exact(f"{guide.settings.address}{page}" + (f"#{anchor}" if anchor else ""))


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

    def link(self, record: Record, text: str | None = None) -> dict[str, Any]:
        """A cross-reference: the title with its page number, or with its address."""
        said = text or record.title
        if key(record) in self.inside:
            return {"text": said, "to": key(record), "page": True}
        self._missed[key(record)] = record
        url = address(self.guide, record)
        return {"text": said, "url": url, "address": Exact(short_address(url))}

    def links(self, records: Iterable[Record]) -> Line:
        """«a (s. 4), b (s. 9)»."""
        line: Line = []
        for record in records:
            line += [", ", self.link(record)] if line else [self.link(record)]
        return line

    def line(self, text: str) -> Line:
        """One paragraph, with its citations as the sources' labels."""
        return list(self._pieces(" ".join(text.split())))

    def lines(self, texts: Iterable[str]) -> list[Line]:
        return [self.line(text) for text in texts]

    def _pieces(self, text: str) -> Iterator[Piece]:
        for piece in cited(text, lambda id: self.guide.get(Source, id).label):
            if isinstance(piece, str):
                yield piece
                continue
            before, after = ("", "") if piece.named else ("(", ")")
            yield before
            yield {**self.link(self.guide.get(Source, piece.id), piece.text), "page": False}
            yield after

    # ------------------------------------------------------------ blocks: what templates/blocks.typ can set

    def prose(self, text: str, label: str = "") -> dict[str, Any]:
        """Paragraphs; the label, where there is one, begins the first."""
        return {"block": "prose", "label": label, "lines": self.lines(paragraphs(text))}

    def bullets(self, texts: Iterable[str]) -> dict[str, Any]:
        return {"block": "bullets", "lines": self.lines(texts)}

    def numbered(self, texts: Iterable[str]) -> dict[str, Any]:
        return {"block": "numbered", "lines": self.lines(texts)}

    def sides(self, *sides: tuple[str, Iterable[str]]) -> dict[str, Any]:
        """Lists side by side, a party each."""
        return {"block": "sides", "sides": [{"title": title, "lines": self.lines(texts)} for title, texts in sides]}

    def references(self, *entries: tuple[Record, str, str], ordered: bool = False) -> dict[str, Any]:
        """Cross-references a line each, with a text and a remark about each."""
        listed = [{"link": self.link(r), "text": self.line(text), "remark": remark} for r, text, remark in entries]
        return {"block": "references", "ordered": ordered, "entries": listed}

    def named(self, label: str, records: Iterable[Record]) -> dict[str, Any]:
        """«label: a (s. 4), b (s. 9)» as a paragraph."""
        return {"block": "prose", "label": label, "lines": [self.links(records)]}


def table(columns: Iterable[tuple[str, int]], rows: Iterable[Iterable[Line]]) -> dict[str, Any]:
    """Columns by heading and share of the width."""
    return {
        "block": "table",
        "columns": [{"label": label, "share": share} for label, share in columns],
        "rows": [list(row) for row in rows],
    }


def section(title: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "blocks": list(blocks)}
