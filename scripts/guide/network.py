"""What the network has said of the guide: who has read and tried each record, and what became of each proposal.

It is kept apart from the texts (``guide_data/reviews.yaml``, ``moved.yaml`` and ``proposals/``), so that it can change any
day without an edit of what was reviewed. The files need not be there.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from .model import Line, Part, Text

PROPOSALS = "proposals"  # the folder with a file for each
State = Literal["läst", "enigt", "oenigt", "antaget"]
Party = Literal["beställare", "utförare"]
Result = Literal["väntar", "infört", "infört i delar", "infört inte"]
Address = Annotated[str, StringConstraints(pattern=r"^[a-z_]+/[a-z0-9-]+$", max_length=100)]


class Count(Part):
    """How many organisations on one side, in one year."""

    side: Party = Field(title="Part", description="beställare eller utförare.")
    number: int = Field(title="Antal", description="Hur många organisationer.", ge=1, le=500)
    year: int = Field(title="År", description="Året det skedde.", ge=2021, le=2100)


class Review(Part):
    """How far the network has come with one record. Who cannot say («vet inte») is counted nowhere."""

    record: Address = Field(title="Post", description="Mapp och id: practices/gemensam-malbild.")
    state: State = Field(
        title="Läge",
        description="läst: någon har läst. enigt: båda parter har läst och inget hindrar. oenigt: någon säger emot. "
        "antaget: nätverket har beslutat.",
    )
    read: tuple[Count, ...] = Field(
        title="Läst", description="Vilka som har läst posten och kunnat bedöma den.", min_length=1
    )
    tried: tuple[Count, ...] = Field((), title="Prövat", description="Vilka som har prövat det som står.")
    contested: tuple[Count, ...] = Field((), title="Ifrågasatt", description="Vilka som säger att det inte stämmer.")
    dissent: Line | None = Field(None, title="Invändning", description="Invändningen i en mening.")
    decided: datetime.date | None = Field(
        None, title="Beslutat", description="Dagen för nätverkets beslut, ÅÅÅÅ-MM-DD."
    )
    next: datetime.date | None = Field(
        None, title="Nästa granskning", description="Dagen då posten ska läsas om, ÅÅÅÅ-MM-DD."
    )

    @model_validator(mode="after")
    def _the_mark_is_earned(self) -> Self:
        """A mark says no more than what stands behind it."""
        both = {count.side for count in self.read} == {"beställare", "utförare"}
        if self.state in ("enigt", "antaget") and not both:
            raise ValueError(f"läget {self.state} kräver att både beställare och utförare har läst (read)")
        if self.state == "enigt" and self.contested:
            raise ValueError("läget enigt går inte ihop med att någon säger emot (contested); skriv oenigt")
        if self.state == "oenigt" and not self.contested:
            raise ValueError("läget oenigt kräver vem som säger emot (contested)")
        if bool(self.contested) != bool(self.dissent):
            raise ValueError("den som säger emot (contested) och invändningen (dissent) står alltid tillsammans")
        if (self.state == "antaget") != bool(self.decided):
            raise ValueError("läget antaget har en beslutsdag (decided), och bara det")
        return self


class Reviews(Part):
    reviews: tuple[Review, ...] = Field((), title="Granskningar", description="En per post som någon har läst.")


class ReadingSet(Part):
    """What one reader reads in a round."""

    id: Annotated[str, StringConstraints(pattern=r"^[bu][1-9]\d?$")] = Field(
        title="Läsare", description="b1, b2 … hos beställare, u1, u2 … hos utförare."
    )
    records: tuple[Address, ...] = Field(
        title="Poster", description="Mapp och id, i den ordning de läses.", min_length=1
    )

    @property
    def side(self) -> Party:
        return "beställare" if self.id.startswith("b") else "utförare"


class Round(Part):
    """A round of reading that is open. The file is there as long as the round is."""

    number: int = Field(title="Omgång", description="Omgångens nummer, från 1.", ge=1, le=99)
    closes: datetime.date = Field(title="Sista dag", description="Dagen då svaren ska vara inne, ÅÅÅÅ-MM-DD.")
    sets: tuple[ReadingSet, ...] = Field(title="Läsare", description="Vem som läser vad.", min_length=1)


class Proposed(Part):
    """A proposal and what became of it: a file each, named by its number, so that two that wait at once do not collide."""

    number: Annotated[str, StringConstraints(pattern=r"^F-[0-9a-f]{8}$")] = Field(
        title="Nummer", description="Förslagets nummer, till exempel F-3a9c2e10."
    )
    date: datetime.date = Field(title="Datum", description="Dagen då utfallet skrevs, ÅÅÅÅ-MM-DD.")
    about: tuple[Line, ...] = Field(title="Gäller", description="Det som förslaget ändrar.", min_length=1)
    result: Result = Field(title="Utfall", description="väntar, infört, infört i delar eller infört inte.")
    why: Text | None = Field(None, title="Därför", description="Skälet. Krävs när något inte har införts.")
    issue: int | None = Field(None, title="Ärende", description="Ärendets nummer i arkivet.", ge=1)

    @model_validator(mode="after")
    def _a_no_has_a_reason(self) -> Self:
        if self.result in ("infört i delar", "infört inte") and not self.why:
            raise ValueError("det som inte har införts har ett skäl (why), som den som föreslog kan läsa")
        return self


class Moved(Part):
    """An id that is no longer there: addresses and saved answers may still hold it."""

    old: Annotated[str, StringConstraints(pattern=r"^[a-z_]+/[a-z0-9-]+(#[a-z0-9/-]+)?$", max_length=200)] = Field(
        title="Gammalt id",
        description="Mapp och id: practices/gemensam-malbild. Det som ligger i en post skrivs efter #.",
    )
    new: Annotated[str, StringConstraints(pattern=r"^[a-z_]+/[a-z0-9-]+(#[a-z0-9/-]+)?$", max_length=200)] | None = (
        Field(None, title="Nytt id", description="Det som har kommit i stället. Utelämnas när inget har det.")
    )
    title: Line = Field(title="Rubrik", description="Rubriken som posten hade.")
    since: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+(\.\d+)?$")] = Field(
        title="Sedan", description="Utgåvan då det hände, inom citattecken."
    )
    why: Line = Field(title="Därför", description="Skälet, i en mening som läsaren ser.")


class Moves(Part):
    moved: tuple[Moved, ...] = Field((), title="Flyttat", description="Det som har bytt id eller utgått.")
