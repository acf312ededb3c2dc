"""A phase's page: what comes first, when the rest happens, and what is looked up when it is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Phase, Practice
from scripts.guide.problems import GuideError
from scripts.outline.timeline import timeline
from tests.readers import pages
from tests.small_guide import RECORDS, write

PHASES = ("upphandling", "uppstart", "etablering", "utveckling", "avslut")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.xdist_group("site")
@pytest.mark.parametrize("phase", PHASES)
def test_a_phase_is_short_until_its_reader_asks_for_more(page: Page, address: str, phase: str) -> None:
    page.goto(f"{address}faser/{phase}/")
    assert page.evaluate("document.documentElement.scrollHeight") <= 4500
    cards = page.locator("#borja-har + ol > li")
    assert cards.count() == 3
    folded = page.locator("article details.more")
    assert folded.count() >= 6 and folded.evaluate_all("all => all.every((one) => !one.open)")
    for summary in folded.locator("summary").all():
        summary.focus()
        page.keyboard.press("Enter")
    assert folded.evaluate_all("all => all.every((one) => one.open && one.innerText.length > 60)")


@pytest.mark.xdist_group("site")
def test_on_a_phone_the_first_screen_says_which_phase_it_is_and_what_comes_first(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{address}faser/etablering/")
    expect(page.locator(".phase-map-line")).to_have_text("Fas 3 av 5. Före: Uppstart. Sedan: Utveckling")
    first = page.locator("#borja-har + ol > li").first
    assert first.bounding_box()["y"] < 780  # type: ignore[index]
    page.goto(f"{address}faser/")
    expect(page.locator(".phase-map-tall")).to_be_visible()


@pytest.mark.xdist_group("site")
def test_what_is_folded_is_found_by_its_address_and_is_on_paper(page: Page, address: str, guide: Guide) -> None:
    statement = guide.gate(guide.get(Phase, "etablering"))[0][1]
    page.goto(f"{address}faser/etablering/#{statement.id}")
    expect(page.locator(f"#{statement.id}")).to_be_visible()
    page.goto(f"{address}faser/etablering/")
    page.emulate_media(media="print")
    assert page.locator(f"#{statement.id}").evaluate("one => one.getBoundingClientRect().height") > 10


def test_every_time_is_told_in_words_and_stands_in_its_place(guide: Guide) -> None:
    for phase in guide.all(Phase)[1:]:
        (found,) = timeline(guide, phase)
        assert all(0 <= mark <= 1 for entry in found.entries for mark in entry.marks)
        starts = [entry.marks[0] for entry in found.entries]
        assert starts == sorted(starts)
        assert all(re.match("[A-ZÅÄÖ]|[0-9]", entry.when) for entry in found.entries)
    said = {e.to.said: e.when for phase in guide.all(Phase)[1:] for t in timeline(guide, phase) for e in t.entries}
    assert said["Läs avtalet tillsammans"] == "Fyra veckor efter signeringen"
    assert said["Riskverkstad"] == "Fem månader före trafikstart"
    assert said["Planera avslutet"] == "Två år före sista trafikdagen"
    assert said["Månadsuppföljning"] == "Varje månad"  # in the last phase; it began long before
    assert not list(timeline(guide, guide.get(Phase, "upphandling")))


def test_the_times_are_drawn_where_they_are(tmp_path: Path) -> None:
    """A meeting halfway through the first phase has its mark in the middle."""
    calendar = [{"id": "mote", "title": "Mötas", "counted_from": "signering", "months": 2, "weeks": 2}]
    root = write(
        tmp_path,
        practices={"motas": {"calendar": calendar, "phases": ["uppstart", "trafik"]}},
        phases={"uppstart": {"calendar": {"counted_from": "signering"}}, "trafik": {**RECORDS["phases"]["uppstart"], "order": 2, "short": "Trafik", "title": "Trafik", "calendar": {"counted_from": "trafikstart"}}},
    )  # fmt: skip
    guide = read(root).guide
    (found,) = timeline(guide, guide.get(Phase, "uppstart"))
    assert [entry.when for entry in found.entries] == ["Två månader efter signeringen"]
    assert 0.45 < found.entries[0].marks[0] < 0.55
    page = pages(guide)["faser/uppstart.md"]
    middle = re.search(r'<circle cx="(\d+)"', page)
    assert middle and 180 < int(middle[1]) < 220


def test_more_than_twelve_are_not_the_first(tmp_path: Path) -> None:
    practice = {**RECORDS["practices"]["motas"], "level": "grund"}
    more = {f"motas-{number}": {**practice, "title": f"Mötas {number}", "order": number + 1} for number in range(1, 13)}
    with pytest.raises(GuideError, match="guiden har 13 arbetssätt på nivån grund, och högst 12 får vara det"):
        read(write(tmp_path, practices=more))
    few = sum(p.level == "grund" for p in read(Path(__file__).parent.parent).guide.all(Practice))
    assert few <= 12


def test_what_comes_first_in_a_phase_belongs_to_it(tmp_path: Path) -> None:
    later = {**RECORDS["phases"]["uppstart"], "order": 2, "title": "Sedan", "short": "Sedan"}
    other = {**RECORDS["practices"]["motas"], "title": "Skiljas", "phases": ["sedan"]}
    with pytest.raises(GuideError, match=r"arbetssättet «motas» hör inte till fasen. Fasens är skiljas."):
        read(write(tmp_path, phases={"sedan": later}, practices={"skiljas": other}))
