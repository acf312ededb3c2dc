"""The meeting kits as files: a PDF for print and a zip file with everything, for each practice and each phase."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping

from ..files.bundle import pack
from ..files.cache import Cache
from ..guide.guide import Guide
from ..guide.plain import plain_guide
from ..worksheets.files import FOLDER, downloads
from . import invitation, paper
from .kit import Kit, Meeting, kits

_README = "LÄS-MIG.txt"


def path_of(id: str, format: str) -> str:
    """Where a kit's file lies on the site."""
    return f"{FOLDER}/{id}.{format}"


def render(guide: Guide, worksheets: Mapping[str, bytes], kept: Cache) -> dict[str, bytes]:
    """Every kit's files by path on the site. ``worksheets`` are the worksheets' files by path."""
    said = plain_guide(guide)
    sheets = paper.Sheets()
    files: dict[str, bytes] = {}
    calls: dict[tuple[str, str], bytes] = {}  # a meeting is in its practice's kit and in its phase's
    for kit in kits(said):
        data = paper.data_of(said, kit, sheets)
        made_of = json.dumps(data, ensure_ascii=False).encode()
        files[path_of(kit.id, "pdf")] = kept.get(made_of, "kit.pdf", functools.partial(paper.render, data, kit))
        for meeting, found in zip(kit.meetings, data["meetings"], strict=True):
            key = (meeting.practice.id, meeting.name)
            if key not in calls:
                draw = functools.partial(invitation.word, said, kit, meeting)
                calls[key] = kept.get(json.dumps(found).encode(), "kallelse.docx", draw)
        files[path_of(kit.id, "zip")] = pack(dict(_packed(said, kit, {**files, **worksheets}, calls)))
    return files


def _packed(
    guide: Guide, kit: Kit, files: Mapping[str, bytes], calls: Mapping[tuple[str, str], bytes]
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file in the kit's zip file, in folders that stand in the order they are used."""
    yield _README, _readme(kit).encode("utf-8-sig")
    yield f"{kit.id}.pdf", files[path_of(kit.id, "pdf")]
    for number, meeting in enumerate(kit.meetings, 1):
        name = f"1-kallelser/{number:02}-{meeting.practice.id}{_which(meeting)}"
        yield f"{name}.docx", calls[meeting.practice.id, meeting.name]
        yield f"{name}.txt", invitation.text(guide, meeting)
    for form in kit.sheets:
        for file in downloads(form.sheet):
            yield f"2-arbetsblad/{file.name}.{file.format}", files[file.path]


def _which(meeting: Meeting) -> str:
    """Which of its practice's meetings it is, where there are several."""
    names = list(meeting.practice.meetings)
    return f"-mote-{names.index(meeting.name) + 1}" if len(names) > 1 else ""


def _readme(kit: Kit) -> str:
    settings = kit.settings
    lines = [
        f"Mötespaket: {kit.title}",
        f"{settings.title}, version {settings.version}, {settings.date}",
        "",
        f"{kit.id}.pdf    allt i ett, att skriva ut: kallelse, dagordning, samtalsledarens stöd,",
        "    arbetsblad, beslutslogg och väggblad i A3",
        "1-kallelser    kallelse med dagordning till varje möte, i Word och som text att klistra in i ett mejl",
        "2-arbetsblad   bladen i Word, PDF och Excel",
        "",
        f"Arbetssättet på webben: {kit.address}",
        settings.notice,
        f"{settings.publisher}. Licens: {settings.licence}.",
        "",
    ]
    return "\r\n".join(lines)
