"""Calling to a meeting from its page: what is typed becomes a message and a calendar entry that other programs read."""

from __future__ import annotations

import datetime
import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any, cast

import pytest
import vobject
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from scripts.guide.guide import Guide
from scripts.guide.model import Meeting, Practice, Role
from scripts.guide.plain import plain_guide
from scripts.meetings.invitation import Call, text
from scripts.meetings.kit import LONG, meetings
from tests.test_browser import AXE, settled
from tests.test_form_page import download

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(
        locale="sv-SE",
        timezone_id="America/Los_Angeles",
        accept_downloads=True,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda request: request.url.startswith((address, "blob:")) or elsewhere.append(request.url))
    yield page
    kept = page.evaluate("Object.keys(localStorage)")
    assert not [name for name in kept if not name.endswith("__palette")], "what is typed in a call is kept"
    context.close()
    assert elsewhere == []


def begin(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.get_by_role("button", name="Kalla till mötet").click()
    expect(page.get_by_label("Dag", exact=True)).to_be_focused()


def fill(
    page: Page,
    day: str = "2027-03-15",
    hour: str = "13:00",
    room: str = "Depån, Ågatan 3",
    caller: str = "Åsa Öst, 070",
) -> None:
    page.get_by_label("Dag", exact=True).fill(day)
    page.get_by_label("Mötet börjar klockan").fill(hour)
    page.get_by_label("Plats", exact=True).fill(room)
    page.get_by_label("Den som kallar, och telefon").fill(caller)


def practice_with(guide: Guide, count: int) -> Practice:
    """A practice with that many meetings."""
    return next(practice for practice in plain_guide(guide).all(Practice) if len(practice.agendas) == count)


def said(guide: Guide, practice: Practice, number: int = 0) -> tuple[str, list[str]]:
    """The call in the kit: its subject and the lines under it."""
    meeting = list(meetings(practice))[number]
    subject, _, *lines = text(Call.to(plain_guide(guide), meeting)).decode("utf-8-sig").split("\r\n")
    return subject.removeprefix("Ämne: "), lines


def test_the_message_is_the_kits_call_with_day_room_and_clock_times(page: Page, address: str, guide: Guide) -> None:
    practice = practice_with(guide, 1)
    begin(page, address, f"arbetssatt/{practice.id}/")
    fill(page)
    message = cast(
        EmailMessage,
        email.message_from_bytes(download(page, "Hämta som mejl")[1], policy=email.policy.default),
    )
    subject, lines = said(guide, practice)
    assert message["subject"] == subject and message["x-unsent"] == "1" and message["to"] is None
    assert all(len(line) <= 78 for line in message.as_string().splitlines())
    body, attached = message.iter_parts()
    written = body.get_content().replace("\r\n", "\n").rstrip("\n").split("\n")
    minutes = next(meetings(practice)).minutes
    ends = datetime.datetime(2027, 3, 15, 13) + datetime.timedelta(minutes=minutes)
    assert f"Dag och tid: måndag 15 mars 2027, klockan 13.00–{ends:%H.%M}" in written
    assert "Plats: Depån, Ågatan 3" in written and "Åsa Öst, 070" in written
    differs = [
        (mine, theirs)
        for mine, theirs in zip(written, "\n".join(lines).rstrip("\n").split("\n"), strict=True)
        if mine != theirs
    ]
    points = next(meetings(practice)).points
    assert len(differs) == 3 + len(points), (
        "something but day, room, caller and the points' times differs from the kit's call"
    )
    at = datetime.datetime(2027, 3, 15, 13)
    for point, (mine, theirs) in zip(points, differs[2:], strict=False):
        later = at + datetime.timedelta(minutes=point.minutes)
        assert mine == theirs.replace(point.clock, f"{at:%H.%M}–{later:%H.%M}")
        at = later
    assert at == ends
    assert attached.get_filename() == "mote.ics"
    assert vobject.readOne(attached.get_content()).vevent.summary.value == subject


def test_the_calendar_file_has_the_meetings_hour_length_room_and_agenda(page: Page, address: str, guide: Guide) -> None:
    practice = practice_with(guide, 2)
    begin(page, address, f"arbetssatt/{practice.id}/")
    second = list(meetings(practice))[1]
    page.get_by_label("Vilket av mötena?").select_option(second.name)
    fill(page, hour="08:30", caller="")
    entry: Any = vobject.readOne(download(page, "Hämta till kalendern")[1].decode()).vevent
    assert entry.dtstart.value == datetime.datetime(2027, 3, 15, 8, 30), "by the clock of the place where it is read"
    assert entry.dtend.value - entry.dtstart.value == datetime.timedelta(minutes=second.minutes)
    assert entry.location.value == "Depån, Ågatan 3" and entry.summary.value == said(guide, practice, 1)[0]
    assert "08.30–" in entry.description.value and "_" * 20 in entry.description.value, "who calls was left empty"
    assert entry.valarm.trigger.value == datetime.timedelta(days=-7)


def test_a_standing_meeting_is_called_to_with_its_own_agenda_and_people(page: Page, address: str, guide: Guide) -> None:
    meeting = guide.get(Meeting, "avtalsmote")
    begin(page, address, f"moten/{meeting.id}/")
    fill(page)
    page.get_by_role("button", name="Kopiera texten").click()
    expect(page.get_by_text("Kallelsen är kopierad.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Kallelsens text").text_content()
    assert copied.startswith(meeting.title) and all(point.point in copied for point in meeting.agenda)
    assert all(guide.get(Role, role).title in copied for role in (*meeting.client, *meeting.operator))
    assert "⟦" not in copied and f"moten/{meeting.id}/" in copied
    assert len(re.findall(r"^\d\d\.\d\d–\d\d\.\d\d  ", copied, re.M)) == len(meeting.agenda)


def test_a_long_standing_meeting_has_its_break_too(page: Page, address: str, guide: Guide) -> None:
    assert guide.get(Meeting, "arsgenomgang").minutes > LONG
    for id, has_break in (("arsgenomgang", True), ("avtalsmote", False)):
        begin(page, address, f"moten/{id}/")
        fill(page)
        text = page.get_by_label("Kallelsens text").text_content() or ""
        assert ("tio minuters paus" in text) == has_break


def test_without_a_day_nothing_is_fetched_and_the_reader_is_told(page: Page, address: str, guide: Guide) -> None:
    begin(page, address, "moten/avtalsmote/")
    page.get_by_role("button", name="Hämta till kalendern").click()
    expect(page.get_by_text("Ange dagen och klockslaget då mötet börjar.")).to_be_visible()
    expect(page.get_by_label("Dag", exact=True)).to_be_focused()
    expect(page.get_by_label("Kallelsens text")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_call_is_accessible(page: Page, address: str, guide: Guide, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=cast(Any, scheme))
    page.set_viewport_size({"width": width, "height": 800})
    begin(page, address, f"arbetssatt/{practice_with(guide, 2).id}/")
    fill(page)
    settled(page)
    violations = Axe().run(page, options=AXE).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    page.get_by_role("button", name="Kalla till mötet").click()
    expect(page.get_by_label("Kallelsens text")).to_have_count(0)
