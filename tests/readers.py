"""What the guide publishes, as tests ask for it: a file, all files, or the pages as Markdown."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from scripts.files.catalogue import Artifact
from scripts.files.store import Store
from scripts.guide.guide import Guide
from scripts.pages.render import render
from scripts.publish.catalogue import catalogue


def files(guide: Guide, wanted: Callable[[Artifact], bool] = lambda artifact: True) -> dict[str, bytes]:
    """The published files by path on the site, or those that are ``wanted``."""
    with tempfile.TemporaryDirectory() as folder:
        return kept(guide, Path(folder), wanted)


def kept(guide: Guide, folder: Path, wanted: Callable[[Artifact], bool] = lambda artifact: True) -> dict[str, bytes]:
    """The same by way of files kept in ``folder``, which is tidied afterwards."""
    store = Store(folder)
    found = {a.path: file.read_bytes() for a, file in store.files(filter(wanted, catalogue(guide)))}
    store.tidy()
    return found


def file(guide: Guide, name: str) -> bytes:
    """One file by its name, such as «provblad.docx»."""
    (content,) = files(guide, lambda artifact: artifact.path == f"ladda-ner/{name}").values()
    return content


def pages(guide: Guide) -> dict[str, str]:
    """The generated pages by path."""
    return render(guide, catalogue(guide), {})
