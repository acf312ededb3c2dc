"""Figures that are drawn from the data, and say nothing that the words beside them do not."""

from __future__ import annotations

import math
import re
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from scripts.book.book import whole
from scripts.files.wheel import SIZE, Colours, drawn
from scripts.guide.guide import Guide
from scripts.guide.model import Meeting
from scripts.guide.wording import MONTHS
from scripts.meetings.days import contract_of, plan

COLOURS = Colours("#eee", "#ccc", "#055", "#000", "#fff")
CIRCLE = re.compile(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="11"')


@pytest.fixture
def page(context, address: str) -> Page:  # type: ignore[no-untyped-def]
    return context.new_page()  # type: ignore[no-any-return]


def spoken(months: list[int]) -> str:
    names = [MONTHS[month - 1] for month in months]
    return f"{', '.join(names[:-1])} och {names[-1]}" if len(names) > 1 else names[0]


@pytest.mark.xdist_group("site")
def test_the_years_wheel_shows_what_comes_back_and_the_list_says_the_same(
    page: Page, address: str, guide: Guide
) -> None:
    contract = contract_of(guide.settings.example_contract)
    year = contract.starts.year + 2
    months: dict[str, list[int]] = {}
    for event in plan(guide, contract):
        if event.rule.every and event.date.year == year:
            months.setdefault(event.rule.title, []).append(event.date.month)
    page.goto(f"{address}arbetssatt/arshjul/")
    said = page.locator(".wheel li").all_text_contents()
    assert len(said) == len(months) > 3
    for title, held in months.items():
        often = len(held) > 8
        left = [month for month in range(1, 13) if month not in held]
        when = f"varje månad utom {spoken(left)}" if often else spoken(held)
        (line,) = [line for line in said if f" {title}: " in line]
        assert line.endswith(f"{title}: {when}")
        mark = line.split(" ")[0]
        shown = (
            page.locator(".wheel svg text", has_text=re.compile(f"^{mark}$")).count()
            if mark != "●"
            else page.locator(".wheel svg circle[r='4']").count()
        )
        assert shown == len(held), title
    expect(page.locator(".wheel svg")).to_have_attribute("aria-hidden", "true")


@pytest.mark.xdist_group("site")
@pytest.mark.parametrize("width", [320, 1280])
def test_no_month_is_hidden_in_the_wheel(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}arbetssatt/arshjul/")
    boxes = page.locator(".wheel svg text").evaluate_all(
        "all => all.map((one) => { const box = one.getBoundingClientRect(); return [one.textContent, box.left, box.top, box.right, box.bottom]; })"
    )
    assert [name for name, *_ in boxes if not name.isdigit()] == [name[:3] for name in MONTHS]
    frame = page.locator(".wheel svg").bounding_box()
    assert frame and all(frame["x"] <= left and right <= frame["x"] + frame["width"] for _, left, _, right, _ in boxes)
    for (one, *a), (other, *b) in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], f"{one} and {other} lie on each other"


def test_marks_of_one_month_do_not_lie_on_each_other() -> None:
    full = drawn([(number, (month,)) for month in range(1, 13) for number in (1, 2)], COLOURS)
    points = [(float(x), float(y)) for x, y in CIRCLE.findall(full)]
    assert len(points) == 24 and all(0 < value < SIZE for point in points for value in point)
    assert min(math.dist(one, other) for one, other in combinations(points[::2], 2)) >= 22
    assert all(math.dist(points[i], points[i + 1]) >= 22 for i in range(0, 24, 2))


def test_every_meeting_stands_under_the_one_that_its_questions_go_to(guide: Guide) -> None:
    def pairs(branches, above: str = ""):  # type: ignore[no-untyped-def]
        for one in branches:
            title = one["line"][0]["text"]
            yield title, above
            yield from pairs(one["below"], title)

    chapter = next(chapter for chapter in whole(guide).data["chapters"] if chapter["title"] == Meeting.plural)
    (tree,) = [b for section in chapter["sections"] for b in section["blocks"] if b["block"] == "tree"]
    wanted = {m.title: guide.get(Meeting, m.onward).title if m.onward else "" for m in guide.all(Meeting)}
    assert dict(pairs(tree["branches"])) == wanted


@pytest.mark.xdist_group("site")
def test_the_meetings_page_shows_where_a_question_goes(page: Page, address: str, guide: Guide) -> None:
    page.goto(f"{address}moten/")
    found = page.locator(".tree li").evaluate_all(
        "all => all.map((one) => [one.querySelector('a').textContent, one.parentElement.closest('li')?.querySelector('a').textContent ?? ''])"
    )
    assert dict(map(tuple, found)) == {
        m.title: guide.get(Meeting, m.onward).title if m.onward else "" for m in guide.all(Meeting)
    }
