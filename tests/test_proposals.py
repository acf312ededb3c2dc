"""From a proposal to a changed file: what is written, what is left alone, and what whoever sent it is told."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scripts.changes.words import harmless
from scripts.guide.check import read
from scripts.guide.guide import Guide, texts
from scripts.guide.problems import GuideError
from scripts.guide.wording import normal
from scripts.proposals import edit
from scripts.proposals.answer import comment, told
from scripts.proposals.apply import apply
from scripts.proposals.command import Asked, propose
from scripts.proposals.places import fingerprint, places
from scripts.proposals.proposal import ProposalError, read_proposal
from tests.readers import pages
from tests.small_guide import write

ROOT = Path(__file__).resolve().parent.parent
PRACTICE = "practices/motas"
HARD = 'Vem gör vad: avtalet säger «ja» – nr #3, "kanske" \\ och {inte} annat, * eller - så'
LONG = f"{'Ett stycke om vite måste brytas på flera rader när det skrivs. ' * 4}\n\nOch ett till: kort."


def code(*changes: dict[str, Any], **more: Any) -> bytes:
    told = {"partnerskapsguiden": "förslag 1", "edition": "0.1", "part": "utförare", "changes": list(changes)} | more
    return json.dumps(told, ensure_ascii=False).encode()


def change(root: Path, record: str, field: str, new: str | None = None, **more: Any) -> dict[str, Any]:
    """A change to what stands at ``field`` now; without ``new`` it is taken away."""
    folder, id = record.split("/")
    there = {place.path: place.text for place in places(read(root).guide.records[folder][id])}
    old = {"old": fingerprint(text)} if (text := there[field]) is not None else {}
    return {"record": record, "field": field, **old, **({"new": new} if new else {"remove": True}), **more}


def sent(root: Path, *changes: dict[str, Any], name: str = "forslag.json", **more: Any) -> tuple[int, str]:
    """``make propose FROM=file``: its result and its answer for GitHub."""
    file, answer = root / name, root / "svar.md"
    file.write_bytes(code(*changes, **more))
    result = propose(root, file, Asked(answer=answer))
    return result, answer.read_text("utf-8")


def value(root: Path, record: str, field: str) -> Any:
    folder, id = record.split("/")
    return getattr(read(root).guide.records[folder][id], field)


# ---------------------------------------------------------------- the files


def test_any_text_of_any_record_can_be_exchanged_and_nothing_else_moves(guide: Guide) -> None:
    """Every 23rd text of the guide's, with a text full of YAML's own signs; the lines elsewhere are the same."""
    count = 0
    for folder, records in guide.records.items():
        for id in records:
            text = (ROOT / "guide_data" / folder / f"{id}.yaml").read_text("utf-8")
            for _, path in [*texts(edit.data_of(text))][::23]:
                made = edit.replaced(text, path, HARD)
                start, end = _differing(text, made)
                assert text[:start] == made[:start] and text[end:] == made[len(made) - (len(text) - end) :]
                found: Any = edit.data_of(made)
                for part in path:
                    found = found[part]
                assert normal(found) == normal(HARD), (folder, id, path)
                count += 1
    assert count > 300


def _differing(one: str, other: str) -> tuple[int, int]:
    """The span of ``one`` that is not in ``other``."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    same = 0
    while same < min(len(one), len(other)) - start and one[-1 - same] == other[-1 - same]:
        same += 1
    return start, len(one) - same


COMMENTED = """\
# Överst.
title: Rubrik # efter
why: |
  Första stycket
  på två rader.

  Andra stycket.
# Före listan.
pitfalls:
  - Ett # ett
  # Mitt i.
  - två
  - "tre: slut"
forms: [vite, viten]
folded: >-
  En rad
  till.
# Sist.
"""


@pytest.mark.parametrize(
    ("made", "changed"),
    [
        (lambda: edit.replaced(COMMENTED, ("why",), "Första stycket på två rader.\n\nNytt."), {"  Andra stycket.": "  Nytt."}),
        (lambda: edit.replaced(COMMENTED, ("title",), "Ny: rubrik"), {"title: Rubrik # efter": 'title: "Ny: rubrik" # efter'}),
        (lambda: edit.replaced(COMMENTED, ("pitfalls", 2), "fyra"), {'  - "tre: slut"': '  - "fyra"'}),
        (lambda: edit.removed(COMMENTED, ("pitfalls", 1)), {"  - två\n": ""}),
        (lambda: edit.removed(COMMENTED, ("pitfalls", 2)), {'  - "tre: slut"\n': ""}),
        (lambda: edit.removed(COMMENTED, ("forms", 0)), {"[vite, viten]": "[viten]"}),
        (lambda: edit.added(COMMENTED, ("forms",), "vitet"), {"[vite, viten]": "[vite, viten, vitet]"}),
        (lambda: edit.added(COMMENTED, ("pitfalls",), "fyra"), {'"tre: slut"\n': '"tre: slut"\n  - fyra\n'}),
        (lambda: edit.added(COMMENTED, ("synonyms",), "ny"), {"# Sist.\n": "# Sist.\nsynonyms:\n  - ny\n"}),
        (lambda: edit.replaced(COMMENTED, ("folded",), "Kort."), {"  En rad\n  till.": "  Kort."}),
    ],
)  # fmt: skip
def test_comments_and_all_other_lines_stay(made: Any, changed: dict[str, str]) -> None:
    expected = COMMENTED
    for old, new in changed.items():
        assert old in expected
        expected = expected.replace(old, new)
    assert made() == expected


def test_an_edit_that_would_change_two_values_is_refused() -> None:
    with pytest.raises(edit.EditError, match="något annat i filen ändras"):
        edit.replaced("a: &x samma\nb: *x\n", ("a",), "ny")


def test_the_last_item_of_a_list_stays() -> None:
    with pytest.raises(edit.EditError, match="den enda i listan"):
        edit.removed("a:\n  - ensam\n", ("a", 0))


# ---------------------------------------------------------------- what a proposal does


def test_a_basket_of_changes_is_written_and_listed(tmp_path: Path) -> None:
    root = write(tmp_path)
    before = value(root, PRACTICE, "steps")
    result, answer = sent(
        root,
        change(root, PRACTICE, "steps.0.do", "Ring före åtta.", reason="Då svarar de."),
        change(root, PRACTICE, "pitfalls", "En till fallgrop."),
        change(root, PRACTICE, "why", LONG),
        change(root, "terms/vite", "definition", "En ny förklaring av ordet."),
    )
    assert result == 0, answer
    assert value(root, PRACTICE, "steps")[0].do == "Ring före åtta."
    assert value(root, PRACTICE, "steps")[1:] == before[1:]
    assert value(root, PRACTICE, "pitfalls")[-1] == "En till fallgrop."
    assert normal(value(root, PRACTICE, "why")) == normal(LONG)
    (listed,) = read(root).guide.proposals
    assert listed.result == "infört" and listed.number in answer and len(listed.about) == 4
    assert "<ins>Ring före åtta.</ins>" in answer and "Då svarar de." in answer and "arbetssatt/motas/" in answer


def test_a_number_and_a_choice_are_written_as_what_they_are(tmp_path: Path) -> None:
    root = write(tmp_path)
    path = next(p.path for p in places(read(root).guide.records["practices"]["motas"]) if p.path.endswith(".minutes"))
    assert sent(root, change(root, PRACTICE, path, "25"))[0] == 0
    assert 25 in [step.minutes for step in value(root, PRACTICE, "steps")]


def test_an_item_is_taken_away_and_the_next_change_finds_its_own_though_it_has_moved(tmp_path: Path) -> None:
    root = write(tmp_path, practices={"motas": {"pitfalls": ["Ett.", "Två.", "Tre."]}})
    result, answer = sent(
        root, change(root, PRACTICE, "pitfalls.0"), change(root, PRACTICE, "pitfalls.2", "Tre, men bättre.")
    )
    assert result == 0, answer
    assert value(root, PRACTICE, "pitfalls") == ("Två.", "Tre, men bättre.")


def test_of_two_proposals_for_one_text_the_second_shows_three_versions_and_writes_nothing(tmp_path: Path) -> None:
    root = write(tmp_path)
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Först")):
        subprocess.run(["git", "-c", "user.name=P", "-c", "user.email=p@p.example", *arguments], cwd=root, check=True)
    then = value(root, PRACTICE, "summary")
    first, second = (change(root, PRACTICE, "summary", new) for new in ("Den ena ingressen.", "Den andra ingressen."))
    assert sent(root, first)[0] == 0
    result, answer = sent(root, second)
    assert result == 1
    assert value(root, PRACTICE, "summary") == "Den ena ingressen."
    for text in (f"**Då:** {then}", "**Nu:** Den ena ingressen.", "**Förslaget:** Den andra ingressen."):
        assert text in answer


def test_a_new_term_and_a_new_experience_become_records(tmp_path: Path) -> None:
    root = write(tmp_path)
    experience = {
        "title": "Vi möttes", "practice": "motas", "phase": "uppstart", "size": "litet", "side": "utförare", "year": "2026",
        "outcome": "gick inte", "did": "Vi bokade.", "result": "Ingen kom.", "change": "Vi ringer först.", "consent": "ja",
    }  # fmt: skip
    result, answer = sent(
        root,
        {"new_record": "terms", "fields": {"title": "Depå", "definition": "Där bussarna står.", "forms": ["depåer"]}},
        change(root, PRACTICE, "why", "Innan vite krävs möts vi på vår depå."),
        {"new_record": "experiences", "fields": experience},
    )
    assert result == 0, answer
    guide = read(root).guide
    assert guide.records["terms"]["depa"].title == "Depå"
    made = guide.records["experiences"]["vi-mottes"]
    assert made.basis == "erfarenhet" and getattr(made, "year") == 2026  # noqa: B009


def test_two_proposals_that_wait_at_once_write_no_file_in_common(tmp_path: Path) -> None:
    """Else the second could not be merged once the first was."""
    root, written = write(tmp_path), []
    for record, new in ((PRACTICE, "Ny ingress."), ("roles/trafikchef", "En annan.")):
        before = {path: path.read_bytes() for path in (root / "guide_data").rglob("*.yaml")}
        assert sent(root, change(root, record, "summary", new))[0] == 0
        now = {path: path.read_bytes() for path in (root / "guide_data").rglob("*.yaml")}
        written.append({path for path in now if now[path] != before.get(path)})
        for path in written[-1]:
            path.write_bytes(before[path]) if path in before else path.unlink()
    assert len(written[0]) == len(written[1]) == 2 and not written[0] & written[1]


def test_a_no_has_a_reason_and_a_file_has_its_number(tmp_path: Path) -> None:
    root = write(tmp_path)
    folder = root / "guide_data" / "proposals"
    folder.mkdir()
    (folder / "f-3a9c2e10.yaml").write_text(
        "date: 2026-11-26\nabout:\n  - Mötas\nresult: infört inte\n", encoding="utf-8"
    )
    (folder / "mitt.yaml").write_text("date: 2026-11-26\n", encoding="utf-8")
    with pytest.raises(GuideError) as error:
        read(root)
    assert "f-3a9c2e10.yaml:1: det som inte har införts har ett skäl (why)" in str(error.value)
    assert "mitt.yaml:1: ett förslag ligger i en fil med sitt nummer" in str(error.value)
    (folder / "mitt.yaml").unlink()
    (folder / "f-3a9c2e10.yaml").write_text(
        "date: 2026-11-26\nabout:\n  - Mötas\nresult: infört inte\nwhy: Det finns ingen källa.\nissue: 4\n",
        encoding="utf-8",
    )
    guide = read(root).guide
    assert guide.proposals[0].number == "F-3a9c2e10"
    page = pages(guide)["forslag.md"]
    assert "/issues/4)" in page and "Infört inte 26 november 2026" in page and "Det finns ingen källa." in page


def test_an_idea_for_a_whole_practice_is_left_to_the_editors(tmp_path: Path) -> None:
    root = write(tmp_path)
    result, answer = sent(root, {"new_record": "practices", "fields": {"title": "Byt jobb", "text": "En dag om året."}})
    assert result == 1 and "En dag om året." in answer and "redaktionen" in answer
    assert not (root / "guide_data" / "proposals").exists()


def test_what_the_checker_says_no_to_is_told_and_not_written(tmp_path: Path) -> None:
    root = write(tmp_path)
    result, answer = sent(root, change(root, PRACTICE, "participants", "trafikchefen"))
    assert result == 1 and "finns inte i roles/" in answer
    assert "trafikchefen" not in value(root, PRACTICE, "participants")


@pytest.mark.parametrize(
    ("wrong", "told_of"),
    [
        ({"field": "stepps.0.do"}, "fältet «stepps.0.do» finns inte i posten. Menade du «steps.0.do»?"),
        ({"record": "practices/motass"}, "«motass» finns inte i practices/. Menade du «motas»?"),
        ({"record": "practises/motas"}, "mappen «practises» finns inte. Menade du «practices»?"),
        ({"field": "status"}, "«status» ändras bara av redaktionen."),
        ({"field": "steps.0.id"}, "«id» ändras bara av redaktionen."),
        ({"field": "summary", "new": "å" * 301}, "texten är 301 tecken, och högst 300 får plats."),
        ({"field": "summary", "new": "Ett.\n\nTvå."}, "texten ska vara ett enda stycke."),
    ],
)
def test_what_cannot_be_done_is_told_with_what_was_meant(tmp_path: Path, wrong: dict[str, str], told_of: str) -> None:
    root = write(tmp_path)
    old = fingerprint(value(root, PRACTICE, "summary"))
    (outcome,) = apply(root, read_proposal(code({"record": PRACTICE, "field": "summary", "old": old, "new": "Ny."} | wrong)).proposal).outcomes  # fmt: skip
    assert outcome.state == "fel" and outcome.message == told_of


# ---------------------------------------------------------------- what comes in

FINE = {"record": PRACTICE, "field": "summary", "new": "Ny."}


def test_the_code_is_found_in_a_letter_and_in_an_issue() -> None:
    plain = code(FINE).decode()
    pretty = json.dumps(json.loads(plain), ensure_ascii=False, indent=2).replace("\n", "\r\n")
    issue = {
        "issue": {"number": 7, "user": {"login": "en-medlem"}, "body": f"### Kod\r\n\r\n```json\r\n{pretty}\r\n```\r\n"}
    }
    number = read_proposal(plain.encode()).proposal.number
    letter = f"Hej!\n\nHär kommer mitt förslag:\n{pretty}\n\nHälsningar, {{en medlem}}"
    assert read_proposal(letter.encode()).proposal.number == number
    found = read_proposal(json.dumps(issue).encode())
    assert (found.proposal.number, found.issue, found.author) == (number, 7, "en-medlem")


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "no code": "Jag vill ändra sidan om möten.".encode(),
    "code cut off": code(FINE)[:-20],
    "two different": code(FINE) + code({**FINE, "new": "En annan."}),
    "not a text": b"\xff\xfe\x00",
    "much too large": code({**FINE, "new": "å" * 200_000}),
    "100 kB in many": code(*[{**FINE, "new": "å" * 2_000}] * 25),
    "too many": code(*[FINE] * 41),
    "an unknown field": code({**FINE, "exec": "rm"}),
    "a path upwards": code({**FINE, "record": "../../etc/passwd"}),
    "a path in the field": code({**FINE, "field": "../summary"}),
    "nothing changed": code({"record": PRACTICE, "field": "summary"}),
    "both new and away": code({**FINE, "remove": True}),
    "away without the old": code({"record": PRACTICE, "field": "pitfalls.0", "remove": True}),
    "another version": code(FINE, partnerskapsguiden="förslag 2"),
    "an unknown sender": code(FINE, part="redaktionen"),
    "a hidden turn": code({**FINE, "new": "Ny \u202e text"}),
    "a zero-width space": code({**FINE, "new": "Ny\u200btext"}),
    "a new kind": code({"new_record": "guide", "fields": {"title": "x"}}),
    "deep": b'{"partnerskapsguiden":' + b"[" * 100_000,
    "a number for a text": code({**FINE, "new": 7}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_told_in_swedish_and_never_a_traceback(name: str) -> None:
    with pytest.raises(ProposalError) as error:
        read_proposal(HOSTILE[name])
    assert error.value.problems and all(len(problem) > 20 for problem in error.value.problems)


TRICKS = {
    "quotes": "Säg \"ja\" och 'nej' – «kanske»", "emoji": "Bra 🚌 jobbat", "yaml": "- a: &x !!python/object *x {b: [c]} | >-",
    "jinja": "{{ 7*7 }} {% raw %} {# #}", "shell": "$(touch kapad) `touch kapad`; rm -rf . && echo %PATH%",
    "html": "<script>alert(1)</script> <img src=x onerror=1>", "formula": "=HYPERLINK(\"http://x.example\")",
    "markdown": "[x](javascript:alert(1)) ![](http://x.example/a.png) @alla #1", "windows": "Rad ett\r\nrad två",
    "workflow": "${{ github.token }} ::set-output name=a::b", "dashes": "---", "percent": "%YAML 1.1",
}  # fmt: skip


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_is_a_text_like_any_other(tmp_path: Path, name: str) -> None:
    """It is kept to the letter, run by nobody, and shown in the answer as what it is."""
    root = write(tmp_path)
    result, answer = sent(root, change(root, PRACTICE, "summary", TRICKS[name]))
    assert result == 0, answer
    assert value(root, PRACTICE, "summary") == " ".join(TRICKS[name].split())
    assert not any(path.name == "kapad" for path in tmp_path.rglob("*"))
    for sign in ("<script", "<img", "](", "@alla", "{{", "http://x"):
        assert sign not in answer


def test_an_answer_calls_nobody_and_links_nowhere() -> None:
    assert harmless("@alla #12 www.x.se https://x.se :bus: <b>*a*_b_`c`") == (
        "@<!-- -->alla #<!-- -->12 www<!-- -->.x.se https:<!-- -->//x.se :<!-- -->bus: "
        "&#60;b&#62;&#42;a&#42;&#95;b&#95;&#96;c&#96;"
    )


def test_an_edit_after_approval_stops_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path)
    fine, changed = (code(change(root, PRACTICE, "summary", text)) for text in ("Ny.", "En annan."))
    file = root / "forslag.json"
    file.write_bytes(changed)
    assert propose(root, file, Asked(approved=read_proposal(fine).proposal.number)) == 1
    assert "har ändrats sedan det godkändes" in capsys.readouterr().err
    assert value(root, PRACTICE, "summary") != "En annan."


def test_the_workflows_steps_take_an_issue_to_a_branch_with_its_author(tmp_path: Path) -> None:
    """As forslag.yml has them: read and answer; then, approved by its number, a commit on a branch of its own."""
    root = write(tmp_path)
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Först")):
        subprocess.run(["git", "-c", "user.name=P", "-c", "user.email=p@p.example", *arguments], cwd=root, check=True)
    kod = code(change(root, PRACTICE, "summary", "Ny ingress. $(touch kapad)\nanswer<<x\nx")).decode()
    event = {
        "action": "opened",
        "issue": {"number": 7, "user": {"login": "en-medlem"}, "body": f"### Kod\n\n```json\n{kod}\n```"},
    }
    file, output = root / "event.json", root / "output"
    file.write_text(json.dumps(event), encoding="utf-8")
    assert propose(root, file, Asked(only_answer=True, output=output)) == 0
    first, *lines, last = output.read_text("utf-8").rstrip("\n").split("\n")
    assert first == f"answer<<{last}" and last not in lines
    assert re.fullmatch(r"slut-[0-9a-f]{32}", last), "an end that no one can guess and write"
    number = read_proposal(file.read_bytes()).proposal.number
    assert f"nummer {number}" in "\n".join(lines)
    assert propose(root, file, Asked(approved=number, branch=True)) == 0
    told = subprocess.run(
        ["git", "log", "-1", "--format=%an|%s|%D"], cwd=root, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == f"en-medlem|Ta in förslag {number} (ärende 7)|HEAD -> forslag/{number}"
    assert read(root).guide.proposals[0].issue == 7 and not (root / "kapad").exists()


def test_answering_alone_writes_nothing(tmp_path: Path) -> None:
    root = write(tmp_path)
    before = {path: path.read_bytes() for path in (root / "guide_data").rglob("*.yaml")}
    file = root / "forslag.json"
    file.write_bytes(code(change(root, PRACTICE, "summary", "Ny.")))
    assert propose(root, file, Asked(only_answer=True)) == 0
    assert {path: path.read_bytes() for path in (root / "guide_data").rglob("*.yaml")} == before


def test_a_proposal_against_an_earlier_edition_says_so(tmp_path: Path) -> None:
    root = write(tmp_path, guide={"version": "0.2"})
    applied = apply(root, read_proposal(code(change(root, PRACTICE, "summary", "Ny."))).proposal)
    assert "Det skrevs mot utgåva 0.1; guiden är nu 0.2." in told(applied)
    assert applied.is_whole and "0.1" in comment(applied)


def test_the_real_guide_takes_a_basket(tmp_path: Path) -> None:
    """On a copy: four changes in four records are written, and the guide is as right as before."""
    shutil.copytree(ROOT / "guide_data", tmp_path / "guide_data")
    guide = read(tmp_path).guide
    wanted = [next(iter(guide.records[folder])) for folder in ("practices", "indicators", "challenges", "roles")]
    changes = [
        change(tmp_path, f"{folder}/{id}", "summary", "En ny ingress på prov.")
        for folder, id in zip(("practices", "indicators", "challenges", "roles"), wanted, strict=True)
    ]
    assert sent(tmp_path, *changes)[0] == 0
    assert len(read(tmp_path).guide.proposals[0].about) == 4
