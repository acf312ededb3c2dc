"""What the guide's work costs: the hours are those of the records, told alike wherever they are told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.guide import effort
from scripts.guide.check import read
from scripts.guide.effort import Cost, Hours
from scripts.guide.guide import Guide
from scripts.guide.model import Phase, Practice, Role
from scripts.guide.problems import GuideError
from scripts.meetings.kit import invited, meetings
from scripts.outline.effort import sum_told, time_told
from scripts.pages.render import render
from scripts.publish.catalogue import catalogue
from tests.conftest import ROOT
from tests.small_guide import RECORDS, write

STEPS = RECORDS["practices"]["motas"]["steps"]
OTHER = {**RECORDS["roles"]["trafikchef"], "title": "Ekonom", "order": 9}


def small(tmp_path: Path, held: list[dict[str, Any]] | None = None, **other: Any) -> Guide:
    change = {"meetings": held} if held else {}
    return read(write(tmp_path, practices={"motas": {**change, **other.pop("practice", {})}}, **other)).guide


def cost(guide: Guide, practice: str = "motas") -> Cost:
    return effort.of_practice(guide, guide.get(Practice, practice))


# ---------------------------------------------------------------- sums


def test_a_meeting_costs_its_length_for_each_who_comes_and_the_work_around_it(tmp_path: Path) -> None:
    """An hour with one from each party, with two hours' work at the client and one at the operator."""
    assert cost(small(tmp_path)) == Cost(once=Hours(3, 2))


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({"times": 4}, Cost(once=Hours(12, 8))),
        ({"per_year": 4}, Cost(yearly=Hours(12, 8))),
        ({"participants": ["avtalsansvarig"]}, Cost(once=Hours(3, 1))),
        ({"client": 0, "operator": 0.5}, Cost(once=Hours(1, 1.5))),
    ],
)
def test_what_comes_back_is_counted_by_the_year_and_only_those_called_are_counted(
    tmp_path: Path, held: dict[str, Any], expected: Cost
) -> None:
    assert cost(small(tmp_path, [{"client": 2, "operator": 1, **held}])) == expected


def test_a_standing_meeting_says_itself_who_comes_and_how_often(tmp_path: Path) -> None:
    meeting = {"per_year": 12, "client": ["avtalsansvarig", "ekonom"], "minutes": 60}
    agenda = {"agenda": [{"point": "Räkna.", "minutes": 50}, {"point": "Skriv.", "minutes": 10}]}
    found = small(
        tmp_path,
        [{"held_as": "avtalsmote", "client": 0, "operator": 0}],
        meetings={"avtalsmote": {**meeting, **agenda}},
        roles={"ekonom": {**OTHER, "side": "beställare"}},
    )
    assert cost(found) == Cost(yearly=Hours(24, 12))
    practice = found.get(Practice, "motas")
    (one,) = meetings(practice)
    assert list(invited(found, one)) == [
        ("Från beställaren", ("Avtalsansvarig", "Ekonom")),
        ("Från utföraren", ("Trafikchef",)),
    ]


def test_a_role_that_both_have_is_one_at_each_and_nobody_pays_a_traveller(tmp_path: Path) -> None:
    roles = {"ledare": {**OTHER, "side": "båda"}, "resenar": {**OTHER, "side": "båda", "employed": False, "order": 8}}
    people = {"participants": ["avtalsansvarig", "trafikchef", "ledare", "resenar"]}
    assert cost(small(tmp_path, roles=roles, practice=people)) == Cost(once=Hours(4, 3))


def test_only_those_called_to_a_meeting_are_in_its_call(guide: Guide) -> None:
    """Every kit with several meetings called everybody to each of them."""
    practice = guide.get(Practice, "gemensam-malbild")
    called = [dict(invited(guide, meeting)) for meeting in meetings(practice)]
    assert "Resenärsföreträdare" in called[0]["Dessutom"]
    assert "Dessutom" not in called[1]
    assert "Uppdragsledning" in called[1]["Från beställaren"]


def test_the_sum_of_the_roles_is_the_sum_of_the_practice(guide: Guide) -> None:
    """Where each role is one party's and those who call are among those called, nothing is lost between the two."""
    for practice in guide.all(Practice):
        together = effort.of_practice(guide, practice)
        roles = [role for role in guide.all(Role) if role.employed]
        each = [(role, effort.of_role(guide, role, practice)) for role in roles]
        twice = [2 if role.side == "båda" else 1 for role in roles]
        once = sum(hours * times for (_, (hours, _)), times in zip(each, twice, strict=True))
        yearly = sum(hours * times for (_, (_, hours)), times in zip(each, twice, strict=True))
        assert (once, yearly) == pytest.approx((together.once.both, together.yearly.both)), practice.id


def test_the_hours_of_a_phase_are_those_of_the_files(guide: Guide) -> None:
    """Added up once more, from the YAML files alone."""
    files = {kind: _files(kind) for kind in ("practices", "meetings", "roles")}
    for phase in guide.all(Phase):
        once, yearly = [0.0, 0.0], [0.0, 0.0]
        for practice in files["practices"].values():
            for held in practice["meetings"]:
                standing = files["meetings"].get(held.get("held_as"))
                roles = (
                    [*standing["client"], *standing["operator"]]
                    if standing
                    else held.get("participants", practice["participants"])
                )
                name = held.get("name", "Mötet")
                minutes = sum(s.get("minutes", 0) for s in practice["steps"] if s.get("meeting", "Mötet") == name)
                often = (standing or held).get("per_year")
                for side, key in ((0, "client"), (1, "operator")):
                    own = ("beställare", "utförare")[side]
                    people = sum(
                        files["roles"][role]["side"] in (own, "båda") and files["roles"][role].get("employed", True)
                        for role in roles
                    )
                    hours = people * minutes / 60 + held[key]
                    if often and phase.id in practice["phases"]:
                        yearly[side] += hours * often
                    elif not often and phase.id == practice["phases"][0]:
                        once[side] += hours * held.get("times", 1)
        found = effort.of_phase(guide, phase, guide.all(Practice))
        assert [found.once.client, found.once.operator] == pytest.approx(once)
        assert [found.yearly.client, found.yearly.operator] == pytest.approx(yearly)


def _files(kind: str) -> dict[str, Any]:
    return {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in (ROOT / "guide_data" / kind).glob("*.yaml")}


# ---------------------------------------------------------------- told


def test_time_is_told_in_words(tmp_path: Path) -> None:
    held = [{"per_year": 26, "client": 0.5, "operator": 2}]
    found = small(tmp_path, held)
    practice = found.get(Practice, "motas")
    told = "".join(piece for piece in time_told(found, practice) if isinstance(piece, str))
    assert told == (
        "Möte: 1 timme varannan vecka, därtill 30 minuter hos beställaren och 2 timmar hos utföraren.Räknat på ett möte."
    )
    assert sum_told(cost(found)) == "39 timmar hos beställaren och 78 timmar hos utföraren varje år"
    assert sum_told(Cost(Hours(1, 1), Hours(2, 0.5))) == (
        "1 timme hos vardera parten en gång, och 2 timmar hos beställaren och 0,5 timmar hos utföraren varje år"
    )


def test_the_page_has_every_phase_and_role_and_all_that_can_wait(guide: Guide) -> None:
    page = render(guide, catalogue(guide), {})["insats.md"]
    for phase in guide.all(Phase):
        total = effort.of_phase(guide, phase, guide.all(Practice)) + effort.standing(guide, phase)
        row = next(line for line in page.split("## Allt")[1].splitlines() if line.startswith(f"| [{phase.short}]"))
        cells = [cell.strip().replace("\u00a0", "") for cell in row.strip("| ").split("|")][1:]
        hours = (total.once.client, total.once.operator, total.yearly.client, total.yearly.operator)
        assert cells == [str(round(number)) if number else "–" for number in hours]
    less = page.split("## Om ni gör mindre")[1]
    for practice in guide.all(Practice):
        waits = practice.level != "grund" and practice.id not in guide.settings.usual
        assert (f"/{practice.id}.md" in less) == waits, practice.id


def test_the_bars_say_their_numbers(guide: Guide) -> None:
    page = render(guide, catalogue(guide), {})["insats.md"]
    for most, width, said in re.findall(r'viewBox="0 0 (\d+) 1".*?width="(\d+)".*?</svg> \w+ ([\d&#;\u00a0]+)<', page):
        assert re.sub(r"\D", "", said.replace("&#160;", "")) == width
        assert int(width) <= int(most)


# ---------------------------------------------------------------- the small contract


def test_a_small_contract_is_told_when_it_is_asked_for_too_much(tmp_path: Path) -> None:
    asked = {"choice": "förenkla", "how": "Ta mötet per telefon.", "minutes": 61, "per_year": 12}
    root = write(
        tmp_path,
        {"small_contract": {"vehicles": 10, "people": 2, "hours": 12}},
        practices={"motas": {"small_contract": asked}},
    )
    with pytest.raises(GuideError) as error:
        read(root)
    assert str(error.value) == (
        "guide_data/practices/motas.yaml:56: minutes: små avtal får 732 minuter om året i fasen «uppstart», och högst 720 ryms. "
        "Mest tar «motas», 732 minuter. Korta det eller gör det mer sällan."
    )
    write(
        tmp_path,
        {"small_contract": {"vehicles": 10, "people": 2, "hours": 12}, "usual": ["motas"]},
        practices={"motas": {"small_contract": asked}},
    )
    assert read(root).guide, "what every contract has is not the partnership's"


def test_the_small_contracts_page_adds_up(guide: Guide) -> None:
    page = render(guide, catalogue(guide), {})["minsta.md"]
    for phase in guide.all(Phase):
        part = page.split(f"{{ #{phase.id} }}")[1].split("\n## ")[0]
        once, yearly = effort.of_small(guide.at_home(phase, Practice))
        assert (f"{round(once / 60)} timmar en gång" in part) or once < 180, phase.id
        assert (" om året hos vardera parten." in part) == bool(yearly)
    assert "högst 12 timmar om året" in page
