"""This year's workbook made from last year's: the answers beside the questions, and nothing lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ...guide.guide import Guide
from ...guide.model import Worksheet
from ..files import formats
from ..form import resolve
from ..rating import VARIANTS, Rated, workbook
from ..xlsx import render
from ..xlsx.last_year import GONE, NEW, REWORDED, SAME, mark
from ..xlsx.memory import SHEET, Previous, read_memory
from .reading import opened, read_previous
from .refusals import FollowUpError

_TEMPLATE = "Hämta årets blad på webbplatsen och fyll i det i stället."

_PLURAL = {NEW: "nya", SAME: "oförändrade", REWORDED: "omformulerade", GONE: "utgångna"}


@dataclass(frozen=True)
class FollowUp:
    """This year's workbook and what happened on the way, counted."""

    worksheet: str
    variant: str
    edition: str  # last year's
    content: bytes
    answers: int  # places that had something in them
    changes: Counter[str]  # how many questions are new, unchanged, reworded or gone

    @property
    def told(self) -> str:
        counted = ", ".join(f"{number} {_PLURAL[change]}" for change, number in sorted(self.changes.items()))
        return f"{self.answers} svar från {self.edition}; frågor: {counted}"


def follow_up(guide: Guide, content: bytes) -> FollowUp:
    """This year's workbook of the worksheet that ``content``, a filled-in workbook of an earlier edition, is.

    Raises :class:`FollowUpError` where the file is not such a workbook or holds formulas instead of answers.
    """
    previous = read_previous(content)
    memory = previous.memory
    sheet = next((sheet for sheet in guide.all(Worksheet) if sheet.id == memory.worksheet), None)
    if sheet is None or not (sheet.comparison or "xlsx" in formats(sheet)):
        raise FollowUpError(f"Arbetsbladet «{memory.worksheet}» finns inte längre som Excelfil i guiden. Behåll filen.")
    form = resolve(guide, sheet)
    if memory.variant and sheet.comparison is None:
        raise FollowUpError(f"«{sheet.title}» har inte längre ett Excelblad per part. {_TEMPLATE}")
    if memory.variant and memory.variant not in VARIANTS:
        raise FollowUpError("Ett enskilt svar följs inte upp. Följ upp partens egen fil, där svaren är samlade.")
    made = workbook(Rated.of(guide, sheet, memory.variant), previous) if memory.variant else render(form, previous)
    return FollowUp(
        sheet.id,
        memory.variant,
        memory.edition,
        made,
        answers=sum(not answer.blank for answer in previous.answers.values()),
        changes=_changes(previous, made),
    )


def _changes(previous: Previous, made: bytes) -> Counter[str]:
    now = read_memory(opened(made)[SHEET].iter_rows(values_only=True))
    assert now is not None
    names = {place.name for place in now.places}
    gone = sum(name not in names for name in previous.answers)
    counted = Counter(mark(previous.at(place.name), place.label).split(",")[0] for place in now.places)
    return counted + Counter({GONE: gone})
