"""Zip files that are the same, byte for byte, wherever and whenever they are made."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can hold
_UNIX = 3
_PACKED = (".docx", ".pdf", ".xlsx", ".zip")  # already compressed: packing them again takes time and gives nothing
_PLAIN_FILE = 0o100644 << 16


def pack(files: Mapping[str, bytes], date: datetime.date | None = None) -> bytes:
    """A zip file of ``files`` by path, in the order of their paths, dated by the edition that they are of."""
    stamp = (date.year, date.month, date.day, 12, 0, 0) if date else _DATE
    return _zip({path: files[path] for path in sorted(files)}, stamp)


def repack(package: bytes, edit: Callable[[str, bytes], bytes] = lambda name, part: part) -> bytes:
    """An Office file with the same parts in the same order, without the marks of when and where it was zipped.

    ``edit`` gets each part's name and content, and returns its content.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        return _zip({name: edit(name, old.read(name)) for name in old.namelist()})


def _zip(files: Mapping[str, bytes], stamp: tuple[int, int, int, int, int, int] = _DATE) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, stamp)
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _PLAIN_FILE
            new.writestr(entry, content)
    return buffer.getvalue()
