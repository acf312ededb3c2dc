"""Two texts with the words that differ marked, for a terminal, for Markdown on GitHub and for a page."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Fate = Literal["kvar", "bort", "nytt"]
_MARKS = {"kvar": ("", ""), "bort": ("[-", "-]"), "nytt": ("{+", "+}")}
_TAGS = {"kvar": ("", ""), "bort": ("<del>", "</del>"), "nytt": ("<ins>", "</ins>")}


@dataclass(frozen=True)
class Piece:
    """Words in a row that share a fate."""

    fate: Fate
    text: str


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one, word by word."""
    old, new = _words(before), _words(after)
    found: list[Piece] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("kvar", "".join(old[i:j])))
        else:
            found += [Piece("bort", "".join(old[i:j]))] if j > i else []
            found += [Piece("nytt", "".join(new[k:m]))] if m > k else []
    return tuple(found)


def spoken(before: str, after: str) -> str:
    """With signs around what differs: «Välj [-högst-] {+minst+} tre»."""
    return "".join(_between(piece, _MARKS) for piece in marked(before, after))


def markdown(before: str, after: str) -> str:
    """For an answer on GitHub: nothing in the texts is taken for markup, a link or somebody's name."""
    return "".join(_between(Piece(p.fate, harmless(p.text)), _TAGS) for p in marked(before, after))


def page(before: str, after: str) -> str:
    """As HTML. The texts are escaped."""
    return "".join(_between(Piece(p.fate, html.escape(p.text)), _TAGS) for p in marked(before, after))


def harmless(text: str) -> str:
    """A text that GitHub shows letter for letter, and that calls nobody and links to nothing."""
    shown = re.sub(r"www|[@#]|:(?=\S)|[^\w\s.,:;?!/«»()–%…]|_", _neutral, text, flags=re.IGNORECASE)
    return re.sub(r"\s*\n\s*", "<br>", shown)


def _neutral(match: re.Match[str]) -> str:
    """A sign that means something to GitHub: cut off from what follows it, or written as a number."""
    sign = match[0]
    return f"{sign}<!-- -->" if sign in "@#:" or len(sign) > 1 else f"&#{ord(sign)};"


def _between(piece: Piece, marks: dict[str, tuple[str, str]]) -> str:
    begin, end = marks[piece.fate]
    text = piece.text.rstrip()
    return f"{begin}{text}{end}{piece.text[len(text) :]}" if text else piece.text


def _words(text: str) -> list[str]:
    return list(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """Each word with the space after it, so that the words together are the text."""
    yield from re.findall(r"\S+\s*|\s+", text)
