"""Each kind of record as it stands on paper: the same things in the same order as on its page of the site.

An entry is what ``templates/blocks.typ`` sets: a title with its facts, its sections and its ``about`` line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..files.paper import short_address
from ..files.typeset import Exact
from ..guide.guide import texts
from ..guide.model import (
    Challenge,
    FocusArea,
    Indicator,
    Phase,
    Practice,
    Principle,
    Record,
    Role,
    Source,
    Step,
    SuccessFactor,
    Term,
    Worksheet,
    Workshop,
)
from ..guide.wording import BASIS, STATUS, duration, listed, long_date, sentence
from .writer import Line, Writer, address, key, section, table

Entry = dict[str, Any]
_SMALL = {"gör": "gör det", "förenkla": "förenkla", "avstå": "låt vänta"}
_LONG = 1500  # characters
_LEVEL = {"grund": "Grund: börja här", "fördjupning": "Fördjupning: när grunden finns"}
_PARTY = {"beställare": "Beställaren", "utförare": "Utföraren", "båda": "Båda parter"}


def entry(w: Writer, record: Record) -> Entry:
    """The record as an entry of its own."""
    return _ENTRIES[type(record)](w, record)


def of(
    w: Writer,
    record: Record,
    sections: Iterable[dict[str, Any]],
    facts: Iterable[tuple[str, Line]] = (),
    kind: str = "",
    form: str = "flow",
) -> Entry:
    """What every entry has. ``form`` is page (begins a new one), flow, or row (the title beside the text)."""
    return {
        "key": key(record),
        "form": form,
        "kind": kind or record.singular.capitalize(),
        "title": record.title,
        "lead": w.line(getattr(record, "summary", "")),
        "facts": [{"label": label, "line": line} for label, line in facts],
        "sections": [part for part in sections if part["blocks"]],
        "about": _about(w, record),
    }


def _about(w: Writer, record: Record) -> list[Line]:
    """What the record rests on, how far the network has come with it, and where it is on the site."""
    stands: Line = [f"{BASIS[record.basis]} {STATUS[record.status]}"]
    if record.reviewed:
        stands = [f"{BASIS[record.basis]} {record.status.capitalize()} av nätverket {long_date(record.reviewed)}."]
    sources: Line = []
    for source in w.guide.cited(record):
        sources += [", " if sources else "Källor: ", w.link(source, source.label)]
    place = address(w.guide, record)
    there: Line = [{"text": Exact(short_address(place)), "url": place}]
    return [stands, *([[*sources, "."]] if sources else []), there]


# ---------------------------------------------------------------- what gets in the way, what to do, how to measure


def _practice(w: Writer, p: Practice) -> Entry:
    guide = w.guide
    facts: list[tuple[str, Line]] = [
        ("När", w.line(p.when)),
        ("Tidsåtgång", w.line(p.effort)),
        ("Tar initiativet", [w.link(guide.get(Role, p.caller)), " ringer ", w.link(guide.get(Role, p.called))]),
        ("Deltar", w.links(guide.pick(Role, p.participants))),
        ("Fas", _phases(w, p.phases)),
        ("Fokusområde", w.links(guide.pick(FocusArea, (p.focus_area,)))),
    ]
    sheets = guide.pick(Worksheet, p.worksheets)
    challenges = guide.referring(p, Challenge)
    sections = (
        section("Varför", w.prose(p.why)),
        section("Så gör ni", {"block": "steps", "steps": [_step(w, p, step) for step in p.steps]}),
        section("Dagordning", *([_agenda(p)] if p.minutes else [])),
        section(
            "Efteråt",
            w.prose(p.afterwards, "Det här finns efteråt:"),
            w.prose(p.done_when, "Klart när:"),
            w.prose(p.works_when, "Det fungerar när:"),
        ),
        section("Arbetsblad", *([w.references(*((s, s.summary, "") for s in sheets))] if sheets else [])),
        section("Fallgropar", w.bullets(p.pitfalls)),
        section("Om den andra parten inte vill", w.prose(p.if_refused)),
        section(
            "Litet avtal, stort avtal",
            w.prose(p.small_contract.how, f"Litet avtal: {_SMALL[p.small_contract.choice]}."),
            w.prose(p.large_contract, "Stort eller riskfyllt avtal."),
        ),
        section("Avtalsform", w.prose(p.procurement_note)),
        section(
            "Hör ihop med",
            *([w.named("Utmaningar:", challenges)] if challenges else []),
            w.named("Principer:", guide.pick(Principle, p.principles)),
            w.named("Framgångsfaktorer:", guide.pick(SuccessFactor, p.success_factors)),
            *([w.named("Indikatorer:", guide.pick(Indicator, p.indicators))] if p.indicators else []),
        ),
    )
    return of(w, p, sections, facts, f"{p.singular.capitalize()} · {_LEVEL[p.level]}", "page")


def _step(w: Writer, practice: Practice, step: Step) -> dict[str, Any]:
    """Who does it and, when it is done at a meeting, at which and for how long."""
    meeting = step.meeting if len(practice.meetings) > 1 else ""
    where = [meeting or "på mötet", duration(step.minutes)] if step.minutes else []
    return {"who": ", ".join([step.who.capitalize(), *where]), "do": w.line(step.do), "result": w.line(step.result)}


def _agenda(practice: Practice) -> dict[str, Any]:
    """Which steps each meeting takes, and the minutes added up."""
    columns = (("Möte", 4), ("Steg", 3), ("Minuter", 4))
    return table(columns, (_meeting(practice, *found) for found in practice.meetings.items()))


def _meeting(practice: Practice, name: str, steps: tuple[Step, ...]) -> list[Line]:
    numbers = [str(n) for n, step in enumerate(practice.steps, 1) if any(step is other for other in steps)]
    minutes = [step.minutes or 0 for step in steps]
    worked = f"{' + '.join(map(str, minutes))} = {sum(minutes)}" if len(minutes) > 1 else str(sum(minutes))
    return [[name], [listed(tuple(numbers))], [worked]]


def _challenge(w: Writer, c: Challenge) -> Entry:
    answers = ((w.guide.get(Practice, a.practice), a.how, "") for a in c.practices)
    sections = (
        section("Så märks det", w.sides(("Hos beställaren", [c.client_sees]), ("Hos utföraren", [c.operator_sees]))),
        section("Vad som händer", w.prose(c.text)),
        section("Gör det här först", w.prose(c.first_step)),
        section("Arbetssätt som hjälper", w.references(*answers)),
    )
    return of(w, c, sections, [("Brukar visa sig i", _phases(w, c.phases))])


def _indicator(w: Writer, i: Indicator) -> Entry:
    guide = w.guide
    facts: list[tuple[str, Line]] = [
        ("Så räknar ni", w.line(i.formula)),
        ("Enhet", w.line(i.unit)),
        *([("Räkneexempel", w.line(i.calculation))] if i.calculation else []),
        ("Datakälla", w.line(i.data_source)),
        ("Ägare", w.links(guide.pick(Role, (i.owner,)))),
        ("Hur ofta", w.line(i.frequency)),
        ("Faser", _phases(w, i.phases)),
        ("Fokusområde", w.links(guide.pick(FocusArea, (i.focus_area,)))),
    ]
    users = guide.referring(i, Practice)
    sections = (
        section("Definition", w.prose(i.definition)),
        section("Så misstolkas måttet", w.prose(i.misread)),
        section("Så styr måttet fel", w.prose(i.missteers)),
        section("Följs upp i", *_listed(w, users)),
    )
    return of(w, i, sections, facts)


# ---------------------------------------------------------------- worksheets


def _worksheet(w: Writer, s: Worksheet) -> Entry:
    """What the sheet is for and where it is. How it is filled in stands on the sheet itself."""
    guide = w.guide
    page = address(guide, s)
    facts: list[tuple[str, Line]] = [
        ("Använd det", w.line(s.when)),
        ("Tid", [duration(s.minutes)]),
        ("Fylls i av", w.links(guide.pick(Role, s.participants))),
        ("Arbetssätt", w.links(guide.referring(s, Practice))),
    ]
    sections = (
        section("Syfte", w.prose(s.purpose)),
        section("Hämta bladet", _download(page)),
    )
    return of(w, s, sections, facts)


def _download(page: Exact) -> dict[str, Any]:
    line: Line = ["Bladet finns att hämta på ", {"text": Exact(short_address(page)), "url": page}, "."]
    return {"block": "prose", "label": "", "lines": [line]}


# ---------------------------------------------------------------- what the guide rests on


def _principle(w: Writer, p: Principle) -> Entry:
    guide = w.guide
    rows: list[list[Line]] = [
        [[s.text], [s.answer], [w.link(guide.get(Phase, s.gate), guide.get(Phase, s.gate).short)]] for s in p.statements
    ]
    sections = (
        section("Vad principen betyder", w.prose(p.text)),
        section("Så märks principen", w.sides(("Hos beställaren", p.client), ("Hos utföraren", p.operator))),
        section("När det skaver", w.prose(p.tension)),
        section("Påståenden att pröva", table((("Påstående", 8), ("Svar", 2), ("Stäms av i", 4)), rows)),
        section("Framgångsfaktorer", *_listed(w, guide.pick(SuccessFactor, p.success_factors))),
        section("Arbetssätt", *_listed(w, guide.referring(p, Practice))),
    )
    return of(w, p, sections)


def _factor(w: Writer, f: SuccessFactor) -> Entry:
    sections = (
        section("I ett partnerskap", w.prose(f.text)),
        section("Frågor till er båda", w.bullets(f.questions)),
        section("Principer", *_listed(w, w.guide.referring(f, Principle))),
        section("Arbetssätt", *_listed(w, w.guide.referring(f, Practice))),
    )
    return of(w, f, sections)


def _area(w: Writer, a: FocusArea) -> Entry:
    guide = w.guide
    sections = (
        section("Om fokusområdet", w.prose(a.text)),
        section("I workshopparna", *_listed(w, guide.pick(Workshop, a.workshops))),
        section("Arbetssätt", *_listed(w, guide.referring(a, Practice))),
        section("Indikatorer", *_listed(w, guide.referring(a, Indicator))),
    )
    return of(w, a, sections)


def _role(w: Writer, r: Role) -> Entry:
    guide = w.guide
    started = [p for p in guide.all(Practice) if p.caller == r.id]
    joined = [p for p in guide.all(Practice) if p.caller != r.id and r.id in p.participants]
    owned = [i for i in guide.all(Indicator) if i.owner == r.id]
    sheets = [s for s in guide.all(Worksheet) if r.id in s.participants]
    sections = (
        section("Rollen i partnerskapet", w.prose(r.text)),
        section("Du bidrar med", w.bullets(r.brings)),
        section("Du behöver av den andra parten", w.bullets(r.needs)),
        section("Du tar initiativet till", *_listed(w, started)),
        section("Du deltar i", *_listed(w, joined)),
        section("Du tar fram", *_listed(w, owned)),
        section("Du fyller i", *_listed(w, sheets)),
    )
    return of(w, r, sections, kind=f"Roll · {_PARTY[r.side]}")


def _phases(w: Writer, ids: tuple[str, ...]) -> Line:
    """The phases by their short names."""
    line: Line = []
    for phase in w.guide.pick(Phase, ids):
        line += [", ", w.link(phase, phase.short)] if line else [w.link(phase, phase.short)]
    return line


def _listed(w: Writer, records: Iterable[Record]) -> list[dict[str, Any]]:
    """The records by title in one paragraph; nothing where there are none."""
    line = w.links(records)
    return [{"block": "prose", "label": "", "lines": [line]}] if line else []


# ---------------------------------------------------------------- workshops, words and sources: a row each


def _workshop(w: Writer, s: Workshop) -> Entry:
    blocks = [w.prose(s.text, sentence(s.when.capitalize()))]
    areas = w.guide.referring(s, FocusArea)
    if areas:
        blocks.append(w.named("Fokusområde:", areas))
    return _row(w, s, s.title, blocks)


def _term(w: Writer, t: Term) -> Entry:
    blocks = [w.prose(t.definition)]
    if t.differs:
        blocks.append(w.prose(t.differs, "Fråga er fram:"))
    if t.see_also:
        blocks.append(w.named("Se även", w.guide.pick(Term, t.see_also)))
    return {**_row(w, t, t.title, blocks), "about": [[f"{BASIS[t.basis]} {STATUS[t.status]}"]]}


def _source(w: Writer, s: Source) -> Entry:
    accessed = f" Läst {long_date(s.accessed)}." if s.accessed else ""
    title: Line = [{"text": s.title, "url": Exact(s.url)}] if s.url else [s.title]
    line: Line = [*title, f", {s.publisher}{', ' + s.year if s.year else ''}.{accessed}"]
    blocks: list[dict[str, Any]] = [{"block": "prose", "label": "", "lines": [line]}]
    if s.url:
        blocks.append({"block": "web", "url": Exact(s.url)})
    blocks.append(w.prose(s.says))
    users = [record for record in w.guide.citing(s) if key(record) in w.inside]
    if users:
        blocks.append(w.named("Används i", users))
    return {**_row(w, s, s.label, blocks), "about": []}


def _row(w: Writer, record: Record, title: str, blocks: list[dict[str, Any]]) -> Entry:
    """``long`` is a row that may be broken between pages; a short one is kept whole."""
    said = sum(len(text) for text, _ in texts(record))
    return {**of(w, record, [section("", *blocks)], form="row"), "title": title, "long": said > _LONG}


_ENTRIES: Mapping[type[Record], Callable[[Writer, Any], Entry]] = {
    Practice: _practice,
    Challenge: _challenge,
    Indicator: _indicator,
    Worksheet: _worksheet,
    Principle: _principle,
    SuccessFactor: _factor,
    FocusArea: _area,
    Role: _role,
    Workshop: _workshop,
    Term: _term,
    Source: _source,
}
