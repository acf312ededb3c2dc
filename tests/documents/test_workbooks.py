"""Every workbook, opened in LibreOffice, filled in, worked out, saved and opened again."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from scripts.guide.guide import Guide
from scripts.guide.model import TableField, Worksheet
from scripts.worksheets.followup import follow_up
from scripts.worksheets.followup.reading import read_previous
from scripts.worksheets.form import resolve
from scripts.worksheets.rating import form_of
from scripts.worksheets.rating.comparison import Row, ordered, rows
from scripts.worksheets.rows import compute
from scripts.worksheets.xlsx.memory import SHEET, Memory, read_memory
from scripts.worksheets.xlsx.workbook import LISTS
from tests.documents.conftest import Office
from tests.test_filled_in import written

pytestmark = pytest.mark.xdist_group("office")

Place = tuple[str, str]  # sheet and cell
DAY = datetime.date(2027, 2, 28)
SERIAL = (DAY - datetime.date(1899, 12, 30)).days
MESSAGES = ("Svara med en siffra", "Välj ett av svaren", "Skriv datumet som ÅÅÅÅ-MM-DD", "Skriv bara siffror")


@dataclass(frozen=True)
class Tried:
    """A workbook before, during and after: what was to be written, what LibreOffice saw, and what it saved."""

    file: Path
    memory: Memory
    fills: Mapping[Place, tuple[str, Any]]  # kind and value
    computed: Mapping[str, tuple[Place, ...]]  # name → cells that the workbook works out
    seen: dict[str, Any]
    again: dict[str, Any]
    saved: Path

    @property
    def read(self) -> dict[Place, Any]:
        """What stands in each cell of the saved file, as LibreOffice reads it."""
        return dict(zip(self.places, self.again["values"], strict=True))

    @property
    def look(self) -> dict[Place, dict[str, Any]]:
        """How each cell is shown and guarded in our file, as LibreOffice sees it."""
        return dict(zip(self.places, self.seen["cells"], strict=True))

    @property
    def places(self) -> list[Place]:
        return [*self.fills, *(place for places in self.computed.values() for place in places)]


@pytest.fixture(scope="module")
def tried(released: Path, office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[Tried]:
    folder = tmp_path_factory.mktemp("saved")
    plans = [(file, *plan(file)) for file in sorted(released.glob("*.xlsx"))]
    assert len(plans) > 40
    jobs = []
    for file, _, fills, computed in plans:
        places = [*fills, *(place for places in computed.values() for place in places)]
        fill = [[*place, kind, value] for place, (kind, value) in fills.items()]
        jobs.append({"open": str(file), "fill": fill, "read": places, "look": places, "save": str(folder / file.name)})
    seen = office(jobs)
    again = office([{"open": job["save"], "read": job["read"]} for job in jobs])
    return [
        Tried(file, memory, fills, computed, first, second, folder / file.name)
        for (file, memory, fills, computed), first, second in zip(plans, seen, again, strict=True)
    ]


def plan(file: Path) -> tuple[Memory, dict[Place, tuple[str, Any]], dict[str, tuple[Place, ...]]]:
    """What to write in a workbook: in each place to answer, in a table's first two rows, something that its rule accepts."""
    book = openpyxl.load_workbook(file)
    memory = read_memory(book[SHEET].iter_rows(values_only=True))
    assert memory is not None, file.name
    rules = {sheet.title: list(sheet.data_validations.dataValidation) for sheet in book}
    fills: dict[Place, tuple[str, Any]] = {}
    computed: dict[str, tuple[Place, ...]] = {}
    for asked in memory.places:
        places = tuple(cells(book, asked.name))[: 3 if asked.name.endswith(".personer") else 2]
        if "uträkna" in asked.kind:
            computed[asked.name] = places
        else:
            fills |= {place: answer(book, rules[place[0]], place, number) for number, place in enumerate(places, 1)}
    return memory, fills, computed


def cells(book: Any, name: str) -> Iterator[Place]:
    for sheet, area in book.defined_names[name].destinations:
        left, top, right, bottom = range_boundaries(area)
        for row in book[sheet].iter_rows(top, bottom, left, right):
            yield from ((sheet, cell.coordinate) for cell in row)


def answer(book: Any, rules: list[Any], place: Place, number: int) -> tuple[str, Any]:
    rule = next((rule for rule in rules if place[1] in rule.sqref), None)
    if rule is None:
        return "text", f"=Åsa & <b>{place[1]}</b>; 1,5"
    if rule.type == "date":
        return "number", SERIAL
    if rule.type == "decimal":
        return "number", number + 1.5
    if "!" not in rule.formula1:
        return "number", number + 1
    options = [cell.value for (cell,) in book[LISTS][rule.formula1.split("!")[1]]]
    return "text", options[-1]


# ---------------------------------------------------------------- opened, filled in, saved, opened again


def test_every_workbook_opens_and_nothing_in_it_is_in_error(tried: list[Tried]) -> None:
    assert [
        (t.file.name, t.seen.get("error"), t.again.get("error"))
        for t in tried
        if "error" in t.seen or "error" in t.again
    ] == []
    sheets = [(t.file.name, sheet) for t in tried for found in (t.seen, t.again) for sheet in found["sheets"].values()]
    assert [(name, sheet["errors"]) for name, sheet in sheets if sheet["errors"]] == []


def test_what_is_filled_in_is_there_when_the_file_is_opened_again(tried: list[Tried]) -> None:
    lost = []
    for t in tried:
        book = openpyxl.load_workbook(t.saved, data_only=True)
        for (sheet, cell), (_, value) in t.fills.items():
            found = t.read[sheet, cell]
            other = book[sheet][cell].value
            if isinstance(other, datetime.datetime):
                other = (other.date() - datetime.date(1899, 12, 30)).days
            if (found, other) != (value, value):
                lost.append((t.file.name, sheet, cell, value, found, other))
    assert lost == []


def test_names_survive_another_program(tried: list[Tried]) -> None:
    for t in tried:
        names = set(openpyxl.load_workbook(t.file).defined_names)
        assert names == set(t.seen["names"]) == set(openpyxl.load_workbook(t.saved).defined_names), t.file.name


def test_places_to_answer_are_open_and_all_else_is_locked(tried: list[Tried]) -> None:
    for t in tried:
        assert not [place for place in t.fills if t.look[place]["locked"]], t.file.name
        assert [cell for places in t.computed.values() for cell in places if not t.look[cell]["locked"]] == [], (
            t.file.name
        )
        assert all(sheet["protected"] for sheet in t.seen["sheets"].values() if sheet["visible"] and sheet["header"]), (
            t.file.name
        )
        assert not [name for name, sheet in t.seen["sheets"].items() if name in (LISTS, SHEET) and sheet["visible"]], (
            t.file.name
        )
        book = openpyxl.load_workbook(t.file)
        asked = {place for name in t.memory.places for place in cells(book, name.name)}
        open_cells = {
            (sheet.title, cell.coordinate)
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked
        }
        assert open_cells <= asked, (t.file.name, sorted(open_cells - asked)[:5])


def test_lists_dates_and_numbers_stop_what_does_not_fit_and_say_so_in_swedish(tried: list[Tried]) -> None:
    seen = set()
    for t in tried:
        for place, (kind, _) in t.fills.items():
            found = t.look[place]
            if kind == "number" or found["rule"] != "ANY":
                assert found["rule"] in ("LIST", "DATE", "DECIMAL"), (t.file.name, place)
                assert found["stops"], (t.file.name, place)
                assert found["message"].startswith(MESSAGES), (t.file.name, place, found["message"])
                seen.add(found["rule"])
    assert seen == {"LIST", "DATE", "DECIMAL"}


def test_dates_are_shown_as_in_swedish_and_numbers_with_the_readers_own_signs(tried: list[Tried]) -> None:
    for t in tried:
        book = openpyxl.load_workbook(t.saved)
        for (sheet, cell), (kind, value) in t.fills.items():
            if value == SERIAL and kind == "number":
                assert t.look[sheet, cell]["text"] == "2027-02-28", (t.file.name, sheet, cell)
                assert book[sheet][cell].number_format.lower().replace("\\", "") == "yyyy-mm-dd", (
                    t.file.name,
                    sheet,
                    cell,
                )
    for t in tried:  # stored without a language of its own: Excel shows 1 234,5 in Sweden
        formats = {
            cell.number_format for sheet in openpyxl.load_workbook(t.file) for row in sheet.iter_rows() for cell in row
        }
        assert not [shown for shown in formats if "[$" in shown], t.file.name


def test_headers_are_repeated_on_paper(tried: list[Tried]) -> None:
    for t in tried:
        for name, sheet in t.seen["sheets"].items():
            if sheet["visible"] and name != "Om bladet":
                assert sheet["header"], (t.file.name, name)


# ---------------------------------------------------------------- worked out


def test_computed_columns_are_worked_out_of_what_is_filled_in(guide: Guide, tried: list[Tried]) -> None:
    checked = 0
    for t in tried:
        if t.memory.variant:
            continue
        for question in resolve(guide, guide.get(Worksheet, t.memory.worksheet)).questions:
            field = question.field
            for column in field.columns if isinstance(field, TableField) else ():
                if column.computed is None:
                    continue
                for row, place in enumerate(t.computed[f"f_{field.id}.{column.id}".replace("-", "_")]):
                    names = [f"f_{field.id}.{id}".replace("-", "_") for id in column.computed.columns]
                    book = openpyxl.load_workbook(t.file)
                    given = [t.fills[list(cells(book, name))[row]][1] for name in names]
                    assert t.read[place] == pytest.approx(compute(column.computed, given)), (
                        t.file.name,
                        place,
                    )
                    checked += 1
    assert checked > 10


@pytest.fixture(scope="module")
def parties(guide: Guide, released: Path, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two made-up parties rate, compare and agree: the workbook for both, with formulas worked out by LibreOffice."""
    found = rows(form_of(guide, guide.get(Worksheet, "partnerskapsskattning"), "tillsammans"))
    answers = [((row.number * 2) % 5 + 1, (row.number * 3) % 5 + 1) for row in found]
    rated = [Row(r.number, r.area, r.name, r.text, scores) for r, scores in zip(found, answers, strict=True)]
    own = own_answers(released, office, [client for client, _ in answers])
    fill = []
    for at, (row, scores) in enumerate(zip(rated, answers, strict=True), 4):
        fill += [["Svar", f"D{at}", "number", own[row.number - 1]], ["Svar", f"E{at}", "number", scores[1]]]
        fill.append(["Svar", f"H{at}", "text", f"Vi är överens om {row.number}"])
    file = tmp_path_factory.mktemp("rated") / "tillsammans.xlsx"
    (seen,) = office(
        [{"open": str(released / "partnerskapsskattning-tillsammans.xlsx"), "fill": fill, "save": str(file)}]
    )
    assert "error" not in seen, seen
    return rated, seen, openpyxl.load_workbook(file, data_only=True)


def own_answers(released: Path, office: Office, wanted: list[int]) -> list[int]:
    """The party's answers, worked out of three persons' in its own workbook."""
    fill = []
    for at, answer in enumerate(wanted, 4):
        spread = 1 if 1 < answer < 5 else 0
        fill += [
            ["Svar", f"{letter}{at}", "number", answer + step]
            for letter, step in (("D", -spread), ("E", 0), ("F", spread))
        ]
    read = [["Svar", f"{letter}{at}"] for at in range(4, 4 + len(wanted)) for letter in ("L", "M")]
    (seen,) = office([{"open": str(released / "partnerskapsskattning-bestallaren.xlsx"), "fill": fill, "read": read}])
    values = seen["values"]
    assert values[::2] == wanted
    assert values[1::2] == [2 if 1 < answer < 5 else 0 for answer in wanted]
    return [round(value) for value in values[::2]]


def test_two_parties_answers_become_an_agenda_with_the_largest_gap_first(parties: Any) -> None:
    rated, _, book = parties
    agenda = [
        [cell.value for cell in row]
        for row in book["Dagordning"].iter_rows(min_row=4, max_row=3 + len(rated), max_col=9)
    ]
    wanted = ordered(rated)
    assert [line[3] for line in agenda] == [row.text for row in wanted]
    assert [(line[4], line[5], line[6], line[7] or "") for line in agenda] == [
        (*row.scores, row.gap, row.state) for row in wanted
    ]
    assert [line[8] for line in agenda] == [f"Vi är överens om {row.number}" for row in wanted]
    assert {row.state for row in rated} == {"olika bild", "båda lågt", ""}


def test_the_radar_has_the_means_of_each_area(parties: Any) -> None:
    rated, seen, book = parties
    for area, client, operator, gap in book["Bild"].iter_rows(min_row=4, max_row=10, max_col=4, values_only=True):
        pairs = [row.scores for row in rated if row.area == area]
        means = [sum(side) / len(side) for side in zip(*pairs, strict=True)]
        assert (client, operator, gap) == pytest.approx((*means, abs(means[0] - means[1]))), area
    assert seen["sheets"]["Bild"]["charts"] == 1


# ---------------------------------------------------------------- next year


def test_a_workbook_that_another_program_has_saved_is_followed_up_with_every_answer(
    guide: Guide, tried: list[Tried]
) -> None:
    for t in tried:
        content = t.saved.read_bytes()
        previous = read_previous(content)
        assert not previous.loose, (t.file.name, previous.loose[:3])
        book = openpyxl.load_workbook(io.BytesIO(follow_up(guide, content).content))
        shown = {
            str(cell.value)
            for sheet in book
            if sheet.sheet_state == "visible"
            for row in sheet.iter_rows()
            for cell in row
        }
        texts = {str(value) for kind, value in t.fills.values() if kind == "text"}
        joined = " ; ".join(shown)
        assert not [text for text in texts if text not in joined], t.file.name
        assert "2027-02-28" in joined, t.file.name


# ---------------------------------------------------------------- room for what is written


@pytest.mark.parametrize("times", [1, 2])
def test_every_answer_of_the_examples_and_twice_as_much_is_seen_in_the_blank_workbook(
    guide: Guide, released: Path, office: Office, times: int
) -> None:
    jobs = {}
    for sheet in guide.all(Worksheet):
        if not guide.example(sheet) or sheet.comparison:
            continue
        file = released / f"{sheet.id}.xlsx"
        book = openpyxl.load_workbook(file)
        fill = []
        for name, text in written(resolve(guide, sheet, True)):
            field, _, rest = name.partition("/")
            row, _, column = rest.removeprefix("r").partition("/")
            places = list(cells(book, f"f_{field}.{column}".rstrip(".").replace("-", "_")))
            fill.append([*places[int(row or 1) - 1], "text", " ".join([text] * times)])
        jobs[sheet.id] = {"open": str(file), "fill": fill}
    seen = dict(zip(jobs, office(list(jobs.values())), strict=True))
    assert sum(len(job["fill"]) for job in jobs.values()) > 1000
    assert {id: found for id, found in seen.items() if found.get("error") or found["hidden"]} == {}
