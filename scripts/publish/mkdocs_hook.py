"""MkDocs' way to the guide: the generated tree becomes files in MkDocs' own collection, nothing is written to docs/."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # MkDocs loads hooks by path; the package is found from the project's root

from scripts.files.store import Store  # noqa: E402
from scripts.guide.check import read  # noqa: E402
from scripts.guide.guide import Guide  # noqa: E402
from scripts.guide.model import Settings  # noqa: E402
from scripts.guide.problems import GuideError  # noqa: E402
from scripts.pages.menu import menu  # noqa: E402
from scripts.publish import frame, headers  # noqa: E402
from scripts.publish.accessibility import STATEMENT  # noqa: E402
from scripts.publish.handwritten import check_handwritten  # noqa: E402
from scripts.publish.late import Late  # noqa: E402
from scripts.publish.lock import Lock  # noqa: E402
from scripts.publish.remembered import Remembered  # noqa: E402
from scripts.publish.tree import handwritten, tree  # noqa: E402

_WATCHED = (
    "guide_data",
    *(f"scripts/{part}/templates" for part in ("book", "files", "meetings", "pages", "worksheets")),
)
# The theme's own search, which the guide does without: a megabyte, some of it without a stated licence.
_UNUSED = r"assets/javascripts/(lunr|workers)/"
_EPOCH = "SOURCE_DATE_EPOCH"  # the day that MkDocs takes for today
_command = ""
_dated = False  # whether the day was set here, and not by whoever builds
_lock = Lock()
_late = Late()
_foot = ""  # what stands at the foot of every page
_scripts: set[str] = set()  # those inside the pages built so far, as sources in a policy
_shown: Guide | None = None  # the guide that is being served
_store: Store | None = None  # MkDocs copies its files after the event that names them
_pages: Remembered | None = None


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether MkDocs serves: then the address is the local one."""
    global _command
    _command = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take what is true of the whole guide from its records, so that it stands in one place: names, date and menu."""
    _scripts.clear()
    root = Path(config.config_file_path).parent
    _lock.take(root / ".cache")
    guide = _read(root)
    _configure(config, guide.settings)
    config.nav = menu(guide)
    return config


def on_post_build(*, config: MkDocsConfig) -> None:
    """The policy as headers, for the hosts that take them from the site."""
    for path, text in headers.header_files(_scripts).items():
        Path(config.site_dir, path).write_text(text, encoding="utf-8")
    assert _store is not None and _pages is not None, "on_files has opened them"
    _pages.keep()
    if _command == "serve":
        _late.begin(_store, Path(config.site_dir))
    else:
        _store.tidy()
    _leave()


def on_build_error(*, error: Exception) -> None:
    _leave()


def _leave() -> None:
    """The date was this guide's own: another that the same process builds has another."""
    global _dated
    if _dated:
        os.environ.pop(_EPOCH, None)
        _dated = False
    _lock.give_back()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every generated file; a hand-written page gets the frame that all pages have."""
    global _store, _pages
    root, guide = Path(config.config_file_path).parent, _shown
    assert guide is not None, "on_config has read it"
    _store = Store(root / ".cache")
    for path, content in _tree(guide, config, _store):
        existing = files.get_file_from_path(path)
        if existing is not None:
            files.remove(existing)
        if isinstance(content, str):
            files.append(File.generated(config, path, content=content))
        else:
            files.append(File.generated(config, path, abs_src_path=str(content)))
    for file in [file for file in files if re.match(_UNUSED, file.src_uri)]:
        files.remove(file)
    _pages = Remembered(root / ".cache" / "pages", config)
    titles = dict(_titles(config.nav))
    for file in files.documentation_pages():
        _pages.page(titles.get(file.src_uri), file, config)
    return files


def _tree(guide: Guide, config: MkDocsConfig, store: Store) -> Iterator[tuple[str, str | Path]]:
    try:
        made = _late.files if _command == "serve" else Store.files
        yield from tree(guide, handwritten(Path(config.docs_dir)), store, made)
    except GuideError as error:
        raise PluginError(str(error)) from None


def _titles(menu: Any) -> Iterator[tuple[str, str]]:
    """The pages that have a title of their own in the menu: path, title."""
    for part in menu if isinstance(menu, list) else ():
        for title, below in part.items() if isinstance(part, dict) else ():
            if isinstance(below, str):
                yield below, title
            else:
                yield from _titles(below)


def on_page_context(context: TemplateContext, *, config: MkDocsConfig, **_: Any) -> TemplateContext:
    """The foot of every page leads to the accessibility statement, where there is one."""
    if any(file.src_uri == STATEMENT for file in context["pages"]):
        address = f"{context['base_url'].rstrip('/')}/{STATEMENT.removesuffix('.md')}/"
        config.copyright = f'{_foot} · <a href="{address}">Tillgänglighet</a>'
    return context


on_template_context = on_page_context  # the page for addresses that do not exist


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Give the page its policy. What is not the theme's own may hold nothing that the policy would stop."""
    if _command != "serve" and (found := headers.forbidden(page.content or "")):
        raise PluginError(f"{page.file.src_uri}: {'; '.join(found)}. Sidans text får inte ha skript eller stil.")
    return _guarded(frame.leading_on(output, str(page.meta.get("moved_to", ""))))


def on_post_template(output: str, *, template_name: str, config: MkDocsConfig) -> str:
    """The page for addresses that do not exist is a template of the theme."""
    return _guarded(output) if template_name.endswith(".html") else output


def _guarded(html: str) -> str:
    html = frame.with_search(html)
    scripts = headers.digests(html)
    _scripts.update(scripts)
    # While serving, MkDocs adds the script that reloads the page after we have seen it.
    return headers.guarded(html, {"'unsafe-inline'"} if _command == "serve" else scripts)


def _configure(config: MkDocsConfig, settings: Settings) -> None:
    global _dated, _foot
    noon = datetime(settings.date.year, settings.date.month, settings.date.day, 12, tzinfo=UTC)
    if _EPOCH not in os.environ:
        os.environ[_EPOCH] = str(int(noon.timestamp()))
        _dated = True
    if _command != "serve":
        config.site_url = settings.address
    config.site_name = settings.short_title
    config.site_description = settings.summary
    config.copyright = _foot = f"{settings.publisher} · version {settings.version} · {settings.licence}"


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
    """Editing a record or a template reloads the browser, as editing a page in docs/ does."""
    root = Path(config.config_file_path).parent
    for folder in _WATCHED:
        if (root / folder).is_dir():
            server.watch(str(root / folder))
    return server


def _read(root: Path) -> Guide:
    """The guide as it stands. While serving, a mistake is told and the guide from before it stays on the screen."""
    global _shown
    try:
        guide = read(root).guide
        if problems := check_handwritten(root):
            raise GuideError(problems)
        _shown = guide
    except GuideError as error:
        message = f"{len(error.problems)} fel i guidens texter:\n{error}"
        if _command != "serve" or _shown is None:
            raise PluginError(message) from None
        # Not logged: in strict mode a logged error would stop the server.
        print(f"{message}\nSidorna visas som de var före felet.", file=sys.stderr, flush=True)
    return _shown
