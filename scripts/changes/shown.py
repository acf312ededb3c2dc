"""Where a change is seen: the pages and files that are not the same with one guide as with another.

Nothing is guessed from references. Both guides' pages are rendered and compared, and each file by all that it is made from.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..files.store import Store
from ..guide import addresses
from ..guide.guide import Guide
from ..pages.render import render
from ..publish.catalogue import catalogue


@dataclass(frozen=True)
class Shown:
    """Paths on the site that differ, in order: pages («arbetssatt/x/») and files («ladda-ner/x.docx»)."""

    pages: tuple[str, ...]
    files: tuple[str, ...]


def shown(before: Guide, after: Guide) -> Shown:
    """Everything that a reader sees or downloads and that is not the same."""
    return Shown(
        tuple(addresses.path_of(path) for path in _differing(_pages(before), _pages(after))),
        tuple(_differing(_files(before), _files(after))),
    )


def _pages(guide: Guide) -> dict[str, str]:
    return {path: text for path, text in render(guide, catalogue(guide), {}).items() if path.endswith(".md")}


def _files(guide: Guide) -> dict[str, str]:
    """Path → the key that a file would be kept under: all that it is made from."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        return {artifact.path: store.key(artifact) for artifact in catalogue(guide) if artifact.use}


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
