"""What is published to be downloaded: a list from which links, cache keys, zip files and collisions all follow."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ..guide.addresses import download
from ..guide.load import DATA
from ..guide.model import Record, Size
from ..guide.problems import GuideError, Problem

# What a file is for: a worksheet blank or filled in, what meetings need, several sheets in one, a phase, everything, days.
Use = Literal[
    "blank", "filled", "kit", "sheets", "booklet", "cards", "book", "calendar", "plan-litet", "plan-medelstort", "plan-stort"
]  # fmt: skip
PLAN_USE: dict[Size, Use] = {"litet": "plan-litet", "medelstort": "plan-medelstort", "stort": "plan-stort"}


@dataclass(frozen=True)
class Artifact:
    """A file: where it is, what a link to it says, whose it is, and the call that makes it.

    ``render`` is a function of a module and ``argument`` all that it is told, so that the same pair means the same bytes.
    """

    name: str
    format: str
    label: str
    render: Callable[[Any], bytes]
    argued: Callable[[], Any]  # gives the argument, when it is needed
    record: Record | None = None  # None: the whole guide
    use: Use | None = None  # None: only a part of other files
    spoken: str = ""  # the link's name where the label says too little

    @property
    def path(self) -> str:
        """Where the file lies on the site."""
        return download(self.name, self.format)

    @functools.cached_property
    def argument(self) -> Any:
        return self.argued()


@dataclass(frozen=True)
class Parts:
    """What a zip file is made of: the name of each part in it, and the part itself or the file that it is; and its edition's date."""

    parts: tuple[tuple[str, bytes | Artifact], ...]
    date: datetime.date


class Catalogue:
    """The published files, in the order they were listed."""

    def __init__(self, artifacts: Iterable[Artifact]) -> None:
        """Raises :class:`GuideError` where two have the same path."""
        self._by_path: dict[str, Artifact] = {}
        self._by_use: dict[tuple[tuple[str, str] | None, Use | None], list[Artifact]] = {}
        for artifact in artifacts:
            there = self._by_path.setdefault(artifact.path, artifact)
            if there is not artifact:
                first, second = sorted((there, artifact), key=lambda made: made.record is not None)
                raise collision(artifact.path, _file(first.record), _file(second.record))
            self._by_use.setdefault((_key(artifact.record), artifact.use), []).append(artifact)

    def __iter__(self) -> Iterator[Artifact]:
        return iter(self._by_path.values())

    def __getitem__(self, path: str) -> Artifact:
        return self._by_path[path]

    def of(self, record: Record | None, use: Use) -> tuple[Artifact, ...]:
        """A record's files for one use; with None, those of the whole guide."""
        return tuple(self._by_use.get((_key(record), use), ()))


def _key(record: Record | None) -> tuple[str, str] | None:
    return None if record is None else (record.folder, record.id)


def collision(path: str, one: str, other: str) -> GuideError:
    """Two of the project's files would be published at one address, and one of them would be lost."""
    message = f"«{path}» på webbplatsen görs redan av {one}. Byt namn på en av filerna."
    return GuideError([Problem(other, 1, message)])


def _file(record: Record | None) -> str:
    return f"{DATA}/{record.folder}/{record.id}.yaml" if record else f"{DATA}/guide.yaml"
