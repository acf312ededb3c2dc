"""Make the font files that the guide carries: ``python -m scripts.vendor``.

Needs the development packages fonttools, brotli and fontpkg-source-sans-3. The same packages give the same bytes.
"""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from . import fonts

PACKAGE = "fontpkg-source-sans-3"
WEB = Path(__file__).resolve().parent.parent / "docs" / "assets" / "fonts"
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "lnum", "tnum"]


@dataclass(frozen=True)
class Cut:
    """One static font: its weight and style, and the name of its files."""

    name: str
    weight: int
    italic: bool
    web: str


CUTS = (
    Cut("Regular", 400, False, "400"),
    Cut("SemiBold", 600, False, "600"),
    Cut("Bold", 700, False, "700"),
    Cut("Italic", 400, True, "400-italic"),
)


def main() -> int:
    source = importlib.resources.files("fontpkg_source_sans_3")
    WEB.mkdir(parents=True, exist_ok=True)
    for cut in CUTS:
        with importlib.resources.as_file(source / "files" / _variable(cut)) as path:
            font = static(path, cut)
        font.save(fonts.FOLDER / f"PartnerskapSans-{cut.name}.ttf")
        font.flavor = "woff2"
        font.save(WEB / f"source-sans-3-{cut.web}.woff2")
    _save_form_font(TTFont(fonts.FOLDER / "PartnerskapSans-Regular.ttf", recalcTimestamp=False))
    licence = (source / "LICENSE").read_bytes()
    for folder in (fonts.FOLDER, WEB):
        (folder / "OFL.txt").write_bytes(licence)
        (folder / "README.txt").write_text(_readme(), encoding="utf-8")
    return 0


def static(path: Path, cut: Cut) -> TTFont:
    """The variable font at ``path`` fixed at one weight, with the characters of :data:`fonts.COVERED` only."""
    font = TTFont(path, recalcTimestamp=False)
    missing = fonts.COVERED - {chr(code) for code in font.getBestCmap()}
    if missing:
        raise ValueError(f"{path.name} lacks {sorted(missing)}")
    font = instantiateVariableFont(font, {"wght": cut.weight})
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in fonts.COVERED])
    subsetter.subset(font)
    _rename(font, cut)
    return font


def _save_form_font(font: TTFont) -> None:
    """The font that a PDF form is filled in with: a character a byte, and what a PDF says of such a font.

    Widths and heights are in thousandths of the font's size.
    """
    glyphs = font.getBestCmap()
    codes = {code: ord(char) for code, char in fonts.form_codes().items()}
    scale = 1000 / font["head"].unitsPerEm
    widths = {code: round(font["hmtx"][glyphs[char]][0] * scale) for code, char in codes.items()}
    told = {
        "widths": [widths.get(code, 0) for code in range(32, 256)],
        "box": [round(font["head"].__dict__[edge] * scale) for edge in ("xMin", "yMin", "xMax", "yMax")],
        "ascent": round(font["OS/2"].sTypoAscender * scale),
        "descent": round(font["OS/2"].sTypoDescender * scale),
        "capitals": round(font["OS/2"].sCapHeight * scale),
    }
    subsetter = Subsetter(Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14]))
    subsetter.populate(unicodes=codes.values())
    subsetter.subset(font)
    for number, value in {1: fonts.FORM_FAMILY, 3: fonts.FORM_NAME, 4: fonts.FORM_FAMILY, 6: fonts.FORM_NAME}.items():
        font["name"].setName(value, number, 3, 1, 0x409)
    font.save(fonts.FORM_FONT)
    fonts.FORM_FONT.with_suffix(".json").write_text(json.dumps(told) + "\n", encoding="utf-8")


def _rename(font: TTFont, cut: Cut) -> None:
    """Names and style bits that group the four files into one family."""
    linked = cut.name in ("Regular", "Bold", "Italic")  # the styles that old name records know
    postscript = f"PartnerskapSans-{cut.name}"
    names = {
        1: fonts.FAMILY if linked else f"{fonts.FAMILY} {cut.name}",
        2: cut.name if linked else "Regular",
        3: postscript,
        4: f"{fonts.FAMILY} {cut.name}",
        6: postscript,
        16: fonts.FAMILY,
        17: cut.name,
    }
    for number, value in names.items():
        font["name"].setName(value, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = cut.weight
    bold = cut.name == "Bold"
    regular = not bold and not cut.italic
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | cut.italic | bold << 5 | regular << 6
    font["head"].macStyle = bold | cut.italic << 1


def _variable(cut: Cut) -> str:
    return f"SourceSans3{'-Italic' if cut.italic else ''}[wght].ttf"


def _readme() -> str:
    version = importlib.metadata.version(PACKAGE)
    return (
        f"Source Sans 3 by Adobe, from the PyPI package {PACKAGE} {version}, under the SIL Open Font License (OFL.txt).\n"
        f"Made by `python -m scripts.vendor`: fixed weights, Latin characters only. The licence reserves the name\n"
        f"«Source» for unmodified fonts, so these call themselves «{fonts.FAMILY}» inside.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
