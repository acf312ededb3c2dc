"""The worksheets as files: blank and filled in, and those of a phase together as a zip file."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from ..files.bundle import pack
from ..files.cache import Cache
from ..guide.guide import Guide
from ..guide.model import Phase, ScaleField, TableField, Worksheet
from . import docx, pdf, rating, xlsx
from .form import Form, resolve

FOLDER = "ladda-ner"
WALL = "-vaggblad"  # ends the name of a sheet for the wall
_RENDERERS: Mapping[str, Callable[[Form], bytes]] = {"docx": docx.render, "pdf": pdf.render, "xlsx": xlsx.render}
PROGRAMS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
_README = "LÄS-MIG.txt"
_FORM = TypeAdapter(Form)


def formats(worksheet: Worksheet) -> tuple[str, ...]:
    """File endings that the worksheet comes with: a workbook too, where it has something to count or sort."""
    counts = any(isinstance(field, TableField | ScaleField) for field in worksheet.fields)
    return ("docx", "pdf", "xlsx") if counts and not worksheet.comparison else ("docx", "pdf")


@dataclass(frozen=True)
class Download:
    """A file that a worksheet comes as. ``label`` is what the link says, ``name`` the file's name without its ending."""

    label: str
    name: str
    format: str

    @property
    def path(self) -> str:
        """Where the file lies on the site."""
        return f"{FOLDER}/{self.name}.{self.format}"


def downloads(worksheet: Worksheet, filled: bool = False) -> tuple[Download, ...]:
    """The worksheet's files, blank or filled in; one that compares has a workbook for each use of it."""
    end = "-exempel" if filled else ""
    own = [Download(PROGRAMS[format], f"{worksheet.id}{end}", format) for format in formats(worksheet)]
    variants = (rating.TOGETHER,) if filled else tuple(rating.VARIANTS)
    for variant in variants if worksheet.comparison else ():
        label = f"{PROGRAMS['xlsx']}, {rating.VARIANTS[variant]}"
        own.append(Download(label, f"{worksheet.id}-{variant}{end}", "xlsx"))
    if pdf.wall_table(worksheet) and not filled:
        own.append(Download("Väggblad, A3", f"{worksheet.id}{WALL}", "pdf"))
    return tuple(own)


def render_one(guide: Guide, worksheet: Worksheet, format: str, filled: bool = False) -> bytes:
    """One file of a worksheet. ``format`` is one of :func:`formats`; ``filled`` needs the guide to have an example."""
    return _RENDERERS[format](resolve(guide, worksheet, filled))


def render(guide: Guide, kept: Cache) -> dict[str, bytes]:
    """Every worksheet file by its path on the site."""
    files: dict[str, bytes] = {}
    for sheet in guide.all(Worksheet):
        for filled in (False, True) if guide.example(sheet) else (False,):
            files |= dict(_files_of(guide, sheet, filled, kept))
    return files | dict(_bundles(guide, files))


def _files_of(guide: Guide, sheet: Worksheet, filled: bool, kept: Cache) -> Iterator[tuple[str, bytes]]:
    form = resolve(guide, sheet, filled)
    for format in formats(sheet):
        draw = functools.partial(_RENDERERS[format], form)
        yield path_of(sheet, format, filled), kept.get(made_of(form), format, draw)
    for download in downloads(sheet, filled)[len(formats(sheet)) :]:
        if download.name.endswith(WALL):
            of_wall = json.dumps(pdf.wall_data(form)).encode()  # no more than what it shows
            yield download.path, kept.get(of_wall, "wall.pdf", functools.partial(pdf.render_wall, form))
            continue
        variant = download.name.removeprefix(f"{sheet.id}-").removesuffix("-exempel")
        draw = functools.partial(rating.render, guide, sheet, variant, filled)
        yield download.path, kept.get(made_of(rating.form_of(guide, sheet, variant, filled)), "xlsx", draw)


def made_of(form: Form) -> bytes:
    """All that a form's files depend on."""
    return _FORM.dump_json(form, warnings=False)


def path_of(sheet: Worksheet, format: str, filled: bool = False) -> str:
    """Where the file lies on the site."""
    return f"{FOLDER}/{sheet.id}{'-exempel' if filled else ''}.{format}"


def _bundles(guide: Guide, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The blank worksheets of each phase, and of the whole guide, in the order they are used."""
    phases = guide.all(Phase)
    for phase in phases:
        sheets = guide.worksheets_of(phase)
        yield f"{FOLDER}/fas-{phase.id}.zip", _bundle(guide, files, f"Arbetsblad i fasen {phase.title}", sheets)
    ordered = dict.fromkeys(sheet.id for phase in phases for sheet in guide.worksheets_of(phase))
    rest = dict.fromkeys(sheet.id for sheet in guide.all(Worksheet))
    sheets = guide.pick(Worksheet, tuple(ordered | rest))
    yield f"{FOLDER}/alla-arbetsblad.zip", _bundle(guide, files, "Alla arbetsblad", sheets)


def _bundle(guide: Guide, files: Mapping[str, bytes], title: str, sheets: tuple[Worksheet, ...]) -> bytes:
    """A folder a program, and the files numbered in the order the worksheets are used."""
    packed = {_README: _readme(guide, title, sheets).encode("utf-8-sig")}
    for number, sheet in enumerate(sheets, 1):
        for file in downloads(sheet):
            packed[f"{PROGRAMS[file.format]}/{number:02}-{file.name}.{file.format}"] = files[file.path]
    return pack(packed)


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
