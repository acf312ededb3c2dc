"""Paper that is used: no page with a line or two on it, and no signature alone."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from scripts.files.typeset import _compiler, _printable
from scripts.guide.guide import Guide
from scripts.guide.model import Phase, Worksheet
from scripts.guide.plain import plain_guide
from scripts.meetings import paper
from scripts.meetings.kit import Kit, kits
from scripts.worksheets import pdf
from scripts.worksheets.form import resolve

LEAST = 0.2  # of the height between the margins
_TOP, _FOOT = 0.04, 0.9  # where the margins are, as shares of the page


def fills(template: Path, data: Mapping[str, Any]) -> list[float]:
    """How far down each page is used, from 0 to 1, above its foot."""
    inputs = {"data": json.dumps(_printable(data), ensure_ascii=False)}
    made = _compiler().compile(str(template), format="png", ppi=72, sys_inputs=inputs)
    return [_used(page) for page in (made if isinstance(made, list) else [made])]


def _used(png: bytes) -> float:
    page = Image.open(io.BytesIO(png)).convert("L")
    top, foot = round(page.height * _TOP), round(page.height * _FOOT)
    written = page.crop((0, top, page.width, foot)).point(lambda shade: 255 if shade < 235 else 0).getbbox()
    return written[3] / (foot - top) if written else 0.0


def sheets(guide: Guide) -> Iterator[tuple[str, dict[str, Any]]]:
    for sheet in guide.all(Worksheet):
        for filled in (False, True) if guide.example(sheet) else (False,):
            form = resolve(guide, sheet, filled=filled)
            yield f"{sheet.id}{'-exempel' * filled}", {**pdf.data(form, not filled), "info": pdf._info(form)}


def test_no_page_of_a_sheet_is_nearly_empty(guide: Guide) -> None:
    template = Path(pdf.__file__).parent.parent / "templates" / "form.typ"
    found = {name: fills(template, data) for name, data in sheets(plain_guide(guide))}
    assert len(found) > 60
    low = [
        (name, number, round(used, 2))
        for name, pages in found.items()
        for number, used in enumerate(pages, 1)
        if used < LEAST
    ]
    assert low == []


@pytest.mark.parametrize("phase", ["upphandling", "uppstart", "etablering", "utveckling", "avslut"])
def test_no_page_of_a_kit_is_nearly_empty(guide: Guide, phase: str) -> None:
    """But for what is left of the list of what is in it."""
    said = plain_guide(guide)
    kit: Kit = next(kit for kit in kits(said) if kit.kind is Phase and kit.record == phase)
    made = paper.Paper.of(said, kit, paper.Sheets())
    pages = fills(paper.TEMPLATES / "kit.typ", made.data)
    assert len(pages) > 30
    assert [(number, round(used, 2)) for number, used in enumerate(pages, 1) if used < LEAST and number > 3] == []
