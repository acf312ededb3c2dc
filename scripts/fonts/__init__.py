"""The typeface of the PDF files: where it lies, what it is called and which characters it has.

The files are made by ``python -m scripts.vendor``.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
# Not «Source Sans 3»: the licence reserves the name «Source» for the unmodified font, and ours is a subset.
FAMILY = "Partnerskap Sans"

_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2010, 0x2011), (0x2013, 0x2014))
_SINGLE = "‘’‚“”„†‡•…‰‹›⁄€™←↑→↓↔−≈≠≤≥≥■□●○☐☑✓"
COVERED = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1)) | frozenset(_SINGLE)


def printable(text: str) -> str:
    """``text`` with a box for each character that the typeface lacks: a PDF may not hold a missing glyph."""
    return "".join(char if char in COVERED or char == "\n" else "□" for char in text)


# ---------------------------------------------------------------- what PDF forms are filled in with

FORM_FAMILY, FORM_NAME = f"{FAMILY} Form", "PartnerskapSans-Form"
FORM_FONT = FOLDER / f"{FORM_NAME}.ttf"  # and beside it, as JSON, what a PDF says of it


def form_codes() -> dict[int, str]:
    """Byte → character, in a form that is filled in."""
    windows = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x20, 0x100)}
    return {code: char for code, char in windows.items() if char in COVERED}
