"""The guide as a tree of Markdown pages: one pure function from the model to {path: text}."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ..guide.guide import Guide
from ..guide.model import (
    RECORD_TYPES,
    Challenge,
    Example,
    FocusArea,
    Indicator,
    Phase,
    Practice,
    Principle,
    Record,
    Role,
    Source,
    SuccessFactor,
    Term,
    Worksheet,
    Workshop,
)
from ..guide.schema import schemas
from ..guide.wording import BASIS, STATUS, duration, long_date, shown
from ..meetings import calendar
from ..worksheets.files import downloads
from ..worksheets.form import resolve
from .phase_map import phase_map
from .text import Writer, page_of, plain, term_finder

TEMPLATES = Path(__file__).parent / "templates"
WITH_PAGES: tuple[type[Record], ...] = (
    Phase, Practice, Challenge, Principle, SuccessFactor, FocusArea, Indicator, Worksheet, Role,
)  # fmt: skip
CALENDAR_PRACTICE = "arshjul"  # the page with the form that works out the parties' own calendar
LENGTHS = (("60", "Högst en timme", 60), ("120", "Högst två timmar", 120), ("långt", "Mer än två timmar", 10_000))


@dataclass(frozen=True)
class _Page:
    """One page to be rendered: where it goes, from which template, and what the template is told."""

    path: str
    template: str
    title: str
    description: str
    source: str  # the file a contributor edits, from the project's root
    context: Mapping[str, Any]

    @property
    def hide(self) -> tuple[str, ...]:
        """What the theme leaves out: the menu where it would hold one line, and contents beside the wide matrix."""
        if self.path.startswith("oversikt/"):
            return ("navigation", "toc")
        return () if self.path.startswith(("faser/", "om/")) else ("navigation",)


def render(guide: Guide, handwritten: Mapping[str, str]) -> dict[str, str]:
    """Every text file of the site by path. ``handwritten`` is docs/: path → Markdown.

    Files to download are not here; :mod:`scripts.publish.files` makes those.
    """
    environment = _environment()
    finder, terms = term_finder(guide)
    pages: dict[str, str] = {}
    for page in _pages(guide):
        writer = Writer(guide, page.path, finder, terms)
        body = environment.get_template(page.template).render(
            guide=guide, page=page, w=writer, settings=guide.settings, **page.context
        )
        pages[page.path] = _framed(environment, guide, writer, page, body)
    for path, text in handwritten.items():
        writer = Writer(guide, path, finder, terms)
        title = text.split("\n", 1)[0].removeprefix("# ").strip()
        page = _Page(path, "", title, "", f"docs/{path}", {})
        body = text.replace("{{ repository }}", guide.settings.repository).replace(
            "{{ contact }}", guide.settings.contact
        )
        pages[path] = _framed(environment, guide, writer, page, body)
    return pages | {f"schema/{name}.json": text for name, text in schemas(guide).items()}


def _framed(environment: Environment, guide: Guide, writer: Writer, page: _Page, body: str) -> str:
    """The page with what every page has: metadata, the draft notice, and the way to propose a change."""
    edit = f"{guide.settings.repository}/edit/main/{page.source}"
    return environment.get_template("page.md.j2").render(
        guide=guide, w=writer, settings=guide.settings, page=page, body=Markup(body.strip()), edit=Markup(edit)
    )


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
        "STATUS": STATUS,
        "LENGTHS": LENGTHS,
        "CALENDAR_PRACTICE": CALENDAR_PRACTICE,
        "CALENDAR_ABOUT": calendar.ABOUT,
        "calendar_data": calendar.data,
        "length_of": length_of,
        "page_of": page_of,
    }
    environment.globals |= {kind.__name__: kind for kind in RECORD_TYPES}
    environment.tests["has"] = lambda values, value: value in values
    environment.globals |= {"downloads_of": downloads, "phase_map": phase_map, "form_of": resolve, "shown": shown}
    return environment


def _script(value: Any) -> Markup:
    """JSON for a script element: no text in it can end the element or begin markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(re.sub(r"[<>&\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text))


def length_of(minutes: int) -> str:
    """Which choice in the filter of practices a meeting time belongs to."""
    return next(key for key, _, most in LENGTHS if minutes <= most)


def _pages(guide: Guide) -> Iterator[_Page]:
    summary = guide.settings.summary
    yield _Page("index.md", "home.md.j2", guide.settings.title, summary, "guide_data/guide.yaml", {})
    for kind in WITH_PAGES:
        for record in guide.all(kind):
            yield _record_page(guide, record)
        yield _Page(
            f"{kind.path}/index.md", _index_template(kind), kind.plural, INDEXES[kind], f"guide_data/{kind.folder}",
            {"kind": kind, "records": guide.all(kind)},
        )  # fmt: skip
    for kind, template in ((Term, "terms.md.j2"), (Source, "sources.md.j2")):
        yield _Page(f"{kind.path}/index.md", template, kind.plural, INDEXES[kind], f"guide_data/{kind.folder}", {})
    yield _Page(
        "om/exempelavtalet.md", "example_contract.md.j2", guide.settings.example_contract.title, INDEXES[Example],
        "guide_data/guide.yaml", {},
    )  # fmt: skip
    yield _Page("oversikt/index.md", "overview.md.j2", "Översikt", INDEXES[FocusArea], "guide_data/practices", {})
    yield _Page(
        "om/sa-kom-guiden-till.md", "history.md.j2", "Så kom guiden till",
        "Workshopparna 2021–2023, sammanfattningen 2024 och redaktionens arbete.", "guide_data/workshops", {},
    )  # fmt: skip


def _record_page(guide: Guide, record: Record) -> _Page:
    name = type(record).__name__.lower()
    path, _ = page_of(record)
    source = f"guide_data/{record.folder}/{record.id}.yaml"
    summary = getattr(record, "summary", "")
    context = {"record": record, name.replace("successfactor", "factor").replace("focusarea", "area"): record}
    return _Page(path, f"{record.folder}.md.j2", record.title, summary, source, context)


def _index_template(kind: type[Record]) -> str:
    return {Phase: "phase_index.md.j2", Practice: "practice_index.md.j2", Worksheet: "worksheet_index.md.j2"}.get(
        kind, "index.md.j2"
    )


INDEXES: dict[type[Record], str] = {
    Phase: "Var i avtalet är ni? Varje fas säger vad den är till för, vad ni gör i den och när ni kan gå vidare.",
    Practice: "Vad vill ni göra? Arbetssätten beskriver steg för steg vad beställaren och utföraren gör tillsammans.",
    Challenge: "Vad skaver? Utmaningarna beskriver vad som brukar komma i vägen och vad ni kan göra åt det.",
    Principle: "Vad bär ett gott partnerskap? Varje princip säger hur den märks hos beställaren och hos utföraren.",
    SuccessFactor: "De fem framgångsfaktorerna i SIQ Managementmodell, och vad de frågar av ett partnerskap.",
    FocusArea: "De fem områden som workshopparna 2021–2023 handlade om.",
    Indicator: "Vad ska ni mäta? Varje mått har definition, formel och en varning för hur det misstolkas och styr fel.",
    Worksheet: "Möte i morgon? Hämta bladet, fyll i det tillsammans och spara det som ni kom fram till.",
    Role: "Vilken roll har du? Rollsidan samlar det som du bidrar med och det som du behöver av den andra parten.",
    Term: "Branschens och upphandlingens ord, också de som parterna kan mena olika med.",
    Source: "Allt som guiden hänvisar till, med det som redaktionen läste där.",
    Example: "Ifyllda arbetsblad från ett påhittat avtal.",
    Workshop: "Workshopparna 2021–2023.",
}
