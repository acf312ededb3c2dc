"""``make propose FROM=file``: from a proposal to changed files, with an answer for whoever sent it."""

from __future__ import annotations

import datetime
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ..guide.load import DATA
from ..guide.network import PROPOSALS
from ..guide.problems import GuideError
from . import answer
from .apply import Applied, apply, write
from .edit import new_file
from .proposal import ProposalError, Sent, read_file

_LONGEST = 60_000  # characters of a comment; GitHub takes 65,536


@dataclass(frozen=True)
class Asked:
    """What is to be done with a proposal besides answering it in the terminal.

    ``approved`` is the number that an editor has seen: another one means that the proposal was edited since.
    """

    only_answer: bool = False
    answer: Path | None = None  # the file to write the answer in, as Markdown
    output: Path | None = None  # GitHub's file of a step's results, which the answer is put in
    approved: str = ""
    branch: bool = False  # commit to a branch of its own


def propose(root: Path, file: Path, asked: Asked) -> int:
    """Answer, and write. Returns 0 when the proposal could be taken in whole, or when an answer was all that was asked."""
    try:
        sent = read_file(file)
        applied = apply(root, sent.proposal)
    except ProposalError as error:
        print("\n".join(error.problems), file=sys.stderr)
        _keep(asked, answer.refusal(error))
        return 0 if asked.output else 1
    except GuideError as error:
        print(f"{error}\nGuiden har fel sedan tidigare. Rätta dem först.", file=sys.stderr)
        return 1
    number = sent.proposal.number
    if asked.approved and asked.approved != number:
        print(f"Förslaget har ändrats sedan det godkändes som {asked.approved}: nu är det {number}.", file=sys.stderr)
        return 1
    print(answer.told(applied), end="")
    _keep(asked, answer.comment(applied))
    if asked.only_answer:
        return 0 if applied.is_whole or asked.output else 1
    if not applied.is_whole:
        print("Inget är skrivet.", file=sys.stderr)
        return 1
    files = applied.files | {f"{DATA}/{PROPOSALS}/{number.lower()}.yaml": _told(sent, applied)}
    write(root, files)
    print(f"Skrivet: {', '.join(sorted(applied.files))}.")
    return _committed(root, sent, files) if asked.branch else 0


def _told(sent: Sent, applied: Applied) -> str:
    """What became of the proposal: it is taken in, which is true once its change is merged."""
    about = tuple(dict.fromkeys(f"{outcome.title}: {outcome.label}" for outcome in applied.outcomes))
    fields = {"date": datetime.date.today(), "about": about, "result": "infört"}
    return new_file(fields | ({"issue": sent.issue} if sent.issue else {}))


def _committed(root: Path, sent: Sent, files: dict[str, str]) -> int:
    """The change on a branch named by its number, with the account that proposed it as its author."""
    number, who = sent.proposal.number, sent.author or "forslag"
    message = f"Ta in förslag {number}{f' (ärende {sent.issue})' if sent.issue else ''}\n"
    committer = ("-c", "user.name=Partnerskapsguidens redaktion", "-c", "user.email=redaktion@users.noreply.github.com")
    author = f"{who} <{who}@users.noreply.github.com>"
    for command in (
        ("git", "switch", "-c", f"forslag/{number}"),
        ("git", "add", "--", *sorted(files)),
        ("git", *committer, "commit", "--quiet", "--author", author, "-m", message),
    ):
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{' '.join(command[:2])}: {done.stderr.strip()}", file=sys.stderr)
            return 1
    print(f"Grenen forslag/{number} har ändringen.")
    return 0


def _keep(asked: Asked, text: str) -> None:
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(chr(10))[0]}\n\n… Svaret är avkortat.\n"
    if asked.answer:
        asked.answer.write_text(text, encoding="utf-8")
    if asked.output:
        end = f"slut-{secrets.token_hex(16)}"  # which no text that was sent can hold
        with asked.output.open("a", encoding="utf-8") as file:
            file.write(f"answer<<{end}\n{text}\n{end}\n")
