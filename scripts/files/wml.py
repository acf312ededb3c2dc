"""WordprocessingML, piece by piece: each function gives the XML of one thing, with every text in it escaped."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
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


def run(text: str, style: str = "", bold: bool = False) -> str:
    """A piece of text; line breaks in it are kept."""
    properties = f"<w:rStyle w:val={quoteattr(style)}/>" * bool(style) + "<w:b/>" * bold
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def tab() -> str:
    return "<w:r><w:tab/></w:r>"


def field(instruction: str) -> str:
    """A value that Word works out, such as PAGE."""
    return f"<w:fldSimple w:instr={quoteattr(instruction)}><w:r><w:t>1</w:t></w:r></w:fldSimple>"


def paragraph(style: str, *content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{properties}</w:pPr>{''.join(content)}</w:p>"


def floating_picture(image: str, side: int, said: str) -> str:
    """A square picture in the left margin's edge, beside the paragraph that holds it.

    ``image`` is the id of its relationship, ``side`` is in millimetres, ``said`` is its text for who cannot see it.
    """
    size = f'cx="{side * _MILLIMETRE}" cy="{side * _MILLIMETRE}"'
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{-7 * _MILLIMETRE}</wp:posOffset></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="QR-kod" descr={quoteattr(said)}/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="1" name="QR-kod"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{image}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></w:r>"
    )


# ---------------------------------------------------------------- content controls


def text_control(tag: str, title: str, value: str, empty: str, style: str = INK, many_lines: bool = False) -> str:
    """A place to write in. ``empty`` is shown until something is written, ``style`` is the value's."""
    kind = '<w:text w:multiLine="1"/>' if many_lines else "<w:text/>"
    return _control(tag, title, kind, value, empty, style)


def date_control(tag: str, title: str, value: datetime.date | None, style: str = INK) -> str:
    """A date, chosen from a calendar or typed as ÅÅÅÅ-MM-DD."""
    full = f' w:fullDate="{value.isoformat()}T00:00:00Z"' if value else ""
    kind = (
        f'<w:date{full}><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="sv-SE"/>'
        '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
    )
    return _control(tag, title, kind, value.isoformat() if value else "", _DATE, style)


def choice_control(tag: str, title: str, options: Iterable[str], value: str, style: str = INK) -> str:
    """A list to choose from."""
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(option)} w:value={quoteattr(option)}/>"
        for option in dict.fromkeys(options)
    )
    return _control(tag, title, f"<w:dropDownList>{items}</w:dropDownList>", value, _CHOOSE, style)


def check_control(tag: str, title: str, checked: bool) -> str:
    """A box to tick."""
    kind = (
        f'<w14:checkbox><w14:checked w14:val="{int(checked)}"/><w14:checkedState w14:val="{ord(_ON):04X}" '
        f'w14:font="MS Gothic"/><w14:uncheckedState w14:val="{ord(_OFF):04X}" w14:font="MS Gothic"/></w14:checkbox>'
    )
    fonts = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>'
    box = f"<w:r><w:rPr>{fonts}</w:rPr><w:t>{_ON if checked else _OFF}</w:t></w:r>"
    return f"<w:sdt><w:sdtPr>{_name(tag, title)}{kind}</w:sdtPr><w:sdtContent>{box}</w:sdtContent></w:sdt>"


def _control(tag: str, title: str, kind: str, value: str, empty: str, style: str) -> str:
    content = run(value, style) if value else run(empty, _PLACEHOLDER)
    properties = _name(tag, title) + ("" if value else "<w:showingPlcHdr/>") + kind
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _name(tag: str, title: str) -> str:
    return f"<w:alias w:val={quoteattr(short_title(title))}/><w:tag w:val={quoteattr(short_tag(tag))}/>"


def short_title(title: str) -> str:
    return title if len(title) <= _LONGEST_NAME else title[: _LONGEST_NAME - 1] + "…"


def short_tag(tag: str) -> str:
    """``tag`` as long as Word allows; a longer one ends in a digest of the whole, so that it is still its own."""
    digest = hashlib.sha256(tag.encode()).hexdigest()[:8]
    return tag if len(tag) <= _LONGEST_NAME else f"{tag[: _LONGEST_NAME - 9]}-{digest}"


# ---------------------------------------------------------------- tables


def table(
    widths: Sequence[int],
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    title: str,
    height: int = 0,
    said: str = "",
) -> str:
    """A table with a header row that is repeated on each page, and rows that no page break splits.

    ``widths`` are in twentieths of a point, ``header`` and ``rows`` hold the paragraphs of each cell.
    ``height`` is the least height of a row, ``said`` what the table is for, when it is not to be filled in.
    """
    heading = _row(widths, header, "<w:tblHeader/>", '<w:vAlign w:val="bottom"/>')
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    least = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    body = "".join(_row(widths, row, least) for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="FormTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(title)}/>'
        f"<w:tblDescription w:val={quoteattr(said or f'Tabell att fylla i: {title}')}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{heading}{body}</w:tbl>"
    )


def _row(widths: Sequence[int], cells: Sequence[str], properties: str, cell_properties: str = "") -> str:
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{cell_properties}</w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{written}</w:tr>"
