"""The rule for pages written by hand: what a record may not hold, they may not hold either.

A page is Markdown. What counts is what a browser would be given, so the page is rendered as MkDocs renders it and read again:
only the elements and attributes that Markdown itself makes may be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from markdown import Markdown
from mkdocs.utils.yaml import yaml_load

from ..guide.problems import Problem

_BUILT_IN = ("toc", "tables", "fenced_code")  # which MkDocs always has
_ELEMENTS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol",
    "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"href", "src", "alt", "title", "id", "class", "start", "data-search-exclude"}
_SCHEMES = {"http", "https", "mailto"}
_NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20]")  # which browsers leave out before they look at it


def check_handwritten(root: Path) -> list[Problem]:
    """Every mistake in the hand-written pages of ``root``, sorted by file and line."""
    settings = yaml_load((root / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
    configs = {name: config or {} for one in settings if isinstance(one, dict) for name, config in one.items()}
    names = [*_BUILT_IN, *(name for one in settings for name in (one if isinstance(one, dict) else [one]))]
    problems = []
    for file in sorted((root / "docs").rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.suffix == ".md":
            text = file.read_text("utf-8")
            html = Markdown(extensions=names, extension_configs=configs).convert(text)
            problems += [Problem(path, _line(text, where), told) for where, told in _Reader(html).found]
        elif file.suffix.lower() in (".html", ".htm", ".xhtml", ".svgz"):
            problems.append(Problem(path, 1, "sidor skrivs i Markdown, i en fil som slutar på .md."))
    return sorted(set(problems))


def _line(text: str, where: str) -> int:
    """The first line that has ``where`` in it, in large or small letters; 1 where it is written in another way."""
    lines = text.lower().splitlines()
    return next((number for number, line in enumerate(lines, 1) if where.lower() in line), 1)


class _Reader(HTMLParser):
    """What a page holds that it may not: (what to look for in its source, what to tell)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in _ELEMENTS:
            self.found.append((f"<{tag}", f"HTML-elementet <{tag}> går inte här. Skriv med Markdown i stället."))
        for name, value in attributes:
            self.found += _attribute(tag, name, value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _ELEMENTS and f"<{tag}" not in dict(self.found):
            self.found.append((f"</{tag}", f"HTML-elementet </{tag}> går inte här. Skriv med Markdown i stället."))

    def handle_comment(self, data: str) -> None:
        self.found.append(("<!", "kommentarer och annat som börjar med <! eller <? går inte här. Ta bort det."))

    # Comments too, as far as browsers are concerned, and read in different ways.
    handle_decl = unknown_decl = handle_comment  # type: ignore[assignment]
    handle_pi = handle_comment


def _attribute(tag: str, name: str, value: str) -> Iterator[tuple[str, str]]:
    address = _NOT_IN_AN_ADDRESS.sub("", value).replace("\\", "/")
    scheme = found[1].lower() if (found := re.match(r"([a-zA-Z][\w+.-]*):", address)) else ""
    if name == "style":
        yield (
            "style",
            (
                "utseendet bestäms i docs/assets/guide.css, inte i sidan. I en tabell är det kolon i raden med streck som ger stil: skriv |---|---|."
            ),
        )
    elif name not in _ATTRIBUTES:
        yield name, f"attributet {name} går inte här. Det som går inom klammer är {{ #ett-id }} och {{ .en-klass }}."
    elif name == "href" and scheme and scheme not in _SCHEMES:
        yield (
            scheme,
            f"en länk kan inte gå till «{scheme}:». Skriv en adress som börjar med https://, eller en fil i docs/.",
        )
    elif name == "src" and (scheme or address.startswith("//")):
        yield value, "bilden hämtas från en annan webbplats. Lägg den i docs/assets/ och skriv vägen dit."
