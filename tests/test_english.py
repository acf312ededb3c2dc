"""For colleagues who do not read Swedish: a page in English, and an English word for every term."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.guide.guide import Guide
from scripts.guide.model import Term

pytestmark = pytest.mark.xdist_group("site")


def test_every_term_has_an_english_word_which_leads_to_its_definition(guide: Guide, site: Path) -> None:
    page = (site / "in-english" / "index.html").read_text("utf-8")
    for term in guide.all(Term):
        assert term.english, term.id
        assert f"<td>{term.english}</td>" in page and f'href="../begrepp/#{term.id}"' in page, term.id


def test_a_screen_reader_is_told_which_language_it_reads(guide: Guide, site: Path) -> None:
    page = (site / "in-english" / "index.html").read_text("utf-8")
    assert '<div lang="en">' in page and '<span lang="sv">Arbetssätt</span>' in page
    terms = (site / "begrepp" / "index.html").read_text("utf-8")
    assert terms.count('<span lang="en">') == len(guide.all(Term))
