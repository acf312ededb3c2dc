"""Build the site whole, beside the one that is there, and swap it in only when it is complete."""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

_REASONS = {
    errno.ENOSPC: "disken är full",
    errno.EROFS: "mappen går bara att läsa",
    errno.EACCES: "du har inte rätt att skriva i mappen",
    errno.EPERM: "du har inte rätt att skriva i mappen",
    errno.ENOENT: "mappen finns inte",
}


def reason(error: OSError) -> str:
    """Why a file could not be written, in Swedish where the reason is a usual one."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


_UNFINISHED = ".site-"
_HERE, _RENAME_EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE in Linux' own headers


class BuildError(Exception):
    """The site could not be built; the message is for the one who builds it."""


def build(root: Path, out: Path, say: Callable[[str], None] = lambda text: None) -> int:
    """Build the guide in ``root`` into ``out`` and return the number of pages.

    Raises :class:`BuildError` for whatever stops it: mistakes in the records, or a warning from MkDocs. Until the new
    site is complete ``out`` is as it was.
    """
    try:
        _clear(out.parent)
        with tempfile.TemporaryDirectory(prefix=f"{_UNFINISHED}{os.getpid()}-", dir=out.parent) as temporary:
            new = Path(temporary) / "new"
            say("Granskar posterna, bygger sidor och arbetsblad …")
            _mkdocs(root, new)
            say("Byter in den nya webbplatsen …")
            swap(new, out, Path(temporary) / "old")
    except OSError as error:
        raise BuildError(f"{error.filename or out.parent}: filen går inte att skriva ({reason(error)}).") from None
    say("")
    return sum(1 for page in out.rglob("*.html") if page.name == "index.html")


def _mkdocs(root: Path, site: Path) -> None:
    messages: list[str] = []
    collector = _Collector(messages)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(site), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    except (MkDocsException, SystemExit) as error:
        raise BuildError("\n".join(messages) or str(error)) from None
    except BrokenProcessPool:
        raise BuildError("En process som gör filer avbröts av datorn, oftast för att minnet tog slut.") from None
    finally:
        logger.removeHandler(collector)


def swap(new: Path, out: Path, old: Path) -> None:
    """Put ``new`` in the place of ``out``, and what was there in ``old``: at no moment is there nothing, or half."""
    if not out.exists():
        new.rename(out)
    elif _exchange(new, out):
        new.rename(old)
    else:
        _one_by_one(new, out, old)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step. False where the system has no such step."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if rename is None or not one.exists():
        return False
    return bool(rename(_HERE, os.fsencode(one.absolute()), _HERE, os.fsencode(other.absolute()), _RENAME_EXCHANGE) == 0)


def _one_by_one(new: Path, out: Path, old: Path) -> None:
    """The same in two steps. Should the second fail, what was there is put back."""
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        shutil.move(old, out)
        raise


def _clear(folder: Path) -> None:
    """Remove what builds that were killed have left behind."""
    for left in folder.glob(f"{_UNFINISHED}*-*"):
        builder = left.name.removeprefix(_UNFINISHED).partition("-")[0]
        if builder.isdigit() and not Path(f"/proc/{builder}").exists():
            shutil.rmtree(left, ignore_errors=True)


class _Collector(logging.Handler):
    """Keeps warnings and errors, which in strict mode are what stopped the build."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())
