"""Pydantic's findings as Swedish sentences for the person who wrote the record."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .problems import did_you_mean, listed

Path_ = tuple[str | int, ...]


def explain(error: ValidationError, kind: type[BaseModel], data: Any) -> Iterator[tuple[Path_, str]]:
    """Each finding as (path in the data, «fält: Etikett: vad som är fel och vad som går»)."""
    details = error.errors(include_url=False)
    for detail in details:
        # Pydantic does not count items that are wrong, and then finds the list too short as well.
        if detail["type"] == "too_short" and any(_inside(other["loc"], detail["loc"]) for other in details):
            continue
        path = _in_data(detail["loc"], data)
        owner, field = _owner(kind, path, data)
        message = _sentence(detail, path, owner)
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        if not name:
            yield path, message
        elif field is not None and field.title:
            yield path, f"{name}: {field.title}: {message}"
        else:
            yield path, f"{name}: {message}"


def _inside(location: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(location) > len(outer) and location[: len(outer)] == outer


def _in_data(location: tuple[int | str, ...], data: Any) -> Path_:
    """Pydantic's location without the union tags that it adds and the data does not have."""
    path: list[int | str] = []
    for index, part in enumerate(location):
        last = index == len(location) - 1
        if isinstance(data, dict) and (part in data or last):
            path.append(part)
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            path.append(part)
            data = data[part]
    return tuple(path)


def _owner(kind: type[BaseModel], path: Path_, data: Any) -> tuple[type[BaseModel] | None, Any]:
    """The model that has the value at ``path`` as a field, and that field."""
    owner: type[BaseModel] | None = kind
    field = None
    for part in path:
        if isinstance(part, str) and isinstance(data, dict):
            if owner is None or part not in owner.model_fields:
                return owner, None
            found = owner.model_fields[part]
            data = data.get(part)
            models = list(_models(found.annotation))
            field = found
            if models:
                previous, owner = owner, _chosen(models, data)
                if part == path[-1]:
                    return previous, field
            elif part == path[-1]:
                return owner, field
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
            if field is not None:
                models = list(_models(field.annotation))
                if models:
                    owner = _chosen(models, data)
    return owner, field


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Models named anywhere in an annotation."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    if get_origin(annotation) is not None:
        for argument in get_args(annotation):
            yield from _models(argument)


def _chosen(models: list[type[BaseModel]], data: Any) -> type[BaseModel]:
    """Which member of a union of field types the data names in ``type``."""
    named = data.get("type") if isinstance(data, dict) else None
    for model in models:
        field = model.model_fields.get("type")
        if field is not None and get_args(field.annotation) == (named,):
            return model
    return models[0]


def _sentence(detail: ErrorDetails, path: Path_, owner: type[BaseModel] | None) -> str:
    found = detail["input"]
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "missing":
        return "fältet saknas. Lägg till det."
    if kind == "extra_forbidden":
        fields = [name for name in owner.model_fields if name != "id"] if owner else []
        return f"okänt fält. Fälten är {listed(fields, 30)}.{did_you_mean(str(path[-1]), fields)}"
    if kind == "literal_error":
        allowed = [part.strip("' ") for part in context["expected"].replace(" or ", ", ").split(",")]
        return f"«{_shown(found)}» går inte. Tillåtet är {listed(allowed)}.{did_you_mean(str(found), allowed)}"
    if kind == "union_tag_invalid":
        allowed = [tag.strip("' ") for tag in context["expected_tags"].split(",")]
        return f"fälttypen «{_shown(context['tag'])}» finns inte. Tillåtet är {listed(allowed)}.{did_you_mean(str(context['tag']), allowed)}"
    if kind == "union_tag_not_found":
        return "fältet «type» saknas. Det anger fälttypen, till exempel type: text."
    if kind == "value_error":
        return f"{context['error']}."
    sentence = _SENTENCES.get(kind)
    if sentence is None:
        return f"«{_shown(found)}» går inte här. Jämför med en annan post i samma mapp."
    return sentence.format(found=_shown(found), **context)


def _shown(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "…"


_SENTENCES = {
    "string_type": "«{found}» läses inte som text. Sätt värdet inom citattecken, eller skriv ett värde om det är tomt.",
    "string_too_short": "texten är tom. Skriv ett värde eller ta bort fältet.",
    "string_too_long": "texten är längre än {max_length} tecken. Korta den.",
    "string_pattern_mismatch": "«{found}» har fel form. Id skrivs med a–z, 0–9 och bindestreck; "
    "adresser börjar med https://; korta texter står på en rad.",
    "int_type": "«{found}» ska vara ett heltal, utan citattecken och enhet.",
    "int_parsing": "«{found}» ska vara ett heltal, utan enhet.",
    "int_from_float": "«{found}» ska vara ett heltal, utan decimaler.",
    "bool_type": "«{found}» ska vara true eller false.",
    "bool_parsing": "«{found}» ska vara true eller false.",
    "greater_than_equal": "«{found}» är för litet. Minst {ge}.",
    "less_than_equal": "«{found}» är för stort. Högst {le}.",
    "too_short": "listan har {actual_length} rader, minst {min_length} behövs.",
    "too_long": "listan har {actual_length} rader, högst {max_length} ryms.",
    "tuple_type": "här ska det vara en lista: en rad per värde som börjar med bindestreck och mellanslag.",
    "list_type": "här ska det vara en lista: en rad per värde som börjar med bindestreck och mellanslag.",
    "dict_type": "här ska det vara underfält, indragna under fältets namn.",
    "model_type": "här ska det vara underfält, indragna under fältets namn.",
    "model_attributes_type": "här ska det vara underfält, indragna under fältets namn.",
    "date_type": "«{found}» är inte ett datum. Skriv ÅÅÅÅ-MM-DD.",
    "date_parsing": "«{found}» är inte ett datum. Skriv ÅÅÅÅ-MM-DD.",
    "date_from_datetime_parsing": "«{found}» är inte ett datum. Skriv ÅÅÅÅ-MM-DD.",
    "date_from_datetime_inexact": "«{found}» är inte ett datum. Skriv ÅÅÅÅ-MM-DD.",
}
