"""A record's file as the guide keeps its files, whoever wrote it and wherever: the same words, the same comments."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from .characters import tidy
from .load import DATA

LONGEST = 150  # characters; a longer line in a text of several paragraphs was pasted, and is broken
WIDTH = 100
_INDENT = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)
_BLOCK = re.compile(r"^(?P<indent> *)(?:- )?(?:[a-z_]+: *)?[|>][+-]?[ ]*(?:#.*)?$")


def canonical(raw: bytes) -> bytes:
    """The file in its one form: UTF-8 without a mark, line ends of one kind, no invisible characters, spaces for tabs in
    indents, no spaces at the ends of lines, one empty line at most between paragraphs, and pasted lines broken.

    Raises :class:`UnicodeDecodeError` for what is no UTF-8.
    """
    text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    text = _INDENT.sub(lambda match: match[0].replace("\t", "  "), text)
    text = "\n".join(line.rstrip(" ") for line in tidy(text).split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", text)
    return ("\n".join(_broken(text.strip("\n").split("\n"))) + "\n").encode()


def _broken(lines: list[str]) -> list[str]:
    """Lines that are too long in a text after «|» on several, indented as they were."""
    made: list[str] = []
    above: int | None = None  # the indent of the field whose text the lines are
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if above is not None and line and indent <= above:
            above = None
        if above is not None and len(line) > LONGEST:
            pad = " " * indent
            made += textwrap.wrap(
                line.strip(),
                WIDTH,
                initial_indent=pad,
                subsequent_indent=pad,
                break_long_words=False,
                break_on_hyphens=False,
            )
        else:
            made.append(line)
        if above is None and (match := _BLOCK.match(line)):
            above = len(match["indent"])
    return made


def format_records(root: Path) -> tuple[list[str], list[str]]:
    """Bring every file in guide_data/ to its form. Returns the paths that changed, and those that are not UTF-8."""
    changed, unread = [], []
    for file in sorted((root / DATA).rglob("*.yaml")):
        if file.is_symlink():
            continue
        name = file.relative_to(root).as_posix()
        before = file.read_bytes()
        try:
            after = canonical(before)
        except UnicodeDecodeError:
            unread.append(name)
            continue
        if after != before:
            file.write_bytes(after)
            changed.append(name)
    return changed, unread
