"""What every format says: a worksheet with its texts resolved, blank or filled in.

A :class:`Form` holds all that a renderer may show. Two equal forms give equal files.
"""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, assert_never, cast

from ..files.paper import edition
from ..guide.guide import Guide
from ..guide.model import (
    AgreementField,
    AnyField,
    ChecklistField,
    ChoiceField,
    Column,
    DateField,
    Example,
    Item,
    LongTextField,
    Phase,
    Role,
    ScaleField,
    Settings,
    TableField,
    TextField,
    Worksheet,
)
from ..guide.parties import CLIENT, HEAD, Box, Party
from ..guide.plain import plain_guide
from ..guide.wording import duration, listed, long_date, paragraphs, sentence, shown
from .rows import Value, typed

T = TypeVar("T")

EXAMPLE_MARK = "Ifyllt exempel – påhittat avtal"
REQUIRED_MARK = "*"
REQUIRED_LEGEND = "* Ska fyllas i för att bladet ska vara klart."
CHOOSE_ONE = "Välj ett."
SIGNATURE = (Box("namn", "Namn och roll"), Box("datum", "Datum"), Box("underskrift", "Underskrift"))
SCORES = (1, 2, 3, 4, 5)
DONT_KNOW = "vet ej"  # an answer to a scale too
SCALE = (*map(str, SCORES), DONT_KNOW)


@dataclass(frozen=True)
class Question:
    """One field of the form, what it asks item by item, and the answer in a filled-in example."""

    field: AnyField
    items: tuple[Item, ...]
    answer: Any = None

    @property
    def label(self) -> str:
        return f"{self.field.label} {REQUIRED_MARK}" if self.field.required else self.field.label

    @functools.cached_property
    def rows(self) -> tuple[Mapping[str, Value], ...]:
        """A table's rows, column id → value: the answers, or the starting rows and then the empty ones."""
        if not isinstance(self.field, TableField):
            return ()
        if self.answer is not None:
            rows: tuple[Mapping[str, Any], ...] = tuple(self.answer)
        else:
            rows = (*self.field.rows, *({} for _ in range(self.field.blank_rows)))
        return tuple(typed(self.field, row) for row in rows)

    def written(self, row: int, column: Column) -> bool:
        """Whether a table's cell was written by hand in an example, rather than printed in the form."""
        printed = self.field.rows[row : row + 1] if isinstance(self.field, TableField) else ()
        return self.answer is not None and self.rows[row][column.id] != next(iter(printed), {}).get(column.id)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The answer to a field that takes one value."""
        return paragraphs(shown(self.field.type, self.answer))

    @property
    def text(self) -> str:
        """The same, a line a paragraph."""
        return "\n".join(self.paragraphs)

    @property
    def checked(self) -> frozenset[str]:
        """Ids of a checklist's ticked items."""
        return frozenset(self.answer or ()) if isinstance(self.field, ChecklistField) else frozenset()

    def score(self, item: Item) -> int | None:
        """The answer to one of a scale's items."""
        return cast("int | None", (self.answer or {}).get(item.id))

    def signature(self, party: Party) -> tuple[str, datetime.date | None]:
        """Who has signed for a party, and when. An example may name a role, or spell out several things in a mapping."""
        given = self.answer or {}
        who, date = given.get(party.key), given.get("date")
        if isinstance(who, Mapping):
            date = who.get("date", date)
            who = ", ".join(str(value) for key, value in who.items() if key != "date")
        return ("" if who is None else str(who)), date


@dataclass(frozen=True)
class Advice:
    """Something to read before the form is filled in."""

    title: str
    kind: Literal["prose", "bullets", "steps"]
    lines: tuple[str, ...]


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
    advice: tuple[Advice, ...] = ()  # instead of the worksheet's own, where one person fills in a part of it alone

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for part in self.parts for question in part.questions)

    @property
    def title(self) -> str:
        return f"{self.sheet.title} – ifyllt exempel" if self.example else self.sheet.title

    @property
    def mark(self) -> str:
        """What says on every page that the contents are invented; empty on a blank form."""
        return EXAMPLE_MARK if self.example else ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Label and text of what to know before calling the meeting."""
        if self.advice:
            return ()
        return (
            ("Fylls i av", sentence(listed(self.participants))),
            ("Tid tillsammans", sentence(duration(self.sheet.minutes))),
            ("Använd bladet", sentence(self.sheet.when)),
        )

    @property
    def guidance(self) -> tuple[Advice, ...]:
        """How the sheet is used; an example says what to notice in it instead."""
        if self.advice:
            return self.advice
        if self.example:
            return (Advice("Lägg märke till", "prose", paragraphs(self.example.note)),)
        return (
            Advice("Syfte", "prose", paragraphs(self.sheet.purpose)),
            Advice("Förbered", "bullets", self.sheet.preparation),
            Advice("Så gör ni", "steps", self.sheet.instructions),
            Advice("Efteråt", "prose", paragraphs(self.sheet.afterwards)),
        )

    @property
    def landscape(self) -> bool:
        return self.sheet.orientation == "liggande"

    @property
    def address(self) -> str:
        """The worksheet's page on the site."""
        return f"{self.settings.address}{self.sheet.path}/{self.sheet.id}/"

    @property
    def version(self) -> str:
        return edition(self.settings)

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
        """The line that says which contract the form is about, apart from the date: id, label and value."""
        c = self.settings.example_contract
        values = (c.client, c.operator, c.title, c.period) if self.example else ("",) * len(HEAD)
        return tuple((box.id, box.label, value) for box, value in zip(HEAD, values, strict=True))

    @property
    def day(self) -> datetime.date | None:
        """The day of an example: when the parties agreed, where the form has an agreement."""
        agreed = (question for question in self.questions if isinstance(question.field, AgreementField))
        dates = (question.signature(CLIENT)[1] for question in agreed if question.answer)
        return next((date for date in dates if date), None)


def resolve(guide: Guide, worksheet: Worksheet, filled: bool = False) -> Form:
    """The worksheet as a form: citations as labels, participants as titles, scales with their items, answers in place."""
    return _resolved(plain_guide(guide), worksheet.id, filled)


@functools.lru_cache(maxsize=256)
def _resolved(said: Guide, id: str, filled: bool) -> Form:
    """The same of a guide that is plain; pages, files, kits and the book each ask for it."""
    sheet = said.get(Worksheet, id)
    example = said.example(sheet) if filled else None
    answers = example.values if example else {}

    def question(asked: AnyField) -> Question:
        field = _with_outcomes(said, asked)
        return Question(field, _items(said, field), _on_rows(field, answers.get(field.id)))

    return Form(
        sheet=sheet,
        settings=said.settings,
        example=example,
        participants=tuple(role.title for role in said.pick(Role, sheet.participants)),
        parts=tuple(Part(s.title, s.intro, tuple(question(field) for field in s.fields)) for s in sheet.sections),
    )


def _with_outcomes(said: Guide, field: AnyField) -> AnyField:
    """A table that asks for a phase's outcomes has them as its starting rows."""
    if not isinstance(field, TableField) or not field.outcomes:
        return field
    phase = said.get(Phase, field.outcomes)
    rows = tuple({field.columns[0].id: outcome} for outcome in phase.outcomes)
    return field.model_copy(update={"rows": rows})


def _on_rows(field: AnyField, answer: Any) -> Any:
    """An example answers a phase's outcomes row by row, and says none of them again."""
    if not isinstance(field, TableField) or not field.outcomes or answer is None:
        return answer
    empty: dict[str, str] = {}
    return tuple({**row, **given} for row, given in itertools.zip_longest(field.rows, answer, fillvalue=empty))


def _items(said: Guide, field: AnyField) -> tuple[Item, ...]:
    """What a field asks item by item."""
    match field:
        case ScaleField():
            return said.items(field)
        case ChecklistField():
            return field.items
        case TextField() | LongTextField() | DateField() | ChoiceField() | TableField() | AgreementField():
            return ()
        case _ as never:
            assert_never(never)
