"""The whole guide as files: Markdown pages, worksheets and schemas, ready for MkDocs or another generator."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from .. import search
from ..files.catalogue import Artifact
from ..files.store import Store
from ..guide.guide import Guide
from ..meetings import in_browser as meeting
from ..pages.render import render as render_pages
from ..proposals import data as proposing
from ..reviewing import in_browser as reading
from ..worksheets import in_browser as filling
from ..worksheets.rating import in_browser as rating
from . import feed, opendata
from .accessibility import with_facts
from .catalogue import catalogue


def handwritten(docs: Path) -> dict[str, str]:
    """The hand-written pages in docs/, by path, with the facts of the accessibility statement in it."""
    pages = {file.relative_to(docs).as_posix(): file.read_text("utf-8") for file in sorted(docs.rglob("*.md"))}
    return with_facts(pages, docs)


Made = Callable[[Store, Iterable[Artifact]], Iterator[tuple[Artifact, Path]]]


def tree(
    guide: Guide, pages: Mapping[str, str], store: Store, made: Made = Store.files
) -> Iterator[tuple[str, str | Path]]:
    """Every generated file by its path under docs/: a page's text, or the file on disk that holds the content.

    ``pages`` are the hand-written ones. ``store`` keeps files between builds: it changes the time taken, never the bytes.
    ``made`` gives the files that are in the store, or makes them.
    """
    published = catalogue(guide)
    yield from render_pages(guide, published, pages).items()
    yield search.PATH, search.data(guide, published)
    yield from opendata.files(guide)
    yield from proposing.files(guide)
    yield from filling.files(guide)
    yield from rating.files(guide)
    yield from meeting.files(guide)
    yield from reading.files(guide)
    yield feed.PATH, feed.feed(guide)
    yield search.DESCRIPTION, search.description(guide.settings)
    for artifact, file in made(store, published):
        yield artifact.path, file


def write(guide: Guide, docs: Path, out: Path, cache: Path) -> int:
    """Write the complete tree, hand-written assets too, under ``out``. Returns the number of files."""
    count = 0
    assets = ((f.relative_to(docs).as_posix(), f) for f in sorted(docs.rglob("*")) if f.is_file() and f.suffix != ".md")
    store = Store(cache)
    for path, content in (*assets, *tree(guide, handwritten(docs), store)):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            target.write_text(content, encoding="utf-8")
        else:
            shutil.copyfile(content, target)
        count += 1
    store.tidy()
    return count
