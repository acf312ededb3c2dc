"""What a record says reaches its readers: every text is on its page and in the book, whoever writes the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from scripts.guide import model
from scripts.guide.addresses import page_of, path_of
from scripts.guide.check import read
from scripts.guide.guide import Guide, texts
from scripts.guide.model import RECORD_TYPES, Example, Record, Worksheet
from scripts.guide.plain import plain_guide
from scripts.outline import outline_of
from scripts.outline.blocks import records_in
from tests import readers
from tests.small_guide import write
from tests.test_book import Printed

# What a field may hold besides the record's own words.
CHOICES = {
    value
    for kind in (model.Side, model.Basis, model.Status, model.Level, model.Answer, model.SmallContract, model.Event)
    for value in get_args(kind)
}
# Fields that are for the machinery, or told in another form; by kind of record, and by the field's place in it.
ELSEWHERE = {
    "practices": r"calendar\..*|steps\.\d+\.meeting",  # in the calendar; a meeting's name where there are several
    "terms": r"forms\..*",  # what links to the word
    "sources": r"url",  # the link's target
    "worksheets": r"orientation|comparison\..*|wall|.*\.(type|operation)|.*\.columns\.\d+\.(help|options\.\d+)|.*\.todo\.done\.\d+",
    "examples": r"title|values\..*\.date|other_party\..*|agreed\..*",  # the latter in the workbook
}
# What the book leaves to the site: an example is told of there, and is filled in on its worksheet's page.
NOT_IN_THE_BOOK = {"examples": r"title|values\..*|other_party\..*|agreed\..*"}


@pytest.fixture(scope="module")
def said(guide: Guide) -> Guide:
    return plain_guide(guide)


def told(record: Record, but: dict[str, str] = ELSEWHERE) -> Iterator[tuple[str, str]]:
    """Each text that a reader should find, and where it stands in the record."""
    for text, path in texts(record):
        place = ".".join(map(str, path))
        if path[0] in ("id", "basis", "status") or text in CHOICES or re.fullmatch(model.ID_PATTERN, text):
            continue
        if not re.fullmatch(but.get(record.folder, "(?!)"), place):
            yield place, text


def letters(text: str) -> str:
    """The text however its lines are broken and its words hyphenated."""
    return re.sub(r"[\s\u00ad\u200b\u2011¶-]+", "", text).casefold()


def text_of(page: str) -> str:
    body = re.search(r"<article.*?</article>", page, re.DOTALL)
    assert body
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<script.*?</script>", "", body[0], flags=re.DOTALL)))


@pytest.mark.xdist_group("site")
def test_every_text_of_every_record_is_on_its_page(said: Guide, site: Path) -> None:
    pages: dict[str, str] = {}
    missing = []
    for kind in RECORD_TYPES:
        for record in said.all(kind):
            path = path_of(page_of(record)[0])
            if path not in pages:
                pages[path] = letters(text_of((site / path / "index.html").read_text("utf-8")))
            missing += [(record.id, place) for place, text in told(record) if letters(text) not in pages[path]]
    assert missing == []


def test_every_text_of_every_record_is_in_the_book(said: Guide, guide: Guide) -> None:
    printed = Printed(readers.file(guide, "guiden.pdf"))
    book = re.sub(r"\(s\.\d+\)", "", letters(printed.said))
    missing = [
        (record.id, place)
        for kind in RECORD_TYPES
        for record in said.all(kind)
        for place, text in told(record, ELSEWHERE | NOT_IN_THE_BOOK)
        if kind is not Example and letters(text) not in book
    ]
    assert missing == []


def test_a_kind_that_nobody_has_said_what_it_tells_is_named(tmp_path: Path) -> None:
    class Rumour(Record):
        declared = model.Kind("rumours", "rykten", "rykte", "Rykten", "Det som sägs.")

    guide = read(write(tmp_path)).guide
    rumour = Rumour(id="x", title="X", basis="förslag", status="utkast")
    with pytest.raises(LookupError, match=r"Rumour: scripts/outline/rumours\.py is missing"):
        outline_of(guide, rumour)


def test_a_record_is_led_to_from_what_it_refers_to(guide: Guide) -> None:
    """Whoever adds a kind, or a reference, need not think of the other side."""
    lost = [
        (record.folder, record.id, other.folder, other.id)
        for kind in RECORD_TYPES
        if kind.declared.page == "own"
        for record in guide.all(kind)
        for other_kind in RECORD_TYPES
        if other_kind.declared.page == "own"
        for other in guide.referring(record, other_kind)
        if other.id not in {found.id for found in records_in(outline_of(guide, record)) if found.folder == other.folder}
    ]
    assert lost == []


def test_every_kind_says_where_it_is_shown() -> None:
    for kind in RECORD_TYPES:
        declared: Any = kind.declared
        assert declared.edited, f"{kind.__name__}: what a contributor calls one (edited)"
        if declared.page == "own":
            assert declared.menu, f"{kind.__name__}: its place in the menu (menu)"
        if declared.page != "other" and kind is not model.Practice:
            assert declared.chapter, f"{kind.__name__}: its place in the book (chapter)"
    places = [kind.declared.menu for kind in RECORD_TYPES if kind.declared.menu]
    assert len(places) == len(set(places))
    assert Worksheet.declared.orphan
