"""The meeting kits' files: a PDF for print and a zip file with everything, for each practice and each phase."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from ..files.catalogue import Artifact, Catalogue, Parts
from ..files.store import bundle
from ..guide.guide import Guide
from ..guide.model import Phase
from ..guide.plain import plain_guide
from . import invitation, paper
from .kit import Kit, Meeting, kits

_README = "LÄS-MIG.txt"


def artifacts(guide: Guide, worksheets: Catalogue) -> Iterator[Artifact]:
    """Every kit's files. ``worksheets`` has the worksheets' files, which the zip files hold."""
    writer = _Kits(guide, worksheets)
    for kit in kits(writer.said):
        yield from writer.files(kit)


class _Kits:
    """The kits of one guide. A meeting's call is in its practice's kit and in its phase's, and is one file."""

    def __init__(self, guide: Guide, worksheets: Catalogue) -> None:
        self._guide, self._worksheets = guide, worksheets
        self.said = plain_guide(guide)
        self._sheets = paper.Sheets()
        self._calls: dict[tuple[str, str], Artifact] = {}

    def files(self, kit: Kit) -> Iterator[Artifact]:
        record = self._guide.get(kit.kind, kit.record)
        whose = "fasens mötespaket" if kit.kind is Phase else f"mötespaket {record.title}"
        argued = functools.partial(paper.Paper.of, self.said, kit, self._sheets)
        label = "PDF för utskrift"
        printed = Artifact(kit.id, "pdf", label, paper.render, argued, record, "kit", f"{label}, {whose}")
        yield printed
        parts = functools.partial(self._parts, kit, printed)
        label = "Allt i en zip-fil"
        yield Artifact(kit.id, "zip", label, bundle, parts, record, "kit", f"{label}, {whose}")

    def _parts(self, kit: Kit, printed: Artifact) -> Parts:
        return Parts(tuple(self._named(kit, printed)), kit.settings.date)

    def _named(self, kit: Kit, printed: Artifact) -> Iterator[tuple[str, bytes | Artifact]]:
        """Name and content of each file in the kit's zip file, in folders that stand in the order they are used."""
        yield _README, _readme(kit).encode("utf-8-sig")
        yield f"{kit.id}.pdf", printed
        for number, meeting in enumerate(kit.meetings, 1):
            name = f"1-kallelser/{number:02}-{meeting.practice.id}{_which(meeting)}"
            yield f"{name}.docx", self._call(kit, meeting)
            yield f"{name}.txt", invitation.text(invitation.Call.to(self.said, meeting))
        for form in kit.sheets:
            for file in self._worksheets.of(form.sheet, "blank"):
                yield f"2-arbetsblad/{file.name}.{file.format}", file
            for file in self._worksheets.of(form.sheet, "filled"):
                if file.format == "pdf":  # to read beside the blank one
                    yield f"3-ifyllda-exempel/{file.name}.{file.format}", file
        for number, message in enumerate(kit.messages, 1):
            said = f"{message.title}\n{message.when}\n\n{message.text}"
            yield f"4-texter/{number:02}-{message.id}.txt", said.replace("\n", "\r\n").encode("utf-8-sig")

    def _call(self, kit: Kit, meeting: Meeting) -> Artifact:
        key = (meeting.practice.id, meeting.name)
        if key not in self._calls:
            argued = functools.partial(invitation.Call.to, self.said, meeting)
            self._calls[key] = Artifact(
                f"kallelse-{meeting.practice.id}{_which(meeting)}", "docx", "", invitation.word, argued
            )
        return self._calls[key]


def _which(meeting: Meeting) -> str:
    """Which of its practice's meetings it is, where there are several."""
    names = list(meeting.practice.agendas)
    return f"-mote-{names.index(meeting.name) + 1}" if len(names) > 1 else ""


def _readme(kit: Kit) -> str:
    settings = kit.settings
    lines = [
        f"Mötespaket: {kit.title}",
        f"{settings.title}, version {settings.version}, {settings.date}",
        "",
        f"{kit.id}.pdf    allt i A4, att skriva ut: kallelse, dagordning, samtalsledarens stöd,",
        "    arbetsblad och beslutslogg",
        "1-kallelser    kallelse med dagordning till varje möte, i Word och som text att klistra in i ett mejl",
        "2-arbetsblad   bladen i Word, PDF och Excel, och för väggen i A3",
        "3-ifyllda-exempel   samma blad ifyllda för ett påhittat avtal, att läsa",
        *(["4-texter       texter att klistra in i ett mejl till dem som bladen berör"] if kit.messages else []),
        "",
        f"Arbetssättet på webben: {kit.address}",
        settings.notice,
        f"{settings.publisher}. Licens: {settings.licence}.",
        "",
    ]
    return "\r\n".join(lines)
