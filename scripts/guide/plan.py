"""What to begin with in a phase, for a contract of some size: which practices, and which can wait and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .guide import Guide
from .model import Phase, Practice, Size, Worksheet

# What the readers call the three sizes.
SIZES: dict[Size, str] = {
    "litet": "Litet avtal",
    "medelstort": "Vanligt avtal",
    "stort": "Stort eller riskfyllt avtal",
}


@dataclass(frozen=True)
class Plan:
    """``first`` are the phase's own, each with the reason; ``then`` follow, and ``wait`` are left out for now."""

    phase: Phase
    size: Size
    first: tuple[tuple[Practice, str], ...]
    then: tuple[Practice, ...]
    wait: tuple[Practice, ...]

    @property
    def chosen(self) -> tuple[Practice, ...]:
        return (*(practice for practice, _ in self.first), *self.then)


def plans(guide: Guide) -> Iterator[Plan]:
    for phase in guide.all(Phase):
        for size in SIZES:
            yield plan(guide, phase, size)


def plan(guide: Guide, phase: Phase, size: Size) -> Plan:
    """A small contract does what it is asked to, an ordinary one lays the ground, and a large one does all of the phase's."""
    first = tuple((guide.get(Practice, one.practice), one.why) for one in phase.first)
    begun = [practice for practice, _ in first]
    rest = [practice for practice in guide.at_home(phase, Practice) if practice not in begun]
    then = tuple(practice for practice in rest if _done(practice, size))
    return Plan(phase, size, first, then, tuple(practice for practice in rest if practice not in then))


def _done(practice: Practice, size: Size) -> bool:
    match size:
        case "litet":
            return practice.small_contract.choice != "avstå"
        case "medelstort":
            return practice.level == "grund"
        case "stort":
            return True


def sheets(guide: Guide, plan: Plan) -> tuple[Worksheet, ...]:
    """The chosen practices' worksheets, each once, in the order they are used."""
    ids = dict.fromkeys(sheet for practice in plan.chosen for sheet in practice.worksheets)
    return guide.pick(Worksheet, tuple(ids))
