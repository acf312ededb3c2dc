"""How long each part takes, cold and with the cache, and next to MkDocs' own time on the same rendered pages."""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from ..guide.check import read
from ..pages.render import render as render_pages
from .build import build
from .files import render as render_files
from .tree import handwritten, write


def bench(root: Path) -> Iterator[str]:
    """Lines for people: what was done and the seconds it took."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    guide = read(root).guide
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder)
        cache = temporary / "cache"
        yield _timed("läsa och granska posterna", lambda: read(root))
        yield _timed("skriva sidorna som Markdown", lambda: render_pages(guide, handwritten(root / "docs")))
        yield _timed("alla filer, utan cache", lambda: render_files(guide, cache))
        yield _timed("alla filer, med cache", lambda: render_files(guide, cache))
        shutil.rmtree(root / ".cache", ignore_errors=True)
        yield _timed("make site, utan cache", lambda: build(root, temporary / "site"))
        yield _timed("make site, med cache", lambda: build(root, temporary / "site"))
        write(guide, root / "docs", temporary / "docs", cache)
        yield _timed("MkDocs ensamt, samma sidor", lambda: _mkdocs_alone(root, temporary))


def _timed(what: str, act: Callable[[], object]) -> str:
    start = time.perf_counter()
    act()
    return f"{what:32} {time.perf_counter() - start:6.2f} s"


def _mkdocs_alone(root: Path, temporary: Path) -> None:
    """Build the rendered tree with the same configuration but without our hook."""
    config = yaml.load((root / "mkdocs.yml").read_text("utf-8"), yaml.SafeLoader)
    del config["hooks"]
    file = temporary / "mkdocs.yml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    loaded = load_config(str(file), docs_dir=str(temporary / "docs"), site_dir=str(temporary / "alone"))
    loaded.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(loaded)
