"""A worksheet that the parties answer each for itself: a workbook for each of them, and one that compares the answers.

The comparing workbook works with formulas alone: the answers are pasted in, and the gaps, the means of each area, their radar
chart and the agenda with the largest gap first follow.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from ..guide.guide import Guide
from ..guide.model import ScaleField, Worksheet
from .comparison import means, rows
from .form import PARTIES, Form, Part, Question, resolve
from .memory import Previous
from .rating_sheets import write_agenda, write_compared, write_own, write_radar
from .workbook import Book
from .xlsx import ABOUT, QUESTIONS, make, said, write_about, write_questions
from .xlsx_tables import write_part

TOGETHER = "tillsammans"
# Which of the workbooks it is: part of the file's name, and what the title says.
VARIANTS = {"bestallaren": "beställarens svar", "utforaren": "utförarens svar", TOGETHER: "båda parters svar"}
_HOW_OWN = (
    "1. Var och en svarar i sin kolumn på fliken «Svar» utan att prata ihop sig. Upp till åtta personer får plats.",
    "2. «Vårt svar» är medelvärdet, avrundat till heltal. «Spridning» visar var ni själva är oense.",
    "3. Markera svaren i kolumnen «Vårt svar» och kopiera dem. Öppna filen som jämför, ställ er i er parts första ruta på "
    "fliken «Svar» och välj Klistra in special, Värden.",
)
_HOW_TOGETHER = (
    "1. Byt svar samtidigt. Klistra in vardera partens svar i dess kolumn på fliken «Svar», med Klistra in special, Värden.",
    "2. «Bild» visar medelvärdet för varje område. «Dagordning» ställer den största skillnaden först. Är två skillnader lika "
    "stora kommer den med lägst svar först.",
    "3. Skriv det ni enas om på fliken «Svar», på påståendets egen rad. Länken «Skriv» i dagordningen leder dit, och "
    "dagordningen visar det ni har skrivit. Så hör besluten ihop med rätt påstående även om ett svar ändras.",
)


@dataclass(frozen=True)
class Rated:
    """One of the workbooks of a worksheet that has a comparison; ``variant`` is one of :data:`VARIANTS`."""

    form: Form
    variant: str

    @classmethod
    def of(cls, guide: Guide, sheet: Worksheet, variant: str, filled: bool = False) -> Rated:
        return cls(form_of(guide, sheet, variant, filled), variant)


def workbook(rated: Rated, previous: Previous | None = None) -> bytes:
    """The workbook, blank or filled in, or with last year's answers beside the questions."""
    variant = rated.variant
    fill = _fill_together if variant == TOGETHER else functools.partial(_fill_own, variant=variant)
    return make(rated.form, fill, variant, previous)


def form_of(guide: Guide, sheet: Worksheet, variant: str, filled: bool = False) -> Form:
    """The form under the variant's own title, with the party filled in where it is a party's own."""
    form = resolve(guide, sheet, filled)
    titled = form.sheet.model_copy(update={"title": f"{form.sheet.title} – {VARIANTS[variant]}"})
    return replace(form, sheet=titled)


# ---------------------------------------------------------------- what each workbook holds


def _fill_own(made: Book, variant: str) -> None:
    """A party's own: who answers, and the statements."""
    own = [party.id for party in PARTIES].index({"bestallaren": "bestallare", "utforaren": "utforare"}[variant])
    last = max(number for number, part in enumerate(made.form.parts) if _rated(part))
    made.form = replace(
        made.form, parts=tuple(_with_party(made.form, part, own) for part in made.form.parts[: last + 1])
    )
    about, questions = made.sheet(ABOUT), made.sheet(QUESTIONS)
    name = write_own(made, rows(made.form), _scale_said(made.form))
    write_about(
        made, about, [*(("Så används filen" if n == 0 else "", t) for n, t in enumerate(_HOW_OWN)), *said(made.form)]
    )
    write_questions(made, questions, {n: (name,) if _rated(p) else () for n, p in enumerate(made.form.parts, 1)})


def _fill_together(made: Book) -> None:
    """What compares: both parties' answers, the picture, the agenda, and what the form asks after the statements."""
    found = rows(made.form)
    areas = tuple(means(made.form))
    last = max(number for number, part in enumerate(made.form.parts) if _rated(part))
    made.form = replace(made.form, parts=tuple(_without_gaps(made.form, part) for part in made.form.parts[last + 1 :]))
    about = made.sheet(ABOUT)
    where = write_compared(made, found)
    write_radar(made, found, areas, where)
    write_agenda(made, found, where)
    questions = made.sheet(QUESTIONS)
    sheets = {number: write_part(made, number, part) for number, part in enumerate(made.form.parts, 1)}
    how = [("Så används filen" if number == 0 else "", text) for number, text in enumerate(_HOW_TOGETHER)]
    write_about(made, about, [*how, *said(made.form)])
    write_questions(made, questions, sheets)


def _rated(part: Part) -> bool:
    return any(isinstance(question.field, ScaleField) for question in part.questions)


def _with_party(form: Form, part: Part, own: int) -> Part:
    """The part with the party that answers already chosen."""
    comparison = form.sheet.comparison
    assert comparison is not None

    def answered(question: Question) -> Question:
        options = getattr(question.field, "options", ())
        return replace(question, answer=options[own]) if question.field.id == comparison.party else question

    return replace(part, questions=tuple(map(answered, part.questions)))


def _without_gaps(form: Form, part: Part) -> Part:
    """The part without the table that the agenda takes the place of."""
    comparison = form.sheet.comparison
    kept = (q for q in part.questions if comparison is None or q.field.id != comparison.differences)
    return replace(part, questions=tuple(kept))


def _scale_said(form: Form) -> str:
    """What 1 and 5 mean."""
    scale = next(question.field for question in form.questions if isinstance(question.field, ScaleField))
    return f"1 = {scale.low}, 5 = {scale.high}."
