"""Rating together in the browser, from ten phones to an agenda: blind, sealed, and with the workbook's own numbers."""

from __future__ import annotations

import io
import json
import random
import statistics
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.guide.guide import Guide
from scripts.guide.model import Worksheet
from scripts.worksheets.form import resolve
from scripts.worksheets.rating.comparison import Row, ordered, rank, rows
from scripts.worksheets.rating.in_browser import FEWEST, told
from tests.formulas import Formulas

pytestmark = pytest.mark.xdist_group("site")
SHEET = "partnerskapsskattning"
Answers = dict[str, int]  # statement → 1–5; one that is not there is «vet ej»


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="sv-SE")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    begin(page, address)
    return page


@pytest.fixture(scope="module")
def rating(guide: Guide) -> dict[str, Any]:
    return told(guide, guide.get(Worksheet, SHEET))


def begin(page: Page, address: str, way: str = "Jag svarar") -> None:
    page.goto(f"{address}arbetsblad/{SHEET}/")
    page.get_by_role("button", name="Börja").click()
    page.get_by_role("button", name=way, exact=True).click()


def someone(rating: dict[str, Any], seed: int, unknown: float = 0.15) -> Answers:
    chance = random.Random(seed)
    return {one["id"]: chance.randint(1, 5) for one in rating["statements"] if chance.random() > unknown}


def ask(page: Page, call: str, *given: Any) -> Any:
    """One of the script's own functions, with the rating first."""
    return page.evaluate(f"given => guideRate.{call}(guideRating, ...given)", list(given))


# ---------------------------------------------------------------- the code


def test_a_person_answers_on_a_phone_and_gets_a_code_that_is_their_answers(page: Page, rating: dict[str, Any]) -> None:
    asked = page.locator("fieldset.reading-question")
    assert asked.count() == len(rating["statements"]) == 28
    for number in range(28):
        name = "vet ej" if number == 3 else str(number % 5 + 1)
        asked.nth(number).get_by_label(name, exact=True).check()
    expect(page.get_by_text("28 av 28 besvarade.")).to_be_visible()
    code = page.locator(".rate-code").inner_text()
    assert len(code.replace("-", "")) <= 20
    expected = {one["id"]: n % 5 + 1 for n, one in enumerate(rating["statements"]) if n != 3}
    assert ask(page, "decode", code) == {"answers": expected}
    page.reload()
    page.get_by_role("button", name="Börja").click()
    page.get_by_role("button", name="Jag svarar", exact=True).click()
    assert page.locator(".rate-code").inner_text() == code, "a closed phone takes nothing"


def test_any_answers_come_back_from_their_code(page: Page, rating: dict[str, Any]) -> None:
    for seed in range(60):
        answers = someone(rating, seed, unknown=seed / 60)
        assert ask(page, "decode", ask(page, "encode", answers)) == {"answers": answers}


def test_a_code_is_read_as_it_is_said_and_a_slip_of_one_sign_is_told(page: Page, rating: dict[str, Any]) -> None:
    code = ask(page, "encode", someone(rating, 1))
    said = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert ask(page, "decode", said) == ask(page, "decode", code)
    missed = page.evaluate(
        """code => { const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; let missed = 0;
        for (let at = 0; at < code.length; at++) for (const sign of signs)
          if (code[at] !== "-" && sign !== code[at] && !guideRate.decode(guideRating, code.slice(0, at) + sign + code.slice(at + 1)).wrong) missed++;
        return missed; }""",
        code,
    )
    assert missed == 0
    bare = code.replace("-", "")
    for wrong in (bare[:-1], bare + "2", bare[1] + bare[0] + bare[2:], "", "U" * len(bare)):
        assert wrong == bare or ask(page, "decode", wrong).get("wrong"), wrong


# ---------------------------------------------------------------- the numbers


def half_up(value: Fraction) -> float:
    return int(value * 10 + Fraction(1, 2)) / 10


def expected_of(rating: dict[str, Any], persons: list[Answers]) -> dict[str, dict[str, float]]:
    """What a party's answers come to, worked out here."""
    found: dict[str, dict[str, float]] = {}
    for one in rating["statements"]:
        scores = [person[one["id"]] for person in persons if one["id"] in person]
        if scores:
            told_of: dict[str, float] = {"mean": half_up(Fraction(sum(scores), len(scores))), "number": len(scores)}
            if len(scores) >= FEWEST:
                told_of["spread"] = round(statistics.stdev(scores) + 1e-9, 1)
            found[one["id"]] = told_of
    return found


@pytest.mark.parametrize("seed", range(8))
def test_the_numbers_are_those_of_the_workbook(page: Page, guide: Guide, rating: dict[str, Any], seed: int) -> None:
    chance = random.Random(seed)
    parties = [
        [someone(rating, 100 * seed + 10 * n + k, unknown=0.1 + 0.2 * n) for k in range(chance.randint(2, 6))]
        for n in range(2)
    ]
    found = [ask(page, "gathered", persons) for persons in parties]
    assert found == [expected_of(rating, persons) for persons in parties]
    own = rows(resolve(guide, guide.get(Worksheet, SHEET)))
    scored = [
        Row(
            row.number,
            row.area,
            row.name,
            row.text,
            tuple(f.get(row.name.rpartition(".")[2], {}).get("mean") for f in found),
        )  # type: ignore[arg-type]
        for row in own
    ]
    compared = ask(page, "compared", found)
    assert [one["number"] for one in compared] == [row.number for row in ordered(scored)]
    by_number = {row.number: row for row in scored}
    for one in compared:
        row = by_number[one["number"]]
        assert (one["gap"], one["state"], one["rank"], one["why"]) == (
            row.gap,
            row.state,
            rank(row, scored),
            row.missing,
        )


# ---------------------------------------------------------------- from ten phones to an agenda


def gather(page: Page, party: str, codes: list[str]) -> tuple[str, str]:
    """A party's leader: fingerprint and sealed answers."""
    page.get_by_role("button", name="Jag samlar min parts svar").click()
    page.get_by_label("Vilken part samlar du för?").select_option(label=party)
    page.get_by_label("Koderna").fill("\n".join(codes))
    expect(page.get_by_text(f"{len(codes)} svar räknade.")).to_be_visible()
    page.get_by_role("button", name="Försegla våra svar").click()
    mark = page.locator("strong.rate-code")
    expect(mark).to_be_visible()
    return mark.inner_text(), page.get_by_label("Svaren, att skicka när båda").input_value()


def test_two_parties_of_five_from_phones_to_an_agenda_and_the_workbook(
    page: Page, address: str, site: Path, rating: dict[str, Any], guide: Guide
) -> None:
    parties = [[someone(rating, 10 * n + k, unknown=0.05) for k in range(5)] for n in range(2)]
    codes = [[ask(page, "encode", person) for person in persons] for persons in parties]
    sealed = [gather(page, name, codes[n]) for n, name in enumerate(("Beställaren", "Utföraren"))]
    assert all("person" not in text.replace("persons", "") for _, text in sealed), (
        "means leave, and no one's own answers"
    )
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Vi lägger svaren bredvid varandra").click()
    for n, name in enumerate(("Beställaren", "Utföraren")):
        page.get_by_label(f"{name}s svar", exact=True).fill(sealed[n][1])
        page.get_by_label(f"Fingeravtrycket som {name.lower()} gav först").fill(sealed[n][0])
        expect(page.get_by_text(f"{name}: svaren är de som förseglades.")).to_be_visible()
    found = [expected_of(rating, persons) for persons in parties]
    first = ask(page, "compared", found)[0]
    point = page.locator(".propose-item").first
    expect(point).to_contain_text(first["text"])
    assert point.get_by_role("link").count() > 0, "practices that may help"
    point.get_by_label("Vår gemensamma syn").fill("=1+1, vi ser det olika")
    point.get_by_label("Till när").fill("2027-03-01")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Spara som Excel").click()
    content = Path(saved.value.path()).read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content))
    name = next(one["name"] for one in rating["statements"] if one["id"] == first["id"])

    def cell(suffix: str) -> Any:
        ((sheet, area),) = book.defined_names[f"{name}.{suffix}"].destinations
        return book[sheet][area.split(":")[0]]

    assert cell("bestallare").value == found[0][first["id"]]["mean"]
    assert cell("utforare.spread").value == found[1][first["id"]]["spread"]
    assert cell("syn").value == "=1+1, vi ser det olika" and cell("syn").data_type != "f"
    assert cell("klart").value.date().isoformat() == "2027-03-01"
    worked_out = Formulas(book)
    assert worked_out.value("Dagordning", "B5") == first["number"]
    assert worked_out.value("Dagordning", "G5") == first["gap"]
    page.evaluate("localStorage.clear()")
    begin(page, address, "Vi lägger svaren bredvid varandra")
    opened = page.get_by_label("Eller öppna en ifylld arbetsbok")
    opened.set_input_files(
        {"name": "gammal.xlsx", "mimeType": "", "buffer": (site / "ladda-ner" / "malbild.xlsx").read_bytes()}
    )
    expect(
        page.get_by_text("gammal.xlsx: Filen är inte arbetsboken med båda parters svar. Inget är ändrat.")
    ).to_be_visible()
    opened.set_input_files({"name": "tillsammans.xlsx", "mimeType": "", "buffer": content})
    again = page.locator(".propose-item").first
    expect(again).to_contain_text(first["text"])
    expect(again.get_by_label("Vår gemensamma syn")).to_have_value("=1+1, vi ser det olika")
    expect(again.get_by_label("Till när")).to_have_value("2027-03-01")
    for n, name in enumerate(("Beställaren", "Utföraren")):
        told = json.loads(page.get_by_label(f"{name}s svar", exact=True).input_value())
        assert told["answers"] == found[n]


def test_answers_that_were_changed_after_the_seal_are_told(page: Page, rating: dict[str, Any]) -> None:
    codes = [ask(page, "encode", someone(rating, k)) for k in range(4)]
    mark, text = gather(page, "Beställaren", codes)
    changed = json.loads(text)
    changed["answers"][next(iter(changed["answers"]))]["mean"] = 5
    page.get_by_role("button", name="Vi lägger svaren bredvid varandra").click()
    page.get_by_label("Fingeravtrycket som beställaren gav först").fill(mark)
    page.get_by_label("Beställarens svar", exact=True).fill(json.dumps(changed))
    expect(page.get_by_text("stämmer inte med fingeravtrycket")).to_be_visible()
    page.get_by_label("Beställarens svar", exact=True).fill(text)
    expect(page.get_by_text("Beställaren: svaren är de som förseglades.")).to_be_visible()


def test_of_few_who_answer_no_spread_is_shown_and_why_is_said(page: Page, rating: dict[str, Any]) -> None:
    _, text = gather(page, "Utföraren", [ask(page, "encode", someone(rating, k, 0)) for k in range(3)])
    assert '"spread"' not in text
    expect(page.get_by_text("Spridning visas först när 4 har svarat")).to_be_visible()
    _, text = gather(page, "Utföraren", [ask(page, "encode", someone(rating, k, 0)) for k in range(4)])
    assert '"spread"' in text


HOSTILE = {
    "nothing of ours": "hej",
    "another site's": '{"a": 1}',
    "another sheet's": '{"partnerskapsguiden": "skattning 1", "sheet": "malbild", "answers": {}}',
    "the other party's": '{"partnerskapsguiden": "skattning 1", "sheet": "partnerskapsskattning", "party": "utforare", "answers": {}}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_pasted_by_mistake_is_told(page: Page, name: str) -> None:
    page.get_by_role("button", name="Vi lägger svaren bredvid varandra").click()
    page.get_by_label("Beställarens svar", exact=True).fill(HOSTILE[name])
    expect(page.locator("[data-rate] [role=status]").first).to_contain_text("Beställaren: Texten")


def test_numbers_outside_the_scale_are_not_counted_and_told(page: Page, rating: dict[str, Any]) -> None:
    first, second, third = (one["id"] for one in rating["statements"][:3])
    answers = {
        first: {"mean": 9, "number": 3},
        second: {"mean": "=1", "number": 3},
        third: {"mean": 4, "number": 3},
        "okand": {"mean": 3},
    }
    text = json.dumps({"partnerskapsguiden": "skattning 1", "sheet": SHEET, "party": "bestallare", "answers": answers})
    found = ask(page, "received", text, "bestallare")
    assert list(found["answers"]) == [third] and found["strange"] == 3


# ---------------------------------------------------------------- what is kept, and for whom it works


def test_everything_that_is_kept_can_be_deleted(page: Page) -> None:
    page.locator("fieldset.reading-question").first.get_by_label("4", exact=True).check()
    assert _kept(page) == 1
    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Radera allt som skattningen har sparat här").click()
    expect(page.get_by_text("Allt är raderat.")).to_be_visible()
    assert _kept(page) == 0


def _kept(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('partnerskapsguiden-')).length"))


def test_where_the_browser_keeps_nothing_it_is_told_and_the_code_is_there(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")
    begin(page, address)
    page.locator("fieldset.reading-question").first.get_by_label("4", exact=True).check()
    expect(page.get_by_text("Webbläsaren sparar inte: ta koden innan du stänger.")).to_be_visible()
    expect(page.locator(".rate-code")).to_be_visible()


def test_nothing_leaves_the_page(context: BrowserContext, address: str, rating: dict[str, Any]) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    begin(page, address)
    gather(page, "Beställaren", [ask(page, "encode", someone(rating, k)) for k in range(4)])
    assert all(one.startswith((f"GET {address}", "GET data:")) for one in asked), asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_each_view_is_for_everyone(
    browser: Browser, address: str, rating: dict[str, Any], width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    begin(page, address)
    page.locator("fieldset.reading-question").first.get_by_label("4", exact=True).check()
    _fine(page)
    sealed = [
        gather(page, name, [ask(page, "encode", someone(rating, 9 * n + k)) for k in range(4)])
        for n, name in enumerate(("Beställaren", "Utföraren"))
    ]
    _fine(page)
    page.get_by_role("button", name="Vi lägger svaren bredvid varandra").click()
    for n, name in enumerate(("Beställaren", "Utföraren")):
        page.get_by_label(f"{name}s svar", exact=True).fill(sealed[n][1])
    expect(page.get_by_role("img", name="Medelvärdet för varje område")).to_be_visible()
    _fine(page)
    context.close()


def _fine(page: Page) -> None:
    page.evaluate("() => Promise.allSettled(document.getAnimations().map((moving) => moving.finished))")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]] == []


def test_answering_and_gathering_work_from_a_folder(context: BrowserContext, site: Path) -> None:
    page = context.new_page()
    page.goto((site / "arbetsblad" / SHEET / "index.html").as_uri())
    page.get_by_role("button", name="Börja").click()
    page.get_by_role("button", name="Jag svarar", exact=True).click()
    page.locator("fieldset.reading-question").first.get_by_label("2", exact=True).check()
    code = page.locator(".rate-code").inner_text()
    mark, _ = gather(page, "Beställaren", [code])
    assert len(mark) > 20
