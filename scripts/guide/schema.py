"""JSON Schema of each record type, from the same models: editors complete and explain with it."""

from __future__ import annotations

import json
from typing import Any

from .guide import Guide
from .model import RECORD_TYPES, Record, Settings

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas(guide: Guide) -> dict[str, str]:
    """Schema by folder name, and ``guide`` for guide.yaml. References allow exactly the ids that exist."""
    found = {kind.folder: _schema(kind, guide) for kind in RECORD_TYPES}
    found["guide"] = _schema(Settings, guide)
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in found.items()}


def _schema(kind: type[Any], guide: Guide) -> dict[str, Any]:
    schema: dict[str, Any] = kind.model_json_schema()
    if issubclass(kind, Record):
        schema["properties"].pop("id")  # the file's name
        schema["required"] = [name for name in schema["required"] if name != "id"]
        schema["title"] = kind.singular.capitalize()
    return {"$schema": DIALECT, **_with_ids(schema, guide)}


def _with_ids(schema: Any, guide: Guide) -> Any:
    """The schema with every reference as a choice among the ids that exist."""
    if isinstance(schema, list):
        return [_with_ids(part, guide) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _with_ids(part, guide) for key, part in schema.items() if key != "x-folder"}
    if folder := schema.get("x-folder"):
        found["enum"] = sorted(guide.records[folder])
    return found
