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
MONTHS = (
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
    return " ".join(parts + ([f"{rest} {'minut' if rest == 1 else 'minuter'}"] if rest else []))


def long_date(date: datetime.date) -> str:
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


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


_OFTEN = {
    366: "varje dag", 52: "varje vecka", 26: "varannan vecka", 12: "varje månad", 6: "varannan månad", 4: "varje kvartal",
    2: "två gånger om året", 1: "en gång om året",
}  # fmt: skip


def often(per_year: int) -> str:
    """12 → varje månad."""
    return _OFTEN.get(per_year) or f"{per_year} gånger om året"


_EVERY = {1: "varje månad", 2: "varannan månad", 3: "var tredje månad", 6: "varje halvår", 12: "varje år"}


def every(months: int) -> str:
    """The months between two times: 3 → var tredje månad."""
    return _EVERY.get(months) or f"med {months} månader emellan"


def hours(number: float) -> str:
    """7.25 → 7 timmar; under three hours to the half: 1,5 timmar."""
    rounded = round(number * 2) / 2 if number < 3 else round(number)
    return f"{_number(rounded)} {'timme' if rounded == 1 else 'timmar'}"


def begins(text: str, name: str) -> bool:
    """Whether the text says the name as its first words."""
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def told_under(name: str, text: str) -> str:
    """What is left to say under the name as a heading, where the text's first sentence is the name itself."""
    return text[len(name) + 1 :].strip() if text.startswith(f"{name}.") else text
