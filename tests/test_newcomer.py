"""For whoever is new in a contract: the page, and the sheet that has every phase's outcomes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Phase, Practice, Worksheet
from scripts.guide.problems import GuideError
from scripts.pages.render import render
from scripts.publish.catalogue import catalogue
from scripts.worksheets.form import resolve
from tests import readers
from tests.small_guide import SHEET, write

TABLE: dict[str, Any] = {
    "id": "finns",
    "type": "table",
    "label": "Det här ska finnas",
    "outcomes": "uppstart",
    "columns": [{"id": "sak", "label": "Sak"}, {"id": "finns", "label": "Finns"}],
    "blank_rows": 1,
}
OUTCOMES = ["Ett mål", "En karta"]


def asked(root: Path, **change: Any) -> Path:
    field = {**TABLE, **change}
    return write(
        root,
        phases={"uppstart": {"outcomes": OUTCOMES}},
        worksheets={SHEET: {"sections": [{"title": "Allt", "fields": [field]}]}},
        examples={SHEET: {"values": {"finns": [{"finns": "ja"}, {"finns": "nej"}]}}},
    )


def test_a_table_asks_for_what_a_phase_should_have_given(tmp_path: Path) -> None:
    guide = read(asked(tmp_path)).guide
    sheet = guide.get(Worksheet, SHEET)
    (blank,) = resolve(guide, sheet).questions
    assert [row["sak"] for row in blank.rows] == [*OUTCOMES, None]
    (filled,) = resolve(guide, sheet, filled=True).questions
    assert [(row["sak"], row["finns"]) for row in filled.rows] == [("Ett mål", "ja"), ("En karta", "nej")]
    assert not filled.written(0, filled.field.columns[0]), "the outcome is printed, not written by hand"  # type: ignore[union-attr]
    word = Document(io.BytesIO(readers.file(guide, f"{SHEET}.docx")))
    said_in_word = [text.text for text in word.element.body.iter() if text.tag.endswith("}t")]
    assert {*OUTCOMES} <= {*said_in_word}
    book = openpyxl.load_workbook(io.BytesIO(readers.file(guide, f"{SHEET}.xlsx")))
    said = {cell.value for page in book for row in page.iter_rows() for cell in row}
    assert {*OUTCOMES} <= said


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"outcomes": "upstart"}, "«upstart» finns inte i phases/. Tillåtet är uppstart. Menade du «uppstart»?"),
        ({"rows": [{"sak": "Ett mål"}]}, "ange antingen startrader (rows) eller en fas (outcomes) att hämta dem från"),
    ],
)
def test_rows_come_from_one_place_that_exists(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    with pytest.raises(GuideError, match=r"worksheets/") as error:
        read(asked(tmp_path, **change))
    assert told in str(error.value)


def test_the_inventory_has_every_outcome_of_every_phase(guide: Guide) -> None:
    form = resolve(guide, guide.get(Worksheet, "inventering"))
    said = [row["sak"] for question in form.questions for row in question.rows if row.get("sak")]
    assert said == [outcome for phase in guide.all(Phase) for outcome in phase.outcomes]


def test_the_page_tells_each_party_what_to_do_when_and_with_which_sheet(guide: Guide) -> None:
    page = render(guide, catalogue(guide), {})["ny-i-avtalet.md"]
    parts = page.split("\n## ")[1:]
    for early, part in zip(guide.settings.newcomer, parts, strict=False):
        assert part.startswith(early.when)
        for doing in (*early.both, *early.client, *early.operator):
            assert all(word.strip(".,?") in part for word in doing.do.split())
            for kind, id in ((Practice, doing.practice), (Worksheet, doing.worksheet)):
                assert id is None or f"{kind.path}/{id}.md" in part
    assert "arbetsblad/inventering.md" in parts[len(guide.settings.newcomer)]
