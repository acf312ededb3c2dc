"""What a law allows while a contract lasts, and the laws side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ..guide.guide import Guide
from ..guide.model import Change, Ground, Law, Practice, Term, Worksheet
from .blocks import Heading, Outline, Prose, Row, Section, Table, To, cards, said, section
from .parts import Titles, standing

_T, _CHANGE = Titles(Law), Titles(Change)
_NOT_ADVICE = (
    "Tabellen är en ingång och inte juridisk rådgivning. Den säger vad lagen har för grunder, inte om er ändring ryms i någon "
    "av dem. Pröva grunderna i ordning med er jurist, och skriv svaret i ändringsloggen innan trafiken ändras."
)
_LEFT_OUT = "Färdtjänst tar guiden inte upp, och inte heller trafik som ett företag kör kommersiellt utan avtal med en myndighet."


def outline(guide: Guide, law: Law) -> Outline:
    return Outline(law.title, law.summary, tuple(_sections(guide, law)), "Vilken lag gäller", standing(guide, law))


def _sections(guide: Guide, law: Law) -> Iterator[Section]:
    yield from section("", "", *said(law.law, f"{_T.law}:"), opening=True)
    yield from section(_T.why, "darfor", *said(law.why))
    headings = (Heading(_CHANGE.ground, 3), Heading(_CHANGE.allowed, 2), Heading(_CHANGE.condition, 7))
    rows = (Row((_sentence(c.ground), f"{_sentence(c.allowed)}: {c.brief}", c.condition)) for c in law.changes)
    yield from section(_T.changes, "andringar", Table(headings, tuple(rows)))
    yield from section(_T.before, "innan", *said(law.before))
    yield from section(_T.ask, "fraga", *said(law.ask))
    onward = (
        *guide.pick(Practice, law.practices),
        *guide.pick(Worksheet, law.worksheets),
        *guide.pick(Term, law.terms),
    )
    yield from section("Gå vidare", "ga-vidare", *cards(onward, brief=False))


def index(guide: Guide) -> Outline:
    """A line for each kind of traffic, and a column for each ground."""
    grounds = get_args(Ground)
    headings = (Heading("Trafik", 3), Heading("Lag", 3), *(Heading(_sentence(ground), 2) for ground in grounds))
    rows = (Row(((To(law),), law.law, *(_cell(change) for change in law.changes))) for law in guide.all(Law))
    table = section("Grunder för att ändra utan ny upphandling", "grunder", Table(headings, tuple(rows), wide=True))
    first = section("", "", Prose((_NOT_ADVICE, _LEFT_OUT)), opening=True)
    return Outline("Vilken lag gäller vårt avtal?", Law.declared.lead, (*first, *table))


def _cell(change: Change) -> str:
    return f"{_sentence(change.allowed)}. {change.brief}"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
