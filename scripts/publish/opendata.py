"""The guide as data, so that an authority can load practices and statements into a system of its own: JSON, CSV and a catalogue.

Ids and addresses are the site's. The licence stands in each file.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from ..guide import addresses
from ..guide.addresses import DATA as FOLDER
from ..guide.guide import Guide
from ..guide.model import RECORD_TYPES, Principle, Record
from ..guide.schema import DIALECT

LICENCE = "http://creativecommons.org/licenses/by/4.0/"
_SEVERAL = " | "
_DESCRIBED = "text/csv", "application/json"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def files(guide: Guide) -> Iterator[tuple[str, str]]:
    """Every file of data by its path on the site."""
    yield f"{FOLDER}/guiden.json", _json(whole(guide))
    yield f"{FOLDER}/guiden.schema.json", _json(schema())
    yield f"{FOLDER}/dcat.jsonld", _json(described(guide))
    for kind in RECORD_TYPES:
        records = guide.all(kind)
        yield f"{FOLDER}/{kind.folder}.csv", table([_row(guide, record) for record in records])
        for record in records:
            yield f"{FOLDER}/{kind.folder}/{record.id}.json", _json(_about(guide) | {"record": _record(guide, record)})
    yield f"{FOLDER}/statements.csv", table(list(_statements(guide)))


def whole(guide: Guide) -> dict[str, Any]:
    """Everything, by the folder that it is in."""
    records = {kind.folder: [_record(guide, record) for record in guide.all(kind)] for kind in RECORD_TYPES}
    return _about(guide) | {"records": records}


def schema() -> dict[str, Any]:
    """The JSON Schema of ``guiden.json``."""
    named, shared = models_json_schema([(kind, "validation") for kind in RECORD_TYPES])
    lists = {kind.folder: {"type": "array", "items": named[kind, "validation"]} for kind in RECORD_TYPES}
    for kind in RECORD_TYPES:
        shared["$defs"][kind.__name__]["properties"]["address"] = {"type": "string", "format": "uri"}
    texts = {name: {"type": "string"} for name in ("title", "version", "date", "publisher", "licence", "address")}
    records = {"type": "object", "properties": lists, "required": list(lists), "additionalProperties": False}
    return {
        "$schema": DIALECT,
        "title": "Partnerskapsguiden",
        "type": "object",
        "properties": {**texts, "records": records},
        "required": [*texts, "records"],
        "additionalProperties": False,
        "$defs": {name: _without_ids(part) for name, part in shared["$defs"].items()},
    }


def described(guide: Guide) -> dict[str, Any]:
    """The dataset as a catalogue of open data reads it: DCAT-AP-SE as JSON-LD."""
    settings, site = guide.settings, guide.settings.address
    publisher = {"@id": f"{site}#utgivare", "@type": "foaf:Organization", "foaf:name": settings.publisher}
    names = [("guiden.json", _DESCRIBED[1], "Hela guiden"), ("statements.csv", _DESCRIBED[0], "Påståendena")]
    names += [(f"{kind.folder}.csv", _DESCRIBED[0], kind.plural) for kind in RECORD_TYPES if guide.all(kind)]
    dataset = {
        "@id": f"{site}{FOLDER}/#guiden",
        "@type": "dcat:Dataset",
        "dcterms:title": _swedish(settings.title),
        "dcterms:description": _swedish(settings.summary),
        "dcterms:publisher": {"@id": publisher["@id"]},
        "dcterms:language": {"@id": "http://publications.europa.eu/resource/authority/language/SWE"},
        "dcterms:issued": {"@value": settings.date.isoformat(), "@type": "xsd:date"},
        "dcat:version": settings.version,
        "dcat:landingPage": {"@id": f"{site}{addresses.path_of(addresses.OPEN_DATA)}"},
        "dcat:distribution": [
            {
                "@id": f"{site}{FOLDER}/{name}",
                "@type": "dcat:Distribution",
                "dcterms:title": _swedish(title),
                "dcat:accessURL": {"@id": f"{site}{FOLDER}/{name}"},
                "dcat:downloadURL": {"@id": f"{site}{FOLDER}/{name}"},
                "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{media}"},
                "dcterms:license": {"@id": LICENCE},
            }
            for name, media, title in names
        ],
    }
    catalogue = {
        "@id": f"{site}{FOLDER}/dcat.jsonld",
        "@type": "dcat:Catalog",
        "dcterms:title": _swedish(f"{settings.short_title}: öppna data"),
        "dcterms:description": _swedish(settings.summary),
        "dcterms:publisher": {"@id": publisher["@id"]},
        "dcterms:license": {"@id": LICENCE},
        "dcat:dataset": [{"@id": dataset["@id"]}],
    }
    return {"@context": _CONTEXT, "@graph": [catalogue, dataset, publisher]}


def table(rows: list[dict[str, str]]) -> str:
    """Rows as CSV by RFC 4180. A text that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["id"]
    written = csv.DictWriter(out, names, lineterminator="\r\n")
    written.writeheader()
    written.writerows({name: _no_formula(text) for name, text in row.items()} for row in rows)
    return out.getvalue()


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _about(guide: Guide) -> dict[str, Any]:
    settings = guide.settings
    return {
        "title": settings.title,
        "version": settings.version,
        "date": settings.date.isoformat(),
        "publisher": settings.publisher,
        "licence": settings.licence,
        "address": settings.address,
    }


def _record(guide: Guide, record: Record) -> dict[str, Any]:
    told: dict[str, Any] = _said(record.model_dump(mode="json"))
    return told | {"address": addresses.address(guide.settings.address, record)}


def _said(value: Any) -> Any:
    """What is said, without texts that were left empty."""
    if isinstance(value, dict):
        return {key: _said(child) for key, child in value.items() if child != ""}
    return [_said(child) for child in value] if isinstance(value, list) else value


def _row(guide: Guide, record: Record) -> dict[str, str]:
    """A record as a row: each field that holds texts or numbers; what holds more is in the record's own file."""
    told = _record(guide, record)
    return {name: text for name, value in told.items() if (text := _cell(value)) is not None}


def _cell(value: Any) -> str | None:
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(child, str | int) for child in value):
        return _SEVERAL.join(map(str, value))
    return None


def _statements(guide: Guide) -> Iterable[dict[str, str]]:
    for principle in guide.all(Principle):
        for one in principle.statements:
            told = {"id": one.id, "principle": principle.id, "principle_title": principle.title, "text": one.text}
            yield told | {"answer": one.answer, "gate": one.gate}


def _without_ids(part: Any) -> Any:
    """A schema without what only the checker reads."""
    if isinstance(part, Mapping):
        return {key: _without_ids(child) for key, child in part.items() if key != "x-folder"}
    return [_without_ids(child) for child in part] if isinstance(part, list) else part


def _swedish(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "sv"}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
