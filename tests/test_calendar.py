"""When what happens: the same days from Python and from the reader's browser, in a file that calendar programs read."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pikepdf
import pytest
import vobject
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Practice
from scripts.guide.problems import GuideError
from scripts.meetings.days import Contract, Event, contract_of, plan
from scripts.meetings.holidays import is_holiday
from scripts.meetings.rules import Scope
from tests import readers
from tests.small_guide import RECORDS, SHEET, write
from tests.test_browser import AXE, settled

site_group = pytest.mark.xdist_group("site")

FORM = "arbetssatt/arshjul/#kalender"
D = datetime.date.fromisoformat
CONTRACTS = {
    "from the thirty-first, two options": Contract(
        "", D("2026-01-31"), D("2026-10-31"), D("2036-10-30"), (D("2033-08-31"), D("2035-10-31"))
    ),
    "from a leap day": Contract("", D("2027-08-31"), D("2028-02-29"), D("2036-02-28")),
    "from the winter's timetable": Contract("", D("2025-12-31"), D("2026-12-13"), D("2034-12-09"), (D("2032-12-12"),)),
    "short, with an early option": Contract("", D("2027-03-01"), D("2027-06-13"), D("2030-06-12"), (D("2028-01-31"),)),
    "one year, signed the day before": Contract("", D("2027-06-12"), D("2027-06-13"), D("2028-06-12")),
}


# ---------------------------------------------------------------- the days


def small(tmp_path: Path, calendar: list[dict[str, Any]], **change: Any) -> Guide:
    return read(write(tmp_path, practices={"motas": {"calendar": calendar, **change}})).guide


def occasion(**fields: Any) -> dict[str, Any]:
    return {"id": "mote", "title": "Mötas", "counted_from": "signering", **fields}


def days(guide: Guide, contract: Contract) -> list[str]:
    return [event.date.isoformat() for event in plan(guide, contract)]


CONTRACT = Contract("", D("2026-01-31"), D("2026-06-15"), D("2028-06-14"), (D("2027-10-16"),))


def test_a_month_without_such_a_day_gives_its_last_and_a_weekend_the_next_working_day(tmp_path: Path) -> None:
    guide = small(tmp_path, [occasion(months=1), occasion(id="sen", months=1, weeks=1), occasion(id="son", months=5)])
    # 28 February 2026 and 7 March are Saturdays; 30 June would be the last of a month that has no 31st.
    assert days(guide, CONTRACT) == ["2026-03-02", "2026-03-09", "2026-06-30"]


def test_what_is_done_before_a_day_is_moved_to_an_earlier_day_but_not_to_before_the_contract(tmp_path: Path) -> None:
    before = occasion(counted_from="trafikstart", weeks=-4)
    monday_off = Contract("", D("2026-01-31"), D("2026-05-04"), D("2028-06-14"))  # 6 April is Easter Monday
    guide = small(tmp_path, [before])
    assert days(guide, monday_off) == ["2026-04-02"]
    assert days(guide, dataclasses.replace(monday_off, signed=D("2026-04-03"))) == ["2026-04-07"]


MEETING = {"meeting": "Mötet"}


@pytest.mark.parametrize(
    ("signed", "held", "why"),
    [
        ("2026-12-22", "2026-12-22", "the last day before Christmas"),
        ("2026-12-23", "2027-01-04", "between Christmas and New Year, and a weekend"),
        ("2027-01-05", "2027-01-05", "the day before Epiphany"),
        ("2027-01-06", "2027-01-07", "Epiphany"),
        ("2026-05-01", "2026-05-04", "May Day, a Friday"),
        ("2026-05-14", "2026-05-15", "Ascension Day"),
        ("2028-06-06", "2028-06-07", "the National Day"),
        ("2026-06-19", "2026-06-22", "Midsummer Eve"),
        ("2026-06-30", "2026-06-30", "the last day before July"),
        ("2026-07-01", "2026-08-03", "July"),
    ],
)
def test_a_meeting_is_held_when_people_are_there(tmp_path: Path, signed: str, held: str, why: str) -> None:
    guide = small(tmp_path, [occasion(**MEETING)])
    assert days(guide, Contract("", D(signed), D("2030-06-16"), D("2032-06-14"))) == [held], why


def test_the_parties_meet_in_july_while_the_traffic_is_new(tmp_path: Path) -> None:
    guide = small(
        tmp_path, [occasion(counted_from="trafikstart", weeks=weeks, id=f"m{weeks}", **MEETING) for weeks in (4, 12)]
    )
    assert days(guide, Contract("", D("2026-01-15"), D("2026-06-15"), D("2028-06-14"))) == ["2026-07-13", "2026-09-07"]
    assert days(guide, Contract("", D("2026-01-15"), D("2026-04-20"), D("2028-06-14"))) == ["2026-05-18", "2026-07-13"]
    assert days(guide, Contract("", D("2026-01-15"), D("2026-04-13"), D("2028-06-14"))) == ["2026-05-11", "2026-07-06"]
    assert days(guide, Contract("", D("2026-01-15"), D("2026-04-01"), D("2028-06-14"))) == ["2026-04-29", "2026-06-24"]
    later = small(tmp_path / "later", [occasion(counted_from="trafikstart", weeks=14, **MEETING)])
    assert days(later, Contract("", D("2026-01-15"), D("2026-04-06"), D("2028-06-14"))) == ["2026-08-03"]


def test_two_meetings_are_not_put_on_one_day_but_work_may_be(tmp_path: Path) -> None:
    calendar = [occasion(id=f"m{number}", months=2, **MEETING) for number in (1, 2, 3)]
    guide = small(tmp_path, [*calendar, occasion(id="arbete", months=2)])
    contract = Contract("", D("2026-01-15"), D("2026-06-15"), D("2028-06-14"))
    assert days(guide, contract) == ["2026-03-16", "2026-03-16", "2026-03-17", "2026-03-18"]


def test_a_monthly_meeting_has_its_weekday_and_the_others_make_way(tmp_path: Path) -> None:
    series = [occasion(id=f"serie{number}", counted_from="trafikstart", every=1, **MEETING) for number in (1, 2)]
    once = occasion(id="annat", counted_from="trafikstart", months=1, weeks=-1, **MEETING)
    again = {**RECORDS["practices"]["motas"]["meetings"][0], "per_year": 12}
    guide = small(tmp_path, [*series, once], meetings=[again])
    found = plan(guide, Contract("", D("2026-01-15"), D("2026-09-08"), D("2027-09-07")))
    held = {event.rule.id: [] for event in found}
    for event in found:
        held[event.rule.id].append(event)
    first, second = held["motas.serie1"], held["motas.serie2"]
    assert {event.by_day for event in first} == {"2TU"} and {event.by_day for event in second} == {"2WE"}
    assert [event.date.month for event in first] == [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 8], (
        "not in July, nor after the traffic"
    )
    assert {(event.date.weekday(), (event.date.day + 6) // 7) for event in first} == {(1, 2)}
    assert not {event.date for event in first} & {event.date for event in (*second, *held["motas.annat"])}


def test_the_guides_own_meetings_never_meet_a_holiday_or_each_other(guide: Guide) -> None:
    for contract in (contract_of(guide.settings.example_contract), *CONTRACTS.values()):
        meetings = [event.date for event in plan(guide, contract) if event.rule.kind == "Möte"]
        assert len(meetings) == len(set(meetings)) > 20
        assert not [date for date in meetings if date.weekday() > 4 or is_holiday(date)]


def test_the_holidays_are_those_of_the_law() -> None:
    """The weekdays off in two years, as almanacs have them."""
    off = [D("2026-01-01") + datetime.timedelta(days=number) for number in range(730)]
    assert [f"{date:%y-%m-%d}" for date in off if date.weekday() < 5 and is_holiday(date)] == [
        "26-01-01", "26-01-06", "26-04-03", "26-04-06", "26-05-01", "26-05-14", "26-06-19", "26-12-24", "26-12-25", "26-12-31",
        "27-01-01", "27-01-06", "27-03-26", "27-03-29", "27-05-06", "27-06-25", "27-12-24", "27-12-31",
    ]  # fmt: skip


def test_a_day_that_the_contract_gives_stays_on_a_saturday_but_a_meeting_on_it_does_not(tmp_path: Path) -> None:
    option = {"counted_from": "optionsbesked"}
    guide = small(tmp_path, [occasion(**option), occasion(id="mote-2", meeting="Mötet", **option)])
    assert days(guide, CONTRACT) == ["2027-10-16", "2027-10-18"]


def test_what_is_repeated_keeps_to_its_day_and_ends_with_the_traffic(tmp_path: Path) -> None:
    guide = small(tmp_path, [occasion(every=6)])
    assert days(guide, CONTRACT) == ["2026-02-02", "2026-07-31", "2027-02-01", "2027-08-02", "2028-01-31"]


def test_what_would_come_before_the_contract_is_put_where_it_begins(tmp_path: Path) -> None:
    guide = small(
        tmp_path,
        [
            occasion(counted_from="trafikstart", months=-9),
            occasion(id="slut", counted_from="avtalsslut", months=-36),
        ],
    )
    assert days(guide, Contract("", D("2026-02-02"), D("2026-06-15"), D("2028-06-14"))) == ["2026-02-02", "2026-06-15"]


def test_the_middle_comes_two_years_before_an_option_is_decided(guide: Guide) -> None:
    """What the practice says: halfway, though two years before an option at the latest."""
    review = next(event for event in example_events(guide) if event.rule.id == "halvtidsoversyn.oversyn")
    assert review.date == D("2029-06-11")  # the twelfth is the month's second Tuesday, which another meeting has
    without = Contract("", D("2024-10-15"), D("2025-06-15"), D("2035-06-14"))
    review = next(event for event in plan(guide, without) if event.rule.id == "halvtidsoversyn.oversyn")
    assert review.date == D("2030-06-14")


def test_a_small_contract_meets_as_often_as_it_is_asked_to_and_the_ground_is_less_than_all(guide: Guide) -> None:
    contract = contract_of(guide.settings.example_contract)
    found = {scope: plan(guide, contract, scope) for scope in get_args(Scope)}
    assert len(found["litet"]) < len(found["grund"]) < len(found["allt"])
    left = {p.id for p in guide.all(Practice) if p.small_contract.choice == "avstå"}
    assert not left & {event.rule.id.split(".")[0] for event in found["litet"]}
    assert {event.rule.minutes for event in found["litet"]} == {0}, (
        "what a practice takes there is not one meeting's length"
    )
    monthly = [event for event in found["litet"] if event.rule.id == "manadsuppfoljning.manad"]
    per_year = guide.get(Practice, "manadsuppfoljning").small_contract.per_year
    assert [(later.date.month - one.date.month) % 12 for one, later in pairwise(monthly[:3])] == [
        12 // (per_year or 1)
    ] * 2
    own = {event.rule.id for event in found["allt"] if event.rule.kind == "Avtalsdag"}
    assert all(own <= {event.rule.id for event in found[scope]} for scope in get_args(Scope)), (
        "days of the contract stay"
    )
    ground = {p.id for p in guide.all(Practice) if p.level == "grund"}
    met = {event.rule.id.split(".")[0] for event in found["grund"] if event.rule.kind == "Möte"}
    assert met <= ground


def test_a_day_that_the_contract_gives_is_there_for_a_small_contract_too(tmp_path: Path) -> None:
    left_out = {"choice": "avstå", "how": "Låt vänta.", "minutes": 0}
    day, work = occasion(counted_from="avtalsslut"), occasion(id="arbete", counted_from="avtalsslut", months=-2)
    guide = small(tmp_path, [day, work], small_contract=left_out)
    found = [event.rule.id for event in plan(guide, CONTRACT, "litet") if event.rule.kind != "Fas"]
    assert found == ["motas.mote"]


def example_events(guide: Guide) -> Any:
    return plan(guide, contract_of(guide.settings.example_contract))


def test_the_phases_begin_when_the_guide_says(guide: Guide) -> None:
    found = {event.rule.id: event.date.isoformat() for event in example_events(guide) if event.rule.kind == "Fas"}
    assert found == {
        "fas.uppstart": "2024-10-15",
        "fas.etablering": "2025-06-15",
        "fas.utveckling": "2026-06-15",
        "fas.avslut": "2031-06-12",
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"calendar": [occasion(), occasion()]}, "«mote» används mer än en gång i kalendern"),
        ({"calendar": [occasion(meeting="Möttet")]}, "«Möttet» är inget av arbetssättets möten. Mötena är Mötet."),
        ({"calendar": [occasion(counted_from="start")]}, "Räknas från"),
        ({"calendar": [occasion(worksheet="saknas")]}, "«saknas» finns inte i worksheets/"),
    ],
)
def test_a_mistake_in_the_calendar_is_told(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(GuideError, match=re.escape(message)):
        small(tmp_path, **change)


def test_what_is_in_the_calendar_has_a_worksheet(tmp_path: Path) -> None:
    other = {**RECORDS["practices"]["motas"], "worksheets": [], "order": 2, "calendar": [occasion()]}
    with pytest.raises(GuideError, match="Ange bladet som hör till tillfället under worksheet"):
        read(write(tmp_path, practices={"utan-blad": other}))


# ---------------------------------------------------------------- the file


def entries(data: bytes) -> dict[str, Any]:
    """Uid, without what marks whose calendar it is → the event, as another library reads it."""
    calendar = vobject.readOne(data.decode())
    found = {re.sub(r"^[a-z0-9-]+\.|@.*$", "", entry.uid.value): entry for entry in calendar.vevent_list}
    assert len(found) == len(calendar.vevent_list), "a uid is used twice"
    return found


def dated(found: dict[str, Any]) -> dict[str, list[datetime.date]]:
    """The days of each entry, as a calendar program unfolds them."""
    return {id: [_day_of(one) for one in _unfolded(entry)] for id, entry in found.items()}


def _unfolded(entry: Any) -> Iterator[datetime.date]:
    return iter(entry.getrruleset() if "rrule" in entry.contents else [entry.dtstart.value])


def _day_of(value: datetime.date) -> datetime.date:
    return value.date() if isinstance(value, datetime.datetime) else value


def expected(guide: Guide, contract: Contract, scope: Scope = "allt") -> dict[str, list[datetime.date]]:
    entries: dict[str, list[datetime.date]] = {}
    for event in plan(guide, contract, scope):
        entries.setdefault(entry_of(event), []).append(event.date)
    return entries


def entry_of(event: Event) -> str:
    return f"{event.rule.id}.{'serie' if event.by_day else event.number}"


def test_the_example_calendar_is_read_and_says_that_it_is_made_up(guide: Guide) -> None:
    data = readers.file(guide, "arshjul.ics")
    found = entries(data)
    assert dated(found) == expected(guide, contract_of(guide.settings.example_contract))
    calendar = vobject.readOne(data.decode())
    assert calendar.x_wr_calname.value == "EXEMPEL – påhittat avtal: Exempelavtalet"
    assert all(entry.summary.value.startswith("EXEMPEL: ") for entry in found.values())
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_an_event_says_which_edition_it_is_of_and_a_meeting_is_told_of_a_week_before(guide: Guide) -> None:
    """A calendar program takes the later edition's event for the earlier one's."""
    found = entries(readers.file(guide, "arshjul.ics"))
    assert guide.settings.version == "0.2" and {entry.sequence.value for entry in found.values()} == {"2"}
    assert {entry.last_modified.value.date() for entry in found.values()} == {guide.settings.date}
    planned = plan(guide, contract_of(guide.settings.example_contract))
    meetings = {entry_of(event) for event in planned if event.rule.kind == "Möte"}
    told = {id for id, entry in found.items() if "valarm" in entry.contents}
    assert told == meetings and len(meetings) > 20
    assert {found[id].valarm.trigger.value for id in told} == {datetime.timedelta(days=-7)}


def test_a_meeting_has_its_length_and_a_monthly_one_is_a_series_that_can_be_moved_at_once(guide: Guide) -> None:
    found = entries(readers.file(guide, "arshjul.ics"))
    planned = plan(guide, contract_of(guide.settings.example_contract))
    minutes = {entry_of(event): event.rule.minutes for event in planned}
    for id, entry in found.items():
        length = entry.dtend.value - entry.dtstart.value
        assert length == (datetime.timedelta(minutes=minutes[id]) if minutes[id] else datetime.timedelta(days=1))
        assert entry.transp.value == ("OPAQUE" if minutes[id] else "TRANSPARENT")
    (monthly,) = (entry for entry in found.values() if "rrule" in entry.contents)
    assert monthly.rrule.value.startswith("FREQ=MONTHLY;UNTIL=") and monthly.rrule.value.endswith(";BYDAY=2TU")
    assert {day.month for left in monthly.contents["exdate"] for day in left.value} == {7}
    assert len(list(_unfolded(monthly))) > 70 and monthly.dtstart.value.hour == 9


def test_every_event_leads_to_what_to_do_and_to_its_worksheet(guide: Guide) -> None:
    address = guide.settings.address
    pages = {path.removesuffix(".md") + "/" for path in readers.pages(guide)}
    for entry in entries(readers.file(guide, "arshjul.ics")).values():
        practice, sheet = (
            link.removeprefix(address).partition("#")[0] for link in re.findall(r"https://\S+", entry.description.value)
        )
        assert {practice, sheet} <= pages
        assert entry.url.value == address + practice
        assert "Arbetsblad: " in entry.description.value


# ---------------------------------------------------------------- the page


def test_no_record_can_break_out_of_the_data_on_the_page(tmp_path: Path) -> None:
    hostile = "</script><b>&amp; <!--"
    practice = {**RECORDS["practices"]["motas"], "order": 2, "calendar": [occasion(title=hostile)]}
    guide = read(write(tmp_path, {"calendar": "arshjul"}, practices={"arshjul": practice})).guide
    page = readers.pages(guide)["arbetssatt/arshjul.md"]
    (data,) = re.findall(r'<script type="application/json" id="kalenderregler">(.*?)</script>', page)
    assert "<" not in data
    assert [rule["title"] for rule in json.loads(data)["rules"]] == [hostile]
    assert SHEET in data


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page with the form. It may ask for nothing outside the site, and keep nothing."""
    context = browser.new_context(locale="sv-SE", timezone_id="America/Los_Angeles", accept_downloads=True)
    page = context.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url) if request.post_data else None)
    page.on(
        "request", lambda request: request.url.startswith((address, "data:", "blob:")) or elsewhere.append(request.url)
    )
    page.goto(address + FORM)
    kept = page.evaluate("Object.keys(localStorage)")
    yield page
    assert page.evaluate("Object.keys(localStorage)") == kept
    context.close()
    assert elsewhere == []


def type_in(page: Page, contract: Contract, scope: Scope = "allt") -> None:
    options = dict(
        zip(
            ("Sista dag för besked om optionen", "Sista dag för besked om en andra option"),
            contract.options,
            strict=False,
        )
    )
    typed = {
        "Avtalet signeras": contract.signed,
        "Första trafikdagen": contract.starts,
        "Sista trafikdagen": contract.ends,
        **options,
    }
    for label, day in typed.items():
        page.get_by_label(label, exact=True).fill(day.isoformat())
    page.get_by_label("Avtalets namn", exact=True).fill(contract.name)
    page.get_by_label("Hur mycket ska med?").select_option(scope)
    page.get_by_role("button", name="Räkna ut kalendern").click()


def fetch(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta kalenderfil").click()
    assert download.value.suggested_filename == "arshjul.ics"
    return Path(download.value.path()).read_bytes()


@site_group
@pytest.mark.parametrize("scope", get_args(Scope))
@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)
def test_the_browser_gives_the_days_that_python_gives(
    page: Page, guide: Guide, contract: Contract, scope: Scope
) -> None:
    type_in(page, contract, scope)
    wanted = expected(guide, contract, scope)
    count = sum(map(len, wanted.values()))
    expect(page.locator("#kalenderformular [role=status]")).to_contain_text(f"{count} tillfällen")
    assert dated(entries(fetch(page))) == wanted


@site_group
def test_the_two_files_differ_only_in_whose_they_are(page: Page, guide: Guide, site: Path) -> None:
    example = contract_of(guide.settings.example_contract)
    page.get_by_label("Mötena börjar klockan").fill("09:00")
    type_in(page, example)
    ours, theirs = (entries(data) for data in ((site / "ladda-ner/arshjul.ics").read_bytes(), fetch(page)))
    assert list(ours) == list(theirs)
    for id, entry in theirs.items():
        for name in ("dtstart", "dtend", "description", "url", "categories", "transp", "sequence"):
            assert getattr(ours[id], name).value == getattr(entry, name).value
        assert ("valarm" in entry.contents) == ("valarm" in ours[id].contents)
        assert list(_unfolded(entry)) == list(_unfolded(ours[id]))
        assert entry.summary.value.removeprefix("Exempelavtalet: ") == ours[id].summary.value.removeprefix("EXEMPEL: ")


@site_group
def test_the_length_in_years_gives_the_last_day(page: Page, guide: Guide) -> None:
    page.get_by_label("Avtalet signeras", exact=True).fill("2027-08-31")
    page.get_by_label("Första trafikdagen", exact=True).fill("2028-02-29")
    page.get_by_label("Avtalets längd i år", exact=True).fill("8")
    page.get_by_role("button", name="Räkna ut kalendern").click()
    expect(page.locator(".plan-dates")).to_have_text("Signering 31 aug 2027, trafik 29 feb 2028–28 feb 2036.")


@site_group
def test_the_plan_shows_each_year_with_links_to_practice_and_worksheet(page: Page, address: str, guide: Guide) -> None:
    type_in(page, contract_of(guide.settings.example_contract))
    expect(page.locator("#kalenderplan h4")).to_have_text([str(year) for year in range(2024, 2034)])
    line = page.locator("#kalenderplan li", has_text="Läs avtalet tillsammans")
    expect(line).to_contain_text("12 nov")
    targets = line.get_by_role("link").evaluate_all("links => links.map((link) => link.href)")
    assert targets == [f"{address}arbetssatt/gemensam-avtalsgenomgang/", f"{address}arbetsblad/avtalsgenomgang/"]


MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")


def day(date: datetime.date) -> str:
    return f"{date.day}\xa0{MONTHS[date.month - 1]}"


def told(guide: Guide, contract: Contract) -> dict[str, list[tuple[str, str, str]]]:
    """Year → its lines as a reader meets them: the days, what happens and which worksheet."""
    rows: dict[int, dict[str, list[Any]]] = {}
    for event in plan(guide, contract):
        rows.setdefault(event.date.year, {}).setdefault(event.rule.id, []).append(event)
    lines: dict[str, list[tuple[str, str, str]]] = {}
    for year, by_rule in rows.items():
        lines[str(year)] = []
        for events in by_rule.values():
            rule, days = events[0].rule, [day(event.date) for event in events]
            text = ", ".join(days) if len(days) < 5 else f"{len(days)} gånger, {days[0]}–{days[-1]}"
            if len(days) > 4 and (by_day := events[0].by_day):
                weekday = {"TU": "tisdagen", "WE": "onsdagen"}[by_day[1:]]
                text = f"{ {'2': 'andra', '3': 'tredje'}[by_day[0]] } {weekday} i månaden"
            lines[str(year)].append((text, rule.title, rule.worksheet.title))
    return lines


@site_group
@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)
def test_the_page_tells_each_years_days_as_python_would(page: Page, guide: Guide, contract: Contract) -> None:
    type_in(page, contract)
    expect(page.locator("#kalenderplan")).to_be_visible()
    found = page.locator("#kalenderplan section").evaluate_all(
        "years => years.map((year) => [year.querySelector('h4').textContent, [...year.querySelectorAll('li')].map("
        "(line) => [line.querySelector('span').textContent, ...[...line.querySelectorAll('a')].map((a) => a.textContent)])])"
    )
    wanted = told(guide, contract)
    assert {year: [tuple(line) for line in lines] for year, lines in found} == wanted
    texts = [text for lines in wanted.values() for text, _, _ in lines]
    assert any("i månaden" in text for text in texts), "no contract tries a month's meeting"


@site_group
@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        (("", "2033-05-01"), {"option2": "Fyll i den första optionens dag också."}),
        (("2033-05-01", "2033-05-01"), {"option2": "Den andra optionens dag ska ligga efter den förstas."}),
        (("2033-05-02", "2033-05-01"), {"option2": "Den andra optionens dag ska ligga efter den förstas."}),
        (("2027-06-13", ""), {"option1": "Dagen ska ligga mellan den första och den sista trafikdagen."}),
        (("2035-06-13", ""), {"option1": "Dagen ska ligga mellan den första och den sista trafikdagen."}),
        (("2035-06-12", "2035-06-13"), {}),
    ],
)
def test_an_options_day_that_cannot_be_is_told_at_its_field(
    page: Page, options: tuple[str, str], wrong: dict[str, str]
) -> None:
    for name, text in zip(("option1", "option2"), options, strict=True):
        page.locator(f"#kalender-{name}").fill(text)
    type_in(page, Contract("", D("2027-01-01"), D("2027-06-13"), D("2035-06-12")))
    told = page.locator(".problem[data-for]").evaluate_all(
        "all => all.map((one) => [one.dataset.for, one.textContent])"
    )
    assert {name: text for name, text in told if text} == wrong
    expect(page.locator("#kalenderplan")).to_be_visible(visible=not wrong)
    for name in wrong:
        expect(page.locator(f"#kalender-{name}")).to_be_focused()


@site_group
def test_only_what_lies_ahead_when_the_reader_asks(page: Page, guide: Guide) -> None:
    page.clock.set_fixed_time("2031-01-01T12:00:00Z")
    page.get_by_label("Ta bara med det som ligger framför er").check()
    type_in(page, contract_of(guide.settings.example_contract))
    assert min(days[0] for days in dated(entries(fetch(page))).values()) == D("2031-01-14")


@site_group
def test_an_eight_year_plan_is_printed_alone_on_one_page(page: Page, guide: Guide, tmp_path: Path) -> None:
    page.evaluate("window.print = () => {}")
    type_in(page, contract_of(guide.settings.example_contract))
    page.get_by_role("button", name="Skriv ut planen").click()
    page.pdf(path=tmp_path / "plan.pdf", prefer_css_page_size=True)
    with pikepdf.open(tmp_path / "plan.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]
    expect(page.locator("html")).not_to_have_class("print-plan")  # the whole page is printed as before
    page.get_by_role("button", name="Skriv ut planen").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    expect(page.get_by_role("heading", level=3, name="Partnerskapets kalender: Exempelavtalet")).to_be_visible()


@site_group
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_form_says_what_is_wrong_at_each_field(
    browser: Browser, address: str, scheme: Any, width: int, guide: Guide
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, locale="sv-SE")
    page = context.new_page()
    page.goto(address + FORM)
    wrong = Contract("", D("2027-06-12"), D("2027-06-12"), D("2027-01-01"))
    type_in(page, wrong)
    first = page.get_by_label("Första trafikdagen", exact=True)
    expect(first).to_be_focused()
    expect(first).to_have_accessible_description("Den första trafikdagen ska ligga efter signeringen.")
    expect(page.get_by_label("Sista trafikdagen", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Avtalet signeras", exact=True)).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#kalenderformular [role=status]")).to_have_text("2 fält behöver rättas.")
    expect(page.locator("#kalenderplan")).to_be_hidden()
    found = _violations(page)
    type_in(page, contract_of(guide.settings.example_contract))
    expect(page.locator("#kalenderplan")).to_be_visible()
    found += _violations(page)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()
    assert found == []
    assert not wide


def _violations(page: Page) -> list[tuple[str, list[Any]]]:
    settled(page)
    violations = Axe().run(page, options=AXE).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations]


@site_group
def test_without_script_the_example_can_be_fetched(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + FORM)
    expect(page.locator("#kalenderformular")).to_be_hidden()
    expect(page.get_by_text("Formuläret behöver skript")).to_be_visible()
    expect(page.get_by_role("link", name="Exempelavtalets kalender")).to_have_attribute(
        "href", re.compile("arshjul.ics$")
    )
    context.close()
