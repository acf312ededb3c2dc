"""The site in a real browser: found, searched, read, downloaded; accessible in light and dark, narrow and wide."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.xdist_group("site")

ONE_OF_EACH = (
    "", "faser/", "faser/etablering/", "arbetssatt/", "arbetssatt/dela-nulaget/", "utmaningar/", "utmaningar/medarbetare-byts-ut/",
    "principer/", "principer/resenaren-forst/", "framgangsfaktorer/", "framgangsfaktorer/leda-for-hallbarhet/", "fokusomraden/",
    "fokusomraden/gemensamma-mal/", "indikatorer/", "indikatorer/punktlighet/", "arbetsblad/", "arbetsblad/partnerskapsskattning/", "arbetsblad/trafikstartens-checklista/",
    "roller/", "roller/trafikchef/", "begrepp/", "kallor/", "oversikt/", "om/", "om/sa-kom-guiden-till/", "om/exempelavtalet/",
    "fragor/", "fragor/avsta-fran-vite/", "moten/", "moten/avtalsmote/", "lagar/", "lagar/buss-och-sparvagn/",
    "avtalsformer/", "avtalsformer/jarnvag/", "minsta/", "klausuler/", "insats/", "ny-i-avtalet/", "plan/", "plan/etablering-litet/", "mitt-avtal/", "sok/", "bidra/", "bidra/falt/", "forslag/", "granskning/", "om/granskning/", "nytt/", "erfarenheter/", "data/", "in-english/",
    "tillganglighet/", "404.html",
)  # fmt: skip
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def settled(page: Page) -> None:
    """Wait until nothing fades in or out: a button that is half seen has half its contrast."""
    page.evaluate("() => Promise.allSettled(document.getAnimations().map((moving) => moving.finished))")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield context.new_page()
    context.close()


def test_a_reader_goes_from_the_map_to_a_worksheet_and_downloads_it(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.locator(".phase-map-wide a", has_text="Etablering").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Etablering")
    page.locator("#arbetsblad + details > summary").click()
    page.locator("#arbetsblad + details a", has_text="Målbild").first.click()
    expect(page).to_have_url(f"{address}arbetsblad/malbild/")
    for name, start in (("Word", b"PK"), ("PDF", b"%PDF-"), ("Excel", b"PK")):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Målbild, {name}", exact=True).click()
        assert Path(download.value.path()).read_bytes().startswith(start)


def test_a_phase_offers_all_its_worksheets_in_one_file(page: Page, address: str) -> None:
    page.goto(f"{address}faser/uppstart/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta fasens alla arbetsblad (zip)").click()
    names = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())).namelist()
    assert any("riskregister" in name for name in names)


def test_the_list_of_practices_is_filtered_by_phase_and_role(page: Page, address: str) -> None:
    page.goto(f"{address}arbetssatt/")
    everything = page.locator("#arbetssatt li[data-fas]:visible").count()
    page.get_by_label("Fas", exact=True).select_option("uppstart")
    page.get_by_label("Roll", exact=True).select_option("forare-och-ombordpersonal")
    shown = page.locator("#arbetssatt li[data-fas]:visible")
    assert 0 < shown.count() < everything
    assert all("uppstart" in (card.get_attribute("data-fas") or "") for card in shown.all())
    expect(page.locator("form [role=status]")).to_have_text(f"{shown.count()} arbetssätt visas.")
    page.reload()
    assert shown.count() < everything, "the choice is kept in the address"


FILTERS = (
    ("arbetsblad/", "Fylls i av", "forare-och-ombordpersonal", "arbetsblad"),
    ("fragor/", "Ämne", "amne-2", "fr"),
    ("indikatorer/", "Fas", "avslut", "indikator"),
)


@pytest.mark.parametrize(("path", "label", "value", "noun"), FILTERS)
def test_the_other_lists_are_filtered_too_and_nothing_moves(
    page: Page, address: str, path: str, label: str, value: str, noun: str
) -> None:
    page.goto(address + path)
    all_of_them = page.locator("li[data-mark]:visible").count()
    assert all_of_them > 15
    page.get_by_label(label, exact=True).select_option(value)
    shown = page.locator("li[data-mark]:visible")
    assert 0 < shown.count() < all_of_them
    links = {card.locator("a").first.get_attribute("href") for card in shown.all()}
    expect(page.locator("form.filter [role=status]")).to_contain_text(f"{len(links)} {noun}")
    assert page.locator("section:visible h2").count() <= shown.count(), "a heading with nothing under it is not shown"
    page.reload()
    assert shown.count() < all_of_them


def test_everything_but_search_and_filter_works_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}arbetssatt/")
    expect(page.locator("#arbetssatt li").first).to_be_visible()
    expect(page.locator("form.filter")).to_be_hidden()
    context.close()


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page: Page, address: str) -> None:
    page.goto(f"{address}faser/uppstart/")
    page.keyboard.press("Tab")
    focused = page.evaluate(
        "[document.activeElement.textContent.trim(), document.activeElement.getAttribute('href')[0]]"
    )
    assert focused == ["Gå till innehållet", "#"]


def test_the_phases_on_the_map_are_reached_with_the_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".phase-map-wide a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}faser/uppstart/")


# Every page in every combination is `make accessibility`'s.
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_comes_from_elsewhere(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, locale="sv-SE")  # type: ignore[arg-type]
    page = context.new_page()
    elsewhere: list[str] = []
    messages: list[str] = []
    page.on(
        "request", lambda request: request.url.startswith((address, "data:", "blob:")) or elsewhere.append(request.url)
    )
    page.on(
        "console",
        lambda message: message.type == "error" and "404" not in message.text and messages.append(message.text),
    )
    found = []
    for path in ONE_OF_EACH:
        page.goto(address + path)
        settled(page)
        for violation in Axe().run(page, options=AXE).response["violations"]:
            found += [(path, violation["id"], node["target"], node["failureSummary"]) for node in violation["nodes"]]
        too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not too_wide, f"{path} scrolls sideways"
    context.close()
    assert found == []
    assert elsewhere == []
    assert messages == []


def test_a_page_is_printed_without_what_only_works_on_screen(page: Page, address: str) -> None:
    page.goto(f"{address}arbetssatt/dela-nulaget/")
    page.emulate_media(media="print")
    for selector in (".edit", ".md-header", ".md-tabs"):
        expect(page.locator(selector).first).to_be_hidden()
    expect(page.locator("#dagordning")).to_be_visible()


@pytest.mark.parametrize("path", ["faser/etablering/", "arbetssatt/arshjul/", "om/exempelavtalet/"])
def test_a_worksheets_files_are_within_a_phones_screen(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(address + path)
    links = page.locator(".sheets a.download")
    right = [(box := link.bounding_box()) and box["x"] + box["width"] for link in links.all()]
    context.close()
    assert len(right) >= 6
    assert all(edge and edge <= 320 for edge in right)


# ---------------------------------------------------------------- light

LIGHT, FEW, STILL = 130_000, 12, 0.02  # bytes as a server sends them, requests, and how much may move
SHIFTS = """() => new Promise((told) => {
  let moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((shift) => { moved += shift.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(moved), 300);
})"""


def test_a_first_view_is_light_and_nothing_moves(browser: Browser, address: str, site: Path) -> None:
    for path in ONE_OF_EACH:
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="sv-SE")
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        weight = sum(_sent(site, url.removeprefix(address)) for url in asked if url.startswith(address))
        assert (weight <= LIGHT, len(asked) <= FEW) == (True, True), (path, weight, asked)
        assert page.evaluate(SHIFTS) < STILL, path
        context.close()


def _sent(site: Path, path: str) -> int:
    """Bytes of a file as a server that packs text sends it."""
    file = site / path.partition("?")[0].partition("#")[0]
    content = (file / "index.html" if file.is_dir() else file).read_bytes()
    return len(content) if file.suffix in (".woff2", ".png") else len(gzip.compress(content, 6))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_button_can_be_read_when_it_has_the_focus(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}arbetsblad/partnerskapsskattning/")
    buttons = page.locator(".md-button:visible")
    assert buttons.count() > 1
    for button in buttons.all():
        button.focus()
        settled(page)
        ratio = button.evaluate(
            """(one) => { const said = getComputedStyle(one);
            const light = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map((x) => { const c = x / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
            const [a, b] = [light(said.color), light(said.backgroundColor)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); }"""
        )
        assert ratio >= 4.5, button.inner_text()
    context.close()
