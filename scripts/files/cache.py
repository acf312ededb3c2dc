"""Rendered files kept on disk between builds, each under a key of everything it is made of."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import os
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

_SCRIPTS = Path(__file__).resolve().parent.parent
_LIBRARIES = ("icalendar", "lxml", "pikepdf", "pydantic", "python-docx", "segno", "typst", "xlsxwriter")
_KINDS = (".py", ".typ", ".xml", ".ttf")


class Cache:
    """Files in ``folder``; without one nothing is kept. An entry that is not what was written is made anew."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._code = b"" if folder is None else code()
        self._used: set[str] = set()

    def get(self, made_of: bytes, format: str, render: Callable[[], bytes]) -> bytes:
        """The file that ``render`` makes, from the folder where it is there.

        ``made_of`` is all that the file depends on, apart from the code; the same bytes mean the same file.
        """
        if self._folder is None:
            return render()
        name = key(made_of, format, self._code)
        self._used.add(name)
        content = _read(self._folder / name)
        if content is None:
            content = render()
            _write(self._folder / name, content)
        return content

    def tidy(self) -> None:
        """Remove what this build did not use, so that the folder does not grow."""
        if self._folder is None or not self._folder.is_dir():
            return
        for entry in self._folder.iterdir():
            if entry.name not in self._used and entry.is_file():
                with contextlib.suppress(OSError):
                    entry.unlink()


def key(made_of: bytes, format: str, code: bytes) -> str:
    """The name of a file's entry: a digest of what it is made of and of the code that renders it."""
    return f"{hashlib.sha256(code + made_of).hexdigest()}.{format}"


def code() -> bytes:
    """A digest of all that a file is made with: the code and templates, the fonts and the libraries."""
    digest = hashlib.sha256(f"{sys.version} zlib {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {importlib.metadata.version(library)}\n".encode())
    for file in sorted(path for path in _SCRIPTS.rglob("*") if path.suffix in _KINDS):
        digest.update(f"{file.relative_to(_SCRIPTS).as_posix()}\n".encode() + file.read_bytes())
    return digest.digest()


def _read(entry: Path) -> bytes | None:
    """The entry's content, or None where it is not there or not whole: it begins with the digest of the rest."""
    try:
        stored = entry.read_bytes()
    except OSError:
        return None
    size = hashlib.sha256().digest_size
    return stored[size:] if hashlib.sha256(stored[size:]).digest() == stored[:size] else None


def _write(entry: Path, content: bytes) -> None:
    """Put the entry in place whole. A folder that cannot be written to costs time, not the build."""
    with contextlib.suppress(OSError):
        entry.parent.mkdir(parents=True, exist_ok=True)
        unfinished = entry.with_name(f"{entry.name}.{os.getpid()}.tmp")
        unfinished.write_bytes(hashlib.sha256(content).digest() + content)
        unfinished.replace(entry)
