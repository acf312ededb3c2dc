"""What has changed, said to a reviewer and to readers: for a terminal and for the summary of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..guide.model import RECORD_TYPES
from .compare import Difference, Edited
from .shown import Shown
from .words import harmless, markdown, spoken

_FOLDERS = {kind.folder: kind.singular for kind in RECORD_TYPES}
_FATE = {"ny": "Ny post", "borta": "Borttagen post", "ändrad": "Ändrad post"}
_ANSWERED = ("worksheets", "principles")  # what people have filled in
_MOST = 15


@dataclass(frozen=True)
class Changes:
    """All that differs between two versions. ``shown`` is None where one of them cannot be rendered."""

    edited: tuple[Edited, ...]
    shown: Shown | None
    lost: tuple[str, ...]  # permanent ids that are gone without a word of where to


def summary(changes: Changes, base: str, site: str = "") -> str:
    """Markdown, for the summary of a pull request. ``site`` is where the built pages are, if anywhere."""
    return "\n".join(_lines(changes, base, site)) + "\n"


def plain(changes: Changes, base: str) -> str:
    """For a terminal."""
    lines = [f"{_counted(changes.edited)} sedan {base}."]
    for edited in changes.edited:
        lines.append(f"\n{_FATE[edited.kind]}, {_what(edited)}: {edited.title} ({edited.file})")
        for one in edited.differences:
            lines.append(f"  {one.label}: {_meaning(edited, one)}")
            lines.append(f"    {spoken(one.before, one.after)}")
    lines += [f"\n{line}" for line in _where(changes.shown)]
    lines += [f"\nFel: {line}" for line in _lost(changes)]
    return "\n".join(lines) + "\n"


def _lines(changes: Changes, base: str, site: str) -> Iterator[str]:
    yield f"## {_counted(changes.edited)}\n"
    yield f"Jämfört med `{harmless(base)}`. <del>Struket</del> är borta, <ins>understruket</ins> är nytt."
    for line in _lost(changes):
        yield f"\n**Fel:** {harmless(line)}"
    for edited in changes.edited:
        yield f"\n### {_FATE[edited.kind]}, {_what(edited)}: {harmless(edited.title)}\n"
        for one in edited.differences:
            yield f"- **{harmless(one.label)}** ({_meaning(edited, one)}): {markdown(one.before, one.after)}"
    if changes.edited:
        yield "\n### Där syns det\n"
        yield from (f"- {harmless(line)}" for line in _where(changes.shown))
        if site and changes.shown:
            yield f"\nDen byggda webbplatsen: {site}"


def _counted(edited: tuple[Edited, ...]) -> str:
    if not edited:
        return "Inga poster är ändrade"
    numbers = [(kind, sum(one.kind == kind for one in edited)) for kind in ("ändrad", "ny", "borta")]
    words = {"ändrad": ("ändrad", "ändrade"), "ny": ("ny", "nya"), "borta": ("borttagen", "borttagna")}
    told = ", ".join(f"{number} {words[kind][number > 1]}" for kind, number in numbers if number)
    return f"{len(edited)} {'post' if len(edited) == 1 else 'poster'}: {told}"


def _what(edited: Edited) -> str:
    return _FOLDERS.get(edited.record.partition("/")[0], "fil")


def _meaning(edited: Edited, one: Difference) -> str:
    """What it means for someone who has used the record."""
    answered = bool(one.id) and edited.record.partition("/")[0] in _ANSWERED
    if one.kind == "ändrad":
        return "omformulerat, gamla svar följer med" if answered else "omformulerat"
    if one.kind == "ny":
        return "nytt att svara på" if answered else "tillagt"
    return "utgår, gamla svar sparas för sig" if answered else "borttaget"


def _where(shown: Shown | None) -> Iterator[str]:
    if shown is None:
        yield "Sidor och filer kan inte jämföras: den äldre versionens poster går inte att läsa med dagens program."
        return
    for name, found in (("sidor", shown.pages), ("filer", shown.files)):
        more = f" och {len(found) - _MOST} till" if len(found) > _MOST else ""
        yield f"{len(found)} {name}{': ' if found else ''}{', '.join(found[:_MOST])}{more}"


def _lost(changes: Changes) -> Iterator[str]:
    for id in changes.lost:
        yield (
            f"{id}: ett bestående id är borta. Adresser, kalendrar och sparade svar bygger på det. Sätt tillbaka det, eller skriv i "
            "guide_data/moved.yaml vart det har tagit vägen."
        )
