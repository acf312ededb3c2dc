"""References as they are written in a file, whether or not the rest of the file makes a valid record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from .document import Document
from .guide import CITATION, ref_of, texts
from .model import Source
from .problems import Problem, did_you_mean, listed
from .shape import Path_, chosen, label_at, models_in


@dataclass(frozen=True)
class Reference:
    """One id of another record: the folder that should have it, where it stands, and how: «id» or [[id]]."""

    folder: str
    id: str
    path: Path_
    written: str

    @property
    def is_citation(self) -> bool:
        return self.written != self.id


def unknown_references(kind: type[BaseModel], document: Document, present: Mapping[str, set[str]]) -> Iterator[Problem]:
    """A reference leads to a record that exists, though that record may have problems of its own."""
    for reference in references(kind, document.data):
        known = present[reference.folder]
        if reference.id in known:
            continue
        path = reference.path
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        line = document.line_of(path, reference.written) if reference.is_citation else document.line(path)
        shown = f"hänvisningen [[{reference.id}]]" if reference.is_citation else f"«{reference.id}»"
        folder = reference.folder
        allowed = f"Tillåtet är {listed(sorted(known))}." if known else f"Mappen {folder}/ är tom."
        label = label_at(kind, path, document.data)
        message = f"{shown} finns inte i {folder}/. {allowed}{did_you_mean(reference.id, known)}"
        yield Problem(document.file, line, f"{name}: {label}: {message}")


def references(kind: type[BaseModel], data: Mapping[str, Any]) -> Iterator[Reference]:
    """Every reference in a record's data: fields that hold ids first, then citations in texts."""
    yield from _ids(kind, data, ())
    for text, path in texts(data):
        for match in CITATION.finditer(text):
            yield Reference(Source.folder, match[1].strip(), path, match[0])


def _ids(kind: type[BaseModel], data: Mapping[str, Any], above: Path_) -> Iterator[Reference]:
    for name in data.keys() & kind.model_fields.keys():
        field, value, path = kind.model_fields[name], data[name], (*above, name)
        ref, models = ref_of(field), list(models_in(field.annotation))
        for child, place in _each(value, path):
            if ref and isinstance(child, str) and child.strip():
                yield Reference(ref.folder, child.strip(), place, child.strip())
            elif models and isinstance(child, dict):
                yield from _ids(chosen(models, child), child, place)


def _each(value: Any, path: Path_) -> Iterator[tuple[Any, Path_]]:
    """The value, or the values of a list, with their paths."""
    if isinstance(value, list):
        yield from ((child, (*path, index)) for index, child in enumerate(value))
    else:
        yield value, path
