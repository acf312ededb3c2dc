"""A record's file with one value replaced, added or taken away, and every other byte as it was.

Nothing is written out anew: the value's own characters are found by YAML's marks and exchanged. The result is read again
and compared value by value, so that an edit that would touch anything else is refused instead of made.
"""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from ..guide.document import nodes, parse
from ..guide.shape import Path_
from ..guide.wording import normal, paragraphs

WIDTH = 100  # characters on a line, as the records are written
_BREAK = re.compile(r"\n[ ]*\n\s*")


class EditError(Exception):
    """The edit cannot be made in the file; the message says why, in Swedish."""


def replaced(text: str, path: Path_, new: str) -> str:
    """The file with another value at ``path``. Raises :class:`EditError`."""
    root = nodes(text)
    node, column = _at(root, path)
    if not isinstance(node, yaml.ScalarNode):
        raise EditError("här står flera värden. Ändra ett av dem.")
    start, end = node.start_mark.index, _end(node, text)
    old = text[start:end]
    made = (text[:start] + one + text[end:] for one in _written(new, old, node, column))
    return _first(made, text, lambda data: _put(data, path, new))


def added(text: str, path: Path_, new: str) -> str:
    """The file with one more value last in the list at ``path``, or a field that was not there. Raises :class:`EditError`."""
    root = nodes(text)
    try:
        node, _ = _at(root, path)
    except EditError:
        return _with_field(text, path, new)
    if not isinstance(node, yaml.SequenceNode):
        raise EditError("här kan inget läggas till: fältet är ingen lista.")
    if node.flow_style or not node.value:
        at = node.end_mark.index - 1
        comma = ", " if node.value else ""
        made = (text[:at] + comma + one + text[at:] for one in (_plain(new), _double(new)))
    else:
        at, dash = _end(node.value[-1], text), node.start_mark.column
        begin = "\n" + " " * dash + "- "
        made = (text[:at] + begin + one + text[at:] for one in _lines(new, dash + 2, dash + 2))
    return _first(made, text, lambda data: _append(data, path, new))


def removed(text: str, path: Path_) -> str:
    """The file without the item of a list at ``path``. Raises :class:`EditError`."""
    root = nodes(text)
    sequence, _ = _at(root, path[:-1])
    index = path[-1]
    if not isinstance(sequence, yaml.SequenceNode) or not isinstance(index, int) or index >= len(sequence.value):
        raise EditError("bara en punkt i en lista kan tas bort.")
    if len(sequence.value) == 1:
        raise EditError("punkten är den enda i listan. Ändra den i stället.")
    made = _without(text, sequence, index)
    return _first(iter((made,)), text, lambda data: _drop(data, path))


def new_file(fields: dict[str, Any]) -> str:
    """A record's file of texts, numbers, dates and lists of texts, as the guide writes them."""
    lines: list[str] = []
    for name, value in fields.items():
        if isinstance(value, list | tuple):
            lines += [f"{name}:", *(f"  - {_safe(str(one), 4, 4)}" for one in value)]
        elif isinstance(value, int | datetime.date):
            lines.append(f"{name}: {value}")
        else:
            text = str(value)
            long = len(paragraphs(text)) > 1 or len(text) > 3 * WIDTH
            lines.append(f"{name}: " + (_literal(text, 2, "") if long else _safe(text, 2, len(name) + 2)))
    return "\n".join(lines) + "\n"


# ---------------------------------------------------------------- where a value is


def _at(root: yaml.Node, path: Path_) -> tuple[yaml.Node, int]:
    """The node at ``path``, and the column that its further lines begin in."""
    node, column = root, 0
    for part in path:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == part), None)
            if pair is None:
                raise EditError(f"fältet «{part}» finns inte i filen.")
            node, column = pair[1], pair[0].start_mark.column + 2
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            column = node.start_mark.column
        else:
            raise EditError("stället finns inte kvar i filen.")
    return node, column


def _end(node: yaml.Node, text: str) -> int:
    """Where the value's last character is. YAML's own mark may stand after comments and empty lines."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, text)
    return node.start_mark.index + len(text[node.start_mark.index : node.end_mark.index].rstrip())


def _without(text: str, sequence: yaml.SequenceNode, index: int) -> str:
    nodes = sequence.value
    if sequence.flow_style:
        if index:
            return text[: nodes[index - 1].end_mark.index] + text[nodes[index].end_mark.index :]
        return text[: nodes[0].start_mark.index] + text[nodes[1].start_mark.index :]
    start = text.rindex("\n", 0, nodes[index].start_mark.index) + 1
    end = text.find("\n", _end(nodes[index], text))
    return text[:start] + (text[end + 1 :] if end >= 0 else "")


def _with_field(text: str, path: Path_, new: str) -> str:
    """A field of the record itself that was left out, last in the file."""
    name = path[0]
    if len(path) != 1 or not isinstance(name, str):
        raise EditError("stället finns inte kvar i filen.")
    begin = text if text.endswith("\n") else text + "\n"
    as_list = (f"{begin}{name}:\n  - {one}\n" for one in _lines(new, 4, 4))
    return _first(as_list, text, lambda data: data | {name: [new]})


def with_text(text: str, name: str, new: str) -> str:
    """The file with a text field of the record that was left out, last in it. Raises :class:`EditError`."""
    begin = text if text.endswith("\n") else text + "\n"
    many = len(paragraphs(new)) > 1
    made = [_literal(new, 2, "")] if many else list(_lines(new, 2, len(name) + 2))
    return _first((f"{begin}{name}: {one}\n" for one in made), text, lambda data: data | {name: new})


# ---------------------------------------------------------------- how a value is written


def _written(new: str, old: str, node: yaml.ScalarNode, column: int) -> Iterator[str]:
    """The new value in the same style as the old one, then in those that can hold anything."""
    if node.style == "|" or len(paragraphs(new)) > 1:
        yield _literal(new, column, old if node.style == "|" else "")
    elif node.style == ">":
        header = old.split("\n", 1)[0]
        yield "\n".join((header, *(" " * column + line for line in _wrapped(new, column))))
    else:
        at = node.start_mark.column
        if node.style == '"':
            yield _folded(_double(new), column, at)
        yield from _lines(new, column, at)


def _lines(new: str, column: int, at: int) -> Iterator[str]:
    """One paragraph as plain text and in quotation marks. ``at`` is the column of its first character."""
    yield _folded(_plain(new), column, at)
    yield _folded(_double(new), column, at)


def _literal(new: str, column: int, old: str) -> str:
    """Paragraphs after «|». Those that were there keep the lines they had."""
    header, _, body = old.partition("\n")
    kept = {" ".join(part.split()): textwrap.dedent(part) for part in _BREAK.split(textwrap.dedent(body).strip("\n"))}
    found = [kept.get(part) or "\n".join(_wrapped(part, column)) for part in paragraphs(new)]
    text = "\n\n".join(part.strip("\n") for part in found)
    return (header or "|") + "\n" + textwrap.indent(text, " " * column)


def _folded(text: str, column: int, at: int) -> str:
    lines = _wrapped(text, column, at - column)
    return ("\n" + " " * column).join(lines)


def _wrapped(text: str, column: int, more: int = 0) -> list[str]:
    """The text on lines; the first is ``more`` characters shorter."""
    room = max(WIDTH - column, 20)
    found = textwrap.wrap(
        text, room, initial_indent="\x00" * min(max(more, 0), room // 2), break_long_words=False, break_on_hyphens=False
    )
    return [line.replace("\x00", "") for line in found] or [""]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _double(text: str) -> str:
    return '"' + _plain(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _safe(text: str, column: int, at: int) -> str:
    """One paragraph in the first way of writing it that is read back as it is."""
    for one in _lines(text, column, at):
        in_list = column > 2
        document = parse((f"a:\n  - {one}\n" if in_list else f"a: {one}\n").encode(), "", lambda line, message: None)
        if document and document.data == {"a": [_plain(text)] if in_list else _plain(text)}:
            return one
    raise EditError("texten går inte att skriva i en fil.")


# ---------------------------------------------------------------- the proof


def _first(made: Iterator[str], before: str, wanted: Callable[[dict[str, Any]], Any]) -> str:
    """The first file that holds what is wanted and nothing else that is new."""
    expected = _flat(wanted(data_of(before)))
    for text in made:
        found = parse(text.encode(), "", lambda line, message: None)
        if found is not None and _flat(found.data) == expected:
            return text
    raise EditError(
        "ändringen går inte att göra utan att något annat i filen ändras. Redaktionen får göra den för hand."
    )


def data_of(text: str) -> dict[str, Any]:
    """What the file says. Raises :class:`EditError` where it cannot be read."""
    found = parse(text.encode(), "", lambda line, message: None)
    if found is None:
        raise EditError("filen går inte att läsa.")
    return found.data


def _flat(value: Any) -> Any:
    """Values to compare: texts without regard to where their lines break."""
    if isinstance(value, dict):
        return {key: _flat(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_flat(child) for child in value]
    return normal(value) if isinstance(value, str) else value


def _put(data: Any, path: Path_, new: str) -> Any:
    first, *rest = path
    if not rest:
        old = data[first]
        value: Any = int(new) if isinstance(old, int) and re.fullmatch(r"\d{1,9}", new) else new
    else:
        value = _put(data[first], tuple(rest), new)
    return _with(data, first, value)


def _append(data: Any, path: Path_, new: str) -> Any:
    if not path:
        return [*data, new]
    return _with(data, path[0], _append(data[path[0]], path[1:], new))


def _drop(data: Any, path: Path_) -> Any:
    first, *rest = path
    if not rest:
        return [child for index, child in enumerate(data) if index != first]
    return _with(data, first, _drop(data[first], tuple(rest)))


def _with(data: Any, part: str | int, value: Any) -> Any:
    if isinstance(data, list):
        return [value if index == part else child for index, child in enumerate(data)]
    return {**data, part: value}
