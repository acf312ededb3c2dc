"""The accessibility statement has what the law asks for, and what it says of the tests still holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from scripts.guide.guide import Guide
from scripts.guide.problems import GuideError
from scripts.guide.wording import long_date
from scripts.publish.accessibility import RECORD, STATEMENT, Fault, Tested, kinds_of, read_tested, with_facts, written
from tests.conftest import ROOT
from tests.test_browser import ONE_OF_EACH
from tests.test_site import PROMISED

pytestmark = pytest.mark.xdist_group("site")
AGAIN = "Kör `make accessibility`: det som sidan säger om provet stämmer inte längre."


@pytest.fixture(scope="module")
def tested() -> Tested:
    return read_tested(ROOT / "docs")


@pytest.fixture(scope="module")
def statement(site: Path) -> html.HtmlElement:
    (article,) = html.parse(site / "tillganglighet/index.html").findall(".//article")
    return article


def addresses(site: Path) -> list[str]:
    return ["404.html", *(file.parent.relative_to(site).as_posix() + "/" for file in site.rglob("index.html"))]


# ---------------------------------------------------------------- the record


def test_the_record_is_of_this_edition(tested: Tested, guide: Guide) -> None:
    assert tested.edition == guide.settings.version, AGAIN
    assert tested.date >= guide.settings.date, AGAIN


def test_the_record_knows_every_kind_of_page_and_of_file(tested: Tested, site: Path) -> None:
    found = ["" if address == "./" else address for address in addresses(site)]
    assert kinds_of(found) == tested.kinds, AGAIN
    assert tested.pages >= len(tested.kinds)
    names = {"PDF": "pdf", "Word": "docx", "Excel": "xlsx"}
    assert {one.kind for one in tested.documents} == names.keys()
    files = {file.suffix for file in (site / "ladda-ner").iterdir()}
    assert files == {".zip", ".ics", *(f".{suffix}" for suffix in names.values())}, AGAIN
    for one in tested.documents:
        assert one.files >= 0.9 * len(list((site / "ladda-ner").glob(f"*.{names[one.kind]}"))), AGAIN


def test_one_page_of_each_kind_is_tried_at_every_change(tested: Tested) -> None:
    """What :mod:`tests.test_browser` tries, in light and dark, narrow and wide, and finds nothing wrong with."""
    assert kinds_of(ONE_OF_EACH) == tested.kinds
    assert tested.widths == (320, 1280)
    assert tested.faults == (), "Rätta felen, eller skriv på sidan varför de är kvar och vad läsaren gör i stället."
    assert [one.kind for one in tested.documents if one.faults] == []


# ---------------------------------------------------------------- the statement


def test_the_statement_has_every_part_that_the_authority_lists(statement: html.HtmlElement, guide: Guide) -> None:
    text = " ".join(statement.text_content().split())
    for wanted in (
        "Partnerskapsguidens redaktion ger ut webbplatsen",
        guide.settings.publisher,
        guide.settings.short_title,
        "delvis förenlig med lagen om tillgänglighet till digital offentlig service",
        "Innehåll som inte är tillgängligt",
        "Oskäligt betungande anpassning",
        "Innehåll som inte omfattas av lagen",
        "Bedömningen är en egen granskning med program.",
        "Redogörelsen uppdaterades samma dag.",
        "Det beror på vem som ger ut webbplatsen.",
        guide.settings.contact,
    ):
        assert wanted in text, wanted
    links = [link for _, _, link, _ in statement.iterlinks()]
    assert "https://www.digg.se/tdosanmalan" in links
    assert any(link.startswith(f"{guide.settings.repository}/issues/new") for link in links)


def test_the_statement_says_what_the_record_says(statement: html.HtmlElement, tested: Tested) -> None:
    text = " ".join(statement.text_content().split())
    assert f"senast den {long_date(tested.date)} och gäller version {tested.edition}" in text
    assert f"Sidorna, {tested.pages} adresser av {len(tested.kinds)} slag." in text
    assert f"axe-core {tested.axe} i Chromium {tested.chromium}" in text
    for one in tested.documents:
        assert f"{one.kind}, {one.files} filer." in text
        assert one.program in text
    assert "{{" not in text


def test_a_fault_that_was_found_is_told(tmp_path: Path, tested: Tested) -> None:
    faults = (Fault(rule="color-contrast", places=3),)
    pdf, *others = tested.documents
    changed = tested.model_copy(
        update={"faults": faults, "documents": (pdf.model_copy(update={"faults": faults}), *others)}
    )
    (tmp_path / RECORD).write_text(written(changed), encoding="utf-8")
    page = with_facts({STATEMENT: (ROOT / "docs" / STATEMENT).read_text("utf-8")}, tmp_path)[STATEMENT]
    assert "Det här hittades:\n\n- `color-contrast`, 3 sidor" in page
    assert "Det här hittades:\n\n    - `color-contrast`, 3 filer" in page
    assert "Programmet hittade inga fel på sidorna." not in page


@pytest.mark.parametrize("text", [None, "date: i går\n", "[", "{}"])
def test_without_a_whole_record_the_editor_is_told_what_to_run(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / RECORD).write_text(text, encoding="utf-8")
    with pytest.raises(GuideError, match=r"docs/tillganglighet\.yaml:1: .*Kör `make accessibility`"):
        with_facts({STATEMENT: "{{ tested.date }}"}, tmp_path)


def test_every_page_leads_to_the_statement_from_its_foot(site: Path) -> None:
    pages = [site / path / "index.html" for path in PROMISED] + [site / "404.html"]
    for page in pages:
        (foot,) = html.parse(page).findall(".//div[@class='md-copyright']")
        (link,) = foot.findall(".//a")
        assert link.text == "Tillgänglighet"
        address = re.sub(r"^/", "", link.get("href"))
        base = site if page.name == "404.html" else page.parent
        assert (base / address / "index.html").resolve() == site / "tillganglighet/index.html"
