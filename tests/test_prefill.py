"""Typed once, filled in everywhere: the parties' names in what a reader downloads, kept in that reader's browser only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from docx.oxml.ns import qn
from lxml import etree
from playwright.sync_api import Browser, Page, Route, expect

from tests.test_browser import AXE, settled
from tests.test_worksheets import controls, named, value

pytestmark = pytest.mark.xdist_group("site")

TYPED = {
    "Beställare": "Region Väst & <w:p/>",
    "Utförare": "=1+1 Åkarna 🚌 AB",
    "Avtal": 'Avtal "7"',
    "Avtalsperiod": "2027-06-13–2035-06-12",
}
TAGS = dict(zip(("bestallare", "utforare", "avtal", "avtalsperiod"), TYPED.values(), strict=True))
SHEET = "ladda-ner/malbild"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that may ask for nothing outside the site."""
    context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    elsewhere: list[str] = []
    page.on(
        "request", lambda request: request.url.startswith((address, "data:", "blob:")) or elsewhere.append(request.url)
    )
    yield page
    context.close()
    assert elsewhere == []


def type_in(page: Page, address: str, typed: dict[str, str] = TYPED) -> None:
    page.goto(f"{address}arbetsblad/")
    page.get_by_text("Skriv parternas namn en gång").click()
    for label, text in typed.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Spara i webbläsaren").click()
    expect(page.locator("#forifyll [role=status]")).to_contain_text("Sparat")


def fetch(page: Page, file: str) -> tuple[str, bytes]:
    """The name and bytes of the file that a click on its link gives."""
    with page.expect_download() as download:
        page.locator(f"a[href$='{file}']").first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def answers(data: bytes, kind: str) -> dict[str, Any]:
    """Every placeholder and field of a worksheet and what stands in it."""
    if kind == "docx":
        return {tag: value(control) for tag, control in controls(data).items()}
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {name: named(book, name) for name in book.defined_names}


def styles(data: bytes) -> dict[str, Any]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Frågor"]
    return {cell.coordinate: (cell.style_id, cell.data_type) for row in sheet for cell in row}


def test_a_word_file_is_filled_in_as_if_by_hand_and_otherwise_as_it_was(page: Page, address: str, site: Path) -> None:
    type_in(page, address)
    page.goto(f"{address}arbetsblad/malbild/")
    name, data = fetch(page, "malbild.docx")
    plain, example = ((site / f"{SHEET}{kind}.docx").read_bytes() for kind in ("", "-exempel"))
    assert name == "malbild.docx"
    assert answers(data, "docx") == answers(plain, "docx") | TAGS
    for tag in TAGS:
        assert _run_styles(controls(data)[tag]) == _run_styles(controls(example)[tag]) != []
    assert list(parts(data)) == list(parts(plain))
    assert {**parts(data), "word/document.xml": b""} == {**parts(plain), "word/document.xml": b""}


def _run_styles(control: Any) -> list[str]:
    return [style.get(qn("w:val")) for style in control.iter(qn("w:rStyle"))]


def test_a_workbook_has_the_names_as_text_in_the_cells_that_ask_for_them(page: Page, address: str, site: Path) -> None:
    type_in(page, address)
    page.goto(f"{address}arbetssatt/gemensam-malbild/")
    name, data = fetch(page, "malbild.xlsx")
    plain = (site / f"{SHEET}.xlsx").read_bytes()
    assert name == "malbild.xlsx"
    assert answers(data, "xlsx") == answers(plain, "xlsx") | {tag: [text] for tag, text in TAGS.items()}
    before, after = styles(plain), styles(data)
    assert {cell: style for cell, (style, _) in before.items()} == {cell: style for cell, (style, _) in after.items()}
    assert {after[cell][1] for cell in before if before[cell] != after[cell]} == {"s"}
    changed = {part for part, content in parts(data).items() if content != parts(plain)[part]}
    assert changed == {"xl/worksheets/sheet2.xml"}


def test_every_blank_sheet_in_a_zip_is_filled_in_and_nothing_else(page: Page, address: str, site: Path) -> None:
    type_in(page, address)
    name, data = fetch(page, "alla-arbetsblad.zip")
    plain, filled = parts((site / "ladda-ner/alla-arbetsblad.zip").read_bytes()), parts(data)
    assert name == "alla-arbetsblad.zip"
    assert list(filled) == list(plain)
    for path, content in filled.items():
        kind = path.rpartition(".")[2]
        if kind == "docx":
            assert TAGS.items() <= answers(content, kind).items(), path
        elif kind == "xlsx":
            assert {tag: [text] for tag, text in TAGS.items()}.items() <= answers(content, kind).items(), path
        else:
            assert content == plain[path], path


def test_a_field_left_empty_keeps_its_placeholder(page: Page, address: str) -> None:
    type_in(page, address, {"Avtal": "A 12"})
    page.goto(f"{address}arbetsblad/malbild/")
    found = answers(fetch(page, "malbild.docx")[1], "docx")
    assert (found["avtal"], found["bestallare"]) == ("A 12", "")


def test_characters_that_no_xml_can_hold_become_spaces(page: Page, address: str) -> None:
    type_in(page, address, {"Avtal": "A\x01\x0b7 \ufffe\x7f"})
    page.goto(f"{address}arbetsblad/malbild/")
    kept = page.evaluate("JSON.parse(localStorage.getItem('partnerskapsguiden-uppgifter'))")
    # Kept by hand or by an earlier edition, with half of a surrogate pair too.
    page.evaluate(
        "localStorage.setItem('partnerskapsguiden-uppgifter', JSON.stringify({ avtal: 'A\\u0001\\u000b7\\ud83d' }))"
    )
    assert kept == {"avtal": "A  7"}
    assert answers(fetch(page, "malbild.docx")[1], "docx")["avtal"] == "A  7"
    assert answers(fetch(page, "malbild.xlsx")[1], "xlsx")["avtal"] == ["A  7"]


def test_several_spaces_in_a_name_are_kept_as_the_format_asks(page: Page, address: str) -> None:
    type_in(page, address, {"Avtal": "A  12"})
    page.goto(f"{address}arbetsblad/malbild/")
    sheet = etree.fromstring(parts(fetch(page, "malbild.xlsx")[1])["xl/worksheets/sheet2.xml"])
    (text,) = sheet.iterfind(".//{*}is/{*}t")
    assert text.text == "A  12"
    assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_a_click_with_a_key_held_or_another_button_is_left_to_the_browser(page: Page, address: str) -> None:
    """Opened in another tab or window, or saved, as the reader asked: only an ordinary click is filled in."""
    type_in(page, address)
    page.goto(f"{address}arbetsblad/malbild/")
    page.evaluate(
        "window.taken = []; for (const kind of ['click', 'auxclick'])"
        " addEventListener(kind, (event) => { taken.push(event.defaultPrevented); event.preventDefault(); })"
    )
    link = page.locator("a[href$='malbild.docx']").first
    for key in ("Control", "Shift", "Alt", "Meta"):
        link.click(modifiers=[key])  # type: ignore[list-item]
    link.click(button="middle")
    assert page.evaluate("taken") == [False] * 5
    with page.expect_download():
        link.click()
    assert page.evaluate("taken.at(5)") is True


def test_what_was_typed_is_told_where_it_is_used_and_forgotten_on_request(page: Page, address: str, site: Path) -> None:
    type_in(page, address)
    page.goto(f"{address}faser/uppstart/")
    told = page.locator("[data-prefilled]")
    expect(told).to_contain_text("Region Väst & <w:p/> och =1+1 Åkarna 🚌 AB")
    told.get_by_role("link", name="Ändra eller glöm uppgifterna").click()
    expect(page.get_by_label("Beställare", exact=True)).to_have_value(TYPED["Beställare"])
    page.get_by_role("button", name="Glöm uppgifterna").click()
    expect(page.locator("#forifyll [role=status]")).to_have_text("Glömt. Filerna hämtas tomma.")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('uppgifter'))") == []
    page.goto(f"{address}arbetsblad/malbild/")
    expect(told).to_have_count(0)
    assert fetch(page, "malbild.docx")[1] == (site / f"{SHEET}.docx").read_bytes()


def test_an_example_and_a_pdf_are_downloaded_as_they_are(page: Page, address: str, site: Path) -> None:
    type_in(page, address)
    page.goto(f"{address}arbetsblad/malbild/")
    for file in ("malbild-exempel.docx", "malbild-exempel.xlsx", "malbild.pdf"):
        assert fetch(page, file)[1] == (site / "ladda-ner" / file).read_bytes()


def test_a_reader_gets_the_plain_file_when_filling_in_fails(page: Page, address: str, site: Path) -> None:
    type_in(page, address)
    page.goto(f"{address}arbetsblad/malbild/")
    page.route("**/fill.js", lambda route: route.abort())
    assert fetch(page, "malbild.docx") == ("malbild.docx", (site / f"{SHEET}.docx").read_bytes())
    expect(page.locator("[data-prefilled]")).to_contain_text("Ni har fått den tom.")


def test_the_library_is_fetched_only_when_a_file_is_to_be_filled_in(page: Page, address: str) -> None:
    asked: list[str] = []

    def remember(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    page.route("**/vendor/**", remember)
    page.goto(f"{address}arbetsblad/malbild/")
    fetch(page, "malbild.docx")
    assert asked == []
    type_in(page, address)
    page.goto(f"{address}arbetsblad/malbild/")
    fetch(page, "malbild.docx")
    assert [url.rpartition("/")[2] for url in asked] == ["fflate.js"]


def test_a_browser_that_stores_nothing_says_so(page: Page, address: str) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('nej') } })")
    page.goto(f"{address}arbetsblad/#forifyll")
    page.get_by_label("Avtal", exact=True).fill("A 12")
    page.get_by_role("button", name="Spara i webbläsaren").click()
    expect(page.locator("#forifyll [role=status]")).to_contain_text("låter inte sidan spara")


def test_without_script_the_form_is_not_shown_and_the_plain_file_is_fetched(
    browser: Browser, address: str, site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{address}arbetsblad/")
    expect(page.locator("#forifyll")).to_be_hidden()
    assert fetch(page, "malbild.docx")[1] == (site / f"{SHEET}.docx").read_bytes()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_form_is_accessible_with_its_error_shown(browser: Browser, address: str, scheme: Any, width: int) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, locale="sv-SE")
    page = context.new_page()
    page.goto(f"{address}arbetsblad/#forifyll")
    page.get_by_role("button", name="Spara i webbläsaren").click()
    field = page.get_by_label("Beställare", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Till exempel Region Exempel. Fyll i minst ett av fälten.")
    under_header = page.evaluate(
        "document.activeElement.getBoundingClientRect().top < document.querySelector('.md-header').getBoundingClientRect().bottom"
    )
    settled(page)
    violations = Axe().run(page, options=AXE).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations] == []
    assert not wide
    assert not under_header
