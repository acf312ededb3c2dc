"""WordprocessingML, piece by piece: each function gives the XML of one thing.

All of it is made by :func:`element`, which escapes every text and attribute, so that no function can forget to.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
INK = "Ink"  # the character style of what is written by hand in an example
_PLACEHOLDER = "PlaceholderText"
_MILLIMETRE = 36_000  # in the units of drawings
_LONGEST_NAME = 64  # Word calls a file damaged when a control's tag or title is longer
_CHOOSE = "Välj"
_DATE = "åååå-mm-dd"
_ON, _OFF = "☒", "☐"


class Xml(str):
    """A piece of XML, whole and with every text in it escaped."""


NOTHING = Xml()


def element(name: str, attributes: Mapping[str, object] | None = None, *content: str) -> Xml:
    """An element. Of ``content``, what is XML already stands as it is, and any other text as text."""
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in (attributes or {}).items())
    inner = "".join(part if isinstance(part, Xml) else escape(part) for part in content)
    return Xml(f"<{name}{said}>{inner}</{name}>")


def joined(*pieces: Xml) -> Xml:
    """Pieces after each other."""
    return Xml("".join(pieces))


def value(name: str, value: object) -> Xml:
    """An element that says one thing, such as w:jc."""
    return element(name, {"w:val": value})


def run(text: str, style: str = "", bold: bool = False) -> Xml:
    """A piece of text; line breaks in it are kept."""
    look = joined(*[value("w:rStyle", style)] * bool(style), *[element("w:b")] * bold)
    first, *rest = (element("w:t", {"xml:space": "preserve"}, line) for line in text.split("\n"))
    lines = joined(first, *(joined(element("w:br"), line) for line in rest))
    return element("w:r", None, element("w:rPr", None, look), lines)


def tab() -> Xml:
    return element("w:r", None, element("w:tab"))


def field(instruction: str) -> Xml:
    """A value that Word works out, such as PAGE."""
    return element("w:fldSimple", {"w:instr": instruction}, element("w:r", None, element("w:t", None, "1")))


def paragraph(style: str, *content: Xml, properties: Xml = NOTHING) -> Xml:
    look = element("w:pPr", None, value("w:pStyle", style), properties)
    return element("w:p", None, look, *content)


def floating_picture(image: str, side: int, said: str) -> Xml:
    """A square picture in the left margin's edge, beside the paragraph that holds it.

    ``image`` is the id of its relationship, ``side`` is in millimetres, ``said`` is its text for who cannot see it.
    """
    size = {"cx": side * _MILLIMETRE, "cy": side * _MILLIMETRE}
    anchor = {
        **dict.fromkeys(("distT", "distB", "distL", "distR", "simplePos"), 0),
        **{"relativeHeight": 1, "behindDoc": 0, "locked": 0, "layoutInCell": 1, "allowOverlap": 1},
    }
    placed = element(
        "wp:anchor",
        anchor,
        element("wp:simplePos", {"x": 0, "y": 0}),
        element("wp:positionH", {"relativeFrom": "margin"}, element("wp:posOffset", None, "0")),
        element("wp:positionV", {"relativeFrom": "paragraph"}, element("wp:posOffset", None, str(-7 * _MILLIMETRE))),
        element("wp:extent", size),
        element("wp:effectExtent", dict.fromkeys(("l", "t", "r", "b"), 0)),
        element("wp:wrapNone"),
        element("wp:docPr", {"id": 1, "name": "QR-kod", "descr": said}),
        element("wp:cNvGraphicFramePr"),
        element("a:graphic", None, _picture(image, size)),
    )
    return element("w:r", None, element("w:drawing", None, placed))


def _picture(image: str, size: Mapping[str, object]) -> Xml:
    uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    name = element("pic:nvPicPr", None, element("pic:cNvPr", {"id": 1, "name": "QR-kod"}), element("pic:cNvPicPr"))
    blip = element("a:blip", {"r:embed": image})
    fill = element("pic:blipFill", None, blip, element("a:stretch", None, element("a:fillRect")))
    box = element("a:xfrm", None, element("a:off", {"x": 0, "y": 0}), element("a:ext", size))
    shape = element("pic:spPr", None, box, element("a:prstGeom", {"prst": "rect"}, element("a:avLst")))
    return element("a:graphicData", {"uri": uri}, element("pic:pic", None, name, fill, shape))


# ---------------------------------------------------------------- content controls


def text_control(tag: str, title: str, value: str, empty: str, style: str = INK, many_lines: bool = False) -> Xml:
    """A place to write in. ``empty`` is shown until something is written, ``style`` is the value's."""
    return _control(tag, title, element("w:text", {"w:multiLine": 1} if many_lines else None), value, empty, style)


def date_control(tag: str, title: str, date: datetime.date | None, style: str = INK) -> Xml:
    """A date, chosen from a calendar or typed as ÅÅÅÅ-MM-DD."""
    kind = element(
        "w:date",
        {"w:fullDate": f"{date.isoformat()}T00:00:00Z"} if date else None,
        value("w:dateFormat", "yyyy-MM-dd"),
        value("w:lid", "sv-SE"),
        value("w:storeMappedDataAs", "date"),
        value("w:calendar", "gregorian"),
    )
    return _control(tag, title, kind, date.isoformat() if date else "", _DATE, style)


def choice_control(tag: str, title: str, options: Iterable[str], chosen: str, style: str = INK) -> Xml:
    """A list to choose from."""
    items = (element("w:listItem", {"w:displayText": text, "w:value": text}) for text in dict.fromkeys(options))
    return _control(tag, title, element("w:dropDownList", None, *items), chosen, _CHOOSE, style)


def check_control(tag: str, title: str, checked: bool) -> Xml:
    """A box to tick."""
    font = "MS Gothic"
    states = (("w14:checkedState", _ON), ("w14:uncheckedState", _OFF))
    kind = element(
        "w14:checkbox",
        None,
        element("w14:checked", {"w14:val": int(checked)}),
        *(element(name, {"w14:val": f"{ord(sign):04X}", "w14:font": font}) for name, sign in states),
    )
    fonts = element("w:rFonts", {"w:ascii": font, "w:eastAsia": font, "w:hAnsi": font})
    sign = element("w:t", None, _ON if checked else _OFF)
    box = element("w:r", None, element("w:rPr", None, fonts), sign)
    return _placed(joined(_name(tag, title), kind), box)


def _control(tag: str, title: str, kind: Xml, text: str, empty: str, style: str) -> Xml:
    shown = element("w:showingPlcHdr")
    content = run(text, style) if text else run(empty, _PLACEHOLDER)
    return _placed(joined(_name(tag, title), *[shown] * (not text), kind), content)


def _placed(properties: Xml, content: Xml) -> Xml:
    return element("w:sdt", None, element("w:sdtPr", None, properties), element("w:sdtContent", None, content))


def _name(tag: str, title: str) -> Xml:
    return joined(value("w:alias", short_title(title)), value("w:tag", short_tag(tag)))


def short_title(title: str) -> str:
    return title if len(title) <= _LONGEST_NAME else title[: _LONGEST_NAME - 1] + "…"


def short_tag(tag: str) -> str:
    """``tag`` as long as Word allows; a longer one ends in a digest of the whole, so that it is still its own."""
    digest = hashlib.sha256(tag.encode()).hexdigest()[:8]
    return tag if len(tag) <= _LONGEST_NAME else f"{tag[: _LONGEST_NAME - 9]}-{digest}"


# ---------------------------------------------------------------- tables


def table(
    widths: Sequence[int],
    header: Sequence[Xml],
    rows: Iterable[Sequence[Xml]],
    title: str,
    height: int = 0,
    said: str = "",
) -> Xml:
    """A table with a header row that is repeated on each page, and rows that no page break splits.

    ``widths`` are in twentieths of a point, ``header`` and ``rows`` hold the paragraphs of each cell.
    ``height`` is the least height of a row, ``said`` what the table is for, when it is not to be filled in.
    """
    look = {"w:val": "0020", "w:firstRow": 1, "w:lastRow": 0, "w:firstColumn": 0, "w:lastColumn": 0}
    properties = element(
        "w:tblPr",
        None,
        value("w:tblStyle", "FormTable"),
        element("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblLook", {**look, "w:noHBand": 1, "w:noVBand": 1}),
        value("w:tblCaption", title),
        value("w:tblDescription", said or f"Tabell att fylla i: {title}"),
    )
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": width}) for width in widths))
    heading = _row(widths, header, element("w:tblHeader"), value("w:vAlign", "bottom"))
    least = element("w:trHeight", {"w:val": height, "w:hRule": "atLeast"}) if height else NOTHING
    return element("w:tbl", None, properties, grid, heading, *(_row(widths, row, least) for row in rows))


def _row(widths: Sequence[int], cells: Sequence[Xml], properties: Xml, cell_properties: Xml = NOTHING) -> Xml:
    written = (
        element("w:tc", None, element("w:tcPr", None, element("w:tcW", {"w:w": width, "w:type": "dxa"}), cell_properties), cell)
        for width, cell in zip(widths, cells, strict=True)
    )  # fmt: skip
    return element("w:tr", None, element("w:trPr", None, element("w:cantSplit"), properties), *written)
