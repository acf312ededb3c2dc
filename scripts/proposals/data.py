"""What the page's own way to propose needs in the browser: the texts of each record with their fingerprints, and what a new
record asks. Classic scripts, so that it also works where the site is opened from a folder; fetched when someone proposes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_origin

from pydantic.fields import FieldInfo

from ..guide.addresses import ASSETS, address
from ..guide.guide import Guide, ref_of
from ..guide.model import RECORD_TYPES, Example, Record
from ..guide.script import script
from ..guide.shape import length_of, takes_paragraphs, words_of
from .places import CLOSED, fingerprint, places
from .proposal import IDEAS, MAX_CHANGES, NEW_KINDS, VERSION

FOLDER = f"{ASSETS}/propose"
LONGEST_LINK = 4_500  # bytes: longer ones are cut off at GitHub's sign-in, which encodes them twice
_IDEA = ("title", "summary")  # what an idea for a whole record asks


def files(guide: Guide) -> Iterator[tuple[str, str]]:
    """Path → script: one for the guide, and one for each record."""
    yield f"{FOLDER}/index.js", script("guideProposing", _whole(guide))
    for kind in RECORD_TYPES:
        for record in guide.all(kind):
            told = _record(guide, record)
            yield f"{FOLDER}/{kind.folder}/{record.id}.js", script("guidePlaces", told, under=told["record"])


def _whole(guide: Guide) -> dict[str, Any]:
    settings = guide.settings
    records = {
        kind.folder: {
            "name": kind.singular,
            "many": kind.plural,
            "titles": {one.id: one.title for one in guide.all(kind)},
        }
        for kind in RECORD_TYPES
    }
    return {
        "version": VERSION,
        "edition": settings.version,
        "repository": settings.repository,
        "email": settings.email or "",
        "longest": LONGEST_LINK,
        "most": MAX_CHANGES,
        "records": records,
        "new": [_new(guide, kind) for kind in RECORD_TYPES if kind.folder in (*NEW_KINDS, *IDEAS)],
    }


def _record(guide: Guide, record: Record) -> dict[str, Any]:
    found = []
    for place in () if isinstance(record, Example) else places(record):
        one: dict[str, Any] = {"path": place.path, "label": place.label, "limit": place.limit}
        if place.text is not None:
            one |= {"text": place.text, "old": fingerprint(place.text)}
        one |= {"long": True} if place.long else {}
        one |= {"item": True} if place.in_list else {}
        one |= {"folder": place.folder} if place.folder else {}
        one |= {"choices": place.choices} if place.choices else {}
        found.append(one)
    name = f"{record.folder}/{record.id}"
    return {"record": name, "title": record.title, "address": address(guide.settings.address, record), "places": found}


def _new(guide: Guide, kind: type[Record]) -> dict[str, Any]:
    whole = kind.folder in NEW_KINDS
    asked = {
        name: field for name, field in kind.model_fields.items() if name not in CLOSED and (whole or name in _IDEA)
    }
    fields = [_field(name, field) for name, field in asked.items() if name != "sources"]
    if not whole:
        idea = {"name": "text", "label": "Din idé", "help": "Vad, för vem och varför.", "limit": 12_000, "long": True}
        fields = [*(field for field in fields if field["name"] == "title"), idea | {"required": True}]
    return {"folder": kind.folder, "name": kind.singular, "whole": whole, "fields": fields}


def _field(name: str, field: FieldInfo) -> dict[str, Any]:
    ref = ref_of(field)
    told = {"name": name, "label": field.title, "help": field.description or "", "limit": length_of(field)}
    more = {
        "long": takes_paragraphs(field),
        "required": field.is_required(),
        "many": get_origin(field.annotation) is tuple,
        "folder": ref.folder if ref else "",
        "choices": words_of(field.annotation),
    }
    return told | {key: value for key, value in more.items() if value}
