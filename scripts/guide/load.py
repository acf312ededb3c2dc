"""From ``guide_data/`` to records: safe YAML with line numbers, then the types of :mod:`scripts.guide.model`.

Contributions are untrusted: no tags, no more than a few aliases, no large files, no surprises in the folder.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from .messages import explain
from .model import ID_PATTERN, RECORD_TYPES, Record, Settings
from .problems import Problem, did_you_mean, listed

DATA = "guide_data"
MAX_BYTES = 100_000
MAX_ALIASES = 10
MAX_DEPTH = 20
Path_ = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Document:
    """One YAML file: its data, and the line of every value and key by its path in the data."""

    file: str
    data: dict[str, Any]
    lines: dict[Path_, int] = field(repr=False)
    text: str = field(repr=False)

    def line(self, path: Path_) -> int:
        """Line of the value at ``path``, or of the nearest enclosing value that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def line_of(self, path: Path_, wanted: str) -> int:
        """Line where ``wanted`` stands inside the (perhaps many-lined) text at ``path``."""
        start = self.line(path)
        for number, line in enumerate(self.text.splitlines()[start - 1 :], start):
            if wanted in line:
                return number
        return start


class _Loader(yaml.SafeLoader):
    """YAML 1.2's idea of plain values: ``no`` and ``12:30`` are text, not false and 750."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}  # type: ignore[misc]


class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same in C, several times as fast. What it cannot read is read again in Python, whose errors say more."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^[-+]?(?:0|[1-9][0-9]{0,14})$", "-+0123456789"),
    ("float", r"^[-+]?[0-9]{1,15}\.[0-9]{1,15}$", "-+0123456789"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "0123456789"),
):
    for _kind in (_Loader, _FastLoader):
        _kind.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


@dataclass
class Loaded:
    """What could be read, and what could not. ``present`` has the ids of all files, also of those that failed."""

    settings: Settings | None = None
    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {kind.folder: {} for kind in RECORD_TYPES})
    present: dict[str, set[str]] = field(default_factory=lambda: {kind.folder: set() for kind in RECORD_TYPES})
    documents: dict[tuple[str, str], Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load(root: Path) -> Loaded:
    """Read ``root/guide_data``. Never raises for what a contributor wrote: that becomes a problem."""
    loaded = Loaded()
    data = root / DATA
    if not data.is_dir():
        loaded.problems.append(Problem(DATA, 1, "mappen saknas. Guidens poster ligger i guide_data/."))
        return loaded
    kinds = {kind.folder: kind for kind in RECORD_TYPES}
    for file in _yaml_files(root, kinds, loaded.problems):
        relative = file.relative_to(root).as_posix()
        document = _read(file, relative, loaded.problems)
        if file.parent == data:
            loaded.present.setdefault("guide", set()).add("guide")
            if document:
                loaded.settings = _typed(Settings, document.data, document, loaded.problems)
            continue
        folder = file.parent.name
        loaded.present[folder].add(file.stem)
        if document and (record := _record(kinds[folder], file.stem, document, loaded.problems)):
            loaded.records[folder][file.stem] = record
            loaded.documents[folder, file.stem] = document
    if "guide" not in loaded.present:
        message = "filen saknas. Den håller guidens titel, version och adress."
        loaded.problems.append(Problem(f"{DATA}/guide.yaml", 1, message))
    return loaded


def _yaml_files(root: Path, kinds: dict[str, type[Record]], problems: list[Problem]) -> Iterator[Path]:
    """Every file that should be read, in a fixed order; anything else in the folder is a problem."""
    data = root / DATA
    for entry in sorted(data.rglob("*")):
        relative = entry.relative_to(root).as_posix()
        parts = entry.relative_to(data).parts
        if entry.is_symlink():
            problems.append(Problem(relative, 1, "länkar är inte tillåtna i guide_data/. Lägg filen här i stället."))
        elif entry.is_dir():
            if parts[0] not in kinds or len(parts) > 1:
                message = f"mappen «{parts[-1]}» hör inte hit. Mapparna är {listed(kinds, 20)}."
                problems.append(Problem(relative, 1, message + did_you_mean(parts[-1], kinds)))
        elif len(parts) == 1 and parts[0] != "guide.yaml":
            problems.append(Problem(relative, 1, "filen hör inte hit. Poster ligger i en undermapp, en fil per post."))
        elif len(parts) > 2 or (len(parts) == 2 and parts[0] not in kinds):
            continue  # the folder has been reported
        elif entry.suffix != ".yaml":
            wrong = entry.suffix or entry.name
            problems.append(
                Problem(relative, 1, f"filändelsen «{wrong}» går inte. Döp om filen så att den slutar på .yaml.")
            )
        elif len(parts) == 2 and not re.match(ID_PATTERN, entry.stem):
            message = f"filnamnet «{entry.stem}» går inte. Använd bara a–z, 0–9 och bindestreck, till exempel gemensam-malbild.yaml."
            problems.append(Problem(relative, 1, message))
        else:
            yield entry


def _read(file: Path, relative: str, problems: list[Problem]) -> Document | None:
    """Parse one file, or say what stops it."""

    def problem(line: int, message: str) -> None:
        problems.append(Problem(relative, line, message))

    if file.stat().st_size > MAX_BYTES:
        problem(1, f"filen är större än {MAX_BYTES // 1000} kB. Dela posten eller korta texten.")
        return None
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem(line, "filen är inte sparad som UTF-8. Spara om den med teckenkodningen UTF-8.")
        return None
    if "\t" in text:
        line = text.count("\n", 0, text.index("\t")) + 1
        problem(line, "raden innehåller ett tabbtecken. Använd mellanslag för att göra indrag.")
        return None
    with suppress(yaml.YAMLError):
        return _compose(text, relative, problem, _FastLoader)
    try:
        return _compose(text, relative, problem, _Loader)
    except yaml.MarkedYAMLError as error:
        # An unclosed quotation mark is noticed at the end of the file; it is mended where it was opened.
        opened = "quoted scalar" in (error.context or "")
        mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
        problem(mark.line + 1 if mark else 1, _explain_syntax(error))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problem(line, "filen innehåller ett osynligt styrtecken. Ta bort tecknet och skriv om raden.")
    except RecursionError:
        problem(1, "filen har för många nivåer av indrag.")
    return None


def _compose(text: str, relative: str, problem: Any, kind: Any) -> Document | None:
    """Text → Document. Problems that YAML itself accepts (duplicate keys, tags, aliases) are reported here."""
    loader = kind(text)
    try:
        if not _plain(text, problem, kind):
            return None
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            problem(1, "filen ska bestå av fält, ett per rad, till exempel «title: Gemensam målbild».")
            return None
        lines: dict[Path_, int] = {}
        if not _walk(node, (), lines, problem):
            return None
        return Document(relative, loader.construct_document(node), lines, text)
    except ValueError:
        problem(1, "filen innehåller ett datum som inte finns. Skriv datum som ÅÅÅÅ-MM-DD.")
        return None
    finally:
        loader.dispose()


def _plain(text: str, problem: Any, kind: Any) -> bool:
    """No tags, few aliases, one document, not too deep: checked on the event stream, before anything is built."""
    aliases = depth = documents = 0
    fine = True
    for event in yaml.parse(text, Loader=kind):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if (tag := getattr(event, "tag", None)) is not None:
            problem(line, f"YAML-taggar som «{tag}» är inte tillåtna. Ta bort taggen.")
            fine = False
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            if aliases == MAX_ALIASES + 1:
                problem(line, f"filen har fler än {MAX_ALIASES} alias (*namn). Skriv ut värdena i stället.")
                fine = False
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            problem(line, "filen har för många nivåer av indrag.")
            return False
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            problem(line, "filen innehåller «---» och därmed två dokument. En fil är en post: ta bort raden.")
            return False
    return fine


def _walk(node: yaml.Node, path: Path_, lines: dict[Path_, int], problem: Any, above: tuple[int, ...] = ()) -> bool:
    """Note the line of every value; report duplicate keys, odd keys and values that contain themselves."""
    if id(node) in above:
        problem(node.start_mark.line + 1, "värdet innehåller sig självt genom ett alias. Skriv ut värdet i stället.")
        return False
    above = (*above, id(node))
    lines.setdefault(path, node.start_mark.line + 1)
    fine = True
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            fine &= _walk(child, (*path, index), lines, problem, above)
    elif isinstance(node, yaml.MappingNode):
        seen: dict[Hashable, int] = {}
        for key, child in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or key.tag.endswith(":merge"):
                problem(line, "fältets namn ska vara ett enda ord följt av kolon.")
                fine = False
                continue
            if key.value in seen:
                problem(
                    line, f"fältet «{key.value}» står två gånger (först på rad {seen[key.value]}). Behåll ett av dem."
                )
                fine = False
            seen.setdefault(key.value, line)
            child_path = (*path, key.value)
            fine &= _walk(child, child_path, lines, problem, above)
            if isinstance(child, yaml.CollectionNode) or not child.value:
                lines[child_path] = line  # a list's place is its name's line
    return fine


def _explain_syntax(error: yaml.MarkedYAMLError) -> str:
    """PyYAML's English grammar errors as advice to someone who has never heard of YAML."""
    found = f"{error.problem or ''} {error.context or ''}"
    advice = {
        "mapping values are not allowed": "ett kolon följt av mellanslag mitt i en text förvirrar. "
        'Sätt texten inom citattecken ("…") eller skriv den på nya rader efter tecknet |.',
        "undefined alias": "en text får inte börja med *. Sätt den inom citattecken.",
        "could not find expected ':'": "det saknas ett kolon efter fältets namn, eller så är raden fel indragen.",
        "expected <block end>": "raden är fel indragen. Raderna i en lista ska börja i samma kolumn.",
        "found unexpected end of stream": "ett citattecken är öppnat men inte stängt.",
        "while scanning a quoted scalar": "ett citattecken är öppnat men inte stängt.",
        "cannot start any token": "texten börjar med ett tecken som betyder något särskilt (till exempel % @ `). "
        "Sätt texten inom citattecken.",
        "expected the node content": "texten börjar med ett tecken som betyder något särskilt. Sätt den inom citattecken.",
        "flow": "en hakparentes eller klammer är öppnad men inte stängd. Sätt texten inom citattecken om den ska börja så.",
        "while scanning an anchor": "texten börjar med & eller *. Sätt den inom citattecken.",
        "while scanning an alias": "texten börjar med & eller *. Sätt den inom citattecken.",
        "unhashable": "fältets namn ska vara ett enda ord följt av kolon.",
        "undefined tag": "texten börjar med !. Sätt den inom citattecken.",
        "scanning a tag": "texten börjar med !. Sätt den inom citattecken.",
    }
    for sign, message in advice.items():
        if sign in found:
            return f"filen går inte att läsa: {message}"
    return "filen går inte att läsa. Jämför indrag, kolon och citattecken med en annan fil i samma mapp."


def _record(kind: type[Record], stem: str, document: Document, problems: list[Problem]) -> Record | None:
    data = dict(document.data)
    if "id" in data:
        message = f"id: fältet ska inte finnas; postens id är filens namn, «{stem}». Ta bort raden."
        problems.append(Problem(document.file, document.line(("id",)), message))
        del data["id"]
    return _typed(kind, {"id": stem, **data}, document, problems)


def _typed(kind: type[M], data: dict[str, Any], document: Document, problems: list[Problem]) -> M | None:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        for path, message in explain(error, kind, data):
            problems.append(Problem(document.file, document.line(path), message))
        return None
