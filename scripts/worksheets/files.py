"""The worksheets' files: blank and filled in, and those of a phase together as a zip file."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from ..files.catalogue import PLAN_USE, Artifact, Catalogue, Parts, Use
from ..files.store import bundle
from ..guide.guide import Guide
from ..guide.model import Phase, ScaleField, TableField, Worksheet
from ..guide.plan import SIZES, plans
from ..guide.plan import sheets as sheets_of
from . import docx, pdf, rating, xlsx
from .form import resolve

_RENDERERS = {"docx": docx.render, "pdf": pdf.render, "xlsx": xlsx.render}
_PROGRAMS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
_README = "LÄS-MIG.txt"


def formats(worksheet: Worksheet) -> tuple[str, ...]:
    """File endings that the worksheet comes with: a workbook too, where it has something to count or sort."""
    counts = any(isinstance(field, TableField | ScaleField) for field in worksheet.fields)
    return ("docx", "pdf", "xlsx") if counts and not worksheet.comparison else ("docx", "pdf")


def artifacts(guide: Guide) -> tuple[Artifact, ...]:
    """Every worksheet's files, and zip files of them."""
    single = Catalogue(artifact for sheet in guide.all(Worksheet) for artifact in _of(guide, sheet))
    return (*single, *_bundles(guide, single))


def _of(guide: Guide, sheet: Worksheet) -> Iterator[Artifact]:
    yield from _in_use(guide, sheet, "blank")
    if guide.example(sheet):
        yield from _in_use(guide, sheet, "filled")


def _in_use(guide: Guide, sheet: Worksheet, use: Use) -> Iterator[Artifact]:
    """The sheet's files, blank or filled in; one that compares has a workbook for each use of it."""
    filled = use == "filled"
    title, end = (f"{sheet.title}, ifyllt exempel", "-exempel") if filled else (sheet.title, "")
    form = functools.cache(functools.partial(resolve, guide, sheet, filled))

    def file(name: str, format: str, label: str, *call: object) -> Artifact:
        render, argued = call or (_RENDERERS[format], form)
        return Artifact(name, format, label, render, argued, sheet, use, f"{title}, {label}")  # type: ignore[arg-type]

    for format in formats(sheet):
        yield file(f"{sheet.id}{end}", format, _PROGRAMS[format])
    if sheet.comparison and not filled:
        for format, render in {**_RENDERERS, "xlsx": rating.workbook_of_one}.items():
            one = functools.partial(rating.form_of_one, guide, sheet)
            yield file(f"{sheet.id}-{rating.ONE}", format, f"{_PROGRAMS[format]}, ett svar", render, one)
    for variant in _variants(sheet, filled):
        argued = functools.partial(rating.Rated.of, guide, sheet, variant, filled)
        yield file(f"{sheet.id}-{variant}{end}", "xlsx", f"Excel, {rating.VARIANTS[variant]}", rating.workbook, argued)
    if pdf.wall_table(sheet) and not filled:
        yield file(f"{sheet.id}-vaggblad", "pdf", "Väggblad, A3", pdf.render_wall, form)


def _variants(sheet: Worksheet, filled: bool) -> tuple[str, ...]:
    if sheet.comparison is None:
        return ()
    return (rating.TOGETHER,) if filled else tuple(rating.VARIANTS)


# ---------------------------------------------------------------- several in one


def _bundles(guide: Guide, single: Catalogue) -> Iterator[Artifact]:
    """The blank worksheets of each phase, and of the whole guide, in the order they are used."""
    phases = guide.all(Phase)
    for phase in phases:
        sheets = guide.worksheets_of(phase)
        parts = functools.partial(_parts, guide, single, f"Arbetsblad i fasen {phase.title}", sheets)
        yield Artifact(f"fas-{phase.id}", "zip", "Hämta fasens alla arbetsblad (zip)", bundle, parts, phase, "sheets")
    for one in plans(guide):
        title = f"Arbetsblad i planen {one.phase.short}, {SIZES[one.size].lower()}"
        parts = functools.partial(_parts, guide, single, title, sheets_of(guide, one))
        yield Artifact(
            f"plan-{one.phase.id}-{one.size}",
            "zip",
            "Hämta planens blad (zip)",
            bundle,
            parts,
            one.phase,
            PLAN_USE[one.size],
        )
    ordered = dict.fromkeys(sheet.id for phase in phases for sheet in guide.worksheets_of(phase))
    rest = dict.fromkeys(sheet.id for sheet in guide.all(Worksheet))
    sheets = guide.pick(Worksheet, tuple(ordered | rest))
    parts = functools.partial(_parts, guide, single, "Alla arbetsblad", sheets)
    yield Artifact("alla-arbetsblad", "zip", "Hämta alla arbetsblad (zip)", bundle, parts, None, "sheets")


def _parts(guide: Guide, single: Catalogue, title: str, sheets: tuple[Worksheet, ...]) -> Parts:
    """A folder a program, and the files numbered in the order the worksheets are used."""
    files = (
        (f"{_PROGRAMS[file.format]}/{number:02}-{file.name}.{file.format}", file)
        for number, sheet in enumerate(sheets, 1)
        for file in single.of(sheet, "blank")
    )
    return Parts(((_README, _readme(guide, title, sheets).encode("utf-8-sig")), *files), guide.settings.date)


def _readme(guide: Guide, title: str, sheets: Iterable[Worksheet]) -> str:
    settings = guide.settings
    listed = [f"{number:02}  {sheet.title}\n    {sheet.summary}" for number, sheet in enumerate(sheets, 1)]
    lines = [
        title,
        f"{settings.title}, version {settings.version}, {settings.date}",
        "",
        "Word har bladen att fylla i på skärmen. PDF har dem för utskrift, och de går att fylla i också.",
        "Excel har de blad som har tabeller eller skattningar. Numren följer ordningen som arbetssätten",
        "använder bladen i.",
        "",
        *(listed or ["Här finns inga arbetsblad än."]),
        "",
        f"Ifyllda exempel och arbetssätten bakom bladen: {settings.address}",
        settings.notice,
        f"{settings.publisher}. Licens: {settings.licence}.",
        "",
    ]
    return "\n".join(lines).replace("\n", "\r\n")
