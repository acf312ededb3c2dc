"""How the cells of a workbook look, by name, and how high a text is."""

from __future__ import annotations

import math
from collections.abc import Mapping

INK = "#1F3F9E"  # of what is written by hand in an example
_LINE, _HIGHEST = 13.0, 409.0  # points
_LETTERS = 1.15  # letters that take the room of a figure, with some to spare

_ACCENT, _TINT, _MUTED, _RULE, _PAST = "#005A5A", "#E6F1F1", "#44595A", "#8FB0B0", "#F2F2F2"
LINE = _ACCENT  # of a small line of numbers
_TEXT = {"valign": "top", "text_wrap": True}
_BOX = {**_TEXT, "border": 1, "border_color": _RULE}
_INPUT = {**_BOX, "locked": False}
_NUMBER = {**_INPUT, "align": "right", "indent": 1}
LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 16},
    "mark": {"bold": True, "font_color": "#FFFFFF", "bg_color": INK},
    "text": _TEXT,
    "label": {**_TEXT, "bold": True},
    "muted": {**_TEXT, "font_color": _MUTED, "font_size": 9},
    "section": {"bold": True, "font_size": 12, "font_color": _ACCENT, "bottom": 2, "bottom_color": _ACCENT},
    "header": {**_BOX, "bold": True, "valign": "bottom", "bg_color": _TINT},
    "item": _BOX,
    "input": _INPUT,
    "date": {**_INPUT, "num_format": "yyyy-mm-dd", "align": "left"},
    "score": {**_INPUT, "align": "center"},
    "number": {**_NUMBER, "num_format": "#,##0.0#"},
    "percent": {**_NUMBER, "num_format": '#,##0.0#" %"'},
    "computed": {**_NUMBER, "num_format": "#,##0.0#", "locked": True, "bg_color": _TINT},
    "whole": {"num_format": "#,##0"},
    "whole percent": {"num_format": '#,##0" %"'},
    "sum": {**_BOX, "align": "center", "bg_color": _TINT},
    "mean input": {**_INPUT, "align": "center", "num_format": "0.0"},
    "count": {"bold": True, "font_size": 11},
    "mean": {**_BOX, "align": "center", "num_format": "0.0", "bg_color": _TINT},
    "told": {**_BOX},
    "figure": {**_BOX, "align": "center"},
    "day": {**_BOX, "num_format": "yyyy-mm-dd", "align": "left"},
    "link": {**_BOX, "font_color": _ACCENT, "underline": 1},
    "large": {"bold": True, "bg_color": "#FFE2A8"},
    "high": {"bold": True, "bg_color": "#FFE2A8", "num_format": '"▲ "#,##0'},
    "late": {"bold": True, "bg_color": "#FFE2A8", "num_format": '"▲ "yyyy-mm-dd'},
    "past": {**_BOX, "bg_color": _PAST},
    "past header": {**_BOX, "bold": True, "valign": "bottom", "bg_color": _PAST},
    "bold": {"bold": True},
    "small": {"font_color": _MUTED, "font_size": 8},
}


def is_open(look: str) -> bool:
    """Whether cells that look so are to be filled in: all others are locked."""
    return LOOKS[look].get("locked") is False


def height(text: str, width: float, lines: int = 1) -> float:
    """Points that ``text`` takes in a cell ``width`` figures wide; not every program works this out on opening a file."""
    needed = sum(math.ceil((len(line) or 1) / (width * _LETTERS)) for line in text.split("\n"))
    return min(_LINE * max(needed, lines) + 4, _HIGHEST)
