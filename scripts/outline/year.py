"""What comes back in an ordinary year of the fictitious contract, as a wheel."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import Practice
from ..guide.wording import MONTHS
from ..meetings.days import contract_of, plan
from ..meetings.rules import Rule
from .blocks import To, Turn, Wheel

_NEARLY_ALWAYS = 8  # months; what is held more often is a dot in each, not a mark of its own


def wheel(guide: Guide) -> Iterator[Wheel]:
    """The first whole year when nothing is new. Nothing where nothing comes back."""
    contract = contract_of(guide.settings.example_contract)
    year = contract.starts.year + 2
    found: dict[Rule, list[datetime.date]] = {}
    for event in plan(guide, contract):
        if event.rule.every and event.date.year == year:
            found.setdefault(event.rule, []).append(event.date)
    turns: list[Turn] = []
    for rule, days in found.items():
        months = tuple(sorted({day.month for day in days}))
        number = 0 if len(months) > _NEARLY_ALWAYS else 1 + sum(turn.number > 0 for turn in turns)
        turns.append(Turn(number, To(guide.get(Practice, rule.id.split(".")[0]), rule.title), months))
    if turns:
        title = f"{contract.name} år {year}. Trafiken startade i {MONTHS[contract.starts.month - 1]}. Startar er en annan månad vrids hjulet."
        yield Wheel(title, tuple(turns))
