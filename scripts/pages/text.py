"""Record texts as Markdown: everything is plain text until it is made a link here, so that no record can mark up a page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from markupsafe import Markup

from ..guide.guide import Guide, cited
from ..guide.model import Record, Source, Term, Workshop
from ..guide.wording import paragraphs

_ACTIVE = re.compile(r"[&<>\"'`*_{}\[\]\\#|~^=$!@]|\A ?(?:[-+:]|\d+[.)])")


def plain(value: object) -> Markup:
    """Text in which neither Markdown nor HTML sees any markup: active characters become character references.

    A character reference reads the same in running Markdown, in a table, in an attribute and inside raw HTML.
    """
    if isinstance(value, Markup):
        return value
    text = re.sub(r"\s+", " ", str(value))
    return Markup(_ACTIVE.sub(lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};", text))


def page_of(record: Record) -> tuple[str, str]:
    """(Markdown file, anchor) where a record is shown. Terms, sources and workshops share a page."""
    if isinstance(record, Term | Source):
        return f"{record.path}/index.md", record.id
    if isinstance(record, Workshop):
        return f"{record.path}.md", record.id
    return f"{record.path}/{record.id}.md", ""


class Writer:
    """What one page's template may say: links as seen from that page, and texts with their terms and citations.

    It remembers which terms the page has linked, since only the first use is.
    """

    def __init__(
        self, guide: Guide, page: str, find_terms: Callable[[str], Iterator[re.Match[str]]], terms: dict[str, Term]
    ) -> None:
        self._guide, self.page, self._find_terms, self._terms = guide, page, find_terms, terms
        self._linked: set[str] = set()

    def to(self, target: str, anchor: str = "") -> Markup:
        """A file of the site, relative to this page. Paths and anchors are made of ids, which need no escaping."""
        path = posixpath.relpath(target, posixpath.dirname(self.page) or ".")
        return Markup(f"{path}#{anchor}" if anchor else path)

    def url(self, target: str) -> Markup:
        """The address of a Markdown page as the browser sees it from this page; for links inside raw HTML."""
        here = posixpath.dirname(self.page) if self.page.endswith("index.md") else self.page.removesuffix(".md")
        there = target.removesuffix("index.md") if target.endswith("index.md") else target.removesuffix(".md") + "/"
        path = posixpath.relpath(there or ".", here or ".")
        return Markup(path if path.endswith("/") else path + "/")

    def record_url(self, record: Record) -> Markup:
        return self.url(page_of(record)[0])

    def link(self, record: Record, text: str | None = None) -> Markup:
        """A Markdown link to where the record is shown."""
        return Markup(f"[{plain(text or record.title)}]({self.to(*page_of(record))})")

    def line(self, text: str) -> Markup:
        """One paragraph of a record, with citations and first uses of terms linked."""
        return Markup("").join(self._pieces(" ".join(text.split())))

    def prose(self, text: str) -> Markup:
        """A block of paragraphs."""
        return Markup("\n\n").join(self.line(part) for part in paragraphs(text))

    def _pieces(self, text: str) -> Iterator[Markup]:
        for piece in cited(text, lambda id: self._guide.get(Source, id).label):
            if isinstance(piece, str):
                yield from self._with_terms(piece)
            else:
                link = self.link(self._guide.get(Source, piece.id), piece.text)
                yield link if piece.named else Markup(f"({link})")

    def _with_terms(self, text: str) -> Iterator[Markup]:
        end = 0
        for match in self._find_terms(text):
            term = self._terms.get(match[0].casefold())
            if term is None:  # «vıte» with a dotless ı: the search takes it for «vite», and it is not
                continue
            target, anchor = page_of(term)
            if term.id in self._linked or target == self.page:
                continue
            self._linked.add(term.id)
            yield plain(text[end : match.start()])
            yield Markup(f"[{plain(match[0])}]({self.to(target, anchor)}){{ .term }}")
            end = match.end()
        yield plain(text[end:])


def term_finder(guide: Guide) -> tuple[Callable[[str], Iterator[re.Match[str]]], dict[str, Term]]:
    """A search for any form of any term as a whole word, longest first, and the term of each form."""
    terms = {form.casefold(): term for term in guide.all(Term) for form in (term.title, *term.forms)}
    if not terms:
        return (lambda text: iter(())), {}
    forms = "|".join(re.escape(form) for form in sorted(terms, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)
    return pattern.finditer, terms
