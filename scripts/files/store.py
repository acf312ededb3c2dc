"""Files on disk, each under a key of the call that makes it: the renderer, the whole of its argument, and the code.

A file is made once for each key and written as it is made, so that no build holds them all in memory.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import functools
import hashlib
import importlib.metadata
import json
import multiprocessing
import multiprocessing.context
import os
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from .bundle import pack
from .catalogue import Artifact, Parts

_SCRIPTS = Path(__file__).resolve().parent.parent
_LIBRARIES = ("icalendar", "lxml", "pikepdf", "pydantic", "python-docx", "segno", "typst", "xlsxwriter")
_RENDERERS = f"{__package__.split('.')[0]}.publish.catalogue"  # imports all that makes a file
_NOT_CODE = (".pyc", ".txt", ".yaml")
_FEW = 6  # so many files are made sooner here than other processes are started
_BATCH = 60  # so many are made before the processes are renewed: Typst keeps what it has set, and grows with each file


class Store:
    """Files in ``folder``. One that is not what was written is made anew.

    Where the folder cannot be written to, the files are in another, which is gone when the store is.
    """

    def __init__(self, folder: Path) -> None:
        self._instead = None if _writable(folder) else tempfile.TemporaryDirectory(prefix="partnerskapsguiden-")
        self._folder = Path(self._instead.name) if self._instead else folder
        self._there = {entry.name.split(".")[0]: entry for entry in _entries(folder)}
        self._keys: dict[int, str] = {}
        self._artifacts: list[Artifact] = []  # kept, so that the ids that the keys are under stay theirs
        self._code = code()  # read again for each build: templates are edited while the guide is served
        self._whole: set[Path] = set()  # read or written by this store

    def files(self, artifacts: Iterable[Artifact]) -> Iterator[tuple[Artifact, Path]]:
        """Each artifact and the file that holds it, as they are made. Zip files come last, since they hold others."""
        wanted = tuple(artifacts)
        self._make(artifact for artifact in wanted if self._found(self.key(artifact)) is None)
        for artifact in wanted:
            yield artifact, self.file(artifact)

    def has(self, artifact: Artifact) -> bool:
        """Whether the file is there already."""
        return self._found(self.key(artifact)) is not None

    def file(self, artifact: Artifact) -> Path:
        """The file that holds ``artifact``, made if it is not there."""
        found = self._found(self.key(artifact))
        if found is not None:
            return found
        content = (
            bundle((self._packed(artifact), artifact.argument.date))
            if artifact.render is bundle
            else artifact.render(artifact.argument)
        )
        return self._keep(self.key(artifact), artifact.format, content)

    def key(self, artifact: Artifact) -> str:
        """A digest of what makes the file, and of the code that it is made with."""
        if id(artifact) not in self._keys:
            self._artifacts.append(artifact)
            self._keys[id(artifact)] = self._digest(artifact)
        return self._keys[id(artifact)]

    def tidy(self) -> None:
        """Remove what was not asked for, so that the folder does not grow."""
        wanted = set(self._keys.values())
        for entry in _entries(self._folder):
            if entry.name.split(".")[0] not in wanted or self._there.get(entry.name.split(".")[0]) != entry:
                with contextlib.suppress(OSError):
                    entry.unlink()

    def _digest(self, artifact: Artifact) -> str:
        argument = artifact.argument
        if isinstance(argument, Parts):
            told: Any = [argument.date.isoformat()] + [
                (n, self.key(p) if isinstance(p, Artifact) else p.decode("latin-1")) for n, p in argument.parts
            ]
        else:
            told = argument
        call = f"{artifact.render.__module__}.{artifact.render.__qualname__}({written(told)})"
        return hashlib.sha256(self._code + call.encode("utf-8")).hexdigest()

    def _packed(self, artifact: Artifact) -> Mapping[str, bytes]:
        parts = artifact.argument.parts
        return {name: self.file(p).read_bytes() if isinstance(p, Artifact) else p for name, p in parts}

    def _found(self, key: str) -> Path | None:
        """The file under ``key``, where it is there and whole."""
        path = self._there.get(key)
        if path is None or (path not in self._whole and not _whole(path)):
            return None
        self._whole.add(path)
        return path

    def _make(self, missing: Iterable[Artifact]) -> None:
        """Make what is not there, in processes of their own when it is much; what is little is made when it is asked for."""
        parts = {self.key(part): part for artifact in missing for part in _members(artifact)}
        single = {key: part for key, part in parts.items() if self._found(key) is None}
        if len(single) <= _FEW:
            return
        ordered = sorted(single, key=lambda key: single[key].use != "book")  # what takes longest goes first
        for start in range(0, len(ordered), _BATCH):
            with _processes() as pool:
                batch = ordered[start : start + _BATCH]
                made = {pool.submit(single[key].render, single[key].argument): key for key in batch}
                for future in as_completed(made):
                    key = made.pop(future)
                    self._keep(key, single[key].format, future.result())

    def _keep(self, key: str, format: str, content: bytes) -> Path:
        """Put a file in its place whole. Its name has its own digest too, to know it by when it is read again."""
        path = self._folder / f"{key}.{hashlib.sha256(content).hexdigest()[:16]}.{format}"
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            unfinished.write_bytes(content)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        self._there[key] = path
        self._whole.add(path)
        return path


def bundle(dated: tuple[Mapping[str, bytes], datetime.date]) -> bytes:
    """A zip file of parts by name, dated by the edition. The renderer of every artifact whose argument is :class:`Parts`."""
    return pack(*dated)


def _members(artifact: Artifact) -> Iterator[Artifact]:
    """What has to be rendered to have the file: itself, or all that a zip file holds."""
    if artifact.render is not bundle:
        yield artifact
        return
    for _, part in artifact.argument.parts:
        if isinstance(part, Artifact):
            yield from _members(part)


def _processes() -> ProcessPoolExecutor:
    root = str(_SCRIPTS.parent)
    if root not in sys.path:  # MkDocs loads our hook by its path; the new processes look where this one does
        sys.path.insert(0, root)
    return ProcessPoolExecutor(os.cpu_count(), _context())


@functools.cache
def _context() -> multiprocessing.context.BaseContext:
    """How other processes are started.

    Not forked from this one: MkDocs serves with threads, and what they hold would be held for ever in a fork. They are
    forked from a process that has done nothing but read the code, where there can be one, which takes no time.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_RENDERERS])
    return context


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _entries(folder: Path) -> list[Path]:
    """Everything in the folder but the builds' lock; also what a build that was killed had begun to write."""
    return sorted(e for e in folder.iterdir() if e.is_file() and e.name != ".lock") if folder.is_dir() else []


def _whole(path: Path) -> bool:
    """Whether the file is what was written: its name has the digest of its content."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16] == path.name.split(".")[1]
    except (OSError, IndexError):
        return False


# ---------------------------------------------------------------- keys


def code(scripts: Path = _SCRIPTS) -> bytes:
    """A digest of all that a file is made with: the code and templates, the fonts and the libraries."""
    digest = hashlib.sha256(f"{sys.version} zlib {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {importlib.metadata.version(library)}\n".encode())
    for file in sorted(path for path in scripts.rglob("*") if path.is_file() and path.suffix not in _NOT_CODE):
        digest.update(f"{file.relative_to(scripts).as_posix()}\n".encode() + file.read_bytes())
    return digest.digest()


def written(value: Any) -> str:
    """An argument as text: the same for equal values, in every process, and no two different ones alike."""
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    name = type(value).__name__
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [name, *(getattr(value, field.name) for field in dataclasses.fields(value))]
    if isinstance(value, BaseModel):
        return [name, *(getattr(value, field) for field in type(value).model_fields)]
    if isinstance(value, Mapping):
        return [name, *value.items()]
    if isinstance(value, datetime.date):
        return [name, value.isoformat()]
    if isinstance(value, frozenset):
        return [name, *sorted(value)]
    raise TypeError(f"{name} is not part of any argument")
