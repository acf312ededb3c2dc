"""What is not followed up, and why: a file from a reader's computer is untrusted until it has been looked through."""

from __future__ import annotations

import io
import zipfile
import zlib

_LARGEST_FILE, _LARGEST_CONTENT, _MOST_PARTS = 20_000_000, 100_000_000, 2_000  # bytes, bytes unpacked, files inside
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of Office files with a password


class FollowUpError(Exception):
    """The file cannot be followed up; ``problems`` say why, each with what to do."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def refuse_what_is_not_a_workbook(content: bytes) -> None:
    if len(content) > _LARGEST_FILE:
        raise FollowUpError(
            f"Filen är större än {_LARGEST_FILE // 1_000_000} MB. Ta bort bilder ur den och försök igen."
        )
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FollowUpError("Filen har ett lösenord. Öppna den i Excel, ta bort lösenordet och spara den igen.")
        raise FollowUpError("Filen är sparad i ett äldre Excelformat. Öppna den och spara den som .xlsx.")
    if not content.startswith(b"PK"):
        raise FollowUpError("Filen är inte en Excelfil (.xlsx). Ange förra årets ifyllda Excelblad.")


def refuse_what_is_unsafe(content: bytes) -> None:
    """Look in the zip file before any other program unpacks it."""
    broken = "Filen är skadad och går inte att packa upp. Leta upp en annan kopia, till exempel i e-posten."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST_CONTENT:
                raise FollowUpError("Filen packar upp till mer än ett arbetsblad kan innehålla och öppnas inte.")
            if any(entry.flag_bits & 1 for entry in entries):
                raise FollowUpError("Filen är en låst zip-fil. Packa upp den och ange Excelfilen i den.")
            names = {entry.filename for entry in entries}
            _refuse_other_files(names)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(entry):
                    raise FollowUpError(
                        "Filen har en dokumenttyp (DOCTYPE), som inget Excelprogram skriver, och öppnas inte."
                    )
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise FollowUpError(broken) from None


def _refuse_other_files(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if "word/document.xml" in names:
        raise FollowUpError("Det här är Wordfilen. Det är Excelbladet som minns förra årets svar.")
    if "content.xml" in names:
        raise FollowUpError("Filen är sparad som OpenDocument. Öppna den och spara den som .xlsx.")
    if any(name.endswith(".xlsx") for name in names):
        raise FollowUpError("Filen är en zip-fil med arbetsblad. Packa upp den och ange Excelfilen i den.")
    raise FollowUpError("Filen är inte en Excelfil (.xlsx). Ange förra årets ifyllda Excelblad.")
