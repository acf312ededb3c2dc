"""A form as a PDF, for print and to fill in on the screen, and its main table as a sheet for the wall.

Python decides what stands on the paper, ``scripts/worksheets/templates/`` how it looks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...files.paper import info
from ...files.typeset import typeset
from ..blanks import blanks_of
from ..form import Form
from .fillable import make_fillable
from .sheet import data
from .wall import wall_data, wall_table

__all__ = ["data", "render", "render_wall", "wall_data", "wall_table"]

_TEMPLATES = Path(__file__).parent.parent / "templates"


def render(form: Form) -> bytes:
    """The PDF file, for print and to fill in on the screen. Its dates are the guide's, so that it is the same on another day."""
    blanks = {} if form.example else {blank.name: blank for blank in blanks_of(form)}
    typed = typeset(_TEMPLATES / "form.typ", {**data(form, bool(blanks)), "info": _info(form)}, form.settings.date)
    return make_fillable(typed, blanks)


def render_wall(form: Form) -> bytes:
    """The form's main table as a sheet for the wall, A3."""
    title = f"{form.title} – väggblad"
    return typeset(_TEMPLATES / "wall-form.typ", {**wall_data(form), "info": _info(form, title)}, form.settings.date)


def _info(form: Form, title: str = "") -> dict[str, Any]:
    return info(form.settings, title or form.title, form.sheet.summary, form.sheet.singular.capitalize())
