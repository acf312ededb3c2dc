"""The editions as an Atom feed: what to read when a new one has come."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ..guide import addresses
from ..guide.editions import news
from ..guide.guide import Guide

PATH = f"{addresses.path_of(addresses.NEWS)}atom.xml"


def feed(guide: Guide) -> str:
    """An entry for this edition and for each earlier one, the latest first (RFC 4287)."""
    settings = guide.settings
    page = settings.address + addresses.path_of(addresses.NEWS)
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv">',
            f"<title>{escape(settings.short_title)}: nytt i guiden</title>",
            f"<id>{escape(page)}</id>",
            f"<link href={quoteattr(page)}/>",
            f'<link rel="self" href={quoteattr(settings.address + PATH)}/>',
            f"<updated>{_noon(settings.date)}</updated>",
            f"<author><name>{escape(settings.publisher)}</name></author>",
            *_entries(guide, page),
            "</feed>\n",
        )
    )


def _entries(guide: Guide, page: str) -> Iterator[str]:
    settings = guide.settings
    earlier = [edition for edition in reversed(guide.editions) if edition.version != settings.version]
    told = " ".join(settings.highlights)
    if earlier:
        found = [one.fate for one in news(guide, earlier[0])]
        counts = f"{found.count('ny')} nya, {found.count('ändrad')} ändrade, {found.count('borta')} borttagna poster."
        told = f"{told} {counts}".strip()
    yield _entry(page, settings.version, settings.date, told or settings.summary)
    for edition in earlier:
        yield _entry(page, edition.version, edition.date, f"{len(edition.records)} poster.")


def _entry(page: str, version: str, date: datetime.date, told: str) -> str:
    where = f"{page}#sedan-{version.replace('.', '-')}"
    return (
        f"<entry><title>Utgåva {escape(version)}</title><id>{escape(where)}</id><link href={quoteattr(where)}/>"
        f"<updated>{_noon(date)}</updated><summary>{escape(told)}</summary></entry>"
    )


def _noon(date: datetime.date) -> str:
    return f"{date.isoformat()}T12:00:00Z"
