"""QR codes that lead from paper to the page on the site."""

from __future__ import annotations

import functools
import io

import segno

SIDE = 13  # millimetres on paper


@functools.cache
def svg(address: str) -> str:
    """The code as an SVG image, with its quiet zone, for the PDF files."""
    buffer = io.BytesIO()
    _code(address).save(buffer, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, dark="#000", light="#fff")
    return buffer.getvalue().decode("utf-8")


@functools.cache
def png(address: str) -> bytes:
    """The code as a picture that says its own size, for the Office files."""
    buffer = io.BytesIO()
    code = _code(address)
    side, _ = code.symbol_size(scale=6, border=2)
    code.save(buffer, kind="png", scale=6, border=2, dpi=round(side / SIDE * 25.4))
    return buffer.getvalue()


def _code(address: str) -> segno.QRCode:
    # Level M survives a crease or a stain; a higher one makes the squares smaller.
    return segno.make(address, error="m", micro=False, boost_error=False)
