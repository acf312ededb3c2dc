"""One person's own form: every statement on a page, and no name, so that nobody answers with an eye on the others."""

from __future__ import annotations

from dataclasses import replace

from ...guide.guide import Guide
from ...guide.model import ScaleField, Worksheet
from .. import xlsx
from ..form import DONT_KNOW, Advice, Form, Part, Question, resolve
from .comparison import rated_parts

ONE = "ett-svar"  # part of the files' names
_HOW = (
    f"Svara själv, utan att fråga någon. Har du inte sett det som påståendet gäller svarar du «{DONT_KNOW}».",
    "Skriv inget namn. Lämna bladet till den som samlar in svaren hos er; ingen annan ser det.",
    "Parterna jämför medelvärden, aldrig enskilda svar.",
)


def form_of_one(guide: Guide, sheet: Worksheet) -> Form:
    """The statements of all areas as one scale."""
    form = resolve(guide, sheet)
    part = next(rated_parts(form))
    scales = [(question.field, question.items) for question in part.questions if isinstance(question.field, ScaleField)]
    items = tuple(item for _, items in scales for item in items)
    field = scales[0][0].model_copy(update={"id": "svar", "label": "Påståenden", "help": None, "required": False})
    update = {
        "title": f"{sheet.title} – ett svar",
        "summary": f"Ditt eget svar på {len(items)} påståenden. Det tar omkring tio minuter.",
        "orientation": "stående",
    }
    advice = (Advice("Så gör du", "bullets", tuple(filter(None, (part.intro, *_HOW)))),)
    own = Part("", None, (Question(field, items),))
    return replace(form, sheet=form.sheet.model_copy(update=update), parts=(own,), advice=advice)


def workbook_of_one(form: Form) -> bytes:
    """The same as a workbook, whose answers are pasted as a column in the party's own."""
    return xlsx.render(form, variant=ONE)
