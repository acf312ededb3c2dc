"""A problem is something a contributor can mend: where it is, what is wrong, what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in ``guide_data/``. ``file`` is relative to the project, ``line`` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class GuideError(Exception):
    """The guide has problems; nothing is built from it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(found: str, allowed: Iterable[str]) -> str:
    """« Menade du …?» when a valid value is near, otherwise nothing."""
    near = difflib.get_close_matches(found, list(allowed), n=1, cutoff=0.6)
    return f" Menade du «{near[0]}»?" if near else ""


def listed(values: Iterable[str], most: int = 12) -> str:
    """The allowed values as running text, cut where the list would drown the message."""
    found = list(values)
    more = f" … ({len(found) - most} till)" if len(found) > most else ""
    return ", ".join(found[:most]) + more
