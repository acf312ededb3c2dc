"""The two parties of a contract, and the boxes at the head of every form that say which contract it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .model import Side


@dataclass(frozen=True)
class Party:
    """One of the two. Its key is used in records, its id in files that are downloaded."""

    key: str
    id: str
    side: Side
    name: str

    @property
    def label(self) -> str:
        """What stands above its signature."""
        return f"För {self.name.lower()}"


CLIENT = Party("client", "bestallare", "beställare", "Beställaren")
OPERATOR = Party("operator", "utforare", "utförare", "Utföraren")
PARTIES = (CLIENT, OPERATOR)

# Who does a thing: one of the parties, or both.
SIDES: tuple[tuple[Side, str], ...] = (*((party.side, party.name) for party in PARTIES), ("båda", "Tillsammans"))


class Box(NamedTuple):
    """A place to answer: its id in every file, and what stands over it."""

    id: str
    label: str


HEAD = (
    Box(CLIENT.id, "Beställare"),
    Box(OPERATOR.id, "Utförare"),
    Box("avtal", "Avtal"),
    Box("avtalsperiod", "Avtalsperiod"),
)
DAY = Box("datum", "Datum")  # the form's own date, last in its head
