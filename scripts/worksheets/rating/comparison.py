"""Two parties' answers to the same statements, side by side.

The same arithmetic stands in the workbooks as formulas: :mod:`own_answers` and :mod:`both_answers`.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ...guide.model import ScaleField
from ...guide.parties import PARTIES
from ..form import SCORES, Form, Part, Question

LARGE_GAP = 1  # steps between the parties' means, from which they see it differently
BOTH_LOW = 2.5  # a mean, up to which an answer is low
APART = 1.3  # a standard deviation, from which those who answered for one party disagree
LARGEST = 5  # gaps that the meeting begins with
DIFFERENT, LOW = "olika bild", "båda lågt"


@dataclass(frozen=True)
class Row:
    """A statement, and the client's and the operator's mean of one decimal where it is known."""

    number: int
    area: str
    name: str  # of the place to answer
    text: str
    scores: tuple[float | None, float | None]

    @property
    def gap(self) -> float | None:
        """Steps between the answers, of one decimal."""
        client, operator = self.scores
        return None if client is None or operator is None else rounded(abs(client - operator))

    @property
    def state(self) -> str:
        """What the answers say about the statement, in two words; empty where there is nothing to say."""
        client, operator = self.scores
        if self.gap is None or client is None or operator is None:
            return ""
        return DIFFERENT if self.gap >= LARGE_GAP else LOW if max(client, operator) <= BOTH_LOW else ""

    @property
    def missing(self) -> str:
        """Why the statement is not compared; empty where it is."""
        without = [party.name.lower() for party, score in zip(PARTIES, self.scores, strict=True) if score is None]
        return f"saknar svar från {'båda' if len(without) > 1 else without[0]}" if without else ""

    @property
    def weight(self) -> int:
        """What the agenda is sorted by: the gap, then how low the answers are, then the order of the form.

        Statements that are not compared weigh less than nothing, and come last.
        """
        client, operator = self.scores
        if self.gap is None or client is None or operator is None:
            return -self.number
        return round(self.gap * 10) * 1_000_000 + round((10 - client - operator) * 10) * 1_000 + 999 - self.number


def rounded(number: float) -> float:
    """One decimal, halves away from zero as in Excel."""
    return float(Decimal(f"{number:.12g}").quantize(Decimal("0.1"), ROUND_HALF_UP))


def rated_parts(form: Form) -> Iterator[Part]:
    """The parts that have statements to rate."""
    return (part for part in form.parts if any(isinstance(question.field, ScaleField) for question in part.questions))


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


def _scores(form: Form, question: Question, item: str) -> tuple[float | None, float | None]:
    """The example's answers: one party's are in its values, the other's beside them."""
    if form.example is None or form.sheet.comparison is None:
        return None, None
    answers = (question.answer or {}).get(item), form.example.other_party.get(question.field.id, {}).get(item)
    own, other = (answer if answer in SCORES else None for answer in answers)
    party = next(q for q in form.questions if q.field.id == form.sheet.comparison.party)
    client_is_own = party.answer == getattr(party.field, "options", ("",))[0]
    return (own, other) if client_is_own else (other, own)


@dataclass(frozen=True)
class Area:
    """Statements that belong together, and the parties' means over those of them that both have answered."""

    id: str
    title: str
    compared: int
    of: int
    means: tuple[float | None, float | None]

    @property
    def gap(self) -> float | None:
        client, operator = self.means
        return None if client is None or operator is None else rounded(abs(client - operator))


def areas(form: Form) -> Iterator[Area]:
    """The form's areas, in order."""
    found = rows(form)
    for area in dict.fromkeys(row.area for row in found):
        inside = [row for row in found if row.area == area]
        pairs = [row.scores for row in inside if row.gap is not None]
        id = inside[0].name.removeprefix("f_").partition(".")[0]
        yield Area(id, area, len(pairs), len(inside), means(pairs))


def means(pairs: Sequence[tuple[float | None, float | None]]) -> tuple[float | None, float | None]:
    """Both parties' means of one decimal, over pairs of answers that are both there."""
    client, operator = (
        ([score for score in side if score is not None] for side in zip(*pairs, strict=True)) if pairs else ([], [])
    )
    if not client or not operator:
        return None, None
    return rounded(statistics.fmean(client)), rounded(statistics.fmean(operator))


def ordered(rows: Sequence[Row]) -> list[Row]:
    """The rows as the agenda has them: the largest gap first, and last those that are not compared."""
    return sorted(rows, key=lambda row: -row.weight)


def rank(row: Row, rows: Sequence[Row]) -> str:
    """A gap's place among the others', and whether it shares it: «2», «3 (delad)»."""
    gaps = [other.gap for other in rows if other.gap is not None]
    if row.gap is None:
        return ""
    place = 1 + sum(gap > row.gap for gap in gaps)
    return f"{place} (delad)" if gaps.count(row.gap) > 1 else str(place)
