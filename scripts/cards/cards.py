"""A phase's practices as cards in A6, four on an A4: when, who calls whom, how long, the steps' names and what is there after.

``templates/cards.typ`` decides how they look.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..files.catalogue import Artifact
from ..files.paper import edition, info, short_address
from ..files.typeset import Exact, typeset
from ..guide.addresses import address
from ..guide.guide import Guide
from ..guide.model import Phase, Practice, Role
from ..guide.plain import plain_guide
from ..guide.wording import sentence
from ..outline.effort import times

TEMPLATE = Path(__file__).parent / "templates" / "cards.typ"
_LABEL = "Korten för utskrift (PDF)"


@dataclass(frozen=True)
class Cards:
    """What the template is told, and the edition's date."""

    data: dict[str, Any]
    date: datetime.date

    @classmethod
    def of(cls, guide: Guide, phase: Phase) -> Cards:
        """``guide`` is plain, as :func:`scripts.guide.plain.plain_guide` makes it."""
        settings = guide.settings
        title = f"Kort: {phase.title}"
        data = {
            "info": info(settings, title, f"Ett kort för varje arbetssätt i fasen {phase.short}.", "Kort"),
            "title": title,
            "foot": f"{settings.short_title}, {edition(settings)}",
            "cards": [_card(guide, phase, practice) for practice in guide.at_home(phase, Practice)],
        }
        return cls(data, settings.date)


def artifacts(guide: Guide) -> Iterator[Artifact]:
    """A file for each phase that has practices at home in it."""
    said = plain_guide(guide)
    for phase in guide.all(Phase):
        if guide.at_home(phase, Practice):
            argued = functools.partial(Cards.of, said, said.get(Phase, phase.id))
            yield Artifact(
                f"kort-{phase.id}", "pdf", _LABEL, render, argued, phase, "cards", f"{_LABEL}: {phase.title}"
            )


def render(cards: Cards) -> bytes:
    """The PDF file."""
    return typeset(TEMPLATE, cards.data, cards.date)


def _card(guide: Guide, phase: Phase, practice: Practice) -> dict[str, Any]:
    caller, called = guide.get(Role, practice.caller).title, guide.get(Role, practice.called).title
    return {
        "phase": phase.short,
        "title": practice.title,
        "facts": [
            ("När", [practice.when]),
            ("Vem", [f"{caller} ringer {called.lower()}"]),
            ("Tid", [f"{name}: {told}" for _, name, told in times(guide, practice)]),
        ],
        "steps": [step.name for step in practice.steps],
        "after": sentence(practice.afterwards),
        "address": Exact(short_address(address(guide.settings.address, practice))),
    }
