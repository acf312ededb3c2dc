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

from pydantic import TypeAdapter

from .. import fonts
from .form import Form

_HERE = Path(__file__).parent
_LIBRARIES = ("lxml", "pydantic", "python-docx", "typst", "xlsxwriter")
_FORM = TypeAdapter(Form)


class Cache:
    """Files in ``folder``; without one nothing is kept. An entry that is not what was written is made anew."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._code = b"" if folder is None else code()
        self._used: set[str] = set()

    def get(self, form: Form, format: str, render: Callable[[Form], bytes]) -> bytes:
        """What ``render`` makes of ``form``, from the folder where it is there."""
        if self._folder is None:
            return render(form)
        name = key(form, format, self._code)
        self._used.add(name)
        content = _read(self._folder / name)
        if content is None:
            content = render(form)
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


def key(form: Form, format: str, code: bytes) -> str:
    """The name of a file's entry: a digest of the form and of the code that renders it."""
    digest = hashlib.sha256(code)
    digest.update(_FORM.dump_json(form, warnings=False))
    return f"{digest.hexdigest()}.{format}"


def code() -> bytes:
    """A digest of all that a file is made with: the code and templates, the fonts and the libraries."""
    digest = hashlib.sha256(f"{sys.version} zlib {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {importlib.metadata.version(library)}\n".encode())
    kinds = (".py", ".typ", ".xml", ".ttf")
    for folder in (_HERE, _HERE.parent / "guide", fonts.FOLDER):
        for file in sorted(path for path in folder.rglob("*") if path.suffix in kinds):
            digest.update(f"{file.relative_to(folder).as_posix()}\n".encode() + file.read_bytes())
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
