"""A Word file made of its body: the guide's styles and language, a foot on every page, and nothing of python-docx' own.

What the file is apart from its body lies in ``templates/word/``.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ..guide.model import Settings
from . import qr, wml
from .bundle import pack, repack
from .paper import dated, edition, short_address

TEMPLATES = Path(__file__).parent / "templates" / "word"
_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    **{
        f"word/{name}": name
        for name in ("document.xml", "styles.xml", "numbering.xml", "settings.xml", "fontTable.xml")
    },
    "word/theme/theme1.xml": "theme.xml",
}
WIDTH = {False: 9866, True: 14798}  # of the text on a standing and a lying page, in twentieths of a point


@dataclass(frozen=True)
class About:
    """What a Word file says of itself. ``mark`` stands on top of every page, ``id`` and ``address`` at its foot."""

    title: str
    summary: str
    kind: str
    id: str
    address: str
    settings: Settings
    landscape: bool = False
    mark: str = ""


def document(about: About, body: Iterable[str]) -> bytes:
    """The Word file with ``body``, paragraphs and tables as :mod:`scripts.files.wml` writes them."""
    made = Document(io.BytesIO(_base()))
    _page(made, about)
    _properties(made, about)
    content = made.element.body
    for element in _parsed(wml.element("w:body", None, *body)):
        content.insert(len(content) - 1, element)  # before the section's properties
    for number, properties in enumerate(content.iter(qn("w:sdtPr")), 1):
        properties.find(qn("w:tag")).addnext(_parsed(wml.value("w:id", number)))
    buffer = io.BytesIO()
    made.save(buffer)
    return repack(buffer.getvalue())


def _base() -> bytes:
    return pack({part: (TEMPLATES / name).read_bytes() for part, name in _PARTS.items()})


def _page(document: Any, about: About) -> None:
    section = document.sections[0]
    if about.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    right = wml.element("w:tab", {"w:val": "right", "w:pos": WIDTH[about.landscape]})
    beside = wml.element("w:ind", {"w:left": 850})  # the QR code
    line = wml.joined(wml.element("w:tabs", None, right), beside)
    page = (wml.run("Sida "), wml.field("PAGE"), wml.run(" av "), wml.field("NUMPAGES"))
    guide = wml.run(f"{about.settings.title}, {edition(about.settings)}")
    _fill(section.footer, wml.paragraph("Footer", guide, wml.tab(), *page, properties=line))
    image, _ = section.footer.part.get_or_add_image(io.BytesIO(qr.png(dated(about.settings, about.address))))
    address = short_address(about.address)
    code = wml.floating_picture(image, qr.SIDE, f"QR-kod till {address}")
    _fill(section.footer, wml.paragraph("Footer", code, wml.run(f"Id: {about.id} · {address}"), properties=beside))
    if about.mark:
        _fill(section.header, wml.paragraph("Mark", wml.run(about.mark)))


def _fill(place: Any, paragraph: wml.Xml) -> None:
    """Add a paragraph to a header or a footer; the first one replaces python-docx' empty one."""
    if place.is_linked_to_previous:
        place.is_linked_to_previous = False
        for empty in list(place._element):
            place._element.remove(empty)
    place._element.append(_parsed(paragraph))


def _parsed(piece: wml.Xml) -> Any:
    """A piece as an element of its own, with the namespaces that it needs."""
    return parse_xml(piece.replace(">", f" {wml.NAMESPACES}>", 1))


def _properties(document: Any, about: About) -> None:
    """The dates are the guide's, so that the file is the same on another day."""
    settings = about.settings
    noon = datetime.datetime.combine(settings.date, datetime.time(12), datetime.UTC)
    said = document.core_properties
    said.title, said.subject, said.comments = about.title, settings.title, about.summary
    said.author = said.last_modified_by = settings.publisher
    said.created = said.modified = noon
    said.revision, said.version = 1, settings.version
    said.language, said.identifier = "sv-SE", about.address
    said.category = about.kind
