"""Holding a meeting from its page: ninety minutes with a moved clock, and minutes that nobody has to type again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Meeting, Practice
from scripts.guide.problems import GuideError
from scripts.meetings import in_browser
from scripts.publish import release
from tests import test_prefill
from tests.small_guide import SHEET, write
from tests.test_browser import settled
from tests.test_form_page import download

pytestmark = pytest.mark.xdist_group("site")
START = datetime.datetime(2026, 11, 27, 9, 0)
PRACTICE = "manadsuppfoljning"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="sv-SE", timezone_id="Europe/Stockholm", accept_downloads=True
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.clock.install(time=START.astimezone())
    begin(page, address)
    return page


def begin(page: Page, address: str, path: str = f"arbetssatt/{PRACTICE}/") -> None:
    page.goto(address + path)
    page.get_by_role("button", name="Håll mötet").or_(page.get_by_role("button", name="Fortsätt mötet")).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def minutes(page: Page, number: int) -> None:
    page.clock.run_for(number * 60_000)


def clock(page: Page, later: int) -> str:
    """So many minutes after the beginning, as the page shows it."""
    return str(page.evaluate("time => new Date(time).toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit' })", (START.astimezone() + datetime.timedelta(minutes=later)).timestamp() * 1000))  # fmt: skip


def write_up(page: Page, what: str, who: str = "", by: str = "") -> None:
    page.get_by_label("Beslut", exact=True).fill(what)
    page.get_by_label("Vem", exact=True).fill(who)
    page.get_by_label("Klart senast").fill(by)
    page.get_by_role("button", name="Skriv upp beslutet").click()


def test_a_meeting_of_seventy_five_minutes_is_held_with_a_pause_and_ends_in_minutes(
    page: Page, guide: Guide, address: str
) -> None:
    points = [step for step in guide.get(Practice, PRACTICE).steps if step.minutes]
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"5 punkter, 75 minuter. Börjar ni nu är ni klara {clock(page, 75)}.")
    page.get_by_label("Närvarande").fill("Kvalitetsansvariga och trafikchef")
    page.get_by_role("button", name="Börja").click()
    expect(dialog).to_contain_text("Punkt 1 av 5")
    expect(dialog.get_by_role("heading", level=2)).to_have_text(points[0].name)
    expect(page.locator(".meet-time")).to_have_text(f"Punkten är klar {clock(page, 10)}")
    minutes(page, 12)
    assert "efter" not in dialog.inner_text()  # only the leader is told
    page.get_by_role("button", name="Nästa punkt").click()
    expect(page.locator(".meet-time")).to_have_text(f"Punkten är klar {clock(page, 22)}")
    page.get_by_role("button", name="Pausa klockan").click()
    minutes(page, 8)
    expect(page.locator(".meet-time")).to_have_text("Klockan står")
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    expect(page.locator(".meet-time")).to_have_text(f"Punkten är klar {clock(page, 30)}")
    write_up(page, "Ny körtid prövas på linje 4", "Trafikchef", "2026-12-09")
    page.get_by_label("Fråga som får vänta").fill("Räcker laddplatserna?")
    page.get_by_label("Vem tar den vidare").fill("Depåchef")
    page.get_by_role("button", name="Skriv upp frågan").click()
    page.reload()  # the lid was closed
    begin(page, address)
    expect(dialog).to_contain_text("Punkt 2 av 5")
    expect(dialog).to_contain_text("Ny körtid prövas på linje 4. Trafikchef. 2026-12-09")
    for number in (3, 4, 5):
        page.get_by_role("heading", level=2).first.focus()
        page.keyboard.press("PageDown")
        expect(dialog).to_contain_text(f"Punkt {number} av 5")
    page.keyboard.press("PageUp")
    expect(dialog).to_contain_text("Punkt 4 av 5")
    page.keyboard.press("PageDown")
    page.get_by_role("button", name="Avsluta mötet").click()
    expect(dialog).to_contain_text("Läs upp innan ni går")
    name, content = download(page, "Hämta minnesanteckningarna (Word)")
    assert name == "motesanteckningar.docx"
    found = {tag: text for tag, text in test_prefill.answers(content, "docx").items() if text}
    assert found == {
        "datum": "2026-11-27",
        "mote": guide.get(Practice, PRACTICE).title,
        "narvarande": "Kvalitetsansvariga och trafikchef",
        "beslut.r1.vad": "Ny körtid prövas på linje 4",
        "beslut.r1.vem": "Trafikchef",
        "beslut.r1.klart": "2026-12-09",
        "vantar.r1.fraga": "Räcker laddplatserna?",
        "vantar.r1.vem": "Depåchef",
    }
    page.get_by_role("button", name="För in besluten i beslutsloggen").click()
    expect(dialog.get_by_role("status")).to_contain_text("1 beslut är införda i Beslutslogg.")
    page.goto(f"{address}mitt-avtal/")
    row = page.locator("[data-folder] tbody tr", has_text="Ny körtid prövas på linje 4")
    expect(row).to_have_count(1)  # though it stands in two sheets
    assert row.get_by_role("link").all_text_contents() == ["Beslutslogg", "Minnesanteckningar"]
    row.get_by_role("checkbox").check()
    expect(page.locator("[data-folder] tr.folder-done")).to_have_count(1)
    page.reload()
    expect(page.locator("[data-folder] tr.folder-done")).to_have_count(1)


def test_what_a_register_says_is_done_is_not_to_be_done(page: Page, address: str) -> None:
    rows = {"r1": ("Ny körtid", "genomfört"), "r2": ("Ny hållplats", "beslutat"), "r3": ("Nytt omlopp", "")}
    answers = {
        f"beslut.{row}.{key}": text
        for row, both in rows.items()
        for key, text in zip(("beslut", "lage"), both, strict=True)
    }
    state = {"edition": "0.2", "answers": answers, "rows": {"beslut": 3}}
    page.evaluate(
        "state => localStorage.setItem('partnerskapsguiden-blad-a1-beslutslogg', JSON.stringify(state))", state
    )
    page.goto(f"{address}mitt-avtal/")
    if page.get_by_role("button", name="Lägg upp ett avtal eller läs in en mapp").is_visible():
        page.get_by_role("button", name="Lägg upp ett avtal eller läs in en mapp").click()
    expect(page.locator("[data-folder] tbody tr")).to_have_count(2)
    expect(page.locator("[data-folder] tbody")).not_to_contain_text("Ny körtid")


def test_decisions_are_laid_after_those_that_stand_in_the_log(page: Page) -> None:
    kept = "partnerskapsguiden-blad-a1-beslutslogg"
    row = {"edition": "0.2", "answers": {"beslut.r1.beslut": "Ett gammalt beslut"}, "rows": {"beslut": 1}}
    page.evaluate("([name, row]) => localStorage.setItem(name, JSON.stringify(row))", [kept, row])
    page.get_by_role("button", name="Börja").click()
    write_up(page, "Ett nytt", "Trafikchef", "2026-12-09")
    write_up(page, "Ett till")
    for _ in range(4):
        page.get_by_role("button", name="Nästa punkt").click()
    page.get_by_role("button", name="Avsluta mötet").click()
    page.get_by_role("button", name="För in besluten i beslutsloggen").click()
    expect(page.get_by_role("button", name="För in besluten i beslutsloggen")).to_be_disabled()
    found = page.evaluate("name => JSON.parse(localStorage.getItem(name)).answers", kept)
    assert found == {
        "beslut.r1.beslut": "Ett gammalt beslut",
        "beslut.r2.beslut": "Ett nytt",
        "beslut.r2.gor": "Trafikchef",
        "beslut.r2.klart": "2026-12-09",
        "beslut.r3.beslut": "Ett till",
    }


def test_only_the_leaders_window_tells_that_the_meeting_is_late_and_what_to_think_of(page: Page, guide: Guide) -> None:
    with page.expect_popup() as waiting:
        page.get_by_role("button", name="Öppna ledarens fönster").click()
    leader = waiting.value
    expect(leader.get_by_role("heading", name="Fallgropar")).to_be_visible()
    expect(leader.locator("body")).to_contain_text(guide.get(Practice, PRACTICE).pitfalls[0])
    page.get_by_role("button", name="Börja").click()
    expect(leader.locator("body")).to_contain_text("Mötet följer planen.")
    minutes(page, 14)
    expect(leader.locator("body")).to_contain_text("Mötet är 4 minuter efter planen.")
    page.get_by_role("button", name="Nästa punkt").click()
    expect(leader.locator("body")).to_contain_text("Mötet är 4 minuter efter planen.")
    page.get_by_role("button", name="Göm klockan").click()
    expect(page.locator(".meet-time")).to_be_hidden()
    assert "efter planen" not in page.get_by_role("dialog").inner_text()


@pytest.mark.parametrize("kind", [Practice, Meeting], ids=lambda kind: kind.folder)
def test_every_meeting_can_be_begun_and_gone_through(
    context: BrowserContext, address: str, guide: Guide, kind: Any
) -> None:
    said = dict(in_browser.files(guide))
    records = [one for one in guide.all(kind) if kind is Meeting or one.agendas]
    assert len(records) == sum(f"/{kind.folder}/" in name for name in said)
    page = context.new_page()
    for record in records[:: 4 if kind is Practice else 2]:
        begin(page, address, f"{record.path}/{record.id}/")
        page.get_by_role("button", name="Börja").click()
        count = len(record.agenda) if kind is Meeting else len(next(iter(record.agendas.values())))
        expect(page.get_by_role("dialog")).to_contain_text(f"Punkt 1 av {count}")
        for _ in range(count - 1):
            page.get_by_role("button", name="Nästa punkt").click()
        page.get_by_role("button", name="Avsluta mötet").click()
        expect(page.get_by_role("dialog")).to_contain_text("Inget beslut är uppskrivet.")
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Klart: rensa mötet").click()
        expect(page.get_by_role("button", name="Håll mötet")).to_be_focused()


def test_texts_that_are_typed_are_texts_and_a_browser_that_keeps_nothing_says_so(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('nej', 'QuotaExceededError'); };")
    begin(page, address)
    page.get_by_role("button", name="Börja").click()
    write_up(page, "<img src=x onerror=alert(1)>")
    assert page.locator("dialog img").count() == 0
    expect(page.get_by_role("dialog")).to_contain_text("Webbläsaren sparar inte.")
    expect(page.get_by_role("dialog")).to_contain_text("<img src=x onerror=alert(1)>")


def test_it_works_from_a_folder(site: Path, tmp_path: Path, context: BrowserContext) -> None:
    for name, content in release.offline(site):
        if name.startswith((f"arbetssatt/{PRACTICE}/", "assets/")):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
    page = context.new_page()
    begin(page, tmp_path.as_uri() + "/", f"arbetssatt/{PRACTICE}/index.html")
    page.get_by_role("button", name="Börja").click()
    write_up(page, "Från en mapp")
    for _ in range(4):
        page.get_by_role("button", name="Nästa punkt").click()
    page.get_by_role("button", name="Avsluta mötet").click()
    _, content = download(page, "Hämta minnesanteckningarna (Word)")
    assert test_prefill.answers(content, "docx")["beslut.r1.vad"] == "Från en mapp"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_meeting_is_accessible(page: Page, scheme: Any, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 720})
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    for button in ("Börja", "Nästa punkt", *["Nästa punkt"] * 3, "Avsluta mötet"):
        if button == "Nästa punkt":
            write_up(page, "Ett beslut", "Trafikchef", "2026-12-09")
        page.mouse.move(1, 1)  # a button that comes under the pointer lights up slowly
        settled(page)
        found = Axe().run(page, context="dialog", options=rules)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth")
        page.get_by_role("button", name=button, exact=True).click()


def test_a_sheet_for_minutes_has_a_place_for_all_that_a_meeting_writes(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match=r"minnesanteckningarna behöver en text \(mötet\)"):
        read(write(tmp_path, guide={"minutes_sheet": SHEET}))
