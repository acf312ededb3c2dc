"""A year drawn as a wheel: its months around, and in each what comes back then. For pages and for paper."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from ..guide.wording import MONTHS

SIZE = 320  # of the drawing, in its own units
_CENTRE = SIZE / 2
_NAME, _OUTER, _INNER, _DOT, _MARK = 118, 138, 96, 82, 11  # radii: of the names, of their ring, of the dots, of a mark
_FIRST_MARK, _NEXT_MARK = 60, 24  # how far from the centre a month's marks are


@dataclass(frozen=True)
class Colours:
    """Of the ring, of lines, of marks and of what is written in them."""

    tint: str
    line: str
    accent: str
    text: str
    on_accent: str


def drawn(turns: Iterable[tuple[int, tuple[int, ...]]], colours: Colours, font: str = "inherit") -> str:
    """Numbers and their months, 1 to 12, as SVG; the number 0 is a dot. It says nothing aloud: the list beside it does."""
    turns = tuple(turns)
    shapes = [
        f'<circle cx="{_CENTRE:g}" cy="{_CENTRE:g}" r="{(_OUTER + _INNER) / 2:g}" fill="none" stroke="{colours.tint}" '
        f'stroke-width="{_OUTER - _INNER}"/>'
    ]
    for month, name in enumerate(MONTHS, 1):
        shapes += _month(month, name[:3], colours)
        if any(number == 0 and month in months for number, months in turns):
            shapes.append(f'<circle {_at(month, _DOT)} r="4" fill="{colours.accent}"/>')
        numbers = [number for number, months in turns if number and month in months]
        for place, number in enumerate(numbers):
            shapes += _mark(month, _FIRST_MARK - place * _NEXT_MARK, number, colours)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" font-family="{font}" text-anchor="middle" '
        f'aria-hidden="true" focusable="false">{"".join(shapes)}</svg>'
    )


def _point(month: float, radius: float) -> tuple[float, float]:
    """Where the middle of a month is; January is the first after twelve o'clock."""
    angle = math.radians((month - 0.5) * 30 - 90)
    return round(_CENTRE + radius * math.cos(angle), 1), round(_CENTRE + radius * math.sin(angle), 1)


def _at(month: float, radius: float, x: str = "cx", y: str = "cy") -> str:
    left, top = _point(month, radius)
    return f'{x}="{left:g}" {y}="{top:g}"'


def _month(month: int, name: str, colours: Colours) -> list[str]:
    """Its name, and the line before it."""
    begins, ends = _point(month - 0.5, _INNER), _point(month - 0.5, _OUTER)
    line = f'<path d="M{begins[0]:g} {begins[1]:g}L{ends[0]:g} {ends[1]:g}" stroke="{colours.line}"/>'
    return [line, f'<text {_at(month, _NAME, "x", "y")} dy="4" font-size="13" fill="{colours.text}">{name}</text>']


def _mark(month: int, radius: float, number: int, colours: Colours) -> list[str]:
    where = _at(month, radius, "x", "y")
    return [
        f'<circle {_at(month, radius)} r="{_MARK}" fill="{colours.accent}"/>',
        f'<text {where} dy="4.5" font-size="13" font-weight="700" fill="{colours.on_accent}">{number}</text>',
    ]
