"""Rules across records. Each check is small, yields problems and prints nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .check_network import named_by_the_network
from .check_time import TIME_RULES
from .check_worksheets import WORKSHEET_RULES, Found
from .document import Document
from .guide import CITATION, Guide, references, texts
from .load import Loaded, load
from .model import (
    RECORD_TYPES,
    Example,
    Experience,
    Meeting,
    Phase,
    Practice,
    Principle,
    Question,
    Record,
    Role,
    Settings,
    Source,
    Term,
    Worksheet,
)
from .problems import GuideError, Problem, did_you_mean, listed
from .written import unknown_references

_MEETING = re.compile(r"möte[tns]*a?s?$")
_NAMED_MEETING = re.compile(r"\b\w+möte(?:t|n|na)?s?\b", re.IGNORECASE)
# Meetings of any kind, and those that sources write about.
_ANY_MEETING = {"arbetsmöte", "depåmöte", "kvartalsmöte", "uppstartsmöte", "överlämningsmöte"}
ANSWER_WORDS = 80  # that a question is answered in
_LAST = 9999  # the highest place in a list


@dataclass(frozen=True)
class Checked:
    """A guide that may be built, and the documents it was read from."""

    guide: Guide
    documents: dict[tuple[str, str], Document]


def read(root: Path) -> Checked:
    """Load and check ``root/guide_data``. Raises :class:`GuideError` with every problem, sorted by file and line."""
    loaded = load(root)
    problems = list(loaded.problems)
    kinds = {kind.folder: kind for kind in RECORD_TYPES}
    for (folder, _), document in (*loaded.documents.items(), *loaded.rejected.items()):
        problems += unknown_references(kinds[folder], document, loaded.present)
    if settings := loaded.alone.get("guide.yaml"):
        problems += unknown_references(Settings, settings, loaded.present)
    if loaded.settings is None:  # and so a problem: what the rules ask of a whole guide cannot be asked
        raise GuideError(problems)
    problems += named_by_the_network(loaded)
    guide = Guide(
        loaded.settings,
        loaded.records,
        loaded.reviews.reviews,
        tuple(sorted(loaded.proposals, key=lambda one: (one.date, one.number))),
        loaded.moves.moved,
        loaded.round,
        tuple(sorted(loaded.editions, key=lambda edition: edition.date)),
    )
    unsure = _unsure(loaded)
    for rule in RULES:
        sure = (found for found in rule(guide) if (found[0].folder, found[0].id) not in unsure)
        problems += _problems(sure, loaded.documents)
    if not problems:  # what nobody refers to can only be told once everything else is right
        for rule in WHOLE:
            problems += _problems(rule(guide), loaded.documents)
    if problems:
        raise GuideError(problems)
    return Checked(guide, loaded.documents)


def _unsure(loaded: Loaded) -> set[tuple[str, str]]:
    """Records that lean on one that could not be read: what a rule finds wrong with them may be wrong with that one."""
    unread = {(folder, id) for folder, ids in loaded.present.items() for id in ids - loaded.records[folder].keys()}
    leaning = {
        (record.folder, record.id)
        for found in loaded.records.values()
        for record in found.values()
        if any((folder, id) in unread for folder, id, _ in references(record))
    }
    # An example leans on the worksheet of its name.
    return leaning | {(Example.folder, id) for folder, id in unread | leaning if folder == Worksheet.folder}


def _problems(found: Found, documents: dict[tuple[str, str], Document]) -> Iterator[Problem]:
    for record, path, message in found:
        document = documents[record.folder, record.id]
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        yield Problem(document.file, document.line(path), f"{name}: {message}" if name else message)


# ---------------------------------------------------------------- rules

_MOST_GROUND = 12  # practices to begin with, over the whole contract


def orphans(guide: Guide) -> Found:
    """Every record is reached from somewhere: a worksheet is used, a source cited, a term found in a text."""
    used = {(link.to_folder, link.to_id) for link in guide.links}
    for kind in RECORD_TYPES:
        for record in guide.all(kind) if kind.declared.orphan else ():
            if (record.folder, record.id) not in used:
                yield record, (), f"«{record.id}» är föräldralös: {kind.declared.orphan}"
    for phase in guide.all(Phase):
        if not guide.in_phase(phase, Practice):
            yield phase, (), f"fasen «{phase.id}» har inget arbetssätt. Lägg dess id under phases i ett arbetssätt."


def unused_terms(guide: Guide) -> Found:
    """A term stands in some text other than its own, or another term points to it."""
    pointed = {link.to_id for link in guide.links if link.to_folder == Term.folder}
    for term in guide.all(Term):
        forms = [form.casefold() for form in (term.title, *term.forms)]
        others = (text for record in _all(guide) if record is not term for text, _ in texts(record))
        if term.id not in pointed and not any(form in text.casefold() for text in others for form in forms):
            message = "begreppet används inte i någon text. Lägg till böjningar under forms, eller ta bort begreppet."
            yield term, ("title",), message


def both_parties_act(guide: Guide) -> Found:
    """A practice that asks something of one party only is a demand, not a practice."""
    for practice in guide.all(Practice):
        sides = {step.who for step in practice.steps}
        if "båda" not in sides and len(sides) < 2:
            message = "bara den ena parten gör något. Lägg till ett steg där den andra parten eller båda arbetar."
            yield practice, ("steps",), message
        present = {role.side for role in guide.pick(Role, practice.participants)}
        for side in ("beställare", "utförare"):
            if side not in present:
                yield practice, ("participants",), f"Deltar: ingen roll från {side} deltar. Lägg till en."
        talking = [role.side for role in guide.pick(Role, (practice.caller, practice.called))]
        if talking in (["beställare"] * 2, ["utförare"] * 2):
            message = f"Får samtalet: «{practice.called}» och «{practice.caller}» hör till samma part. Välj en roll hos den andra parten."
            yield practice, ("called",), message


def unique_statement_ids(guide: Guide) -> Found:
    """The id of a statement stands once in the whole guide: old answers are matched on it."""
    statements = [(p, i, s.id) for p in guide.all(Principle) for i, s in enumerate(p.statements)]
    seen: dict[str, str] = {}
    for principle, index, id in statements:
        if id in seen:
            yield (
                principle,
                ("statements", index, "id"),
                f"påståendet «{id}» finns redan i principen «{seen[id]}». Ge det ett nytt id.",
            )
        seen.setdefault(id, principle.id)


def few_are_ground(guide: Guide) -> Found:
    """What to begin with is little enough to begin with: at most twelve practices."""
    ground = [practice for practice in guide.all(Practice) if practice.level == "grund"]
    named = ", ".join(practice.id for practice in ground)
    for practice in ground[_MOST_GROUND:]:
        said = f"guiden har {len(ground)} arbetssätt på nivån grund, och högst {_MOST_GROUND} får vara det."
        yield practice, ("level",), f"{said} Skriv fördjupning i det som du ändrade, eller i ett av de andra: {named}."


def first_are_the_phases_own(guide: Guide) -> Found:
    for phase in guide.all(Phase):
        own = [practice.id for practice in guide.in_phase(phase, Practice)]
        for number, first in enumerate(phase.first):
            if own and first.practice not in own and first.practice in guide.records[Practice.folder]:
                said = f"arbetssättet «{first.practice}» hör inte till fasen. Fasens är {listed(own)}."
                yield phase, ("first", number, "practice"), said + did_you_mean(first.practice, own)


def unique_order(guide: Guide) -> Found:
    """Records that are shown in a given order have one place each."""
    # Practices are in order within their phase.
    for kind in (kind for kind in RECORD_TYPES if "order" in kind.model_fields and kind is not Practice):
        seen: dict[int, str] = {}
        for record in guide.all(kind):
            order: int = getattr(record, "order")  # noqa: B009 – each of these kinds has one
            if order in seen:
                yield record, ("order",), f"Ordning: {order} används redan av «{seen[order]}». Välj ett annat tal."
            seen.setdefault(order, record.id)


def orders_are_places(guide: Guide) -> Found:
    """A place in a list is a small number; a large one is a slip of the finger, or meant to be last for ever."""
    for record in _all(guide):
        order: int = getattr(record, "order", 0)
        if order > _LAST:
            yield record, ("order",), f"Ordning: «{order}» är för stort. Högst {_LAST}."


def sourced(guide: Guide) -> Found:
    """What is said to rest on a source, or on SIQ, names it."""
    for record in _all(guide):
        if record.basis in ("siq", "källa") and not isinstance(record, Source) and not guide.cited(record):
            message = f"Grund: posten säger «{record.basis}» men anger ingen källa. Lägg till sources, eller skriv basis: förslag."
            yield record, ("basis",), message


def told_by_those_who_did_it(guide: Guide) -> Found:
    """An experience rests on itself, and nothing else rests on experience alone."""
    for record in _all(guide):
        if isinstance(record, Experience) != (record.basis == "erfarenhet"):
            right = "erfarenhet" if isinstance(record, Experience) else "förslag"
            yield record, ("basis",), f"Grund: «{record.basis}» går inte här. Skriv basis: {right}."


def titles_cite_nothing(guide: Guide) -> Found:
    """A title stands in menus, links and files' names, where nothing can lead on to a source."""
    for record in _all(guide):
        if cited := CITATION.search(record.title):
            yield record, ("title",), f"Rubrik: hänvisningen {cited[0]} går inte i en rubrik. Sätt den efter en mening."


def questions_are_answered(guide: Guide) -> Found:
    """A question is a question, is answered at once, and leads on."""
    for question in guide.all(Question):
        if not question.title.endswith("?"):
            yield (
                question,
                ("title",),
                f"Rubrik: en fråga slutar med frågetecken. Skriv «{question.title.rstrip('.')}?».",
            )
        words = len(CITATION.sub("", question.answer).split())
        if words > ANSWER_WORDS:
            message = f"Svar: {words} ord är för långt, högst {ANSWER_WORDS} får plats. Flytta resten till det som frågan leder till."
            yield question, ("answer",), message
        if not question.onward:
            folders = "practices, worksheets, challenges, indicators, laws, terms eller phases"
            yield question, (), f"frågan leder ingenstans. Lägg minst ett id under {folders}."


def meetings_are_known(guide: Guide) -> Found:
    """A meeting that a text names is one of the guide's, or a meeting of a practice: the guide has one name for each."""
    if not guide.all(Meeting):
        return
    named = [name for meeting in guide.all(Meeting) for name in (meeting.title, *meeting.synonyms)]
    own = [step.meeting for practice in guide.all(Practice) for step in practice.steps if step.meeting]
    known = {_MEETING.sub("möte", name.casefold()) for name in (*named, *own)} | _ANY_MEETING
    for record in _all(guide):
        for text, path in () if isinstance(record, Source) else texts(record):
            if path[0] == "synonyms":
                continue
            for found in _NAMED_MEETING.finditer(text):
                word = _MEETING.sub("möte", found[0].casefold())
                if word not in known:
                    message = f"«{found[0]}» är inget av guidens möten, och inget möte i ett arbetssätt.{did_you_mean(word, known)}"
                    yield record, path, message


def labels_differ(guide: Guide) -> Found:
    """Two sources with the same short label cannot be told apart in a text."""
    seen: dict[str, str] = {}
    for source in guide.all(Source):
        if source.label in seen:
            yield (
                source,
                ("label",),
                f"Kort hänvisning: «{source.label}» används redan av «{seen[source.label]}». Välj en annan.",
            )
        seen.setdefault(source.label, source.id)


RULES: tuple[Callable[[Guide], Found], ...] = (
    both_parties_act, few_are_ground, first_are_the_phases_own, unique_statement_ids, *WORKSHEET_RULES, *TIME_RULES, unique_order, sourced,
    labels_differ, orders_are_places, titles_cite_nothing, told_by_those_who_did_it, questions_are_answered, meetings_are_known,
)  # fmt: skip
WHOLE: tuple[Callable[[Guide], Found], ...] = (orphans, unused_terms)


# ---------------------------------------------------------------- reading records


def _all(guide: Guide) -> Iterator[Record]:
    for records in guide.records.values():
        yield from records.values()
