"""The checker says what is wrong, where, and what to write instead; everything at once, and never a traceback."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts import __main__ as command
from scripts.guide.check import read
from scripts.guide.problems import GuideError
from tests.small_guide import FIELDS, RECORDS, SHEET, write

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "questions/maste-vi-motas"
_LAW_CHANGES = RECORDS["laws"]["buss"]["changes"]
PRACTICE, WORKSHEET, EXAMPLE, SOURCE = (
    "practices/motas",
    f"worksheets/{SHEET}",
    f"examples/{SHEET}",
    "sources/provkalla",
)
REQUIRED = {"mal": "Fler i tid", "tillit": {"tillit-1": 4}, "underskrift": {"client": "A", "operator": "B"}}
Changes = dict[str, dict[str, Any] | None]


def _record(name: str) -> dict[str, Any]:
    folder, id = name.split("/")
    return RECORDS[folder][id]


STEPS = _record(PRACTICE)["steps"]
HELD = _record(PRACTICE)["meetings"]
SMALL = _record(PRACTICE)["small_contract"]


def spoilt(root: Path, changes: Changes) -> Path:
    """The small guide with «folder/id» → changed fields."""
    folders: dict[str, dict[str, dict[str, Any] | None]] = {}
    for name, fields in changes.items():
        folder, id = name.split("/")
        folders.setdefault(folder, {})[id] = fields
    return write(root, **folders)


def problems(root: Path) -> list[str]:
    try:
        read(root)
    except GuideError as error:
        return str(error).splitlines()
    return []


def answers(**values: Any) -> Changes:
    """The example with the required answers and ``values``; None leaves an answer out."""
    return {EXAMPLE: {"values": {id: value for id, value in {**REQUIRED, **values}.items() if value is not None}}}


def test_a_small_guide_without_mistakes_passes(tmp_path: Path) -> None:
    assert problems(write(tmp_path)) == []


def test_the_guide_itself_has_no_mistakes() -> None:
    assert problems(ROOT) == []


CASES: dict[str, tuple[Changes, str]] = {
    "a reference to nothing": (
        {PRACTICE: {"phases": ["uppstart", "uppstartt"]}},
        "practices/motas.yaml:8: phases: Faser: «uppstartt» finns inte i phases/. Tillåtet är uppstart. Menade du «uppstart»?",
    ),
    "a citation of nothing": (
        {PRACTICE: {"why": "Första raden.\n\nAndra raden [[provkala]].\n"}},
        "practices/motas.yaml:29: why: Varför: hänvisningen [[provkala]] finns inte i sources/. Tillåtet är provkalla. Menade du «provkalla»?",
    ),
    "a field that is missing": (
        {PRACTICE: {"why": None}},
        "practices/motas.yaml:1: why: Varför: fältet saknas. Lägg till det.",
    ),
    "a choice that is not offered": (
        {PRACTICE: {"level": "grundd"}},
        "practices/motas.yaml:9: level: Nivå: «grundd» går inte. Tillåtet är grund, fördjupning. Menade du «grund»?",
    ),
    "a text that is too long": (
        {PRACTICE: {"title": "x" * 81}},
        "practices/motas.yaml:3: title: Rubrik: texten är längre än 80 tecken. Korta den.",
    ),
    "text for a number": (
        {PRACTICE: {"order": "tio"}},
        "practices/motas.yaml:4: order: Ordning: «tio» ska vara ett heltal, utan enhet.",
    ),
    "a meeting that is none of the guide's": (
        {QUESTION: {"answer": "Ja, på avtaltsmötet. Vite prövas där."}},
        "questions/maste-vi-motas.yaml:7: answer: «avtaltsmötet» är inget av guidens möten, och inget möte i ett arbetssätt. Menade du «avtalsmöte»?",
    ),
    "an agenda that takes another time than the meeting": (
        {"meetings/avtalsmote": {"minutes": 45}},
        "meetings/avtalsmote.yaml:1: Stående dagordning (agenda): punkterna tar 30 minuter, men mötet 45.",
    ),
    "a law that leaves a ground out": (
        {"laws/buss": {"changes": [_LAW_CHANGES[0], *_LAW_CHANGES[:5]]}},
        "laws/buss.yaml:1: Ändringar (changes) ska ta upp grunderna i ordning: mindre värde, klausul, kompletterande beställning, oförutsebart, byte av leverantör, inte väsentlig.",
    ),
    "a question that asks nothing": (
        {QUESTION: {"title": "Vi ses."}},
        "questions/maste-vi-motas.yaml:3: title: Rubrik: en fråga slutar med frågetecken. Skriv «Vi ses?».",
    ),
    "an answer that is too long": (
        {QUESTION: {"answer": "Ja [[provkalla]] " + "ord " * 80}},
        "questions/maste-vi-motas.yaml:7: answer: Svar: 81 ord är för långt, högst 80 får plats. Flytta resten till det som frågan leder till.",
    ),
    "a question that leads nowhere": (
        {QUESTION: {"practices": []}},
        "questions/maste-vi-motas.yaml:1: frågan leder ingenstans. Lägg minst ett id under practices, worksheets, challenges, indicators, laws, terms eller phases.",
    ),
    "a citation in a title": (
        {PRACTICE: {"title": "Mötas [[provkalla]]"}},
        "practices/motas.yaml:3: title: Rubrik: hänvisningen [[provkalla]] går inte i en rubrik. Sätt den efter en mening.",
    ),
    "too few in a list": (
        {PRACTICE: {"steps": STEPS[:2]}},
        "practices/motas.yaml:30: steps: Så gör ni: listan har 2 rader, minst 3 behövs.",
    ),
    "a wrong value deep in a list": (
        {PRACTICE: {"steps": [STEPS[0], {**STEPS[1], "who": "utforare"}, STEPS[2]]}},
        "practices/motas.yaml:39: who: Vem: «utforare» går inte. Tillåtet är beställare, utförare, båda. Menade du «utförare»?",
    ),
    "a step of a meeting without minutes": (
        {PRACTICE: {"steps": [STEPS[0], {**STEPS[1], "meeting": "Mötet"}, STEPS[2]]}},
        "practices/motas.yaml:38: steps: Så gör ni: ett steg som hör till ett möte (meeting) behöver minuter (minutes).",
    ),
    "a meeting longer than a day": (
        {PRACTICE: {"steps": [{**step, "minutes": 300} for step in STEPS]}},
        "practices/motas.yaml:30: steps: «Mötet» tar 900 minuter. Dela mötet i flera (meeting) eller korta stegen.",
    ),
    "a short name that is long": (
        {PRACTICE: {"steps": [{**STEPS[0], "name": "Ses i ett rum en gång igen"}, *STEPS[1:]]}},
        "practices/motas.yaml:32: steps: Så gör ni: Kort namn (name) har 7 ord. Korta det till högst 6.",
    ),
    "a meeting of the steps that has no times": (
        {PRACTICE: {"steps": [{**STEPS[0], "meeting": "Första mötet"}, {**STEPS[1], "minutes": 10}, STEPS[2]]}},
        "practices/motas.yaml:23: meetings: «Första mötet» saknas. Lägg till mötet, med timmarna före och efter det (client och operator).",
    ),
    "a meeting that no step belongs to": (
        {PRACTICE: {"meetings": [*HELD, {**HELD[0], "name": "Mötett"}]}},
        "practices/motas.yaml:30: name: Möte: «Mötett» finns inte i stegen. Stegens möten är Mötet. Menade du «Mötet»?",
    ),
    "a meeting that stands twice": (
        {PRACTICE: {"meetings": [*HELD, {**HELD[0], "name": "Mötet"}]}},
        "practices/motas.yaml:30: name: Möte: «Mötet» står två gånger. Ta bort det ena.",
    ),
    "a standing meeting of another length": (
        {PRACTICE: {"meetings": [{**HELD[0], "held_as": "avtalsmote", "times": 2}]}},
        "practices/motas.yaml:27: held_as: stegen tar 60 minuter, men mötet «avtalsmote» 30. Rätta det ena.",
    ),
    "a standing meeting that comes back nobody knows how often": (
        {PRACTICE: {"meetings": [{**HELD[0], "held_as": "avtalsmote"}], "steps": [{**STEPS[0], "minutes": 30}, *STEPS[1:]]}},
        "practices/motas.yaml:27: held_as: mötet «avtalsmote» säger inte hur ofta det hålls. Skriv antalet gånger under times.",
    ),
    "a standing meeting that calls others": (
        {PRACTICE: {"meetings": [{**HELD[0], "held_as": "avtalsmote", "per_year": 4}]}},
        "practices/motas.yaml:25: meetings: Möten: ett stående möte (held_as) säger själv vilka som deltar och hur ofta. Ta bort participants och per_year.",
    ),
    "a meeting that comes back and is held some times": (
        {PRACTICE: {"meetings": [{**HELD[0], "times": 3, "per_year": 4}]}},
        "practices/motas.yaml:25: meetings: Möten: mötet återkommer (per_year) eller hålls några gånger (times). Ta bort det ena.",
    ),
    "a calendar that comes back more often than the meeting": (
        {
            PRACTICE: {
                "meetings": [{**HELD[0], "per_year": 4}],
                "calendar": [
                    {"id": "mote", "title": "Möte", "counted_from": "trafikstart", "meeting": "Mötet", "every": 1}
                ],
            }
        },
        "practices/motas.yaml:66: every: Upprepas: varje månad i kalendern, men mötet hålls 4 gånger om året. Rätta det ena.",
    ),
    "a small contract that does it in no time": (
        {PRACTICE: {"small_contract": {**SMALL, "minutes": 0}}},
        "practices/motas.yaml:56: minutes: den som väljer förenkla lägger tid. Skriv minuterna.",
    ),
    "a small contract that leaves it out every year": (
        {PRACTICE: {"small_contract": {**SMALL, "choice": "avstå", "per_year": 4}}},
        "practices/motas.yaml:57: per_year: den som avstår gör det inte varje år. Ta bort raden eller ändra choice.",
    ),
    "work for one party only": (
        {PRACTICE: {"steps": [{**step, "who": "utförare"} for step in STEPS]}},
        "practices/motas.yaml:30: steps: bara den ena parten gör något. Lägg till ett steg där den andra parten eller båda arbetar.",
    ),
    "a party that calls itself": (
        {PRACTICE: {"called": "avtalsansvarig"}},
        "practices/motas.yaml:15: called: Får samtalet: «avtalsansvarig» och «avtalsansvarig» hör till samma part. Välj en roll hos den andra parten.",
    ),
    "a party that is not there": (
        {PRACTICE: {"participants": ["avtalsansvarig", "avtalsansvarig"]}},
        "practices/motas.yaml:16: participants: Deltar: ingen roll från utförare deltar. Lägg till en.",
    ),
    "a source without a name": (
        {PRACTICE: {"basis": "källa"}},
        "practices/motas.yaml:1: basis: Grund: posten säger «källa» men anger ingen källa. Lägg till sources, eller skriv basis: förslag.",
    ),
    "reviewed without a date": (
        {PRACTICE: {"status": "granskad"}},
        "practices/motas.yaml:1: Senast granskad (reviewed) anges när status är granskad eller antagen, och bara då.",
    ),
    "an unused worksheet": (
        {PRACTICE: {"worksheets": []}, "meetings/avtalsmote": {"worksheets": []}},
        "worksheets/provblad.yaml:1: «provblad» är föräldralös: inget arbetssätt använder arbetsbladet. Lägg dess id under worksheets i ett arbetssätt.",
    ),
    "an uncited source": (
        {"sources/ensam": {**_record(SOURCE), "title": "Ensam", "label": "Ensam 1"}},
        "sources/ensam.yaml:1: «ensam» är föräldralös: ingen post hänvisar till källan. Ange den under sources i en post, hänvisa till den i en text, eller ta bort den.",
    ),
    "a phase without practices": (
        {"phases/drift": {**_record("phases/uppstart"), "order": 2}},
        "phases/drift.yaml:1: fasen «drift» har inget arbetssätt. Lägg dess id under phases i ett arbetssätt.",
    ),
    "a term that no text uses": (
        {"terms/spoke": {**_record("terms/vite"), "title": "Spöke", "forms": []}},
        "terms/spoke.yaml:3: title: begreppet används inte i någon text. Lägg till böjningar under forms, eller ta bort begreppet.",
    ),
    "a role that takes no part": (
        {"roles/extra": {**_record("roles/trafikchef"), "order": 3}},
        "roles/extra.yaml:1: «extra» är föräldralös: inget arbetssätt eller arbetsblad nämner rollen. Lägg dess id under participants.",
    ),
    "an indicator that nobody follows": (
        {PRACTICE: {"indicators": None}},
        "indicators/punktlighet.yaml:1: «punktlighet» är föräldralös: inget arbetssätt följer upp indikatorn. Lägg dess id under indicators i ett arbetssätt.",
    ),
    "the same place twice": (
        {"phases/drift": _record("phases/uppstart"), PRACTICE: {"phases": ["uppstart", "drift"]}},
        "phases/uppstart.yaml:4: order: Ordning: 1 används redan av «drift». Välj ett annat tal.",
    ),
    "two sources with one label": (
        {"sources/provkalla2": _record(SOURCE)},
        "sources/provkalla2.yaml:4: label: Kort hänvisning: «Provkällan» används redan av «provkalla». Välj en annan.",
    ),
    "an address that runs script": (
        {SOURCE: {"url": "javascript:alert(1)"}},
        "sources/provkalla.yaml:7: url: Adress: «javascript:alert(1)» går inte. Adressen börjar med https:// och har inga mellanslag, citattecken eller parenteser.",
    ),
    "words for a date": (
        {SOURCE: {"accessed": "i maj"}},
        "sources/provkalla.yaml:8: accessed: Läst: «i maj» är inte ett datum. Skriv ÅÅÅÅ-MM-DD.",
    ),
    "an answer to no question": (
        answers(maal="5"),
        "examples/provblad.yaml:12: maal: arbetsbladet har inget fält «maal». Fälten är mal, bakgrund, start, beslut, tillit, vanor, klart, risker, tal, underskrift. Menade du «mal»?",
    ),
    "a required field left empty": (
        answers(mal=None),
        "examples/provblad.yaml:5: values: det obligatoriska fältet «mal» (Mål) är inte ifyllt. Lägg till det.",
    ),
    "a score above five": (
        answers(tillit={"tillit-1": 6}),
        "examples/provblad.yaml:8: tillit-1: Tillit: «6» är ingen bedömning. Skriv en siffra 1–5.",
    ),
    "a score of another statement": (
        answers(tillit={"tillit-9": 2}),
        "examples/provblad.yaml:8: tillit-9: Tillit: påståendet «tillit-9» finns inte. Påståendena är tillit-1, tillit-2. Menade du «tillit-2»?",
    ),
    "a word where a number belongs": (
        answers(risker=[{"risk": "x", "s": "tre"}]),
        "examples/provblad.yaml:15: s: Risker: «tre» är inte ett tal. Skriv bara siffror, med decimalpunkt.",
    ),
    "a column that is not there": (
        answers(risker=[{"risk": "x", "andelen": 2}]),
        "examples/provblad.yaml:15: andelen: Risker: kolumnen «andelen» finns inte. Kolumnerna är risk, s, k, andel, lage, senast, varde. Menade du «andel»?",
    ),
    "a value in a computed column": (
        answers(risker=[{"varde": 12}]),
        "examples/provblad.yaml:14: varde: Risker: kolumnen räknas ut av sig själv. Ta bort värdet.",
    ),
    "a tick at nothing": (
        answers(klart=["skylta"]),
        "examples/provblad.yaml:13: klart: Det här är klart: punkten «skylta» finns inte. Punkterna är depa, skyltar. Menade du «skyltar»?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_told_with_place_and_remedy(tmp_path: Path, name: str) -> None:
    changes, message = CASES[name]
    assert problems(spoilt(tmp_path, changes)) == [f"guide_data/{message}"]


def test_an_unknown_field_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    (found,) = problems(spoilt(tmp_path, {PRACTICE: {"sumary": "x"}}))
    assert found.startswith("guide_data/practices/motas.yaml:59: sumary: okänt fält. Fälten är title, basis, ")
    assert found.endswith(" Menade du «summary»?")


def test_a_citation_of_nothing_is_told_with_its_line_inside_the_block(tmp_path: Path) -> None:
    file = write(tmp_path) / "guide_data" / f"{PRACTICE}.yaml"
    why = 'why: "Annars krävs vite innan någon har talats vid."'
    text = file.read_text("utf-8")
    assert why in text
    file.write_text(
        text.replace(why, "why: |\n  Vite på första raden.\n\n  Sedan [[provkala]] på tredje."), encoding="utf-8"
    )
    line = file.read_text("utf-8").splitlines().index("  Sedan [[provkala]] på tredje.") + 1
    assert [found.split(" ")[0] for found in problems(tmp_path)] == [f"guide_data/{PRACTICE}.yaml:{line}:"]


def test_a_statement_id_is_never_used_twice(tmp_path: Path) -> None:
    principle = {**_record("principles/tillit"), "order": 2}
    found = problems(spoilt(tmp_path, {"principles/annan": principle}))
    assert (
        found[0]
        == "guide_data/principles/annan.yaml:14: id: påståendet «tillit-1» finns redan i principen «tillit». Ge det ett nytt id."
    )
    assert len(found) == 4


def test_a_field_id_is_used_once_in_a_worksheet(tmp_path: Path) -> None:
    found = problems(spoilt(tmp_path, {WORKSHEET: {"sections": [{"title": "A", "fields": [*FIELDS, FIELDS[0]]}]}}))
    assert found == [
        f"guide_data/worksheets/provblad.yaml:{line}: id: fältets id «mal» används mer än en gång i arbetsbladet. Ge ett av fälten ett nytt id."
        for line in (22, 169)
    ]


def test_an_unknown_field_type_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    sections = [{"title": "A", "fields": [{"id": "x", "type": "tabel", "label": "L"}]}]
    assert problems(spoilt(tmp_path, {WORKSHEET: {"sections": sections}, EXAMPLE: None})) == [
        "guide_data/worksheets/provblad.yaml:22: fields: Fält: fälttypen «tabel» finns inte. "
        "Tillåtet är text, long_text, date, choice, scale, checklist, table, agreement. Menade du «table»?"
    ]


def test_the_address_ends_with_a_slash(tmp_path: Path) -> None:
    (found,) = problems(write(tmp_path, {"address": "https://guide.example"}))
    assert found.startswith(
        "guide_data/guide.yaml:10: address: Webbadress: «https://guide.example» går inte. Adressen börjar med https://, slutar med snedstreck "
    )


TERM = "terms/vite.yaml"
BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "a colon in a text": (
        lambda data: _edit(data, "title: Vite: plats"),
        f'{TERM}:3: filen går inte att läsa: ett kolon följt av mellanslag mitt i en text förvirrar. Sätt texten inom citattecken ("…") eller skriv den på nya rader efter tecknet |.',
    ),
    "a tab": (
        lambda data: _edit(data, "title:\tVite"),
        f"{TERM}:3: raden innehåller ett tabbtecken. Använd mellanslag för att göra indrag.",
    ),
    "a field twice": (
        lambda data: _edit(data, "title: Vite\ntitle: Vite"),
        f"{TERM}:4: fältet «title» står två gånger (först på rad 3). Behåll ett av dem.",
    ),
    "a tag": (
        lambda data: _edit(data, "title: !!python/object/apply:os.system [ls]"),
        f"{TERM}:3: YAML-taggar som «tag:yaml.org,2002:python/object/apply:os.system» är inte tillåtna. Ta bort taggen.",
    ),
    "an id in the file": (
        lambda data: _edit(data, "id: vite\ntitle: Vite"),
        f"{TERM}:3: id: fältet ska inte finnas; postens id är filens namn, «vite». Ta bort raden.",
    ),
    "a quotation mark left open": (
        lambda data: (data / TERM).write_text('status: utkast\ntitle: "Vite\ndefinition: Ett belopp.\n'),
        f"{TERM}:2: filen går inte att läsa: ett citattecken är öppnat men inte stängt.",
    ),
    "a control character": (
        lambda data: _edit(data, "title: Vi\x07te"),
        f"{TERM}:3: ett osynligt styrtecken (U+0007) står efter «Vi». Sudda där och skriv om orden intill.",
    ),
    "another encoding": (
        lambda data: (data / TERM).write_bytes("title: Böter".encode("latin-1")),
        f"{TERM}:1: filen är inte sparad som UTF-8. Spara om den med teckenkodningen UTF-8.",
    ),
    "a huge file": (
        lambda data: (data / TERM).write_text("title: " + "x" * 100_001),
        f"{TERM}:1: filen är större än 100 kB. Dela posten eller korta texten.",
    ),
    "an alias bomb": (
        lambda data: (data / TERM).write_text("a: &a [x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c]\n"),
        f"{TERM}:4: filen har fler än 10 alias (*namn). Skriv ut värdena i stället.",
    ),
    "another extension": (
        lambda data: (data / TERM).rename(data / "terms/vite.yml"),
        "terms/vite.yml:1: filändelsen «.yml» går inte. Döp om filen så att den slutar på .yaml.",
    ),
    "a file beside the folders": (
        lambda data: (data / "extra.yaml").write_text("a: b"),
        "extra.yaml:1: filen hör inte hit. Poster ligger i en undermapp, en fil per post.",
    ),
    "a folder of no kind": (
        lambda data: (data / "practises").mkdir(),
        "practises:1: mappen «practises» hör inte hit. Mapparna är phases, principles, success_factors, focus_areas, workshops, challenges, practices, indicators, worksheets, examples, meetings, questions, contract_forms, laws, experiences, roles, terms, sources. Menade du «practices»?",
    ),
    "a name that is no address": (
        lambda data: (data / TERM).rename(data / "terms/Böter.yaml"),
        "terms/Böter.yaml:1: filnamnet «Böter» går inte. Använd bara a–z, 0–9 och bindestreck, till exempel boter.yaml.",
    ),
    "an empty file": (
        lambda data: (data / TERM).write_text(""),
        f"{TERM}:1: filen ska bestå av fält, ett per rad, till exempel «title: Gemensam målbild».",
    ),
    "two records in a file": (
        lambda data: (data / TERM).write_text("title: a\n---\ntitle: b\n"),
        f"{TERM}:2: filen innehåller «---» och därmed två dokument. En fil är en post: ta bort raden.",
    ),
    "a link out of the folder": (
        lambda data: (data / "terms/x.yaml").symlink_to("/etc/hostname"),
        "terms/x.yaml:1: länkar är inte tillåtna i guide_data/. Lägg filen här i stället.",
    ),
    "no settings": (
        lambda data: (data / "guide.yaml").unlink(),
        "guide.yaml:1: filen saknas. Den håller guidens titel, version och adress.",
    ),
}  # fmt: skip


def _edit(data: Path, replacement: str) -> None:
    file = data / TERM
    text = file.read_text("utf-8")
    assert 'title: "Vite"' in text
    file.write_text(text.replace('title: "Vite"', replacement, 1), encoding="utf-8")


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_not_a_record_is_told_with_place_and_remedy(tmp_path: Path, name: str) -> None:
    spoil, message = BROKEN[name]
    write(tmp_path)
    spoil(tmp_path / "guide_data")
    assert f"guide_data/{message}" in problems(tmp_path)


def test_all_mistakes_are_told_at_once_sorted_by_file(tmp_path: Path) -> None:
    found = problems(spoilt(tmp_path, {SOURCE: {"accessed": "i maj"}, PRACTICE: {"level": "grundd", "order": "tio"}}))
    assert [line.split(": ")[0] for line in found] == [
        "guide_data/practices/motas.yaml:4",
        "guide_data/practices/motas.yaml:9",
        "guide_data/sources/provkalla.yaml:8",
    ]


def test_the_command_ends_with_one_and_no_traceback(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    spoilt(tmp_path, {PRACTICE: {"level": "grundd"}})
    done = subprocess.run([sys.executable, "-m", "scripts", "check"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "1 fel. Inget är byggt."
    assert "Traceback" not in done.stderr + done.stdout


def test_a_value_reads_as_it_is_written(tmp_path: Path) -> None:
    spoilt(tmp_path, {PRACTICE: {"when": "no", "time_note": "12:30"}})
    guide = read(tmp_path).guide
    record = guide.records["practices"]["motas"]
    assert (record.when, record.time_note) == ("no", "12:30")  # type: ignore[attr-defined]
    assert guide.settings.date == datetime.date(2026, 5, 20)


# ---------------------------------------------------------------- the likeliest mistake is told first


def test_missing_fields_are_told_last_on_one_line_in_the_models_order(tmp_path: Path) -> None:
    gone = dict.fromkeys(("why", "steps", "summary", "focus_area", "called"))
    assert problems(spoilt(tmp_path, {PRACTICE: {**gone, "phases": ["uppstar"], "sumary": "x"}})) == [
        "guide_data/practices/motas.yaml:6: phases: Faser: «uppstar» finns inte i phases/. Tillåtet är uppstart. Menade du «uppstart»?",
        "guide_data/practices/motas.yaml:38: sumary: okänt fält. Fälten är title, basis, status, reviewed, sources, order, summary, phases, "
        "focus_area, level, principles, success_factors, caller, called, participants, worksheets, indicators, meetings, time_note, when, calendar, why, "
        "steps, afterwards, done_when, works_when, pitfalls, if_refused, small_contract, large_contract, procurement_note. Menade du «summary»?",
        "guide_data/practices/motas.yaml:1: 5 fält saknas: summary, focus_area, called, why, steps. Lägg till dem.",
    ]


def test_missing_fields_of_a_part_are_told_where_the_part_is(tmp_path: Path) -> None:
    assert problems(spoilt(tmp_path, {PRACTICE: {"steps": [STEPS[0], {"who": "båda"}, STEPS[2]]}})) == [
        "guide_data/practices/motas.yaml:38: steps: 3 fält saknas: name, do, result. Lägg till dem."
    ]


@pytest.mark.parametrize("name", ["phases/uppstart", "principles/tillit", "roles/trafikchef", WORKSHEET])
def test_a_record_that_cannot_be_read_makes_no_other_record_wrong(tmp_path: Path, name: str) -> None:
    (found,) = problems(spoilt(tmp_path, {name: {"mer": "x"}}))
    assert f"guide_data/{name}.yaml" in found
    assert "mer: okänt fält" in found


@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_text("title: 7\n")], ids=["gone", "wrong"])
def test_without_settings_the_other_mistakes_are_told_all_the_same(
    tmp_path: Path, spoil: Callable[[Path], Any]
) -> None:
    write(tmp_path, practices={"motas": {"phases": ["uppstar"], "title": 7}})
    spoil(tmp_path / "guide_data/guide.yaml")
    told = " ".join(problems(tmp_path))
    assert "guide.yaml" in told
    assert "«uppstar»" in told
    assert "motas.yaml:3: title: Rubrik: «7» läses inte som text." in told


@pytest.mark.parametrize("folder", ["phases", "principles", "focus_areas", "roles"])
def test_two_records_of_a_kind_never_have_the_same_place(tmp_path: Path, folder: str) -> None:
    (id,) = list(RECORDS[folder])[:1]
    write(tmp_path, **{folder: {"kopia": RECORDS[folder][id]}})
    assert any("order: Ordning: 1 används redan av «" in found for found in problems(tmp_path))


@pytest.mark.parametrize(("address", "may"), [("https://provguiden.example/", 1), ("https://guide.siq.se/", 0)])
def test_an_address_that_no_one_owns_is_not_published_to(
    tmp_path: Path, address: str, may: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        command, "ROOT", write(tmp_path, {"address": address, "repository": "https://github.com/siq/guide"})
    )
    assert command.main(["publishable"]) == may
    said = (
        "guide_data/guide.yaml: address: adressen är en reserverad exempeladress. Ange den riktiga före publicering.\n"
    )
    assert capsys.readouterr().err == said * may
