"""What several kinds of record tell in the same way."""

from __future__ import annotations

import re

from ..guide.guide import Guide, texts
from ..guide.model import Part, Practice, Record
from ..guide.wording import duration
from .blocks import Standing

_LAW = re.compile(r"\b(?:LOU|LUF|LUK|OSL)\b|\d+ (?:a )?kap\.|\d+ §")  # a law by its short name, or a place in one


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
    return Standing(record, guide.cited(record), law)


def time_of(practice: Practice) -> str:
    """How long the meetings are, or what else it takes."""
    return f"{duration(practice.minutes)} möte" if practice.minutes else practice.effort


def remark(practice: Practice) -> str:
    """What to know before choosing a practice: level, time and whether a small contract can wait with it."""
    wait = ["kan vänta i ett litet avtal"] if practice.small_contract.choice == "avstå" else []
    return " · ".join([practice.level.capitalize(), time_of(practice), *wait])
