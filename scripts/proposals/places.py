"""What can be proposed in a record: each text, each item of a list, each field that is empty; where it is and what it is called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ..guide.guide import ref_of
from ..guide.model import Record
from ..guide.shape import Path_, length_of, takes_paragraphs, words_of
from ..guide.wording import normal

# What a proposal never changes: other things are matched on ids, and what a text is worth is decided by the network.
CLOSED = frozenset(
    {"id", "order", "basis", "status", "reviewed", "type", "width", "lines", "blank_rows", "orientation", "wall"}
)


@dataclass(frozen=True)
class Place:
    """A text in a record, or a list that one can be added to (``text`` is None)."""

    path: str  # «steps.2.do»
    label: str  # «Så gör ni 3: Gör»
    text: str | None
    limit: int  # characters
    long: bool  # may have several paragraphs
    in_list: bool  # may be taken away
    folder: str | None = None  # the text is an id in it
    choices: tuple[str, ...] = ()


def parted(path: str) -> Path_:
    """«steps.2.do» → ("steps", 2, "do")."""
    return tuple(int(part) if part.isdigit() else part for part in path.split("."))


def fingerprint(text: str) -> str:
    """What a proposal names the text by that it was written against: SHA-256 of it, however its lines break."""
    return hashlib.sha256(normal(text).encode()).hexdigest()


def places(record: Record) -> Iterator[Place]:
    """Every place in a record that a proposal may change, in the model's order."""
    yield from _of(record, (), "")


def _of(part: BaseModel, above: Path_, label: str) -> Iterator[Place]:
    for name, field in type(part).model_fields.items():
        if name in CLOSED:
            continue
        value = getattr(part, name)
        yield from _in(value, field, (*above, name), f"{label}{field.title}")


def _in(value: Any, field: FieldInfo, path: Path_, label: str) -> Iterator[Place]:
    here = ".".join(map(str, path))
    ref = ref_of(field)
    choices = words_of(field.annotation)
    place = Place(
        here, label, None, length_of(field), takes_paragraphs(field), False, ref.folder if ref else None, choices
    )
    if isinstance(value, BaseModel):
        yield from _of(value, path, f"{label}: ")
    elif isinstance(value, str):
        yield replace(place, text=normal(value))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield replace(place, text=str(value), long=False, limit=9)
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            if isinstance(child, BaseModel):
                yield from _of(child, (*path, index), f"{label} {index + 1}: ")
            elif isinstance(child, str):
                item = replace(place, path=f"{here}.{index}", label=f"{label} {index + 1}")
                yield replace(item, text=normal(child), long=False, in_list=True)
        if not any(isinstance(child, BaseModel) for child in value) and _holds_texts(field.annotation):
            yield replace(place, label=f"{label}, en till", long=False, in_list=True)
    elif value is None and _holds_texts(field.annotation) and len(path) == 1:
        yield place


def _holds_texts(annotation: Any) -> bool:
    if annotation is str:
        return True
    return get_origin(annotation) is not dict and any(_holds_texts(argument) for argument in get_args(annotation))
