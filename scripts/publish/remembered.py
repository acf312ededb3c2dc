"""Pages that are not read again while the guide is served, when nothing that they are made of has changed.

Reading Markdown is the longest part of a build, and an edit changes a page or two.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

_RESULTS = ("content", "toc", "_title_from_render", "present_anchor_ids")  # what Page.render sets


@dataclass(frozen=True)
class _Read:
    """What a page's Markdown came to, and the anchors it links to by the file that has them."""

    made_of: str
    results: dict[str, Any]
    links: dict[str, dict[str, str]]


_read: dict[str, _Read] = {}


class RememberedPage(Page):
    """A page that MkDocs reads once for each Markdown text and list of files to link to."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        made_of = hashlib.sha256(f"{_names(files)}\n{self.markdown}".encode()).hexdigest()
        there = _read.get(self.file.src_uri)
        if there is None or there.made_of != made_of:
            super().render(config, files)
            _read[self.file.src_uri] = _Read(made_of, {name: getattr(self, name) for name in _RESULTS}, self._links())
            return
        for name, value in there.results.items():
            setattr(self, name, value)
        targets = {files.get_file_from_path(path): anchors for path, anchors in there.links.items()}
        self.links_to_anchors = {file: anchors for file, anchors in targets.items() if file}

    def _links(self) -> dict[str, dict[str, str]]:
        return {file.src_uri: anchors for file, anchors in (self.links_to_anchors or {}).items()}


def _names(files: Files) -> str:
    """Every path that a page may link to: a link to one that has gone must be told of."""
    return "\n".join(sorted(file.src_uri for file in files))
