"""MkDocs' way to the guide: the generated tree becomes files in MkDocs' own collection, nothing is written to docs/."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # MkDocs loads hooks by path; the package is found from the project's root

from scripts.guide.check import read  # noqa: E402
from scripts.guide.problems import GuideError  # noqa: E402
from scripts.publish.tree import handwritten, tree  # noqa: E402


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take what is true of the whole guide from guide.yaml, so that it stands in one place."""
    root = Path(config.config_file_path).parent
    settings = _read(root).settings
    noon = datetime(settings.date.year, settings.date.month, settings.date.day, 12, tzinfo=timezone.utc)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))
    config.site_url = settings.address
    config.copyright = f"{settings.publisher} · version {settings.version} · {settings.licence}"
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every generated file; a hand-written page gets the frame that all pages have."""
    root = Path(config.config_file_path).parent
    docs = Path(config.docs_dir)
    for path, content in tree(_read(root), handwritten(docs)).items():
        existing = files.get_file_from_path(path)
        if existing is not None:
            files.remove(existing)
        files.append(File.generated(config, path, content=content))
    return files


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
    """Editing a record or a template reloads the browser, as editing a page in docs/ does."""
    root = Path(config.config_file_path).parent
    for folder in ("guide_data", "scripts/pages/templates", "scripts/worksheets/templates", "scripts/publish/theme"):
        server.watch(str(root / folder))
    return server


def _read(root: Path) -> Any:
    try:
        return read(root).guide
    except GuideError as error:
        raise PluginError(f"{len(error.problems)} fel i guide_data/:\n{error}") from None
