"""A proposal as it is sent: small, and about texts alone. What comes in is anybody's, so that nothing in it is trusted.

It says which record and field, the SHA-256 of the text it was written against, and the new text. The same code comes by an
issue on GitHub, by e-mail or as a file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, StringConstraints, ValidationError, model_validator

from ..guide.characters import refused, visible
from ..guide.messages import explain
from ..guide.model import ONE_LINE, Part

MAX_BYTES = 60_000
MAX_CHANGES = 40
SIGN = "partnerskapsguiden"  # the name that begins the code, wherever in a text it stands
VERSION = "förslag 1"
New = Literal["terms", "sources", "experiences"]  # the folders of records that a proposal can hold whole
Idea = Literal[
    "practices", "challenges", "indicators", "questions", "worksheets", "meetings"
]  # and that editors write out
NEW_KINDS, IDEAS = get_args(New), get_args(Idea)

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Address = Annotated[str, StringConstraints(pattern=r"^[a-z_]+/[a-z0-9-]+$", max_length=100)]
Dotted = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.([a-z_]+|\d{1,3}))*$", max_length=120)]
Reason = Annotated[str, StringConstraints(max_length=2_000)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=12_000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$", max_length=40)]


class Change(Part):
    """One place in one record, or one new record."""

    record: Address | None = Field(None, title="Post", description="Mapp och id: practices/gemensam-malbild.")
    field: Dotted | None = Field(None, title="Fält", description="Fältets namn, med punkt till det som ligger i det.")
    old: Digest | None = Field(None, title="Gammal text", description="SHA-256 av texten som ändras.")
    new: Words | None = Field(None, title="Ny text", description="Texten som föreslås.")
    remove: bool = Field(False, title="Ta bort", description="true när punkten ska bort.")
    new_record: New | Idea | None = Field(None, title="Ny post", description="Mappen som en ny post hör till.")
    fields: dict[Name, Words | tuple[Words, ...]] = Field(
        {}, title="Fält i den nya posten", description="Namn och text."
    )
    reason: Reason = Field("", title="Varför", description="Det som den som föreslår har sett.")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.new_record:
            if not self.fields or self.record or self.field or self.new or self.remove:
                raise ValueError("en ny post (new_record) har fält (fields) och inget annat")
        elif not (self.record and self.field) or self.fields:
            raise ValueError("en ändring behöver post (record) och fält (field)")
        elif bool(self.new) == self.remove:
            raise ValueError("en ändring har antingen en ny text (new) eller ska bort (remove)")
        elif self.remove and not self.old:
            raise ValueError("det som ska bort behöver den gamla textens kod (old)")
        return self


class Proposal(Part):
    partnerskapsguiden: Literal["förslag 1"] = Field(title="Märke", description="förslag 1.")
    edition: Annotated[str, StringConstraints(max_length=20, pattern=ONE_LINE)] = Field(
        title="Utgåva", description="Utgåvan som förslaget skrevs mot."
    )
    part: Literal["beställare", "utförare", "annan"] = Field("annan", title="Part", description="Vem som föreslår.")
    changes: tuple[Change, ...] = Field(
        title="Ändringar", description="Det som föreslås.", min_length=1, max_length=MAX_CHANGES
    )

    @property
    def number(self) -> str:
        """What the proposal is called: the same for the same words, so that one sent twice has one number."""
        text = json.dumps(self.model_dump(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return "F-" + hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Sent:
    """A proposal, and what an issue says of where it came from."""

    proposal: Proposal
    issue: int | None = None
    author: str | None = None  # the account's name


class ProposalError(Exception):
    """The proposal cannot be read. ``problems`` are sentences in Swedish, for whoever sent it."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def read_proposal(content: bytes) -> Sent:
    """The proposal in a file: its code alone, a text with the code in it, or GitHub's own account of an issue.

    Raises :class:`ProposalError`.
    """
    if len(content) > 4 * MAX_BYTES:
        raise ProposalError(
            f"Filen är {len(content) // 1000} kB. Ett förslag är högst {MAX_BYTES // 1000} kB: dela det i flera."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProposalError("Filen är inte sparad som UTF-8, eller är ingen textfil.") from None
    issue = _issue(text)
    if issue is None:
        return Sent(_proposal(text))
    return Sent(_proposal(str(issue.get("body") or "")), _number(issue), _author(issue))


def read_file(file: Path) -> Sent:
    """The proposal in a file on disk. Raises :class:`ProposalError`."""
    try:
        return read_proposal(file.read_bytes())
    except OSError as error:
        raise ProposalError(f"{file.name}: filen går inte att läsa ({error.strerror}).") from None


def _issue(text: str) -> dict[str, Any] | None:
    """The issue in the event that GitHub keeps for a workflow."""
    found = _json(text, 0) if text.lstrip().startswith("{") else None
    issue = found.get("issue") if isinstance(found, dict) else None
    return issue if isinstance(issue, dict) else None


def _number(issue: dict[str, Any]) -> int | None:
    number = issue.get("number")
    return number if isinstance(number, int) else None


def _author(issue: dict[str, Any]) -> str | None:
    user = issue.get("user")
    login = user.get("login") if isinstance(user, dict) else None
    return login if isinstance(login, str) and login.replace("-", "").isalnum() and len(login) < 40 else None


def _proposal(text: str) -> Proposal:
    data = _code(text)
    if len(json.dumps(data, ensure_ascii=False).encode()) > MAX_BYTES:
        raise ProposalError(f"Förslaget är större än {MAX_BYTES // 1000} kB. Dela det i flera.")
    problems = list(dict.fromkeys(_unseen(data, "")))
    if problems:
        raise ProposalError(*problems)
    try:
        return Proposal.model_validate(data)
    except ValidationError as error:
        raise ProposalError(*(_told(found.path, found.message) for found in explain(error, Proposal, data))) from None


def _code(text: str) -> dict[str, Any]:
    """The code in a text: the JSON that begins with the guide's sign. Two are one too many to choose from."""
    starts = [i for i in _starts(text) if isinstance(_json(text, i), dict)]
    if not starts:
        raise ProposalError(
            "Förslagets kod saknas eller är avklippt. Den börjar med {"
            f'"{SIGN}" och slutar med }}. Kopiera den på nytt från sidan, hela vägen till slutet.'
        )
    found = [_json(text, i) for i in starts]
    if any(other != found[0] for other in found):
        raise ProposalError(
            "Texten innehåller flera olika förslag. Skicka dem vart för sig, eller lägg dem i samma korg."
        )
    data: dict[str, Any] = found[0]
    return data


def _starts(text: str) -> Iterator[int]:
    sign = text.find(f'"{SIGN}"')
    while sign >= 0:
        before = text[:sign].rstrip()
        if before.endswith("{"):
            yield len(before) - 1
        sign = text.find(f'"{SIGN}"', sign + 1)


def _json(text: str, start: int) -> Any:
    try:
        return json.JSONDecoder(parse_constant=lambda name: None).raw_decode(text[start:].lstrip())[0]
    except (ValueError, RecursionError):
        return None


def _unseen(value: Any, where: str) -> Iterator[str]:
    """Characters that no one can see, told as they are told of a file."""
    if isinstance(value, str):
        yield from (f"{where}: {message}" for _, message in refused(value.replace("\r\n", "\n")))
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _unseen(child, visible(str(key)))
    elif isinstance(value, list):
        for child in value:
            yield from _unseen(child, where)


def _told(path: tuple[str | int, ...], message: str) -> str:
    place = next((f"ändring {part + 1}: " for part in path if isinstance(part, int)), "")
    return f"{place}{visible(message)}"
