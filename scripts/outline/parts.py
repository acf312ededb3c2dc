"""What several kinds of record tell in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..guide.guide import Guide, texts
from ..guide.model import Part, Practice, Record
from ..guide.network import Count, Review
from ..guide.wording import STATE, duration, listed, long_date, sentence
from .blocks import Standing

_LAW = re.compile(r"\b(?:LOU|LUF|LUK|OSL)\b|\d+ (?:a )?kap\.|\d+ §")  # a law by its short name, or a place in one

# How long meetings take, to choose by: the mark, what the reader sees, and the most minutes.
LENGTHS = (("60", "Högst en timme", 60), ("120", "Högst två timmar", 120), ("långt", "Mer än två timmar", 10_000))


class Titles:
    """The model's own headings: ``titles(Practice).why`` is «Varför»."""

    def __init__(self, model: type[Part]) -> None:
        self._model = model

    def __getattr__(self, field: str) -> str:
        title = self._model.model_fields[field].title
        assert title, f"{self._model.__name__}.{field} has no title"
        return title


def standing(guide: Guide, record: Record) -> Standing:
    """What every record ends with."""
    law = any(_LAW.search(text) for text, _ in texts(record))
    review = guide.review(record)
    if review is None:
        return Standing(record, guide.cited(record), law)
    return Standing(record, guide.cited(record), law, tuple(_marks(review)), max(count.year for count in review.read))


def _marks(review: Review) -> Iterator[str]:
    """How far the network has come, by which side; what is not known is said to be so."""
    yield STATE[review.state]
    yield f"Läst av {_counted(review.read)}."
    yield f"Prövat av {_counted(review.tried)}." if review.tried else "Ingen har berättat att de har prövat det."
    if review.contested:
        yield f"Ifrågasatt av {_counted(review.contested)}: {sentence(review.dissent or '')}"
    if review.decided:
        yield f"Beslutat {long_date(review.decided)}."
    if review.next:
        yield f"Läses om senast {long_date(review.next)}."


def _counted(counts: tuple[Count, ...]) -> str:
    """«2 beställare och 1 utförare (2026)»."""
    years = sorted({count.year for count in counts})
    sums = {side: sum(c.number for c in counts if c.side == side) for side in ("beställare", "utförare")}
    who = listed(tuple(f"{number} {side}" for side, number in sums.items() if number))
    return f"{who} ({'–'.join(map(str, dict.fromkeys((years[0], years[-1]))))})"


def time_of(practice: Practice) -> str:
    """How long the meetings are."""
    return f"{duration(practice.minutes)} möte" if practice.minutes else "inget möte"


def remark(practice: Practice) -> str:
    """What to know before choosing a practice: level, time and whether a small contract can wait with it."""
    wait = ["kan vänta i ett litet avtal"] if practice.small_contract.choice == "avstå" else []
    return " · ".join([practice.level.capitalize(), time_of(practice), *wait])
