"""Proposing on the page, in a real browser: nothing typed is lost, nothing is sent, and what leaves can be taken in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.guide.guide import Guide
from scripts.proposals.apply import apply
from scripts.proposals.data import LONGEST_LINK
from scripts.proposals.proposal import read_proposal

pytestmark = pytest.mark.xdist_group("site")
ROOT = Path(__file__).resolve().parent.parent
PRACTICE = "arbetssatt/gemensam-malbild/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def begin(page: Page, address: str, path: str = PRACTICE) -> None:
    """Open a record's page and turn to proposing."""
    page.goto(address + path)
    page.get_by_role("link", name="Föreslå en ändring av sidan").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def choose(page: Page, path: str) -> None:
    page.get_by_label("Vad vill du ändra?").select_option(path)


def propose(page: Page, path: str, text: str, reason: str = "") -> None:
    choose(page, path)
    page.get_by_label("Ny text").fill(text)
    page.get_by_label("Vad har du sett i praktiken?").fill(reason)
    page.get_by_role("button", name="Lägg i korgen").click()
    expect(page.get_by_text("Ändringen ligger i korgen")).to_be_visible()


def code_of(page: Page) -> bytes:
    """What the link to GitHub carries."""
    link = page.get_by_role("link", name="Lägg fram på GitHub").get_attribute("href") or ""
    assert len(link.encode()) <= LONGEST_LINK
    return parse_qs(urlsplit(link).query)["kod"][0].encode()


def test_a_basket_from_two_pages_leaves_as_a_link_that_can_be_taken_in(page: Page, address: str) -> None:
    begin(page, address)
    propose(page, "summary", "En ny ingress på prov.", "Den gamla var för lång.")
    begin(page, address, "roller/trafikchef/")
    propose(page, "summary", "En annan ingress.")
    page.get_by_role("link", name="Gå till korgen").click()
    expect(page.get_by_text("2 ändringar, förslag F-")).to_be_visible()
    page.get_by_label("Vem är du?").select_option("utförare")
    expect(page.get_by_label("Vem är du?")).to_have_value("utförare")
    sent = read_proposal(code_of(page)).proposal
    assert sent.part == "utförare" and sent.changes[0].reason == "Den gamla var för lång."
    applied = apply(ROOT, sent)
    assert applied.is_whole and sorted(applied.files) == [
        "guide_data/practices/gemensam-malbild.yaml",
        "guide_data/roles/trafikchef.yaml",
    ]
    expect(page.get_by_text(f"förslag {sent.number}.")).to_be_visible()  # the same number as the answer's


def test_each_text_on_the_page_has_its_own_way_in(page: Page, address: str) -> None:
    begin(page, address)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Ändra: Så gör ni 2: Gör").click()
    expect(page.get_by_label("Vad vill du ändra?")).to_have_value("steps.1.do")
    step = page.locator("#steg-2").inner_text().replace("Ändra", "")
    assert page.get_by_label("Ny text").input_value()[:40] in step
    assert page.locator(".propose-here").count() > 20
    assert page.locator("#steg-1 .propose-here, #steg-2 .propose-here, #steg-3 .propose-here").count() == 6


def test_the_words_that_differ_are_marked_and_the_limit_is_counted(page: Page, address: str) -> None:
    begin(page, address)
    choose(page, "summary")
    text = page.get_by_label("Ny text")
    now = text.input_value()
    text.fill(f"{now} Tillagt.")
    expect(page.locator(".propose-difference ins")).to_contain_text("Tillagt.")
    text.fill("å" * 301)
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("301 av högst 300 tecken")
    page.get_by_role("button", name="Lägg i korgen").click()
    expect(page.get_by_text("Ändringen ligger i korgen")).to_have_count(0)
    text.fill("Ett stycke.\n\nEtt till.")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("ett enda stycke")


def test_an_item_is_taken_away_and_a_reference_is_picked_from_a_list(page: Page, address: str) -> None:
    begin(page, address)
    choose(page, "pitfalls.0")
    page.get_by_label("Ta bort punkten").check()
    page.get_by_role("button", name="Lägg i korgen").click()
    begin(page, address)
    choose(page, "participants")
    page.get_by_label("Det här vill du lägga till").select_option(label="Resenärsföreträdare")
    page.get_by_role("button", name="Lägg i korgen").click()
    page.get_by_role("link", name="Gå till korgen").click()
    first, second = read_proposal(code_of(page)).proposal.changes
    assert first.remove and second.new == "resenarsforetradare" and second.field == "participants"


def test_something_new_is_written_in_the_fields_of_its_kind(page: Page, address: str) -> None:
    page.goto(f"{address}erfarenheter/")
    page.get_by_role("link", name="Berätta om er erfarenhet").click()
    expect(page.get_by_label("Vad vill du föreslå?")).to_have_value("experiences")
    for label, text in (("Rubrik", "Vi mättes"), ("År", "2026"), ("Det gjorde vi", "Vi mätte."), ("Följden", "Ett mått."), ("Det skulle vi göra annorlunda", "Mäta förr.")):  # fmt: skip
        page.get_by_role("dialog").get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Lägg i korgen").click()
    page.get_by_role("link", name="Gå till korgen").click()
    sent = read_proposal(code_of(page)).proposal
    assert sent.changes[0].new_record == "experiences"
    applied = apply(ROOT, sent)
    assert applied.is_whole, applied.problems or applied.outcomes


# ---------------------------------------------------------------- nothing typed is lost


def test_a_draft_survives_a_closed_dialog_and_a_reload(page: Page, address: str) -> None:
    begin(page, address)
    choose(page, "why")
    page.get_by_label("Ny text").fill("Halvskrivet …")
    page.keyboard.press("Escape")
    page.reload()
    begin(page, address)
    choose(page, "why")
    expect(page.get_by_label("Ny text")).to_have_value("Halvskrivet …")


def test_two_tabs_put_into_one_basket(context: BrowserContext, address: str) -> None:
    one, other = context.new_page(), context.new_page()
    begin(one, address)
    begin(other, address, "roller/trafikchef/")
    propose(one, "summary", "Från den ena.")
    propose(other, "summary", "Från den andra.")
    one.get_by_role("link", name="Gå till korgen").click()
    assert {change.new for change in read_proposal(code_of(one)).proposal.changes} == {
        "Från den ena.",
        "Från den andra.",
    }
    propose_later = context.new_page()
    begin(propose_later, address, "roller/avtalsansvarig/")
    propose(propose_later, "summary", "Från en tredje.")
    expect(one.get_by_text("3 ändringar")).to_be_visible()  # the open basket follows


def test_a_basket_is_kept_until_its_owner_empties_it(page: Page, address: str) -> None:
    """A sign-in that leads elsewhere and back takes nothing."""
    begin(page, address)
    propose(page, "summary", "Kvar.")
    page.goto(f"{address}bidra/")
    before = code_of(page)
    page.goto("about:blank")
    page.goto(f"{address}bidra/")
    assert code_of(page) == before
    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Töm korgen").click()
    expect(page.get_by_text("Korgen är tom.")).to_be_visible()


def test_a_long_basket_is_copied_or_saved_instead_of_cut_off(page: Page, address: str, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    begin(page, address)
    propose(page, "why", "Ett långt stycke. " * 300)
    page.goto(f"{address}bidra/")
    expect(page.get_by_role("link", name="Lägg fram på GitHub")).to_have_count(0)
    page.get_by_role("button", name="Kopiera texten").click()
    expect(page.get_by_text("Förslaget är kopierat.")).to_be_visible()
    copied = read_proposal(page.evaluate("navigator.clipboard.readText()").encode()).proposal
    with page.expect_download() as saved:
        page.get_by_role("button", name="Spara som fil").click()
    content = Path(saved.value.path()).read_bytes()
    assert read_proposal(content).proposal.number == copied.number
    assert re.fullmatch(rf"forslag-{copied.number}\.json", saved.value.suggested_filename)
    assert apply(ROOT, copied).is_whole


def test_a_draft_from_an_earlier_edition_is_kept_and_the_change_is_told(page: Page, address: str) -> None:
    begin(page, address)
    choose(page, "summary")
    page.get_by_label("Ny text").fill("Min gamla idé.")
    page.keyboard.press("Escape")
    page.evaluate(
        """() => { const key = "partnerskapsguiden-forslagsutkast", drafts = JSON.parse(localStorage[key]);
        for (const one of Object.values(drafts)) Object.assign(one, { old: "0".repeat(64), was: "Så stod det förut." });
        localStorage[key] = JSON.stringify(drafts); }"""
    )
    page.reload()
    begin(page, address)
    choose(page, "summary")
    expect(page.get_by_text("Texten har ändrats sedan du skrev ditt utkast.")).to_be_visible()
    expect(page.get_by_text("Då stod det: Så stod det förut.")).to_be_visible()
    expect(page.get_by_label("Ny text")).to_have_value("Min gamla idé.")


def test_where_the_browser_keeps_nothing_it_is_told_and_the_proposal_can_still_be_sent(
    page: Page, address: str
) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")
    page.goto(f"{address}bidra/")
    page.get_by_role("button", name="Föreslå något nytt").click()
    page.get_by_label("Vad vill du föreslå?").select_option("practices")
    page.get_by_role("dialog").get_by_label("Rubrik", exact=True).fill("En idé")
    page.get_by_role("dialog").get_by_label("Din idé").fill("Så här.")
    page.get_by_role("button", name="Lägg i korgen").click()
    page.get_by_role("button", name="Fortsätt läsa").click()
    assert read_proposal(code_of(page)).proposal.changes[0].fields["title"] == "En idé"
    begin(page, address)
    choose(page, "summary")
    page.get_by_label("Ny text").fill("Osparat.")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("sparar inte utkastet")


# ---------------------------------------------------------------- the page itself


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_and_the_basket_are_for_everyone(browser: Browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    begin(page, address)
    choose(page, "summary")
    page.get_by_label("Ny text").fill("En annan ingress.")
    assert page.evaluate("document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth")
    assert _faults(page) == []
    page.get_by_role("button", name="Lägg i korgen").click()
    page.get_by_role("link", name="Gå till korgen").click()
    expect(page.get_by_text("1 ändring, förslag")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert _faults(page) == []
    context.close()


def _faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def test_a_proposal_is_made_with_the_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address + PRACTICE)
    page.get_by_role("link", name="Föreslå en ändring av sidan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Vad vill du ändra?")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("Skrivet med tangenterna.")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Lägg i korgen":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Gå till korgen")).to_be_focused()


def test_nothing_is_sent_and_nothing_is_fetched_from_elsewhere(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    begin(page, address)
    propose(page, "summary", "Hemligt tills jag skickar det.")
    page.get_by_role("link", name="Gå till korgen").click()
    expect(page.get_by_text("1 ändring, förslag")).to_be_visible()
    assert all(one.startswith(f"GET {address}") for one in asked), asked


def test_before_anyone_proposes_nothing_of_it_is_fetched(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + PRACTICE)
    page.wait_for_load_state("networkidle")
    assert not any("propose" in one for one in asked)


def test_without_script_the_way_there_is_as_before(browser: Browser, address: str, guide: Guide) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PRACTICE)
    link = page.get_by_role("link", name="Föreslå en ändring av sidan").get_attribute("href")
    assert link == f"{guide.settings.repository}/edit/main/guide_data/practices/gemensam-malbild.yaml"
    context.close()


def test_it_works_from_a_folder(context: BrowserContext, site: Path) -> None:
    page = context.new_page()
    page.goto((site / PRACTICE / "index.html").as_uri())
    page.get_by_role("link", name="Föreslå en ändring av sidan").click()
    propose(page, "summary", "Från en mapp.")
    page.goto((site / "bidra" / "index.html").as_uri())
    assert json.loads(code_of(page))["changes"][0]["new"] == "Från en mapp."
