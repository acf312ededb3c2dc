"""Where things are on the site: the one place that says so, for pages, files, paper and script alike."""

from __future__ import annotations

from .model import RECORD_TYPES, Example, Record, Worksheet

DOWNLOADS = "ladda-ner"
SCHEMAS = "schema"
DATA = "data"
ASSETS = "assets"

HOME = "index.md"
OVERVIEW = "oversikt/index.md"
SEARCH = "sok.md"
SMALL = "minsta.md"
EFFORT = "insats.md"
NEW_HERE = "ny-i-avtalet.md"
PLANS = "plan"
PLAN = "plan/index.md"
MINE = "mitt-avtal.md"
ABOUT = "om/index.md"
CONTRACT = "om/exempelavtalet.md"
CLAUSES = "klausuler.md"
PROPOSE = "bidra.md"
PROPOSALS = "forslag.md"
REVIEWS = "om/granskning.md"
READING = "granskning.md"
OPEN_DATA = "data/index.md"
NEWS = "nytt.md"
FIELDS = "bidra/falt.md"
ENGLISH = "in-english.md"
ACCESSIBILITY = "tillganglighet.md"
BY_HAND = (ABOUT, CLAUSES, PROPOSE, ACCESSIBILITY)  # the pages in docs/ that the menu leads to


def page_of(record: Record) -> tuple[str, str]:
    """(Markdown file, anchor) where a record is shown."""
    if isinstance(record, Example):
        return f"{Worksheet.path}/{record.id}.md", "exempel"
    if record.declared.page == "shared":
        return index_of(type(record)), record.id
    return f"{record.path}/{record.id}.md", ""


def page_at(name: str) -> str | None:
    """The Markdown file of «folder/id», also of a record that is no more; None where its kind has no page for each."""
    folder, _, id = name.partition("/")
    kind = next((kind for kind in RECORD_TYPES if kind.folder == folder), None)
    return f"{kind.path}/{id}.md" if kind and kind.declared.page == "own" else None


def index_of(kind: type[Record]) -> str:
    """The Markdown file that has all records of a kind. A path in two parts is a page among others in a folder."""
    return f"{kind.path}.md" if "/" in kind.path else f"{kind.path}/index.md"


def path_of(page: str) -> str:
    """A page's address from the site's root: «arbetssatt/x.md» → «arbetssatt/x/»."""
    return page.removesuffix("index.md") if page.endswith("index.md") else page.removesuffix(".md") + "/"


def address(site: str, record: Record) -> str:
    """The full address where a record is shown. ``site`` is the guide's own, with a slash at the end."""
    page, anchor = page_of(record)
    return f"{site}{path_of(page)}" + (f"#{anchor}" if anchor else "")


def download(name: str, format: str) -> str:
    """A file's path from the site's root."""
    return f"{DOWNLOADS}/{name}.{format}"
