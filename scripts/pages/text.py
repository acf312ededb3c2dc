"""Record texts as Markdown: everything is plain text until it is made a link here, so that no record can mark up a page."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator
from typing import assert_never

from markupsafe import Markup

from ..guide.addresses import page_of, path_of
from ..guide.guide import Guide, cited
from ..guide.model import Record, Source, Term
from ..outline.blocks import At, Break, English, Line, Piece, To, Web

_ACTIVE = re.compile(r"[&<>\"'`*_{}\[\]\\#|~^=$!@]|\A ?(?:[-+:]|\d+[.)])")


def plain(value: object) -> Markup:
    """Text in which neither Markdown nor HTML sees any markup: active characters become character references.

    A character reference reads the same in running Markdown, in a table, in an attribute and inside raw HTML.
    """
    if isinstance(value, Markup):
        return value
    text = re.sub(r"\s+", " ", str(value))
    return Markup(_ACTIVE.sub(lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};", text))


_relative = functools.lru_cache(maxsize=None)(posixpath.relpath)


class Terms:
    """The glossary's words, to be found in any of their forms, as whole words, the longest first."""

    def __init__(self, guide: Guide) -> None:
        self._terms = {form.casefold(): term for term in guide.all(Term) for form in (term.title, *term.forms)}
        forms = "|".join(re.escape(form) for form in sorted(self._terms, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])" if forms else r"(?!)", re.IGNORECASE)

    def find(self, text: str) -> Iterator[tuple[re.Match[str], Term]]:
        for match in self._pattern.finditer(text):
            term = self._terms.get(match[0].casefold())
            if term is not None:  # «vıte» with a dotless ı: the search takes it for «vite», and it is not
                yield match, term


class Writer:
    """What one page's template may say: links as seen from that page, and texts with their terms and citations.

    It remembers which terms the page has linked, since only the first use is.
    """

    def __init__(self, guide: Guide, page: str, terms: Terms) -> None:
        self._guide, self.page, self._terms = guide, page, terms
        self._linked: set[str] = set()

    def to(self, target: str, anchor: str = "") -> Markup:
        """A file of the site, relative to this page. Paths and anchors are made of ids, which need no escaping."""
        path = _relative(target, posixpath.dirname(self.page) or ".")
        return Markup(f"{path}#{anchor}" if anchor else path)

    def url(self, target: str) -> Markup:
        """The address of a Markdown page as the browser sees it from this page; for links inside raw HTML."""
        path = posixpath.relpath(path_of(target) or ".", path_of(self.page) or ".")
        return Markup(path if path.endswith("/") else path + "/")

    def record_url(self, record: Record) -> Markup:
        return self.url(page_of(record)[0])

    def link(self, record: Record, text: str | None = None) -> Markup:
        """A Markdown link to where the record is shown."""
        return Markup(f"[{plain(text or record.title)}]({self.to(*page_of(record))})")

    def foreign(self, text: str) -> Markup:
        """Swedish words on a page that is in another language."""
        return Markup(f'<span lang="sv">{plain(text)}</span>')

    def line(self, line: Line) -> Markup:
        """One paragraph, with its references, citations and first uses of terms linked."""
        pieces = (line,) if isinstance(line, str) else line
        return Markup("").join(self._piece(piece, alone=len(pieces) == 1) for piece in pieces)

    def _piece(self, piece: Piece, alone: bool) -> Markup:
        match piece:
            case str():
                text = re.sub(r"\s+", " ", piece)
                return Markup("").join(self._pieces(text.strip() if alone else text))
            case To(record, text, part):
                target, anchor = page_of(record)
                return Markup(f"[{plain(text or record.title)}]({self.to(target, part or anchor)})")
            case At(text, page):
                return Markup(f"[{plain(text)}]({self.to(page)})")
            case Web(text, url):
                return Markup(f"[{plain(text)}]({url})")
            case Break():
                return Markup("<br>")
            case English(text):
                return Markup(f'<span lang="en">{plain(text)}</span>')
            case _ as never:
                assert_never(never)

    def _pieces(self, text: str) -> Iterator[Markup]:
        for piece in cited(text, lambda id: self._guide.get(Source, id).label):
            if isinstance(piece, str):
                yield from self._with_terms(piece)
            else:
                link = self.link(self._guide.get(Source, piece.id), piece.text)
                yield link if piece.named else Markup(f"({link})")

    def _with_terms(self, text: str) -> Iterator[Markup]:
        end = 0
        for match, term in self._terms.find(text):
            target, anchor = page_of(term)
            if term.id in self._linked or target == self.page:
                continue
            self._linked.add(term.id)
            yield plain(text[end : match.start()])
            yield Markup(f"[{plain(match[0])}]({self.to(target, anchor)}){{ .term }}")
            end = match.end()
        yield plain(text[end:])
