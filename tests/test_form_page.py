"""Filling in a worksheet on its page: every sheet, typed, kept, taken out as Word and Excel, and opened again."""

from __future__ import annotations

import base64
import datetime
import io
import json
import random
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Computed, Worksheet
from scripts.guide.wording import shown
from scripts.publish import release
from scripts.worksheets import docx, in_browser, rows, xlsx
from scripts.worksheets.followup import follow_up
from scripts.worksheets.form import resolve
from tests import test_prefill
from tests.small_guide import FIELDS, write
from tests.small_guide import SHEET as SMALL_SHEET
from tests.test_browser import settled

pytestmark = pytest.mark.xdist_group("forms")  # a group of its own, since it is as long as the rest of the site's
SHEET = "manadsuppfoljning"
DAY = datetime.date(2026, 11, 27)
Answers = dict[str, str]  # tag → text


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    begin(page, address)
    return page


def begin(page: Page, address: str, sheet: str = SHEET) -> None:
    page.goto(f"{address}arbetsblad/{sheet}/")
    page.get_by_role("button", name="Fyll i bladet här").click()
    expect(page.get_by_role("button", name="Hämta som Word")).to_be_visible()


def download(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


HANDED_OVER = (
    tempfile.TemporaryDirectory()
)  # the page reads a file when it wants to, so they lie until the tests are done


def give(page: Page, label: str, name: str, content: bytes) -> None:
    """Hand the page a file as a reader does."""
    if not page.get_by_label(label).is_visible():
        page.get_by_text("Har du ett ifyllt blad redan?").click()
    file = Path(HANDED_OVER.name) / name  # a file is handed over much faster than its bytes
    file.write_bytes(content)
    page.get_by_label(label).set_input_files(file)


def status(page: Page) -> Any:
    return page.locator(".form-status")


def state(page: Page, sheet: str) -> dict[str, Any]:
    return page.evaluate("name => JSON.parse(localStorage.getItem(name))", f"partnerskapsguiden-blad-a1-{sheet}")  # type: ignore[no-any-return]


# ---------------------------------------------------------------- every sheet, out and in


def sample(told: dict[str, Any]) -> tuple[Answers, dict[str, int]]:
    """An answer in every place of a sheet; in each table two rows more than it comes with."""
    answers: Answers = {told["day"]["id"]: DAY.isoformat()}
    counted: dict[str, int] = {}
    for question in (question for part in told["parts"] for question in part["questions"]):
        id = question["id"]
        match question["type"]:
            case "table":
                counted[id] = len(question["rows"]) + 2 * question["grows"]
                for row in range(1, counted[id] + 1):
                    for number, column in enumerate(question["columns"]):
                        if column["type"] != "computed":
                            answers[f"{id}.r{row}.{column['id']}"] = value(column, row * 7 + number)
            case "scale":
                options = question["options"]
                answers |= {f"{id}.{item['id']}": options[n % len(options)] for n, item in enumerate(question["items"])}
            case "checklist":
                answers |= {f"{id}.{item['id']}": "ja" for item in question["items"][::2]}
            case "agreement":
                for party in told["parties"]:
                    answers |= {
                        f"{id}.{party['id']}.namn": "=Avtalsansvarig & <co>",
                        f"{id}.{party['id']}.datum": DAY.isoformat(),
                    }
            case _:
                answers[id] = value(question, 3)
    return answers, counted


def value(asked: dict[str, Any], seed: int) -> str:
    match asked["type"]:
        case "date":
            return (DAY + datetime.timedelta(days=seed)).isoformat()
        case "choice":
            return str(asked["options"][seed % len(asked["options"])])
        case "number" | "percent":
            return str(seed) if seed % 2 else f"{seed},25"
        case "long_text":
            return "=Första stycket & <b>fet</b>.\nAndra stycket, åäö 🚌."
        case _:
            return f"Svar {seed}: =1+1 «så här»"


def put(page: Page, id: str, answers: Answers, counted: dict[str, int]) -> None:
    """As if all of it had been typed."""
    page.evaluate(
        """([id, answers, rows]) => {
            const sheet = guideSheet, form = guideForms[id];
            const state = { ...sheet.blank(form), answers, rows };
            for (const table of sheet.tablesOf(form)) sheet.workOut(table, state.answers, state.rows[table.id]);
            sheet.store(form, "a1", state);
        }""",
        [id, answers, counted],
    )


SHEETS = [sheet for sheet in read(Path(__file__).parent.parent).guide.all(Worksheet) if in_browser.fillable(sheet)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.id)
def test_every_answer_goes_into_the_files_and_comes_back_as_it_was(
    context: BrowserContext, address: str, guide: Guide, sheet: Worksheet
) -> None:
    page = context.new_page()
    begin(page, address, sheet.id)
    answers, counted = sample(in_browser.told(guide, sheet))
    put(page, sheet.id, answers, counted)
    page.reload()
    begin(page, address, sheet.id)
    kept = state(page, sheet.id)["answers"]
    typed = {tag: text for tag, text in kept.items() if tag in answers}
    assert typed == answers
    name, word = download(page, "Hämta som Word")
    assert name == f"{sheet.id}.docx"
    in_word = {tag: text for tag, text in test_prefill.answers(word, "docx").items() if text}
    ticked = {tag for tag, text in in_word.items() if text in "☒☐"}
    assert {tag for tag in ticked if in_word[tag] == "☒"} == {
        tag for tag, text in kept.items() if text == "ja" and tag in ticked
    }
    assert {tag: "".join(text.split()) for tag, text in in_word.items() if tag not in ticked} == {
        tag: "".join(text.split()) for tag, text in kept.items() if tag not in ticked
    }
    assert sample_again(page, address, sheet.id, "a.docx", word) == kept
    if "xlsx" in in_browser.told(guide, sheet)["files"]:
        _, book = download(page, "Hämta som Excel")
        assert_in_excel(book, answers)
        assert {**sample_again(page, address, sheet.id, "a.xlsx", book)} == kept
    _, data = download(page, "Hämta som data")
    assert sample_again(page, address, sheet.id, "a.json", data) == kept


def sample_again(page: Page, address: str, sheet: str, name: str, content: bytes) -> dict[str, Any]:
    """The answers after an empty browser has opened the file."""
    page.evaluate("localStorage.clear()")
    begin(page, address, sheet)
    give(page, "Öppna det och skriv vidare", name, content)
    expect(status(page)).to_have_text(f"{name} är öppnad.")
    return state(page, sheet)["answers"]  # type: ignore[no-any-return]


def assert_in_excel(content: bytes, answers: Answers) -> None:
    """Each answer in the cells of its name, with a number as a number, a date as a date and a text as text."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for tag, text in answers.items():
        table = re.fullmatch(r"(.+)\.r(\d+)\.(.+)", tag)
        name = f"{table[1]}.{table[3]}" if table else tag
        defined = book.defined_names[("" if tag == "datum" else "f_") + name.replace("-", "_")]
        ((sheet, area),) = defined.destinations
        found = book[sheet][area]
        cell = found[int(table[2]) - 1][0] if table else found if not isinstance(found, tuple) else found[0][0]
        assert cell.data_type != "f", tag
        if isinstance(cell.value, datetime.datetime):
            assert cell.value.date().isoformat() == text
        elif isinstance(cell.value, int | float):
            assert cell.value == float(text.replace(",", "."))
        else:
            assert str(cell.value) == text, tag
        assert not (re.fullmatch(r"\d{4}-\d\d-\d\d", text) and isinstance(cell.value, str)), tag


def test_what_nobody_has_written_leaves_the_files_as_they_were(page: Page, site: Path) -> None:
    for button, name in (("Hämta som Word", f"{SHEET}.docx"), ("Hämta som Excel", f"{SHEET}.xlsx")):
        _, content = download(page, button)
        kind = name.rpartition(".")[2]
        assert test_prefill.answers(content, kind) == test_prefill.answers(
            (site / "ladda-ner" / name).read_bytes(), kind
        )


def test_more_rows_than_the_workbook_holds_are_told_and_are_in_the_word_file(page: Page, guide: Guide) -> None:
    answers = {f"beslut.r{row}.vad": f"Beslut {row}" for row in range(1, 41)}
    put(page, SHEET, answers, {"beslut": 40})
    page.reload()
    page.get_by_role("button", name="Fyll i bladet här").click()
    _, book = download(page, "Hämta som Excel")
    expect(status(page)).to_contain_text("har inte plats för alla rader i Dagens beslut. Wordfilen har det.")
    sheet = openpyxl.load_workbook(io.BytesIO(book))["4 Beslut"]
    assert [sheet.cell(row, 1).value for row in (4, 28, 29)] == ["Beslut 1", "Beslut 25", None]
    _, word = download(page, "Hämta som Word")
    found = test_prefill.answers(word, "docx")
    assert found["beslut.r40.vad"] == "Beslut 40" and found["beslut.r40.ansvarig"] == ""
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    ids = [one.get(one.tag.replace("}id", "}val")) for one in document.iterfind(".//{*}sdtPr/{*}id")]
    assert len(ids) == len(set(ids)) > 160


def test_signs_that_no_xml_can_hold_become_spaces_in_both_files(page: Page) -> None:
    put(page, SHEET, {"handelser": "A\x01B\x0b\ufffe\x7f\nC", "beslut.r1.vad": "D\x02E"}, {"beslut": 1})
    page.reload()
    page.get_by_role("button", name="Fyll i bladet här").click()
    _, word = download(page, "Hämta som Word")
    found = test_prefill.answers(word, "docx")
    assert (found["handelser"].split(), found["beslut.r1.vad"]) == (["A", "B", "C"], "D E")
    _, book = download(page, "Hämta som Excel")
    sheet = test_prefill.answers(book, "xlsx")
    assert (sheet["f_handelser"][0].split(), sheet["f_beslut.vad"][0]) == (["A", "B", "C"], "D E")


@pytest.mark.parametrize("operation", ["summa", "produkt", "differens", "kvot", "senaste"])
def test_a_computed_column_comes_to_the_same_as_in_python(page: Page, operation: Any) -> None:
    chance = random.Random(operation)
    computed = Computed(operation=operation, columns=("a", "b"))
    for _ in range(60):
        given = [chance.choice([None, 0, 3, -2.5, 1234.5, 0.1, 7]) for _ in "ab"]
        answers = {f"t.r1.{id}": str(v).replace(".", ",") for id, v in zip("ab", given, strict=True) if v is not None}
        found = page.evaluate(
            """([answers, operation]) => {
                const question = { id: "t", columns: [{ id: "c", type: "computed", operation, of: ["a", "b"] }] };
                guideSheet.workOut(question, answers, 1);
                return answers["t.r1.c"] ?? "";
            }""",
            [answers, operation],
        )
        assert found == shown("computed", rows.compute(computed, given)), (operation, given)


# ---------------------------------------------------------------- as its reader uses it


def test_a_sheet_is_filled_in_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}arbetsblad/{SHEET}/")
    start = page.get_by_role("button", name="Fyll i bladet här")
    start.focus()
    page.keyboard.press("Enter")
    pick = page.get_by_label("Avtal som du arbetar med")
    expect(pick).to_be_visible()
    pick.focus()
    for text in ("Region Väst", "Åkarna AB", "A 12", "2026–2036"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    month = page.get_by_label("Månad som följs upp *")
    month.focus()
    page.keyboard.type("oktober 2026")
    table = page.locator('[data-question="mal"]')
    table.get_by_role("button", name="Lägg till en rad").focus()
    page.keyboard.press("Enter")
    expect(table.get_by_role("group", name="Rad 2").get_by_label("Mål", exact=True).first).to_be_focused()
    page.keyboard.type("Punktlighet")
    for text in ("procent", "80", "92,5", "89,25"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    expect(table.get_by_role("group", name="Rad 2").locator("output")).to_have_text("−3,25")
    expect(status(page)).to_contain_text("Sparat här")
    expect(status(page)).to_contain_text("Kvar av det som ska fyllas i: Förklaringar, Dagens beslut.")
    page.reload()
    page.get_by_role("button", name="Fyll i bladet här").click()
    expect(month).to_have_value("oktober 2026")
    name, content = download(page, "Hämta som Word")
    assert name == f"{SHEET}-a-12.docx"
    found = test_prefill.answers(content, "docx")
    assert (found["utforare"], found["mal.r2.avvikelse"], found["mal.r2.utfall"]) == ("Åkarna AB", "−3,25", "89,25")
    expect(page.get_by_label("Avtal som du arbetar med").locator("option:checked")).to_have_text("A 12")
    page.evaluate("localStorage.clear()")
    begin(page, address)
    give(page, "Öppna det och skriv vidare", name, content)
    expect(page.get_by_label("Utförare", exact=True)).to_have_value("Åkarna AB")
    expect(month).to_be_focused()


def test_a_row_that_is_taken_away_moves_the_others_up(page: Page) -> None:
    table = page.locator('[data-question="beslut"]')
    for row, text in enumerate(("Ett", "Två", "Tre"), 1):
        if row > 1:
            table.get_by_role("button", name="Lägg till en rad").click()
        table.get_by_role("group", name=f"Rad {row}").get_by_label("Vad", exact=True).fill(text)
    page.once("dialog", lambda dialog: dialog.accept())
    table.get_by_role("button", name="Ta bort rad 2 i Dagens beslut").click()
    found = {tag: text for tag, text in state(page, SHEET)["answers"].items() if tag.startswith("beslut.")}
    assert found == {"beslut.r1.vad": "Ett", "beslut.r2.vad": "Tre"}
    expect(table.get_by_role("button", name="Lägg till en rad")).to_be_focused()


def test_on_paper_nothing_that_is_written_is_cut(page: Page) -> None:
    """A box would keep the height that its text had on the screen, where it is wider."""
    told = "En lång rad om månaden. " * 30
    page.get_by_label("Händelser som påverkade månaden").fill(told)
    row = page.locator('[data-question="mal"]').get_by_role("group", name="Rad 1")
    row.get_by_label("Läge", exact=True).select_option("släpar")
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Skriv ut").click()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 400, "height": 800})
    field = page.locator('[data-question="handelser"] .tool-field')
    assert field.evaluate("one => getComputedStyle(one, '::after').content") == json.dumps(told, ensure_ascii=False)
    assert field.bounding_box()["height"] > 200  # type: ignore[index]
    expect(field.locator("textarea")).to_be_hidden()
    assert row.locator("[data-printed='släpar']").count() == 1
    assert row.locator("[data-printed='']").count() > 3


def test_each_contract_has_its_own_sheet_and_its_names_are_typed_once(page: Page, address: str) -> None:
    page.get_by_label("Avtal", exact=True).fill("A 12")
    page.get_by_label("Månad som följs upp *").fill("maj")
    page.get_by_label("Avtal som du arbetar med").select_option("Nytt avtal …")
    expect(page.get_by_label("Månad som följs upp *")).to_have_value("")
    page.get_by_label("Avtal", exact=True).fill("B 7")
    begin(page, address, "beslutslogg")
    expect(page.get_by_label("Avtal", exact=True)).to_have_value("B 7")
    page.get_by_label("Avtal som du arbetar med").select_option("A 12")
    begin(page, address)
    expect(page.get_by_label("Månad som följs upp *")).to_have_value("maj")
    page.goto(f"{address}arbetsblad/malbild/")
    expect(page.locator("[data-prefilled]")).to_contain_text("Word- och Excelfiler som ni hämtar här fylls i")


def test_an_earlier_version_can_be_gone_back_to_and_all_of_it_erased(page: Page, address: str) -> None:
    month = page.get_by_label("Månad som följs upp *")
    month.fill("maj")
    page.reload()
    page.get_by_role("button", name="Fyll i bladet här").click()
    month.fill("juni")
    page.reload()
    page.get_by_role("button", name="Fyll i bladet här").click()
    page.get_by_text("Tidigare versioner, och att radera").click()
    versions = page.get_by_label("Gå tillbaka till")
    assert versions.locator("option").count() == 3
    versions.select_option(index=2)
    expect(month).to_have_value("maj")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Radera det som är sparat av bladet").click()
    expect(month).to_have_value("")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('blad-'))") == []


def test_twenty_versions_are_kept_and_not_more(page: Page) -> None:
    assert page.evaluate(
        """(id) => {
            const form = guideForms[id];
            for (let n = 1; n <= 30; n += 1) {
                const state = { ...guideSheet.blank(form), answers: { manad: `${n}` } };
                guideSheet.store(form, "a1", state);
                guideSheet.remember(form, "a1", true);
            }
            return guideSheet.earlier(form, "a1").map((one) => one.answers.manad);
        }""",
        SHEET,
    ) == [str(number) for number in range(30, 10, -1)]


def test_two_tabs_do_not_write_over_each_other_without_asking(
    page: Page, context: BrowserContext, address: str
) -> None:
    other = context.new_page()
    begin(other, address)
    page.get_by_label("Månad som följs upp *").fill("maj")
    expect(other.get_by_role("alert")).to_contain_text("har ändrats i en annan flik")
    other.get_by_label("Månad som följs upp *").fill("juni")
    assert state(page, SHEET)["answers"]["manad"] == "maj"
    other.get_by_role("button", name="Visa det som skrevs där").click()
    expect(other.get_by_label("Månad som följs upp *")).to_have_value("maj")
    page.get_by_label("Månad som följs upp *").fill("juli")
    other.get_by_role("button", name="Behåll det som står här").click()
    expect(page.get_by_role("alert")).to_be_visible()  # told of it too
    assert state(page, SHEET)["answers"]["manad"] == "maj"
    assert page.evaluate("id => guideSheet.earlier(guideForms[id], 'a1')[0].answers.manad", SHEET) == "juli"


@pytest.mark.parametrize("refusing", ["getItem", "setItem"])
def test_a_browser_that_keeps_nothing_says_so_and_the_file_can_be_taken(
    context: BrowserContext, address: str, refusing: str
) -> None:
    page = context.new_page()
    page.add_init_script(
        f"Storage.prototype.{refusing} = () => {{ throw new DOMException('nej', 'QuotaExceededError'); }};"
    )
    begin(page, address)
    page.get_by_label("Månad som följs upp *").fill("maj")
    if refusing == "setItem":
        expect(status(page)).to_contain_text("Webbläsaren sparar inte. Hämta filen innan du stänger sidan.")
    _, content = download(page, "Hämta som Word")
    assert test_prefill.answers(content, "docx")["manad"] == "maj"
    page.close(run_before_unload=False)


def test_where_room_is_short_the_oldest_versions_go_and_the_text_is_kept(page: Page) -> None:
    page.evaluate(
        """(id) => {
            const form = guideForms[id];
            for (let n = 1; n <= 12; n += 1) {
                guideSheet.store(form, "a1", { ...guideSheet.blank(form), answers: { manad: `${n}`, handelser: "x".repeat(20000) } });
                guideSheet.remember(form, "a1", true);
            }
            let room = 5e6;
            for (let step = 1e6; step >= 1000; step /= 10)
                for (;;) try { localStorage.setItem(`fyllning-${step}-${room--}`, "x".repeat(step)); } catch { break; }
        }""",
        SHEET,
    )
    page.get_by_label("Händelser som påverkade månaden").fill("y" * 30000)
    assert state(page, SHEET)["answers"]["handelser"] == "y" * 30000
    assert page.evaluate("id => guideSheet.earlier(guideForms[id], 'a1').length", SHEET) < 12


# ---------------------------------------------------------------- the counterpart's and last year's


def test_the_other_partys_sheet_is_laid_beside_and_taken_over_question_by_question(
    page: Page, address: str, browser: Browser
) -> None:
    other = browser.new_context(locale="sv-SE").new_page()
    begin(other, address)
    other.get_by_label("Händelser som påverkade månaden").fill("Snöfall i tre dagar.")
    put(
        other,
        SHEET,
        {**state(other, SHEET)["answers"], "samtal.r1.malet": "Punktlighet", "samtal.r1.utforaren": "Vägarbetet."},
        {"samtal": 1},
    )
    other.reload()
    other.get_by_role("button", name="Fyll i bladet här").click()
    _, theirs = download(other, "Hämta som Word")
    page.get_by_label("Händelser som påverkade månaden").fill("Vägarbete.")
    give(page, "Lägg det bredvid", "deras.docx", theirs)
    question = page.locator('[data-question="handelser"]')
    expect(question).to_contain_text("I deras.docx:")
    expect(question).to_contain_text("Snöfall i tre dagar.")
    expect(page.locator('[data-question="samtal"]')).to_contain_text(
        "Mål: Punktlighet; Så ser utföraren det: Vägarbetet."
    )
    assert state(page, SHEET)["answers"]["handelser"] == "Vägarbete."
    page.get_by_role("button", name="Ta över svaret på Förklaringar").click()
    expect(page.get_by_label("Så ser utföraren det")).to_have_value("Vägarbetet.")
    assert state(page, SHEET)["answers"]["handelser"] == "Vägarbete."


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Guide, Guide]:
    """Last year's small guide, and this year's: a question reworded, one new, one gone, and a column gone."""
    before = read(write(tmp_path_factory.mktemp("before"))).guide
    fields = [dict(field) for field in FIELDS if field["id"] != "bakgrund"]
    fields[0] = {**fields[0], "label": "Målet i en mening"}
    fields.append({"id": "nytt", "type": "text", "label": "En ny fråga"})
    root = write(
        tmp_path_factory.mktemp("now"),
        guide={"version": "0.2"},
        worksheets={SMALL_SHEET: {"sections": [{"title": "Allt", "fields": fields}]}},
        examples={SMALL_SHEET: None},
    )
    return before, read(root).guide


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_last_years_file_tells_what_make_followup_tells(page: Page, years: tuple[Guide, Guide], format: str) -> None:
    before, now = years
    filled = resolve(before, before.get(Worksheet, SMALL_SHEET), filled=True)
    content = (docx if format == "docx" else xlsx).render(filled)
    told = in_browser.told(now, now.get(Worksheet, SMALL_SHEET))
    given = page.evaluate(
        """async ([told, name, base64]) => {
            const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
            const given = await guideSheet.read(told, new File([bytes], name));
            const places = guideSheet.places(told).filter((place) => !place.head);
            return { ...given, changes: Object.fromEntries(places.map((place) => [place.key, guideSheet.change(given, place)])) };
        }""",
        [told, f"forra.{format}", base64.b64encode(content).decode()],
    )
    assert given["edition"] == "0.1"
    assert given["changes"]["nytt"] == "ny" and given["changes"]["mal"] == "Mål"
    assert {change for key, change in given["changes"].items() if key not in ("nytt", "mal")} == {""}
    assert [one["label"] for one in given["gone"]] == ["Bakgrund"]
    answered = filled.example.values if filled.example else {}
    assert given["answers"]["mal"] == answered["mal"]
    if format == "xlsx":
        counted = follow_up(now, content).changes
        assert (counted["ny"], counted["omformulerad"], counted["utgången"]) == (1, 1, 1)


# ---------------------------------------------------------------- hostile files


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 90_000_000)
    return buffer.getvalue()


def packed(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ondondond"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
HOSTILE = {
    "tom.docx": (b"", "Filen är tom."),
    "bild.docx": (b"\x89PNG\r\n", "ingen Word- eller Excelfil från guiden"),
    "gammal.xlsx": (b"\xd0\xcf\x11\xe0" + b"x" * 600, "lösenord eller är sparad i ett äldre format"),
    "stor.xlsx": (b"PK" + b"x" * 20_000_001, "större än 20 MB"),
    "trasig.docx": (b"PK\x03\x04" + b"x" * 200, "skadad"),
    "bomb.xlsx": (bomb(), "mer än ett arbetsblad kan innehålla"),
    "entiteter.docx": (packed(word__document_xml=ENTITIES), "dokumenttyp"),
    "halv.docx": (packed(word__document_xml="<a><b></a>"), "skadad"),
    "annan.docx": (packed(word__document_xml='<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'), "säger inte vilket blad"),
    "annan.xlsx": (packed(xl__workbook_xml='<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'), "den dolda fliken «Minne»"),
    "annan.zip.docx": (packed(nagot_xml="<a/>"), "zipfil, men ingen Word- eller Excelfil"),
    "halv.json": (b'{"partnerskapsguiden": "blad 1", "sh', "slutar mitt i"),
    "annans.json": (b'{"board": "retro"}', "inte sparad från guidens arbetsblad"),
    "annat.json": (b'{"partnerskapsguiden": "blad 1", "sheet": "malbild", "answers": {}}', "ett annat blad: malbild"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_none_of_ours_is_told_in_swedish_and_changes_nothing(page: Page, name: str) -> None:
    content, message = HOSTILE[name]
    page.get_by_label("Månad som följs upp *").fill("maj")
    before = state(page, SHEET)
    for label in ("Öppna det och skriv vidare", "Lägg det bredvid"):
        give(page, label, name, content)
        expect(status(page)).to_contain_text(message)
        expect(status(page)).to_contain_text("Inget är ändrat.")
        assert state(page, SHEET) == before
        page.evaluate("document.querySelector('.form-status').textContent = ''")


def test_texts_from_a_file_are_texts_on_the_page_and_strange_places_are_told(page: Page) -> None:
    answers = {
        "manad": "<img src=x onerror=alert(1)>",
        "__proto__": "x",
        "constructor": "y",
        "beslut.r999999.vad": "z",
        "utgangen": "<b>kvar</b>",
    }
    data = {
        "partnerskapsguiden": "blad 1",
        "sheet": SHEET,
        "edition": "<i>0.1</i>",
        "answers": answers,
        "head": ["a"],
        "labels": "x",
    }
    give(page, "Öppna det och skriv vidare", "fil.json", json.dumps(data).encode())
    expect(page.get_by_label("Månad som följs upp *")).to_have_value("<img src=x onerror=alert(1)>")
    expect(page.locator(".form-gone")).to_contain_text("<b>kvar</b>")
    assert page.locator("[data-form] img, [data-form] b, [data-form] i").count() == 0
    assert page.locator('[data-question="beslut"] fieldset').count() == 1


def test_nothing_leaves_the_page(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    begin(page, address)
    page.get_by_label("Händelser som påverkade månaden").fill("hemligt")
    for button in ("Hämta som Word", "Hämta som Excel", "Hämta som data"):
        download(page, button)
    assert {method for method, _ in asked} == {"GET"}
    assert all(url.startswith((address, "blob:")) and "hemligt" not in url for _, url in asked)


def test_it_works_from_a_folder(site: Path, tmp_path: Path, context: BrowserContext) -> None:
    wanted = (f"arbetsblad/{SHEET}/", "arbetsblad/partnerskapsskattning/", "arbetsblad/index", "assets/", "kalender")
    for name, content in release.offline(site):
        if name.startswith(wanted):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
    page = context.new_page()
    page.goto((tmp_path / "arbetsblad" / SHEET / "index.html").as_uri())
    page.get_by_role("button", name="Fyll i bladet här").click()
    page.get_by_label("Månad som följs upp *").fill("maj")
    for button, kind in (("Hämta som Word", "docx"), ("Hämta som Excel", "xlsx")):
        _, content = download(page, button)
        found = test_prefill.answers(content, kind)
        assert (found["manad"] if kind == "docx" else found["f_manad"]) in ("maj", ["maj"])
    with page.expect_download() as waiting:
        page.get_by_label("Avtal", exact=True).fill("A 12")
        page.locator(f"a[href$='{SHEET}.docx']").first.click()
    assert test_prefill.answers(Path(waiting.value.path()).read_bytes(), "docx")["avtal"] == "A 12"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_is_accessible(browser: Browser, address: str, scheme: Any, width: int) -> None:
    page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="sv-SE").new_page()
    for sheet in (SHEET, "trafikstartens-checklista", "partnerskapsoverenskommelse"):
        begin(page, address, sheet)
        page.get_by_text("Har du ett ifyllt blad redan?").click()
        page.get_by_text("Tidigare versioner, och att radera").click()
        settled(page)
        found = Axe().run(
            page,
            context="article",
            options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
        )
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
