"""The worksheets as files: blank and filled in, and those of a phase together as a zip file."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping

from pydantic import TypeAdapter

from ..files.bundle import pack
from ..files.cache import Cache
from ..guide.guide import Guide
from ..guide.model import Phase, ScaleField, TableField, Worksheet
from . import docx, pdf, xlsx
from .form import Form, resolve

FOLDER = "ladda-ner"
_RENDERERS: Mapping[str, Callable[[Form], bytes]] = {"docx": docx.render, "pdf": pdf.render, "xlsx": xlsx.render}
_PROGRAMS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
_README = "LÄS-MIG.txt"
_FORM = TypeAdapter(Form)


def formats(worksheet: Worksheet) -> tuple[str, ...]:
    """File endings that the worksheet comes with: a workbook too, where it has something to count or sort."""
    counts = any(isinstance(field, TableField | ScaleField) for field in worksheet.fields)
    return ("docx", "pdf", "xlsx") if counts else ("docx", "pdf")


def render_one(guide: Guide, worksheet: Worksheet, format: str, filled: bool = False) -> bytes:
    """One file of a worksheet. ``format`` is one of :func:`formats`; ``filled`` needs the guide to have an example."""
    return _RENDERERS[format](resolve(guide, worksheet, filled))


def render(guide: Guide, kept: Cache) -> dict[str, bytes]:
    """Every worksheet file by its path on the site."""
    files: dict[str, bytes] = {}
    for sheet in guide.all(Worksheet):
        for filled in (False, True) if guide.example(sheet) else (False,):
            form = resolve(guide, sheet, filled)
            for format in formats(sheet):
                files[path_of(sheet, format, filled)] = kept.get(
                    made_of(form), format, functools.partial(_RENDERERS[format], form)
                )
    return files | dict(_bundles(guide, files))


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
        for format in formats(sheet):
            packed[f"{_PROGRAMS[format]}/{number:02}-{sheet.id}.{format}"] = files[path_of(sheet, format)]
    return pack(packed)


def _readme(guide: Guide, title: str, sheets: Iterable[Worksheet]) -> str:
    settings = guide.settings
    listed = [f"{number:02}  {sheet.title}\n    {sheet.summary}" for number, sheet in enumerate(sheets, 1)]
    lines = [
        title,
        f"{settings.title}, version {settings.version}, {settings.date}",
        "",
        "Mappen Word har bladen att fylla i på skärmen, PDF har dem för utskrift. I Excel ligger de blad",
        "som har tabeller eller skattningar. Numren följer ordningen som arbetssätten använder bladen i.",
        "",
        *(listed or ["Här finns inga arbetsblad än."]),
        "",
        f"Ifyllda exempel och arbetssätten bakom bladen: {settings.address}",
        settings.notice,
        f"{settings.publisher}. Licens: {settings.licence}.",
        "",
    ]
    return "\n".join(lines).replace("\n", "\r\n")
