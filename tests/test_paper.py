"""Paper that is used: no page with a line or two on it, and no signature alone."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
import typst
from PIL import Image

from scripts.guide.guide import Guide
from scripts.guide.model import Worksheet

pytestmark = pytest.mark.xdist_group("site")
LEAST = 0.2  # of the height between the margins
_TOP, _FOOT = 0.04, 0.9  # where the margins are, as shares of the page
_PAGES = "#set page(width: auto, height: auto, margin: 0pt)\n"


def fills(file: Path, folder: Path) -> list[float]:
    """How far down each page of a PDF file is used, from 0 to 1, above its foot. ``folder`` is to work in."""
    shutil.copyfile(file, folder / "shown.pdf")
    with pikepdf.open(file) as pdf:
        pages = range(1, len(pdf.pages) + 1)
    shown = "#pagebreak()\n".join(f'#image("shown.pdf", page: {number})\n' for number in pages)
    (folder / "shown.typ").write_text(_PAGES + shown, "utf-8")
    made = typst.compile(str(folder / "shown.typ"), format="png", ppi=72)
    return [_used(page) for page in (made if isinstance(made, list) else [made])]


def _used(png: bytes) -> float:
    page = Image.open(io.BytesIO(png)).convert("L")
    top, foot = round(page.height * _TOP), round(page.height * _FOOT)
    written = page.crop((0, top, page.width, foot)).point(lambda shade: 255 if shade < 235 else 0).getbbox()
    return written[3] / (foot - top) if written else 0.0


def test_no_page_of_a_sheet_is_nearly_empty(guide: Guide, site: Path, tmp_path: Path) -> None:
    names = [f"{sheet.id}{end}" for sheet in guide.all(Worksheet) for end in ("", "-exempel")]
    files = [file for name in names if (file := site / "ladda-ner" / f"{name}.pdf").exists()]
    found = {file.stem: fills(file, tmp_path) for file in files}
    assert len(found) > 60
    low = [
        (name, number, round(used, 2))
        for name, pages in found.items()
        for number, used in enumerate(pages, 1)
        if used < LEAST
    ]
    assert low == []


@pytest.mark.parametrize("phase", ["upphandling", "uppstart", "etablering", "utveckling", "avslut"])
def test_no_page_of_a_kit_is_nearly_empty(site: Path, tmp_path: Path, phase: str) -> None:
    """But for what is left of the list of what is in it."""
    pages = fills(site / "ladda-ner" / f"moten-{phase}.pdf", tmp_path)
    assert len(pages) > 30
    assert [(number, round(used, 2)) for number, used in enumerate(pages, 1) if used < LEAST and number > 3] == []
