"""A problem is something a contributor can mend: where it is, what is wrong, what to write instead."""

from __future__ import annotations

import difflib
import itertools
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MOST = 30  # messages about one file
_LATIN = 0x24F  # the last of the letters that European languages write with


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in ``guide_data/``. ``file`` is relative to the project, ``line`` counts from 1.

    ``missing`` is about what is not in the file. A misspelt field is told first: to mend it may be to add the missing.
    """

    file: str
    line: int
    message: str
    missing: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class GuideError(Exception):
    """The guide has problems; nothing is built from it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.file, p.missing, p.line, p.message)))
        super().__init__("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        """Every problem, as long as they can be read: a file with hundreds has one mistake, told many times."""
        for file, group in itertools.groupby(self.problems, key=lambda problem: problem.file):
            found = list(group)
            yield from map(str, found[:_MOST])
            if len(found) > _MOST:
                yield f"{file}:{found[_MOST].line}: … och {len(found) - _MOST} fel till i filen."


def annotation(problem: Problem) -> str:
    """The problem as GitHub shows it, on its line in a proposal. What the message holds cannot become another command."""
    file, message = (
        text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A") for text in (problem.file, problem.message)
    )
    return f"::error file={file.replace(':', '%3A').replace(',', '%2C')},line={problem.line}::{message}"


def did_you_mean(found: str, allowed: Iterable[str]) -> str:
    """« Menade du …?» when a valid value is near, otherwise nothing."""
    near = difflib.get_close_matches(unicodedata.normalize("NFKC", found), list(allowed), n=1, cutoff=0.6)
    return f" Menade du «{near[0]}»?{look_alike(found)}" if near else ""


def look_alike(text: str) -> str:
    """Points out a letter of another alphabet, which may look right and still not be."""
    foreign = next((char for char in text if char.isalpha() and ord(char) > _LATIN), None)
    return f" Tecknet «{foreign}» (U+{ord(foreign):04X}) är en annan bokstav än den liknar." if foreign else ""


def listed(values: Iterable[str], most: int = 12) -> str:
    """The allowed values as running text, cut where the list would drown the message."""
    found = list(values)
    more = f" … ({len(found) - most} till)" if len(found) > most else ""
    return ", ".join(found[:most]) + more
