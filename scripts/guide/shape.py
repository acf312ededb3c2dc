"""How a model and the data written for it lie on each other, also where the data does not fit; and what a field takes."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Path_ = tuple[str | int, ...]


def field_at(kind: type[BaseModel], path: Path_, data: Any) -> tuple[type[BaseModel] | None, FieldInfo | None]:
    """The field of which the value at ``path`` is the value or an item, and the model it belongs to.

    Where the last name is no field there is none, but still the model that could have had one.
    """
    owner: type[BaseModel] | None = None
    field: FieldInfo | None = None
    models = [kind]
    for part in path:
        if isinstance(part, str):
            owner = chosen(models, data) if models else None
            field = owner.model_fields.get(part) if owner else None
            if field is None:
                return owner, None
            models = list(models_in(field.annotation))
        data = inside(data, part)
    return owner, field


def label_at(kind: type[BaseModel], path: Path_, data: Any) -> str:
    """The Swedish label of the innermost field around the value at ``path``."""
    fields = (field_at(kind, path[:end], data)[1] for end in range(len(path), 0, -1))
    return next((field.title for field in fields if field and field.title), "")


def inside(data: Any, part: str | int) -> Any:
    """The value at one step of a path; None where there is none."""
    if isinstance(data, dict):
        return data.get(part)
    return data[part] if isinstance(data, list) and isinstance(part, int) and part < len(data) else None


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Models named anywhere in an annotation."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    if get_origin(annotation) is not None:
        for argument in get_args(annotation):
            yield from models_in(argument)


def chosen(models: list[type[BaseModel]], data: Any) -> type[BaseModel]:
    """Which member of a union of field types the data names in ``type``."""
    named = data.get("type") if isinstance(data, dict) else None
    for model in models:
        field = model.model_fields.get("type")
        if field is not None and get_args(field.annotation) == (named,):
            return model
    return models[0]


# ---------------------------------------------------------------- what a field takes

_LONGEST = 12_000  # characters, of the model's Text


def length_of(field: FieldInfo) -> int:
    """How many characters the text may have. A list's own limit is not the texts'."""
    return min((int(found) for m in _constraints(field) if (found := getattr(m, "max_length", None))), default=_LONGEST)


def takes_paragraphs(field: FieldInfo) -> bool:
    """Whether a text may have several paragraphs: one line is what a pattern asks for."""
    found = _constraints(field)
    return any(getattr(m, "max_length", None) == _LONGEST for m in found) and not any(
        getattr(m, "pattern", None) for m in found
    )


def _constraints(field: FieldInfo) -> list[Any]:
    is_list = get_origin(field.annotation) is tuple
    return [*(() if is_list else field.metadata), *_metadata(field.annotation)]


def _metadata(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from annotation.__metadata__
    for argument in get_args(annotation):
        yield from _metadata(argument)


def words_of(annotation: Any) -> tuple[str, ...]:
    """The words that a field chooses between, where it does."""
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return next((found for argument in get_args(annotation) if (found := words_of(argument))), ())
