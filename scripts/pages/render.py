"""The guide as a tree of Markdown pages: one pure function from the model to {path: text}."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ..files.catalogue import Catalogue, collision
from ..files.wheel import Colours, drawn
from ..guide import addresses
from ..guide.guide import Guide
from ..guide.model import (
    RECORD_TYPES,
    Challenge,
    ContractForm,
    FocusArea,
    Indicator,
    Law,
    Meeting,
    Phase,
    Practice,
    Question,
    Record,
    Term,
    Worksheet,
)
from ..guide.parties import HEAD
from ..guide.schema import schemas
from ..guide.wording import BASIS, duration, long_date, shown
from ..meetings import calendar
from ..outline import effort, fields, index_of, network, newcomer, news, outline_of, pages, plan
from ..outline.blocks import Outline, Wheel
from ..worksheets.form import resolve
from .phase_map import phase_map
from .text import Terms, Writer, plain

TEMPLATES = Path(__file__).parent / "templates"
WITH_PAGES = tuple(kind for kind in RECORD_TYPES if kind.declared.page == "own")
_BASKET = "{{ korg }}"
_WIDE = (addresses.OVERVIEW, addresses.FIELDS, addresses.index_of(Law))  # a table across the page
_MENU_BESIDE = ("faser/", "om/")  # elsewhere the menu would hold one line


@dataclass(frozen=True)
class _Page:
    """One page to be rendered: where it goes, what it says of itself, and what the template is told."""

    path: str
    title: str
    description: str
    source: str  # the file or folder that a contributor edits, from the project's root
    template: str = "outline.md.j2"
    context: Mapping[str, Any] = field(default_factory=dict)
    record: Record | None = None  # whose page it is
    shares: str = ""  # the folder whose records stand on the page together
    moved_to: str = ""  # the Markdown file of the page that has come instead
    markdown: str = ""  # the whole page, where it is written by hand

    @property
    def hide(self) -> tuple[str, ...]:
        """What the theme leaves out: the menu where it would hold one line, and contents beside the wide matrix."""
        if self.path in _WIDE:
            return ("navigation", "toc")
        return () if self.path.startswith(_MENU_BESIDE) else ("navigation",)


def render(guide: Guide, catalogue: Catalogue, handwritten: Mapping[str, str]) -> dict[str, str]:
    """Every text file of the site by path. ``handwritten`` is docs/: path → Markdown.

    Files to download are in the catalogue. Raises :class:`GuideError` where two pages have one path.
    """
    write = _PageWriter(guide, catalogue)
    pages = (*_pages(guide), *(_by_hand(path, text) for path, text in handwritten.items()))
    source: dict[str, str] = {}
    for page in pages:
        if source.setdefault(page.path, page.source) != page.source:
            raise collision(page.path, source[page.path], page.source)
    found = {page.path: write(page) for page in pages}
    return found | {f"{addresses.SCHEMAS}/{name}.json": text for name, text in schemas(guide).items()}


class _PageWriter:
    """Pages of one guide, in the frame that all pages have."""

    def __init__(self, guide: Guide, catalogue: Catalogue) -> None:
        self._guide, self._terms = guide, Terms(guide)
        self._told = {
            "guide": guide,
            "settings": guide.settings,
            "catalogue": catalogue,
            "phases": guide.all(Phase),
            "areas": guide.all(FocusArea),
        }

    def __call__(self, page: _Page) -> str:
        """The page with what every page has: metadata, the draft notice, and the way to propose a change."""
        writer = Writer(self._guide, page.path, self._terms)
        if page.markdown:
            body = self._addressed(page.markdown, writer)
        else:
            body = self._rendered(page.template, page=page, w=writer, **page.context)
        edit = f"{self._guide.settings.repository}/edit/main/{page.source}"
        return self._rendered("page.md.j2", w=writer, page=page, body=Markup(body.strip()), edit=Markup(edit))

    def _rendered(self, template: str, **told: Any) -> str:
        return _environment().get_template(template).render(self._told | told)

    def _addressed(self, text: str, writer: Writer) -> str:
        """A page written by hand, with the addresses that guide.yaml knows, and the basket of proposals in its place."""
        settings = self._guide.settings
        if _BASKET in text:
            text = text.replace(_BASKET, self._rendered("widgets/basket.j2", w=writer))
        for name in ("repository", "address", "contact"):
            text = text.replace(f"{{{{ {name} }}}}", getattr(settings, name))
        return text


_COLOURS = Colours(
    "var(--guide-tint)",
    "var(--guide-line)",
    "var(--guide-accent)",
    "var(--md-default-fg-color)",
    "var(--md-default-bg-color)",
)  # docs/assets/guide.css has them, for light and dark


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=plain, autoescape=True,
    )  # fmt: skip
    environment.filters |= {
        "json": lambda value: Markup(json.dumps(value, ensure_ascii=False)),
        "script": _script,
        "attribute": lambda value: Markup(escape(" ".join(str(value).split()))),
        "day": long_date,
        "duration": duration,
    }
    environment.globals |= {
        "BASIS": BASIS,
        "HEAD": HEAD,
        "CALENDAR_ABOUT": calendar.ABOUT,
        "at": addresses,
        "calendar_data": calendar.data,
        "form_of": resolve,
        "phase_map": phase_map,
        "shown": shown,
        "wheel_of": _wheel,
    }
    return environment


def _wheel(wheel: Wheel) -> Markup:
    return Markup(drawn(((turn.number, turn.months) for turn in wheel.turns), _COLOURS))


def _script(value: Any) -> Markup:
    """JSON for a script element: no text in it can end the element or begin markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(re.sub(r"[<>&\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text))


# ---------------------------------------------------------------- which pages there are


def _pages(guide: Guide) -> Iterator[_Page]:
    settings, yaml = guide.settings, "guide_data/guide.yaml"
    ways = {"ways": sorted((k for k in RECORD_TYPES if k.declared.way), key=_place)}
    yield _Page(addresses.HOME, settings.title, settings.summary, yaml, "home.md.j2", ways)
    for kind in WITH_PAGES:
        for record in guide.all(kind):
            yield _record(guide, record)
    for kind in RECORD_TYPES:
        if kind.declared.page != "other":
            told = index_of(guide, kind)
            page = _outlined(addresses.index_of(kind), told.title, told, f"guide_data/{kind.folder}")
            yield replace(page, shares=kind.folder if kind.declared.page == "shared" else "")
    for move in guide.moves:
        if (path := addresses.page_at(move.old)) and "#" not in move.old:
            now = guide.named(move.new) if move.new else None
            page = _outlined(path, move.title, network.moved(guide, move), "guide_data/moved.yaml")
            yield replace(page, moved_to=addresses.page_of(now)[0] if now else "")
    contract = pages.contract(guide)
    yield _outlined(addresses.CONTRACT, contract.title, contract, yaml)
    yield _outlined(addresses.MINE, "Mitt avtal", pages.mine(), "scripts/outline/pages.py")
    yield _outlined(addresses.SMALL, "Det lilla avtalet", pages.small(guide), "guide_data/practices")
    yield _outlined(addresses.NEW_HERE, newcomer.TITLE, newcomer.page(guide), yaml)
    yield _outlined(addresses.PLAN, plan.TITLE, plan.page(guide), "guide_data/phases")
    for path, told in plan.ready(guide):
        yield _outlined(path, told.title, told, "guide_data/phases")
    yield _outlined(addresses.EFFORT, effort.TITLE, effort.page(guide), "guide_data/practices")
    yield _outlined(addresses.PROPOSALS, "Förslag och svar", network.proposals(guide), "guide_data/proposals")
    yield _outlined(addresses.REVIEWS, "Granskningen", network.reviews(guide), "guide_data/reviews.yaml")
    yield _outlined(addresses.OPEN_DATA, "Öppna data", pages.open_data(guide), "guide_data")
    yield _outlined(addresses.READING, "Granskning", network.reading(guide), "guide_data/reviews.yaml")
    yield _outlined(addresses.FIELDS, "Fälten i guidens poster", fields.page(guide), "scripts/guide/model.py")
    yield _english(guide)
    yield _outlined(addresses.NEWS, news.TITLE, news.page(guide), yaml)
    yield _outlined(addresses.SEARCH, "Sök i guiden", pages.search(), "guide_data")
    yield _outlined(addresses.OVERVIEW, "Översikt", pages.overview(guide), "guide_data/practices")


_IN_ENGLISH = (
    (("Phases", Phase), "where you are in the contract, from procurement to its end, and when you may go on"),
    (("Practices", Practice), "what to do together, step by step, with who, when and how long"),
    (("Challenges", Challenge), "what tends to get in the way, and what to do first"),
    (("Worksheets", Worksheet), "forms to fill in together, with an example of each"),
    (("Indicators", Indicator), "what to measure, and how each measure misleads"),
    (("Meetings", Meeting), "the standing meetings, what each may decide and where a question goes"),
    (("Questions", Question), "straight answers to what others have asked"),
    (("Laws", Law), "which law applies and what it lets you change"),
    (("Contract forms", ContractForm), "what the way of paying does to both parties' interests"),
)


def _english(guide: Guide) -> _Page:
    terms = sorted((term for term in guide.all(Term) if term.english), key=lambda term: term.english or "")
    told = {"terms": terms, "kinds": _IN_ENGLISH}
    about = "What the guide is, for those who do not read Swedish."
    return _Page(addresses.ENGLISH, "In English", about, "scripts/pages/templates/english.md.j2", "english.md.j2", told)


def _by_hand(path: str, text: str) -> _Page:
    title = text.split("\n", 1)[0].removeprefix("# ").strip()
    return _Page(path, title, "", f"docs/{path}", markdown=text)


def _place(kind: type[Record]) -> int:
    way = kind.declared.way
    return way.place if way else 0


def _record(guide: Guide, record: Record) -> _Page:
    path, _ = addresses.page_of(record)
    told = outline_of(guide, record)
    page = _outlined(path, record.title, told, f"guide_data/{record.folder}/{record.id}.yaml")
    return replace(page, record=record)


def _outlined(path: str, title: str, told: Outline, source: str) -> _Page:
    return _Page(path, title, told.lead, source, context={"outline": told})
