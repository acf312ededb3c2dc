"""A new record's file with every field in it, and a comment above each that says what to write: made from the models."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .check import read
from .guide import Guide, ref_of
from .load import DATA, misnamed
from .model import RECORD_TYPES, Record
from .problems import did_you_mean, listed
from .shape import models_in, takes_paragraphs, words_of

_WIDTH = 100
_IDS = 8  # ids that a comment lists


def kind_called(name: str) -> type[Record] | None:
    """The kind by any of its names: practice, practices, arbetssätt."""
    asked = name.strip().casefold()
    for kind in RECORD_TYPES:
        if asked in (kind.folder, kind.__name__.casefold(), kind.singular.casefold(), kind.plural.casefold()):
            return kind
    return None


def write_blank(root: Path, name: str, id: str) -> Path:
    """A new file under ``root``. Raises :class:`ValueError`, in Swedish, for a kind that is none and a name that cannot be."""
    kind = kind_called(name)
    if kind is None:
        names = [kind.__name__.lower() for kind in RECORD_TYPES]
        near = did_you_mean(name.lower(), names)
        raise ValueError(f"«{name}» är inget slag av post. De som finns är {listed(names, 30)}.{near}")
    if wrong := misnamed(id):
        raise ValueError(wrong)
    file = root / DATA / kind.folder / f"{id}.yaml"
    text = blank(kind, read(root).guide)
    file.parent.mkdir(exist_ok=True)
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise ValueError(f"{file.relative_to(root)} finns redan, och skrivs inte över.") from None
    return file


def blank(kind: type[Record], guide: Guide) -> str:
    """The file. What is optional is commented out; what is decided for a new record is filled in."""
    decided = {"basis": "erfarenhet" if kind.folder == "experiences" else "förslag", "status": "utkast"}
    lines = [f"# {kind.singular.capitalize()}. Skriv efter kolon. Rader som börjar med # är hjälp och kan tas bort."]
    for name, field in kind.model_fields.items():
        if name in ("id", *decided):
            continue
        lines += ["", *_field(name, field, guide, "")]
    lines += ["", *(f"{name}: {value}" for name, value in decided.items())]
    return "\n".join(lines) + "\n"


def _field(name: str, field: FieldInfo, guide: Guide, pad: str) -> Iterator[str]:
    """A field with its help, commented out where it need not be there."""
    hint = f"{field.title}. {field.description or ''} {_rule(field, guide)}".strip()
    yield from textwrap.wrap(
        hint,
        _WIDTH,
        initial_indent=f"{pad}# ",
        subsequent_indent=f"{pad}# ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    lines = list(_value(name, field, guide, pad))
    if field.is_required():
        yield from lines
    else:
        yield from (f"{pad}# {line.removeprefix(pad)}" for line in lines if not line.lstrip().startswith("#"))


def _value(name: str, field: FieldInfo, guide: Guide, pad: str) -> Iterator[str]:
    models = list(models_in(field.annotation))
    many = get_origin(field.annotation) is tuple
    if models:
        if len(models) > 1:
            types = [str(get_args(model.model_fields["type"].annotation)[0]) for model in models]
            yield f"{pad}# Typerna (type) är {', '.join(types)}; de har var sina fält. Jämför med en annan post."
        yield f"{pad}{name}:"
        inner = list(_inside(models[0], guide, pad + ("    " if many else "  ")))
        if many:  # the first line that is no comment begins the item
            first = next(i for i, line in enumerate(inner) if not line.lstrip().startswith("#"))
            inner[first] = f"{pad}  - {inner[first].lstrip()}"
        yield from inner
    elif many:
        yield from (f"{pad}{name}:", f"{pad}  - ")
    elif get_origin(field.annotation) is dict:
        yield f"{pad}{name}: {{}}"
    elif takes_paragraphs(field):
        yield from (f"{pad}{name}: |", f"{pad}  ")
    else:
        yield f"{pad}{name}: "


def _inside(model: type[BaseModel], guide: Guide, pad: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield from _field(name, field, guide, pad)


def _rule(field: FieldInfo, guide: Guide) -> str:
    """What the checker asks, in short."""
    found = []
    if ref := ref_of(field):
        found.append(f"Finns: {listed(sorted(guide.records[ref.folder]), _IDS)}.")
    elif (choices := words_of(field.annotation)) and not all(word in (field.description or "") for word in choices):
        found.append(f"Ett av: {', '.join(choices)}.")
    if not field.is_required():
        found.append("Får utelämnas.")
    return " ".join(found)
