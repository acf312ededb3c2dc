"""A plan for a phase and a size: what is chosen, what waits and why, its page and its zip file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

import pytest

from scripts.files.catalogue import Artifact
from scripts.guide import effort
from scripts.guide.guide import Guide
from scripts.guide.model import Phase, Practice, Size
from scripts.guide.plan import plan, plans, sheets
from scripts.outline.plan import path
from scripts.pages.render import render
from scripts.publish.catalogue import catalogue
from tests import readers
from tests.test_kits import unzipped


@pytest.fixture(scope="module")
def pages(guide: Guide) -> Mapping[str, str]:
    return render(guide, catalogue(guide), {})


def test_every_practice_of_the_phase_is_begun_with_or_waits(guide: Guide) -> None:
    for phase in guide.all(Phase):
        for size in get_args(Size):
            found = plan(guide, phase, size)
            assert {*found.chosen, *found.wait} >= {*guide.at_home(phase, Practice)}
            assert not {p.id for p in found.chosen} & {p.id for p in found.wait}
            assert [p.id for p, _ in found.first] == [one.practice for one in phase.first]


def test_a_small_contract_leaves_out_what_it_is_told_to_and_a_large_one_nothing(guide: Guide) -> None:
    for found in plans(guide):
        waits = {p.small_contract.choice for p in found.wait}
        match found.size:
            case "litet":
                assert waits <= {"avstå"}
                assert "avstå" not in {p.small_contract.choice for p in found.then}
            case "medelstort":
                assert {p.level for p in found.then} <= {"grund"}
                assert {p.level for p in found.wait} <= {"fördjupning"}
            case "stort":
                assert found.wait == ()


def test_the_page_says_what_to_begin_with_why_and_what_waits(guide: Guide, pages: Mapping[str, str]) -> None:
    for found in plans(guide):
        page = pages[path(found.phase, found.size)]
        chosen, _, waiting = page.partition("## Det som väntar")
        for practice, why in found.first:
            assert f"/{practice.id}.md" in chosen
            assert " ".join(why.split()) in page
        assert all(f"/{practice.id}.md" in chosen for practice in found.then)
        assert all(f"/{practice.id}.md" in waiting for practice in found.wait)
        assert all(f"/{sheet.id}.md" in chosen for sheet in sheets(guide, found))
        assert f"plan-{found.phase.id}-{found.size}.zip" in page


def test_the_way_in_leads_to_every_plan_and_tells_its_hours(guide: Guide, pages: Mapping[str, str]) -> None:
    page = pages["plan/index.md"]
    for found in plans(guide):
        assert f"({found.phase.id}-{found.size}.md)" in page
    uppstart = plan(guide, guide.get(Phase, "uppstart"), "medelstort")
    hours = effort.total(effort.of_practice(guide, p) for p in uppstart.chosen).once
    row = next(line for line in page.splitlines() if "(uppstart-medelstort.md)" in line)
    assert re.search(rf"{round(hours.client)} timmar hos", row)


def test_a_small_contracts_plan_counts_its_own_minutes_and_not_what_it_has_anyway(
    guide: Guide, pages: Mapping[str, str]
) -> None:
    found = plan(guide, guide.get(Phase, "etablering"), "litet")
    _, yearly = effort.of_small(p for p in found.chosen if p.id not in guide.settings.usual)
    assert f"{round(yearly / 60)} timmar om året hos vardera parten" in pages[path(found.phase, "litet")]
    assert yearly < effort.of_small(found.chosen)[1], (
        "the standing meetings are asked of it too, but are not the plan's"
    )


def test_the_zip_file_has_just_the_plans_sheets(guide: Guide) -> None:
    found = plan(guide, guide.get(Phase, "avslut"), "medelstort")

    def wanted(artifact: Artifact) -> bool:
        return artifact.name == "plan-avslut-medelstort"

    (data,) = readers.files(guide, wanted).values()
    names = [name for name in unzipped(data) if name.startswith("Word/")]
    assert [re.sub(r"^Word/\d\d-|\.docx$", "", name) for name in names] == [s.id for s in sheets(guide, found)]
