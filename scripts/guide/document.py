"""One YAML file as data with line numbers, or what stops it from being read, told to someone who has never heard of YAML.

Contributions are untrusted: no tags, no more than a few aliases, no depth, nothing that contains itself.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar

import yaml

from .characters import refused, tidy
from .shape import Path_

MAX_ALIASES = 10
MAX_DEPTH = 20
Tell = Callable[[int, str], None]  # line from 1, what is wrong


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
        for number, line in enumerate(self.text.split("\n")[start - 1 :], start):
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


def parse(raw: bytes, file: str, tell: Tell) -> Document | None:
    """The file's bytes → Document. Never raises for what they hold: ``tell`` gets it, and nothing comes back."""
    text = _decoded(raw, tell)
    if text is None:
        return None
    for line, message in refused(text):
        tell(line + 1, message)
    text = tidy(text)  # so that the file's other mistakes are told as well
    with suppress(yaml.YAMLError):
        return _compose(text, file, tell, _FastLoader)
    try:
        return _compose(text, file, tell, _Loader)
    except yaml.MarkedYAMLError as error:
        # An unclosed quotation mark is noticed at the end of the file; it is mended where it was opened.
        opened = "quoted scalar" in (error.context or "")
        mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
        tell(mark.line + 1 if mark else 1, _explain_syntax(error))
        return None


def nodes(text: str) -> yaml.MappingNode:
    """A file's values with the places that they are written in, of a text that :func:`parse` has read."""
    node = yaml.compose(text, Loader=_Loader)
    assert isinstance(node, yaml.MappingNode), "parse has read it"
    return node


def _decoded(raw: bytes, tell: Tell) -> str | None:
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        tell(line, "filen är inte sparad som UTF-8. Spara om den med teckenkodningen UTF-8.")
        return None
    if "\t" in text:
        line = text.count("\n", 0, text.index("\t")) + 1
        tell(line, "raden innehåller ett tabbtecken. Använd mellanslag för att göra indrag.")
        return None
    return text


def _compose(text: str, file: str, tell: Tell, kind: Any) -> Document | None:
    """Text → Document. Problems that YAML itself accepts (duplicate keys, tags, aliases) are reported here."""
    loader = kind(text)
    try:
        if not _harmless(text, tell, kind):
            return None
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            tell(1, "filen ska bestå av fält, ett per rad, till exempel «title: Gemensam målbild».")
            return None
        walk = _Walk(tell)
        walk.value(node, ())
        return Document(file, loader.construct_document(node), walk.lines, text) if walk.fine else None
    finally:
        loader.dispose()


def _harmless(text: str, tell: Tell, kind: Any) -> bool:
    """No tags, few aliases, one document, not too deep: checked on the event stream, before anything is built."""
    aliases = depth = documents = 0
    fine = True
    for event in yaml.parse(text, Loader=kind):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if (tag := getattr(event, "tag", None)) is not None:
            tell(line, f"YAML-taggar som «{tidy(tag)}» är inte tillåtna. Ta bort taggen.")
            fine = False
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            if aliases == MAX_ALIASES + 1:
                tell(line, f"filen har fler än {MAX_ALIASES} alias (*namn). Skriv ut värdena i stället.")
                fine = False
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            tell(line, "filen har för många nivåer av indrag.")
            return False
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            tell(line, "filen innehåller «---» och därmed två dokument. En fil är en post: ta bort raden.")
            return False
    return fine


class _Walk:
    """Goes through a file once: notes the line of every value, tidies the texts, tells what YAML accepts and we do not."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self.lines: dict[Path_, int] = {}
        self.fine = True

    def value(self, node: yaml.Node, path: Path_, above: tuple[int, ...] = ()) -> None:
        """``above`` has the identities of the values that this one is in."""
        if id(node) in above:
            self._stop(node, "värdet innehåller sig självt genom ett alias. Skriv ut värdet i stället.")
            return
        self.lines.setdefault(path, node.start_mark.line + 1)
        above = (*above, id(node))
        if isinstance(node, yaml.ScalarNode):
            self._scalar(node)
        elif isinstance(node, yaml.SequenceNode):
            for index, child in enumerate(node.value):
                self.value(child, (*path, index), above)
        elif isinstance(node, yaml.MappingNode):
            self._mapping(node, path, above)

    def _scalar(self, node: yaml.ScalarNode) -> None:
        """What is written as an escape, «\\u202e», is a character only here."""
        for _, message in refused(node.value):
            self._stop(node, message)
        node.value = tidy(node.value)
        if node.tag.endswith(":timestamp"):
            try:
                datetime.date.fromisoformat(node.value)
            except ValueError:
                self._stop(node, f"datumet «{node.value}» finns inte. Skriv datum som ÅÅÅÅ-MM-DD.")

    def _mapping(self, node: yaml.MappingNode, path: Path_, above: tuple[int, ...]) -> None:
        seen: dict[str, int] = {}
        for key, child in node.value:
            line = key.start_mark.line + 1
            if not self._names_a_field(key):
                continue
            name = key.value
            if name in seen:
                message = f"fältet «{name}» står två gånger (först på rad {seen[name]}). Behåll ett av dem."
                self._stop(key, message)
            seen.setdefault(name, line)
            self.value(child, (*path, name), above)
            if isinstance(child, yaml.CollectionNode) or not child.value:
                self.lines[*path, name] = line  # a list's place is its name's line

    def _names_a_field(self, key: yaml.Node) -> bool:
        if not isinstance(key, yaml.ScalarNode):
            self._stop(key, "fältets namn ska vara ett enda ord följt av kolon.")
            return False
        self._scalar(key)
        if key.value == "<<":
            self._stop(key, "fält kan inte hämtas från ett alias med «<<». Skriv ut fälten i stället.")
        elif not key.tag.endswith(":str"):
            message = f"fältets namn ska vara text, och «{key.value}» läses inte som det. Är det ett id sätter du det inom citattecken."
            self._stop(key, message)
        else:
            return True
        return False

    def _stop(self, node: yaml.Node, message: str) -> None:
        self._tell(node.start_mark.line + 1, message)
        self.fine = False


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
