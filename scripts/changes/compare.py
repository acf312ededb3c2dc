"""Two versions of guide_data, value by value, as the files say them: what a reader, and who has used a sheet, will notice.

Values in lists are matched by their permanent id where they have one, otherwise by what they say, so that a step that is put
in does not make every later step look changed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..guide.document import Document
from ..guide.model import RECORD_TYPES, Settings
from ..guide.shape import Path_, field_at, label_at
from ..guide.wording import normal

Kind = Literal["ny", "borta", "ändrad"]
_KINDS = {kind.folder: kind for kind in RECORD_TYPES}


@dataclass(frozen=True)
class Difference:
    """A value that is not the same: new (no ``before``), gone (no ``after``) or changed. ``line`` is in the file that has it."""

    kind: Kind
    path: Path_
    label: str
    before: str
    after: str
    line: int
    id: str = ""  # the permanent id of what is new or gone, or that the changed text stands under


@dataclass(frozen=True)
class Edited:
    """A record with its differences. A whole record that is new or gone has none of its own."""

    record: str  # «practices/gemensam-malbild»; «guide» for guide.yaml
    title: str
    kind: Kind
    file: str
    differences: tuple[Difference, ...] = ()


Documents = Mapping[str, Document]  # by «folder/id», and «guide»


def compare(before: Documents, after: Documents) -> tuple[Edited, ...]:
    """Every record that is not the same, in the folders' order."""
    order = {folder: place for place, folder in enumerate(_KINDS)}
    names = sorted(before.keys() | after.keys(), key=lambda name: (order.get(name.partition("/")[0], -1), name))
    return tuple(edited for name in names if (edited := _edited(name, before.get(name), after.get(name))))


def _edited(name: str, before: Document | None, after: Document | None) -> Edited | None:
    there = after or before
    assert there is not None, "the name is in one of them"
    title = str(there.data.get("title", name))
    if before is None or after is None:
        return Edited(name, title, "ny" if before is None else "borta", there.file)
    found = tuple(_differences(name, before, after))
    return Edited(name, title, "ändrad", after.file, found) if found else None


def _differences(name: str, before: Document, after: Document) -> Iterator[Difference]:
    model = _KINDS.get(name.partition("/")[0], Settings)
    for kind, path, one, other, id in _walk(before.data, after.data, (), ""):
        document = before if kind == "borta" else after
        label = label_at(model, path, document.data) or _name(path)
        place = "".join(f" {part + 1}" for part in path if isinstance(part, int))
        owner = field_at(model, path[:1], document.data)[1]
        first = owner.title if owner and owner.title and owner.title != label else ""
        shown = f"{first}{place}: {label}" if first else f"{label}{place}"
        yield Difference(kind, path, shown, _text(one), _text(other), document.line(path), id)


Found = tuple[Kind, Path_, Any, Any, str]


def _walk(before: Any, after: Any, path: Path_, id: str) -> Iterator[Found]:
    if isinstance(before, dict) and isinstance(after, dict):
        here = str(after.get("id") or id)
        for key in dict.fromkeys((*before, *after)):
            if key not in after:
                yield "borta", (*path, key), before[key], None, here
            elif key not in before:
                yield "ny", (*path, key), None, after[key], here
            else:
                yield from _walk(before[key], after[key], (*path, key), here)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _lists(before, after, path, id)
    elif _text(before) != _text(after):
        yield "ändrad", path, before, after, id


def _lists(before: list[Any], after: list[Any], path: Path_, id: str) -> Iterator[Found]:
    old, new = [_key(value) for value in before], [_key(value) for value in after]
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        pairs = list(zip(range(i, j), range(k, m), strict=False)) if not _have_ids(before, after) else []
        if tag == "equal":
            pairs = list(zip(range(i, j), range(k, m), strict=True))
        for one, other in pairs:
            yield from _walk(before[one], after[other], (*path, other), id)
        for one in range(i + len(pairs), j):
            yield "borta", (*path, one), before[one], None, _id(before[one]) or id
        for other in range(k + len(pairs), m):
            yield "ny", (*path, other), None, after[other], _id(after[other]) or id


def _have_ids(*lists: list[Any]) -> bool:
    return all(_id(value) for found in lists for value in found)


def _id(value: Any) -> str:
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _key(value: Any) -> str:
    return _id(value) or _text(value)


def _text(value: Any) -> str:
    """A value in running text: a mapping's and a list's values after each other."""
    if isinstance(value, dict):
        return " · ".join(_text(child) for key, child in value.items() if key != "id")
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return normal(value) if isinstance(value, str) else "" if value is None else str(value)


def _name(path: Path_) -> str:
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "")


# ---------------------------------------------------------------- ids that others have kept


def permanent(documents: Documents) -> frozenset[str]:
    """Every id that an address, a calendar or a saved answer may hold: «worksheets/x», «worksheets/x#falt/punkt»."""
    found: set[str] = set()
    for name, document in documents.items():
        if name != "guide":
            found.add(name)
            found.update(f"{name}#{inner}" for inner in _inner(document.data, ""))
    return frozenset(found)


def _inner(value: Any, above: str) -> Iterator[str]:
    if isinstance(value, dict):
        id = _id(value)
        here = f"{above}/{id}".strip("/") if id else above
        if id:
            yield here
        for child in value.values():
            yield from _inner(child, here)
    elif isinstance(value, list):
        for child in value:
            yield from _inner(child, above)
