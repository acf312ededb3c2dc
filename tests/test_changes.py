"""What has changed since a commit, told in Swedish: which records, which words, where it shows and what it means."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.changes.since import changes_from, changes_since
from scripts.changes.told import Changes, plain, summary
from scripts.changes.words import page, spoken
from scripts.guide.check import read
from scripts.guide.problems import Problem, annotation
from tests.small_guide import FIELDS, RECORDS, SHEET, write


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Path]:
    yield write(tmp_path / "before")


def _changes(before: Path, after: Path) -> Changes:
    return changes_from(before, after, read(after).guide)


def test_nothing_has_changed(before: Path, tmp_path: Path) -> None:
    changes = _changes(before, write(tmp_path / "after"))
    assert changes.edited == () and changes.lost == () and changes.shown and not changes.shown.pages
    assert plain(changes, "main").startswith("Inga poster är ändrade sedan main.")


def test_a_text_that_is_reworded_is_shown_word_by_word_and_where_it_is_read(before: Path, tmp_path: Path) -> None:
    after = write(tmp_path / "after", practices={"motas": {"summary": "Ni möts och bestämmer i tid."}})
    changes = _changes(before, after)
    told = plain(changes, "main")
    assert "1 post: 1 ändrad sedan main." in told
    assert "Ingress: omformulerat" in told and "{+bestämmer i tid.+}" in told
    assert changes.shown
    assert "arbetssatt/motas/" in changes.shown.pages and "om/" not in changes.shown.pages
    assert "ladda-ner/guiden.pdf" in changes.shown.files and f"ladda-ner/{SHEET}.docx" not in changes.shown.files


def test_lines_that_break_elsewhere_are_no_change(before: Path, tmp_path: Path) -> None:
    after = write(tmp_path / "after")
    file = after / "guide_data" / "practices" / "motas.yaml"
    text = file.read_text("utf-8")
    assert 'why: "Annars krävs vite innan någon har talats vid.' in text
    file.write_text(text.replace("Annars krävs", "Annars\\n  krävs"), encoding="utf-8")
    assert _changes(before, after).edited == ()


def test_a_step_that_is_put_in_does_not_make_the_others_look_changed(before: Path, tmp_path: Path) -> None:
    steps = RECORDS["practices"]["motas"]["steps"]
    new = {"name": "Äta", "who": "båda", "do": "Ät lunch.", "result": "Mätta"}
    changes = _changes(before, write(tmp_path / "after", practices={"motas": {"steps": [steps[0], new, *steps[1:]]}}))
    ((one,),) = (edited.differences for edited in changes.edited)
    assert (one.kind, one.path, one.after) == ("ny", ("steps", 1), "Äta · båda · Ät lunch. · Mätta")


def test_what_a_new_wording_means_for_old_answers_is_said(before: Path, tmp_path: Path) -> None:
    fields = [{**FIELDS[0], "label": "Målet"}, *FIELDS[1:4], {"id": "nytt", "type": "text", "label": "Nytt"}]
    sheet = RECORDS["worksheets"][SHEET]
    sections = [{**sheet["sections"][0], "fields": fields}, *sheet["sections"][1:]]
    told = plain(_changes(before, write(tmp_path / "after", worksheets={SHEET: {"sections": sections}})), "0.1")
    assert "omformulerat, gamla svar följer med" in told and "nytt att svara på" in told


def test_a_permanent_id_that_is_gone_is_an_error_until_it_is_said_where_to(before: Path, tmp_path: Path) -> None:
    after = write(tmp_path / "after", terms={"vite": None, "vitesbelopp": RECORDS["terms"]["vite"]})
    assert _changes(before, after).lost == ("terms/vite",)
    assert "ett bestående id är borta" in plain(_changes(before, after), "0.1")
    moved = '{old: terms/vite, new: terms/vitesbelopp, title: Vite, since: "0.2", why: Ett tydligare ord.}'
    (after / "guide_data" / "moved.yaml").write_text(f"moved:\n  - {moved}\n", encoding="utf-8")
    assert _changes(before, after).lost == ()


def test_an_id_inside_a_record_is_permanent_too(before: Path, tmp_path: Path) -> None:
    statements = RECORDS["principles"]["tillit"]["statements"]
    renamed = [{**statements[0], "id": "tillit-99"}, *statements[1:]]
    examples = RECORDS["examples"][SHEET]["values"]
    values = {**examples, "tillit": {"tillit-99": 4}}
    after = write(
        tmp_path / "after", principles={"tillit": {"statements": renamed}}, examples={SHEET: {"values": values}}
    )
    assert "principles/tillit#tillit-1" in _changes(before, after).lost


def test_the_summary_of_a_proposal_is_markdown_in_which_no_text_is_markup(before: Path, tmp_path: Path) -> None:
    after = write(tmp_path / "after", practices={"motas": {"summary": "<img src=x> @alla [x](y)"}})
    told = summary(_changes(before, after), "main")
    assert "<ins>" in told and "### Där syns det" in told
    assert not any(sign in told for sign in ("<img", "@alla", "[x](y)"))


def test_since_a_commit(tmp_path: Path) -> None:
    root = write(tmp_path)
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Först")):
        subprocess.run(["git", "-c", "user.name=P", "-c", "user.email=p@p.example", *arguments], cwd=root, check=True)
    write(root, roles={"trafikchef": {"summary": "En ny ingress."}})
    changes = changes_since(root, "HEAD")
    assert changes and [edited.record for edited in changes.edited] == ["roles/trafikchef"]
    assert changes_since(root, "finns-inte") is None
    assert changes_since(root, "--output=kapad") is None and not (root / "kapad").exists()


def test_words_are_marked_for_people_and_for_pages() -> None:
    assert spoken("Välj högst tre.", "Välj minst tre.") == "Välj [-högst-] {+minst+} tre."
    assert page("a <b>", "a <i>") == "a <del>&lt;b&gt;</del><ins>&lt;i&gt;</ins>"


def test_a_problem_is_shown_on_its_line_and_can_be_no_other_command() -> None:
    found = annotation(Problem("guide_data/a,b.yaml", 3, "fel\n::set-output name=x::1 100%"))
    assert found == "::error file=guide_data/a%2Cb.yaml,line=3::fel%0A::set-output name=x::1 100%25"
