"""Every file to download, of every kind."""

from __future__ import annotations

from pathlib import Path

from ..book.book import render as render_book
from ..files.cache import Cache
from ..guide.guide import Guide
from ..meetings.calendar import render as render_calendar
from ..meetings.files import render as render_kits
from ..worksheets.files import render as render_worksheets


def render(guide: Guide, cache: Path | None = None) -> dict[str, bytes]:
    """Every file by its path on the site. ``cache`` is a folder, of this alone, that keeps files between builds."""
    kept = Cache(cache)
    worksheets = render_worksheets(guide, kept)
    kits, book, calendar = render_kits(guide, worksheets, kept), render_book(guide, kept), render_calendar(guide)
    kept.tidy()
    return {**worksheets, **kits, **book, **calendar}
