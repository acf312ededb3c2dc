"""Files that are made after the pages are on the screen, while the guide is served: an edit is seen at once.

Until a file is made again, the one from before the edit stands in its place.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..files.catalogue import Artifact
from ..files.store import Store


class Late:
    """What is still to be made for the pages that are shown."""

    def __init__(self) -> None:
        self._shown: dict[str, Path] = {}  # the file last published at each path
        self._waiting: list[Artifact] = []
        self._stopped = threading.Event()
        self._work: threading.Thread | None = None

    def files(self, store: Store, artifacts: Iterable[Artifact]) -> Iterator[tuple[Artifact, Path]]:
        """Each artifact with its file, or with the one from before where that is still to be made."""
        self.stop()
        wanted = tuple(artifacts)
        missing = [artifact for artifact in wanted if not store.has(artifact)]
        self._waiting = [artifact for artifact in missing if self._there(artifact)]
        late = {artifact.path for artifact in self._waiting}
        for artifact, file in store.files(artifact for artifact in wanted if artifact.path not in late):
            self._shown[artifact.path] = file
        for artifact in wanted:
            yield artifact, self._shown[artifact.path]

    def begin(self, store: Store, site: Path) -> None:
        """Make the waiting files, one by one, and put each in its place in ``site``."""
        self._stopped.clear()
        self._work = threading.Thread(target=self._make, args=(store, site, self._waiting), daemon=True)
        self._work.start()

    def stop(self) -> None:
        """Wait until the file that is being made is done, and make no more of them."""
        self._stopped.set()
        if self._work is not None:
            self._work.join()

    def _there(self, artifact: Artifact) -> bool:
        return artifact.path in self._shown and self._shown[artifact.path].is_file()

    def _make(self, store: Store, site: Path, waiting: list[Artifact]) -> None:
        for artifact in waiting:
            if self._stopped.is_set():
                return
            file = self._shown[artifact.path] = store.file(artifact)
            with contextlib.suppress(FileNotFoundError):  # no one is served any more
                shutil.copyfile(file, site / artifact.path)
