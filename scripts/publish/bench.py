"""How long each part takes, cold and with the cache, and next to MkDocs' own time on the same rendered pages."""

from __future__ import annotations

import dataclasses
import logging
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from ..guide.check import read
from ..guide.guide import Guide
from ..guide.model import Worksheet
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
        yield from _one_changed(guide, cache)
        shutil.rmtree(root / ".cache", ignore_errors=True)
        yield _timed("make site, utan cache", lambda: build(root, temporary / "site"))
        yield _timed("make site, med cache", lambda: build(root, temporary / "site"))
        write(guide, root / "docs", temporary / "docs", cache)
        yield _timed("MkDocs ensamt, samma sidor", lambda: _mkdocs_alone(root, temporary))


def _one_changed(guide: Guide, cache: Path) -> Iterator[str]:
    """All files when one worksheet has changed, for each worksheet in turn: the typical time and the longest."""
    seconds: dict[str, float] = {}
    for sheet in guide.all(Worksheet):
        kept = shutil.copytree(cache, cache.with_name("kept"))
        changed = _reworded(guide, sheet)
        start = time.perf_counter()
        render_files(changed, kept)
        seconds[sheet.id] = time.perf_counter() - start
        shutil.rmtree(kept)
    if seconds:
        longest = max(seconds, key=lambda id: seconds[id])
        yield _line("alla filer, ett arbetsblad ändrat", statistics.median(seconds.values()))
        yield _line(f"  det som tar längst, {longest}", seconds[longest])


def _reworded(guide: Guide, sheet: Worksheet) -> Guide:
    """The guide with another wording of the worksheet's first question."""
    section = sheet.sections[0]
    field = section.fields[0]
    fields = (field.model_copy(update={"label": f"{field.label} nu"}), *section.fields[1:])
    sections = (section.model_copy(update={"fields": fields}), *sheet.sections[1:])
    worksheets = {**guide.records["worksheets"], sheet.id: sheet.model_copy(update={"sections": sections})}
    return dataclasses.replace(guide, records={**guide.records, "worksheets": worksheets})


def _timed(what: str, act: Callable[[], object]) -> str:
    start = time.perf_counter()
    act()
    return _line(what, time.perf_counter() - start)


def _line(what: str, seconds: float) -> str:
    return f"{what:36} {seconds:6.2f} s"


def _mkdocs_alone(root: Path, temporary: Path) -> None:
    """Build the rendered tree with the same configuration but without our hook."""
    config = yaml.load((root / "mkdocs.yml").read_text("utf-8"), yaml.SafeLoader)
    del config["hooks"]
    file = temporary / "mkdocs.yml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    loaded = load_config(str(file), docs_dir=str(temporary / "docs"), site_dir=str(temporary / "alone"))
    loaded.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(loaded)
