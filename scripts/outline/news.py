"""What is new since each earlier edition, record by record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..guide.editions import Edition, News, news
from ..guide.guide import Guide
from ..guide.model import RECORD_TYPES, Example
from ..guide.wording import long_date, sentence
from .blocks import AnyBlock, Bullets, Line, Outline, Prose, Section, To, Widget, said, section

TITLE = "Nytt i guiden"
_LEAD = "Vad som är annorlunda mot den utgåva som ni använde, post för post. Utgåvan står längst ned på varje blad."
_FIRST = "Det här är den första utgåvan."
_KINDS = {kind.folder: kind for kind in RECORD_TYPES}


def page(guide: Guide) -> Outline:
    """The highlights of this edition, and the differences from every earlier one, the latest first."""
    settings = guide.settings
    about = said(f"Utgåva {settings.version}, {long_date(settings.date)}.")
    lines = (Bullets(settings.highlights),) if settings.highlights else ()
    earlier = [edition for edition in reversed(guide.editions) if edition.version != settings.version]
    first = () if earlier else said(_FIRST)
    choose: tuple[AnyBlock, ...] = (Widget("editions"),) if earlier else ()
    since = tuple(_since(guide, edition) for edition in earlier)
    return Outline(TITLE, _LEAD, (*section("Det viktigaste", "viktigast", *about, *lines, *first, *choose), *since))


def _since(guide: Guide, edition: Edition) -> Section:
    anchor = f"sedan-{edition.version.replace('.', '-')}"
    return Section(f"Sedan utgåva {edition.version}", anchor, tuple(_differences(guide, edition)))


def _differences(guide: Guide, edition: Edition) -> Iterator[AnyBlock]:
    found = news(guide, edition)
    new, changed, gone = (tuple(one for one in found if one.fate == fate) for fate in ("ny", "ändrad", "borta"))
    same = sum(map(len, guide.records.values())) - len(new) - len(changed)
    yield Prose(
        (
            f"Den kom {long_date(edition.date)}. Sedan dess: {len(new)} nya, {len(changed)} ändrade, {len(gone)} borttagna. {same} poster är oförändrade.",
        )
    )
    for folder, kind in _KINDS.items():
        lines = tuple(_line(guide, one) for one in found if one.name.startswith(f"{folder}/"))
        if lines:
            yield Prose((f"{kind.plural} ({len(lines)})",))
            yield Bullets(lines)


def _line(guide: Guide, one: News) -> Line:
    record = guide.named(one.name)
    if record is None:
        move = next((move for move in guide.moves if move.old == one.name), None)
        return f"{one.title}: borttagen. {sentence(move.why) if move else ''}".rstrip()
    reviewed = "" if record.status == "utkast" else f" ({record.status})"
    if one.fate == "ny":
        return (To(record), f": ny{reviewed}.")
    return (To(record), f": {', '.join(f'«{name}»' for name in _named(type(record), one.fields))}{reviewed}.")


def _named(kind: Any, fields: tuple[str, ...]) -> Iterator[str]:
    """The fields by their headings; a filled-in example's are of no use to name one by one."""
    if kind is Example:
        yield "andra svar"
        return
    known = kind.model_fields
    yield from dict.fromkeys(
        str(known[name].title) if name in known else "ett fält som har tagits bort" for name in fields
    )
