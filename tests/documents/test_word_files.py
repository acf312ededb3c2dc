"""Every Word file: filled in, opened and saved by LibreOffice, and read again."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from tests.documents.conftest import Office

pytestmark = pytest.mark.xdist_group("office")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
DOCUMENT = "word/document.xml"


def document(file: Path) -> Any:
    with zipfile.ZipFile(file) as package:
        return etree.fromstring(package.read(DOCUMENT))


def fill(file: Path, out: Path) -> list[str]:
    """Write in every control as a person would. Returns what was written, in the document's order."""
    root = document(file)
    written = []
    for number, control in enumerate(root.iter(f"{W}sdt")):
        properties = control.find(f"{W}sdtPr")
        for placeholder in properties.findall(f"{W}showingPlcHdr"):
            properties.remove(placeholder)
        texts = list(control.iter(f"{W}t"))
        options = [item.get(f"{W}value") for item in properties.iter(f"{W}listItem")]
        if properties.find(f"{W14}checkbox") is not None:
            answer = "☒"
            next(properties.iter(f"{W14}checked")).set(f"{W14}val", "1")
        elif options:
            answer = options[-1]
        elif properties.find(f"{W}date") is not None:
            answer = "2027-02-28"
            properties.find(f"{W}date").set(f"{W}fullDate", "2027-02-28T00:00:00Z")
        else:
            answer = f"Åsa & <b>{number}</b> =1+1"
        texts[0].text = answer
        for other in texts[1:]:
            other.text = ""
        written.append(answer)
    rewrite(file, out, root)
    return written


def rewrite(file: Path, out: Path, root: Any) -> None:
    """The file with another document in it."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, etree.tostring(root) if name == DOCUMENT else old.read(name))


def answers(file: Path) -> list[str]:
    """The innermost controls' texts: LibreOffice 7.4 draws an outer one around boxes that follow each other."""
    controls = [
        control for control in document(file).iter(f"{W}sdt") if next(control.iterdescendants(f"{W}sdt"), None) is None
    ]
    return ["".join(text.text or "" for text in control.iter(f"{W}t")) for control in controls]


@pytest.fixture(scope="module")
def tried(released: Path, office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """File name → what was written, what LibreOffice said, and the file it saved."""
    before, after = tmp_path_factory.mktemp("filled"), tmp_path_factory.mktemp("saved")
    files = sorted(released.glob("*.docx"))
    assert len(files) > 40
    written = [fill(file, before / file.name) for file in files]
    seen = office([{"open": str(before / file.name), "save": str(after / file.name)} for file in files])
    return {file.name: (text, said, after / file.name) for file, text, said in zip(files, written, seen, strict=True)}


def test_every_word_file_opens_and_has_pages(tried: dict[str, Any]) -> None:
    assert {name: said for name, (_, said, _) in tried.items() if said.get("pages", 0) < 1} == {}


def test_every_cell_is_on_a_page(released: Path, office: Office, tmp_path: Path) -> None:
    """LibreOffice 7.4 can leave out the rows of a table that a page break falls in; where they go is a question of layout."""
    files = sorted(released.glob("*.docx"))
    office([{"open": str(file), "save": str(tmp_path / f"{file.stem}.pdf")} for file in files])
    lost = {file.name: unseen(document(file), PdfReader(tmp_path / f"{file.stem}.pdf")) for file in files}
    assert {name: texts for name, texts in lost.items() if texts} == {}


def unseen(root: Any, pdf: PdfReader) -> list[str]:
    """The cells whose text is on no page, however its lines are broken."""
    shown = letters("".join(page.extract_text() for page in pdf.pages))
    cells = ("".join(text.text or "" for text in cell.iter(f"{W}t")) for cell in root.iter(f"{W}tc"))
    return [text for text in cells if letters(text) not in shown]


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def test_what_is_filled_in_is_there_when_another_program_has_saved_it(tried: dict[str, Any]) -> None:
    assert {name for name, (written, _, saved) in tried.items() if answers(saved) != written} == set()


def test_what_guides_the_reader_survives(released: Path, tried: dict[str, Any]) -> None:
    for name, (_, _, saved) in tried.items():
        before, after = document(released / name), document(saved)
        for tag in ("dropDownList", "date"):
            assert count(before, tag) == count(after, tag), (name, tag)
        assert headings(before) == headings(after), name


def test_header_rows_are_repeated(released: Path, office: Office, tmp_path: Path) -> None:
    files = [file for file in sorted(released.glob("*.docx")) if count(document(file), "tblHeader")]
    assert len(files) > 20
    for file in files:
        rewrite(file, tmp_path / file.name, apart(document(file)))
    office([{"open": str(tmp_path / file.name), "save": str(tmp_path / f"saved-{file.name}")} for file in files])
    marks = {
        file.name: (count(document(file), "tblHeader"), count(document(tmp_path / f"saved-{file.name}"), "tblHeader"))
        for file in files
    }
    assert {name: found for name, found in marks.items() if found[0] != found[1]} == {}


def apart(root: Any) -> Any:
    """The document with every table at the top of a page.

    LibreOffice 7.4 takes the header mark off a table that it moves whole to the next page, and which one that is
    depends on how long the text before it is. What is tried is that the mark is read, wherever the table lies.
    """
    for table in list(root.iter(f"{W}tbl")):
        paragraph = etree.Element(f"{W}p")
        etree.SubElement(etree.SubElement(paragraph, f"{W}pPr"), f"{W}pageBreakBefore")
        table.addprevious(paragraph)
    return root


def count(root: Any, tag: str) -> int:
    return sum(1 for _ in root.iter(f"{W}{tag}"))


def headings(root: Any) -> list[str]:
    return list(_headings(root))


def _headings(root: Any) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val", "").lower().startswith(("heading", "rubrik")):
            yield "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
