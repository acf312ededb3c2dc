"""Pydantic's findings as Swedish sentences for the person who wrote the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from .model import ADDRESS, FOLDER, ID_PATTERN, ONE_LINE
from .problems import did_you_mean, listed
from .shape import Path_, field_at


@dataclass(frozen=True)
class Finding:
    """What is wrong with the value at ``path`` in the data; ``missing`` where it is that something is not there."""

    path: Path_
    message: str
    missing: bool = False


def explain(error: ValidationError, kind: type[BaseModel], data: Any) -> Iterator[Finding]:
    """Each finding, as «fält: Etikett: vad som är fel och vad som går»; what is missing last, on one line a place."""
    details = error.errors(include_url=False)
    missing: dict[Path_, list[str]] = {}
    for detail in details:
        # Pydantic does not count items that are wrong, and then finds the list too short as well.
        if detail["type"] == "too_short" and any(_inside(other["loc"], detail["loc"]) for other in details):
            continue
        path = _in_data(detail["loc"], data)
        if detail["type"] == "missing":
            missing.setdefault(path[:-1], []).append(str(path[-1]))
        else:
            owner, field = field_at(kind, path, data)
            yield Finding(path, _named(path, field, _sentence(detail, path, owner)))
    for place, names in missing.items():
        yield _missing(kind, place, names, data)


def _missing(kind: type[BaseModel], place: Path_, names: list[str], data: Any) -> Finding:
    """The fields that ``place`` lacks, in the model's order, which is Pydantic's."""
    if len(names) == 1:
        path = (*place, names[0])
        _, field = field_at(kind, path, data)
        return Finding(path, _named(path, field, "fältet saknas. Lägg till det."), missing=True)
    message = f"{len(names)} fält saknas: {', '.join(names)}. Lägg till dem."
    return Finding(place, _named(place, None, message), missing=True)


def _named(path: Path_, field: FieldInfo | None, message: str) -> str:
    """The message after the name in the file, and the label in Swedish, of what it is about."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    label = field.title if field else None
    return ": ".join(part for part in (name, label, message) if part)


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


def _sentence(detail: ErrorDetails, path: Path_, owner: type[BaseModel] | None) -> str:
    found = detail["input"]
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "extra_forbidden":
        fields = [name for name in owner.model_fields if name != "id"] if owner else []
        return f"okänt fält. Fälten är {listed(fields, 40)}.{did_you_mean(str(path[-1]), fields)}"
    if kind == "literal_error":
        allowed = [part.strip("' ") for part in context["expected"].replace(" or ", ", ").split(",")]
        wrong = "fältet är tomt" if found is None else f"«{_shown(found)}» går inte"
        return f"{wrong}. Tillåtet är {listed(allowed)}.{did_you_mean(str(found), allowed)}"
    if kind == "union_tag_invalid":
        allowed = [tag.strip("' ") for tag in context["expected_tags"].split(",")]
        if context["tag"] in ("None", ""):
            return f"fälttypen (type) är tom. Tillåtet är {listed(allowed)}."
        return f"fälttypen «{_shown(context['tag'])}» finns inte. Tillåtet är {listed(allowed)}.{did_you_mean(str(context['tag']), allowed)}"
    if kind == "union_tag_not_found":
        return "fältet «type» saknas. Det anger fälttypen, till exempel type: text."
    if kind == "value_error":
        return f"{context['error']}."
    if kind == "string_pattern_mismatch":
        return f"«{_shown(found)}» {_FORMS.get(context['pattern'], _FORM)}"
    if found is None and kind.endswith("_type"):
        return "fältet är tomt. Skriv ett värde efter kolon, eller ta bort raden om den får utelämnas."
    sentence = _SENTENCES.get(kind)
    if sentence is None:
        return f"«{_shown(found)}» går inte här. Jämför med en annan post i samma mapp."
    return sentence.format(found=_shown(found), **context)


def _shown(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "…"


_LINK = "har inga mellanslag, citattecken eller parenteser."
_FORMS = {
    ID_PATTERN: "går inte som id. Använd bara a–z, 0–9 och bindestreck.",
    ONE_LINE: "står på flera rader. Skriv texten på en rad.",
    ADDRESS: f"går inte. Adressen börjar med https:// och {_LINK}",
    FOLDER: f"går inte. Adressen börjar med https://, slutar med snedstreck och {_LINK}",
}
_FORM = "har fel form. Jämför med fältets hjälptext, eller med en annan post i samma mapp."
_SENTENCES = {
    "string_type": "«{found}» läses inte som text. Sätt värdet inom citattecken.",
    "string_too_short": "texten är tom. Skriv ett värde eller ta bort fältet.",
    "string_too_long": "texten är längre än {max_length} tecken. Korta den.",
    "int_type": "«{found}» ska vara ett heltal, utan citattecken och enhet.",
    "int_parsing": "«{found}» ska vara ett heltal, utan enhet.",
    "float_type": "«{found}» ska vara ett tal, utan citattecken och enhet.",
    "float_parsing": "«{found}» ska vara ett tal, utan enhet.",
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
