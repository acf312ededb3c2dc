"""From ``guide_data/`` to records: the files that belong there, each of the type that its folder says.

Contributions are untrusted: no large files, no links, no surprises in the folder. What editors and computers leave
behind without asking is passed over; all else that is no record is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from .characters import visible
from .document import Document, parse
from .editions import FOLDER as EDITIONS
from .editions import Edition
from .messages import explain
from .model import ID_PATTERN, RECORD_TYPES, Record, Settings
from .network import PROPOSALS, Moves, Proposed, Reviews, Round
from .problems import Problem, did_you_mean, listed, look_alike

DATA = "guide_data"
MAX_BYTES = 100_000
_MAX_EDITION = 1_000_000  # bytes: a line for each record, written by `make release`
# Files that are no record's, and folders of such: the model of each.
_ALONE: dict[str, type[BaseModel]] = {
    "guide.yaml": Settings, "moved.yaml": Moves, "reviews.yaml": Reviews, "round.yaml": Round,
}  # fmt: skip
_OTHER_FOLDERS = {
    EDITIONS: r"\d+\.\d+(\.\d+)?\.yaml",
    PROPOSALS: r"f-[0-9a-f]{8}\.yaml",
}  # and how their files are named
MAX_NAME = 60
M = TypeVar("M", bound=BaseModel)

# Left by macOS, Windows, Vim, Emacs, LibreOffice and Word while a file is open, or after a look at the folder.
_DROPPING = re.compile(r"\..*|.*~|~\$.*|#.*#|Thumbs\.db|desktop\.ini|ehthumbs\.db", re.IGNORECASE)
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_NAMES = {
    EDITIONS: "här ligger bara utgåvor, som 0.1.yaml. `make release` skriver dem.",
    PROPOSALS: "ett förslag ligger i en fil med sitt nummer, till exempel f-3a9c2e10.yaml.",
}
_LIST = "index"  # the address of a folder's own page


@dataclass
class Loaded:
    """What could be read, and what could not. ``present`` has the ids of all files, also of those that failed."""

    settings: Settings | None = None
    reviews: Reviews = field(default_factory=lambda: Reviews(reviews=()))
    moves: Moves = field(default_factory=lambda: Moves(moved=()))
    round: Round | None = None
    alone: dict[str, Document] = field(default_factory=dict)  # guide.yaml and the like, as they are written
    editions: list[Edition] = field(default_factory=list)
    proposals: list[Proposed] = field(default_factory=list)
    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {kind.folder: {} for kind in RECORD_TYPES})
    present: dict[str, set[str]] = field(default_factory=lambda: {kind.folder: set() for kind in RECORD_TYPES})
    documents: dict[tuple[str, str], Document] = field(default_factory=dict)  # of the records
    rejected: dict[tuple[str, str], Document] = field(default_factory=dict)  # of files that hold no valid record
    problems: list[Problem] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """Every record's «folder/id», also of files that failed."""
        return {f"{folder}/{id}" for folder, ids in self.present.items() for id in ids}


def load(root: Path) -> Loaded:
    """Read ``root/guide_data``. Never raises for what a contributor wrote: that becomes a problem."""
    loaded = Loaded()
    data = root / DATA
    if not data.is_dir():
        loaded.problems.append(Problem(DATA, 1, "mappen saknas. Guidens poster ligger i guide_data/."))
        return loaded
    if not (data / "guide.yaml").is_file():
        message = "filen saknas. Den håller guidens titel, version och adress."
        loaded.problems.append(Problem(f"{DATA}/guide.yaml", 1, message))
    kinds = {kind.folder: kind for kind in RECORD_TYPES}
    for file in _record_files(root, kinds, loaded.problems):
        document = _read(file, _shown(file, root), loaded.problems)
        folder, id = file.parent.name, file.stem
        if file.parent == data or folder in _OTHER_FOLDERS:
            if document:
                _no_record(file, document, loaded)
            continue
        loaded.present[folder].add(id)
        if document is None:
            continue
        if record := _record(kinds[folder], id, document, loaded.problems):
            loaded.records[folder][id] = record
            loaded.documents[folder, id] = document
        else:
            loaded.rejected[folder, id] = document
    return loaded


def _no_record(file: Path, document: Document, loaded: Loaded) -> None:
    """What is true of the whole guide, what the network has said of it, and what earlier editions said."""
    data, problems = document.data, loaded.problems
    if file.parent.name == PROPOSALS:
        if proposed := _typed(Proposed, {"number": f"F-{file.stem[2:]}", **data}, document, problems):
            loaded.proposals.append(proposed)
    elif file.parent.name == EDITIONS:
        if edition := _typed(Edition, data, document, problems):
            loaded.editions.append(edition)
    else:
        loaded.alone[file.name] = document
        match _typed(_ALONE[file.name], data, document, problems):
            case Settings() as settings:
                loaded.settings = settings
            case Reviews() as reviews:
                loaded.reviews = reviews
            case Round() as one:
                loaded.round = one
            case Moves() as moves:
                loaded.moves = moves


def _record_files(root: Path, kinds: dict[str, type[Record]], problems: list[Problem]) -> Iterator[Path]:
    """Every file that should be read, in a fixed order; anything else in the folder is a problem."""
    data = root / DATA
    for entry in sorted(data.rglob("*")):
        parts = entry.relative_to(data).parts
        if any(_DROPPING.fullmatch(part) for part in parts):
            continue
        message = _misplaced(entry, parts, kinds)
        if message:
            problems.append(Problem(_shown(entry, root), 1, message))
        elif (len(parts) == 1 and parts[0] in _ALONE) or (len(parts) == 2 and parts[0] in (*kinds, *_OTHER_FOLDERS)):
            yield entry


def _misplaced(entry: Path, parts: tuple[str, ...], kinds: dict[str, type[Record]]) -> str | None:
    """Why a file or folder may not be there. What lies in a folder of no kind is told by the folder."""
    if entry.is_symlink():
        return "länkar är inte tillåtna i guide_data/. Lägg filen här i stället."
    if entry.is_dir():
        if parts[0] in (*kinds, *_OTHER_FOLDERS) and len(parts) == 1:
            return None
        return f"mappen «{visible(parts[-1])}» hör inte hit. Mapparna är {listed(kinds, 20)}.{did_you_mean(parts[-1], kinds)}"
    if len(parts) == 1:
        is_known = parts[0] in _ALONE and entry.is_file()
        near = did_you_mean(entry.stem, [Path(name).stem for name in _ALONE])
        return None if is_known else f"filen hör inte hit. Poster ligger i en undermapp, en fil per post.{near}"
    if parts[0] in _OTHER_FOLDERS and len(parts) == 2:
        named = re.fullmatch(_OTHER_FOLDERS[parts[0]], entry.name)
        return None if named and entry.is_file() else _NAMES[parts[0]]
    if len(parts) > 2 or parts[0] not in kinds:
        return None
    if not entry.is_file():
        return "detta är ingen vanlig fil. Ta bort den."
    if entry.suffix != ".yaml":
        return f"filändelsen «{visible(entry.suffix or entry.name)}» går inte. Döp om filen så att den slutar på .yaml."
    return misnamed(entry.stem)


def misnamed(name: str) -> str | None:
    """Why a record may not have this id."""
    if not re.fullmatch(ID_PATTERN.strip("^$"), name):
        example = name_from(name) or "gemensam-malbild"
        rule = f"Använd bara a–z, 0–9 och bindestreck, till exempel {example}.yaml."
        return f"filnamnet «{visible(name)}» går inte. {rule}{look_alike(name)}"
    if len(name) > MAX_NAME:
        return f"filnamnet är längre än {MAX_NAME} tecken. Döp om filen till något kortare."
    if name == _LIST:
        return "«index» är upptaget: det är adressen till sidan som listar posterna. Döp om filen."
    if _DEVICE.fullmatch(name):
        return f"Windows kan inte ha en fil som heter «{name}». Döp om filen."
    return None


def name_from(name: str) -> str:
    """The nearest name that goes: «Gemensam målbild» → gemensam-malbild."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", letters))[:MAX_NAME].strip("-")


def _shown(file: Path, root: Path) -> str:
    return visible(file.relative_to(root).as_posix())


def _read(file: Path, shown: str, problems: list[Problem]) -> Document | None:
    """Parse one file, or say what stops it."""

    def tell(line: int, message: str) -> None:
        problems.append(Problem(shown, line, message))

    try:
        most = _MAX_EDITION if file.parent.name == EDITIONS else MAX_BYTES
        if file.stat().st_size > most:
            tell(1, f"filen är större än {most // 1000} kB. Dela posten eller korta texten.")
            return None
        return parse(file.read_bytes(), shown, tell)
    except OSError as error:
        tell(1, f"filen går inte att öppna ({error.strerror}). Se efter att du får läsa den och att den finns kvar.")
        return None


def _record(kind: type[Record], id: str, document: Document, problems: list[Problem]) -> Record | None:
    data = dict(document.data)
    if "id" in data:
        message = f"id: fältet ska inte finnas; postens id är filens namn, «{id}». Ta bort raden."
        problems.append(Problem(document.file, document.line(("id",)), message))
        del data["id"]
    return _typed(kind, {"id": id, **data}, document, problems)


def _typed(kind: type[M], data: dict[str, Any], document: Document, problems: list[Problem]) -> M | None:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        for found in explain(error, kind, data):
            problems.append(Problem(document.file, document.line(found.path), found.message, found.missing))
        return None
