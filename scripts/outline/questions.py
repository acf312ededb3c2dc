"""What a question tells: the answer, and where to go on; and the questions by subject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ..guide.guide import Guide
from ..guide.model import Question, Role, Subject
from .blocks import Choice, Filter, Outline, Prose, Reference, References, Section, cards, named, said, section
from .parts import Titles, standing

_T = Titles(Question)


def outline(guide: Guide, q: Question) -> Outline:
    return Outline(q.title, "", tuple(_sections(guide, q)), q.singular.capitalize(), standing(guide, q))


def _sections(guide: Guide, q: Question) -> Iterator[Section]:
    yield from section("", "", *said(q.answer), opening=True)
    onward = [guide.records[folder][id] for folder, ids in q.onward for id in ids]
    yield from section("Gå vidare", "ga-vidare", *cards(onward, brief=False))
    yield from section("Om frågan", "om-fragan", *_about(guide, q))


def _about(guide: Guide, q: Question) -> Iterator[Prose]:
    yield from named(f"{_T.asked_by}:", guide.pick(Role, q.asked_by))
    yield from said(" · ".join(q.synonyms), f"{_T.synonyms}:")
    yield from said(q.subject, f"{_T.subject}:")


def index(guide: Guide) -> Outline:
    """The questions under their subjects: a reader knows what the question is about, but not who else asks it."""
    asked = guide.all(Question)
    names = {subject: f"amne-{number}" for number, subject in enumerate(get_args(Subject), 1)}
    choices = (
        Choice("amne", _T.subject, tuple((name, subject) for subject, name in names.items())),
        Choice(
            "roll",
            _T.asked_by,
            tuple((r.id, r.title) for r in guide.all(Role) if any(r.id in q.asked_by for q in asked)),
        ),
    )
    groups = (
        Section(subject, name, (References(tuple(_entry(q, name) for q in asked if q.subject == subject)),))
        for subject, name in names.items()
        if any(q.subject == subject for q in asked)
    )
    first = section("", "", Filter(choices, "fråga", "frågor"), opening=True)
    return Outline(Question.plural, Question.declared.lead, (*first, *groups), sifted=Question.path)


def _entry(q: Question, subject: str) -> Reference:
    return Reference(q, marks=(("amne", subject), ("roll", " ".join(q.asked_by))))
