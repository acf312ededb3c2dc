"""The guide on paper: its bookmarks, contents and cross-references lead where they say, and every page says what it is."""

from __future__ import annotations

import functools
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
import segno

from scripts.files import paper
from scripts.files.catalogue import Artifact
from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Challenge, Example, Phase, Practice, Record, Role, Term, Worksheet
from tests import readers
from tests.small_guide import SHEET, stepped, write
from tests.test_worksheets import HOSTILE, pdf_characters, pdf_text, structure, tags

WHOLE = "ladda-ner/guiden.pdf"
pytestmark = pytest.mark.xdist_group("book")


@dataclass(frozen=True)
class Link:
    """A link as a reader sees it: its text, and where it leads, as a page's number or as an address."""

    page: int
    text: str
    to: int | str
    contents: bool


class Printed:
    """A PDF file as its reader meets it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pdf = pikepdf.open(io.BytesIO(data))
        self._number = {page.objgen: number for number, page in enumerate(self.pdf.pages, 1)}
        self._names = dict(pikepdf.NameTree(self.pdf.Root.Names.Dests).items())

    @functools.cached_property
    def _marked(self) -> dict[tuple[int, int], str]:
        """(page, number of the marked content) → text; what is no content of the document, the feet, has number −1."""
        found: dict[tuple[int, int], str] = {}
        for number, page in enumerate(self.pdf.pages, 1):
            for mark, text in _texts(page):
                found[number, mark] = found.get((number, mark), "") + text
        return found

    def foot(self, page: int) -> str:
        return " ".join(self._marked.get((page, -1), "").split())

    def code(self, page: int) -> set[tuple[int, int]]:
        """The dark squares of the page's QR code, which is drawn as a line for each run of them."""
        drawn, dark = [(str(o), a) for a, o in pikepdf.parse_content_stream(self.pdf.pages[page - 1])], set()
        for (first, start), (second, end) in itertools.pairwise(drawn):
            if (first, second) == ("m", "l") and start[1] == end[1] and start[1] % 1 == Decimal("0.5"):
                dark |= {(x - 2, int(start[1]) - 2) for x in range(int(start[0]), int(end[0]))}  # 2: the quiet zone
        return dark

    def text(self, page: int) -> str:
        """The page's text apart from its head and foot."""
        return " ".join(
            "".join(t for (number, mark), t in self._marked.items() if number == page and mark >= 0).split()
        )

    @property
    def pages(self) -> range:
        return range(1, len(self.pdf.pages) + 1)

    @functools.cached_property
    def links(self) -> tuple[Link, ...]:
        inside = {
            kid.objgen
            for tag, node in structure(self.pdf.Root.StructTreeRoot)
            if tag == "/TOCI"
            for kid in _under(node)
        }
        found = []
        for tag, node in structure(self.pdf.Root.StructTreeRoot):
            if tag == "/Link":
                given = next(kid for kid in node.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid)
                page = self._number[given.Pg.objgen]
                found.append(Link(page, self._said(node), self._target(given.Obj), node.objgen in inside))
        return tuple(found)

    def _said(self, node: Any, page: int = 0) -> str:
        """The text of an element, without the sign of a word that is broken between lines."""
        page = self._number[node.Pg.objgen] if "/Pg" in node else page
        said = ""
        kids = node.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                said += self._marked.get((page, kid), "")  # a picture has no text
            elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                said += self._marked.get((self._number[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)), "")
            elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                said += self._said(kid, page)
        return " ".join(said.replace("\u00ad", "").split())

    def _target(self, annotation: Any) -> int | str:
        if "/A" in annotation:
            return str(annotation.A.URI)
        return self._page(annotation.Dest)

    def _page(self, destination: Any) -> int:
        if isinstance(destination, pikepdf.String):
            destination = self._names[str(destination)]
        if isinstance(destination, pikepdf.Dictionary):
            destination = destination.D
        return self._number[destination[0].objgen]

    def page_of(self, record: Record) -> int:
        return self._page(pikepdf.String(f"{record.folder}/{record.id}"))

    @property
    def said(self) -> str:
        """All that a screen reader reads, in its order."""
        return self._said(self.pdf.Root.StructTreeRoot)

    def headings(self, level: int) -> list[str]:
        return [self._said(node) for tag, node in structure(self.pdf.Root.StructTreeRoot) if tag == f"/H{level}"]

    @property
    def bookmarks(self) -> list[tuple[str, int, list[tuple[str, int]]]]:
        def read(item: Any) -> tuple[str, int]:
            return item.title, self._page(item.destination)

        with self.pdf.open_outline() as outline:
            return [(*read(item), [read(child) for child in item.children]) for item in outline.root]


def _under(node: Any) -> Iterator[Any]:
    return (kid for _, kid in structure(node))


def _letters(text: str) -> str:
    """The text as it is however its lines are broken."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def _texts(page: Any) -> Iterator[tuple[int, str]]:
    """The pieces of text on a page with the number of the marked content that each belongs to."""
    fonts = {name: pdf_characters(font.ToUnicode.read_bytes()) for name, font in page.Resources.Font.items()}
    current: dict[int, str] = {}
    marks: list[int] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            given = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
            outer = marks[-1] if marks else -1
            marks.append(int(given.MCID) if "/MCID" in given else -1 if str(operands[0]) == "/Artifact" else outer)
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            current = fonts[str(operands[0])]
        elif name in ("Tj", "TJ"):
            parts = operands[0] if name == "TJ" else operands
            glyphs = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            codes = (int.from_bytes(glyphs[i : i + 2]) for i in range(0, len(glyphs), 2))
            yield (marks[-1] if marks else -1), "".join(current.get(code, "?") for code in codes)
        elif name == "ET":
            yield (marks[-1] if marks else -1), "\n"


def _of_the_book(artifact: Artifact) -> bool:
    return artifact.use in ("book", "booklet")


@pytest.fixture(scope="module")
def files(guide: Guide) -> dict[str, bytes]:
    """The real guide's."""
    return readers.files(guide, _of_the_book)


@pytest.fixture(scope="module")
def whole(files: dict[str, bytes]) -> Printed:
    return Printed(files[WHOLE])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return read(write(tmp_path_factory.mktemp("guide"))).guide


# ---------------------------------------------------------------- the ways in


def test_the_bookmarks_are_the_chapters_with_their_entries_and_lead_to_them(guide: Guide, whole: Printed) -> None:
    found = whole.bookmarks
    phases = [phase.title for phase in guide.all(Phase)]
    assert [title for title, _, _ in found] == [
        "Innehåll", "Så använder ni guiden", *phases, "Utmaningar", "Vägledande principer", "Framgångsfaktorer",
        "Fokusområden", "Indikatorer", "Roller", "Arbetsblad", "Möten", "Avtalsformer", "Vilken lag gäller vårt avtal?", "Frågor", "Begrepp", "Så kom guiden till",
        "Källor", "Vad det tar i tid", "Arbetsblad i bokstavsordning",
    ]  # fmt: skip
    assert [title for title, _, _ in found] == whole.headings(1)
    for phase, (_, page, entries) in zip(guide.all(Phase), found[2:7], strict=True):
        home = [practice for practice in guide.in_phase(phase, Practice) if practice.phases[0] == phase.id]
        assert page == whole.page_of(phase)
        assert entries == [(practice.title, whole.page_of(practice)) for practice in home]


def test_the_contents_list_the_bookmarks_with_the_pages_they_lead_to(whole: Printed) -> None:
    listed = [(link.text, link.to) for link in whole.links if link.contents]
    marks = [entry for title, page, entries in whole.bookmarks[1:] for entry in [(title, page), *entries]]
    assert [to for _, to in listed] == [page for _, page in marks]
    assert [re.sub(r"[ .]+", " ", text) for text, _ in listed] == [
        re.sub(r"[ .]+", " ", f"{title} {page}") for title, page in marks
    ]


def test_every_page_number_in_a_cross_reference_is_the_page_it_leads_to(files: dict[str, bytes]) -> None:
    for path, data in files.items():
        printed = [link for link in Printed(data).links if isinstance(link.to, int) and not link.contents]
        numbers = [re.search(r"\bs\.\s*(\d+)\s*\)?$", link.text) for link in printed]
        wrong = [link for link, number in zip(printed, numbers, strict=True) if number and int(number[1]) != link.to]
        assert not wrong, (path, wrong[:3])
        assert sum(map(bool, numbers)) > (1000 if path == WHOLE else 30), path


def test_every_record_stands_under_its_title_on_the_page_that_references_name(guide: Guide, whole: Printed) -> None:
    titles = {_letters(title) for title in (*whole.headings(1), *whole.headings(2))}
    for records in guide.records.values():
        for record in records.values():
            if not isinstance(record, Example):  # a worksheet filled in, and the forms are not in the book
                title = _letters(getattr(record, "label", record.title))
                assert title in titles, record
                assert title in _letters(whole.text(whole.page_of(record))), record


def test_the_last_chapter_lists_the_worksheets_from_a_to_o(guide: Guide, whole: Printed) -> None:
    page = whole.bookmarks[-1][1]
    listed = [link.text for link in whole.links if link.page >= page and isinstance(link.to, int)]
    assert len(listed) == len(guide.all(Worksheet))
    assert listed.index(next(text for text in listed if text.startswith("Årshjul"))) > len(listed) - 4


# ---------------------------------------------------------------- every page


def test_every_page_but_the_cover_says_which_record_it_is_about_in_which_edition(guide: Guide, whole: Printed) -> None:
    said = paper.edition(guide.settings).capitalize()
    for page in whole.pages[1:]:
        foot = whole.foot(page)
        assert f"{said} · Id: " in foot
        assert f"Sida {page} av {len(whole.pages)}" in foot
    for practice in guide.all(Practice):
        pages = range(whole.page_of(practice), whole.page_of(practice) + 2)
        foots = [whole.foot(page) for page in pages]
        assert f"Id: {practice.id} " in foots[0]
        assert f"/arbetssatt/{practice.id}" in foots[0].replace(" ", "")
    for phase in guide.all(Phase):  # a chapter's second page is about the same record as its first
        assert f"Id: {phase.id} " in whole.foot(whole.page_of(phase) + 1)


def test_a_page_with_several_records_is_about_the_last_to_begin_on_it(guide: Guide, whole: Printed) -> None:
    pages: dict[int, list[Challenge]] = {}
    for challenge in guide.all(Challenge):
        pages.setdefault(whole.page_of(challenge), []).append(challenge)
    assert any(len(found) > 1 for found in pages.values())
    for page, found in pages.items():
        assert f"Id: {found[-1].id} " in whole.foot(page)


def test_the_qr_code_of_a_page_leads_to_its_record(guide: Guide, whole: Printed) -> None:
    for record in (*guide.all(Phase), *guide.all(Practice)):
        address = f"{guide.settings.address}{record.path}/{record.id}/"
        assert whole.code(whole.page_of(record)) == _dark(f"{address}?utgava={guide.settings.version}"), record.id
    for chapter in whole.bookmarks:
        if chapter[0] == "Källor":
            assert whole.code(chapter[1]) == _dark(f"{guide.settings.address}kallor/?utgava={guide.settings.version}")


def _dark(address: str) -> set[tuple[int, int]]:
    """The dark squares of the code for an address: (column, row)."""
    code = segno.make(address, error="m", micro=False, boost_error=False)
    return {(x, y) for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark}


# ---------------------------------------------------------------- for everyone


def test_the_files_are_tagged_swedish_and_declare_pdf_ua(guide: Guide, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert pdf.Root.Lang == "sv-SE"
            assert pdf.Root.MarkInfo.Marked is True
            assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
            metadata = pdf.open_metadata()
            assert metadata["pdfuaid:part"] == "1"
            assert guide.settings.short_title in metadata["dc:title"] or metadata["dc:title"] == guide.settings.title
        found = tags(data)
        assert {"/TOC", "/TOCI", "/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/Link"} <= set(found), path
        levels = [int(tag[2]) for tag in found if re.fullmatch(r"/H[1-6]", tag)]
        assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)), path


# ---------------------------------------------------------------- a phase alone


def test_a_phase_has_its_own_file_with_what_belongs_to_it(guide: Guide, files: dict[str, bytes]) -> None:
    assert set(files) == {WHOLE, *(f"ladda-ner/fas-{phase.id}.pdf" for phase in guide.all(Phase))}
    phase = guide.all(Phase)[1]
    printed = Printed(files[f"ladda-ner/fas-{phase.id}.pdf"])
    assert [title for title, _, _ in printed.bookmarks] == [
        phase.title, "Utmaningar i fasen", "Arbetsblad i fasen", "Källor", "Mer på webbplatsen",
    ]  # fmt: skip
    home = [practice.title for practice in guide.in_phase(phase, Practice) if practice.phases[0] == phase.id]
    assert [title for title, _ in printed.bookmarks[0][2]] == home
    assert [title for title, _ in printed.bookmarks[1][2]] == [c.title for c in guide.in_phase(phase, Challenge)]
    assert guide.settings.notice in printed.text(1)
    assert f"Id: {phase.id} " in printed.foot(1)


def test_a_phase_gives_the_address_of_what_it_lacks(small: Guide) -> None:
    printed = Printed(readers.file(small, "fas-uppstart.pdf"))
    role = small.get(Role, "trafikchef")
    last = printed.bookmarks[-1][1]
    addresses = {(link.page, link.text): link.to for link in printed.links if isinstance(link.to, str)}
    assert addresses[last, role.title] == "https://provguiden.example/roller/trafikchef/"
    assert addresses[last, "provguiden.example/roller/trafikchef"] == "https://provguiden.example/roller/trafikchef/"
    sheets = printed.bookmarks[2][1]
    assert "provguiden.example/arbetsblad/provblad" in printed.text(sheets).replace("\u200b", "")
    assert not [link for link in printed.links if link.text == role.title and isinstance(link.to, int)]


# ---------------------------------------------------------------- whatever is written


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """Every text that a contributor writes is an attack; the phase has no records but the small guide's."""
    every = "\n\n".join(HOSTILE)
    root = write(
        tmp_path_factory.mktemp("hostile"),
        phases={"uppstart": {"title": HOSTILE[2], "text": every, "outcomes": list(HOSTILE), "begins": HOSTILE[0]}},
        practices={
            "motas": {
                "title": HOSTILE[0],
                "why": every + "\n\nAnnars krävs vite.",
                "pitfalls": list(HOSTILE),
                **stepped(
                    [{"who": "båda", "do": text, "result": text, "minutes": 5, "meeting": text} for text in HOSTILE]
                ),
            }
        },
        challenges={"tystnad": {"text": every, "client_sees": HOSTILE[2], "title": "=1+1 <script> @ref $x$"}},
        worksheets={SHEET: {"purpose": every + " [[provkalla]]", "preparation": list(HOSTILE)}},
        terms={"vite": {"definition": every, "differs": "odelbart" * 150}},
        sources={"provkalla": {"label": "#label <a>", "says": every}},
    )
    return read(root).guide


@pytest.mark.parametrize("path", [WHOLE, "ladda-ner/fas-uppstart.pdf"])
def test_hostile_texts_are_texts(hostile: Guide, path: str) -> None:
    data = readers.files(hostile, _of_the_book)[path]
    said = re.sub(r"\s+", "", pdf_text(data))
    for text in HOSTILE:
        assert said.count(re.sub(r"\s+", "", text)) >= 4, text
    assert "=1+1<script>@ref$x$" in said
    outside = {link.to for link in Printed(data).links if isinstance(link.to, str)}
    assert all(to.startswith(("https://provguiden.example/", "https://provkalla.example/")) for to in outside)


def test_a_long_word_is_broken_and_not_lost(hostile: Guide) -> None:
    assert hostile.get(Term, "vite").differs
    said = _letters(pdf_text(readers.file(hostile, "guiden.pdf")))
    assert "odelbart" * 150 in said


def test_a_statement_says_in_the_book_how_it_is_answered(small: Guide) -> None:
    said = " ".join(pdf_text(readers.file(small, "guiden.pdf")).split())
    for text, answer in (("Vi får de uppgifter vi ber om.", "1–5"), ("Det finns en beslutslogg.", "ja/nej")):
        assert any(answer in after[:40] for after in said.split(text)[1:])
