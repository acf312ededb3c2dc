"""The search finds what readers mean: inflected, compounded, misspelt, without dots, and in questions."""

from __future__ import annotations

import collections
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from scripts.guide.guide import Guide

pytestmark = pytest.mark.xdist_group("site")

QUERIES = Path(__file__).with_name("queries.txt")
Query = tuple[str, str, tuple[str, ...]]  # kind, what is typed, the pages that answer it


def queries() -> list[Query]:
    lines = [line for line in QUERIES.read_text("utf-8").splitlines() if "|" in line and not line.startswith("#")]
    parted = ([part.strip() for part in line.split("|")] for line in lines)
    return [(kind, text, tuple(pages.split())) for kind, text, pages in parted]


def kept_apart() -> list[Query]:
    """Every second query of each kind: the search was not tuned on these."""
    seen: collections.Counter[str] = collections.Counter()
    apart = []
    for query in queries():
        seen[query[0]] += 1
        if seen[query[0]] % 2 == 0:
            apart.append(query)
    return apart


@pytest.fixture(scope="module")
def searching(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}sok/")
    yield page
    context.close()


def first(page: Page, text: str, number: int = 5) -> list[str]:
    """The addresses of the first results, from the site's root."""
    page.locator("#sok-ord").fill(text)
    page.locator("#sok-ord").dispatch_event("input")
    page.wait_for_function("() => document.querySelector('#sokning [role=status]').textContent !== ''")
    page.evaluate("() => new Promise((done) => setTimeout(done, 0))")
    root = page.url.partition("sok/")[0]
    links = page.locator("[data-result]").evaluate_all("found => found.map(one => one.querySelector('a').href)")
    return [link.removeprefix(root) for link in links[:number]]


def misses(page: Page, asked: list[Query]) -> list[tuple[str, str, list[str]]]:
    missed = []
    for kind, text, wanted in asked:
        found = first(page, text)
        if not set(found) & set(wanted):
            missed.append((kind, text, found))
    return missed


def test_the_right_page_is_among_the_first_five(searching: Page) -> None:
    """Of the queries that the search was not tuned on, and of all of them."""
    asked, everything = kept_apart(), queries()
    assert len(everything) >= 150
    missed = misses(searching, asked)
    assert len(missed) <= 0.06 * len(asked), missed
    missed = misses(searching, everything)
    assert len(missed) <= 0.05 * len(everything), missed


def test_a_query_without_an_answer_is_missed(searching: Page) -> None:
    """What is tested here is the check above."""
    assert misses(searching, [("böjning", "punktligheten", ("bidra/",))])


def test_a_title_typed_as_it_is_comes_first_even_if_made_of_common_words(searching: Page) -> None:
    assert first(searching, "Lös oenigheten medan trafiken går", 1) == ["arbetssatt/nar-ni-ar-oense/"]
    assert first(searching, "vem betalar när en förbättring kostar oss men gynnar dem?", 1) == [
        "fragor/vem-betalar-forbattringen/"
    ]
    assert "begrepp/#vite" in first(searching, "böter", 2), "another word for a title is a title too"


def test_more_words_narrow_the_search(searching: Page) -> None:
    both = first(searching, "vite snö", 3)
    assert both[0] == "fragor/vite-vid-snostorm/"
    assert first(searching, "vite snö", 100)[0] != first(searching, "vite", 100)[0]


def test_a_worksheet_is_fetched_from_its_row_and_the_words_are_marked(searching: Page) -> None:
    first(searching, "riskregister")
    row = searching.locator("[data-result]", has_text="Riskregister").first
    expect(row.locator("mark").first).to_have_text("Riskregister")
    with searching.expect_download() as fetched:
        row.get_by_role("link", name="Riskregister, Excel").click()
    assert fetched.value.suggested_filename == "riskregister.xlsx"


def test_the_search_has_an_address_and_says_when_there_is_nothing(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}sok/?q=m%C3%A5lbild")
    expect(page.locator("[data-result] a").first).to_have_text("Målbild")
    page.locator("#sok-ord").fill("qqqqqq")
    expect(page.get_by_role("status")).to_have_text("Inga träffar.")
    expect(page.locator("#sokning").get_by_role("link", name="Föreslå det")).to_be_visible()
    assert page.url.endswith("?q=qqqqqq")
    page.close()


def test_the_header_shows_the_first_hits_while_typing_and_the_keyboard_reaches_them(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{address}faser/uppstart/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in fetched if "search-data" in url or "minisearch" in url], (
        "nothing before someone searches"
    )
    page.get_by_role("searchbox", name="Sök i guiden").click()
    page.keyboard.type("eskalering")
    panel = page.locator(".site-search-panel")
    expect(panel.get_by_role("link", name="Eskaleringstrappa", exact=True)).to_be_visible()
    expect(panel.get_by_role("status")).to_contain_text("träffar")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "uppstart" not in url)
    page.go_back()
    page.get_by_role("searchbox", name="Sök i guiden").click()
    page.get_by_role("searchbox", name="Sök i guiden").fill("vite")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}sok/?q=*")
    expect(page.locator("[data-result]").first).to_be_visible()
    page.close()


def test_the_search_works_where_the_site_is_opened_from_a_folder(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "sok" / "index.html").as_uri() + "?q=punktlighet")
    expect(page.locator("[data-result] a").first).to_contain_text("Punktlighet")
    page.close()


def test_on_a_phone_the_header_leads_to_the_page_that_searches(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}roller/")
    page.get_by_role("link", name="Sök i guiden").click()
    page.wait_for_url(f"{address}sok/")
    expect(page.locator("#sok-ord")).to_be_visible()
    page.close()


def test_a_browser_may_offer_the_guides_search(site: Path, guide: Guide) -> None:
    page = (site / "faser" / "uppstart" / "index.html").read_text("utf-8")
    assert '<link rel="search" type="application/opensearchdescription+xml" href="../../sok/opensearch.xml"' in page
    described = etree.parse(site / "sok" / "opensearch.xml").getroot()
    (url,) = described.iterfind("{*}Url")
    assert url.get("template") == f"{guide.settings.address}sok/?q={{searchTerms}}"
