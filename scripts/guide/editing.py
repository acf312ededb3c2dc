"""What those who edit records are helped by, made from the declarations: the schemas, their editor's settings, the table of folders."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path

from .guide import Guide
from .load import DATA
from .model import RECORD_TYPES
from .schema import schemas

SCHEMAS = ".schema"
_TABLE = re.compile(r"(\| Det du vill ändra \| Ligger i \|\n\|---\|---\|\n)(?:\|.*\n)*")
_BY_HAND = "| Sidorna Om guiden, Föreslå en ändring och Tillgänglighet | `docs/` |\n"


def write(root: Path, guide: Guide) -> None:
    """Bring ``root`` up to date: schemas, the editor's use of them, and the table in CONTRIBUTING.md."""
    folder = root / SCHEMAS
    folder.mkdir(exist_ok=True)
    for name, text in schemas(guide).items():
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    _settings(root / ".vscode" / "settings.json")
    contributing = root / "CONTRIBUTING.md"
    if contributing.is_file():
        before = contributing.read_text("utf-8")
        after = with_folders(before)
        if after != before:
            contributing.write_text(after, encoding="utf-8")


def with_folders(text: str) -> str:
    """CONTRIBUTING.md with a row for each kind of record."""
    rows = "".join(f"| {kind.declared.edited} | `{DATA}/{kind.folder}/` |\n" for kind in RECORD_TYPES)
    return _TABLE.sub(lambda match: match[1] + rows + _BY_HAND, text)


def _settings(file: Path) -> None:
    """Let Visual Studio Code use the schemas. What else stands in its settings is the editor's own."""
    found: dict[str, object] = {"files.encoding": "utf8", "files.insertFinalNewline": True}
    with contextlib.suppress(OSError):
        try:
            found = json.loads(file.read_text("utf-8"))
        except json.JSONDecodeError:
            return  # comments are allowed there, and are not ours to lose
    used = {f"{SCHEMAS}/{kind.folder}.json": f"{DATA}/{kind.folder}/*.yaml" for kind in RECORD_TYPES}
    used[f"{SCHEMAS}/guide.json"] = f"{DATA}/guide.yaml"
    if found.get("yaml.schemas") != used:
        file.parent.mkdir(exist_ok=True)
        text = json.dumps({**found, "yaml.schemas": used}, ensure_ascii=False, indent=2)
        file.write_text(text + "\n", encoding="utf-8")
