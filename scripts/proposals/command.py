"""``make propose FROM=file``: from a proposal to changed files, with an answer for whoever sent it."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from ..guide.load import DATA
from ..guide.problems import GuideError
from . import answer
from .apply import Applied, apply, write
from .edit import new_row
from .proposal import ProposalError, Sent, read_file

LIST = f"{DATA}/proposals.yaml"


def propose(root: Path, file: Path, only_answer: bool, to: Path | None, approved: str) -> int:
    """Answer, and write. Returns 0 when the proposal could be taken in whole.

    ``approved`` is the number that an editor has seen: another one means that the proposal was edited since.
    """
    try:
        sent = read_file(file)
        applied = apply(root, sent.proposal)
    except ProposalError as error:
        print("\n".join(error.problems), file=sys.stderr)
        _keep(to, answer.refusal(error))
        return 1
    except GuideError as error:
        print(f"{error}\nGuiden har fel sedan tidigare. Rätta dem först.", file=sys.stderr)
        return 1
    if approved and approved != sent.proposal.number:
        print(
            f"Förslaget har ändrats sedan det godkändes som {approved}: nu är det {sent.proposal.number}.",
            file=sys.stderr,
        )
        return 1
    print(answer.told(applied), end="")
    _keep(to, answer.comment(applied))
    if not applied.is_whole:
        print("Inget är skrivet.", file=sys.stderr)
        return 1
    if not only_answer:
        write(root, applied.files | {LIST: _listed(root, sent, applied)})
        print(f"Skrivet: {', '.join(sorted(applied.files))}.")
    return 0


def _listed(root: Path, sent: Sent, applied: Applied) -> str:
    """The list of proposals with this one taken in, which is true once its change is merged."""
    file = root / LIST
    before = file.read_text("utf-8") if file.is_file() else "proposals:\n"
    about = tuple(dict.fromkeys(f"{outcome.title}: {outcome.label}" for outcome in applied.outcomes))
    fields = {"number": sent.proposal.number, "date": datetime.date.today(), "about": about, "result": "infört"}
    return new_row(before, fields | ({"issue": sent.issue} if sent.issue else {}))


def _keep(to: Path | None, text: str) -> None:
    if to:
        to.write_text(text, encoding="utf-8")
