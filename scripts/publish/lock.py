"""One build at a time: two at once would tidy away each other's files."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: there is no such lock, and whoever builds twice at once there has been lucky so far
    fcntl = None  # type: ignore[assignment]


class Lock:
    """Held by one process from ``take`` to ``give_back``, or to its end however it ends. Others wait."""

    def __init__(self) -> None:
        self._file: IO[str] | None = None

    def take(self, folder: Path) -> None:
        """Wait for whoever is building in ``folder``. Where nothing can be written there is nothing to keep apart."""
        if self._file is not None or fcntl is None:
            return
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
            self._file = (folder / ".lock").open("w")
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def give_back(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
