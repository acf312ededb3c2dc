"""The contract's folder: what is begun, what is to be done according to the sheets, and all of it out and in as one file."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import icalendar
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.guide.check import read
from scripts.guide.problems import GuideError
from tests import test_prefill
from tests.small_guide import FIELDS, SHEET, write
from tests.test_browser import settled
from tests.test_form_page import begin, download, put

pytestmark = pytest.mark.xdist_group("site")
TODAY = datetime.date.today()
LATE, SOON = (TODAY - datetime.timedelta(7)).isoformat(), (TODAY + datetime.timedelta(7)).isoformat()
MONTH = {
    "manad": "oktober",
    "beslut.r1.vad": "Ny körtid prövas",
    "beslut.r1.ansvarig": "Trafikchef",
    "beslut.r1.klart": LATE,
    "beslut.r2.vad": "Skyltar byts",
    "beslut.r2.klart": SOON,
}


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """A page with a named contract, two sheets begun in it, and the folder shown."""
    page = context.new_page()
    begin(page, address)
    page.get_by_label("Avtal", exact=True).fill("A 12")
    put(page, "manadsuppfoljning", MONTH, {"beslut": 2})
    begin(page, address, "riskregister")
    put(page, "riskregister", {"risker.r1.atgard": "Reservfordon", "risker.r1.agare": "Depåchef"}, {"risker": 1})
    show(page, address)
    return page


def show(page: Page, address: str) -> None:
    page.goto(f"{address}mitt-avtal/")
    begin = page.get_by_role("button", name="Lägg upp ett avtal eller läs in en mapp")
    begin.or_(page.get_by_role("heading", name="Att göra")).wait_for()
    if begin.is_visible():
        begin.click()
    expect(page.get_by_role("heading", name="Att göra")).to_be_visible()


def rows(page: Page) -> list[list[str]]:
    return [row.locator("td").all_inner_texts()[1:] for row in page.locator("[data-folder] tbody tr").all()]


def test_what_the_sheets_say_is_to_be_done_is_listed_the_nearest_first(page: Page) -> None:
    found = rows(page)
    assert [row[1:] for row in found] == [
        ["Ny körtid prövas", "Trafikchef", "Månadsuppföljning"],
        ["Skyltar byts", "", "Månadsuppföljning"],
        ["Reservfordon", "Depåchef", "Riskregister"],
    ]
    assert ["Försenat" in row[0] for row in found] == [True, False, False] and found[2][0] == "Utan datum"
    page.get_by_label("Klart: Ny körtid prövas").check()
    page.reload()
    expect(page.get_by_label("Klart: Ny körtid prövas")).to_be_checked()
    assert "Försenat" not in rows(page)[0][0]
    page.get_by_role("link", name="Månadsuppföljning").first.click()
    expect(page.get_by_role("button", name="Fyll i bladet här")).to_be_visible()


def test_what_lies_ahead_goes_into_a_calendar(page: Page) -> None:
    _, content = download(page, "Hämta det som ligger framför er")
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert [(str(e["summary"]), e["dtstart"].dt.isoformat()) for e in events] == [("A 12: Skyltar byts", SOON)]


def test_the_folder_is_handed_over_as_a_file_and_read_into_another_browser(
    page: Page, browser: Browser, address: str
) -> None:
    page.get_by_label("Klart: Skyltar byts").check()
    name, content = download(page, "Hämta hela mappen")
    assert name == "avtalsmapp-a-12.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {"manadsuppfoljning.docx", "manadsuppfoljning.xlsx", "riskregister.docx"} <= set(package.namelist())
        filled = test_prefill.answers(package.read("manadsuppfoljning.docx"), "docx")
    assert (filled["avtal"], filled["beslut.r2.vad"]) == ("A 12", "Skyltar byts")
    other = browser.new_context(locale="sv-SE", accept_downloads=True).new_page()
    show(other, address)
    other.get_by_label("Läs in en mapp").set_input_files({"name": name, "mimeType": "", "buffer": content})
    expect(other.locator("[data-folder] > [role=status]")).to_contain_text("är inläst")
    assert rows(other) == rows(page)
    expect(other.get_by_label("Klart: Skyltar byts")).to_be_checked()
    expect(other.get_by_label("Avtal", exact=True)).to_have_value("A 12")
    assert sorted(
        json.loads(zipfile.ZipFile(io.BytesIO(content)).read("data/manadsuppfoljning.json"))["answers"]
    ) == sorted(MONTH)
    other.context.close()


def test_what_is_marked_as_our_own_is_not_shared(page: Page) -> None:
    page.locator("li", has_text="Riskregister").get_by_label("Bara för oss: följer inte med i det som delas").click()
    expect(page.get_by_role("button", name="Hämta det som får delas (1 blad)")).to_be_visible()
    page.reload()
    _, content = download(page, "Hämta det som får delas (1 blad)")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not [name for name in package.namelist() if "riskregister" in name]
        assert "Reservfordon" not in "".join(package.read(name).decode("latin-1") for name in package.namelist())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK-inte-alls", "ingen hel zipfil"),
        (b"", "ingen hel zipfil"),
        ({"data/mapp.json": b'{"partnerskapsguiden": "annat"}'}, "ingen avtalsmapp"),
        ({"nagot.txt": b"hej"}, "ingen avtalsmapp"),
        ({"data/mapp.json": b" " * 60_000_000}, "mer än en avtalsmapp kan innehålla"),
        ({"data/mapp.json": b'{"partnerskapsguiden": "avtalsmapp 1", "sheets": ["malbild"]}', "data/malbild.json": b"{"}, "slutar mitt i"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_folder_is_told_and_changes_nothing(page: Page, content: Any, message: str) -> None:
    if isinstance(content, dict):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in content.items():
                package.writestr(name, part)
        content = buffer.getvalue()
    before = page.evaluate("JSON.stringify(localStorage)")
    page.get_by_label("Läs in en mapp").set_input_files({"name": "mapp.zip", "mimeType": "", "buffer": content})
    told = page.locator("[data-folder] > [role=status]")
    expect(told).to_contain_text(message)
    expect(told).to_contain_text("Inget är ändrat.")
    assert page.evaluate("JSON.stringify(localStorage)") == before


def test_all_that_is_kept_is_told_and_erased(page: Page) -> None:
    expect(page.get_by_text("ifyllda blad och deras tidigare versioner")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Radera allt som guiden har sparat här").click()
    expect(page.get_by_text("Allt är raderat.")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('partnerskapsguiden'))") == []
    assert rows(page) == []


def test_a_contract_that_is_taken_away_leaves_nothing_and_the_next_is_shown(page: Page) -> None:
    page.get_by_label("Avtal som du arbetar med").select_option("Nytt avtal …")
    page.get_by_label("Avtal", exact=True).fill("B 7")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Ta bort avtalet").click()
    expect(page.get_by_label("Avtal", exact=True)).to_have_value("A 12")
    assert page.evaluate("localStorage.getItem('partnerskapsguiden-uppgifter')") == '{"avtal":"A 12"}'
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Ta bort avtalet").click()
    expect(page.get_by_text("Avtalet är raderat.")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('partnerskapsguiden'))") == []


def test_a_browser_that_keeps_nothing_still_shows_the_page(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('nej') } })")
    show(page, address)
    expect(page.get_by_text("Inget är sparat.")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_folder_is_accessible(page: Page, scheme: Any, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()
    expect(page.get_by_role("heading", name="Att göra")).to_be_visible()
    settled(page)
    found = Axe().run(
        page,
        context="article",
        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    )
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_to_be_done_names_columns_that_exist(tmp_path: Path) -> None:
    fields = [{**f, "todo": {"what": "riks", "by": "risk"}} if f["id"] == "risker" else f for f in FIELDS]
    root = write(tmp_path, worksheets={SHEET: {"sections": [{"title": "Allt", "fields": fields}]}})
    with pytest.raises(GuideError) as error:
        read(root)
    assert "«riks» är ingen kolumn i tabellen." in str(error.value) and "Menade du «risk»?" in str(error.value)
    assert "«risk» är ingen datumkolumn i tabellen. De som finns är senast." in str(error.value)
