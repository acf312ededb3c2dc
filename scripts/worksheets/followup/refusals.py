"""What is not followed up, and why: a file from a reader's computer is untrusted until it has been looked through.

Every part is read once, without building anything of it, before openpyxl is given the file: so no file can take more
than seconds, or more memory than a worksheet needs.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parse
from openpyxl.utils import range_boundaries

# Our largest workbook is 0.2 MB of XML in 47 parts, 6,300 elements and 1,700 cells.
_LARGEST_FILE, _LARGEST_CONTENT, _LARGEST_XML = 20_000_000, 100_000_000, 20_000_000  # bytes; the last two unpacked
_MOST_PARTS, _MOST_ELEMENTS, _DEEPEST = 2_000, 300_000, 100
MOST_CELLS = 100_000
_MOST_AREAS = 20_000  # that rules of a sheet are for
_LONGEST_NAMES = 200_000  # characters of all that defined names stand for
_LONGEST_FORMULAS = 2_000_000  # characters, where one formula is shared by several cells and is written out for each
_OVER_CELLS = ("mergeCell", "hyperlink", "comment")  # elements that openpyxl makes cells for, as many as their area has
WORKBOOK, DOCUMENT = "xl/workbook.xml", "word/document.xml"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of Office files with a password

_NOT_EXCEL = "Filen är inte en Excelfil (.xlsx). Ange förra årets ifyllda Excelblad."
_TOO_MUCH = "Filen packar upp till mer än ett arbetsblad kan innehålla och öppnas inte."
TOO_MANY_CELLS = "Filen har fler celler än ett arbetsblad kan ha. Ta bort det som inte hör till bladet."


class FollowUpError(Exception):
    """The file cannot be followed up; ``problems`` say why, each with what to do."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_file(file: Path) -> bytes:
    """The file's bytes, where it is one and is not too large."""
    try:
        if file.is_dir():
            raise FollowUpError("Det här är en mapp. Ange Excelfilen i den.")
        if file.exists() and not file.is_file():
            raise FollowUpError(_NOT_EXCEL)
        if file.stat().st_size > _LARGEST_FILE:
            raise FollowUpError(_too_large())
        return file.read_bytes()
    except FileNotFoundError:
        raise FollowUpError("Filen finns inte. Kontrollera namnet och mappen.") from None
    except PermissionError:
        raise FollowUpError("Filen får inte läsas. Stäng den i andra program, eller kopiera den.") from None
    except OSError:
        raise FollowUpError("Filen går inte att läsa. Kopiera den till datorn och försök igen.") from None


def refuse_what_is_not_a_workbook(content: bytes) -> None:
    if not content:
        raise FollowUpError("Filen är tom. Leta upp en annan kopia, till exempel i e-posten.")
    if len(content) > _LARGEST_FILE:
        raise FollowUpError(_too_large())
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FollowUpError("Filen har ett lösenord. Öppna den i Excel, ta bort lösenordet och spara den igen.")
        raise FollowUpError("Filen är sparad i ett äldre Excelformat. Öppna den och spara den som .xlsx.")
    if not content.startswith(b"PK"):
        raise FollowUpError(_NOT_EXCEL)


def _too_large() -> str:
    return f"Filen är större än {_LARGEST_FILE // 1_000_000} MB. Ta bort bilder ur den och försök igen."


def refuse_what_is_unsafe(content: bytes, main: str = WORKBOOK) -> None:
    """Look through an Office file before any other program unpacks it. ``main`` is the part that makes it what it is to be."""
    broken = "Filen är skadad och går inte att packa upp. Leta upp en annan kopia, till exempel i e-posten."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST_CONTENT:
                raise FollowUpError(_TOO_MUCH)
            if any(entry.flag_bits & 1 for entry in entries):
                raise FollowUpError("Filen är en låst zip-fil. Packa upp den och ange Excelfilen i den.")
            if any(entry.compress_type not in _PACKED for entry in entries):
                raise FollowUpError("Filen är packad på ett sätt som inget Excelprogram gör, och öppnas inte.")
            _refuse_other_files({entry.filename for entry in entries}, main)
            _look_through(package)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise FollowUpError(broken) from None


def _refuse_other_files(names: set[str], main: str) -> None:
    if main in names:
        return
    if main != WORKBOOK:
        raise FollowUpError("Filen är inte den Wordfil (.docx) som skickades ut.")
    if "word/document.xml" in names:
        raise FollowUpError("Det här är Wordfilen. Det är Excelbladet som minns förra årets svar.")
    if "content.xml" in names:
        raise FollowUpError("Filen är sparad som OpenDocument. Öppna den och spara den som .xlsx.")
    if any(name.endswith(".xlsx") for name in names):
        raise FollowUpError("Filen är en zip-fil med arbetsblad. Packa upp den och ange Excelfilen i den.")
    raise FollowUpError(_NOT_EXCEL)


# ---------------------------------------------------------------- part by part


def _look_through(package: zipfile.ZipFile) -> None:
    """Read every part, whatever it is called: what is XML is counted, and what is not is left to openpyxl to refuse."""
    weighed = _Weighed()
    for entry in package.infolist():
        weighed.begin(entry.file_size)
        try:
            with package.open(entry) as part:
                parse(part, weighed, forbid_dtd=True)
        except DefusedXmlException:
            said = "Filen har en dokumenttyp (DOCTYPE), som inget Excelprogram skriver, och öppnas inte."
            raise FollowUpError(said) from None
        except SAXException:
            with package.open(entry) as part:  # whole or damaged: a zip file says so when a part is read to its end
                while part.read(1 << 16):
                    pass


class _Weighed(ContentHandler):
    """What the parts read so far hold, and an error as soon as it is more than a worksheet can."""

    def __init__(self) -> None:
        super().__init__()
        self._size = self._xml = self._elements = self._cells = self._depth = 0
        self._areas = self._names = self._formulas = 0
        self._shared: dict[str, int] = {}  # a shared formula's number → how long it is
        self._group = ""  # the number of the one that is being read
        self._length = 0  # of the text since the last tag

    def begin(self, size: int) -> None:
        """The next part, of ``size`` bytes."""
        self._size, self._depth, self._shared, self._group = size, 0, {}, ""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        if self._depth == 0:  # now it is known to be XML
            self._xml += self._size
        self._depth += 1
        self._elements += 1
        self._length = 0
        self._areas += attrs.get("sqref", "").count(" ")
        kind = _local(name)
        if kind == "c":
            self._cells += 1
        elif kind in _OVER_CELLS:
            self._cells += _area(attrs.get("ref", ""))
        elif kind == "f":
            self._group = attrs.get("si", "")
        self._refuse_too_much()

    def characters(self, content: str) -> None:
        self._length += len(content)

    def endElement(self, name: str) -> None:
        self._depth -= 1
        kind = _local(name)
        if kind == "definedName":
            self._names += self._length
        elif kind == "f" and self._group:
            self._formulas += self._shared.setdefault(self._group, self._length)
            self._group = ""
        self._refuse_too_much()

    def _refuse_too_much(self) -> None:
        if self._cells > MOST_CELLS:
            raise FollowUpError(TOO_MANY_CELLS)
        if (
            self._xml > _LARGEST_XML
            or self._elements > _MOST_ELEMENTS
            or self._depth > _DEEPEST
            or self._areas > _MOST_AREAS
            or self._names > _LONGEST_NAMES
            or self._formulas > _LONGEST_FORMULAS
        ):
            raise FollowUpError(_TOO_MUCH)


def _local(name: str) -> str:
    """The name of an element without the short form of its namespace."""
    return name.rpartition(":")[2]


def _area(cells: str) -> int:
    """How many cells «A1:C9» is; 0 for what is no area."""
    try:
        left, top, right, bottom = range_boundaries(cells)
        return int((right - left + 1) * (bottom - top + 1))
    except (TypeError, ValueError):
        return 0
