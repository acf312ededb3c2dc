"""What a guide is: typed, immutable records.

Every field carries its Swedish label (``title``) and help text (``description``). They are the single source for the
checker's messages, the JSON Schema that gives contributors completion, and the labels on pages.

A reference is stored on one side only, the side a contributor edits, as ``Annotated[str, Ref("folder")]``.
The other direction is derived in :mod:`scripts.guide.guide`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Side = Literal["beställare", "utförare", "båda"]
Basis = Literal["siq", "källa", "förslag", "erfarenhet"]
Size = Literal["litet", "medelstort", "stort"]
Went = Literal["gick", "gick delvis", "gick inte"]
Subject = Literal[
    "Avtalet och lagen", "Pengar och viten", "Möten och beslut", "Siffror och data", "Människorna i trafiken",
    "Resenärerna", "Små avtal, tåg och annan trafik", "Guiden och bladen",
]  # fmt: skip
Ground = Literal[
    "mindre värde", "klausul", "kompletterande beställning", "oförutsebart", "byte av leverantör", "inte väsentlig"
]  # fmt: skip
Allowed = Literal["ja", "nej", "oklart"]
Funding = Literal["gratis", "betalar sig", "gemensam pott", "option"]
Status = Literal["utkast", "granskad", "antagen"]
Level = Literal["grund", "fördjupning"]
Answer = Literal["ja/nej", "1–5"]
SmallContract = Literal["gör", "förenkla", "avstå"]
Event = Literal["signering", "trafikstart", "första årsskiftet", "halvtid", "optionsbesked", "avtalsslut"]

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
ONE_LINE = r"^[^\n]*$"
Short = Annotated[str, StringConstraints(min_length=1, pattern=ONE_LINE)]  # the field says how long it may be
Line = Annotated[Short, StringConstraints(max_length=300)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=12_000)]
_NOT_IN_LINKS = r"\s()<>\[\]\"'\\^`{|}"
_HOST = (
    rf"^https?://[^{_NOT_IN_LINKS}/?#@:]+(:[0-9]{{1,5}})?"  # no one's name and @, which make one host look like another
)
ADDRESS = rf"{_HOST}([/?#][^{_NOT_IN_LINKS}]*)?$"
FOLDER = rf"{_HOST}(/[^{_NOT_IN_LINKS}?#]*)?/$"
Url = Annotated[str, StringConstraints(pattern=ADDRESS, max_length=500)]
Folder = Annotated[str, StringConstraints(pattern=FOLDER, max_length=500)]


@dataclass(frozen=True)
class Ref:
    """Marks a string as the id of a record in ``folder``; read by the checker and by the schema."""

    folder: str

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {**handler(core_schema), "x-folder": self.folder}


@dataclass(frozen=True)
class Way:
    """The question on the home page that leads to a kind, and what the reader finds there."""

    place: int  # among the ways, lowest first
    question: str
    text: str


@dataclass(frozen=True)
class Kind:
    """Where a kind of record is kept and where it is shown. Menu, home page, book and CONTRIBUTING.md follow from it."""

    folder: str  # in guide_data/, English
    path: str  # first part of the pages' addresses, Swedish
    singular: str
    plural: str
    lead: str  # opens its index page, and its chapter in the book
    page: Literal["own", "shared", "other"] = "own"  # a page each, all on the index page, or on another record's page
    menu: int = 0  # place in the menu, lowest first; from 100 under «Mer», 0 for none
    chapter: int = 0  # place among the book's chapters, lowest first; 0 for none of its own
    way: Way | None = None
    edited: str = ""  # what a contributor calls one, in CONTRIBUTING.md
    orphan: str = ""  # what to do about a record that nothing refers to; empty where that is as it should be


class Part(BaseModel):
    """A piece of a record. Unknown fields are errors; values never change after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=False)


class Record(Part):
    """What every record has. ``id`` is the file's name and the page's address; it is not written in the file."""

    declared: ClassVar[Kind]
    folder: ClassVar[str]  # these four are the declaration's
    path: ClassVar[str]
    singular: ClassVar[str]
    plural: ClassVar[str]

    id: Id = Field(title="Id", description="Filens namn utan .yaml.")
    title: Short = Field(title="Rubrik", description="Det läsaren ser som rubrik. Högst 80 tecken.", max_length=80)
    basis: Basis = Field(
        title="Grund",
        description="siq: står i SIQ:s publicerade texter. källa: bygger på en angiven källa. "
        "förslag: redaktionens förslag som nätverket ska pröva. erfarenhet: en medlems egen, bara i erfarenheter.",
    )
    status: Status = Field(title="Status", description="utkast, granskad eller antagen av nätverket.")
    reviewed: datetime.date | None = Field(
        None, title="Senast granskad", description="Datum då nätverket senast granskade posten, ÅÅÅÅ-MM-DD."
    )
    sources: tuple[Annotated[str, Ref("sources")], ...] = Field(
        (),
        title="Källor",
        description="Id för källor som hela posten bygger på. En källa för en enskild "
        "mening anges i stället i texten som [[källans-id]].",
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        kind = cls.declared
        cls.folder, cls.path, cls.singular, cls.plural = kind.folder, kind.path, kind.singular, kind.plural

    @model_validator(mode="after")
    def _reviewed_goes_with_status(self) -> Self:
        if (self.status == "utkast") != (self.reviewed is None):
            raise ValueError("Senast granskad (reviewed) anges när status är granskad eller antagen, och bara då")
        return self


# ---------------------------------------------------------------- phases, principles, background


class Responsibilities(Part):
    client: tuple[Line, ...] = Field(title="Beställaren", description="Vad beställaren svarar för.", min_length=1)
    operator: tuple[Line, ...] = Field(title="Utföraren", description="Vad utföraren svarar för.", min_length=1)
    both: tuple[Line, ...] = Field(title="Tillsammans", description="Vad parterna svarar för ihop.", min_length=1)


class Moment(Part):
    """A day in any contract, counted from an event in it."""

    counted_from: Event = Field(
        title="Räknas från",
        description="signering, trafikstart, första årsskiftet (efter trafikstarten), halvtid (halva avtalstiden, dock "
        "senast två år före optionsbeskedet), optionsbesked (sista dagen, en gång per option) eller avtalsslut (sista "
        "trafikdagen).",
    )
    months: int = Field(0, title="Månader", description="Månader efter händelsen; minus för före.", ge=-240, le=240)
    weeks: int = Field(0, title="Veckor", description="Veckor efter det; minus för före.", ge=-100, le=100)


class First(Part):
    practice: Annotated[str, Ref("practices")] = Field(title="Arbetssätt", description="Id för arbetssättet.")
    why: Line = Field(title="Varför först", description="Varför det kommer före de andra, i en mening.")


class Phase(Record):
    declared = Kind(
        "phases", "faser", "fas", "Faser",
        "Var i avtalet är ni? Varje fas säger vad den är till för, vad ni gör i den och när ni kan gå vidare.",
        menu=1, chapter=1, edited="En fas",
    )  # fmt: skip

    order: int = Field(title="Ordning", description="Fasens nummer i avtalets gång, från 1.", ge=1)
    short: Short = Field(title="Kort namn", description="Ett ord, till kartan och menyn.", max_length=20)
    summary: Line = Field(title="Ingress", description="En eller två meningar om vad fasen är till för.")
    begins: Line = Field(title="Börjar", description="Händelsen som inleder fasen.")
    ends: Line = Field(title="Slutar", description="Händelsen som avslutar fasen.")
    calendar: Moment | None = Field(
        None, title="I kalendern", description="Fasens första dag, räknad från en händelse i avtalet."
    )
    text: Text = Field(title="Om fasen", description="Fasens egen text, stycken åtskilda av en tom rad.")
    first: tuple[First, ...] = Field(
        title="Börja här", description="De arbetssätt som kommer först, högst tre.", min_length=1, max_length=3
    )
    outcomes: tuple[Line, ...] = Field(
        title="Det här har ni när fasen är slut", description="Det som ska finnas när fasen är slut.", min_length=1
    )
    responsibilities: Responsibilities = Field(
        title="Vem svarar för vad", description="Vad beställaren, utföraren och båda svarar för."
    )
    small_contract: Text = Field(
        title="Litet avtal", description="Det minsta som ett litet avtal bör göra, och varför resten kan vänta."
    )
    large_contract: Text = Field(
        title="Stort eller riskfyllt avtal", description="Vad ett stort eller riskfyllt avtal lägger till, och varför."
    )
    next_step: Text = Field(title="Vägen vidare", description="Hur ni går över till nästa fas.")


class Statement(Part):
    """One observable statement, with an id that is never reused: old answers are matched on it."""

    id: Id = Field(title="Id", description="Bestående id, till exempel resenaren-1. Återanvänds aldrig.")
    text: Short = Field(title="Påstående", description="En sak, som går att iaktta.", max_length=200)
    answer: Answer = Field(
        title="Svar", description="1–5: ingår i partnerskapsskattningen. ja/nej: bara i fasens avstämning."
    )
    gate: Annotated[str, Ref("phases")] = Field(
        title="Avstämning i fas", description="Fasen vars avstämning påståendet hör till."
    )


class Principle(Record):
    declared = Kind(
        "principles", "principer", "princip", "Vägledande principer",
        "Vad bär ett gott partnerskap? Varje princip säger hur den märks hos beställaren och hos utföraren.",
        menu=103, chapter=3, edited="En princip och dess påståenden",
        orphan="inget arbetssätt bärs av principen. Lägg dess id under principles i ett arbetssätt.",
    )  # fmt: skip

    order: int = Field(title="Ordning", description="Principens plats i listan, från 1.", ge=1)
    summary: Line = Field(title="Ingress", description="Principen i en mening.")
    text: Text = Field(title="Vad principen betyder", description="Stycken åtskilda av en tom rad.")
    client: tuple[Line, ...] = Field(
        title="Hos beställaren", description="Hur principen märks i beställarens handlande.", min_length=1
    )
    operator: tuple[Line, ...] = Field(
        title="Hos utföraren", description="Hur principen märks i utförarens handlande.", min_length=1
    )
    tension: Text = Field(title="När det skaver", description="När principen är svår att följa, och vad ni gör då.")
    statements: tuple[Statement, ...] = Field(
        title="Påståenden att pröva", description="Minst fyra påståenden som prövar principen.", min_length=4
    )
    success_factors: tuple[Annotated[str, Ref("success_factors")], ...] = Field(
        title="Framgångsfaktorer", description="Id för framgångsfaktorer som principen hör ihop med.", min_length=1
    )


class SuccessFactor(Record):
    declared = Kind(
        "success_factors", "framgangsfaktorer", "framgångsfaktor", "Framgångsfaktorer",
        "De fem framgångsfaktorerna i SIQ Managementmodell, och vad de frågar av ett partnerskap.",
        menu=104, chapter=4, edited="En framgångsfaktor",
    )  # fmt: skip

    order: int = Field(title="Ordning", description="Faktorns plats i SIQ Managementmodell, från 1.", ge=1)
    summary: Line = Field(title="Ingress", description="Vad faktorn frågar av ett partnerskap, i en mening.")
    text: Text = Field(
        title="I ett partnerskap", description="Vad faktorn betyder när två organisationer delar uppdrag."
    )
    questions: tuple[Line, ...] = Field(
        title="Frågor till er båda", description="Frågor som parterna svarar på tillsammans.", min_length=3
    )


class Workshop(Record):
    declared = Kind(
        "workshops", "om/sa-kom-guiden-till", "workshop", "Workshoppar", "Workshopparna 2021–2023.",
        page="shared", chapter=14, edited="En workshop",
    )  # fmt: skip

    order: int = Field(title="Ordning", description="Ordning i tiden, från 1.", ge=1)
    when: Line = Field(title="När", description="Till exempel: våren 2022.")
    text: Text = Field(title="Vad som gjordes", description="Bara det som SIQ:s artikel säger.")


class FocusArea(Record):
    declared = Kind(
        "focus_areas", "fokusomraden", "fokusområde", "Fokusområden",
        "De fem områden som workshopparna 2021–2023 handlade om.",
        menu=105, chapter=5, edited="Ett fokusområde",
        orphan="ingen post hör till fokusområdet. Ange det som focus_area.",
    )  # fmt: skip

    order: int = Field(title="Ordning", description="Plats i listan, från 1.", ge=1)
    summary: Line = Field(title="Ingress", description="Fokusområdet i en mening.")
    text: Text = Field(title="Om fokusområdet", description="Stycken åtskilda av en tom rad.")
    workshops: tuple[Annotated[str, Ref("workshops")], ...] = Field(
        title="Workshoppar", description="Id för workshoppar där området behandlades.", min_length=1
    )


# ---------------------------------------------------------------- what gets in the way, what to do, how to measure


class Answering(Part):
    practice: Annotated[str, Ref("practices")] = Field(title="Arbetssätt", description="Id för arbetssättet.")
    how: Line = Field(title="Så hjälper det", description="Hur arbetssättet svarar mot just den här utmaningen.")


class Challenge(Record):
    declared = Kind(
        "challenges", "utmaningar", "utmaning", "Utmaningar",
        "Vad skaver? Utmaningarna beskriver vad som brukar komma i vägen och vad ni kan göra åt det.",
        menu=3, chapter=2, edited="En utmaning",
        way=Way(1, "Vad skaver?", "Tecken att känna igen, vad som ligger bakom och vad ni gör först."),
    )  # fmt: skip

    summary: Line = Field(title="Ingress", description="Utmaningen i en mening.")
    phases: tuple[Annotated[str, Ref("phases")], ...] = Field(
        title="Faser", description="Id för faser där utmaningen brukar visa sig.", min_length=1
    )
    text: Text = Field(title="Vad som händer", description="Hur utmaningen uppstår och vad den leder till.")
    client_sees: Line = Field(title="Hos beställaren", description="Ett tecken hos beställaren.")
    operator_sees: Line = Field(title="Hos utföraren", description="Ett tecken hos utföraren.")
    first_step: Text = Field(title="Gör det här först", description="Vad ni gör i veckan, vem som gör det.")
    practices: tuple[Answering, ...] = Field(
        title="Arbetssätt som hjälper",
        description="Arbetssätt som svarar mot utmaningen, det som hjälper snabbast först.",
        min_length=1,
    )


_MOST_WORDS = 6  # in the short name of a step


class Step(Part):
    name: Short = Field(
        title="Kort namn", description="Steget i högst sex ord, i uppmaning, till kort och dagordning.", max_length=40
    )
    who: Side = Field(title="Vem", description="beställare, utförare eller båda.")
    do: Short = Field(title="Gör", description="Vad som görs, i uppmaning.", max_length=500)
    result: Line = Field(title="Resultat", description="Vad som finns när steget är klart.")
    minutes: int | None = Field(
        None, title="Minuter", description="Minuter på mötet. Utelämnas för arbete utanför mötet.", ge=5, le=480
    )
    meeting: Short | None = Field(
        None, title="Möte", description="Mötets namn, när arbetssättet har flera möten.", max_length=60
    )

    @model_validator(mode="after")
    def _a_meeting_takes_minutes(self) -> Self:
        if self.meeting and not self.minutes:
            raise ValueError("ett steg som hör till ett möte (meeting) behöver minuter (minutes)")
        if (count := len(self.name.split())) > _MOST_WORDS:
            raise ValueError(f"Kort namn (name) har {count} ord. Korta det till högst {_MOST_WORDS}")
        return self


UNNAMED = "Mötet"  # the only meeting of a practice, whose steps do not say which meeting is theirs


class Gathering(Part):
    """A meeting of a practice: who comes, how often, and the hours that each party works before and after it."""

    name: Short = Field(
        UNNAMED, title="Möte", description="Mötets namn, som i stegen. Utelämnas när det bara finns ett.", max_length=60
    )
    held_as: Annotated[str, Ref("meetings")] | None = Field(
        None,
        title="Stående möte",
        description="Id för det stående möte som det är. Dit hör deltagarna och hur ofta det hålls.",
    )
    participants: tuple[Annotated[str, Ref("roles")], ...] = Field(
        (), title="Deltar", description="Id för dem som kallas. Utelämnas när alla i arbetssättet kallas."
    )
    per_year: int | None = Field(
        None, title="Gånger om året", description="Utelämnas när mötet inte återkommer år efter år.", ge=1, le=366
    )
    times: int = Field(
        1, title="Antal gånger", description="Hur många gånger det hålls, när det inte återkommer.", ge=1, le=60
    )
    client: float = Field(
        title="Beställarens timmar",
        description="Arbetstimmar före och efter varje gång, hos beställaren.",
        ge=0,
        le=200,
    )
    operator: float = Field(
        title="Utförarens timmar", description="Arbetstimmar före och efter varje gång, hos utföraren.", ge=0, le=200
    )

    @model_validator(mode="after")
    def _said_in_one_place(self) -> Self:
        if self.held_as and (self.participants or self.per_year):
            raise ValueError(
                "ett stående möte (held_as) säger själv vilka som deltar och hur ofta. Ta bort participants och per_year"
            )
        if self.per_year and self.times > 1:
            raise ValueError("mötet återkommer (per_year) eller hålls några gånger (times). Ta bort det ena")
        return self


class SmallScale(Part):
    choice: SmallContract = Field(title="Val", description="gör, förenkla eller avstå.")
    how: Short = Field(title="Så", description="Vad ni gör i ett litet avtal, och varför.", max_length=400)
    minutes: int = Field(
        title="Minuter", description="Vad det tar av vardera partens tid varje gång. 0 när ni avstår.", ge=0, le=480
    )
    per_year: int | None = Field(
        None,
        title="Gånger om året",
        description="Utelämnas för det som görs en gång, eller när det behövs.",
        ge=1,
        le=366,
    )


class Occasion(Moment):
    """Something that a practice puts in the calendar, once or repeatedly."""

    id: Id = Field(title="Id", description="Bestående id, unikt i arbetssättet. Kalenderprogram känner igen det.")
    title: Short = Field(title="Rubrik", description="Det som står i kalendern.", max_length=60)
    meeting: Short | None = Field(
        None, title="Möte", description="Namnet på ett av arbetssättets möten, som ger tiden.", max_length=60
    )
    every: int | None = Field(
        None, title="Upprepas", description="Månader mellan gångerna, fram till sista trafikdagen.", ge=1, le=60
    )
    worksheet: Annotated[str, Ref("worksheets")] | None = Field(
        None, title="Arbetsblad", description="Id för bladet. Utelämnas när det är arbetssättets första."
    )

    @property
    def is_contracts_own(self) -> bool:
        """The event itself, a day that the contract gives: no meeting, no distance and no repetition."""
        return not (self.meeting or self.every or self.months or self.weeks)


class Practice(Record):
    declared = Kind(
        "practices", "arbetssatt", "arbetssätt", "Arbetssätt",
        "Vad vill ni göra? Arbetssätten beskriver steg för steg vad beställaren och utföraren gör tillsammans.",
        menu=2, edited="Ett arbetssätt",
        way=Way(2, "Vad vill ni göra?", "Arbetssätt steg för steg. Välj efter fas, fokusområde, roll och tid."),
    )  # fmt: skip

    order: int = Field(title="Ordning", description="Arbetssättets plats i fasen; lägst tal först.", ge=1)
    summary: Line = Field(title="Ingress", description="Vad ni gör och vad det leder till, i en eller två meningar.")
    phases: tuple[Annotated[str, Ref("phases")], ...] = Field(
        title="Faser", description="Id för faser där arbetssättet används. Den första är huvudfasen.", min_length=1
    )
    focus_area: Annotated[str, Ref("focus_areas")] = Field(title="Fokusområde", description="Id för fokusområdet.")
    level: Level = Field(title="Nivå", description="grund: börja här. fördjupning: när grunden finns.")
    principles: tuple[Annotated[str, Ref("principles")], ...] = Field(
        title="Principer", description="Id för de principer arbetssättet bärs av.", min_length=1
    )
    success_factors: tuple[Annotated[str, Ref("success_factors")], ...] = Field(
        title="Framgångsfaktorer", description="Id för framgångsfaktorer som arbetssättet utvecklar.", min_length=1
    )
    caller: Annotated[str, Ref("roles")] = Field(title="Tar initiativet", description="Id för rollen som ringer.")
    called: Annotated[str, Ref("roles")] = Field(title="Får samtalet", description="Id för rollen som blir uppringd.")
    participants: tuple[Annotated[str, Ref("roles")], ...] = Field(
        title="Deltar", description="Id för roller som deltar, från båda parter.", min_length=2
    )
    worksheets: tuple[Annotated[str, Ref("worksheets")], ...] = Field(
        (), title="Arbetsblad", description="Id för arbetsblad som används, det viktigaste först."
    )
    indicators: tuple[Annotated[str, Ref("indicators")], ...] = Field(
        (), title="Indikatorer", description="Id för indikatorer som följs upp."
    )
    meetings: tuple[Gathering, ...] = Field(
        (), title="Möten", description="Mötena som stegen hör till: vilka som kallas, hur ofta och tiden däromkring."
    )
    time_note: Line | None = Field(
        None, title="Om tiden", description="Vad som är antaget om tiden, och tid som inte går att räkna per möte."
    )
    when: Line = Field(title="När", description="När i fasen, räknat från en händelse.")
    calendar: tuple[Occasion, ...] = Field(
        (), title="I kalendern", description="Det som arbetssättet lägger i parternas kalender. Ska stämma med När."
    )
    why: Text = Field(title="Varför", description="Problemet som arbetssättet löser, konkret.")
    steps: tuple[Step, ...] = Field(title="Så gör ni", description="Vad parterna gör, i ordning.", min_length=3)
    afterwards: Line = Field(title="Det här finns efteråt", description="Vad som finns när arbetet är gjort.")
    done_when: Line = Field(title="Klart när", description="Hur ni vet att ni är klara.")
    works_when: Line = Field(title="Det fungerar när", description="Hur ni märker, efter en tid, att det gav något.")
    pitfalls: tuple[Line, ...] = Field(
        title="Fallgropar", description="Vad som går snett, och vad ni gör då.", min_length=1
    )
    if_refused: Text = Field(
        title="Om den andra parten inte vill", description="Vad den som vill göra något gör när motparten säger nej."
    )
    small_contract: SmallScale = Field(title="Litet avtal", description="Hur arbetssättet görs i ett litet avtal.")
    large_contract: Short = Field(
        title="Stort eller riskfyllt avtal", description="Vad ett stort avtal lägger till, och varför.", max_length=400
    )
    procurement_note: Text = Field(
        title="Avtalsform", description="Vad som kräver en viss avtalsform, och vad ni gör när den saknas."
    )

    @property
    def agendas(self) -> dict[str, tuple[Step, ...]]:
        """Meeting name → its steps, in order; the minutes of a meeting are the sum of its steps'."""
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            if step.minutes:
                found.setdefault(step.meeting or UNNAMED, []).append(step)
        return {name: tuple(steps) for name, steps in found.items()}

    def minutes_of(self, meeting: str | None) -> int:
        """How long the meeting of that name is; 0 for none of the practice's."""
        return sum(step.minutes or 0 for step in self.agendas.get(meeting or "", ()))

    @property
    def minutes(self) -> int:
        """Minutes together in meetings."""
        return sum(step.minutes or 0 for step in self.steps)


class Indicator(Record):
    declared = Kind(
        "indicators", "indikatorer", "indikator", "Indikatorer",
        "Vad ska ni mäta? Varje mått har definition, formel och en varning för hur det misstolkas och styr fel.",
        menu=6, chapter=6, edited="En indikator",
        way=Way(4, "Vad ska ni mäta?", "Mått med formel, och en varning för hur de misstolkas och styr fel."),
        orphan="inget arbetssätt följer upp indikatorn. Lägg dess id under indicators i ett arbetssätt.",
    )  # fmt: skip

    summary: Line = Field(title="Ingress", description="Vad måttet visar, i en mening.")
    phases: tuple[Annotated[str, Ref("phases")], ...] = Field(
        title="Faser", description="Id för faser där måttet används.", min_length=1
    )
    focus_area: Annotated[str, Ref("focus_areas")] = Field(title="Fokusområde", description="Id för fokusområdet.")
    definition: Text = Field(title="Definition", description="Exakt vad som räknas, och vad som inte räknas.")
    formula: Line = Field(title="Så räknar ni", description="Formeln i ord eller tecken.")
    unit: Short = Field(title="Enhet", description="Till exempel: procent av turerna.", max_length=80)
    calculation: Line | None = Field(None, title="Räkneexempel", description="Ett exempel med påhittade, jämna tal.")
    data_source: Line = Field(title="Datakälla", description="Varifrån uppgifterna kommer, och vem som har dem.")
    owner: Annotated[str, Ref("roles")] = Field(title="Ägare", description="Id för rollen som tar fram måttet.")
    frequency: Short = Field(title="Hur ofta", description="Hur ofta måttet tas fram och gås igenom.", max_length=120)
    misread: Text = Field(title="Så misstolkas måttet", description="Slutsatsen som ligger nära men är fel.")
    missteers: Text = Field(title="Så styr måttet fel", description="Vad måttet får parterna att göra som skadar.")


# ---------------------------------------------------------------- worksheets


class Item(Part):
    id: Id = Field(title="Id", description="Bestående id, som svar matchas på nästa år.")
    text: Line = Field(title="Text", description="En sak att bedöma eller bocka av.")


class FormField(Part):
    """What every field of a worksheet has."""

    id: Id = Field(title="Id", description="Bestående id, unikt i arbetsbladet.")
    label: Short = Field(title="Etikett", description="Det som ska fyllas i.", max_length=120)
    help: Line | None = Field(None, title="Hjälptext", description="Hur fältet fylls i.")
    required: bool = Field(False, title="Obligatoriskt", description="true när bladet inte är klart utan fältet.")


class TextField(FormField):
    type: Literal["text"] = Field(title="Typ", description="Kort svar på en rad.")


class LongTextField(FormField):
    type: Literal["long_text"] = Field(title="Typ", description="Svar på flera rader.")
    lines: int = Field(4, title="Rader", description="Hur många rader som lämnas på papper.", ge=2, le=20)


class DateField(FormField):
    type: Literal["date"] = Field(title="Typ", description="Ett datum.")


class ChoiceField(FormField):
    type: Literal["choice"] = Field(title="Typ", description="Ett val bland flera.")
    options: tuple[Line, ...] = Field(title="Val", description="Svaren att välja bland.", min_length=2, max_length=12)


class ScaleField(FormField):
    type: Literal["scale"] = Field(title="Typ", description="Bedömning 1–5.")
    low: Short = Field(title="1 betyder", description="Vad 1 betyder.", max_length=60)
    high: Short = Field(title="5 betyder", description="Vad 5 betyder.", max_length=60)
    items: tuple[Item, ...] = Field((), title="Påståenden", description="Påståenden att bedöma, vart och ett 1–5.")
    principle: Annotated[str, Ref("principles")] | None = Field(
        None, title="Princip", description="Hämtar principens 1–5-påståenden i stället för att skriva dem här."
    )

    @model_validator(mode="after")
    def _items_from_one_place(self) -> Self:
        if bool(self.items) == bool(self.principle):
            raise ValueError("ange antingen påståenden (items) eller en princip (principle) att hämta dem från")
        return self


class ChecklistField(FormField):
    type: Literal["checklist"] = Field(title="Typ", description="Punkter att bocka av.")
    items: tuple[Item, ...] = Field(title="Punkter", description="Det som bockas av.", min_length=1)


class Computed(Part):
    operation: Literal["summa", "produkt", "differens", "kvot", "senaste"] = Field(
        title="Räknesätt",
        description="summa, produkt, differens (första minus andra), kvot (första genom andra) eller senaste (det sista som är "
        "ifyllt minus första).",
    )
    columns: tuple[Id, ...] = Field(
        title="Kolumner", description="Id för talkolumner i samma tabell.", min_length=2, max_length=13
    )


ColumnType = Literal["text", "number", "percent", "date", "choice", "computed"]


class Column(Part):
    id: Id = Field(title="Id", description="Bestående id, unikt i tabellen.")
    label: Short = Field(title="Kolumnrubrik", description="Kort rubrik.", max_length=60)
    help: Line | None = Field(None, title="Hjälptext", description="Vad som skrivs i kolumnen.")
    type: ColumnType = Field("text", title="Typ", description="text, number, percent, date, choice eller computed.")
    options: tuple[Line, ...] = Field((), title="Val", description="Svaren att välja bland, för typen choice.")
    computed: Computed | None = Field(None, title="Beräkning", description="Hur en beräknad kolumn räknas.")
    width: int = Field(2, title="Bredd", description="Kolumnens andel av bredden, 1 smal till 6 bred.", ge=1, le=6)
    high: float | None = Field(
        None, title="Högt från", description="Tal från vilket cellen märks med en pil uppåt i Excel. För talkolumner."
    )

    @model_validator(mode="after")
    def _type_has_what_it_needs(self) -> Self:
        if self.high is not None and self.type not in ("number", "percent", "computed"):
            raise ValueError("bara en talkolumn kan märka höga tal. Ta bort high")
        if (self.type == "choice") != (len(self.options) >= 2):
            raise ValueError("en kolumn av typen choice behöver minst två val (options), andra kolumner har inga")
        if (self.type == "computed") != (self.computed is not None):
            raise ValueError("en kolumn av typen computed behöver en beräkning (computed), andra kolumner har ingen")
        return self


class ToDo(Part):
    """Which columns of a table say what is to be done, so that it can be followed up across a contract's sheets."""

    what: Id = Field(title="Vad", description="Id för kolumnen som säger vad som ska göras.")
    who: Id | None = Field(None, title="Vem", description="Id för kolumnen som säger vem som gör det.")
    by: Id | None = Field(
        None, title="Till när", description="Id för kolumnen (date) som säger när det ska vara klart."
    )
    status: Id | None = Field(None, title="Läge", description="Id för kolumnen (choice) som säger hur det står till.")
    done: tuple[Line, ...] = Field(
        (), title="Klart", description="De val i lägets kolumn som betyder att inget mer ska göras."
    )

    @model_validator(mode="after")
    def _done_is_a_status(self) -> Self:
        if bool(self.status) != bool(self.done):
            raise ValueError("ange både läget (status) och vilka lägen som är klara (done), eller inget av dem")
        return self


class TableField(FormField):
    type: Literal["table"] = Field(title="Typ", description="En tabell att fylla i.")
    columns: tuple[Column, ...] = Field(
        title="Kolumner", description="Tabellens kolumner.", min_length=2, max_length=16
    )
    rows: tuple[dict[Id, Line], ...] = Field(
        (), title="Startrader", description="Rader som redan är ifyllda: kolumnens id och texten."
    )
    outcomes: Annotated[str, Ref("phases")] | None = Field(
        None,
        title="Fasens resultat",
        description="Hämtar det som ska finnas när fasen är slut som startrader, i första kolumnen, i stället för rows.",
    )
    blank_rows: int = Field(6, title="Tomma rader", description="Antal tomma rader på papper.", ge=0, le=40)
    todo: ToDo | None = Field(
        None,
        title="Att göra",
        description="Anges när raderna är sådant som ska göras: det samlas på sidan Mitt avtal, oavsett blad.",
    )
    running: bool = Field(
        False,
        title="Löpande lista",
        description="Ja för en lista som ni arbetar i över tid: Excel får filter, och datum som har gått ut märks.",
    )

    @model_validator(mode="after")
    def _rows_from_one_place(self) -> Self:
        if self.rows and self.outcomes:
            raise ValueError("ange antingen startrader (rows) eller en fas (outcomes) att hämta dem från")
        return self

    @property
    def curved(self) -> bool:
        """Whether it follows something in time, which Excel can draw."""
        return any(column.computed and column.computed.operation == "senaste" for column in self.columns)


class AgreementField(FormField):
    type: Literal["agreement"] = Field(title="Typ", description="Båda parters namn, roll och datum.")


AnyField = Annotated[
    TextField | LongTextField | DateField | ChoiceField | ScaleField | ChecklistField | TableField | AgreementField,
    Field(discriminator="type"),
]


class Section(Part):
    title: Short = Field(title="Avsnittsrubrik", description="Rubrik på avsnittet.", max_length=80)
    intro: Line | None = Field(None, title="Inledning", description="En mening om hur avsnittet fylls i.")
    fields: tuple[AnyField, ...] = Field(title="Fält", description="Det som fylls i.", min_length=1)


class Comparison(Part):
    """A worksheet that each party answers for itself before the answers are compared."""

    party: Id = Field(
        title="Fält för part",
        description="Id för fältet (choice) med valen beställaren och utföraren, i den ordningen.",
    )
    differences: Id | None = Field(
        None,
        title="Skillnadstabell",
        description="Id för tabellen som räknas fram i Excel och inte behöver fyllas i där.",
    )
    decisions: Id | None = Field(
        None,
        title="Beslutstabell",
        description="Id för tabellen med besluten, som i Excel skrivs vid sina påståenden.",
    )


class Message(Part):
    """A text that the parties send to those whom a worksheet concerns."""

    id: Id = Field(title="Id", description="Bestående id, som filen får sitt namn av.")
    title: Line = Field(title="Rubrik", description="Vad texten är, till exempel Inbjudan till dem som svarar.")
    when: Line = Field(title="Skickas", description="När texten skickas och av vem.")
    text: Text = Field(title="Text", description="Texten, med det som ni själva fyller i inom hakparentes.")


class Worksheet(Record):
    declared = Kind(
        "worksheets", "arbetsblad", "arbetsblad", "Arbetsblad",
        "Möte i morgon? Hämta bladet, fyll i det tillsammans och spara det som ni kom fram till.",
        menu=5, chapter=8, edited="Ett arbetsblad",
        way=Way(5, "Möte i morgon?", "Arbetsblad i Word, Excel och PDF, med ett ifyllt exempel."),
        orphan="inget arbetssätt använder arbetsbladet. Lägg dess id under worksheets i ett arbetssätt.",
    )  # fmt: skip

    summary: Line = Field(title="Ingress", description="Vad bladet ger er, i en mening.")
    purpose: Text = Field(title="Syfte", description="Vad bladet är till för.")
    when: Line = Field(title="Använd det", description="När bladet fylls i.")
    participants: tuple[Annotated[str, Ref("roles")], ...] = Field(
        title="Fylls i av", description="Id för roller som fyller i bladet.", min_length=1
    )
    minutes: int = Field(
        title="Minuter", description="Tid att fylla i bladet tillsammans, alla möten sammanlagt.", ge=10, le=960
    )
    preparation: tuple[Line, ...] = Field(title="Förbered", description="Vad som tas fram innan.", min_length=1)
    instructions: tuple[Line, ...] = Field(
        title="Så gör ni", description="Hur ni fyller i bladet på mötet.", min_length=2
    )
    afterwards: Text = Field(title="Efteråt", description="Vad ni gör med resultatet.")
    orientation: Literal["stående", "liggande"] = Field(
        "stående", title="Format", description="stående eller liggande A4; liggande för breda tabeller."
    )
    wall: Id | None = Field(
        None,
        title="Väggblad",
        description="Id för tabellen som sätts upp på väggen. Utelämnas när det är den första obligatoriska.",
    )
    comparison: Comparison | None = Field(
        None,
        title="Jämförelse",
        description="Anges när vardera parten svarar för sig: ger ett Excelblad per part och ett som jämför.",
    )
    messages: tuple[Message, ...] = Field(
        (),
        title="Texter att skicka",
        description="Texter till dem som bladet berör, färdiga att klistra in i ett mejl.",
    )
    sections: tuple[Section, ...] = Field(title="Avsnitt", description="Formulärets avsnitt.", min_length=1)

    @property
    def fields(self) -> tuple[AnyField, ...]:
        """Every field of the form, in order."""
        return tuple(field for section in self.sections for field in section.fields)


class Agreed(Part):
    """What a meeting came to about a statement that two parties have rated."""

    view: Line = Field(title="Gemensam syn", description="Det som parterna enades om att det är så.")
    action: Line = Field("", title="Det här gör vi", description="Åtgärden, om det blev någon.")
    who: Line = Field("", title="Vem", description="Rollen som håller i åtgärden.")
    by: datetime.date | None = Field(None, title="Till när", description="Dagen då det är klart, ÅÅÅÅ-MM-DD.")
    sign: Line = Field("", title="Så ser vi att det hjälpte", description="Ett tecken som går att se eller räkna.")


class Example(Record):
    """A worksheet filled in for the guide's one fictitious contract. The file's name is the worksheet's id."""

    declared = Kind(
        "examples", "arbetsblad", "ifyllt exempel", "Ifyllda exempel", "Ifyllda arbetsblad från ett påhittat avtal.",
        page="other", edited="Ett ifyllt exempel",
    )  # fmt: skip

    note: Text = Field(title="Att lägga märke till", description="Vad läsaren kan lära av exemplet.")
    values: dict[Id, Any] = Field(
        title="Ifyllda värden", description="Fältets id och värdet; kontrolleras mot arbetsbladets fält."
    )
    other_party: dict[Id, dict[Id, int]] = Field(
        {},
        title="Den andra partens svar",
        description="Skalans id, påståendets id och svaret 1–5, i ett blad som jämförs.",
    )
    agreed: dict[Id, Agreed] = Field(
        {},
        title="Det parterna enades om",
        description="Påståendets id och det som mötet kom fram till, i ett blad som jämförs.",
    )


# ---------------------------------------------------------------- the meetings that go on


class Rhythm(Part):
    phase: Annotated[str, Ref("phases")] = Field(title="Fas", description="Id för fasen.")
    often: Line = Field(title="Hur ofta", description="Hur ofta mötet hålls i fasen.")


class AgendaPoint(Part):
    point: Line = Field(title="Punkt", description="Vad ni gör, i uppmaning.")
    minutes: int = Field(title="Minuter", description="Minuter på mötet.", ge=1, le=240)


class Meeting(Record):
    declared = Kind(
        "meetings", "moten", "möte", "Möten",
        "De återkommande mötena mellan parterna: vem som sitter där, vad mötet får besluta och vart en fråga går sedan.",
        menu=100, chapter=9, edited="Ett möte",
    )  # fmt: skip

    order: int = Field(title="Ordning", description="Plats i listan, från 1: det som hålls oftast först.", ge=1)
    summary: Line = Field(title="Ingress", description="Vad mötet är till för, i en mening.")
    synonyms: tuple[Line, ...] = Field(
        (), title="Kallas också", description="Andra namn på samma möte, i obestämd form: månadsmöte."
    )
    client: tuple[Annotated[str, Ref("roles")], ...] = Field(
        title="Från beställaren", description="Id för roller.", min_length=1
    )
    operator: tuple[Annotated[str, Ref("roles")], ...] = Field(
        title="Från utföraren", description="Id för roller.", min_length=1
    )
    chair: Line = Field(title="Leder mötet", description="Vem som leder, och vem som tar över.")
    politicians: Line | None = Field(None, title="Politiker", description="Om politiker deltar, och varför inte.")
    minutes: int = Field(title="Minuter", description="Mötets längd.", ge=5, le=480)
    per_year: int | None = Field(
        None, title="Gånger om året", description="Utelämnas för ett möte som bara hålls en tid.", ge=1, le=366
    )
    rhythm: tuple[Rhythm, ...] = Field(title="Hur ofta", description="Fas för fas.", min_length=1)
    decides: tuple[Line, ...] = Field(title="Får besluta", description="Vad mötet får besluta.", min_length=1)
    level: Line = Field(title="Till vilket belopp", description="Var gränsen i kronor står.")
    never_decides: tuple[Line, ...] = Field(
        title="Beslutar aldrig", description="Vad mötet aldrig beslutar.", min_length=1
    )
    agenda: tuple[AgendaPoint, ...] = Field(
        title="Stående dagordning", description="Punkter vars minuter blir mötets längd.", min_length=2
    )
    worksheets: tuple[Annotated[str, Ref("worksheets")], ...] = Field(
        title="Blad på bordet", description="Id för arbetsblad."
    )
    practices: tuple[Annotated[str, Ref("practices")], ...] = Field(
        title="Arbetssätt", description="Id för arbetssätt som håller mötet eller lämnar något till det.", min_length=1
    )
    onward: Annotated[str, Ref("meetings")] | None = Field(
        None, title="Nästa möte", description="Id för mötet dit en fråga går som inte avgörs här."
    )
    onward_how: Line = Field(title="Dit går det som inte avgörs", description="Vart frågan går, och när.")

    @model_validator(mode="after")
    def _minutes_add_up(self) -> Self:
        total = sum(point.minutes for point in self.agenda)
        if total != self.minutes:
            raise ValueError(f"Stående dagordning (agenda): punkterna tar {total} minuter, men mötet {self.minutes}")
        return self


# ---------------------------------------------------------------- what readers ask


class Question(Record):
    """A question in the reader's own words, answered at once."""

    declared = Kind(
        "questions", "fragor", "fråga", "Frågor",
        "Frågor som ställs i depåer, på avtalsmöten och i regionhus, med ett rakt svar och vägen vidare.",
        menu=4, chapter=12, edited="En fråga med svar",
        way=Way(6, "Har du en fråga?", "Raka svar på det som andra brukar undra, med vägen vidare."),
    )  # fmt: skip

    subject: Subject = Field(title="Ämne", description="Rubriken som frågan står under på sidan Frågor.")
    asked_by: tuple[Annotated[str, Ref("roles")], ...] = Field(
        title="Ställs av", description="Id för roller som ställer frågan.", min_length=1
    )
    answer: Text = Field(title="Svar", description="Svaret först: ja, nej eller det beror på. Högst 80 ord.")
    practices: tuple[Annotated[str, Ref("practices")], ...] = Field(
        (), title="Arbetssätt", description="Id för arbetssätt att gå vidare till."
    )
    worksheets: tuple[Annotated[str, Ref("worksheets")], ...] = Field(
        (), title="Arbetsblad", description="Id för arbetsblad att gå vidare till."
    )
    challenges: tuple[Annotated[str, Ref("challenges")], ...] = Field(
        (), title="Utmaningar", description="Id för utmaningar att gå vidare till."
    )
    indicators: tuple[Annotated[str, Ref("indicators")], ...] = Field(
        (), title="Indikatorer", description="Id för indikatorer att gå vidare till."
    )
    terms: tuple[Annotated[str, Ref("terms")], ...] = Field(
        (), title="Begrepp", description="Id för begrepp att gå vidare till."
    )
    laws: tuple[Annotated[str, Ref("laws")], ...] = Field(
        (), title="Lagar", description="Id för lagar att gå vidare till."
    )
    phases: tuple[Annotated[str, Ref("phases")], ...] = Field(
        (), title="Faser", description="Id för faser att gå vidare till."
    )
    synonyms: tuple[Line, ...] = Field(
        (), title="Frågas också så här", description="Andra ord för samma fråga, som läsare söker på."
    )

    @property
    def onward(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Where the answer leads on: folder and ids."""
        folders = ("practices", "worksheets", "challenges", "indicators", "laws", "terms", "phases")
        return tuple((folder, ids) for folder in folders if (ids := getattr(self, folder)))


# ---------------------------------------------------------------- the law, and how the operator is paid


class Adapted(Part):
    practice: Annotated[str, Ref("practices")] = Field(title="Arbetssätt", description="Id för arbetssättet.")
    how: Line = Field(title="Det här blir annorlunda", description="Vad avtalsformen ändrar i arbetssättet.")


class Funded(Part):
    """A way to improve the traffic that the contract does not pay for."""

    way: Funding = Field(title="Sätt", description="gratis, betalar sig, gemensam pott eller option.")
    what: Line = Field(title="Så går det till", description="Vad ni gör, och vem som betalar.")
    wording: Line = Field(title="Exempel på text", description="En mening att anpassa, som juristen läser först.")


class ContractForm(Record):
    declared = Kind(
        "contract_forms", "avtalsformer", "avtalsform", "Avtalsformer",
        "Hur utföraren får betalt avgör vad ni har lätt och svårt att förbättra. Välj den form som liknar er.",
        menu=102, chapter=10, edited="En avtalsform",
    )  # fmt: skip

    order: int = Field(title="Ordning", description="Plats i listan, från 1.", ge=1)
    summary: Line = Field(title="Ingress", description="Formen i en mening.")
    text: Text = Field(title="Så får utföraren betalt", description="Ersättningen, med källa där det finns en.")
    client: Line = Field(title="Det vill beställaren", description="Vad formen gör med beställarens intresse.")
    operator: Line = Field(title="Det vill utföraren", description="Vad formen gör med utförarens intresse.")
    adapted: tuple[Adapted, ...] = Field(
        title="Arbetssätt som blir annorlunda", description="Arbetssätt och vad formen ändrar i dem.", min_length=2
    )
    funded: tuple[Funded, ...] = Field(
        title="När avtalet inte betalar för förbättringen", description="Sätt att göra den ändå.", min_length=2
    )
    avoid: tuple[Line, ...] = Field(title="Försök inte", description="Det som formen inte bär.", min_length=1)
    signs: tuple[Line, ...] = Field(
        title="Tecken på att formen arbetar emot er", description="Något som går att se.", min_length=1
    )
    laws: tuple[Annotated[str, Ref("laws")], ...] = Field((), title="Lagar", description="Id för lagar som gäller.")
    terms: tuple[Annotated[str, Ref("terms")], ...] = Field((), title="Begrepp", description="Id för begrepp.")
    challenges: tuple[Annotated[str, Ref("challenges")], ...] = Field(
        (), title="Utmaningar", description="Id för utmaningar som hör till formen."
    )


class Change(Part):
    """What a law says of one ground for changing a contract without a new procurement."""

    ground: Ground = Field(title="Grund", description="En av de sex grunderna, i lagarnas ordning.")
    allowed: Allowed = Field(title="Finns här", description="ja, nej eller oklart.")
    brief: Short = Field(title="Kort", description="Paragraf och gräns, till tabellen.", max_length=80)
    condition: Line = Field(title="Villkor", description="Det som krävs, i en mening eller två.")


class Law(Record):
    declared = Kind(
        "laws", "lagar", "lag", "Lagar",
        "Välj er trafik, så ser ni vilken lag som gäller och vad den låter er ändra under avtalstiden.",
        menu=101, chapter=11, edited="En lag och vad den tillåter",
    )  # fmt: skip

    order: int = Field(title="Ordning", description="Plats i listan, från 1.", ge=1)
    summary: Line = Field(title="Ingress", description="Vilken lag som gäller trafiken, i en mening.")
    law: Short = Field(title="Lag", description="Lagens namn och kapitel, till tabellen.", max_length=80)
    why: Text = Field(title="Därför gäller den", description="Vad lagen omfattar, med källa.")
    changes: tuple[Change, ...] = Field(
        title="Ändringar under avtalstiden", description="De sex grunderna i ordning.", min_length=6, max_length=6
    )
    before: Text = Field(title="Innan ni ändrar", description="Vad ni gör före en ändring, och vem som prövar.")
    ask: Text = Field(title="Fråga juristen", description="Det som texterna lämnar öppet.")
    practices: tuple[Annotated[str, Ref("practices")], ...] = Field(
        (), title="Arbetssätt", description="Id för arbetssätt att gå vidare till."
    )
    worksheets: tuple[Annotated[str, Ref("worksheets")], ...] = Field(
        (), title="Arbetsblad", description="Id för arbetsblad att gå vidare till."
    )
    terms: tuple[Annotated[str, Ref("terms")], ...] = Field(
        (), title="Begrepp", description="Id för begrepp att gå vidare till."
    )

    @model_validator(mode="after")
    def _every_ground_in_order(self) -> Self:
        if tuple(change.ground for change in self.changes) != get_args(Ground):
            raise ValueError(f"Ändringar (changes) ska ta upp grunderna i ordning: {', '.join(get_args(Ground))}")
        return self


# ---------------------------------------------------------------- what members have done


class Experience(Record):
    """What a member of the network did with a practice, and how it went. Nobody is named, and none is made up."""

    declared = Kind(
        "experiences", "erfarenheter", "erfarenhet", "Erfarenheter",
        "Vad andra har prövat, hur det gick och vad de skulle göra annorlunda.",
        page="shared", menu=108, chapter=16, edited="En erfarenhet",
    )  # fmt: skip

    practice: Annotated[str, Ref("practices")] = Field(title="Arbetssätt", description="Id för det som prövades.")
    phase: Annotated[str, Ref("phases")] = Field(title="Fas", description="Id för fasen som avtalet var i.")
    contract_form: Annotated[str, Ref("contract_forms")] | None = Field(
        None, title="Avtalsform", description="Id för avtalsformen."
    )
    size: Size = Field(title="Avtalets storlek", description="litet, medelstort eller stort.")
    side: Side = Field(title="Berättas av", description="beställare, utförare eller båda.")
    year: int = Field(title="År", description="Året då det prövades.", ge=2000, le=2100)
    outcome: Went = Field(title="Hur det gick", description="gick, gick delvis eller gick inte.")
    did: Text = Field(title="Det gjorde vi", description="Vad ni gjorde, utan namn på personer, orter eller motpart.")
    result: Text = Field(title="Följden", description="Det som gick att se efteråt.")
    change: Text = Field(title="Det skulle vi göra annorlunda", description="Vad ni ändrar nästa gång, och varför.")
    consent: Literal["ja"] = Field(
        title="Samtycke", description="ja: båda parter i avtalet vet att erfarenheten publiceras."
    )


# ---------------------------------------------------------------- roles, words, sources


class Role(Record):
    declared = Kind(
        "roles", "roller", "roll", "Roller",
        "Vilken roll har du? Rollsidan samlar det som du bidrar med och det som du behöver av den andra parten.",
        menu=7, chapter=7, edited="En roll",
        way=Way(3, "Vilken roll har du?", "Det du bidrar med, och det du behöver av den andra parten."),
        orphan="inget arbetssätt eller arbetsblad nämner rollen. Lägg dess id under participants.",
    )  # fmt: skip

    order: int = Field(title="Ordning", description="Plats i listan, från 1.", ge=1)
    side: Side = Field(title="Part", description="beställare, utförare eller båda.")
    employed: bool = Field(
        True, title="Anställd hos part", description="nej för den som ingen av parterna betalar; tiden räknas inte då."
    )
    summary: Line = Field(title="Ingress", description="Rollen i en mening.")
    synonyms: tuple[Line, ...] = Field(
        (), title="Kallas också", description="Andra titlar för samma roll, som läsare söker på."
    )
    text: Text = Field(title="Rollen i partnerskapet", description="Stycken åtskilda av en tom rad.")
    brings: tuple[Line, ...] = Field(title="Du bidrar med", description="Vad rollen tar med sig.", min_length=1)
    needs: tuple[Line, ...] = Field(
        title="Du behöver av den andra parten", description="Vad rollen behöver.", min_length=1
    )


class Term(Record):
    declared = Kind(
        "terms", "begrepp", "begrepp", "Begrepp",
        "Branschens och upphandlingens ord, också de som parterna kan mena olika med.",
        page="shared", menu=106, chapter=13, edited="Ett begrepp",
    )  # fmt: skip

    definition: Text = Field(title="Förklaring", description="20–60 ord.")
    forms: tuple[Line, ...] = Field(
        (), title="Böjningar", description="Andra former av ordet som ska länkas, till exempel vitet, viten, vitena."
    )
    synonyms: tuple[Line, ...] = Field(
        (), title="Kallas också", description="Andra ord för samma sak, som läsare söker på."
    )
    english: Short | None = Field(
        None,
        title="På engelska",
        description="Ordet som en kollega utomlands förstår, med liten bokstav.",
        max_length=80,
    )
    differs: Text | None = Field(
        None, title="Fråga er fram", description="Vad parterna kan mena olika med ordet, och hur ni reder ut det."
    )
    see_also: tuple[Annotated[str, Ref("terms")], ...] = Field((), title="Se även", description="Id för andra begrepp.")


class Source(Record):
    declared = Kind(
        "sources", "kallor", "källa", "Källor",
        "Allt som guiden hänvisar till, med det som redaktionen läste där.",
        page="shared", menu=107, chapter=15, edited="En källa",
        orphan="ingen post hänvisar till källan. Ange den under sources i en post, hänvisa till den i en text, eller ta bort den.",
    )  # fmt: skip

    label: Short = Field(
        title="Kort hänvisning", description="Som den står i löptext, till exempel: K2 2020:3.", max_length=60
    )
    publisher: Line = Field(title="Utgivare", description="Vem som har gett ut källan.")
    year: Short | None = Field(None, title="År", description="Utgivningsår eller datum, som text.", max_length=20)
    url: Url | None = Field(None, title="Adress", description="Webbadress som börjar med https://.")
    accessed: datetime.date | None = Field(None, title="Läst", description="Datum då källan lästes, ÅÅÅÅ-MM-DD.")
    says: Text = Field(title="Det läste vi där", description="Vad källan säger, i egna ord.")


class ExampleContract(Part):
    title: Line = Field(title="Rubrik", description="Namnet på det påhittade avtalet.")
    client: Line = Field(title="Beställare", description="Beställaren i exemplet, påhittad.")
    operator: Line = Field(title="Utförare", description="Utföraren i exemplet, påhittad.")
    signed: datetime.date = Field(title="Signeras", description="Dagen då avtalet signeras, ÅÅÅÅ-MM-DD.")
    starts: datetime.date = Field(title="Trafikstart", description="Första trafikdagen, ÅÅÅÅ-MM-DD.")
    ends: datetime.date = Field(title="Slutar", description="Sista trafikdagen utan option, ÅÅÅÅ-MM-DD.")
    option: datetime.date | None = Field(
        None, title="Optionsdag", description="Sista dag att besluta om optionen, ÅÅÅÅ-MM-DD."
    )
    option_years: int = Field(0, title="Optionens längd", description="Optionens längd i år.", ge=0, le=10)
    text: Text = Field(title="Beskrivning", description="Parterna och trafiken i exemplet, allt påhittat.")

    @property
    def period(self) -> str:
        """First and last day of traffic."""
        return f"{self.starts}–{self.ends}"


class Doing(Part):
    do: Line = Field(title="Gör", description="Vad den nya gör, i uppmaning.")
    practice: Annotated[str, Ref("practices")] | None = Field(
        None, title="Arbetssätt", description="Id, om ett hör till."
    )
    worksheet: Annotated[str, Ref("worksheets")] | None = Field(
        None, title="Arbetsblad", description="Id, om ett hör till."
    )


class Early(Part):
    """A time from when someone is new in a contract, and what is done in it, at either party and at both."""

    when: Short = Field(title="När", description="Till exempel: Första dagen.", max_length=40)
    client: tuple[Doing, ...] = Field(
        (), title="Hos beställaren", description="Det som bara den nya hos beställaren gör."
    )
    operator: tuple[Doing, ...] = Field(
        (), title="Hos utföraren", description="Det som bara den nya hos utföraren gör."
    )
    both: tuple[Doing, ...] = Field(title="Hos båda parter", description="Det som alla nya gör.", min_length=1)


class SmallContractIs(Part):
    """What the guide calls a small contract."""

    vehicles: int = Field(title="Fordon", description="Högst så många fordon.", ge=1, le=100)
    people: int = Field(
        title="Personer", description="Högst så många som sköter avtalet hos vardera parten.", ge=1, le=20
    )
    hours: int = Field(title="Timmar om året", description="Högst så lång tid hos vardera parten.", ge=1, le=500)


class Settings(Part):
    """``guide.yaml``: what is true of the whole guide."""

    title: Line = Field(title="Titel", description="Guidens hela namn.")
    short_title: Short = Field(title="Kort titel", description="Namnet i sidhuvudet.", max_length=40)
    summary: Line = Field(title="Ingress", description="Vad guiden är, i en mening.")
    version: Line = Field(title="Version", description="Till exempel 0.1.", pattern=r"^\d+\.\d+(\.\d+)?$")
    date: datetime.date = Field(title="Datum", description="Versionens datum, ÅÅÅÅ-MM-DD.")
    publisher: Line = Field(title="Utgivare", description="Vem som ger ut guiden.")
    contact: Line = Field(title="Kontakt", description="Hur läsaren når redaktionen.")
    licence: Line = Field(title="Licens", description="Licens för det som skrivits i guiden.")
    repository: Url = Field(title="Arkivets adress", description="Adressen till guidens arkiv på GitHub.")
    address: Folder = Field(title="Webbadress", description="Adressen dit guiden publiceras, med snedstreck sist.")
    notice: Short = Field(
        title="Utkastmärkning", description="Meningen om utkast som står på varje sida.", max_length=400
    )
    highlights: tuple[Line, ...] = Field(
        (), title="Det viktigaste i utgåvan", description="Det som läsarna har mest nytta av att veta, en rad var."
    )
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s<>\"']+@[^@\s<>\"']+\.[a-z]+$", max_length=200)] | None = (
        Field(None, title="E-post", description="Adressen dit förslag kan mejlas. Utelämnas tills redaktionen har en.")
    )
    synonyms: tuple[Line, ...] = Field(
        (),
        title="Ord som betyder detsamma",
        description="För sökningen: ord med mellanrum emellan, till exempel: förare chaufför.",
    )
    calendar: Annotated[str, Ref("practices")] | None = Field(
        None, title="Kalendern", description="Id för arbetssättet vars sida räknar ut parternas egen kalender."
    )
    decision_log: Annotated[str, Ref("worksheets")] | None = Field(
        None, title="Beslutsloggen", description="Id för arbetsbladet som ligger i alla mötespaket."
    )
    minutes_sheet: Annotated[str, Ref("worksheets")] | None = Field(
        None, title="Minnesanteckningarna", description="Id för arbetsbladet som fylls i när ett möte hålls från sidan."
    )
    newcomer: tuple[Early, ...] = Field(
        (), title="Ny i avtalet", description="Det som den nya gör, från första dagen till att två månader har gått."
    )
    usual: tuple[Annotated[str, Ref("practices")], ...] = Field(
        (),
        title="Finns ändå",
        description="Id för arbetssätt som varje avtal har, och som partnerskapet inte lägger till.",
    )
    small_contract: SmallContractIs | None = Field(
        None, title="Litet avtal", description="Vad som är ett litet avtal, och hur mycket tid det får ta."
    )
    example_contract: ExampleContract = Field(
        title="Exempelavtalet", description="Det påhittade avtal som alla ifyllda arbetsblad kommer från."
    )


RECORD_TYPES: tuple[type[Record], ...] = (
    Phase,
    Principle,
    SuccessFactor,
    FocusArea,
    Workshop,
    Challenge,
    Practice,
    Indicator,
    Worksheet,
    Example,
    Meeting,
    Question,
    ContractForm,
    Law,
    Experience,
    Role,
    Term,
    Source,
)
