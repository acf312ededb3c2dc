"""A workbook made to do harm is refused in Swedish, or followed up without it, in two seconds and little memory."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.guide.check import read
from tests import readers
from tests.small_guide import SHEET, write

pytestmark = pytest.mark.xdist_group("hostile")  # made once

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES = 2.0, 300

# Follows up each file in a process of its own, which inherits what is already read, and tells what came of it.
TRY = """
import json, os, pathlib, signal, sys
sys.path.insert(0, {root!r})
from scripts.guide.check import read
from scripts.worksheets.followup import FollowUpError, follow_up
guide = read(pathlib.Path({guide!r})).guide
for name in sys.stdin.read().split():
    into, out = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        try:
            follow_up(guide, pathlib.Path(name).read_bytes())
            said = ""
        except FollowUpError as error:
            said = str(error)
        except BaseException as error:
            said = repr(error)
        os.write(out, said.encode()[:60_000])
        os._exit(0)
    os.close(out)
    said = b"".join(iter(lambda: os.read(into, 65536), b"")).decode()
    os.close(into)
    _, status, used = os.wait4(child, 0)
    said = f"killed: {{status}}" if status else said
    print(json.dumps([pathlib.Path(name).stem, said, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]), flush=True)
"""

Parts = dict[str, bytes]
BOOK, STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
FIRST, QUESTIONS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
WHOLE, _END = "A1:XFD1048576", "</sheetData>"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "ond"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
_TOO_MUCH, _TOO_MANY_CELLS, _UNREADABLE = "packar upp till mer", "fler celler", "går inte att läsa som en Excelfil"


def put(part: str, before: str, *new: str | tuple[str, int]) -> Callable[[Parts], None]:
    """The part with ``new`` put in front of the first match of ``before``; (text, n) is the text n times."""

    def change(parts: Parts) -> None:
        added = "".join(text if isinstance(text, str) else text[0] * text[1] for text in new)
        text, count = re.subn(before, lambda found: added + found[0], parts[part].decode(), count=1)
        assert count, (part, before)
        parts[part] = text.encode()

    return change


def names_stand_for(cells: str, rows: int = 0) -> Callable[[Parts], None]:
    """Every name of an answer among the questions stands for ``cells``; the sheet has ``rows`` more than it came with."""

    def change(parts: Parts) -> None:
        text, count = re.subn("(>'Frågor'!)[^<]*", rf"\g<1>{cells}", parts[BOOK].decode())
        assert count > 10
        parts[BOOK] = text.encode()
        more = "".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(900, 900 + rows))
        put(QUESTIONS, _END, more)(parts)

    return change


def utf16(parts: Parts) -> None:
    text = parts[BOOK].decode().split("?>", 1)[1]
    parts[BOOK] = f'<?xml version="1.0" encoding="UTF-16"?>{DOCTYPE}{text}'.encode("utf-16")


def other_name(parts: Parts) -> None:
    """A sheet under a name that is not an XML file's."""
    parts["xl/worksheets/sheet1.bin"] = f'<?xml version="1.0"?>{DOCTYPE}'.encode() + parts[FIRST].split(b"?>", 1)[1]


def comment(parts: Parts) -> None:
    parts["xl/comments1.xml"] = f'<comments><commentList><comment ref="{WHOLE}"/></commentList></comments>'.encode()


def shared_formula(parts: Parts) -> None:
    master = '<row r="1999"><c r="A1999"><f t="shared" ref="A1999:A9999" si="0">'
    rest = "".join(f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/></c></row>' for n in range(2_000, 10_000))
    put(FIRST, _END, master, ("B2+", 2_500), "1</f></c></row>", rest)(parts)


HOSTILE: dict[str, tuple[Callable[[Parts], object], str]] = {
    "names-for-every-cell": (names_stand_for("$A$1:$XFD$1048576"), ""),
    "names-for-every-cell-of-a-long-sheet": (names_stand_for("$A$1:$XFD$1048576", rows=8_000), _TOO_MANY_CELLS),
    "names-for-many-rows": (names_stand_for("$A$1:$Z$200000"), ""),
    "names-for-whole-columns": (names_stand_for("$A:$C"), ""),
    "names-that-are-megabytes": (names_stand_for("$A$1,Frågor!" * 20_000), _TOO_MUCH),
    "a-title-to-print-that-is-long": (put(BOOK, "</definedNames>", '<definedName name="_xlnm.Print_Titles" localSheetId="0">', ("'", 900_000), "</definedName>"), _TOO_MUCH),
    "one-cell-a-million-times": (put(FIRST, _END, '<row r="900">', ('<c r="A900"><v>1</v></c>', 1_000_000), "</row>"), _TOO_MUCH),
    "many-cells": (put(FIRST, _END, '<row r="900">', ('<c r="A900"/>', 110_000), "</row>"), _TOO_MANY_CELLS),
    "a-cell-in-the-far-corner": (put(FIRST, _END, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), _TOO_MANY_CELLS),
    "cells-merged-all-over": (put(FIRST, "<printOptions|<pageMargins", f'<mergeCells count="1"><mergeCell ref="{WHOLE}"/></mergeCells>'), _TOO_MANY_CELLS),
    "a-link-all-over": (put(FIRST, "<printOptions|<pageMargins", f'<hyperlinks><hyperlink ref="{WHOLE}" location="A1"/></hyperlinks>'), _TOO_MANY_CELLS),
    "a-comment-all-over": (comment, _TOO_MANY_CELLS),
    "a-long-formula-shared-by-many": (shared_formula, _TOO_MUCH),
    "a-rule-for-many-areas": (put(FIRST, "<printOptions|<pageMargins", '<dataValidations count="1"><dataValidation type="list" sqref="', ("A1 B2:C9 ", 50_000), '"><formula1>"a"</formula1></dataValidation></dataValidations>'), _TOO_MUCH),
    "elements-in-elements": (put(FIRST, "</worksheet>", ("<a>", 50_000), ("</a>", 50_000)), _TOO_MUCH),
    "half-a-million-elements": (put("xl/styles.xml", "</styleSheet>", ("<a/>", 500_000)), _TOO_MUCH),
    "a-text-of-thirty-megabytes": (put(STRINGS, "</sst>", "<si><t>", ("a", 30_000_000), "</t></si>"), _TOO_MUCH),
    "a-number-of-a-million-digits": (put(FIRST, _END, '<row r="900"><c r="A900"><v>', ("9", 1_000_000), "</v></c></row>"), _UNREADABLE),
    "a-date-beyond-time": (put(FIRST, _END, '<row r="900"><c r="A900" t="d"><v>99999-99-99</v></c></row>'), _UNREADABLE),
    "a-document-type": (put(FIRST, "<worksheet", DOCTYPE), "DOCTYPE"),
    "a-document-type-in-utf-16": (utf16, "DOCTYPE"),
    "a-document-type-under-another-name": (other_name, "DOCTYPE"),
    "a-sheet-that-is-not-there": (lambda parts: parts.pop(FIRST), ""),
}  # fmt: skip


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of following up each file: what was said, the seconds of work and the megabytes."""
    root = write(tmp_path_factory.mktemp("guide"))
    guide = read(root).guide
    good = readers.file(guide, f"{SHEET}.xlsx")
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    folder = tmp_path_factory.mktemp("hostile")
    for name, (change, _) in HOSTILE.items():
        changed = dict(parts)
        change(changed)
        (folder / f"{name}.xlsx").write_bytes(packed(changed))
    (folder / "good.xlsx").write_bytes(good)
    (folder / "lzma.xlsx").write_bytes(packed(parts, zipfile.ZIP_LZMA))
    code = TRY.format(root=str(ROOT), guide=str(root))
    files = "\n".join(str(file) for file in sorted(folder.iterdir()))
    run = subprocess.run([sys.executable, "-c", code], input=files, capture_output=True, text=True, check=True)
    found = (json.loads(line) for line in run.stdout.splitlines())
    return {name: (said, seconds, megabytes) for name, said, seconds, megabytes in found}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_told_in_swedish_or_does_no_harm(tried: dict[str, Any], name: str) -> None:
    said, seconds, megabytes = tried[name]
    wanted = HOSTILE[name][1]
    assert re.search(wanted, said) if wanted else said == "", said[:300]
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_the_workbook_that_they_are_made_of_is_followed_up(tried: dict[str, Any]) -> None:
    assert tried["good"][0] == ""


def test_a_file_packed_as_no_program_for_worksheets_does_is_not_unpacked(tried: dict[str, Any]) -> None:
    assert "packad på ett sätt som inget Excelprogram gör" in tried["lzma"][0]
