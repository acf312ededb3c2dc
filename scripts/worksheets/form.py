"""What every format says: a worksheet with its texts resolved, blank or filled in.

A :class:`Form` holds all that a renderer may show. Two equal forms give equal files.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from ..guide.guide import CITATION, Guide
from ..guide.model import (
    AgreementField,
    AnyField,
    ChecklistField,
    Example,
    Item,
    Role,
    ScaleField,
    Settings,
    Source,
    TableField,
    Worksheet,
)

T = TypeVar("T")

EXAMPLE_MARK = "Ifyllt exempel – påhittat avtal"
REQUIRED_MARK = "*"
REQUIRED_LEGEND = "* Ska fyllas i för att bladet ska vara klart."
CHOOSE_ONE = "Välj ett."
PARTIES = (("client", "För beställaren"), ("operator", "För utföraren"))
SCORES = (1, 2, 3, 4, 5)

_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
# Not allowed in XML, or able to turn the direction of the text around them.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class Question:
    """One field of the form, what it asks item by item, and the answer in a filled-in example."""

    field: AnyField
    items: tuple[Item, ...]
    answer: Any = None

    @property
    def label(self) -> str:
        return f"{self.field.label} {REQUIRED_MARK}" if self.field.required else self.field.label

    @property
    def rows(self) -> tuple[Mapping[str, Any], ...]:
        """A table's rows, column id → value: the answers, or the starting rows and then the empty ones."""
        if not isinstance(self.field, TableField):
            return ()
        if self.answer is not None:
            return tuple(self.answer)
        return (*self.field.rows, *({} for _ in range(self.field.blank_rows)))


@dataclass(frozen=True)
class Part:
    """A section of the form."""

    title: str
    intro: str | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Form:
    """A worksheet as it is handed out. ``example`` is None on a blank form."""

    sheet: Worksheet
    settings: Settings
    example: Example | None
    participants: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for part in self.parts for question in part.questions)

    @property
    def landscape(self) -> bool:
        return self.sheet.orientation == "liggande"

    @property
    def address(self) -> str:
        """The worksheet's page on the site."""
        return f"{self.settings.address}{self.sheet.path}/{self.sheet.id}/"

    @property
    def version(self) -> str:
        return f"version {self.settings.version}, {long_date(self.settings.date)}"

    @property
    def standing(self) -> str:
        """How far the network has come with this worksheet."""
        if self.sheet.reviewed is None:
            return self.settings.notice
        return f"{self.sheet.status.capitalize()} av nätverket {long_date(self.sheet.reviewed)}."

    @property
    def colophon(self) -> str:
        return f"{self.settings.title}, {self.version}. {self.settings.publisher}. Licens: {self.settings.licence}."

    @property
    def required(self) -> bool:
        return any(question.field.required for question in self.questions)

    @property
    def identification(self) -> tuple[tuple[str, str, str], ...]:
        """The line that says which contract the form is about: id, label and value of each field."""
        contract = self.settings.example_contract
        shown = self.example is not None
        return (
            ("bestallare", "Beställare", contract.client if shown else ""),
            ("utforare", "Utförare", contract.operator if shown else ""),
            ("avtal", "Avtal", contract.title if shown else ""),
            ("datum", "Datum", self._agreed() if shown else ""),
        )

    def _agreed(self) -> str:
        """The day of an example: when the parties agreed, where the form has an agreement."""
        for question in self.questions:
            if isinstance(question.field, AgreementField) and question.answer:
                return shown("date", question.answer.get("date"))
        return ""


def resolve(guide: Guide, worksheet: Worksheet, filled: bool = False) -> Form:
    """The worksheet as a form: citations as labels, participants as titles, scales with their items, answers in place."""
    labels = {source.id: source.label for source in guide.all(Source)}
    sheet = _plain(worksheet, labels)
    example = _plain(guide.example(worksheet), labels) if filled else None
    answers = example.values if example else {}

    def question(field: AnyField) -> Question:
        items: tuple[Item, ...] = ()
        if isinstance(field, ScaleField):
            items = _plain(guide.items(field), labels)
        elif isinstance(field, ChecklistField):
            items = field.items
        return Question(field, items, answers.get(field.id))

    return Form(
        sheet=sheet,
        settings=_plain(guide.settings, labels),
        example=example,
        participants=tuple(role.title for role in _plain(guide.pick(Role, worksheet.participants), labels)),
        parts=tuple(Part(s.title, s.intro, tuple(question(field) for field in s.fields)) for s in sheet.sections),
    )


def _plain(value: T, labels: Mapping[str, str]) -> T:
    """``value`` with each text in it made plain: citations as labels, no control characters."""
    plain: Any = value
    if isinstance(value, str):
        text = CITATION.sub(lambda match: f"({labels.get(match[1].strip(), match[1])})", value)
        plain = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\t", " ")) or "□"
    elif isinstance(value, BaseModel):
        plain = value.model_copy(update={name: _plain(getattr(value, name), labels) for name in type(value).model_fields})
    elif isinstance(value, tuple | list):
        plain = tuple(_plain(child, labels) for child in value)
    elif isinstance(value, Mapping):
        plain = {key: _plain(child, labels) for key, child in value.items()}
    return cast(T, plain)


# ---------------------------------------------------------------- texts and values in Swedish


def paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs are parted by an empty line; other line breaks only keep the record's lines short."""
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())


def sentence(text: str) -> str:
    """``text`` with a full stop, where it has no mark at its end."""
    return text if text.endswith((".", "!", "?", ":", "»", "”")) else f"{text}."


def listed(words: tuple[str, ...], last: str = "och") -> str:
    """«a, b och c»."""
    return f" {last} ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def long_date(date: datetime.date) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def shown(kind: str, value: Any) -> str:
    """A value as it stands on paper: 1 234,5 and 87 % and 2026-05-20; an empty text for no value."""
    if value is None:
        return ""
    if kind in ("number", "percent") and isinstance(value, int | float):
        return _number(value) + ("\u00a0%" if kind == "percent" else "")
    return str(value)


def _number(value: float) -> str:
    text = f"{round(value, 2):,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−").replace(",", "\u00a0").replace(".", ",")
