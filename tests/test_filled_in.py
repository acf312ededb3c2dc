"""A blank PDF has room for what is written in it: every answer of the examples, and as much again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import LongTextField, TableField, TextField, Worksheet
from scripts.guide.wording import shown
from scripts.worksheets import pdf
from scripts.worksheets.form import Form, resolve

ROOT = Path(__file__).resolve().parent.parent
LINE = 1.15  # from a line to the next, in sizes of the type
SIZES = [size / 2 for size in range(24, 5, -1)]  # points; programs choose the largest at which all is seen
EDGES = (4, 2)  # what a program leaves empty in a box, across and down, in points
READABLE, SMALLEST = 7, 4  # points: of what an example says, and of twice that


@pytest.fixture(scope="module")
def real() -> Guide:
    return read(ROOT).guide


def sheets() -> list[str]:
    guide = read(ROOT).guide
    return [sheet.id for sheet in guide.all(Worksheet) if guide.example(sheet)]


@pytest.mark.parametrize("sheet", sheets())
def test_every_answer_of_the_example_is_seen_whole_in_the_blank_pdf_and_twice_as_long_too(
    real: Guide, sheet: str
) -> None:
    blank = pdf.render(resolve(real, real.get(Worksheet, sheet), False))
    with pikepdf.open(io.BytesIO(blank)) as opened:
        (font,) = opened.Root.AcroForm.DR.Font.values()
        widths = {bytes([code]).decode("cp1252", "replace"): int(w) for code, w in enumerate(font.Widths, 32)}
        boxes = {str(field.T): [float(edge) for edge in field.Rect] for field in opened.Root.AcroForm.Fields if "/Rect" in field}  # fmt: skip
    answers = dict(written(resolve(real, real.get(Worksheet, sheet), True)))
    assert answers
    assert answers.keys() <= boxes.keys(), "the blank has a box for each answer"
    once = {name: largest(text, boxes[name], widths) for name, text in answers.items()}
    twice = {name: largest(f"{text} {text}", boxes[name], widths) for name, text in answers.items()}
    assert {name: size for name, size in once.items() if size < READABLE} == {}
    assert {name: size for name, size in twice.items() if size < SMALLEST} == {}


def test_a_text_that_is_too_long_for_its_box_is_found() -> None:
    """What is tested here is the check above."""
    widths = dict.fromkeys("a ", 500)
    box = [0.0, 0.0, 104.0, 32.0]
    assert largest("aaaa", box, widths) == 12
    assert largest(" ".join(["aaaa"] * 8), box, widths) == 10.5, "three lines of three words"
    assert largest(" ".join(["aaaa"] * 12), box, widths) == 8.5, "three lines of four words"
    assert largest("aaaa " * 400, box, widths) == 0


def written(form: Form) -> Iterator[tuple[str, str]]:
    """Field of the PDF → what the example says in it."""
    for question in form.questions:
        field = question.field
        if isinstance(field, TableField):
            for number, row in enumerate(question.rows, 1):
                for column in field.columns:
                    text = shown(column.type, row[column.id])
                    printed = dict(enumerate(field.rows, 1)).get(number, {}).get(column.id)
                    if text and not printed:  # what is printed in a starting row is not written by hand
                        yield f"{field.id}/r{number}/{column.id}", text
        elif isinstance(field, TextField | LongTextField) and question.paragraphs:
            yield field.id, "\n".join(question.paragraphs)


def largest(text: str, box: list[float], widths: dict[str, int]) -> float:
    """The largest size at which all of ``text`` is seen in ``box``, or 0."""
    left, bottom, right, top = box
    wide, high = right - left - EDGES[0], top - bottom - EDGES[1]
    return next((size for size in SIZES if lines(text, wide / size * 1000, widths) * size * LINE <= high), 0)


def lines(text: str, wide: float, widths: dict[str, int]) -> int:
    """How many lines ``text`` takes. A word longer than a line is parted."""
    count = 0
    for paragraph in text.split("\n"):
        count, x = count + 1, 0.0
        for word in paragraph.split(" "):
            length = sum(widths.get(char, 500) for char in word)
            if x and x + widths[" "] + length > wide:
                count, x = count + 1, 0.0
            x += length + (widths[" "] if x else 0)
            count, x = count + int(x // wide), x % wide
    return count
