"""The guide as one immutable value: records by folder, and the references between them read in both directions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .editions import Edition
from .model import (
    Example,
    Item,
    Phase,
    Practice,
    Principle,
    Record,
    Ref,
    ScaleField,
    Settings,
    Source,
    Statement,
    Worksheet,
)
from .network import Moved, Proposed, Review, Round

R = TypeVar("R", bound=Record)
CITATION = re.compile(r"\[\[([^\[\]\n]{1,80})\]\]")
_CHAPTERS = re.compile(r" [\d–]+ kap\.\Z")  # which chapters of a law the source holds
_SWEDISH = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e"})


def swedish(text: str) -> str:
    """Sort key: å, ä and ö last, in that order; case does not count."""
    return text.casefold().translate(_SWEDISH)


@dataclass(frozen=True)
class Citation:
    """A source where a text refers to it. ``named``: ``text`` is the text's own word for it, and needs no brackets."""

    id: str
    text: str
    named: bool


@dataclass(frozen=True)
class Link:
    """One reference from one record to another, and where in the first it stands."""

    folder: str
    id: str
    to_folder: str
    to_id: str
    path: tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class Guide:
    """Everything the guide says. ``records`` maps folder → id → record; nothing in it changes.

    A guide is equal to itself alone, so that what is worked out from it can be kept by it.
    """

    settings: Settings
    records: Mapping[str, Mapping[str, Record]]
    reviews: tuple[Review, ...] = ()
    proposals: tuple[Proposed, ...] = ()
    moves: tuple[Moved, ...] = ()
    round: Round | None = None  # of reading, while one is open
    editions: tuple[Edition, ...] = ()  # the earlier ones, the first first
    is_plain: bool = False  # its texts are those that files say, see scripts.guide.plain

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """The records of one kind: in their given order where they have one, otherwise by title."""
        return cast("tuple[R, ...]", self._ordered.get(kind.folder, ()))

    @cached_property
    def _ordered(self) -> Mapping[str, tuple[Record, ...]]:
        return {
            folder: tuple(sorted(found.values(), key=lambda r: (getattr(r, "order", 0), swedish(r.title), r.id)))
            for folder, found in self.records.items()
        }

    def review(self, record: Record) -> Review | None:
        """How far the network has come with the record; None where nobody has read it."""
        return self._reviewed.get(f"{record.folder}/{record.id}")

    @cached_property
    def _reviewed(self) -> Mapping[str, Review]:
        return {review.record: review for review in self.reviews}

    def named(self, name: str) -> Record | None:
        """The record «folder/id»; what stands after # in it is of no matter."""
        folder, _, id = name.partition("#")[0].partition("/")
        return self.records.get(folder, {}).get(id)

    def get(self, kind: type[R], id: str) -> R:
        return cast(R, self.records[kind.folder][id])

    def pick(self, kind: type[R], ids: tuple[str, ...]) -> tuple[R, ...]:
        """Records by id, in the order given. An id that is not there is left out: the checker has reported it."""
        return tuple(self.get(kind, id) for id in ids if id in self.records[kind.folder])

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return tuple(
            Link(folder, id, to_folder, to_id, path)
            for folder, records in self.records.items()
            for id, record in records.items()
            for to_folder, to_id, path in references(record)
        )

    @cached_property
    def _backward(self) -> Mapping[tuple[str, str], tuple[tuple[str, str], ...]]:
        found: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
        for link in self.links:
            found.setdefault((link.to_folder, link.to_id), {})[link.folder, link.id] = None
        return MappingProxyType({target: tuple(origins) for target, origins in found.items()})

    @cached_property
    def _forward(self) -> Mapping[tuple[str, str], tuple[Link, ...]]:
        found: dict[tuple[str, str], list[Link]] = {}
        for link in self.links:
            found.setdefault((link.folder, link.id), []).append(link)
        return {origin: tuple(links) for origin, links in found.items()}

    def referring(self, record: Record, kind: type[R]) -> tuple[R, ...]:
        """Records of ``kind`` that refer to ``record``."""
        origins = {id for folder, id in self._backward.get((record.folder, record.id), ()) if folder == kind.folder}
        return tuple(other for other in self.all(kind) if other.id in origins)

    def in_phase(self, phase: Phase, kind: type[R]) -> tuple[R, ...]:
        """Records of ``kind`` that name the phase among their phases, those with it as their main phase first."""
        named = {record.id: tuple(getattr(record, "phases", ())) for record in self.all(kind)}
        found = (record for record in self.all(kind) if phase.id in named[record.id])
        return tuple(sorted(found, key=lambda record: named[record.id].index(phase.id) > 0))

    def at_home(self, phase: Phase, kind: type[R]) -> tuple[R, ...]:
        """Records of ``kind`` that name the phase first: their main phase."""
        return tuple(r for r in self.all(kind) if tuple(getattr(r, "phases", ()))[:1] == (phase.id,))

    def worksheets_of(self, phase: Phase) -> tuple[Worksheet, ...]:
        """The worksheets used by the practices at home in the phase, in the order the practices need them."""
        ids = dict.fromkeys(id for practice in self.at_home(phase, Practice) for id in practice.worksheets)
        return self.pick(Worksheet, tuple(ids))

    def phases_of(self, worksheet: Worksheet) -> tuple[Phase, ...]:
        """The phases whose practices use the worksheet."""
        return tuple(phase for phase in self.all(Phase) if worksheet in self.worksheets_of(phase))

    def gate(self, phase: Phase) -> tuple[tuple[Principle, Statement], ...]:
        """The statements to be true before the parties leave the phase, in the principles' order."""
        return tuple(
            (principle, statement)
            for principle in self.all(Principle)
            for statement in principle.statements
            if statement.gate == phase.id
        )

    def items(self, field: ScaleField) -> tuple[Item, ...]:
        """What a scale asks: its own items, or the rated statements of the principle that it names."""
        if field.principle is None:
            return field.items
        named = self.pick(Principle, (field.principle,))
        return tuple(Item(id=s.id, text=s.text) for p in named for s in p.statements if s.answer == "1–5")

    def cited(self, record: Record) -> tuple[Source, ...]:
        """The sources a record rests on: those it names and those cited in its text, in that order."""
        links = self._forward.get((record.folder, record.id), ())
        return self.pick(Source, tuple(dict.fromkeys(link.to_id for link in links if link.to_folder == Source.folder)))

    def citing(self, source: Source) -> tuple[Record, ...]:
        """Every record that rests on the source or cites it, folder by folder."""
        origins = self._backward.get((source.folder, source.id), ())
        found = [self.records[folder][id] for folder, id in origins]
        return tuple(sorted(found, key=lambda record: (record.plural, swedish(record.title), record.id)))

    def example(self, worksheet: Worksheet) -> Example | None:
        return cast("Example | None", self.records.get(Example.folder, {}).get(worksheet.id))


def cited(text: str, label_of: Callable[[str], str]) -> Iterator[str | Citation]:
    """A text's words and citations, in order.

    A law that the words before have just named, «17 kap. 10 § LOU [[lou]]», is cited there and not named again.
    """
    end = 0
    for match in CITATION.finditer(text):
        before, id = text[end : match.start()], match[1].strip()
        label = label_of(id)
        name = _CHAPTERS.sub("", label)
        there = re.search(r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"\s*\Z", before)
        yield before[: there.start()] if there else before
        yield Citation(id, name if there else label, bool(there))
        end = match.end()
    yield text[end:]


def references(record: BaseModel) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Every reference in a record as (folder, id, path in the record): Ref fields first, citations where they stand."""
    yield from _references(record, ())
    for text, path in texts(record):
        for match in CITATION.finditer(text):
            yield Source.folder, match[1].strip(), path


def _references(part: BaseModel, path: tuple[str | int, ...]) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        ref = ref_of(field)
        if ref and isinstance(value, str):
            yield ref.folder, value, (*path, name)
        elif ref and isinstance(value, tuple):
            for index, id in enumerate(value):
                yield ref.folder, id, (*path, name, index)
        elif isinstance(value, BaseModel):
            yield from _references(value, (*path, name))
        elif isinstance(value, tuple):
            for index, child in enumerate(value):
                if isinstance(child, BaseModel):
                    yield from _references(child, (*path, name, index))


def ref_of(field: FieldInfo) -> Ref | None:
    """Which folder the values of a field are ids in, where they are."""
    return next((m for m in field.metadata if isinstance(m, Ref)), None) or _ref(field.annotation)


def _ref(annotation: Any) -> Ref | None:
    """The Ref mark inside a tuple's or an optional's annotation."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return next((m for m in annotation.__metadata__ if isinstance(m, Ref)), None)
    if origin in (tuple, Union, UnionType):
        return next((ref for argument in get_args(annotation) if (ref := _ref(argument))), None)
    return None


def texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every text in a record with its path."""
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for key, child in value.items():
            yield from texts(child, (*path, key))
    elif isinstance(value, tuple | list):
        for index, child in enumerate(value):
            yield from texts(child, (*path, index))
