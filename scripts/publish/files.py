"""Every file to download, of every kind."""

from __future__ import annotations

from pathlib import Path

from ..files.cache import Cache
from ..guide.guide import Guide
from ..meetings.calendar import render as render_calendar
from ..worksheets.files import render as render_worksheets


def render(guide: Guide, cache: Path | None = None) -> dict[str, bytes]:
    """Every file by its path on the site. ``cache`` is a folder, of this alone, that keeps files between builds."""
    kept = Cache(cache)
    files = {**render_worksheets(guide, kept), **render_calendar(guide)}
    kept.tidy()
    return files
