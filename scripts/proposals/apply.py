"""What a proposal does to the records: each change made in its file's text, and the whole guide checked with it.

Nothing is written here. A text that has changed since the proposal was written is left as it is, and told.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ..guide.check import read
from ..guide.guide import Guide
from ..guide.load import DATA, name_from
from ..guide.model import RECORD_TYPES, Experience, Record
from ..guide.problems import GuideError, did_you_mean
from ..guide.wording import normal
from . import edit
from .places import CLOSED, Place, fingerprint, parted, places
from .proposal import IDEAS, Change, Proposal

State = Literal["gjord", "krock", "fel", "idé"]
_VERSIONS = 40  # of a file that are looked through for the text that a proposal was written against
_KINDS = {kind.folder: kind for kind in RECORD_TYPES}


@dataclass(frozen=True)
class Outcome:
    """What became of one change."""

    change: Change
    state: State
    title: str  # of the record
    label: str  # of the place in it
    before: str = ""
    after: str = ""
    message: str = ""
    was: str = ""  # where the text has changed: what it said then, when that can be found


@dataclass(frozen=True)
class Applied:
    """A proposal's outcomes, and the files as they become. ``problems`` are what the checker says of the whole."""

    proposal: Proposal
    before: Guide
    after: Guide
    outcomes: tuple[Outcome, ...]
    files: dict[str, str] = field(default_factory=dict)  # path from the project's root → the whole text
    problems: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all of it can be taken in: nothing failed, nothing collided, and the guide is as right as before."""
        return bool(self.files) and not self.problems and all(o.state in ("gjord", "idé") for o in self.outcomes)


def apply(root: Path, proposal: Proposal) -> Applied:
    """The guide in ``root`` with the proposal. Raises :class:`GuideError` where it had problems before."""
    guide = read(root).guide
    files: dict[str, str] = {}
    outcomes = tuple(_made(root, guide, files, change) for change in proposal.changes)
    after, problems = _checked(root, files) if files else (guide, ())
    return Applied(proposal, guide, after or guide, outcomes, files, problems)


def _made(root: Path, guide: Guide, files: dict[str, str], change: Change) -> Outcome:
    """One change, into ``files``; or why not."""
    try:
        if change.new_record:
            return _created(root, guide, files, change)
        return _changed(root, guide, files, change)
    except edit.EditError as error:
        return Outcome(
            change, "fel", change.record or "", change.field or "", after=change.new or "", message=str(error)
        )


def _changed(root: Path, guide: Guide, files: dict[str, str], change: Change) -> Outcome:
    record, asked = _record(guide, change), change.field or ""
    file = f"{DATA}/{record.folder}/{record.id}.yaml"
    text = files.get(file) or (root / file).read_bytes().decode("utf-8-sig")
    place = _place(_now(record, text), change)
    if place.text is not None and (change.old is None or fingerprint(place.text) != change.old):
        was = _was(root, file, record, asked, change.old)
        return Outcome(change, "krock", record.title, place.label, place.text, change.new or "", was=was)
    label, before = place.label, place.text or ""
    if change.remove:
        files[file] = edit.removed(text, parted(place.path))
        return Outcome(change, "gjord", record.title, label, before)
    new = normal(change.new or "")
    if not place.long and "\n" in new:
        raise edit.EditError("texten ska vara ett enda stycke.")
    if len(new) > place.limit:
        raise edit.EditError(f"texten är {len(new)} tecken, och högst {place.limit} får plats.")
    if place.text is not None:
        files[file] = edit.replaced(text, parted(place.path), new)
    elif place.in_list:
        files[file] = edit.added(text, parted(place.path), new)
    else:
        files[file] = edit.with_text(text, asked, new)
    return Outcome(change, "gjord", record.title, label, before, new)


def _record(guide: Guide, change: Change) -> Record:
    """The record by its known id: no path is made of what a proposal says."""
    folder, _, id = (change.record or "").partition("/")
    if folder not in guide.records:
        raise edit.EditError(f"mappen «{folder}» finns inte.{did_you_mean(folder, guide.records)}")
    if id not in guide.records[folder]:
        raise edit.EditError(f"«{id}» finns inte i {folder}/.{did_you_mean(id, guide.records[folder])}")
    return guide.records[folder][id]


def _now(record: Record, text: str) -> Record:
    """The record as the changes before this one have made it, where it still is one."""
    data: dict[str, Any] = edit.data_of(text)
    try:
        return type(record).model_validate({"id": record.id, **data})
    except ValueError:
        return record


def _place(record: Record, change: Change) -> Place:
    """Where in the record. A text that has moved in its list is found by what it says."""
    asked = change.field or ""
    there = {place.path: place for place in places(record)}
    found = there.get(asked)
    if found and (found.text is None or change.old is None or fingerprint(found.text) == change.old):
        return found
    if asked.split(".")[-1] in CLOSED:
        raise edit.EditError(f"«{asked.split('.')[-1]}» ändras bara av redaktionen.")
    pattern = re.sub(r"\d+", r"\\d+", re.escape(asked))
    moved = [
        p for p in there.values() if p.text and re.fullmatch(pattern, p.path) and fingerprint(p.text) == change.old
    ]
    if len(moved) == 1:
        return moved[0]
    if found is None:
        raise edit.EditError(f"fältet «{asked}» finns inte i posten.{did_you_mean(asked, there)}")
    return found


def _created(root: Path, guide: Guide, files: dict[str, str], change: Change) -> Outcome:
    """A new record's file; or, for a kind that takes an editor to write out, an idea that is kept in the proposal."""
    folder, fields = change.new_record or "", change.fields
    kind, title = _KINDS[folder], str(fields.get("title", ""))
    shown = "\n\n".join(_said(kind, name, value) for name, value in fields.items() if name != "title")
    if folder in IDEAS:
        return Outcome(change, "idé", title, kind.singular, after=shown)
    id = name_from(title)
    if not id:
        raise edit.EditError("rubriken (title) saknas.")
    file = f"{DATA}/{folder}/{id}.yaml"
    if id in guide.records[folder] or file in files:
        raise edit.EditError(f"«{title}» finns redan i guiden. Föreslå en ändring av den i stället.")
    unknown = [name for name in fields if name not in kind.model_fields or name in CLOSED]
    if unknown:
        raise edit.EditError(f"fältet «{unknown[0]}» hör inte dit.{did_you_mean(unknown[0], kind.model_fields)}")
    told = {
        name: _typed(kind.model_fields[name].annotation, fields[name]) for name in kind.model_fields if name in fields
    }
    basis = "erfarenhet" if folder == Experience.folder else "förslag"
    files[file] = edit.new_file(told | {"basis": basis, "status": "utkast"})
    return Outcome(change, "gjord", title, f"{kind.singular.capitalize()}, ny post", after=shown)


def _typed(annotation: Any, text: str | tuple[str, ...]) -> Any:
    """A number where the field takes one; the checker says so where it is none."""
    return int(text) if annotation is int and isinstance(text, str) and re.fullmatch(r"\d{1,9}", text) else text


def _said(kind: type[Record], name: str, value: str | tuple[str, ...]) -> str:
    """A field of a new record after its label."""
    label = kind.model_fields[name].title if name in kind.model_fields else ""
    text = value if isinstance(value, str) else ", ".join(value)
    return f"{label}: {text}" if label else text


# ---------------------------------------------------------------- the guide with it, and before it


def _checked(root: Path, files: dict[str, str]) -> tuple[Guide | None, tuple[str, ...]]:
    """The guide as it would be, read from a copy."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(root / DATA, Path(folder, DATA))
        write(Path(folder), files)
        try:
            return read(Path(folder)).guide, ()
        except GuideError as error:
            return None, tuple(str(error).splitlines())


def write(root: Path, files: dict[str, str]) -> None:
    """Put the files in ``root``."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())


def _was(root: Path, file: str, record: Record, asked: str, old: str | None) -> str:
    """What the text said when the proposal was written, looked for in the file's history. Empty where it is not there."""
    for text in _versions(root, file) if old else ():
        try:
            then = type(record).model_validate({"id": record.id, **edit.data_of(text)})
        except (edit.EditError, ValueError):
            continue
        for place in places(then):
            if place.text and fingerprint(place.text) == old and _alike(place.path, asked):
                return place.text
    return ""


def _alike(one: str, other: str) -> bool:
    """Whether two paths are the same but for the places in lists."""
    return [p for p in parted(one) if isinstance(p, str)] == [p for p in parted(other) if isinstance(p, str)]


def _versions(root: Path, file: str) -> Iterator[str]:
    for commit in _git(root, "log", f"-{_VERSIONS}", "--format=%H", "--", file).split():
        yield _git(root, "show", f"{commit}:./{file}")


def _git(root: Path, *arguments: str) -> str:
    try:
        made = subprocess.run(["git", *arguments], cwd=root, capture_output=True, timeout=60, check=False)
    except OSError:
        return ""
    return made.stdout.decode("utf-8", "replace") if made.returncode == 0 else ""
