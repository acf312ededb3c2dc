"""What a reader downloads: forms in Word, Excel and PDF, blank and filled in, that say the same and open everywhere."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from scripts.files.bundle import pack
from scripts.files.catalogue import Artifact
from scripts.files.wml import short_tag
from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Column, Computed, TableField, Worksheet
from scripts.guide.problems import GuideError
from scripts.guide.wording import duration, shown
from scripts.worksheets import form, rows
from scripts.worksheets.columns import shares
from scripts.worksheets.files import formats
from tests import readers
from tests.small_guide import FIELDS, SHEET, VALUES, write

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("docx", "pdf", "xlsx")
TABLE = next(field for field in FIELDS if field["id"] == "risker")


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return read(write(tmp_path_factory.mktemp("guide"))).guide


def rendered(guide: Guide, folder: Path | None = None) -> dict[str, bytes]:
    """The worksheets' files, by way of those kept in ``folder``."""
    return readers.kept(guide, folder, _of_a_worksheet) if folder else readers.files(guide, _of_a_worksheet)


def _of_a_worksheet(artifact: Artifact) -> bool:
    return artifact.use in ("blank", "filled", "sheets")


def made(guide: Guide, format: str, filled: bool = False) -> bytes:
    return readers.file(guide, f"{SHEET}{'-exempel' * filled}.{format}")


# ---------------------------------------------------------------- readers of our files that are not ours


def controls(data: bytes) -> dict[str, Any]:
    """The Word file's content controls by tag."""
    body = Document(io.BytesIO(data)).element.body
    return {
        control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")): control for control in body.iter(qn("w:sdt"))
    }


def value(control: Any) -> str:
    """What is filled in; nothing while the placeholder shows."""
    empty = control.find(qn("w:sdtPr")).find(qn("w:showingPlcHdr")) is not None
    return "" if empty else "".join(text.text for text in control.iter(qn("w:t")))


def workbook(data: bytes, values: bool = True) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def named(book: Any, name: str) -> list[Any]:
    """The values of the cells that carry a permanent id, row by row."""
    ((sheet, cells),) = book.defined_names[name].destinations
    found = book[sheet][cells]
    return [cell.value for row in found for cell in row] if isinstance(found, tuple) else [found.value]


def structure(node: Any) -> Iterator[tuple[str, Any]]:
    """Every element of a PDF's structure: its tag and itself."""
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S), kid
            yield from structure(kid)


def tags(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [tag for tag, _ in structure(pdf.Root.StructTreeRoot)]


def pdf_text(data: bytes) -> str:
    """The text of a PDF, by the map from glyphs to characters that it carries for readers and screen readers."""
    said = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            fonts = {name: pdf_characters(font.ToUnicode.read_bytes()) for name, font in page.Resources.Font.items()}
            current: dict[int, str] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    current = fonts[str(operands[0])]
                elif str(operator) in ("Tj", "TJ"):
                    parts = operands[0] if str(operator) == "TJ" else operands
                    glyphs = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                    said.append(
                        "".join(current.get(int.from_bytes(glyphs[i : i + 2]), "?") for i in range(0, len(glyphs), 2))
                    )
                elif str(operator) == "ET":
                    said.append("\n")
    return " ".join("".join(said).replace("\u00ad", "").split())


def pdf_characters(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]{4})> *<([0-9a-fA-F]+)>\s*(?=<|endbfchar)", cmap)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


# ---------------------------------------------------------------- Word


def test_a_word_file_has_a_control_for_each_answer_tagged_with_its_permanent_id(guide: Guide) -> None:
    found = set(controls(made(guide, "docx")))
    assert found >= {"bestallare", "utforare", "avtal", "datum", "mal", "bakgrund", "start", "beslut"}
    assert found >= {"tillit.tillit-1", "tillit.tillit-2", "vanor.vana-1", "klart.depa", "klart.skyltar"}
    assert found >= {f"risker.r4.{column['id']}" for column in TABLE["columns"]}
    assert found >= {"underskrift.bestallare.namn", "underskrift.utforare.datum"}


def test_a_word_control_is_of_its_fields_kind_and_named_by_its_label(guide: Guide) -> None:
    found = controls(made(guide, "docx"))
    kinds = {"mal": "w:text", "start": "w:date", "beslut": "w:dropDownList", "klart.depa": "w14:checkbox"}
    word14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
    for tag, kind in kinds.items():
        wanted = kind.replace("w14:", word14) if kind.startswith("w14") else qn(kind)
        assert found[tag].find(qn("w:sdtPr")).find(wanted) is not None, tag
    assert found["mal"].find(qn("w:sdtPr")).find(qn("w:alias")).get(qn("w:val")) == "Mål"
    options = [item.get(qn("w:value")) for item in found["beslut"].iter(qn("w:listItem"))]
    assert options == ["ja", "senare, enligt särskilt beslut"]
    assert [item.get(qn("w:value")) for item in found["tillit.tillit-1"].iter(qn("w:listItem"))] == [*"12345", "vet ej"]
    assert next(found["start"].iter(qn("w:lid"))).get(qn("w:val")) == "sv-SE"


def test_the_ids_that_word_gives_controls_are_unique(guide: Guide) -> None:
    body = Document(io.BytesIO(made(guide, "docx", True))).element.body
    ids = [element.get(qn("w:val")) for element in body.iter(qn("w:id"))]
    assert len(ids) == len(set(ids)) == len(controls(made(guide, "docx", True)))


def test_a_blank_word_file_is_blank_apart_from_what_the_form_begins_with(guide: Guide) -> None:
    found = {tag: value(control) for tag, control in controls(made(guide, "docx")).items()}
    assert {tag for tag, text in found.items() if text not in ("", "☐")} == {"risker.r1.risk"}


def test_a_filled_in_word_file_holds_the_examples_values(guide: Guide) -> None:
    found = {tag: value(control) for tag, control in controls(made(guide, "docx", True)).items()}
    assert found["bestallare"] == "Region Prov"
    assert found["datum"] == "2026-05-21"
    assert found["mal"] == VALUES["mal"]
    assert found["start"] == "2026-06-15"
    assert found["tillit.tillit-1"] == "4"
    assert (found["klart.depa"], found["klart.skyltar"]) == ("☒", "☐")
    assert (found["risker.r1.varde"], found["risker.r1.andel"]) == ("12", "87\u00a0%")
    assert found["risker.r2.varde"] == ""
    assert found["underskrift.utforare.namn"] == "Affärsansvarig"


def test_a_word_files_tables_repeat_their_headers_and_do_not_split_rows(guide: Guide) -> None:
    tables = Document(io.BytesIO(made(guide, "docx"))).tables
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    headers = [
        cell.paragraphs[0].text
        for cell in next(t for t in tables if t.cell(0, 0).text.startswith("Risk")).rows[0].cells
    ]
    assert headers == [column["label"] for column in TABLE["columns"]]


def test_a_word_file_is_swedish_a4_with_real_headings_and_the_guides_own_properties(guide: Guide) -> None:
    document = Document(io.BytesIO(made(guide, "docx")))
    said = document.core_properties
    assert (said.title, said.author, said.language) == ("Provblad", "Provnätverket", "sv-SE")
    assert said.created == said.modified == datetime.datetime(2026, 5, 20, 12, tzinfo=datetime.UTC)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:val")) == "sv-SE"
    assert document.settings.element.find(qn("w:themeFontLang")).get(qn("w:val")) == "sv-SE"
    styles = [(p.style.name, p.text) for p in document.paragraphs]
    assert styles[0] == ("Title", "Provblad")
    assert [text for style, text in styles if style == "Heading 1"] == ["Målet", "Läget", "Riskerna"]
    assert ("Heading 2", "Mål *") in styles
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = "\n".join(p.text for p in section.footer.paragraphs)
    assert "Provguide för partnerskap, version 0.1, 20 maj 2026" in footer
    assert "Id: provblad · provguiden.example/arbetsblad/provblad" in footer
    assert b"python-docx" not in b"".join(unzipped(made(guide, "docx")).values())


def test_word_is_given_no_tag_or_title_that_it_calls_damage() -> None:
    long = [f"{'kolumn-' * 9}{number}" for number in range(2)]
    assert all(len(short_tag(tag)) <= 64 for tag in long)
    assert short_tag(long[0]) != short_tag(long[1])


# ---------------------------------------------------------------- Excel


def test_a_workbook_gives_each_answer_a_name_made_of_its_permanent_id(guide: Guide) -> None:
    names = set(workbook(made(guide, "xlsx")).defined_names)
    assert names >= {"bestallare", "utforare", "avtal", "datum", "f_mal", "f_bakgrund", "f_start", "f_beslut"}
    assert names >= {"f_tillit", "f_tillit.tillit_2", "f_vanor.vana_1", "f_klart.skyltar", "f_risker", "f_risker.varde"}
    assert names >= {"f_underskrift.bestallare.namn", "f_underskrift.utforare.datum"}


def test_a_filled_in_workbook_holds_the_examples_values(guide: Guide) -> None:
    book = workbook(made(guide, "xlsx", True))
    assert named(book, "f_mal") == [VALUES["mal"]]
    assert named(book, "f_start") == [datetime.datetime(2026, 6, 15)]
    assert named(book, "f_beslut") == ["senare, enligt särskilt beslut"]
    assert named(book, "f_tillit") == [4, 2]
    assert (named(book, "f_klart.depa"), named(book, "f_klart.skyltar")) == (["ja"], [None])
    assert named(book, "f_risker.s") == [3, 2.5]
    assert named(book, "f_risker.andel") == [87, None]
    assert named(book, "f_underskrift.bestallare.namn") == ["Uppdragsledningen"]


def test_computed_cells_are_formulas_whose_values_are_there_before_anything_recalculates(guide: Guide) -> None:
    data = made(guide, "xlsx", True)
    assert named(workbook(data), "f_risker.varde") == [12, None]
    assert [named(workbook(data), f"f_tal.{kind}") for kind in ("summa", "differens", "kvot")] == [
        [2700.5, 7],
        [299.5, 7],
        [1500 / 1200.5, None],
    ]
    assert named(workbook(data, values=False), "f_risker.varde")[0] == '=IF(COUNT(B4,C4)<2,"",B4*C4)'
    assert named(workbook(data, values=False), "f_tal.kvot")[1] == '=IF(OR(COUNT(A5,B5)<2,N(B5)=0),"",A5/B5)'


def test_a_blank_workbooks_computed_cells_are_empty_until_something_is_written(guide: Guide) -> None:
    data = made(guide, "xlsx")
    assert set(named(workbook(data), "f_risker.varde")) == {None}
    assert all(str(cell).startswith("=IF(") for cell in named(workbook(data, values=False), "f_risker.varde"))
    assert len(named(workbook(data), "f_risker.risk")) > TABLE["blank_rows"] + len(TABLE["rows"])


def test_a_workbook_offers_choices_and_says_in_swedish_what_does_not_fit(guide: Guide) -> None:
    book = workbook(made(guide, "xlsx"))
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert {rule.type for rule in rules} == {"list", "date", "decimal"}
    assert all(rule.errorTitle and rule.error and rule.showErrorMessage for rule in rules)
    lists = [
        [cell.value for (cell,) in book["Listor"][rule.formula1.split("!")[1]]]
        for rule in rules
        if "!" in rule.formula1
    ]
    assert ["ja", "senare, enligt särskilt beslut"] in lists
    assert ["öppen", "stängd"] in lists
    assert '"1,2,3,4,5,vet ej"' in {rule.formula1 for rule in rules}
    assert book["Listor"].sheet_state == "hidden"


def test_a_workbooks_headers_stay_on_screen_and_on_paper_and_only_answers_are_unlocked(guide: Guide) -> None:
    book = workbook(made(guide, "xlsx"))
    sheet = next(sheet for sheet in book if sheet.title == "3 Risker")
    assert [str(cell.value).split("\n")[0] for cell in sheet[3]] == [column["label"] for column in TABLE["columns"]]
    assert "Sannolikhet × Konsekvens" in sheet["G3"].value
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 0), (None, 0))
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert (sheet["A3"].protection.locked, sheet["A4"].protection.locked, sheet["G4"].protection.locked) == (
        True,
        False,
        True,
    )
    assert (sheet["F4"].number_format, sheet["D4"].number_format) == ("yyyy-mm-dd", '#,##0.0#" %"')


def test_a_workbook_says_first_what_it_is(guide: Guide) -> None:
    book = workbook(made(guide, "xlsx"))
    assert book.sheetnames[:2] == ["Om bladet", "Frågor"]
    said = "\n".join(str(cell.value) for row in book["Om bladet"].iter_rows() for cell in row if cell.value)
    for text in (
        "Bladet provar varje fält (Provkällan).",
        "1. Börja med målet",
        "https://provguiden.example/arbetsblad/provblad/",
    ):
        assert text in said
    assert book.properties.creator == "Provnätverket"
    assert book.properties.created == datetime.datetime(2026, 5, 20, 12)


def test_names_of_sheets_are_ones_that_excel_allows(tmp_path: Path) -> None:
    table = {**TABLE, "label": "'Risker [och/eller]: en mycket lång rubrik * ?'"}
    fields = [{**table, "id": f"t{number}"} for number in range(3)]
    sections = [{"title": "Tabeller", "fields": fields}]
    root = write(tmp_path, worksheets={SHEET: {"sections": sections}}, examples={SHEET: None})
    names = workbook(made(read(root).guide, "xlsx")).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") and name.strip("'") == name for name in names)


# ---------------------------------------------------------------- PDF


def test_a_pdf_is_tagged_swedish_and_declares_pdf_ua(guide: Guide) -> None:
    with pikepdf.open(io.BytesIO(made(guide, "pdf"))) as pdf:
        assert str(pdf.Root.Lang).startswith("sv")
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Provblad"
            assert metadata["xmp:CreateDate"].startswith("2026-05-20")
        assert [round(float(side)) for side in pdf.pages[0].MediaBox[2:]] == [595, 842]


def test_a_pdfs_tables_have_header_cells_and_its_headings_are_headings(guide: Guide) -> None:
    found = tags(made(guide, "pdf"))
    tables = [field for field in FIELDS if field["type"] in ("table", "scale", "agreement")]
    columns = {"table": lambda field: len(field["columns"]), "scale": lambda _: 7, "agreement": lambda _: 2}
    assert found.count("/Table") == len(tables)
    assert found.count("/TH") == sum(columns[field["type"]](field) for field in tables)
    assert (found.count("/H1"), "/H2" in found, "/H3" in found) == (1, True, False)
    assert found.count("/LI") >= 2 + len(next(field for field in FIELDS if field["id"] == "klart")["items"])


def test_a_pdf_says_what_the_form_asks(guide: Guide) -> None:
    said = pdf_text(made(guide, "pdf"))
    for text in (
        "Provblad",
        "Mål *",
        "I en mening.",
        "stämmer inte alls",
        "Vi får de uppgifter vi ber om.",
        "Depån är bemannad",
    ):
        assert text in said
    for text in (
        "Sannolikhet × Konsekvens",
        "öppen eller stängd",
        "För utföraren",
        "version 0.1, 20 maj 2026",
        "Sida 1 av",
    ):
        assert text in said
    assert "Vi får veta" in said
    assert "kontaktkarta" not in said  # a yes or no statement is not rated
    assert form.EXAMPLE_MARK not in said


def widgets(data: bytes) -> dict[str, Any]:
    """The PDF's form fields by name: kind, what a screen reader says, and the tag they stand under."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tagged = {}
        for tag, element in structure(pdf.Root.StructTreeRoot):
            kids = element.get("/K", pikepdf.Array())
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
                    tagged[kid.Obj.objgen] = tag
        found = {}
        for field in pdf.Root.AcroForm.Fields:
            boxes = list(field.get("/Kids", [field]))
            found[str(field.T)] = (str(field.FT), str(field.TU), {tagged[box.objgen] for box in boxes}, len(boxes))
        return found


def test_a_blank_pdf_can_be_filled_in_on_the_screen_by_permanent_names(guide: Guide) -> None:
    found = widgets(made(guide, "pdf"))
    assert found["mal"] == ("/Tx", "Mål", {"/Form"}, 1)
    assert found["start"][1] == "Startar (åååå-mm-dd)"
    assert found["beslut"] == ("/Btn", "Beslut", {"/Form"}, 2)
    assert found["tillit/tillit-2"] == ("/Btn", "Tillit: Vi får veta om en brist i tid.", {"/Form"}, 6)
    assert found["klart/skyltar"][0] == "/Btn"
    assert found["risker/r2/lage"] == ("/Ch", "Risker: Läge, rad 2", {"/Form"}, 1)
    assert "risker/r1/risk" not in found, "what is printed in a cell is no place to answer"
    assert found["underskrift/utforare/namn"][1].endswith("För utföraren: namn och roll")
    assert "underskrift/utforare/underskrift" not in found, "a signature is written with a pen"
    with pikepdf.open(io.BytesIO(made(guide, "pdf"))) as pdf:
        kinds = {str(annotation.Subtype) for page in pdf.pages for annotation in page.get("/Annots", [])}
    assert kinds == {"/Widget"}, "nothing is left of the links that the fields were made of"
    assert b"x-field" not in made(guide, "pdf")


def test_an_example_is_marked_on_every_page_and_holds_its_values(guide: Guide) -> None:
    data = made(guide, "pdf", True)
    said = pdf_text(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert said.count(form.EXAMPLE_MARK) == len(pdf.pages)
    for text in (
        "Region Prov",
        VALUES["mal"],
        "2026-06-15",
        "87 %",
        "1 200,5",
        "Affärsansvarig",
        "Värdet räknas ut.",
    ):
        assert text in said


def test_a_lying_sheet_lies_in_word_and_pdf(tmp_path: Path) -> None:
    guide = read(write(tmp_path, worksheets={SHEET: {"orientation": "liggande"}})).guide
    section = Document(io.BytesIO(made(guide, "docx"))).sections[0]
    assert section.page_width > section.page_height
    with pikepdf.open(io.BytesIO(made(guide, "pdf"))) as pdf:
        assert float(pdf.pages[0].MediaBox[2]) > float(pdf.pages[0].MediaBox[3])


def test_a_table_comes_as_a_sheet_for_the_wall(guide: Guide) -> None:
    data = readers.file(guide, "provblad-vaggblad.pdf")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [round(float(side)) for side in pdf.pages[0].MediaBox[2:]] == [1191, 842], "A3, lying"
        assert len(pdf.pages) == 1
    said, found = pdf_text(data), tags(data)
    assert all(text in said for text in ("Provblad – väggblad", "Sannolikhet", "Förare saknas", "Id: provblad"))
    assert (found.count("/TH"), found.count("/TR")) == (len(TABLE["columns"]), 7)


def test_the_worksheet_says_which_of_its_tables_goes_on_the_wall(tmp_path: Path) -> None:
    other = {"id": "roller", "type": "table", "label": "Roller", "columns": TABLE["columns"][:2], "blank_rows": 3}
    sections = [{"title": "Tabeller", "fields": [*FIELDS, other]}]
    guide = read(write(tmp_path, worksheets={SHEET: {"sections": sections, "wall": "roller"}})).guide
    said = pdf_text(readers.file(guide, "provblad-vaggblad.pdf"))
    assert "Roller" in said
    assert "Förare saknas" not in said
    with pytest.raises(GuideError, match=r"«rollar» är inget fält av slaget tabell.*Menade du «roller»"):
        read(write(tmp_path / "fel", worksheets={SHEET: {"sections": sections, "wall": "rollar"}}))


# ---------------------------------------------------------------- hostile texts


HOSTILE = (
    "<b>fet</b> &amp; ]]>",
    "{{ 7 * 7 }} {% raw %}",
    '#eval("1 + 1") $x$ *fet* _a_ @ref \\ `kod`',
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://ond.example";"här")',
    "file://ond.example/x",
    "&P &N &G",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """Every text that a contributor writes in a worksheet is an attack."""
    texts = [*HOSTILE, "=" + "a" * 250]
    rows = [{"risk": text} for text in texts]
    values = {**VALUES, "mal": HOSTILE[3], "bakgrund": "\n\n".join(texts), "risker": rows}
    table = {
        **TABLE,
        "label": HOSTILE[0],
        "rows": rows[:3],
        "columns": [{**TABLE["columns"][0], "label": HOSTILE[2]}, *TABLE["columns"][1:]],
    }
    fields = [{**FIELDS[0], "label": HOSTILE[4], "help": HOSTILE[5]}, FIELDS[1], *FIELDS[2:7], table, *FIELDS[8:]]
    sections = [{"title": HOSTILE[0], "intro": HOSTILE[2], "fields": fields}]
    sheet = {
        "title": "=1+1 <b>&P</b>",
        "summary": HOSTILE[2],
        "purpose": "\n\n".join([*texts, "[[provkalla]]"]),
        "sections": sections,
    }
    root = tmp_path_factory.mktemp("hostile")
    return read(write(root, worksheets={SHEET: sheet}, examples={SHEET: {"values": values}})).guide


def test_hostile_texts_are_texts_in_word(hostile: Guide) -> None:
    data = made(hostile, "docx", True)
    assert Document(io.BytesIO(data)).core_properties.title.startswith("=1+1 <b>&P</b>")
    found = {tag: value(control) for tag, control in controls(data).items()}
    assert [found[f"risker.r{number}.risk"] for number in range(1, len(HOSTILE) + 1)] == list(HOSTILE)
    assert b"HYPERLINK" not in unzipped(data)["word/_rels/document.xml.rels"]


def test_hostile_texts_are_texts_in_excel(hostile: Guide) -> None:
    data = made(hostile, "xlsx", True)
    book = workbook(data, values=False)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.value[:4] for cell in cells if cell.data_type == "f"} == {"=IF("}
    assert named(book, "f_risker.risk")[: len(HOSTILE)] == list(HOSTILE)
    assert named(book, "f_mal") == ["=1+1"]
    assert not any(cell.hyperlink for cell in cells)
    assert "&&P" in book["Frågor"].oddHeader.left.text or book["Frågor"].oddHeader.left.text.count("&P") == 0


def test_hostile_texts_are_texts_in_pdf(hostile: Guide) -> None:
    said = re.sub(r"\s+", "", pdf_text(made(hostile, "pdf", True)))
    for text in HOSTILE:
        assert re.sub(r"\s+", "", text) in said
    with pikepdf.open(io.BytesIO(made(hostile, "pdf", True))) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)


def test_a_character_that_the_typeface_lacks_is_a_box_on_paper_and_itself_elsewhere(tmp_path: Path) -> None:
    guide = read(write(tmp_path, examples={SHEET: {"values": {**VALUES, "mal": "🚍 e\u0301 A\u030a"}}})).guide
    assert value(controls(made(guide, "docx", True))["mal"]) == "🚍 é Å"
    assert named(workbook(made(guide, "xlsx", True)), "f_mal") == ["🚍 é Å"]
    assert "□ é Å" in pdf_text(made(guide, "pdf", True))


def test_a_text_longer_than_a_cell_is_cut_with_a_sign_not_lost(tmp_path: Path) -> None:
    guide = read(write(tmp_path, examples={SHEET: {"values": {**VALUES, "mal": "lång " * 8000}}})).guide
    (text,) = named(workbook(made(guide, "xlsx", True)), "f_mal")
    assert len(text) == 32_767
    assert text.endswith("…")


# ---------------------------------------------------------------- all files


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_sheet_comes_as_a_workbook_only_where_there_is_something_to_count(tmp_path: Path, guide: Guide) -> None:
    assert formats(guide.get(Worksheet, SHEET)) == FORMATS
    sections = [{"title": "Text", "fields": [field for field in FIELDS if field["type"] not in ("table", "scale")]}]
    plain = read(write(tmp_path, worksheets={SHEET: {"sections": sections}}, examples={SHEET: None})).guide
    assert formats(plain.get(Worksheet, SHEET)) == ("docx", "pdf")
    assert set(rendered(plain)) == {
        f"ladda-ner/{name}" for name in ("provblad.docx", "provblad.pdf", "fas-uppstart.zip", "alla-arbetsblad.zip")
    }


def test_every_file_has_its_path_and_the_zip_files_hold_the_blank_sheets(guide: Guide) -> None:
    made_files = rendered(guide)
    blank, filled = {f"ladda-ner/provblad.{f}" for f in FORMATS}, {f"ladda-ner/provblad-exempel.{f}" for f in FORMATS}
    wall, bundles = {"ladda-ner/provblad-vaggblad.pdf"}, {"ladda-ner/fas-uppstart.zip", "ladda-ner/alla-arbetsblad.zip"}
    assert {path for path in made_files if "mote" not in path} == blank | filled | wall | bundles
    packed = unzipped(made_files["ladda-ner/fas-uppstart.zip"])
    files_in_it = {
        "Excel/01-provblad.xlsx",
        "PDF/01-provblad.pdf",
        "PDF/01-provblad-vaggblad.pdf",
        "Word/01-provblad.docx",
    }
    assert set(packed) == {"LÄS-MIG.txt"} | files_in_it
    assert packed["PDF/01-provblad.pdf"] == made_files["ladda-ner/provblad.pdf"]
    readme = packed["LÄS-MIG.txt"].decode("utf-8-sig")
    assert "01  Provblad" in readme
    assert "https://provguiden.example/" in readme


def test_a_zip_file_does_not_tell_when_or_where_it_was_made(guide: Guide) -> None:
    date = guide.settings.date
    for path, data in rendered(guide).items():
        if data.startswith(b"PK"):
            told = (date.year, date.month, date.day, 12, 0, 0) if path.endswith(".zip") else (1980, 1, 1, 0, 0, 0)
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                assert {(entry.date_time, entry.create_system) for entry in package.infolist()} == {(told, 3)}, path
    assert pack({"b": b"", "a": b""}) == pack({"a": b"", "b": b""})


DIGESTS = """
import sys, time
time.time = lambda: 4102444800.0  # another day
sys.path.insert(0, {root!r})
import hashlib, json, pathlib
from scripts.guide.check import read
from tests.readers import files
made = files(read(pathlib.Path({guide!r})).guide)
print(json.dumps({{path: hashlib.sha256(data).hexdigest() for path, data in made.items()}}))
"""


def test_the_same_guide_gives_the_same_bytes_on_another_day_and_in_another_folder(guide: Guide, tmp_path: Path) -> None:
    here = {path: hashlib.sha256(data).hexdigest() for path, data in readers.files(guide).items()}
    code = DIGESTS.format(root=str(ROOT), guide=str(write(tmp_path / "annan mapp")))
    environment = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout) == here


# ---------------------------------------------------------------- words and numbers


@pytest.mark.parametrize(
    ("kind", "found", "text"),
    [
        ("number", 1234.5, "1\u00a0234,5"),
        ("number", -3, "−3"),
        ("percent", 87, "87\u00a0%"),
        ("date", datetime.date(2026, 5, 20), "2026-05-20"),
        ("text", None, ""),
        ("number", 0.1 + 0.2, "0,3"),
    ],
)
def test_values_stand_as_in_swedish(kind: str, found: Any, text: str) -> None:
    assert shown(kind, found) == text


def test_time_is_told_in_hours_and_minutes() -> None:
    assert [duration(minutes) for minutes in (45, 60, 90, 120)] == [
        "45 minuter",
        "1 timme",
        "1 timme 30 minuter",
        "2 timmar",
    ]


@pytest.mark.parametrize(
    ("operation", "given", "result"),
    [
        ("summa", (1, None), 1),
        ("summa", (None, None), None),
        ("produkt", (3, 4), 12),
        ("produkt", (3, None), None),
        ("differens", (3, 4), -1),
        ("kvot", (3, 4), 0.75),
        ("kvot", (3, 0), None),
        ("senaste", (3, 4), 1),
        ("senaste", (3, None), None),
        ("senaste", (None, 4), None),
    ],
)
def test_a_computed_column_is_empty_until_it_can_be_worked_out(
    operation: Any, given: tuple[Any, Any], result: Any
) -> None:
    assert rows.compute(Computed(operation=operation, columns=("a", "b")), given) == result


def test_no_column_is_too_narrow_for_its_own_words() -> None:
    columns = (Column(id="a", label="Sannolikhet", type="number", width=1), Column(id="b", label="Risk", width=6))
    table = TableField(id="t", type="table", label="T", columns=columns)
    narrow, wide = shares(form.Question(table, ()), 60)
    assert narrow * 60 >= len("Sannolikhet")
    assert narrow + wide == pytest.approx(1)


# ---------------------------------------------------------------- the guide itself


def test_every_worksheet_of_the_guide_opens_in_every_format() -> None:
    try:
        guide = read(ROOT).guide
    except GuideError:
        pytest.skip("guide_data/ has problems, which the test of the checker tells")
    made_files = rendered(guide)
    for path, data in made_files.items():
        if path.endswith(".docx"):
            assert controls(data), path
        elif path.endswith(".xlsx"):
            assert workbook(data).defined_names, path
        elif path.endswith(".pdf"):
            assert tags(data).count("/H1") == 1, path
    for sheet in guide.all(Worksheet):
        assert {f"ladda-ner/{sheet.id}.{format}" for format in formats(sheet)} <= set(made_files)
        assert guide.example(sheet) is None or f"ladda-ner/{sheet.id}-exempel.pdf" in made_files
