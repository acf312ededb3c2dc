"""What answering in a round needs in the browser: who reads what, and what is asked. ``docs/assets/reading.js`` works with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..guide.addresses import ASSETS, page_of, path_of
from ..guide.guide import Guide
from ..guide.model import Record
from ..guide.network import Round
from ..guide.script import script
from . import questions

PATH = f"{ASSETS}/reading/round.js"


def files(guide: Guide) -> Iterator[tuple[str, str]]:
    """Path → script, while a round is open."""
    if guide.round:
        yield PATH, script("guideReading", _round(guide, guide.round))


def _round(guide: Guide, one: Round) -> dict[str, Any]:
    """What is read in the round that is open, and what is asked."""
    names = dict.fromkeys(name for mine in one.sets for name in mine.records)
    found = {name: record for name in names if (record := guide.named(name))}
    return {
        "version": questions.VERSION,
        "round": one.number,
        "closes": one.closes.isoformat(),
        "edition": guide.settings.version,
        "email": guide.settings.email or "",
        "questions": questions.QUESTIONS,
        "choices": {"fits": questions.FITS, "tried": questions.TRIED, "stops": questions.STOPS},
        "longest": questions.LONGEST,
        "sets": {mine.id: {"side": mine.side, "records": mine.records} for mine in one.sets},
        "records": {
            name: {
                "title": record.title,
                "kind": record.singular,
                "lead": getattr(record, "summary", ""),
                "path": _path(record),
            }
            for name, record in found.items()
        },
    }


def _path(record: Record) -> str:
    page, anchor = page_of(record)
    return path_of(page) + (f"#{anchor}" if anchor else "")
