"""How a table's width is shared between its columns, the same in every format."""

from __future__ import annotations

import re

from ..guide.model import Column, TableField
from ..guide.wording import shown
from .form import Question
from .rows import explained

_DATE_WIDTH = len("2026-12-31")
_PADDING = 2
_LONGEST = 17  # a longer word is broken: it may not take the width from the other columns


def shares(question: Question, room: int) -> tuple[float, ...]:
    """Each column's share of the width, summing to 1, in a table that is ``room`` characters wide.

    The widths in the record hold, except that no column is too narrow for its own words.
    """
    field = question.field
    assert isinstance(field, TableField)
    least = [min(_least(question, column), room / len(field.columns) * 1.5) for column in field.columns]
    total = sum(least)
    if total >= room:
        return tuple(width / total for width in least)
    return tuple(width / room for width in _fill([column.width for column in field.columns], least, room))


def _fill(wanted: list[int], least: list[float], room: float) -> list[float]:
    """Widths in the proportions ``wanted`` that sum to ``room``, where each is at its least at least."""
    narrow: set[int] = set()
    while True:
        left = room - sum(least[i] for i in narrow)
        parts = sum(width for i, width in enumerate(wanted) if i not in narrow)
        unit = left / parts
        new = {i for i, width in enumerate(wanted) if i not in narrow and width * unit < least[i]}
        if not new:
            return [least[i] if i in narrow else width * unit for i, width in enumerate(wanted)]
        narrow |= new


def _least(question: Question, column: Column) -> float:
    """The longest word in the column, in characters; a date is never broken."""
    assert isinstance(question.field, TableField)
    texts = [column.label, explained(question.field, column)]
    texts += [shown(column.type, row[column.id]) for row in question.rows]
    words = [word for text in texts for word in re.split(r"[\s/–-]+", text)]
    longest = min(max(map(len, words), default=0), _LONGEST)
    return max(longest, _DATE_WIDTH if column.type == "date" else 0) + _PADDING
