"""What a role tells, and the roles by party."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.guide import Guide
from ..guide.model import Indicator, Practice, Role, Worksheet
from ..guide.parties import PARTIES
from .blocks import Bullets, Outline, Prose, Section, cards, links, said, section
from .parts import Titles, standing

_T = Titles(Role)
_PARTY = {party.side: party.name.lower() for party in PARTIES} | {"båda": "båda parter"}
_GROUPS = (("beställare", "Hos beställaren"), ("utförare", "Hos utföraren"), ("båda", "Gemensamma roller"))


def outline(guide: Guide, r: Role) -> Outline:
    return Outline(r.title, r.summary, tuple(_sections(guide, r)), "Roll", standing(guide, r))


def _sections(guide: Guide, r: Role) -> Iterator[Section]:
    yield from section("", "", Prose((_PARTY[r.side],), f"{_T.side}:"), opening=True)
    yield from section("", "", *said(", ".join(r.synonyms), f"{_T.synonyms}:"), opening=True)
    yield from section(_T.text, "", *said(r.text), opening=True)
    yield from section(_T.brings, "bidrar", Bullets(r.brings))
    yield from section(_T.needs, "behover", Bullets(r.needs))
    started = [p for p in guide.all(Practice) if p.caller == r.id]
    joined = [p for p in guide.all(Practice) if p.caller != r.id and r.id in p.participants]
    yield from section("Du tar initiativet till", "initiativ", *cards(started))
    yield from section("Du deltar i", "deltar", *cards(joined))
    yield from section("Du tar fram", "matt", *cards(i for i in guide.all(Indicator) if i.owner == r.id))
    sheets = links(s for s in guide.all(Worksheet) if r.id in s.participants)
    yield from section("Du fyller i", "arbetsblad", *([Prose((sheets,))] if sheets else []))


def index(guide: Guide) -> Outline:
    """The roles of each party, and those that both have."""
    roles = guide.all(Role)
    groups = (section(title, "", *cards(r for r in roles if r.side == side)) for side, title in _GROUPS)
    return Outline(Role.plural, Role.declared.lead, tuple(one for group in groups for one in group))
