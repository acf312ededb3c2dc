"""What may be written in a cell of a workbook, what is said in Swedish when something else is, and when a cell stands out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from ..form import DONT_KNOW, SCORES

Rule: TypeAlias = Mapping[str, object]  # a data validation or a conditional format, as xlsxwriter wants it


def one_of(source: str) -> Rule:
    """One of the options that stand in the cells of ``source``."""
    return _rule("Välj i listan", "Välj ett av svaren i listan, eller töm cellen.", validate="list", source=source)


def score() -> Rule:
    """A step of the scale, or that one does not know."""
    said = f"Svara med en siffra från {SCORES[0]} till {SCORES[-1]}, skriv «{DONT_KNOW}» eller töm cellen."
    return _rule("Välj ett svar", said, validate="list", source=[*map(str, SCORES), DONT_KNOW])


def mean() -> Rule:
    said = f"Skriv bara siffror: partens medelvärde, från {SCORES[0]} till {SCORES[-1]}, eller töm cellen."
    return _rule("Ett medelvärde", said, validate="decimal", criteria="between", minimum=SCORES[0], maximum=SCORES[-1])


def count() -> Rule:
    said = "Skriv bara siffror: hur många som har svarat, eller töm cellen."
    return _rule("Antal svar", said, validate="integer", criteria="between", minimum=0, maximum=999)


def spread() -> Rule:
    said = "Skriv bara siffror: spridningen ur partens egen fil, eller töm cellen."
    return _rule("Spridning", said, validate="decimal", criteria="between", minimum=0, maximum=4)


def date() -> Rule:
    first, last = datetime.date(1990, 1, 1), datetime.date(2199, 12, 31)
    message = "Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-05-20."
    return _rule("Skriv ett datum", message, validate="date", criteria="between", minimum=first, maximum=last)


def number() -> Rule:
    message = "Skriv bara siffror, med decimalkomma om det behövs. Enheten står i rubriken."
    return _rule("Skriv ett tal", message, validate="decimal", criteria="between", minimum=-1e12, maximum=1e12)


def high(cell: str, least: float) -> Rule:
    """How a number of that size or more looks."""
    return {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),N({cell})>={least:g})"}


def overdue(cell: str, status: str, done: Sequence[str]) -> Rule:
    """How a date before today looks while ``status``, a cell, holds none of what is ``done``."""
    left = "".join(f',{status}<>"{_quoted(option)}"' for option in done)
    return {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{cell}<TODAY(){left})"}


def _quoted(text: str) -> str:
    return text.replace('"', '""')


def _rule(title: str, message: str, **rule: object) -> Rule:
    return {**rule, "error_title": title, "error_message": message}
