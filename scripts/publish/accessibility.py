"""The facts of the accessibility statement: what was tried, with what, when and what was found.

``make accessibility`` tries every page and every file and writes them to ``docs/tillganglighet.yaml``; the statement,
``docs/tillganglighet.md``, has places for them. So the page says what a run found, and a test sees when it no longer holds.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from ..guide.problems import GuideError, Problem
from ..guide.wording import long_date

RECORD, STATEMENT = "tillganglighet.yaml", "tillganglighet.md"
_HEAD = "# Skrivs av `make accessibility`, som prövar varje sida och varje fil. Ändra inte för hand: kör om provet.\n"


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fault(_Fact):
    """Something that the program found: which of its rules, and on how many pages or in how many files."""

    rule: str
    places: int


class Documents(_Fact):
    """The files of one kind: how many there are, what they were tried with and what for."""

    kind: str
    files: int
    program: str
    looked_for: str
    faults: tuple[Fault, ...]


class Tested(_Fact):
    """One run over the whole site. ``edition`` is the version in guide.yaml, ``widths`` in CSS pixels."""

    date: datetime.date
    edition: str
    axe: str
    chromium: str
    pages: int
    kinds: tuple[str, ...]
    widths: tuple[int, ...]
    faults: tuple[Fault, ...]
    documents: tuple[Documents, ...]


def kinds_of(addresses: Iterable[str]) -> tuple[str, ...]:
    """Which kinds of page there are: the addresses inside the site with a record's own name left out."""
    return tuple(sorted({re.sub(r"^([^/]+/)[^/]+/$", r"\1*/", address) for address in addresses}))


def written(tested: Tested) -> str:
    """The record as it is kept."""
    return _HEAD + yaml.safe_dump(tested.model_dump(mode="json"), allow_unicode=True, sort_keys=False, width=120)


def read_tested(docs: Path) -> Tested:
    """The last run. Raises :class:`GuideError` where there is none, or not a whole one."""
    try:
        return Tested.model_validate(yaml.safe_load((docs / RECORD).read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError):
        told = "provets resultat saknas eller är inte helt. Kör `make accessibility`, som prövar sidorna och skriver filen."
        raise GuideError([Problem(f"docs/{RECORD}", 1, told)]) from None


def with_facts(pages: dict[str, str], docs: Path) -> dict[str, str]:
    """The hand-written pages with the facts in the statement's places for them."""
    text = pages.get(STATEMENT, "")
    if "{{ tested." not in text:
        return pages
    for place, fact in _facts(read_tested(docs)).items():
        text = text.replace(f"{{{{ tested.{place} }}}}", fact)
    return pages | {STATEMENT: text}


def _facts(tested: Tested) -> dict[str, str]:
    """Place in the statement → Markdown."""
    return {
        "date": long_date(tested.date),
        "edition": tested.edition,
        "axe": tested.axe,
        "chromium": tested.chromium,
        "pages": str(tested.pages),
        "kinds": str(len(tested.kinds)),
        "widths": " och ".join(map(str, tested.widths)),
        "faults": _told(tested.faults, "Programmet hittade inga fel på sidorna.", "sidor"),
        "documents": "\n".join(_documents(one) for one in tested.documents),
    }


def _documents(one: Documents) -> str:
    found = _told(one.faults, "Inga fel hittades.", "filer").replace("\n- ", "\n    - ")
    return f"- **{one.kind}, {one.files} filer.** {one.looked_for} Program: {one.program}. {found}"


def _told(faults: tuple[Fault, ...], none: str, places: str) -> str:
    if not faults:
        return none
    return "Det här hittades:\n\n" + "\n".join(f"- `{fault.rule}`, {fault.places} {places}" for fault in faults)


def record(**facts: Any) -> Tested:
    """A run's facts, checked."""
    return Tested.model_validate(facts)
