"""A typeset form made fillable: the places that the template has linked become form fields, tagged where they stand.

The template marks a place with a link to ``x-field:NAME``, or ``x-field:NAME=3`` for the third of several boxes. Typst then
puts the link in the right place of the tagged structure, and all that is left is to make it a field.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from ... import fonts
from ..blanks import Blank

_SCHEME = "x-field:"
_PRINTED = 4  # an annotation's flag
_MULTILINE, _RADIO, _COMBO = 1 << 12, 1 << 15, 1 << 17  # a field's flags
_NONSYMBOLIC = 1 << 5  # a font's flag: its characters are letters
_FONT = "PSF"  # the name that answers know the font by
_INK = "0.12 0.25 0.62 rg"  # of what is filled in
_RIGHT, _FIGURES = 2, 9  # how numbers stand, and their size in points
_ON = "Ja"


def make_fillable(typeset: bytes, blanks: Mapping[str, Blank]) -> bytes:
    """The PDF with a form field for each of ``blanks`` that it has a place for; without any it is left as it is."""
    if not blanks:
        return typeset
    with pikepdf.open(io.BytesIO(typeset)) as pdf:
        links = {}
        for page in pdf.pages:
            for annotation in page.get("/Annots", Array()):
                target = str(annotation.get("/A", Dictionary()).get("/URI", ""))
                if target.startswith(_SCHEME):
                    links[target.removeprefix(_SCHEME)] = annotation
        _tag_as_forms(pdf)
        resources = pdf.make_indirect(Dictionary(Font=Dictionary({f"/{_FONT}": _font(pdf)})))
        fields = [field for b in blanks.values() for field in _field(pdf, b, links, resources)]
        pdf.Root.AcroForm = pdf.make_indirect(_form(pdf, fields, resources))
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def _writing(size: int = 0) -> String:
    """How an answer is written. Size 0 lets the program that fills it in choose one at which all of it is seen."""
    return String(f"/{_FONT} {size} Tf {_INK}")


def _form(pdf: pikepdf.Pdf, fields: list[pikepdf.Object], resources: pikepdf.Object) -> Dictionary:
    return Dictionary(Fields=Array(fields), NeedAppearances=True, DA=_writing(), DR=resources)


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The font of the answers, whole in the file: what is filled in by another program then looks as it should."""
    told = json.loads(fonts.FORM_FONT.with_suffix(".json").read_text("utf-8"))
    name = Name(f"/{fonts.FORM_NAME}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=_NONSYMBOLIC, FontBBox=Array(told["box"]), ItalicAngle=0,
        Ascent=told["ascent"], Descent=told["descent"], CapHeight=told["capitals"], StemV=80,
        FontFile2=pdf.make_stream(fonts.FORM_FONT.read_bytes()),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=name, FirstChar=32, LastChar=255, Widths=Array(told["widths"]),
        FontDescriptor=pdf.make_indirect(descriptor),
        Encoding=Name.WinAnsiEncoding,  # the one that every program which fills in forms can write in
    )  # fmt: skip
    return pdf.make_indirect(font)


def _tag_as_forms(pdf: pikepdf.Pdf) -> None:
    """A screen reader is told of a field, not of a link."""
    for element in _elements(pdf.Root.StructTreeRoot):
        if element.get("/S") == Name.Link:
            for kid in _kids(element):
                target = str(kid.get("/Obj", Dictionary()).get("/A", Dictionary()).get("/URI", ""))
                if target.startswith(_SCHEME):
                    element.S = Name.Form


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in _kids(node):
        if "/S" in kid:
            yield kid
            yield from _elements(kid)


def _kids(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = node.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary):
            yield kid


# ---------------------------------------------------------------- one field


def _field(
    pdf: pikepdf.Pdf, blank: Blank, links: Mapping[str, pikepdf.Object], resources: pikepdf.Object
) -> Iterator[pikepdf.Object]:
    """The field of ``blank``: its own widget, or for one of several boxes a parent of theirs."""
    named = {"/T": String(blank.name.replace(".", "/")), "/TU": String(blank.label)}  # a dot would part a name in two
    if blank.kind == "one":
        boxes = [(str(n), links[f"{blank.name}={n}"]) for n in range(1, len(blank.options) + 1)]
        kids = [_box(pdf, box, {}, state, f"{blank.label}: {blank.options[int(state) - 1]}") for state, box in boxes]
        of_all = {**named, "/FT": Name.Btn, "/Ff": _RADIO, "/V": Name.Off, "/Kids": Array(kids)}
        parent = pdf.make_indirect(Dictionary(of_all))
        for kid in kids:
            kid.Parent = parent
        yield parent
    elif blank.name not in links:
        return
    elif blank.kind == "tick":
        yield _box(pdf, links[blank.name], {**named, "/FT": Name.Btn, "/V": Name.Off}, _ON, blank.label)
    else:
        link = links[blank.name]
        field = {**named, "/DA": _writing(), "/FT": Name.Tx, "/Ff": _MULTILINE}
        if blank.kind == "list":
            options = Array([String(option) for option in ("", *blank.options)])
            field |= {"/FT": Name.Ch, "/Ff": _COMBO, "/Opt": options}
        if blank.kind == "number":  # one line, which never needs to shrink
            field |= {"/DA": _writing(_FIGURES), "/Ff": 0, "/Q": _RIGHT}
        yield _widget(link, {**field, "/AP": Dictionary(N=_drawn(pdf, link, "", resources))})


def _box(pdf: pikepdf.Pdf, link: pikepdf.Object, field: Mapping[str, object], state: str, label: str) -> pikepdf.Object:
    """A box to tick. The template has drawn the box; the tick is two strokes."""
    width, height = _size(link)
    tick = (
        f"q 0.12 0.25 0.62 RG 1.4 w 1 J 1 j {width * 0.2:.2f} {height * 0.5:.2f} m "
        f"{width * 0.42:.2f} {height * 0.24:.2f} l {width * 0.82:.2f} {height * 0.8:.2f} l S Q"
    )
    shown = Dictionary({f"/{state}": _drawn(pdf, link, tick), "/Off": _drawn(pdf, link, "")})
    return _widget(link, {"/TU": String(label), **field, "/AS": Name.Off, "/AP": Dictionary(N=shown)})


def _widget(link: pikepdf.Object, fields: Mapping[str, object]) -> pikepdf.Object:
    """The link turned into a widget, with its place in the page and in the structure kept."""
    for key in ("/A", "/Border", "/Contents", "/C", "/H"):
        if key in link:
            del link[key]
    link.Subtype, link.F = Name.Widget, _PRINTED
    for key, value in fields.items():
        link[key] = value
    return link


def _drawn(
    pdf: pikepdf.Pdf, link: pikepdf.Object, content: str, resources: pikepdf.Object | None = None
) -> pikepdf.Object:
    """What a field looks like. One to write in has the font in its ``resources``, for whoever writes there."""
    width, height = _size(link)
    stream = pdf.make_stream(content.encode("ascii"))
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, width, height])
    if resources is not None:
        stream.Resources = resources
    return stream


def _size(link: pikepdf.Object) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in link.Rect)
    return round(right - left, 2), round(top - bottom, 2)
