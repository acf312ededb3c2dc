"""Returned files, from the page, Excel or Word, as answers; and what cannot be read in them, told in Swedish.

What comes in is anybody's file: sizes are limited, and nothing in it is run, followed or trusted.
"""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from pydantic import ValidationError

from ..guide.characters import tidy, visible
from ..guide.messages import explain
from ..worksheets.followup.refusals import DOCUMENT, WORKBOOK, FollowUpError, refuse_what_is_unsafe
from .questions import LONGEST, VERSION, Returned
from .sheets import COLUMNS, HEAD, SHEET

MAX_BYTES = 2_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FORMATS = (".json", ".txt", ".xlsx", ".docx")


class AnswerError(Exception):
    """The file holds no answers. The message says why, in Swedish."""


def read_folder(folder: Path) -> tuple[list[tuple[str, Returned]], list[str]]:
    """Every returned file in a folder and below it, by name; and what was wrong with those that could not be read."""
    found, problems = [], []
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "~"))):
        name = file.relative_to(folder).as_posix()
        if file.suffix.lower() not in _FORMATS:
            problems.append(f"{visible(name)}: filen är varken JSON, Excel eller Word. Den är inte läst.")
            continue
        try:
            found.append((name, read(file.read_bytes(), file.suffix.lower())))
        except AnswerError as error:
            problems.append(f"{visible(name)}: {error}")
    return found, problems


def read(content: bytes, suffix: str) -> Returned:
    """The answers in one file. Raises :class:`AnswerError`."""
    if len(content) > MAX_BYTES:
        raise AnswerError(f"filen är större än {MAX_BYTES // 1_000_000} MB.")
    told = {".xlsx": _workbook, ".docx": _word}.get(suffix, _text)(content)
    try:
        return Returned.model_validate(told)
    except ValidationError as error:
        first = next(explain(error, Returned, told))
        place = next((told["answers"][part].get("record", "") for part in first.path if isinstance(part, int)), "")
        raise AnswerError(visible(f"{place}: {first.message}" if place else first.message)) from None


def _text(content: bytes) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
        found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except (ValueError, RecursionError):
        raise AnswerError(
            'filen innehåller inga svar. Den börjar med {"partnerskapsguiden" och slutar med }.'
        ) from None
    if not isinstance(found, dict) or not isinstance(found.get("answers"), list):
        raise AnswerError("filen innehåller inga svar från guiden.")
    if not all(isinstance(answer, dict) for answer in found["answers"]):
        raise AnswerError("filens svar har fel form.")
    return found


def _marked(mark: str) -> dict[str, Any]:
    """What the mark in a sheet says of it."""
    version, *rest = mark.strip().split(";")
    if version != VERSION or len(rest) != 4 or not (rest[0].isdigit() and rest[3].isdigit()):
        raise AnswerError("märket överst i filen saknas eller är ändrat. Använd filen som skickades ut.")
    return {
        "partnerskapsguiden": VERSION,
        "round": int(rest[0]),
        "set": rest[1],
        "edition": rest[2],
        "year": int(rest[3]),
    }


def _answer(told: dict[str, str]) -> dict[str, str]:
    """One answer without what was left empty."""
    clean = {name: " ".join(tidy(text).split()) for name, text in told.items()}
    if len(clean.get("say", "")) > LONGEST:
        raise AnswerError(
            f"{clean.get('record', '')}: meningen är {len(clean['say'])} tecken. Korta den till {LONGEST}."
        )
    return {name: text.lower() if name in ("fits", "tried", "stops") else text for name, text in clean.items() if text}


def _workbook(content: bytes) -> dict[str, Any]:
    _refuse_unsafe(content, WORKBOOK)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, read_only=True)
            rows = [
                tuple(row[: len(COLUMNS)]) for row in book[SHEET].iter_rows(values_only=True, max_row=500, max_col=12)
            ]
    except Exception as error:  # what is wrong with a file decides what openpyxl raises
        raise AnswerError("filen går inte att läsa som en Excelfil med fliken «Svar».") from error
    cells = [[str(cell or "") for cell in row] for row in rows]
    if len(cells) < HEAD:
        raise AnswerError("fliken «Svar» är tom.")
    answers = [
        _answer({k: v for k, v in zip(COLUMNS, row, strict=False) if k != "title"}) for row in cells[HEAD:] if row[0]
    ]
    return {**_marked(cells[HEAD - 2][0]), "answers": answers}


def _word(content: bytes) -> dict[str, Any]:
    _refuse_unsafe(content, DOCUMENT)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        headers = sorted(name for name in package.namelist() if name.startswith("word/header"))
        body, *heads = (_xml(package.read(name)) for name in (DOCUMENT, *headers))
    texts = ("".join(node.text or "" for node in head.iter(f"{_W}t")) for head in heads)
    mark = next((text for text in texts if text.startswith(VERSION)), "")
    found: dict[str, dict[str, str]] = {}
    for question, record, text in _controls(body):
        found.setdefault(record, {"record": record})[question] = text
    return {**_marked(mark), "answers": [_answer(told) for told in found.values()]}


def _xml(part: bytes) -> Any:
    try:
        return fromstring(part)
    except (ParseError, DefusedXmlException) as error:
        raise AnswerError("filen går inte att läsa som en Wordfil.") from error


def _controls(body: Any) -> Iterator[tuple[str, str, str]]:
    """Question, record and text of each control that has been filled in."""
    for control in body.iter(f"{_W}sdt"):
        properties, content = control.find(f"{_W}sdtPr"), control.find(f"{_W}sdtContent")
        tag = properties.find(f"{_W}tag") if properties is not None else None
        question, bar, record = (tag.get(f"{_W}val") or "").partition("|") if tag is not None else ("", "", "")
        if not bar or question not in COLUMNS or content is None:
            continue
        shown = properties.find(f"{_W}showingPlcHdr") is not None
        yield question, record, "" if shown else " ".join(node.text or "" for node in content.iter(f"{_W}t"))


def _refuse_unsafe(content: bytes, main: str) -> None:
    """The same look through the file as last year's workbook gets: bombs, entities, passwords, other kinds of file."""
    try:
        refuse_what_is_unsafe(content, main)
    except FollowUpError as error:
        (said,) = error.problems
        raise AnswerError(said[0].lower() + said[1:]) from None
