"""Meeting kits: what a practice's meetings need, put together from the records, for print and to send."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Phase, Practice
from scripts.guide.plain import plain_guide
from scripts.meetings.kit import kits, meetings
from tests import readers
from tests.small_guide import FIELDS, RECORDS, SHEET, stepped, write
from tests.test_worksheets import HOSTILE, pdf_text, tags

ROOT = Path(__file__).resolve().parent.parent
STEPS = [
    {"who": "utförare", "do": "Ta ut talen.", "result": "Tre tal"},
    {
        "name": "Läs talen tyst",
        "who": "båda",
        "do": "Läs talen.",
        "result": "En bild",
        "minutes": 25,
        "meeting": "Läsmötet",
    },
    {
        "name": "Välj",
        "who": "beställare",
        "do": "Välj en linje.",
        "result": "En linje",
        "minutes": 50,
        "meeting": "Läsmötet",
    },
    {"who": "beställare", "do": "Fråga resenärerna.", "result": "Tio svar"},
    {"who": "båda", "do": "Besluta.", "result": "Ett beslut", "minutes": 120, "meeting": "Beslutsmötet"},
    {"who": "utförare", "do": "Berätta för förarna.", "result": "Ett besked"},
]


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return read(write(tmp_path_factory.mktemp("guide"), practices={"motas": stepped(STEPS)})).guide


@pytest.fixture(scope="module")
def files(guide: Guide) -> dict[str, bytes]:
    return readers.files(guide)


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def call(files: dict[str, bytes], number: int) -> str:
    packed = unzipped(files["ladda-ner/mote-motas.zip"])
    return packed[f"1-kallelser/{number:02}-motas-mote-{number}.txt"].decode("utf-8-sig")


def test_the_agendas_times_follow_of_the_steps_minutes(guide: Guide) -> None:
    first, second = meetings(guide.get(Practice, "motas"))
    assert [(point.clock, point.minutes) for point in first.points] == [("0.00–0.25", 25), ("0.25–1.15", 50)]
    assert (first.minutes, first.length) == (75, "1 timme 15 minuter")
    assert second.length == "2 timmar. Lägg till tio minuters paus ungefär halvvägs"


def test_work_outside_a_meeting_stands_before_the_meeting_it_leads_to_or_after_the_last(guide: Guide) -> None:
    first, second = meetings(guide.get(Practice, "motas"))
    assert [step.do for step in first.before] == ["Ta ut talen."]
    assert [step.do for step in second.before] == ["Fråga resenärerna."]
    assert (first.after, [step.do for step in second.after]) == ((), ["Berätta för förarna."])


def test_a_call_is_ready_to_paste_in_an_email(files: dict[str, bytes]) -> None:
    said = call(files, 1)
    assert said.startswith("Ämne: Mötas: Läsmötet\r\n")
    for text in (
        "0.00–0.25  Läs talen tyst (25 minuter)",
        "0.25–1.15  Välj (Beställaren, 50 minuter)",
        "Summa: 1 timme 15 minuter",
        "- Utföraren: Ta ut talen.",
        "Från beställaren: Avtalsansvarig",
        "Provblad: https://provguiden.example/arbetsblad/provblad/",
        "https://provguiden.example/arbetssatt/motas/",
    ):
        assert text in said
    assert "Fråga resenärerna" not in said, "that is for the next meeting"


def test_the_call_is_also_a_word_file_with_places_to_fill_in(files: dict[str, bytes]) -> None:
    data = unzipped(files["ladda-ner/mote-motas.zip"])["1-kallelser/01-motas-mote-1.docx"]
    document = Document(io.BytesIO(data))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows][2] == [
        "0.25–1.15",
        "Välj",
        "Beställaren",
        "50",
    ]
    assert {tag.get(tag.keys()[0]) for tag in document.element.body.iter() if tag.tag.endswith("}tag")} == {
        "dag",
        "plats",
        "kallar",
    }
    assert "Id: motas" in "".join(p.text for p in document.sections[0].footer.paragraphs)


def test_the_pdf_has_everything_on_one_size_of_paper(files: dict[str, bytes]) -> None:
    data = files["ladda-ner/mote-motas.pdf"]
    said = pdf_text(data)
    for text in (
        "Innehåll",
        "Kallelse: Mötas: Läsmötet",
        "Ett möte på 1 timme 15 minuter",
        "Led mötet: Mötas: Beslutsmötet",
        "Ska ge: En linje",
    ):
        assert text in said
    for text in (
        "Mötet ställs in. Boka ett nytt.",
        "Bladet är undertecknat.",
        "Vi får de uppgifter vi ber om.",
        "Utföraren: Berätta",
    ):
        assert text in said
    with pikepdf.open(io.BytesIO(data)) as pdf:
        sizes = [tuple(round(float(side)) for side in page.MediaBox[2:]) for page in pdf.pages]
    assert set(sizes) == {(595, 842)}
    assert tags(data).count("/H1") == 6, "cover, two meetings with notes, worksheet"
    assert said.count("Id: motas") == 4
    assert "Id: provblad" in said
    assert "Id: mote-motas" in said


def test_the_contents_say_on_which_page_each_part_is(files: dict[str, bytes]) -> None:
    said = pdf_text(files["ladda-ner/mote-motas.pdf"])
    contents = said[said.index("Innehåll") : said.index("Skriv ut")]
    found = re.findall(r"Mötas: (?:Läsmötet|Beslutsmötet)[ .]*(\d+)", contents)
    assert found == ["2", "3", "4", "5"], "a call and its notes for each meeting"


def test_the_zip_has_the_print_file_the_calls_and_the_worksheets(files: dict[str, bytes]) -> None:
    names = set(unzipped(files["ladda-ner/mote-motas.zip"]))
    assert {"LÄS-MIG.txt", "mote-motas.pdf", "2-arbetsblad/provblad.docx", "2-arbetsblad/provblad.xlsx"} <= names
    assert "2-arbetsblad/provblad-vaggblad.pdf" in names, "the sheet for the wall, which is on another size of paper"
    assert {f"1-kallelser/0{n}-motas-mote-{n}.{ending}" for n in (1, 2) for ending in ("docx", "txt")} <= names


def test_the_zip_has_a_filled_in_example_of_each_sheet_and_the_texts_to_send(tmp_path: Path) -> None:
    message = {"id": "inbjudan", "title": "Inbjudan", "when": "En vecka före", "text": "Hej!\n\nVälkommen."}
    guide = read(write(tmp_path, worksheets={SHEET: {"messages": [message]}})).guide
    kit = unzipped(readers.file(guide, "mote-motas.zip"))
    assert kit[f"3-ifyllda-exempel/{SHEET}-exempel.pdf"] == readers.file(guide, f"{SHEET}-exempel.pdf")
    text = kit["4-texter/01-inbjudan.txt"].decode("utf-8-sig")
    assert text.splitlines() == ["Inbjudan", "En vecka före", "", "Hej!", "", "Välkommen."]
    assert "4-texter" in kit["LÄS-MIG.txt"].decode("utf-8-sig")


def test_a_phase_has_a_kit_of_its_practices_meetings_with_each_sheet_once(tmp_path: Path) -> None:
    second = {**RECORDS["practices"]["motas"], "title": "Mötas igen", "order": 2}
    guide = read(write(tmp_path, practices={"motas-igen": second})).guide
    kit = next(kit for kit in kits(plain_guide(guide)) if kit.id == "moten-uppstart")
    assert [meeting.title for meeting in kit.meetings] == ["Mötas", "Mötas igen"]
    assert [form.sheet.id for form in kit.sheets] == [SHEET]


def test_a_practice_without_meetings_has_no_kit(tmp_path: Path) -> None:
    steps = [{"who": "båda", "do": f"Gör {n}.", "result": "Något"} for n in range(3)]
    guide = read(write(tmp_path, practices={"motas": stepped(steps)})).guide
    assert kits(plain_guide(guide)) == ()
    assert not [path for path in readers.files(guide) if "mote" in path]


def test_hostile_texts_are_texts_in_every_part(tmp_path: Path) -> None:
    steps = [
        {
            "name": " ".join(text.split()[:6])[:40].rstrip(),
            "who": "båda",
            "do": text,
            "result": "<b>fet</b> {{ 1 }}",
            "minutes": 10,
        }
        for text in HOSTILE
    ]
    practice = {**stepped(steps), "title": "#eval(1) <i>", "pitfalls": [HOSTILE[2]]}
    made = readers.files(read(write(tmp_path, practices={"motas": practice})).guide)
    said = re.sub(r"\s+", "", pdf_text(made["ladda-ner/mote-motas.pdf"]))
    packed = unzipped(made["ladda-ner/mote-motas.zip"])
    text = packed["1-kallelser/01-motas.txt"].decode("utf-8-sig")
    word = "\n".join(
        cell.text
        for row in Document(io.BytesIO(packed["1-kallelser/01-motas.docx"])).tables[0].rows
        for cell in row.cells
    )
    for hostile in HOSTILE:
        assert re.sub(r"\s+", "", hostile) in said
        name = " ".join(hostile.split()[:6])[:40].rstrip()
        assert name in text
        assert name in word


def test_every_practice_with_a_meeting_has_a_kit_with_its_worksheets_and_the_log() -> None:
    guide = read(ROOT).guide
    found: dict[str, Any] = {kit.id: kit for kit in kits(plain_guide(guide))}
    assert {id for id in found if id.startswith("mote-")} == {f"mote-{p.id}" for p in guide.all(Practice) if p.meetings}
    assert {id for id in found if id.startswith("moten-")} == {f"moten-{phase.id}" for phase in guide.all(Phase)}
    for practice in guide.all(Practice):
        kit = found[f"mote-{practice.id}"]
        assert {form.sheet.id for form in kit.sheets} == {*practice.worksheets, "beslutslogg"}
        assert sum(meeting.minutes for meeting in kit.meetings) == practice.minutes


# ---------------------------------------------------------------- what a kit must not lose or repeat


def logged(root: Path) -> Guide:
    """The small guide with a decision log that one of its practices uses too."""
    log = {**RECORDS["worksheets"][SHEET], "title": "Logg", "sections": [{"title": "Beslut", "fields": FIELDS[:1]}]}
    practice = {"worksheets": [SHEET, "logg"]}
    return read(write(root, {"decision_log": "logg"}, worksheets={"logg": log}, practices={"motas": practice})).guide


def test_the_decision_log_is_last_in_every_kit_and_there_once(tmp_path: Path) -> None:
    guide = logged(tmp_path)
    for kit in kits(plain_guide(guide)):
        assert [form.sheet.id for form in kit.sheets] == [SHEET, "logg"]
    names = unzipped(readers.file(guide, "mote-motas.zip"))
    assert [name for name in names if name.endswith("logg.docx")] == ["2-arbetsblad/logg.docx"]
    assert pdf_text(readers.file(guide, "mote-motas.pdf")).count("Id: logg") >= 1


def test_what_the_sheet_asks_to_prepare_is_asked_before_the_first_meeting_only(tmp_path: Path) -> None:
    steps = [
        {"who": "båda", "do": f"Gör {name}.", "result": "Något", "minutes": 20, "meeting": name}
        for name in ("A", "B", "C")
    ]
    files = readers.files(read(write(tmp_path, practices={"motas": stepped(steps)})).guide)
    assert ["Läs avtalet" in call(files, number) for number in (1, 2, 3)] == [True, False, False]


def test_the_one_who_leads_the_meeting_has_all_that_helps(guide: Guide, files: dict[str, bytes]) -> None:
    practice = guide.get(Practice, "motas")
    said = pdf_text(files["ladda-ner/mote-motas.pdf"])
    wanted = (*practice.pitfalls, practice.done_when, practice.if_refused, practice.small_contract.how)
    assert [text for text in wanted if re.sub(r"\s+", "", text) not in re.sub(r"\s+", "", said)] == []
