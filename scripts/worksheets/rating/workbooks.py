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
from .agenda import AGENDA, write_agenda
from .both_answers import write_both
from .comparison import areas, rated_parts, rows
from .own_answers import PERSONS, write_own
from .picture import PICTURE, YEARS, write_picture
from .statements import ANSWERS

TOGETHER = "tillsammans"
# Which of the workbooks it is: part of the file's name (bestallaren), and what the title says (beställarens svar).
_OWN = {f"{party.id}n": party for party in PARTIES}
VARIANTS = {
    **{variant: f"{party.name.lower()}s svar" for variant, party in _OWN.items()},
    TOGETHER: "båda parters svar",
}
_HOW_OWN = (
    f"1. Var och en svarar för sig på bladet ett svar, utan namn. Klistra in ett svarsblads svar i varje kolumn på fliken "
    f"«{ANSWERS}», eller låt var och en skriva i sin egen kolumn. {PERSONS} personer får plats.",
    "2. «Vårt svar» är medelvärdet med en decimal. «Spridning» är hur långt från varandra ni svarar: 0 om alla svarar lika, "
    "och från 1,3 är ni oeniga. «Vet ej» räknas inte in.",
    "3. Skriv ett exempel i «Belägg eller exempel» där ni är oeniga eller svarar lågt. Det stannar hos er tills ni själva visar det.",
    "4. Markera de tre kolumnerna «Vårt svar», «Antal svar» och «Spridning» och kopiera dem. Öppna filen som jämför, ställ er i "
    f"er parts första ruta på fliken «{ANSWERS}» och välj Klistra in special, Värden.",
)
_HOW_TOGETHER = (
    f"1. Byt svar samtidigt. Klistra in vardera partens tre kolumner på fliken «{ANSWERS}», med Klistra in special, Värden. Står "
    "det «formel» i kolumnen «Varför inte jämfört» klistrades formlerna in i stället: ångra och klistra in som värden.",
    f"2. «{AGENDA}» ställer den största skillnaden först. Är två lika stora kommer den med lägst svar först, och platsen står som "
    "delad. Sist står det som bara den ena har svarat på.",
    f"3. Skriv det ni enas om på fliken «{ANSWERS}», på påståendets egen rad. Länken «Skriv» i dagordningen leder dit, och "
    "dagordningen visar det ni har skrivit. Så hör besluten ihop med rätt påstående även om ett svar ändras.",
    f"4. «{PICTURE}» visar medelvärdet för varje område. «{YEARS}» samlar upp till tio tidigare år.",
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
    rated = list(rated_parts(form))
    write_questions(questions, form, {n: (name,) if part in rated else () for n, part in enumerate(parts, 1)})


def _fill_together(book: Book, form: Form) -> None:
    """What compares: both parties' answers, the picture, the agenda, and what the form asks after the statements."""
    found, found_areas = rows(form), tuple(areas(form))
    after = tuple(_without_gaps(form, part) for part in form.parts[_last_rated(form) + 1 :])
    form = replace(form, parts=after)
    about = book.sheet(ABOUT)
    agreed = form.example.agreed if form.example else {}
    by_name = {row.name: agreed[id] for row in found if (id := row.name.rpartition(".")[2]) in agreed}
    answers = write_both(book, found, by_name)
    write_agenda(book, found, by_name, answers)
    write_picture(book, found, found_areas, answers)
    questions = book.sheet(QUESTIONS)
    sheets = {number: write_part(book, number, part) for number, part in enumerate(after, 1)}
    write_about(about, [*_how(_HOW_TOGETHER), *said(form)])
    write_questions(questions, form, sheets)


def _how(lines: Iterable[str]) -> list[tuple[str, str]]:
    return [("Så används filen" if number == 0 else "", line) for number, line in enumerate(lines)]


def _last_rated(form: Form) -> int:
    """The number of the last part with statements, from 0."""
    last = list(rated_parts(form))[-1]
    return form.parts.index(last)


def _with_party(form: Form, part: Part, own: int) -> Part:
    """The part with the party that answers already chosen."""
    comparison = form.sheet.comparison
    assert comparison is not None

    def answered(question: Question) -> Question:
        options = getattr(question.field, "options", ())
        return replace(question, answer=options[own]) if question.field.id == comparison.party else question

    return replace(part, questions=tuple(map(answered, part.questions)))


def _without_gaps(form: Form, part: Part) -> Part:
    """The part without the tables that the agenda takes the place of: nothing is to be written twice."""
    comparison = form.sheet.comparison
    taken = (comparison.differences, comparison.decisions) if comparison else ()
    return replace(part, questions=tuple(question for question in part.questions if question.field.id not in taken))


def _scale_said(form: Form) -> str:
    """What 1 and 5 mean."""
    scale = next(question.field for question in form.questions if isinstance(question.field, ScaleField))
    return f"1 = {scale.low}, 5 = {scale.high}."
