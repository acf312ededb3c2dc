"""The three questions that are asked of each record, and an answer to them: three taps."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StringConstraints, model_validator

from ..guide.model import Line, Part
from ..guide.network import Address

VERSION = "svar 1"
Fits = Literal["ja", "delvis", "nej", "vet inte"]
Tried = Literal["ja", "nej"]
Stops = Literal["nej", "ja"]
FITS, TRIED, STOPS = get_args(Fits), get_args(Tried), get_args(Stops)
QUESTIONS = {
    "fits": "Stämmer det med er erfarenhet?",
    "tried": "Har ni prövat det?",
    "stops": "Hindrar något att det ges ut?",
    "say": "Om ja: skriv i en mening vad som ska ändras.",
}
LONGEST = 300  # characters of the sentence


class Answer(Part):
    record: Address = Field(title="Post", description="Mapp och id.")
    fits: Fits | None = Field(None, title="Stämmer", description="ja, delvis, nej eller vet inte.")
    tried: Tried | None = Field(None, title="Prövat", description="ja eller nej.")
    stops: Stops | None = Field(None, title="Hindrar", description="nej eller ja.")
    say: Annotated[Line, StringConstraints(min_length=0)] = Field(
        "", title="Vad som ska ändras", description="En mening."
    )

    @property
    def is_empty(self) -> bool:
        return not (self.fits or self.tried or self.stops or self.say)

    @property
    def objects(self) -> bool:
        """Whether it stops the record: only with a sentence that says what to change."""
        return self.stops == "ja" and bool(self.say)

    @property
    def could_judge(self) -> bool:
        """«Vet inte» is never a yes."""
        return self.fits in ("ja", "delvis", "nej")


class Returned(Part):
    """What one reader has answered."""

    partnerskapsguiden: Literal["svar 1"] = Field(title="Märke", description="svar 1.")
    round: int = Field(title="Omgång", description="Omgångens nummer.", ge=1, le=99)
    set: Annotated[str, StringConstraints(pattern=r"^[bu][1-9]\d?$")] = Field(title="Läsare", description="b1, u1 …")
    edition: Annotated[str, StringConstraints(max_length=20)] = Field(title="Utgåva", description="Utgåvan som lästes.")
    year: int = Field(title="År", description="Året då svaren lämnades.", ge=2021, le=2100)
    answers: tuple[Answer, ...] = Field(title="Svar", description="Ett per post.", max_length=400)

    @model_validator(mode="after")
    def _one_answer_each(self) -> Self:
        names = [answer.record for answer in self.answers]
        if len(names) != len(set(names)):
            raise ValueError("samma post är besvarad två gånger")
        return self
