"""Two parties' answers to the same statements, side by side."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...guide.model import ScaleField
from ..form import Form, Question

LARGE_GAP, BOTH_LOW = 2, 2
DIFFERENT, LOW = "olika bild", "båda lågt"


@dataclass(frozen=True)
class Row:
    """A statement, and the client's and the operator's answers to it where they are known."""

    number: int
    area: str
    name: str  # of the place to answer
    text: str
    scores: tuple[int | None, int | None]

    @property
    def gap(self) -> int | None:
        """Steps between the answers."""
        client, operator = self.scores
        return None if client is None or operator is None else abs(client - operator)

    @property
    def state(self) -> str:
        """What the answers say about the statement, in two words; empty where there is nothing to say."""
        client, operator = self.scores
        if self.gap is None or client is None or operator is None:
            return ""
        return DIFFERENT if self.gap >= LARGE_GAP else LOW if max(client, operator) <= BOTH_LOW else ""

    @property
    def weight(self) -> int | None:
        """What the agenda is sorted by: the gap, then how low the answers are, then the order of the form."""
        client, operator = self.scores
        if self.gap is None or client is None or operator is None:
            return None
        return self.gap * 10_000 + (10 - client - operator) * 100 + 99 - self.number


def rows(form: Form) -> tuple[Row, ...]:
    """Every statement of the form, in order."""
    scales = [question for question in form.questions if isinstance(question.field, ScaleField)]
    asked = [(question, item) for question in scales for item in question.items]
    return tuple(
        Row(
            number,
            question.field.label,
            f"f_{question.field.id}.{item.id}",
            item.text,
            _scores(form, question, item.id),
        )
        for number, (question, item) in enumerate(asked, 1)
    )


def _scores(form: Form, question: Question, item: str) -> tuple[int | None, int | None]:
    """The example's answers: one party's are in its values, the other's beside them."""
    if form.example is None or form.sheet.comparison is None:
        return None, None
    own = (question.answer or {}).get(item)
    other = form.example.other_party.get(question.field.id, {}).get(item)
    party = next(q for q in form.questions if q.field.id == form.sheet.comparison.party)
    client_is_own = party.answer == getattr(party.field, "options", ("",))[0]
    return (own, other) if client_is_own else (other, own)


@dataclass(frozen=True)
class Area:
    """Statements that belong together, and the client's and the operator's means where they are known."""

    title: str
    means: tuple[float | None, float | None]

    @property
    def gap(self) -> float | None:
        client, operator = self.means
        return None if client is None or operator is None else abs(client - operator)


def areas(form: Form) -> Iterator[Area]:
    """The form's areas, in order."""
    found = rows(form)
    for area in dict.fromkeys(row.area for row in found):
        pairs = [row.scores for row in found if row.area == area]
        client, operator = ([score for score in side if score is not None] for side in zip(*pairs, strict=True))
        means = statistics.fmean(client) if client else None, statistics.fmean(operator) if operator else None
        yield Area(area, means)


def ordered(rows: Sequence[Row]) -> list[Row]:
    """The rows that both parties have answered, as the agenda has them."""
    return sorted((row for row in rows if row.weight is not None), key=lambda row: -(row.weight or 0))
