"""Records as files say them: plain text, with citations as labels. What no file can hold is refused on reading."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from .guide import Citation, Guide, cited
from .model import Source

T = TypeVar("T")


def labels_of(guide: Guide) -> dict[str, str]:
    """What a citation of each source is called in running text."""
    return {source.id: source.label for source in guide.all(Source)}


@functools.lru_cache(maxsize=2)
def plain_guide(guide: Guide) -> Guide:
    """The whole guide made plain; one that is plain is itself."""
    if guide.is_plain:
        return guide
    labels = labels_of(guide)
    records = {
        folder: {id: plain(record, labels) for id, record in found.items()} for folder, found in guide.records.items()
    }
    return dataclasses.replace(guide, settings=plain(guide.settings, labels), records=records, is_plain=True)


def plain(value: T, labels: Mapping[str, str]) -> T:
    """``value`` with each text in it made plain: citations as labels."""
    made: Any = value
    if isinstance(value, str):
        made = "".join(_piece(piece) for piece in cited(value, lambda id: labels.get(id, id)))
    elif isinstance(value, BaseModel):
        made = value.model_copy(update={name: plain(getattr(value, name), labels) for name in type(value).model_fields})
    elif isinstance(value, tuple | list):
        made = tuple(plain(child, labels) for child in value)
    elif isinstance(value, Mapping):
        made = {key: plain(child, labels) for key, child in value.items()}
    return cast(T, made)


def _piece(piece: str | Citation) -> str:
    if isinstance(piece, str):
        return piece
    return piece.text if piece.named else f"({piece.text})"
