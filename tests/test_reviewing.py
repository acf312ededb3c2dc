"""A round of reading, from hand-out to marks: fair sets, three ways to answer, nothing lost, and no mark that is not earned."""

from __future__ import annotations

import datetime
import io
import json
import shutil
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn
from playwright.sync_api import Browser, expect

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.problems import GuideError
from scripts.outline.network import CORE
from scripts.publish.build import build
from scripts.reviewing import answers as returned
from scripts.reviewing.collect import agenda, collect, reviews_file
from scripts.reviewing.command import review_collect, review_round
from scripts.reviewing.deal import deal, round_file, words
from scripts.reviewing.questions import QUESTIONS, Returned
from scripts.reviewing.sheets import COLUMNS, HEAD, word, workbook
from tests.readers import pages
from tests.small_guide import write

ROOT = Path(__file__).resolve().parent.parent
CLOSES = datetime.date(2027, 2, 15)
Told = dict[str, dict[str, str]]  # record → answers


def told(set: str, answers: Told, year: int = 2026, round: int = 1) -> Returned:
    listed = [{"record": record, **answer} for record, answer in answers.items()]
    return Returned.model_validate(
        {"partnerskapsguiden": "svar 1", "round": round, "set": set, "edition": "0.2", "year": year, "answers": listed}
    )


FINE = {"fits": "ja", "tried": "ja", "stops": "nej"}
STOP = {"fits": "nej", "tried": "ja", "stops": "ja", "say": "Steg två tar för lång tid."}
MOTAS = "practices/motas"


def reviewed(root: Path, *found: Returned) -> dict[str, Any]:
    """The marks that the answers come to, as they are written and read again."""
    guide = read(root).guide
    collected = collect(guide, [(f"{n}.json", one) for n, one in enumerate(found)])
    (root / "guide_data" / "reviews.yaml").write_text(reviews_file(collected.reviews), encoding="utf-8")
    return {review.record: review for review in read(root).guide.reviews}


# ---------------------------------------------------------------- who reads what


def test_each_core_record_is_read_once_on_each_side_in_sets_of_the_same_length(guide: Guide) -> None:
    one = deal(guide, 10, CLOSES)
    assert Counter(mine.side for mine in one.sets) == {"beställare": 5, "utförare": 5}
    for side in ("beställare", "utförare"):
        read_there = [name for mine in one.sets if mine.side == side for name in mine.records]
        assert sorted(read_there) == sorted(f"{kind.folder}/{r.id}" for kind in CORE for r in guide.all(kind))
    lengths = [sum(words(r) for name in mine.records if (r := guide.named(name))) for mine in one.sets]
    assert max(lengths) < 1.05 * min(lengths)


def test_the_round_is_data_that_the_checker_reads(tmp_path: Path) -> None:
    root = write(tmp_path)
    file = root / "guide_data" / "round.yaml"
    file.write_text(round_file(deal(read(root).guide, 2, CLOSES)), encoding="utf-8")
    assert read(root).guide.round == deal(read(write(tmp_path / "other")).guide, 2, CLOSES)
    file.write_text(file.read_text("utf-8").replace(MOTAS, "practices/mottas"), encoding="utf-8")
    with pytest.raises(
        GuideError,
        match=r"round.yaml:\d+: records: Poster: «practices/mottas» finns inte. Menade du «practices/motas»?",
    ):
        read(root)


@pytest.mark.parametrize(
    ("readers", "closes", "message"),
    [(1, "2027-02-15", "minst två läsare"), (10, "15/2", "«15/2» är inte ett datum. Skriv ÅÅÅÅ-MM-DD")],
)
def test_a_round_that_cannot_be_opened_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], readers: int, closes: str, message: str
) -> None:
    root = write(tmp_path)
    assert review_round(root, readers, closes, tmp_path / "ut") == 1
    assert message in capsys.readouterr().err and not (root / "guide_data" / "round.yaml").exists()


def test_what_is_settled_is_not_read_again(tmp_path: Path) -> None:
    root = write(tmp_path)
    reviewed(root, told("b1", {MOTAS: FINE}), told("u1", {MOTAS: FINE}))
    assert MOTAS not in {name for mine in deal(read(root).guide, 2, CLOSES).sets for name in mine.records}


# ---------------------------------------------------------------- the marks


def test_both_sides_without_hindrance_are_agreed_and_one_side_is_only_read(tmp_path: Path) -> None:
    root = write(tmp_path)
    assert reviewed(root, told("b1", {MOTAS: FINE}))[MOTAS].state == "läst"
    both = reviewed(root, told("u1", {MOTAS: {"fits": "delvis", "tried": "nej", "stops": "nej"}}))[MOTAS]
    assert both.state == "enigt"
    assert [(c.side, c.number, c.year) for c in both.read] == [("beställare", 1, 2026), ("utförare", 1, 2026)]
    assert [(c.side, c.number) for c in both.tried] == [("beställare", 1)]


def test_who_cannot_say_has_not_read_in_any_way_that_counts(tmp_path: Path) -> None:
    root = write(tmp_path)
    assert reviewed(root, told("b1", {MOTAS: {"fits": "vet inte", "stops": "nej"}})) == {}
    assert reviewed(root, told("u1", {MOTAS: FINE}), told("b2", {MOTAS: {"fits": "vet inte"}}))[MOTAS].state == "läst"


def test_an_objection_needs_its_sentence(tmp_path: Path) -> None:
    root = write(tmp_path)
    without = {"fits": "nej", "stops": "ja"}
    collected = collect(read(root).guide, [("a", told("b1", {MOTAS: without})), ("b", told("u1", {MOTAS: FINE}))])
    assert collected.reviews[0].state == "enigt" and "utan att det står vad som ska ändras" in collected.notes[0]
    disputed = reviewed(root, told("b1", {MOTAS: STOP}), told("u1", {MOTAS: FINE}))[MOTAS]
    assert disputed.state == "oenigt" and disputed.dissent == STOP["say"]
    assert [(c.side, c.number) for c in disputed.contested] == [("beställare", 1)]


def test_two_must_ask_to_reopen_what_is_settled(tmp_path: Path) -> None:
    root = write(tmp_path)
    reviewed(root, told("b1", {MOTAS: FINE}), told("u1", {MOTAS: FINE}))
    assert reviewed(root, told("b1", {MOTAS: STOP}, round=2))[MOTAS].state == "enigt"
    again = reviewed(
        root, told("b1", {MOTAS: STOP}, round=3), told("u1", {MOTAS: STOP | {"say": "Och steg tre."}}, round=3)
    )
    assert again[MOTAS].state == "oenigt" and again[MOTAS].dissent == "Steg två tar för lång tid. / Och steg tre."


def test_the_same_file_twice_is_one_reader_and_another_from_the_same_set_is_two(tmp_path: Path) -> None:
    guide = read(write(tmp_path)).guide
    one, other = told("b1", {MOTAS: FINE}), told("b1", {MOTAS: FINE | {"tried": "nej"}})
    collected = collect(guide, [("a.json", one), ("kopia.json", one), ("b.json", other)])
    assert sum(count.number for count in collected.reviews[0].read) == 2
    assert any("Räknat en gång" in note for note in collected.notes) and any(
        "två läsare" in note for note in collected.notes
    )


def test_the_agenda_has_both_sides_words_and_only_what_is_disputed(tmp_path: Path) -> None:
    guide = read(write(tmp_path)).guide
    collected = collect(guide, [
        ("a", told("b1", {MOTAS: STOP, "indicators/punktlighet": FINE})),
        ("b", told("u1", {MOTAS: FINE, "indicators/punktlighet": FINE | {"say": "Bra mått."}})),
    ])  # fmt: skip
    text = agenda(guide, collected)
    assert "## Mötas" in text and "**Beställare**\n- stämmer: nej, prövat, hindrar. Steg två tar för lång tid." in text
    assert "**Utförare**\n- stämmer: ja, prövat" in text
    assert "## Punktlighet" not in text and "Bra mått." in text.partition("# Synpunkter som inte hindrar")[2]


@pytest.mark.parametrize(
    ("review", "message"),
    [
        ("{record: practices/motas, state: enigt, read: [{side: beställare, number: 1, year: 2026}]}", "läget enigt kräver att både beställare och utförare har läst"),
        ("{record: practices/motas, state: oenigt, read: [{side: beställare, number: 1, year: 2026}]}", "läget oenigt kräver vem som säger emot"),
        ("{record: practices/motas, state: antaget, read: [{side: beställare, number: 1, year: 2026}, {side: utförare, number: 1, year: 2026}]}", "läget antaget har en beslutsdag"),
        ("{record: practices/motas, state: enigt, read: [{side: beställare, number: 1, year: 2026}, {side: utförare, number: 1, year: 2026}], contested: [{side: utförare, number: 1, year: 2026}], dissent: Nej.}", "läget enigt går inte ihop med att någon säger emot"),
        ("{record: practices/motas, state: läst, read: [{side: utförare, number: 1, year: 2026}], dissent: Nej.}", "står alltid tillsammans"),
        ("{record: practices/motas, state: läst, read: []}", "minst 1 behövs"),
        ("{record: practices/mottas, state: läst, read: [{side: beställare, number: 1, year: 2026}]}", "«practices/mottas» finns inte. Menade du «practices/motas»?"),
    ],
)  # fmt: skip
def test_a_mark_says_no_more_than_what_stands_behind_it(tmp_path: Path, review: str, message: str) -> None:
    root = write(tmp_path)
    (root / "guide_data" / "reviews.yaml").write_text(f"reviews:\n  - {review}\n", encoding="utf-8")
    with pytest.raises(GuideError) as error:
        read(root)
    assert message in str(error.value) and "guide_data/reviews.yaml:2" in str(error.value)


def test_a_mark_is_shown_on_the_records_page_and_in_the_account_of_the_review(tmp_path: Path) -> None:
    root = write(tmp_path)
    reviewed(root, told("b1", {MOTAS: STOP}), told("u1", {MOTAS: FINE}))
    found = pages(read(root).guide)
    page = found["arbetssatt/motas.md"]
    assert "Parterna är oense." in page and "Läst av 1 beställare och 1 utförare (2026)." in page
    assert "Ifrågasatt av 1 beställare (2026): Steg två tar för lång tid." in page and 'data-read="2026"' in page
    assert "| Arbetssätt | 1 | 1 | 1 | 1 | 1 |" in found["om/granskning.md"]
    assert "Steg två tar för lång tid." in found["om/granskning.md"]


# ---------------------------------------------------------------- the files that go out and come back


def filled_workbook(content: bytes, answers: Told) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book["Svar"].iter_rows(min_row=HEAD + 1):
        for column, name in enumerate(COLUMNS):
            if name in ("fits", "tried", "stops", "say") and row[0].value in answers:
                row[column].value = answers[row[0].value].get(name)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def filled_word(content: bytes, answers: Told) -> bytes:
    document = Document(io.BytesIO(content))
    for control in document.element.body.iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        question, _, record = properties.find(qn("w:tag")).get(qn("w:val")).partition("|")
        if text := answers.get(record, {}).get(question):
            properties.remove(properties.find(qn("w:showingPlcHdr")))
            next(iter(control.iter(qn("w:t")))).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_every_tag_of_the_word_files_is_whole(guide: Guide) -> None:
    """A longer one would be cut, and the answer could not be told from another's."""
    one = deal(guide, 2, CLOSES)
    document = Document(io.BytesIO(word(guide, one, one.sets[0])))
    tags = [tag.get(qn("w:val")) for tag in document.element.body.iter(qn("w:tag"))]
    assert {tag.partition("|")[2] for tag in tags} == set(one.sets[0].records)
    assert len(tags) == 4 * len(one.sets[0].records)


def test_the_files_are_the_same_each_time(guide: Guide) -> None:
    one = deal(guide, 10, CLOSES)
    for made in (word, workbook):
        assert made(guide, one, one.sets[3]) == made(guide, one, one.sets[3])


def test_a_round_with_ten_invented_readers_from_hand_out_to_marks(tmp_path: Path) -> None:
    """On a copy of the guide: three ways to answer, one late file in a folder below, one that is no answer."""
    shutil.copytree(ROOT / "guide_data", tmp_path / "guide_data")
    out, back = tmp_path / "ut", tmp_path / "svar"
    assert review_round(tmp_path, 10, CLOSES.isoformat(), out) == 0
    assert len(list(out.iterdir())) == 20
    one = read(tmp_path).guide.round
    assert one
    back.mkdir()
    (back / "sent").mkdir()
    disputed = one.sets[0].records[0]
    for number, mine in enumerate(one.sets):
        answers = {name: dict(FINE) for name in mine.records}
        if mine.id == "u1":
            answers[disputed] = dict(STOP)
        if mine.id == "b2":
            answers[mine.records[0]] = {"fits": "vet inte", "tried": "nej", "stops": "nej"}
        name = next(file for file in sorted(out.glob(f"*-{mine.id}-*")))
        if number % 3 == 0:
            (back / f"{name.stem}.docx").write_bytes(filled_word(name.with_suffix(".docx").read_bytes(), answers))
        elif number % 3 == 1:
            (back / f"{name.stem}.xlsx").write_bytes(filled_workbook(name.with_suffix(".xlsx").read_bytes(), answers))
        else:
            folder = back / "sent" if number > 5 else back
            (folder / f"{mine.id}.json").write_text(told(mine.id, answers).model_dump_json(), encoding="utf-8")
    (back / "semester.txt").write_text("Jag är på semester.", encoding="utf-8")
    assert review_collect(tmp_path, back, tmp_path / "mote") == 1  # of the one that is no answer
    guide = read(tmp_path).guide
    states = Counter(review.state for review in guide.reviews)
    total = len(one.sets[0].records) + sum(len(mine.records) for mine in one.sets[1:5])
    assert states == {"oenigt": 1, "läst": 1, "enigt": total - 2}
    record = guide.named(disputed)
    assert record and record.title in (tmp_path / "mote" / "mote.md").read_text("utf-8")


HOSTILE: dict[str, tuple[str, bytes]] = {
    "nothing": (".json", b""),
    "another site's": (".json", b'{"answers": [1, 2]}'),
    "no answers": (".json", b'{"partnerskapsguiden": "svar 1"}'),
    "deep": (".json", b"{" + b"[" * 100_000 + b"}"),
    "a path": (".json", told("b1", {MOTAS: FINE}).model_dump_json().replace(MOTAS, "../../etc").encode()),
    "an unknown answer": (".json", told("b1", {MOTAS: FINE}).model_dump_json().replace('"fits":"ja"', '"fits":"kanske"').encode()),
    "twice": (".json", json.dumps(told("b1", {MOTAS: FINE}).model_dump() | {"answers": [{"record": MOTAS}] * 2}).encode()),
    "no workbook": (".xlsx", b"PK\x03\x04 nej"),
    "no document": (".docx", b"<html>"),
    "too large": (".json", b" " * 2_000_001),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_told_and_the_rest_is_counted(tmp_path: Path, name: str) -> None:
    suffix, content = HOSTILE[name]
    (tmp_path / f"fel{suffix}").write_bytes(content)
    (tmp_path / "bra.json").write_text(told("b1", {MOTAS: FINE}).model_dump_json(), encoding="utf-8")
    found, problems = returned.read_folder(tmp_path)
    assert [file for file, _ in found] == ["bra.json"]
    assert len(problems) == 1 and problems[0].startswith(f"fel{suffix}: ")


def test_a_bomb_and_an_entity_do_no_harm(tmp_path: Path) -> None:
    for name, part in (
        ("bomb.docx", b"<w:document>" + b" " * 60_000_000),
        ("enhet.docx", b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>'),
    ):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", part)
    found, problems = returned.read_folder(tmp_path)
    assert found == [] and len(problems) == 2


# ---------------------------------------------------------------- the page


def test_a_reader_answers_on_the_page_and_saves_the_file(tmp_path: Path, browser: Browser) -> None:
    root = write(tmp_path)
    (root / "guide_data" / "round.yaml").write_text(round_file(deal(read(root).guide, 2, CLOSES)), encoding="utf-8")
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs", root / "docs")
    config = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.SafeLoader)
    config["validation"]["links"] = {"not_found": "ignore", "anchors": "ignore"}
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    build(root, root / "site")
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((root / "site" / "granskning" / "index.html").as_uri())
    page.get_by_text("Läsare b1, beställare").click()
    page.get_by_role("link", name="Svara som läsare b1").click()
    page.wait_for_url("**?lasare=b1")
    expect(page.get_by_role("status")).to_contain_text("0 av")
    first = page.locator(".propose-item").first
    first.get_by_label("delvis").check()
    first.get_by_role("group", name=QUESTIONS["stops"]).get_by_label("ja").check()
    first.get_by_label(QUESTIONS["say"]).fill("Skriv vem som ringer.")
    expect(page.get_by_role("status")).to_contain_text("1 av")
    page.reload()
    expect(first.get_by_label("delvis")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Spara svaren som fil").click()
    found = returned.read(Path(saved.value.path()).read_bytes(), ".json")
    assert found.set == "b1" and found.answers[0].say == "Skriv vem som ringer." and found.answers[0].objects
    context.close()
