"""Everything that the guide publishes to be downloaded."""

from __future__ import annotations

from ..book import book
from ..cards import cards
from ..files.catalogue import Catalogue
from ..guide.guide import Guide
from ..meetings import calendar
from ..meetings import files as meetings
from ..worksheets import files as worksheets


def catalogue(guide: Guide) -> Catalogue:
    """The worksheets, the kits for meetings, the book, the cards and the calendar. Raises :class:`GuideError` where two collide."""
    sheets = worksheets.artifacts(guide)
    kits = meetings.artifacts(guide, Catalogue(sheets))
    return Catalogue((*sheets, *kits, *book.artifacts(guide), *cards.artifacts(guide), *calendar.artifacts(guide)))
