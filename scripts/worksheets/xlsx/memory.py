"""What a workbook remembers of itself, on a sheet that is not shown: which worksheet and edition it is, and what it asked.

Next year's workbook is made from it (:mod:`scripts.worksheets.followup`). A place to answer is known by its defined
name, made of permanent ids; the wording goes along, so that it can be told when a question has been reworded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from ..rows import Value

SHEET = "Minne"
_MARK = "Partnerskapsguidens minne 1"  # the number is the layout's

# An answer; a column of a table, whose cells are rows; or a cell that the workbook works out.
Kind = Literal["svar", "kolumn", "uträknat", "uträknad kolumn"]


@dataclass(frozen=True)
class Place:
    """Somewhere to answer: its defined name and what is asked there."""

    name: str
    label: str
    kind: Kind = "svar"


@dataclass(frozen=True)
class Memory:
    """``variant`` says which of a worksheet's workbooks this is; ``printed`` are digests of the texts that came with it."""

    worksheet: str
    variant: str
    edition: str
    places: tuple[Place, ...]
    printed: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """What was written in a place last year: one value, or in a table's column one for each row."""

    place: Place
    values: tuple[Value, ...]

    @property
    def value(self) -> Value:
        return self.values[0] if self.values else None

    @property
    def blank(self) -> bool:
        return all(value is None or value == "" for value in self.values)


@dataclass(frozen=True)
class Previous:
    """Last year's workbook. ``loose`` is what stood outside the places to answer: where, and the text."""

    memory: Memory
    answers: Mapping[str, Answer]
    loose: tuple[tuple[str, str], ...]

    def at(self, name: str) -> Answer | None:
        """The answer in the place of that permanent id."""
        return self.answers.get(defined_name(name))

    def columns(self, table: str) -> tuple[Answer, ...]:
        """The columns of a table in last year's order; ``table`` is its defined name."""
        return tuple(
            answer
            for name, answer in self.answers.items()
            if name.startswith(f"{table}.") and "kolumn" in answer.place.kind
        )


def defined_name(id: str) -> str:
    """A permanent id as Excel takes it."""
    return id.replace("-", "_")


def digest(text: object) -> str:
    """A short name for a text, the same however its white space was kept."""
    return hashlib.sha256(" ".join(str(text).split()).encode()).hexdigest()[:16]


def sheet_mark(name: str) -> str:
    """What stands among the printed texts for a sheet itself."""
    return f"fliken {name}"


def write_memory(book: Any, memory: Memory) -> None:
    """Add the sheet to ``book``, an xlsxwriter workbook."""
    sheet = book.add_worksheet(SHEET)
    head = (_MARK, memory.worksheet, memory.variant, memory.edition)
    for column, text in enumerate(head):
        sheet.write_string(0, column, text)
    for row, place in enumerate(memory.places, 1):
        for column, text in enumerate((place.name, place.label, place.kind)):
            sheet.write_string(row, column, text)
    for row, text in enumerate(sorted(memory.printed), 1):
        sheet.write_string(row, 4, text)
    sheet.very_hidden()


def read_memory(rows: Iterable[Sequence[object]]) -> Memory | None:
    """The memory in the sheet's ``rows``, or None where they are something else."""
    lines = [tuple("" if value is None else str(value) for value in (*row, *[None] * 5)[:5]) for row in rows]
    if not lines or lines[0][0] != _MARK:
        return None
    kinds: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
    return Memory(
        worksheet=lines[0][1],
        variant=lines[0][2],
        edition=lines[0][3],
        places=tuple(Place(line[0], line[1], kinds.get(line[2], "svar")) for line in lines[1:] if line[0]),
        printed=frozenset(line[4] for line in lines[1:] if line[4]),
    )
