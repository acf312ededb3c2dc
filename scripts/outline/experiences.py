"""What an experience tells, those of a practice, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import ContractForm, Experience, Phase, Practice
from ..guide.wording import sentence
from .blocks import AnyBlock, Bullets, Outline, Piece, Prose, Section, To, Widget, said, section
from .parts import Titles, standing

_T = Titles(Experience)
_NONE = "Ingen har ännu berättat hur det gick. Guiden hittar inte på erfarenheter, så den här sidan är tom tills den första har kommit."


def outline(guide: Guide, e: Experience) -> Outline:
    blocks = section("", "", *_blocks(guide, e))
    return Outline(e.title, "", blocks, e.singular.capitalize(), standing(guide, e), anchor=e.id)


def _blocks(guide: Guide, e: Experience) -> Iterator[AnyBlock]:
    about: list[Piece] = [To(guide.get(Practice, e.practice)), f". {_how(e)} Fas: ", To(guide.get(Phase, e.phase))]
    if e.contract_form:
        about += [". Avtalsform: ", To(guide.get(ContractForm, e.contract_form))]
    yield Prose(((*about, "."),))
    yield from said(e.did, f"{_T.did}:")
    yield from said(e.result, f"{_T.result}:")
    yield from said(e.change, f"{_T.change}:")


def _how(e: Experience) -> str:
    """«Gick delvis, i ett litet avtal, 2026. Berättat av utförare.»"""
    teller = "båda parter" if e.side == "båda" else e.side
    return f"{e.outcome.capitalize()}, i ett {e.size} avtal, {e.year}. Berättat av {teller}."


def told_of(guide: Guide, practice: Practice) -> tuple[AnyBlock, ...]:
    """A line for each experience of the practice; nothing where there are none."""
    told = guide.referring(practice, Experience)
    return (Bullets(tuple((To(e), f". {sentence(_how(e))}") for e in told)),) if told else ()


def index(guide: Guide) -> Outline:
    """Every experience; where there are none, that there are none and how to tell the first."""
    told = guide.all(Experience)
    entries = tuple(Section(e.title, e.id, tuple(_blocks(guide, e))) for e in told)
    none = () if told else said(_NONE)
    ask = section("Berätta ni också", "beratta", *none, Widget("experience"))
    return Outline(Experience.plural, Experience.declared.lead, (*entries, *ask))
