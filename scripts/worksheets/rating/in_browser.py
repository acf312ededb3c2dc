"""What rating together in the browser needs: the statements, where each stands in the joint workbook, and the same limits.

A classic script, so that it also works where the site is opened from a folder. ``docs/assets/rate.js`` works with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...guide.addresses import ASSETS, download, page_of, path_of
from ...guide.guide import Guide
from ...guide.model import Practice, Principle, ScaleField, Worksheet
from ...guide.parties import PARTIES
from ...guide.script import script
from ..form import DONT_KNOW, SCORES, resolve
from ..xlsx.memory import defined_name
from .comparison import APART, BOTH_LOW, DIFFERENT, LARGE_GAP, LARGEST, LOW, areas, rows
from .statements import MEETING
from .workbooks import TOGETHER

FOLDER = f"{ASSETS}/rate"
FEWEST = 4  # persons of whom a spread is shown: of fewer it says what one of them answered
_PRACTICES = 3  # suggested for each area


def files(guide: Guide) -> Iterator[tuple[str, str]]:
    """Path → script, for each worksheet that two parties answer each for itself."""
    for sheet in guide.all(Worksheet):
        if sheet.comparison:
            yield f"{FOLDER}/{sheet.id}.js", script("guideRating", told(guide, sheet))


def told(guide: Guide, sheet: Worksheet) -> dict[str, Any]:
    """The statements in order, and everything that their answers are counted by."""
    form = resolve(guide, sheet)
    scale = next(question.field for question in form.questions if isinstance(question.field, ScaleField))
    return {
        "sheet": sheet.id,
        "title": sheet.title,
        "edition": guide.settings.version,
        "low": scale.low,
        "high": scale.high,
        "unknown": DONT_KNOW,
        "scores": list(SCORES),
        "limits": {"large": LARGE_GAP, "low": BOTH_LOW, "apart": APART, "first": LARGEST, "fewest": FEWEST},
        "words": {"large": DIFFERENT, "low": LOW},
        "parties": [{"id": party.id, "name": party.name} for party in PARTIES],
        "meeting": [{"key": column.key, "label": column.heading, "date": column.look == "date"} for column in MEETING],
        "statements": [
            {"id": row.name.rpartition(".")[2], "name": defined_name(row.name), "area": row.area, "text": row.text}
            for row in rows(form)
        ],
        "areas": [{"title": area.title, "practices": _practices(guide, area.title)} for area in areas(form)],
        "variant": TOGETHER,
        "workbook": download(f"{sheet.id}-{TOGETHER}", "xlsx"),
    }


def _practices(guide: Guide, title: str) -> list[dict[str, str]]:
    """Practices that the area's principle carries, those to begin with first."""
    principle = next((one for one in guide.all(Principle) if one.title == title), None)
    found = guide.referring(principle, Practice) if principle else ()
    first = sorted(found, key=lambda practice: practice.level != "grund")[:_PRACTICES]
    return [{"title": practice.title, "path": path_of(page_of(practice)[0])} for practice in first]
