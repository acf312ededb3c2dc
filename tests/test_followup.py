"""A workbook that remembers: this year's is made from last year's, and nothing in that is lost."""

from __future__ import annotations

import datetime
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from scripts.__main__ import main
from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Worksheet
from scripts.worksheets import rating
from scripts.worksheets.followup import FollowUpError, follow_up
from tests import readers
from tests.small_guide import FIELDS, SHEET, write

TABLE = next(field for field in FIELDS if field["id"] == "risker")


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """Last year's guide."""
    return read(write(tmp_path_factory.mktemp("guide"))).guide


def blank(guide: Guide) -> Any:
    return openpyxl.load_workbook(io.BytesIO(readers.file(guide, f"{SHEET}.xlsx")))


def cells(book: Any, name: str) -> list[Any]:
    ((sheet, area),) = book.defined_names[name].destinations
    found = book[sheet][area]
    return [cell for row in found for cell in row] if isinstance(found, tuple) else [found]


def saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def beside(book: Any, name: str, columns: int) -> str:
    """What stands some columns to the right of a place to answer."""
    (cell,) = cells(book, name)
    return str(cell.offset(column=columns).value or "")


@pytest.fixture(scope="module")
def filled(guide: Guide) -> bytes:
    book = blank(guide)
    answers = {"bestallare": "Region Prov", "f_mal": "Alla turer i tid", "f_tillit.tillit_1": 4, "f_klart.depa": "ja"}
    for name, value in answers.items():
        cells(book, name)[0].value = value
    for row, risk in enumerate(("Snö", "Förarbrist"), 1):
        cells(book, "f_risker.risk")[row].value = risk
        cells(book, "f_risker.s")[row].value = 3.5
    return saved(book)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """This year's guide: one question reworded, one new, one field, one statement and one column gone."""
    fields = [dict(field) for field in FIELDS if field["id"] != "mal"]
    fields[0] = {**fields[0], "label": "Bakgrund till målet"}
    fields.append({"id": "nytt", "type": "text", "label": "En ny fråga"})
    for index, field in enumerate(fields):
        if field["id"] == "risker":
            fields[index] = {
                **field,
                "columns": [column for column in field["columns"] if column["id"] != "s" and column["id"] != "varde"],
            }
    sections = [{"title": "Allt", "fields": fields}]
    principle = {
        "statements": [
            {"id": "tillit-1", "text": "Vi får de uppgifter vi ber om.", "answer": "1–5", "gate": "uppstart"},
            {"id": "tillit-5", "text": "Ett nytt påstående.", "answer": "1–5", "gate": "uppstart"},
            {"id": "tillit-3", "text": "Det finns en kontaktkarta.", "answer": "ja/nej", "gate": "uppstart"},
            {"id": "tillit-4", "text": "Det finns en beslutslogg.", "answer": "ja/nej", "gate": "uppstart"},
        ]
    }
    root = write(
        tmp_path_factory.mktemp("changed"),
        worksheets={SHEET: {"sections": sections}},
        principles={"tillit": principle},
        examples={SHEET: None},
    )
    return read(root).guide


def followed(guide: Guide, content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(follow_up(guide, content).content))


def test_last_years_answers_stand_locked_beside_the_questions(guide: Guide, filled: bytes) -> None:
    book = followed(guide, filled)
    (cell,) = cells(book, "f_tillit.tillit_1")
    assert (cell.value, beside(book, "f_tillit.tillit_1", 2), beside(book, "f_tillit.tillit_1", 3)) == (
        None,
        "4",
        "oförändrad",
    )
    assert cell.offset(column=2).protection.locked
    assert (beside(book, "f_mal", 2), beside(book, "f_klart.depa", 2)) == ("Alla turer i tid", "ja")
    assert cells(book, "bestallare")[0].value == "Region Prov", "the parties are the same this year"
    headings = [cell.value for cell in book[cells(book, "f_risker.risk")[0].parent.title][3]]
    column = headings.index("Förra året: Risk (oförändrad)") + 1
    sheet = cells(book, "f_risker.risk")[0].parent
    assert [sheet.cell(row, column).value for row in (5, 6)] == ["Snö", "Förarbrist"]
    assert sheet.cell(5, headings.index("Förra året: Sannolikhet (oförändrad)") + 1).value == "3,5"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_234_567.5, "1234567,5"),
        (123_456.78, "123456,78"),
        (99_999.99, "99999,99"),
        (0.1 + 0.2, "0,3"),
        (1e15 + 0.5, "1000000000000000"),
        (0.000_012_5, "0,0000125"),
        (1e21, "1000000000000000000000"),
        (12.0, "12"),
        (1_000_000, "1000000"),
        (datetime.date(2026, 5, 20), "2026-05-20"),
        (datetime.datetime(2026, 5, 20, 14, 30), "2026-05-20 14:30"),
        (True, "SANT"),
    ],
)
def test_a_number_or_a_date_is_carried_to_the_last_digit(guide: Guide, value: Any, text: str) -> None:
    book = blank(guide)
    cells(book, "f_bakgrund")[0].value = value
    cells(book, "f_risker.s")[1].value = value
    made = followed(guide, saved(book))
    sheet = cells(made, "f_risker.risk")[0].parent
    column = [cell.value for cell in sheet[3]].index("Förra året: Sannolikhet (oförändrad)") + 1
    assert (beside(made, "f_bakgrund", 2), sheet.cell(5, column).value) == (text, text)


def test_a_question_is_told_to_be_new_reworded_or_gone_and_nothing_is_lost(changed: Guide, filled: bytes) -> None:
    made = follow_up(changed, filled)
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    assert beside(book, "f_bakgrund", 3) == "omformulerad, löd: «Bakgrund»"
    assert beside(book, "f_nytt", 3) == "ny"
    assert beside(book, "f_tillit.tillit_5", 3) == "ny"
    left = {tuple(cell.value for cell in row) for row in book["Kvar från förra året"].iter_rows(min_row=4)}
    assert ("utgången fråga", "Mål", "Alla turer i tid") in left
    sheet = cells(book, "f_risker.risk")[0].parent
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"Förra året: Sannolikhet (utgången)", "3,5"} <= texts
    assert (made.changes["ny"], made.changes["omformulerad"], made.changes["utgången"]) == (2, 1, 4)


def test_what_was_written_outside_the_questions_is_kept_on_a_sheet_of_its_own_year_after_year(
    guide: Guide, filled: bytes
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    book["Om bladet"]["D9"] = "en lös anteckning"
    book["Frågor"]["B4"].comment = Comment("fråga Kim", "någon")
    sheet = cells(book, "f_risker.risk")[0].parent
    sheet.cell(sheet.max_row + 3, 1).value = "en rad under tabellen"
    book.create_sheet("Eget")["A1"] = 17
    book["Eget"]["A2"] = "=A1*2"
    first = follow_up(guide, saved(book)).content
    second = openpyxl.load_workbook(io.BytesIO(first))
    wanted = {"en lös anteckning", "fråga Kim", "en rad under tabellen", "17", "=A1*2"}
    for year in (second, followed(guide, first)):
        assert wanted <= {str(cell.value) for row in year["Kvar från förra året"].iter_rows() for cell in row}
    assert not {"Region Prov", "Mål *"} & {
        str(cell.value) for row in second["Kvar från förra året"].iter_rows() for cell in row
    }


def test_an_untouched_workbook_leaves_nothing_over(guide: Guide) -> None:
    assert "Kvar från förra året" not in followed(guide, saved(blank(guide))).sheetnames


def test_the_partys_own_workbook_and_the_one_that_compares_are_followed_up_too() -> None:
    guide = read(Path(__file__).resolve().parent.parent).guide
    sheet = guide.get(Worksheet, "partnerskapsskattning")
    own = openpyxl.load_workbook(io.BytesIO(rating.workbook(rating.Rated.of(guide, sheet, "utforaren"))))
    for cell, score in zip(cells(own, "f_tillit.tillit_1.personer"), (4, 2, 3), strict=False):
        cell.value = score
    made = followed(guide, saved(own))
    at = cells(made, "f_tillit.tillit_1")[0].row
    headings = [cell.value for cell in made["Svar"][3]]
    assert made["Svar"].cell(at, headings.index("Var för sig förra året") + 1).value == "4, 2, 3"
    assert made["Om bladet"]["A1"].value == "Partnerskapsskattning – utförarens svar"
    both = openpyxl.load_workbook(
        io.BytesIO(rating.workbook(rating.Rated.of(guide, sheet, "tillsammans", filled=True)))
    )
    for part, text in (("syn", "Ring samma dag"), ("atgard", None), ("vem", None), ("klart", None), ("tecken", None)):
        cells(both, f"f_tillit.tillit_2.{part}")[0].value = text
    made = followed(guide, saved(both))
    row = cells(made, "f_tillit.tillit_2.bestallare")[0].row
    headings = [cell.value for cell in made["Svar"][4]]
    wanted = {
        "Beställaren förra året": "2",
        "Utföraren förra året": "4",
        "Enades om förra året": "Ring samma dag",
        "Sedan förra året": "oförändrad",
    }
    assert {name: made["Svar"].cell(row, headings.index(name) + 1).value for name in wanted} == wanted


def test_what_was_worked_out_last_year_is_carried_as_what_it_came_to(guide: Guide) -> None:
    last = readers.file(guide, f"{SHEET}-exempel.xlsx")  # as a program saves it, with its values
    made = followed(guide, last)
    sheet = cells(made, "f_risker.risk")[0].parent
    headings = [cell.value for cell in sheet[3]]
    past = {name: headings.index(f"Förra året: {name} (oförändrad)") + 1 for name in ("Risk", "Värde", "Senast")}
    assert [sheet.cell(4, column).value for column in past.values()] == ["Förare saknas", "12", "2026-05-30"]
    assert sheet.cell(5, past["Värde"]).value is None
    assert "Kvar från förra året" not in made.sheetnames


# ---------------------------------------------------------------- what is not accepted


def zipped(files: dict[str, bytes], **options: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content, **options)
    return buffer.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def spoilt(content: bytes) -> bytes:
    return content[: len(content) // 2] + b"?" * 40 + content[len(content) // 2 + 40 :]


BAD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a picture": (lambda _: b"\x89PNG\r\n", "är inte en Excelfil"),
    "nothing": (lambda _: b"", "Filen är tom"),
    "a Word file": (lambda _: zipped({"word/document.xml": b"<x/>"}), "Det här är Wordfilen"),
    "an OpenDocument": (lambda _: zipped({"content.xml": b"<x/>"}), "sparad som OpenDocument"),
    "a zip of worksheets": (lambda _: zipped({"Excel/01-malbild.xlsx": b""}), "Packa upp den"),
    "a password": (lambda _: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "har ett lösenord"),
    "an old format": (lambda _: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "äldre Excelformat"),
    "cut short": (lambda good: good[:-300], "är skadad"),
    "spoilt inside": (spoilt, "är skadad"),
    "a zip bomb": (lambda _: zipped({"xl/workbook.xml": b"<x/>", "xl/a.xml": b" " * 150_000_000}), "packar upp till mer"),
    "too many parts": (lambda _: zipped({"xl/workbook.xml": b"", **{f"xl/{n}.xml": b"" for n in range(2_500)}}), "packar upp till mer"),
    "an XML bomb": (lambda good: zipped({**unzipped(good), "xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}), "DOCTYPE"),
    "not XML": (lambda good: zipped({**unzipped(good), "xl/workbook.xml": b"?"}), "går inte att läsa"),
    "another workbook": (lambda _: saved(openpyxl.Workbook()), "inte ett Excelblad från guiden"),
    "too large": (lambda _: b"PK" + b"\0" * 21_000_000, "större än 20 MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_used_is_told_in_swedish(guide: Guide, name: str) -> None:
    spoil, message = BAD[name]
    with pytest.raises(FollowUpError, match=message):
        follow_up(guide, spoil(saved(blank(guide))))


def test_formulas_where_answers_should_be_are_all_told_with_their_cells(guide: Guide, filled: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    cells(book, "f_mal")[0].value = '=HYPERLINK("http://ond.example";"här")'
    cells(book, "f_risker.s")[2].value = "=1+1"
    with pytest.raises(FollowUpError) as error:
        follow_up(guide, saved(book))
    assert len(error.value.problems) == 2
    assert any("Frågor!" in problem and "(«Mål»)" in problem for problem in error.value.problems)


def test_of_many_formulas_the_first_are_told_and_the_rest_counted(guide: Guide, filled: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    for cell in (*cells(book, "f_risker.risk"), *cells(book, "f_risker.s")):
        cell.value = "=1+1"
    with pytest.raises(FollowUpError) as error:
        follow_up(guide, saved(book))
    *told, rest = error.value.problems
    assert len(told) == 20
    assert rest == f"Det står formler i {len(cells(book, 'f_risker.risk')) * 2 - 20} svar till."


def test_a_worksheet_that_the_guide_no_longer_has_is_told(filled: bytes, tmp_path: Path) -> None:
    other = read(
        write(
            tmp_path,
            worksheets={SHEET: None, "annat": {**_RECORD}},
            examples={SHEET: None},
            practices={"motas": {"worksheets": ["annat"]}},
            meetings={"avtalsmote": {"worksheets": ["annat"]}},
        )
    ).guide
    with pytest.raises(FollowUpError, match="«provblad» finns inte längre"):
        follow_up(other, filled)


def test_the_command_writes_beside_the_old_file_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = read(Path(__file__).resolve().parent.parent).guide
    file = tmp_path / "risker.xlsx"
    file.write_bytes(readers.file(guide, "riskregister.xlsx"))
    assert main(["followup", str(file)]) == 0
    out = tmp_path / f"risker-{guide.settings.date.year}.xlsx"
    assert out.exists()
    assert "oförändrade" in capsys.readouterr().out
    assert main(["followup", str(file)]) == 1
    assert "finns redan" in capsys.readouterr().err


def test_what_is_no_file_to_read_or_no_place_to_write_is_told_in_swedish(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = read(Path(__file__).resolve().parent.parent).guide
    good = tmp_path / "risker.xlsx"
    good.write_bytes(readers.file(guide, "riskregister.xlsx"))
    (tmp_path / "stor.xlsx").write_bytes(b"PK" + b"\0" * 20_000_000)
    os.mkfifo(tmp_path / "ror.xlsx")
    said = {
        "saknas.xlsx": "saknas.xlsx: Filen finns inte.",
        ".": "Det här är en mapp.",
        "risker.xlsx/a.xlsx": "a.xlsx: Filen går inte att läsa.",
        "stor.xlsx": "stor.xlsx: Filen är större än 20 MB.",
        "ror.xlsx": "ror.xlsx: Filen är inte en Excelfil",
    }
    for name, message in said.items():
        assert main(["followup", str(tmp_path / name)]) == 1
        assert message in capsys.readouterr().err
    assert main(["followup", str(good), "--out", str(tmp_path / "finns" / "inte.xlsx")]) == 1
    assert "går inte att skriva. Kontrollera att mappen finns" in capsys.readouterr().err


_RECORD: dict[str, Any] = {
    "title": "Ett annat blad",
    "summary": "Ett blad utan historia.",
    "purpose": "Att fylla i [[provkalla]].",
    "when": "När som helst",
    "participants": ["avtalsansvarig", "trafikchef"],
    "minutes": 30,
    "preparation": ["Inget"],
    "instructions": ["Läs", "Skriv"],
    "afterwards": "Spara.",
    "sections": [{"title": "Allt", "fields": FIELDS[:1]}],
    "basis": "förslag",
    "status": "utkast",
}
