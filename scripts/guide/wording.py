"""Texts and values as readers see them, in Swedish, on pages and in files alike."""

from __future__ import annotations

import datetime
import re
from typing import Any

BASIS = {
    "siq": "Står i SIQ:s publicerade texter.",
    "källa": "Bygger på angivna källor.",
    "förslag": "Redaktionens förslag, som nätverket ska pröva.",
    "erfarenhet": "En medlems egen erfarenhet, så som den har berättats.",
}
STATUS = {
    "utkast": "Utkast. Nätverket har inte granskat texten.",
    "granskad": "Granskad av nätverket.",
    "antagen": "Antagen av nätverket.",
}
STATE = {
    "läst": "Ännu inte läst av båda parter.",
    "enigt": "Båda parter har läst, och inget hindrar.",
    "oenigt": "Parterna är oense.",
    "antaget": "Antaget av nätverket.",
}
NUMERIC = ("number", "percent", "computed")  # types of columns that hold numbers
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs are parted by an empty line; other line breaks only keep the record's lines short."""
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())


def normal(text: str) -> str:
    """A text as it is compared and proposed: its paragraphs on a line each, with an empty line between."""
    return "\n\n".join(paragraphs(text))


def begun(text: str, most: int) -> str:
    """The beginning of a text on one line, whole words of it, where it is longer than ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rpartition(" ")[0] + " …"


def sentence(text: str) -> str:
    """``text`` with a full stop, where it has no mark at its end."""
    return text if text.endswith((".", "!", "?", ":", "»", "”")) else f"{text}."


def listed(words: tuple[str, ...], last: str = "och") -> str:
    """«a, b och c»."""
    return f" {last} ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def duration(minutes: int) -> str:
    """90 → 1 timme 30 minuter."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} {'timme' if hours == 1 else 'timmar'}"] if hours else []
    return " ".join(parts + ([f"{rest} minuter"] if rest else []))


def long_date(date: datetime.date) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def shown(kind: str, value: Any) -> str:
    """A value as it stands on paper: 1 234,5 and 87 % and 2026-05-20; an empty text for no value."""
    if value is None:
        return ""
    if kind in NUMERIC and isinstance(value, int | float):
        return _number(value) + ("\u00a0%" if kind == "percent" else "")
    return str(value)


def _number(value: float) -> str:
    text = f"{round(value, 2) + 0.0:,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−").replace(",", "\u00a0").replace(".", ",")
