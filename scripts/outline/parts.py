"""What several kinds of record tell in the same way."""

from __future__ import annotations

from ..guide.guide import Guide
from ..guide.model import Part, Practice, Record
from ..guide.wording import duration
from .blocks import Standing


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
    said = record.model_dump_json()
    return Standing(record, guide.cited(record), law="17 kap." in said or "LOU" in said)


def time_of(practice: Practice) -> str:
    """How long the meetings are, or what else it takes."""
    return f"{duration(practice.minutes)} möte" if practice.minutes else practice.effort


def remark(practice: Practice) -> str:
    """What to know before choosing a practice: level, time and whether a small contract can wait with it."""
    wait = ["kan vänta i ett litet avtal"] if practice.small_contract.choice == "avstå" else []
    return " · ".join([practice.level.capitalize(), time_of(practice), *wait])
