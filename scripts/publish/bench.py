"""How long each part takes and how much memory, cold and warm, next to MkDocs' own time on the same rendered pages.

The large guide, which is made here and not shipped, is the real one with its practices copied.
"""

from __future__ import annotations

import dataclasses
import logging
import os
import resource
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from ..files.store import Store
from ..guide.check import read
from ..guide.guide import Guide
from ..guide.model import Worksheet
from ..pages.menu import menu
from ..pages.render import render as render_pages
from .build import build
from .catalogue import catalogue
from .tree import handwritten, write

_MIB = 2**20


def bench(root: Path) -> Iterator[str]:
    """Lines for people: what was done, the seconds it took, and the most memory that all its processes had at once."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    guide = read(root).guide
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder)
        cache = temporary / "cache"
        yield _timed("läsa och granska posterna", lambda: read(root))
        yield _timed("skriva sidorna som Markdown", lambda: _pages(guide, root))
        yield _timed("alla filer, utan cache", lambda: _files(guide, cache))
        yield _timed("alla filer, med cache", lambda: _files(guide, cache))
        yield from _one_changed(guide, cache)
        shutil.rmtree(root / ".cache", ignore_errors=True)
        yield _timed("make site, utan cache", lambda: build(root, temporary / "site"))
        yield _timed("make site, med cache", lambda: build(root, temporary / "site"))
        write(guide, root / "docs", temporary / "docs", cache)
        yield _timed("MkDocs ensamt, samma sidor", lambda: _mkdocs_alone(root, guide, temporary))


def bench_large(root: Path, practices: int) -> Iterator[str]:
    """The same for a guide with so many practices: reading it, all its files, and the whole site."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        large = _copied(root, Path(folder) / "guide", practices)
        yield _timed(f"{practices} arbetssätt: läsa och granska", lambda: read(large))
        yield _timed(f"{practices} arbetssätt: hela webbplatsen", lambda: build(large, Path(folder) / "site"))


def _copied(root: Path, large: Path, practices: int) -> Path:
    """The project with copies of its practices under ids of their own, each at home in its own phase."""
    ignore = shutil.ignore_patterns("__pycache__", ".*", "site", "build", "tests")
    shutil.copytree(root, large, ignore=ignore)
    folder = large / "guide_data" / "practices"
    originals = sorted(folder.glob("*.yaml"))
    for number in range(practices - len(originals)):
        original = originals[number % len(originals)]
        text = original.read_text("utf-8").replace("\ntitle: ", f"\ntitle: {number} ", 1)
        (folder / f"{original.stem[:50]}-{number}.yaml").write_text(text, encoding="utf-8")
    return large


def _pages(guide: Guide, root: Path) -> None:
    render_pages(guide, catalogue(guide), handwritten(root / "docs"))


def _files(guide: Guide, cache: Path) -> None:
    for _ in Store(cache).files(catalogue(guide)):
        pass


def _one_changed(guide: Guide, cache: Path) -> Iterator[str]:
    """All files when one worksheet has changed, for each worksheet in turn: the typical time and the longest."""
    seconds: dict[str, float] = {}
    for sheet in guide.all(Worksheet):
        kept = shutil.copytree(cache, cache.with_name("kept"))
        changed = _reworded(guide, sheet)
        start = time.perf_counter()
        _files(changed, kept)
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


def _mkdocs_alone(root: Path, guide: Guide, temporary: Path) -> None:
    """Build the rendered tree with the same configuration but without our hook."""
    config = yaml.load((root / "mkdocs.yml").read_text("utf-8"), yaml.SafeLoader)
    del config["hooks"]
    config["nav"] = menu(guide)
    file = temporary / "mkdocs.yml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    loaded = load_config(str(file), docs_dir=str(temporary / "docs"), site_dir=str(temporary / "alone"))
    loaded.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(loaded)


# ---------------------------------------------------------------- time and memory


def _timed(what: str, act: Callable[[], object]) -> str:
    with _Memory() as memory:
        start = time.perf_counter()
        act()
        seconds = time.perf_counter() - start
    return f"{_line(what, seconds)}  {memory.most:5.0f} MB"


def _line(what: str, seconds: float) -> str:
    return f"{what:40} {seconds:7.2f} s"


class _Memory:
    """The most memory that this process and those it started have had at once, in MB, looked at ten times a second."""

    def __init__(self) -> None:
        self.most = 0.0
        self._done = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Memory:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._watch.join()

    def _look(self) -> None:
        while True:
            self.most = max(self.most, sum(map(_resident, _family(os.getpid()))) / _MIB)
            if self._done.wait(0.1):
                return


def _family(parent: int) -> Iterator[int]:
    yield parent
    children = Path(f"/proc/{parent}/task/{parent}/children")
    for child in children.read_text().split() if children.is_file() else ():
        yield from _family(int(child))


def _resident(process: int) -> int:
    """Bytes; none for a process that has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * resource.getpagesize()
