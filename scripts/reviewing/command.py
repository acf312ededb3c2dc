"""``make review-round`` and ``make review-collect``."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from ..guide.check import read
from ..guide.load import DATA
from .answers import read_folder
from .collect import agenda, collect, reviews_file
from .deal import deal, round_file, words
from .sheets import word, workbook


def review_round(root: Path, readers: int, closes: str, out: Path) -> int:
    """Open a round: ``guide_data/round.yaml``, and each reader's set as Word and Excel in ``out``."""
    guide = read(root).guide
    try:
        one = deal(guide, readers, _day(closes))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    (root / DATA / "round.yaml").write_text(round_file(one), encoding="utf-8")
    out.mkdir(parents=True, exist_ok=True)
    for mine in one.sets:
        name = f"granskning-{one.number}-{mine.id}-{mine.side.replace('ä', 'a').replace('ö', 'o')}"
        (out / f"{name}.docx").write_bytes(word(guide, one, mine))
        (out / f"{name}.xlsx").write_bytes(workbook(guide, one, mine))
        total = sum(words(record) for one_name in mine.records if (record := guide.named(one_name)))
        print(f"{mine.id} ({mine.side}): {len(mine.records)} poster, {total} ord.")
    print(
        f"Omgång {one.number} är öppen till {closes}. Filerna ligger i {out}. Publicera, så finns den på sidan Granskning."
    )
    return 0


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"«{text}» är inte ett datum. Skriv ÅÅÅÅ-MM-DD, till exempel 2027-02-15.") from None


def review_collect(root: Path, folder: Path, out: Path) -> int:
    """Close a round: the marks into ``guide_data/reviews.yaml``, and the meeting's agenda into ``out``."""
    if not folder.is_dir():
        print(f"Mappen {folder} finns inte.", file=sys.stderr)
        return 1
    guide = read(root).guide
    returned, problems = read_folder(folder)
    collected = collect(guide, returned)
    for problem in problems:
        print(problem, file=sys.stderr)
    for note in collected.notes:
        print(note)
    if not returned:
        print("Inga svar att räkna. Inget är skrivet.", file=sys.stderr)
        return 1
    (root / DATA / "reviews.yaml").write_text(reviews_file(collected.reviews), encoding="utf-8")
    out.mkdir(parents=True, exist_ok=True)
    (out / "mote.md").write_text(agenda(guide, collected), encoding="utf-8")
    states = [review.state for review in collected.reviews]
    told = ", ".join(f"{states.count(state)} {state}" for state in ("läst", "enigt", "oenigt", "antaget"))
    print(f"{len(returned)} filer, {collected.answered} svar: {told}. Dagordningen är {out / 'mote.md'}.")
    return 1 if problems else 0
