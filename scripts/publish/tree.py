"""The whole guide as files: Markdown pages, worksheets and schemas, ready for MkDocs or another generator."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..guide.guide import Guide
from ..pages.render import render as render_pages
from .accessibility import with_facts
from .files import render as render_files


def handwritten(docs: Path) -> dict[str, str]:
    """The hand-written pages in docs/, by path, with the facts of the accessibility statement in it."""
    pages = {file.relative_to(docs).as_posix(): file.read_text("utf-8") for file in sorted(docs.rglob("*.md"))}
    return with_facts(pages, docs)


def tree(guide: Guide, pages: Mapping[str, str], cache: Path | None = None) -> dict[str, str | bytes]:
    """Every generated file by its path under docs/. ``pages`` are the hand-written ones.

    ``cache`` is a folder that keeps worksheet files between builds; it changes the time taken, never the bytes.
    """
    return {**render_pages(guide, pages), **render_files(guide, cache)}


def write(guide: Guide, docs: Path, out: Path, cache: Path | None = None) -> int:
    """Write the complete tree, hand-written assets too, under ``out``. Returns the number of files."""
    files: dict[str, str | bytes] = {}
    for file in sorted(docs.rglob("*")):
        if file.is_file() and file.suffix != ".md":
            files[file.relative_to(docs).as_posix()] = file.read_bytes()
    files |= tree(guide, handwritten(docs), cache)
    for path, content in files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return len(files)
