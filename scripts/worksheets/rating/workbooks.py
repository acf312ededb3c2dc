"""A worksheet that the parties answer each for itself: a workbook for each of them, and one that compares the answers.

The comparing workbook works with formulas alone: the answers are pasted in, and the gaps, the means of each area, their radar
chart and the agenda with the largest gap first follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...guide.guide import Guide
from ...guide.model import ScaleField, Worksheet
from ...guide.parties import PARTIES
from ..form import Form, Part, Question, resolve
from ..xlsx import write_part
from ..xlsx.about import ABOUT, said, write_about
from ..xlsx.last_year import write_leftovers
from ..xlsx.memory import Previous
from ..xlsx.questions import QUESTIONS, write_questions
from ..xlsx.workbook import Book, make
from .agenda import write_agenda
from .both_answers import write_both
from .comparison import areas, rows
from .own_answers import write_own
from .picture import write_picture

TOGETHER = "tillsammans"
# Which of the workbooks it is: part of the file's name (bestallaren), and what the title says (beställarens svar).
_OWN = {f"{party.id}n": party for party in PARTIES}
VARIANTS = {
    **{variant: f"{party.name.lower()}s svar" for variant, party in _OWN.items()},
    TOGETHER: "båda parters svar",
}
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

    def fill(book: Book) -> None:
        if rated.variant == TOGETHER:
            _fill_together(book, rated.form)
        else:
            _fill_own(book, rated.form, PARTIES.index(_OWN[rated.variant]))
        write_leftovers(book)

    return make(rated.form, fill, rated.variant, previous)


def form_of(guide: Guide, sheet: Worksheet, variant: str, filled: bool = False) -> Form:
    """The form under the variant's own title, with the party filled in where it is a party's own."""
    form = resolve(guide, sheet, filled)
    titled = form.sheet.model_copy(update={"title": f"{form.sheet.title} – {VARIANTS[variant]}"})
    return replace(form, sheet=titled)


# ---------------------------------------------------------------- what each workbook holds


def _fill_own(book: Book, form: Form, own: int) -> None:
    """A party's own: who answers, and the statements. ``own`` is the party's number in the field that says which it is."""
    parts = tuple(_with_party(form, part, own) for part in form.parts[: _last_rated(form) + 1])
    form = replace(form, parts=parts)
    about, questions = book.sheet(ABOUT), book.sheet(QUESTIONS)
    name = write_own(book, rows(form), _scale_said(form))
    write_about(about, [*_how(_HOW_OWN), *said(form)])
    write_questions(questions, form, {n: (name,) if _rated(part) else () for n, part in enumerate(parts, 1)})


def _fill_together(book: Book, form: Form) -> None:
    """What compares: both parties' answers, the picture, the agenda, and what the form asks after the statements."""
    found, found_areas = rows(form), tuple(areas(form))
    after = tuple(_without_gaps(form, part) for part in form.parts[_last_rated(form) + 1 :])
    form = replace(form, parts=after)
    about = book.sheet(ABOUT)
    answers = write_both(book, found)
    write_picture(book, found, found_areas, answers)
    write_agenda(book, found, answers)
    questions = book.sheet(QUESTIONS)
    sheets = {number: write_part(book, number, part) for number, part in enumerate(after, 1)}
    write_about(about, [*_how(_HOW_TOGETHER), *said(form)])
    write_questions(questions, form, sheets)


def _how(lines: Iterable[str]) -> list[tuple[str, str]]:
    return [("Så används filen" if number == 0 else "", line) for number, line in enumerate(lines)]


def _last_rated(form: Form) -> int:
    """The number of the last part with statements, from 0."""
    return max(number for number, part in enumerate(form.parts) if _rated(part))


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
