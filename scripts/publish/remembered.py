"""Pages that are not read again when nothing that they are made of has changed.

Reading Markdown is the longest part of a build, and an edit changes a page or two. What the pages came to is kept in a
file between builds.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import logging
import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

_FILE = "pages.json"
_READERS = ("markdown", "mkdocs", "mkdocs-material", "pymdown-extensions")


class Remembered:
    """What each page's Markdown came to, by the page's path. ``folder`` is theirs alone."""

    def __init__(self, folder: Path, config: MkDocsConfig) -> None:
        self._file = folder / _FILE
        settings = Path(config.config_file_path).read_bytes()
        libraries = "".join(f"{name} {importlib.metadata.version(name)}\n" for name in _READERS)
        self._made_with = hashlib.sha256(libraries.encode() + settings).hexdigest()
        self._read: dict[str, dict[str, Any]] = self._kept()
        self._asked: set[str] = set()
        self._new = False

    def page(self, title: str | None, file: File, config: MkDocsConfig) -> Page:
        """The page of ``file``, which MkDocs reads only where it is new or changed. ``title`` is the menu's, if any."""
        return _Page(self, title, file, config)

    def keep(self) -> None:
        """Write to the folder what the pages of this build came to. A cache that cannot be written is done without."""
        if not self._new and self._asked == self._read.keys():
            return
        pages = {path: self._read[path] for path in sorted(self._asked & self._read.keys())}
        unfinished = self._file.with_name(f".{_FILE}.{os.getpid()}")
        try:
            unfinished.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps([self._made_with, pages], ensure_ascii=False), encoding="utf-8")
            unfinished.replace(self._file)
        except OSError:
            with contextlib.suppress(OSError):
                unfinished.unlink()

    def of(self, path: str, made_of: str) -> dict[str, Any] | None:
        """What the page came to, if it was made of the same."""
        self._asked.add(path)
        there = self._read.get(path)
        return there if there and there["made_of"] == made_of else None

    def put(self, path: str, told: dict[str, Any]) -> None:
        self._read[path] = told
        self._new = True

    def _kept(self) -> dict[str, dict[str, Any]]:
        """What is in the folder, if it is whole and made with what pages are made with now."""
        try:
            made_with, pages = json.loads(self._file.read_text("utf-8"))
        except (OSError, TypeError, ValueError):
            return {}
        return pages if made_with == self._made_with else {}


class _Page(Page):
    def __init__(self, memory: Remembered, title: str | None, file: File, config: MkDocsConfig) -> None:
        super().__init__(title, file, config)
        self._memory = memory

    def render(self, config: MkDocsConfig, files: Files) -> None:
        made_of = hashlib.sha256(f"{_names(files)}\n{self.markdown}".encode()).hexdigest()
        if there := self._memory.of(self.file.src_uri, made_of):
            self._recall(there, files)
            return
        with _Warnings() as warned:
            super().render(config, files)
        if not warned.heard:  # a warning is to be heard at every build
            self._memory.put(self.file.src_uri, {"made_of": made_of, **self._told()})

    def _told(self) -> dict[str, Any]:
        links = {file.src_uri: anchors for file, anchors in (self.links_to_anchors or {}).items()}
        return {
            "content": self.content,
            "toc": [_token(link) for link in self.toc],
            "title": self._title_from_render,
            "anchors": sorted(self.present_anchor_ids or ()),
            "links": links,
        }

    def _recall(self, there: dict[str, Any], files: Files) -> None:
        self.content = there["content"]
        self.toc = get_toc(there["toc"])
        self._title_from_render = there["title"]
        self.present_anchor_ids = set(there["anchors"])
        targets = {files.get_file_from_path(path): anchors for path, anchors in there["links"].items()}
        self.links_to_anchors = {file: anchors for file, anchors in targets.items() if file}


class _Warnings(logging.Handler):
    """Whether MkDocs has warned of anything meanwhile."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard = False

    def emit(self, record: logging.LogRecord) -> None:
        self.heard = True

    def __enter__(self) -> _Warnings:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)


def _token(link: AnchorLink) -> Any:
    """A line of the table of contents, as what MkDocs makes it of."""
    return {"name": link.title, "id": link.id, "level": link.level, "children": [_token(c) for c in link.children]}


def _names(files: Files) -> str:
    """Every path that a page may link to: a link to one that has gone must be told of."""
    return "\n".join(sorted(file.src_uri for file in files))
