"""Every workbook, opened in LibreOffice, filled in, worked out, saved and opened again."""

from __future__ import annotations

import datetime
import io
import math
import random
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from scripts.guide.guide import Guide
from scripts.guide.model import TableField, Worksheet
from scripts.worksheets.followup import FollowUpError, follow_up
from scripts.worksheets.followup.reading import read_previous
from scripts.worksheets.form import resolve
from scripts.worksheets.rating import ONE
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


# ---------------------------------------------------------------- two parties rate

Given = list[list[int | str]]  # statement by statement, what each person answers
SEEDS = range(6)


@dataclass(frozen=True)
class Compared:
    """Two made-up parties' answers, and the workbooks' cells as LibreOffice has worked them out: sheet → lines by heading."""

    client: Given
    operator: Given
    own: dict[str, list[dict[str, Any]]]
    both: dict[str, list[dict[str, Any]]]
    top: str


@pytest.fixture(scope="module")
def compared(released: Path, office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[Compared]:
    """Answers at random, rated and compared: ties, «vet ej», numbers outside the scale, and statements that one party left."""
    folder = tmp_path_factory.mktemp("rated")
    cases = [(_made_up(seed, 6), _made_up(seed + 100, 3)) for seed in SEEDS]
    parties = (("bestallaren", 0, "D"), ("utforaren", 1, "G"))
    jobs = []
    for seed, case in zip(SEEDS, cases, strict=True):
        for party, side, _ in parties:
            fill = [
                ["Svar", f"{get_column_letter(4 + at)}{row}", "number" if isinstance(answer, int) else "text", answer]
                for row, persons in enumerate(case[side], 4)
                for at, answer in enumerate(persons)
            ]
            file = released / f"partnerskapsskattning-{party}.xlsx"
            jobs.append({"open": str(file), "fill": fill, "save": str(folder / f"{party}-{seed}.xlsx")})
    assert not [result["error"] for result in office(jobs) if "error" in result]
    jobs = []
    for seed in SEEDS:
        fill = []
        for party, _, letter in parties:
            first = ord(letter) - ord("A") + 1
            for row, line in enumerate(_lines(folder / f"{party}-{seed}.xlsx", "Svar", 3), 5):
                three = (line["Vårt svar"], line["Antal svar"], line["Spridning"])
                fill += [
                    ["Svar", f"{get_column_letter(at)}{row}", "number", value]
                    for at, value in enumerate(three, first)
                    if value not in (None, "")
                ]
        file = released / "partnerskapsskattning-tillsammans.xlsx"
        jobs.append({"open": str(file), "fill": fill, "save": str(folder / f"both-{seed}.xlsx")})
    assert not [result["error"] for result in office(jobs) if "error" in result]
    found = []
    for seed, (client, operator) in zip(SEEDS, cases, strict=True):
        own = {party: _lines(folder / f"{party}-{seed}.xlsx", "Svar", 3) for party, *_ in parties}
        file = folder / f"both-{seed}.xlsx"
        both = {name: _lines(file, name, header) for name, header in (("Svar", 4), ("Dagordning", 4), ("Bild", 3))}
        top = openpyxl.load_workbook(file, data_only=True)["Dagordning"]["A3"].value
        found.append(Compared(client, operator, own, both, top))
    return found


def _made_up(seed: int, persons: int) -> Given:
    chance = random.Random(seed)
    answers: Given = []
    for _ in range(28):
        if chance.random() < 0.08:
            answers.append([])
            continue
        middle = chance.choice((1.5, 2.5, 3, 3.5, 4.5))
        each: list[int | str] = [min(5, max(1, round(chance.gauss(middle, 0.9)))) for _ in range(persons)]
        if chance.random() < 0.3:
            each[chance.randrange(persons)] = chance.choice(("vet ej", 0, 6, -3, "3?"))
        answers.append(each)
    return answers


def _lines(file: Path, name: str, header: int) -> list[dict[str, Any]]:
    rows = openpyxl.load_workbook(file, data_only=True)[name].iter_rows(min_row=header, values_only=True)
    headings = next(rows)
    return [dict(zip(headings, row, strict=True)) for row in rows if row[2] not in (None, "")]


def _mean(numbers: list[Any]) -> float:
    """One decimal, halves upwards."""
    return math.floor(Fraction(sum(map(Fraction, numbers)), len(numbers)) * 10 + Fraction(1, 2)) / 10


def _valid(persons: list[int | str]) -> list[int]:
    return [answer for answer in persons if isinstance(answer, int) and 1 <= answer <= 5]


def test_a_partys_answers_come_to_what_they_should(compared: list[Compared]) -> None:
    for case in compared:
        for party, answers in (("bestallaren", case.client), ("utforaren", case.operator)):
            assert len(case.own[party]) == 28
            for line, persons in zip(case.own[party], answers, strict=True):
                valid = _valid(persons)
                odd = len([answer for answer in persons if answer not in valid and answer != "vet ej"])
                assert line["Vårt svar"] == (_mean(valid) if valid else None), persons
                assert line["Antal svar"] == len(valid)
                spread = statistics.stdev(valid) if len(valid) > 1 else None
                assert line["Spridning"] == (None if spread is None else pytest.approx(spread, abs=0.0501)), persons
                assert line["Vi emellan"] == (
                    "oeniga" if line["Spridning"] is not None and line["Spridning"] >= 1.3 else None
                )
                assert line["Räknas inte"] == (f"{odd} utanför skalan" if odd else None)


def test_the_comparison_and_the_agenda_come_to_what_they_should(compared: list[Compared]) -> None:
    for case in compared:
        pairs = [
            tuple(_mean(valid) if (valid := _valid(persons)) else None for persons in both)
            for both in zip(case.client, case.operator, strict=True)
        ]
        gaps = {n: round(abs(c - o), 1) for n, (c, o) in enumerate(pairs, 1) if c is not None and o is not None}  # type: ignore[operator]
        order = sorted(gaps, key=lambda n: (-gaps[n], sum(pairs[n - 1]), n))  # type: ignore[arg-type]
        order += [n for n in range(1, 29) if n not in gaps]
        agenda = case.both["Dagordning"]
        assert [line["Nr"] for line in agenda] == order
        for line in agenda:
            number = line["Nr"]
            client, operator = pairs[number - 1]
            assert (line["Beställaren"], line["Utföraren"], line["Skillnad"]) == (client, operator, gaps.get(number))
            if number in gaps:
                place, shared = (
                    1 + sum(gap > gaps[number] for gap in gaps.values()),
                    list(gaps.values()).count(gaps[number]),
                )
                assert line["Plats"] == (f"{place} (delad)" if shared > 1 else str(place))
                state = "olika bild" if gaps[number] >= 1 else "båda lågt" if max(client, operator) <= 2.5 else None  # type: ignore[type-var]
                assert (line["Läge"], line["Varför inte jämfört"]) == (state, None)
            else:
                missing = [
                    name for name, answer in (("beställaren", client), ("utföraren", operator)) if answer is None
                ]
                who = "båda" if len(missing) > 1 else missing[0]
                assert (line["Läge"], line["Varför inte jämfört"]) == (None, f"saknar svar från {who}")
        fifth = sorted(gaps.values(), reverse=True)[4]
        first = sum(gap >= fifth for gap in gaps.values())
        shared_place = ", eftersom plats 5 delas." if first > 5 else "."
        assert case.top == f"{len(gaps)} av 28 påståenden är jämförda. Börja med de {first} översta{shared_place}"
        for area, line in enumerate(case.both["Bild"][:7]):
            inside = [n for n in range(area * 4 + 1, area * 4 + 5) if n in gaps]
            sides = [[pairs[n - 1][side] for n in inside] for side in (0, 1)]
            means = [_mean(list(map(str, side))) if side else None for side in sides]
            assert [line["Beställaren"], line["Utföraren"]] == means
            assert line["Jämförda"] == f"{len(inside)} av 4"
    assert any(
        len(case.both["Dagordning"]) > len([line for line in case.both["Dagordning"] if line["Skillnad"]])
        for case in compared
    )


def test_a_formula_that_was_pasted_instead_of_its_value_does_no_harm(released: Path, office: Office) -> None:
    """As when the columns are copied from the party's workbook with an ordinary paste."""
    fill = [["Svar", f"D{row}", "number", 4] for row in range(6, 33)] + [
        ["Svar", f"G{row}", "number", 2] for row in range(5, 33)
    ]
    fill.append(["Svar", "D5", "formula", '=IF(N5=0,"",ROUND(P5/N5,1))'])
    read = [["Dagordning", "A3"], ["Dagordning", "B32"], ["Dagordning", "J32"], ["Svar", "A3"]]
    (seen,) = office([{"open": str(released / "partnerskapsskattning-tillsammans.xlsx"), "fill": fill, "read": read}])
    assert seen["values"] == [
        "27 av 28 påståenden är jämförda. Börja med de 27 översta, eftersom plats 5 delas.",
        1,
        "formel: klistra in som värden",
        "27 av 28 påståenden är jämförda. Rader med värden som inte räknas: 1. Se kolumnen «Varför inte jämfört».",
    ]


# ---------------------------------------------------------------- next year


def test_a_workbook_that_another_program_has_saved_is_followed_up_with_every_answer(
    guide: Guide, tried: list[Tried]
) -> None:
    for t in tried:
        content = t.saved.read_bytes()
        if t.memory.variant == ONE:
            with pytest.raises(FollowUpError, match="Ett enskilt svar följs inte upp"):
                follow_up(guide, content)
            continue
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
