"""What the answers of a round come to: a mark for each record, what the parties disagree about, and nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..guide.guide import Guide
from ..guide.network import Count, Party, Review, State
from ..guide.wording import begun
from .questions import Answer, Returned

_LONGEST = 300  # characters of a dissent on a page
_REOPENS = 2  # organisations that must object before what is settled is opened again


@dataclass(frozen=True)
class Voice:
    """One answer and who gave it."""

    side: Party
    year: int
    answer: Answer


@dataclass(frozen=True)
class Collected:
    """``reviews`` are all marks as they become, ``disputed`` what goes on to a meeting with the voices, ``notes`` what to know."""

    reviews: tuple[Review, ...]
    disputed: tuple[tuple[str, tuple[Voice, ...]], ...]
    remarks: tuple[tuple[str, tuple[Voice, ...]], ...]  # that stop nothing
    answered: int
    notes: tuple[str, ...] = field(default=())


def collect(guide: Guide, returned: Iterable[tuple[str, Returned]]) -> Collected:
    """Merge any number of returned files into the marks that are there."""
    notes: list[str] = []
    voices: dict[str, list[Voice]] = {}
    for told in _each_once(returned, notes):
        side: Party = "beställare" if told.set.startswith("b") else "utförare"
        for answer in told.answers:
            if answer.is_empty:
                continue
            if guide.named(answer.record) is None:
                notes.append(f"{told.set}: «{answer.record}» finns inte i guiden längre. Svaret är inte räknat.")
                continue
            voices.setdefault(answer.record, []).append(Voice(side, told.year, answer))
            if answer.stops == "ja" and not answer.say:
                notes.append(
                    f"{told.set}: {answer.record} hindras utan att det står vad som ska ändras. Räknat som en synpunkt."
                )
    before = {review.record: review for review in guide.reviews}
    reviews = dict(before)
    for record, said in voices.items():
        if mark := _mark(record, before.get(record), said, notes):
            reviews[record] = mark
    disputed = [(r, tuple(said)) for r, said in voices.items() if r in reviews and reviews[r].state == "oenigt"]
    remarks = [
        (record, tuple(voice for voice in said if _is_remark(voice.answer)))
        for record, said in voices.items()
        if record not in dict(disputed) and any(_is_remark(voice.answer) for voice in said)
    ]
    order = {
        f"{folder}/{id}": n
        for n, (folder, id) in enumerate((f, i) for f, found in guide.records.items() for i in sorted(found))
    }
    return Collected(
        tuple(sorted(reviews.values(), key=lambda review: order.get(review.record, 0))),
        tuple(sorted(disputed, key=lambda found: order[found[0]])),
        tuple(sorted(remarks, key=lambda found: order[found[0]])),
        sum(map(len, voices.values())),
        tuple(notes),
    )


def _each_once(returned: Iterable[tuple[str, Returned]], notes: list[str]) -> list[Returned]:
    """The same answers sent twice are one reader's; different ones from one set are two readers'."""
    kept: dict[str, str] = {}
    found: list[Returned] = []
    sets: dict[str, str] = {}
    for name, told in returned:
        said = json.dumps(told.model_dump(exclude={"edition"}), sort_keys=True)
        if said in kept:
            notes.append(f"{name}: samma svar som {kept[said]}. Räknat en gång.")
            continue
        if told.set in sets:
            notes.append(
                f"{name}: andra svar än {sets[told.set]} från läsare {told.set}. Båda är räknade, som två läsare."
            )
        kept[said] = sets[told.set] = name
        found.append(told)
    return found


def _mark(record: str, before: Review | None, said: list[Voice], notes: list[str]) -> Review | None:
    """The mark that a record has earned. None where nobody could judge it."""
    read = _added(before.read if before else (), [v for v in said if v.answer.could_judge or v.answer.objects])
    tried = _added(before.tried if before else (), [v for v in said if v.answer.tried == "ja"])
    if not read:
        return None
    objecting = [voice for voice in said if voice.answer.objects]
    settled = before is not None and before.state in ("enigt", "antaget")
    if settled and len(objecting) < _REOPENS:
        if objecting:
            notes.append(f"{record}: en invändning mot det som är avgjort. Två behövs för att ta upp det igen.")
        assert before is not None, "it is settled"
        return before.model_copy(update={"read": read, "tried": tried})
    if objecting:
        contested = _added(before.contested if before else (), objecting)
        dissent = " / ".join(dict.fromkeys(voice.answer.say for voice in objecting))
        return Review(
            record=record,
            state="oenigt",
            read=read,
            tried=tried,
            contested=contested,
            dissent=begun(dissent, _LONGEST),
            decided=None,
            next=None,
        )
    if before and before.state == "oenigt":
        return before.model_copy(update={"read": read, "tried": tried})
    both = {count.side for count in read} == {"beställare", "utförare"}
    state: State = "enigt" if both else "läst"
    return Review(record=record, state=state, read=read, tried=tried, contested=(), dissent=None, decided=None, next=before.next if before else None)  # fmt: skip


def _added(counts: tuple[Count, ...], voices: list[Voice]) -> tuple[Count, ...]:
    found = {(count.year, count.side): count.number for count in counts}
    for voice in voices:
        found[voice.year, voice.side] = found.get((voice.year, voice.side), 0) + 1
    return tuple(Count(side=side, number=number, year=year) for (year, side), number in sorted(found.items()))


def _is_remark(answer: Answer) -> bool:
    return (bool(answer.say) and not answer.objects) or answer.fits == "nej"


# ---------------------------------------------------------------- what is written


def reviews_file(reviews: Iterable[Review]) -> str:
    """``guide_data/reviews.yaml``."""
    lines = ["# Skrivs av `make review-collect`, av de svar som läsarna har skickat in.", "reviews:"]
    for review in reviews:
        lines.append(f"  - record: {review.record}")
        lines.append(f"    state: {review.state}")
        for name in ("read", "tried", "contested"):
            if counts := getattr(review, name):
                told = ", ".join(f"{{side: {c.side}, number: {c.number}, year: {c.year}}}" for c in counts)
                lines.append(f"    {name}: [{told}]")
        if review.dissent:
            lines.append(f"    dissent: {json.dumps(review.dissent, ensure_ascii=False)}")
        lines += [f"    {name}: {day}" for name in ("decided", "next") if (day := getattr(review, name))]
    return "\n".join(lines if len(lines) > 2 else [lines[0], "reviews: []"]) + "\n"


def agenda(guide: Guide, collected: Collected) -> str:
    """What the meeting takes up, with both sides' words, as Markdown."""
    lines = ["# Det som parterna är oense om", ""]
    lines += [
        f"{len(collected.disputed)} poster. {collected.answered} svar är räknade. Allt annat är läst utan hinder eller väntar på läsare.",
        "",
    ]
    for record, voices in collected.disputed:
        lines += [f"## {_title(guide, record)}", "", f"`{record}`", ""]
        for side in ("beställare", "utförare"):
            said = [voice for voice in voices if voice.side == side]
            lines.append(f"**{side.capitalize()}**")
            lines += [f"- {_told(voice.answer)}" for voice in said] or ["- ingen har läst"]
            lines.append("")
    if collected.remarks:
        lines += ["# Synpunkter som inte hindrar", ""]
        lines += [
            f"- {_title(guide, record)}: {'; '.join(f'{v.side}: {_told(v.answer)}' for v in voices)}"
            for record, voices in collected.remarks
        ]
        lines.append("")
    return "\n".join(lines)


def _title(guide: Guide, record: str) -> str:
    found = guide.named(record)
    return found.title if found else record


def _told(answer: Answer) -> str:
    fits = f"stämmer: {answer.fits or 'inget svar'}"
    tried = ", prövat" if answer.tried == "ja" else ""
    stops = ", hindrar" if answer.objects else ""
    return f"{fits}{tried}{stops}{f'. {answer.say}' if answer.say else ''}"
