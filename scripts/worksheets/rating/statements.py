"""What the sheets of rated statements share: their first columns, the parties', and what the meeting writes."""

from __future__ import annotations

from collections.abc import Mapping

from ...guide.parties import PARTIES
from ..rows import Value
from ..xlsx import rules
from ..xlsx.listing import ListColumn
from .comparison import APART, LARGE_GAP, Row

ANSWERS = "Svar"
FIXED = 3  # columns that stay on the screen: number, area and statement
# What the meeting comes to, written on the sheet with the answers and shown in the agenda.
MEETING = (
    ListColumn("syn", "Vår gemensamma syn", 48, "input"),
    ListColumn("atgard", "Det här gör vi", 48, "input"),
    ListColumn("vem", "Vem", 22, "input"),
    ListColumn("klart", "Till när", 13, "date", rule=rules.date()),
    ListColumn("tecken", "Så ser vi att det hjälpte", 40, "input"),
)
# How a large gap and a large spread are shown; the words beside them say the same.
LARGE: Mapping[str, object] = {"type": "cell", "criteria": "between", "minimum": LARGE_GAP, "maximum": 4}
WIDE: Mapping[str, object] = {"type": "cell", "criteria": "between", "minimum": APART, "maximum": 4}


def statement(area: int, text: int) -> tuple[ListColumn, ...]:
    """The first columns of a list, with the widths of two of them."""
    return (
        ListColumn("nr", "Nr", 5, "figure"),
        ListColumn("area", "Område", area),
        ListColumn("text", "Påstående", text),
    )


def asked(row: Row) -> dict[str, Value]:
    """What stands in those columns."""
    return {"nr": row.number, "area": row.area, "text": row.text}


def scored(row: Row) -> dict[str, Value]:
    """The parties' answers, in the columns that are called as they are."""
    return {party.id: score for party, score in zip(PARTIES, row.scores, strict=True)}
