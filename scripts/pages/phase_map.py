"""The contract's phases as a map to click: inline SVG drawn from the data, one wide and one tall for narrow screens."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from ..guide.model import Phase

_WIDE, _TALL, _HEIGHT, _POINT = 200, 300, 92, 18


def phase_map(phases: tuple[Phase, ...], url: Callable[[Phase], str], current: str = "") -> Markup:
    """A navigation with the phases in order. ``url`` gives a phase's address as seen from the page.

    On a narrow screen the map stands on its end, or is one line on the page of a phase.
    """
    wide = "".join(_arrow(p, i, url(p), current, _wide_shape) for i, p in enumerate(phases))
    narrow = _line(phases, url, current) if current else _tall(phases, url)
    return Markup(
        '<nav class="phase-map" aria-label="Avtalets faser" data-search-exclude>'
        f"{_svg('wide', _WIDE * len(phases) + _POINT, _HEIGHT, wide)}{narrow}</nav>"
    )


def _tall(phases: tuple[Phase, ...], url: Callable[[Phase], str]) -> str:
    tall = "".join(_arrow(p, i, url(p), "", _tall_shape) for i, p in enumerate(phases))
    return _svg("tall", _TALL, (_HEIGHT - 16) * len(phases) + _POINT, tall)


def _line(phases: tuple[Phase, ...], url: Callable[[Phase], str], current: str) -> str:
    """Which phase it is, and the one before and the one after."""
    at = next(number for number, phase in enumerate(phases) if phase.id == current)
    beside = {"Före": phases[at - 1 : at] if at else (), "Sedan": phases[at + 1 : at + 2]}
    links = (
        f'{said}: <a href="{escape(url(p))}">{escape(p.short)}</a>' for said, found in beside.items() for p in found
    )
    return f'<p class="phase-map-line">Fas {at + 1} av {len(phases)}. {". ".join(links)}</p>'


def _svg(name: str, width: int, height: int, content: str) -> str:
    return f'<svg class="phase-map-{name}" viewBox="0 0 {width} {height}" focusable="false">{content}</svg>'


def _arrow(phase: Phase, index: int, address: str, current: str, shape: Callable[[int], tuple[str, int, int]]) -> str:
    points, x, y = shape(index)
    here = ' aria-current="page"' if phase.id == current else ""
    return (
        f'<a href="{escape(address)}"{here}><polygon points="{points}"/>'
        f'<text x="{x}" y="{y}" class="phase-number">Fas {index + 1}</text>'
        f'<text x="{x}" y="{y + 26}" class="phase-name">{escape(phase.short)}</text></a>'
    )


def _wide_shape(index: int) -> tuple[str, int, int]:
    """Corners of a box with a point to the right, and where its text begins."""
    left, right, tip = index * _WIDE, (index + 1) * _WIDE - 6, (index + 1) * _WIDE + _POINT - 6
    notch = left + _POINT if index else left
    corners = [(left, 0), (right, 0), (tip, _HEIGHT // 2), (right, _HEIGHT), (left, _HEIGHT), (notch, _HEIGHT // 2)]
    return " ".join(f"{x},{y}" for x, y in corners), left + _POINT + 14, 40


def _tall_shape(index: int) -> tuple[str, int, int]:
    """Corners of a box with a point downwards, and where its text begins."""
    step = _HEIGHT - 16
    top, bottom, tip = index * step, (index + 1) * step - 6, (index + 1) * step + _POINT - 6
    notch = top + _POINT if index else top
    corners = [(0, top), (_TALL // 2, notch), (_TALL, top), (_TALL, bottom), (_TALL // 2, tip), (0, bottom)]
    return " ".join(f"{x},{y}" for x, y in corners), 18, top + 32
