"""What each kind of field comes to in each format, as the one who fills it in or listens to it meets it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
import segno
from docx import Document
from docx.oxml.ns import qn
from PIL import Image
from typst import TypstError

from scripts.files.paper import info
from scripts.files.typeset import typeset
from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import TableField, Worksheet
from scripts.guide.problems import GuideError
from scripts.worksheets import pdf
from scripts.worksheets.form import resolve
from tests import readers
from tests.formulas import Formulas
from tests.small_guide import FIELDS, SHEET, VALUES, write
from tests.test_worksheets import controls, named, pdf_characters, structure

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "https://provguiden.example/arbetsblad/provblad/"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
TABLE = next(field for field in FIELDS if field["id"] == "risker")


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return read(write(tmp_path_factory.mktemp("guide"))).guide


def made(guide: Guide, format: str, filled: bool = False) -> bytes:
    return readers.file(guide, f"{SHEET}{'-exempel' * filled}.{format}")


def with_fields(root: Path, *fields: dict[str, Any], values: dict[str, Any] | None = None) -> Guide:
    """A guide whose worksheet has these fields alone."""
    sections = [{"title": "Allt", "fields": list(fields)}]
    example = {SHEET: {"values": values} if values else None}
    return read(write(root, worksheets={SHEET: {"sections": sections}}, examples=example)).guide


# ---------------------------------------------------------------- what may be written in a record


@pytest.mark.parametrize("id", ["bestallare", "utforare", "avtal", "avtalsperiod", "datum"])
def test_a_field_may_not_take_the_id_of_a_box_in_every_forms_head(tmp_path: Path, id: str) -> None:
    with pytest.raises(GuideError, match=f"«{id}» är redan id för en ruta i alla arbetsblads huvud"):
        with_fields(tmp_path, {"id": id, "type": "text", "label": "Något"})


def test_the_head_of_every_form_has_those_boxes(guide: Guide) -> None:
    heads = {"bestallare", "utforare", "avtal", "avtalsperiod", "datum"}
    assert heads <= set(controls(made(guide, "docx")))
    assert heads <= set(openpyxl.load_workbook(io.BytesIO(made(guide, "xlsx"))).defined_names)
    with pikepdf.open(io.BytesIO(made(guide, "pdf"))) as opened:
        assert heads <= {str(field.T) for field in opened.Root.AcroForm.Fields}


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["risk", "k"], "«risk» är ingen talkolumn i tabellen. Talkolumnerna är s, k, andel."),
        (["s", "senast"], "«senast» är ingen talkolumn i tabellen"),
        (["s", "lage"], "«lage» är ingen talkolumn i tabellen"),
        (["s", "varde"], "«varde» är ingen talkolumn i tabellen"),
        (["s", "kk"], "«kk» är ingen talkolumn i tabellen.*Menade du «k»"),
    ],
)
def test_a_column_is_computed_from_columns_of_numbers_only(tmp_path: Path, columns: list[str], message: str) -> None:
    computed = {**TABLE["columns"][-1], "computed": {"operation": "produkt", "columns": columns}}
    with pytest.raises(GuideError, match=message):
        with_fields(tmp_path, {**TABLE, "columns": [*TABLE["columns"][:-1], computed]})


# ---------------------------------------------------------------- Word


ODD = ['A & B "snabbt" <nu>', "Vi's", "a\u00a0b"]


def test_a_drop_down_in_word_offers_every_option_as_it_is_written(tmp_path: Path) -> None:
    choice = {"id": "val", "type": "choice", "label": 'Val & "mer" <x>', "options": ODD}
    table = {
        **TABLE,
        "columns": [{"id": "l", "label": "L & <b>", "type": "choice", "options": ODD}, TABLE["columns"][0]],
        "rows": [],
    }
    values = {"val": ODD[0], "risker": [{"l": ODD[0], "risk": "x & <y>"}]}
    guide = with_fields(tmp_path, choice, table, values=values)
    for filled in (False, True):
        found = controls(made(guide, "docx", filled))
        for tag in ("val", "risker.r1.l"):
            items = [
                (item.get(qn("w:displayText")), item.get(qn("w:value"))) for item in found[tag].iter(qn("w:listItem"))
            ]
            assert items == [(option, option) for option in ODD]
        assert found["val"].find(qn("w:sdtPr")).find(qn("w:alias")).get(qn("w:val")) == 'Val & "mer" <x>'
    assert "".join(text.text for text in found["val"].iter(qn("w:t"))) == ODD[0]


def test_a_box_in_word_is_ticked_where_it_looks_ticked(guide: Guide) -> None:
    for filled, ticked in ((False, set()), (True, set(VALUES["klart"]))):
        found = controls(made(guide, "docx", filled))
        boxes = {tag.removeprefix("klart."): control for tag, control in found.items() if tag.startswith("klart.")}
        assert set(boxes) == {"depa", "skyltar"}
        for id, control in boxes.items():
            box = next(control.iter(f"{W14}checkbox"))
            state, signs = box.find(f"{W14}checked").get(f"{W14}val"), ("uncheckedState", "checkedState")
            glyph = next(control.iter(qn("w:t"))).text
            assert state == str(int(id in ticked))
            assert f"{ord(glyph):04X}" == box.find(f"{W14}{signs[int(state)]}").get(f"{W14}val")


# ---------------------------------------------------------------- PDF


def test_each_box_of_a_choice_in_a_pdf_has_its_own_name_for_who_cannot_see_it(guide: Guide) -> None:
    with pikepdf.open(io.BytesIO(made(guide, "pdf"))) as opened:
        fields = {str(field.T): field for field in opened.Root.AcroForm.Fields}
        said = {name: [str(box.TU) for box in fields[name].Kids] for name in ("beslut", "tillit/tillit-2")}
    assert said["beslut"] == ["Beslut: ja", "Beslut: senare, enligt särskilt beslut"]
    assert said["tillit/tillit-2"] == [
        f"Tillit: Vi får veta om en brist i tid.: {answer}" for answer in ("1", "2", "3", "4", "5", "vet ej")
    ]


def test_only_one_box_of_a_choice_in_a_pdf_can_be_ticked_and_it_can_be_cleared(guide: Guide) -> None:
    radio, no_toggle_to_off, push_button = 1 << 15, 1 << 14, 1 << 16
    with pikepdf.open(io.BytesIO(made(guide, "pdf"))) as opened:
        fields = {str(field.T): field for field in opened.Root.AcroForm.Fields}
        for name in ("beslut", "tillit/tillit-1", "vanor/vana-1"):
            flags = int(fields[name].Ff)
            assert (flags & radio, flags & no_toggle_to_off, flags & push_button) == (radio, 0, 0), name
            states = [next(key for key in box.AP.N if key != "/Off") for box in fields[name].Kids]
            assert len(set(states)) == len(states), "boxes with the same state are ticked together"
        ticks = fields["klart/depa"]
        assert int(ticks.get("/Ff", 0)) & radio == 0, "the points of a checklist are ticked each for itself"


def test_a_filled_in_pdf_ticks_the_scores_and_options_that_were_chosen(guide: Guide) -> None:
    rows = list(table_rows(made(guide, "pdf", True)))
    scored = {
        row[0]: [number for number, cell in enumerate(row[1:], 1) if "✓" in cell] for row in rows if len(row) == 7
    }
    asked = {
        "Vi får de uppgifter vi ber om.": [4],
        "Vi får veta om en brist i tid.": [2],
        "Vi svarar inom två dagar.": [5],
    }
    assert {text: scores for text, scores in scored.items() if text in asked} == asked
    items = list(list_items(made(guide, "pdf", True)))
    wanted = {"ja": False, VALUES["beslut"]: True, "Depån är bemannad": True, "Skyltarna är uppe": False}
    assert {text: any(text in item and "✓" in item for item in items) for text in wanted} == wanted


def table_rows(data: bytes) -> Iterator[list[str]]:
    """The texts of each table row's cells, as a screen reader finds them."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        texts = marked_texts(opened)
        for tag, row in structure(opened.Root.StructTreeRoot):
            if tag == "/TR":
                yield [text_under(cell, texts) for cell in row.K]


def list_items(data: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        texts = marked_texts(opened)
        for tag, item in structure(opened.Root.StructTreeRoot):
            if tag == "/LI":
                yield text_under(item, texts)


def text_under(node: Any, texts: dict[tuple[Any, int], str], page: Any = None) -> str:
    """All the text that stands under an element of the structure."""
    page = node.Pg.objgen if "/Pg" in node else page
    said = []
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            on = kid.Pg.objgen if "/Pg" in kid else page
            said.append(texts.get((on, int(kid.MCID)), "") if "/MCID" in kid else text_under(kid, texts, on))
        else:
            said.append(texts.get((page, int(kid)), ""))
    return " ".join("".join(said).replace("\u00ad", "").split())


def marked_texts(opened: pikepdf.Pdf) -> dict[tuple[Any, int], str]:
    """The text of each piece of marked content: page and number → text."""
    found: dict[tuple[Any, int], str] = {}
    for page in opened.pages:
        fonts = {name: pdf_characters(font.ToUnicode.read_bytes()) for name, font in page.Resources.Font.items()}
        marks: list[int | None] = []
        current: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC" | "BMC":
                    properties = operands[1] if len(operands) > 1 else {}
                    marks.append(int(properties["/MCID"]) if "/MCID" in properties else None)
                case "EMC":
                    marks.pop()
                case "Tf":
                    current = fonts[str(operands[0])]
                case "Tj" | "TJ":
                    parts = operands[0] if str(operator) == "TJ" else operands
                    glyphs = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                    text = "".join(
                        current.get(int.from_bytes(glyphs[i : i + 2]), "?") for i in range(0, len(glyphs), 2)
                    )
                    mark = next((mark for mark in reversed(marks) if mark is not None), None)
                    if mark is not None:
                        key = (page.obj.objgen, mark)
                        found[key] = found.get(key, "") + text
    return found


# ---------------------------------------------------------------- Excel


def test_a_computed_column_comes_to_the_same_in_excel_as_on_paper(tmp_path: Path) -> None:
    kinds = ("summa", "produkt", "differens", "kvot", "senaste")
    letters = [{"id": id, "label": id, "type": "number"} for id in "abc"]
    computed = [
        {"id": kind, "label": kind, "type": "computed", "computed": {"operation": kind, "columns": list("abc")}}
        for kind in kinds
    ]
    between = {"id": "text", "label": "Text"}
    table = {"id": "tal", "type": "table", "label": "Tal", "columns": [letters[0], between, *letters[1:], *computed]}
    given: list[dict[str, Any]] = [
        {"a": 7, "b": 2.5, "c": -3},
        {"a": 7, "b": 0, "c": 1},
        {"a": 7, "c": 1},
        {"b": 4},
        {"text": "inget"},
    ]
    guide = with_fields(tmp_path, {**table, "blank_rows": 1}, values={"tal": given})
    book = openpyxl.load_workbook(io.BytesIO(made(guide, "xlsx", True)))
    worked_out = Formulas(book)
    question = resolve(guide, guide.get(Worksheet, SHEET), filled=True).questions[0]
    assert isinstance(question.field, TableField)
    for kind in kinds:
        ((sheet, cells),) = book.defined_names[f"f_tal.{kind}"].destinations
        found = [worked_out.value(sheet, cell.coordinate) for (cell,) in book[sheet][cells]]
        assert found == ["" if row[kind] is None else pytest.approx(row[kind]) for row in question.rows]
        assert named(
            openpyxl.load_workbook(io.BytesIO(made(guide, "xlsx", True)), data_only=True), f"f_tal.{kind}"
        ) == [row[kind] for row in question.rows]


# ---------------------------------------------------------------- from paper to the page on the site


def dark(png: bytes) -> set[tuple[int, int]]:
    """The dark squares of a picture of a code, without the light edge: (column, row)."""
    image = Image.open(io.BytesIO(png)).convert("1")
    edge = next(x for x in range(image.width) if not image.getpixel((x, x)))
    side = (
        next(x for x in range(edge, image.width) if image.getpixel((x, edge))) - edge
    )  # seven squares, of the corner's mark
    square = side // 7
    count = (image.width - 2 * edge) // square
    middle = edge + square // 2
    return {
        (x, y)
        for x in range(count)
        for y in range(count)
        if not image.getpixel((middle + x * square, middle + y * square))
    }


def code_of(address: str) -> set[tuple[int, int]]:
    matrix = segno.make(address, error="m", micro=False, boost_error=False).matrix
    return {(x, y) for y, row in enumerate(matrix) for x, square in enumerate(row) if square}


@pytest.mark.parametrize(("format", "least"), [("docx", 1), ("xlsx", 1)])
@pytest.mark.parametrize("filled", [False, True])
def test_the_codes_in_office_files_lead_to_the_sheets_own_page(
    guide: Guide, format: str, least: int, filled: bool
) -> None:
    with zipfile.ZipFile(io.BytesIO(made(guide, format, filled))) as package:
        pictures = [package.read(name) for name in package.namelist() if "/media/" in name]
    assert len(pictures) >= least
    assert all(dark(picture) == code_of(f"{ADDRESS}?utgava=0.1") for picture in pictures)
    assert code_of(ADDRESS) != code_of("https://provguiden.example/")


def test_word_shows_the_code_at_the_foot_of_every_page(guide: Guide) -> None:
    section = Document(io.BytesIO(made(guide, "docx"))).sections[0]
    (blip,) = section.footer._element.iter(qn("a:blip"))
    assert dark(section.footer.part.related_parts[blip.get(qn("r:embed"))].blob) == code_of(f"{ADDRESS}?utgava=0.1")


# ---------------------------------------------------------------- a kind that a format does not know


def test_the_pdf_stops_by_name_at_a_kind_of_field_that_it_has_no_form_for(guide: Guide) -> None:
    form = resolve(guide, guide.get(Worksheet, SHEET))
    data = {**pdf.data(form), "info": info(form.settings, form.title, "", "Arbetsblad")}
    data["parts"][0]["blocks"][0]["type"] = "time"
    with pytest.raises(TypstError, match="no such kind of field: time"):
        typeset(ROOT / "scripts/worksheets/templates/form.typ", data, form.settings.date)
