"""Typst: a template and its data made into a PDF file, tagged (PDF/UA-1) and with its fonts embedded.

Everything goes to Typst as data, so no text of a record can be read as markup.
"""

from __future__ import annotations

import datetime
import functools
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import typst

from .. import fonts

SCRIPTS = Path(__file__).resolve().parent.parent
_LONG_WORD = re.compile(r"\S{25}(?=\S{5})")


class Exact(str):
    """A text that is set as it is: an image, a name, an address to be typed letter by letter."""


def typeset(template: Path, data: Mapping[str, Any], date: datetime.date) -> bytes:
    """The PDF file that ``template``, a .typ file under scripts/, makes of ``data``.

    The template finds its data as JSON in ``sys.inputs.data``. ``date`` is the edition's, so that the file is the
    same on another day.
    """
    noon = datetime.datetime.combine(date, datetime.time(12), datetime.UTC)
    made = _compiler().compile(
        str(template),
        format="pdf",
        sys_inputs={"data": json.dumps(_printable(data), ensure_ascii=False)},
        pdf_standards=["1.7", "ua-1"],
        timestamp=int(noon.timestamp()),
    )
    assert isinstance(made, bytes)
    return _packed(made)


def _packed(made: bytes) -> bytes:
    """The same file with its objects compressed, which halves it: Typst leaves the tags as they are."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


@functools.cache
def _compiler() -> typst.Compiler:
    """One for all files: it keeps the fonts and the parsed templates."""
    return typst.Compiler(root=str(SCRIPTS), font_paths=[str(fonts.FOLDER)], ignore_system_fonts=True)


def _printable(value: Any) -> Any:
    """The data with every text in characters the typeface has, and with places to break what is too long to fit."""
    if isinstance(value, Exact):
        return value
    if isinstance(value, str):
        return _LONG_WORD.sub("\\g<0>\u00ad", fonts.printable(value))
    if isinstance(value, Mapping):
        return {key: _printable(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(child) for child in value]
    return value
