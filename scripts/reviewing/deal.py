"""Who reads what: each core record by one reader on each side, in sets that take about as long."""

from __future__ import annotations

import datetime

from ..guide.guide import Guide, texts
from ..guide.model import RECORD_TYPES, Record
from ..guide.network import Party, ReadingSet, Round
from ..outline.network import CORE

SIDES: tuple[tuple[str, Party], ...] = (("b", "beställare"), ("u", "utförare"))


def deal(guide: Guide, readers: int, closes: datetime.date) -> Round:
    """A round for so many readers, half on each side. Only what is not settled is read.

    Raises :class:`ValueError`, in Swedish, where there is nobody to read or nothing to read.
    """
    if readers < 2:
        raise ValueError("En omgång behöver minst två läsare, en från vardera parten.")
    records = [record for kind in CORE for record in guide.all(kind) if _is_open(guide, record)]
    if not records:
        raise ValueError("Allt är läst av båda parter och inget hindrar. Det finns inget att läsa.")
    seats = (-(-readers // 2), readers // 2)
    sets = tuple(
        one
        for (sign, _), number in zip(SIDES, seats, strict=True)
        for one in _sets(sign, min(number, len(records)), records)
    )
    return Round(number=1 if guide.round is None else guide.round.number + 1, closes=closes, sets=sets)


def words(record: Record) -> int:
    """How long the record is to read."""
    return sum(len(text.split()) for text, path in texts(record) if path[0] not in ("id", "basis", "status"))


def _is_open(guide: Guide, record: Record) -> bool:
    review = guide.review(record)
    return review is None or review.state in ("läst", "oenigt")


def _sets(sign: str, number: int, records: list[Record]) -> list[ReadingSet]:
    """The longest first, each to whoever has the least to read; then in the guide's order."""
    dealt: list[list[Record]] = [[] for _ in range(number)]
    for record in sorted(records, key=lambda record: (-words(record), record.id)):
        min(dealt, key=lambda mine: sum(map(words, mine))).append(record)
    order = {kind.folder: place for place, kind in enumerate(RECORD_TYPES)}
    for mine in dealt:
        mine.sort(key=lambda record: (order[record.folder], getattr(record, "order", 0), record.title))
    return [
        ReadingSet(id=f"{sign}{place}", records=tuple(f"{record.folder}/{record.id}" for record in mine))
        for place, mine in enumerate(dealt, 1)
    ]


def round_file(one: Round) -> str:
    """``guide_data/round.yaml``."""
    lines = [f"number: {one.number}", f"closes: {one.closes}", "sets:"]
    for mine in one.sets:
        lines += [f"  - id: {mine.id}", "    records:", *(f"      - {name}" for name in mine.records)]
    return "\n".join(lines) + "\n"
