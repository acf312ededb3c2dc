"""What each earlier edition said, as fingerprints of every field: enough to tell a reader what is new since the one they used.

``make release`` writes a file for each edition in ``guide_data/editions/``.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints

from .model import Line, Part, Record
from .wording import normal

if TYPE_CHECKING:
    from .guide import Guide

FOLDER = "editions"
_NOT_SAID = {"id", "order", "status", "reviewed"}  # of which a change is no news
_DIGITS = 8  # of each fingerprint
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+(\.\d+)?$", max_length=20)]
Fate = Literal["ny", "ändrad", "borta"]


class Kept(Part):
    """A record as it was: its title, and «field=fingerprint» for each field, with a space between."""

    title: Line = Field(title="Rubrik", description="Rubriken i utgåvan.")
    fields: str = Field(title="Fält", description="Fälten och deras fingeravtryck.", max_length=2_000)


class Edition(Part):
    version: Version = Field(title="Utgåva", description="Utgåvans nummer.")
    date: datetime.date = Field(title="Datum", description="Dagen då den gavs ut, ÅÅÅÅ-MM-DD.")
    records: dict[str, Kept] = Field(title="Poster", description="Mapp och id, och posten som den var.")


@dataclass(frozen=True)
class News:
    """A record that is not what it was in an earlier edition, and the fields of it that are not."""

    name: str  # «practices/gemensam-malbild»
    title: str
    fate: Fate
    fields: tuple[str, ...] = ()


def news(guide: Guide, edition: Edition) -> tuple[News, ...]:
    """What has changed since ``edition``, kind by kind."""
    found: list[News] = []
    for folder, records in guide.records.items():
        for record in sorted(records.values(), key=lambda record: record.title):
            name = f"{folder}/{record.id}"
            now, then = fingerprints(record), _fields(edition.records.get(name))
            if then is None:
                found.append(News(name, record.title, "ny"))
            elif changed := [field for field in dict.fromkeys((*now, *then)) if now.get(field) != then.get(field)]:
                found.append(News(name, record.title, "ändrad", tuple(changed)))
    gone = (name for name in edition.records if guide.named(name) is None)
    return (*found, *(News(name, edition.records[name].title, "borta") for name in gone))


def fingerprints(record: Record) -> dict[str, str]:
    """Field → the beginning of the SHA-256 of what it says, however its lines break."""
    return of_data(record.model_dump(mode="json", exclude_unset=True))


def of_data(data: Mapping[str, Any]) -> dict[str, str]:
    """The same of a record's file as it is written."""
    return {name: _digest(value) for name, value in data.items() if name not in _NOT_SAID}


def _digest(value: Any) -> str:
    text = json.dumps(_said(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def _said(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _said(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [_said(child) for child in value]
    return normal(value) if isinstance(value, str) else str(value)


def _fields(kept: Kept | None) -> dict[str, str] | None:
    return None if kept is None else dict(part.split("=", 1) for part in kept.fields.split() if "=" in part)


def file_of(version: str, date: datetime.date, records: Mapping[str, tuple[str, Mapping[str, str]]]) -> str:
    """An edition's file: «folder/id» → title and fingerprints, a record on a line."""
    lines = [f'version: "{version}"', f"date: {date}", "records:"]
    for name, (title, fields) in sorted(records.items()):
        told = {"title": title, "fields": " ".join(f"{field}={digest}" for field, digest in sorted(fields.items()))}
        lines.append(f"  {name}: {json.dumps(told, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def edition_of(guide: Guide) -> str:
    """The file of the edition that ``guide`` is."""
    records = {
        f"{folder}/{id}": (record.title, fingerprints(record))
        for folder, found in guide.records.items()
        for id, record in found.items()
    }
    return file_of(guide.settings.version, guide.settings.date, records)
