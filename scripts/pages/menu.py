"""The site's menu, from where each kind declares its place: sections and phases. Records are reached by links and search."""

from __future__ import annotations

from typing import Any

from ..guide import addresses
from ..guide.guide import Guide
from ..guide.model import RECORD_TYPES, Phase, Record, Workshop
from ..outline import effort, index_of, newcomer, plan

_MORE = 100  # from this place on a kind stands under «Mer»

Menu = list[dict[str, Any]]  # a title and its page, or a title and the menu under it, as MkDocs' nav


def menu(guide: Guide) -> Menu:
    kinds = sorted((kind for kind in RECORD_TYPES if kind.declared.menu), key=lambda kind: kind.declared.menu)
    top = [_entry(guide, kind) for kind in kinds if kind.declared.menu < _MORE]
    more = [_entry(guide, kind) for kind in kinds if kind.declared.menu >= _MORE]
    return [
        {"Start": addresses.HOME},
        *top,
        {"Översikt": addresses.OVERVIEW},
        {"Mer": [*_about(guide), *more, *_editing()]},
    ]


def _entry(guide: Guide, kind: type[Record]) -> dict[str, Any]:
    title = kind.plural.rpartition(" ")[2].capitalize()  # «Vägledande principer» are «Principer» where room is short
    if kind is not Phase:
        return {title: addresses.index_of(kind)}
    return {title: [addresses.index_of(kind), *({p.short: addresses.page_of(p)[0]} for p in guide.all(Phase))]}


def _about(guide: Guide) -> Menu:
    return [
        {"Om guiden": addresses.ABOUT},
        {index_of(guide, Workshop).title: addresses.index_of(Workshop)},
        {"Mitt avtal": addresses.MINE},
        {newcomer.TITLE: addresses.NEW_HERE},
        {plan.TITLE: addresses.PLAN},
        {"Det lilla avtalet": addresses.SMALL},
        {effort.TITLE: addresses.EFFORT},
        {"Exempel på villkor": addresses.CLAUSES},
        {guide.settings.example_contract.title: addresses.CONTRACT},
        {"Nytt i guiden": addresses.NEWS},
        {"Granskningen": addresses.REVIEWS},
        {"Öppna data": addresses.OPEN_DATA},
        {"In English": addresses.ENGLISH},
    ]


def _editing() -> Menu:
    return [
        {"Föreslå en ändring": addresses.PROPOSE},
        {"Förslag och svar": addresses.PROPOSALS},
        {"Tillgänglighet": addresses.ACCESSIBILITY},
    ]
