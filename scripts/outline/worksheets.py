"""What a worksheet tells: what it is for, how it is filled in and what it asks; and the worksheets by phase."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide.addresses import CONTRACT, index_of
from ..guide.guide import Guide
from ..guide.model import Meeting, Phase, Practice, Role, Worksheet
from ..guide.wording import duration
from .blocks import (
    AnyBlock,
    At,
    Bullets,
    Cards,
    Choice,
    Fact,
    Facts,
    Files,
    Filter,
    Form,
    Note,
    Numbered,
    Outline,
    Prose,
    Reference,
    Section,
    Widget,
    links,
    said,
    section,
)
from .parts import LENGTHS, Titles, standing

_T = Titles(Worksheet)
_COMPARED = (
    "Var och en svarar på bladet för ett svar, utan namn. Vardera parten samlar sina svar i en egen Excelfil, och i filen för "
    "båda parters svar klistrar ni in medelvärdena: där räknas skillnaderna ut, och dagordningen ställer den största först."
)


def outline(guide: Guide, s: Worksheet) -> Outline:
    return Outline(s.title, s.summary, tuple(_sections(guide, s)), s.singular.capitalize(), standing(guide, s))


def _sections(guide: Guide, s: Worksheet) -> Iterator[Section]:
    compared = [Prose((_COMPARED,))] if s.comparison else []
    facts = Facts(tuple(_facts(guide, s)))
    here = Widget("on-screen")
    yield from section("", "", Files(s, "blank", "Hämta:"), here, *compared, facts, opening=True)
    yield from section(_T.purpose, "", *said(s.purpose), opening=True)
    yield from section(_T.preparation, "forbered", Bullets(s.preparation))
    yield from section(_T.instructions, "sa-gor-ni", Numbered(s.instructions))
    yield from section("Fyll i på skärmen", "fyll-i", Widget("rate" if s.comparison else "form"))
    yield from section(_T.afterwards, "efterat", *said(s.afterwards))
    yield from section(_T.messages, "texter", *_messages(s))
    yield from section("Bladet", "bladet", Form(s))
    yield from section("Ifyllt exempel", "exempel", *_example(guide, s))


def _facts(guide: Guide, s: Worksheet) -> Iterator[Fact]:
    yield Fact(_T.when, s.when)
    yield Fact(_T.participants, links(guide.pick(Role, s.participants)))
    yield Fact("Tid", duration(s.minutes))
    yield Fact("Arbetssätt", links(guide.referring(s, Practice)))


def _messages(s: Worksheet) -> Iterator[AnyBlock]:
    for message in s.messages:
        yield Facts((Fact(message.title, message.when),))
        yield from said(message.text)


def _example(guide: Guide, s: Worksheet) -> Iterator[AnyBlock]:
    example = guide.example(s)
    if example:
        made_up = f"{guide.settings.example_contract.title} är påhittat, liksom parterna och siffrorna. "
        yield Note((made_up, At("Om exempelavtalet", CONTRACT)), warns=True)
        yield from said(example.note)
        yield Files(s, "filled", "Hämta exemplet:")
        yield Form(s, filled=True)


def index(guide: Guide) -> Outline:
    """The worksheets of each phase, with their files."""
    tomorrow = Prose((("Vilket möte har ni i morgon? Se ", At("mötena och deras blad", index_of(Meeting)), "."),))
    choices = (
        Choice("roll", _T.participants, tuple((role.id, role.title) for role in guide.all(Role))),
        Choice("tid", "Tid", tuple((key, label) for key, label, _ in LENGTHS)),
    )
    sift = Filter(choices, "arbetsblad", "arbetsblad")
    first = section("", "", tomorrow, Widget("prefill"), Files(None, "sheets", button=True), sift, opening=True)
    groups = (
        Section(phase.short, phase.id, (Cards(tuple(map(_card, sheets))),))
        for phase in guide.all(Phase)
        if (sheets := guide.worksheets_of(phase))
    )
    programs = section("Vilken fil till vad, och i vilka program", "program", Bullets(_PROGRAMS))
    return Outline(Worksheet.plural, Worksheet.declared.lead, (*first, *groups, *programs), sifted=Worksheet.path)


# What tests/documents tries is told as tried, and nothing else.
_PROGRAMS = (
    "Ta Word för att skriva, Excel för att räkna och sortera, och PDF för papper. Samma svar får plats i alla tre.",
    "Prövat: varje fil öppnas, fylls i, räknas om och läses tillbaka i LibreOffice, och PDF-formulären fylls i med tre andra program.",
    "Granskat men inte prövat: i Word, Excel och Acrobat. Filerna följer de regler för formaten som programmen läser efter.",
    "Inte prövat: i Google Dokument och Kalkylark, i Pages och Numbers och i telefonens program. Där kan filter, kurvor och länkar "
    "inom arbetsboken fattas.",
)


def _card(s: Worksheet) -> Reference:
    length = next(key for key, _, most in LENGTHS if s.minutes <= most)
    marks = (("roll", " ".join(s.participants)), ("tid", length))
    return Reference(s, s.summary, files="blank", marks=marks)
