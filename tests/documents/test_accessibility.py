"""What is tested here is the check behind the accessibility statement: each fault in a file is found."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.accessibility import excel_faults, word_faults

pytestmark = pytest.mark.xdist_group("strict")
SPOILT: dict[str, tuple[Callable[[Path], Iterator[str]], str, str, bytes, bytes]] = {
    "språk": (word_faults, "malbild.docx", "word/styles.xml", rb'w:val="sv-SE"', rb'w:val="en-GB"'),
    "titel": (word_faults, "malbild.docx", "docProps/core.xml", rb"<dc:title>[^<]*", rb"<dc:title>"),
    "rubriker": (word_faults, "malbild.docx", "word/document.xml", rb'w:val="Heading1"', rb'w:val="Normal"'),
    "namn på fält": (word_faults, "malbild.docx", "word/document.xml", rb"<w:alias [^>]*/>", rb""),
    "tabellrubriker": (word_faults, "riskregister.docx", "word/document.xml", rb"<w:tblHeader/>", rb""),
    "diagrammets beskrivning": (
        excel_faults, "malbild.xlsx", "xl/drawings/drawing1.xml", rb' descr="[^"]*"', rb"",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", SPOILT)
def test_each_fault_is_found(released: Path, tmp_path: Path, fault: str) -> None:
    faults, name, part, old, new = SPOILT[fault]
    spoilt = tmp_path / name
    with zipfile.ZipFile(released / name) as good, zipfile.ZipFile(spoilt, "w") as bad:
        for entry in good.namelist():
            data = good.read(entry)
            changed = re.sub(old, new, data) if entry == part else data
            assert entry != part or changed != data
            bad.writestr(entry, changed)
    assert list(faults(released / name)) == []
    assert list(faults(spoilt)) == [fault]
