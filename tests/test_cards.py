"""The practices as cards: each on a quarter of a sheet, with all that a card says."""

from __future__ import annotations

import io
import math

import pikepdf
import pytest

from scripts.files.catalogue import Artifact
from scripts.guide.guide import Guide
from scripts.guide.model import Phase, Practice
from scripts.guide.plain import plain_guide
from tests import readers
from tests.test_worksheets import pdf_text, tags


@pytest.fixture(scope="module")
def files(guide: Guide) -> dict[str, bytes]:
    return readers.files(guide, _is_cards)


def _is_cards(artifact: Artifact) -> bool:
    return artifact.use == "cards"


def test_every_practice_is_a_card_of_its_phase_four_on_a_sheet(guide: Guide, files: dict[str, bytes]) -> None:
    said = plain_guide(guide)
    for phase in said.all(Phase):
        data = files[f"ladda-ner/kort-{phase.id}.pdf"]
        practices = said.at_home(phase, Practice)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert len(pdf.pages) == math.ceil(len(practices) / 4), "a card does not fit its quarter"
        text = "".join(pdf_text(data).split())
        for practice in practices:
            for told in (practice.title, practice.when, practice.afterwards, *(step.name for step in practice.steps)):
                assert "".join(told.split()) in text, told


def test_a_card_has_its_title_as_a_heading(guide: Guide, files: dict[str, bytes]) -> None:
    for phase in guide.all(Phase):
        found = tags(files[f"ladda-ner/kort-{phase.id}.pdf"])
        assert found.count("/H1") == len(guide.at_home(phase, Practice))
