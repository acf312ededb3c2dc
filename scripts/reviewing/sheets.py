"""A reader's set as a Word file and as a workbook: a row for each record, to be answered without the site at hand."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator

import xlsxwriter

from ..files import wml
from ..files.bundle import repack
from ..files.paper import short_address
from ..files.word import WIDTH, About, document
from ..guide import addresses
from ..guide.guide import Guide
from ..guide.model import Record
from ..guide.network import ReadingSet, Round
from ..guide.wording import long_date
from .questions import FITS, LONGEST, QUESTIONS, STOPS, TRIED, VERSION

SHEET = "Svar"
HEAD = 6  # rows above the answers
COLUMNS = ("record", "title", "fits", "tried", "stops", "say")
_HEADINGS = ("Id", "Post", *QUESTIONS.values())
_CHOICES = {"fits": FITS, "tried": TRIED, "stops": STOPS}
_SHARES = (0.34, 0.14, 0.12, 0.12, 0.28)  # of a Word table's width; the id is in the controls


def mark(guide: Guide, one: Round, mine: ReadingSet) -> str:
    """What a returned file is known by."""
    return f"{VERSION};{one.number};{mine.id};{guide.settings.version};{guide.settings.date.year}"


def workbook(guide: Guide, one: Round, mine: ReadingSet) -> bytes:
    """The set as XLSX."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": _title(one, mine), "author": guide.settings.publisher, "created": _noon(guide)})
    head, wrap, open_ = (
        book.add_format(look | {"text_wrap": True, "valign": "top"})
        for look in ({"bold": True, "bg_color": "#E2F0EF", "border": 1}, {}, {"locked": False, "border": 1})
    )
    sheet = book.add_worksheet(SHEET)
    sheet.write(0, 0, _title(one, mine), book.add_format({"bold": True, "font_size": 14}))
    for row, line in enumerate(_said(one), 1):
        sheet.write(row, 0, line)
    sheet.write(HEAD - 2, 0, mark(guide, one, mine), book.add_format({"font_color": "#555555"}))
    for column, heading in enumerate(_HEADINGS):
        sheet.write(HEAD - 1, column, heading, head)
    for row, record in enumerate(_records(guide, mine), HEAD):
        sheet.write_string(row, 0, f"{record.folder}/{record.id}", wrap)
        address = addresses.address(guide.settings.address, record)
        sheet.write_url(
            row,
            1,
            address,
            book.add_format({"underline": 1, "font_color": "#005a5a", "text_wrap": True, "valign": "top"}),
            record.title,
        )
        for column in range(2, len(COLUMNS)):
            sheet.write_blank(row, column, None, open_)
    last = HEAD + len(mine.records) - 1
    for name, options in _CHOICES.items():
        column = COLUMNS.index(name)
        told = {"error_title": "Välj ett svar", "error_message": f"Svaren är {', '.join(options)}."}
        sheet.data_validation(HEAD, column, last, column, {"validate": "list", "source": list(options), **told})
    sheet.data_validation(
        HEAD, 5, last, 5,
        {"validate": "length", "criteria": "<=", "value": LONGEST, "error_title": "För långt", "error_message": f"Högst {LONGEST} tecken."},
    )  # fmt: skip
    for column, width in enumerate((48, 52, 18, 12, 14, 60)):
        sheet.set_column(column, column, width)
    sheet.set_row(HEAD - 1, 34)
    sheet.freeze_panes(HEAD, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD - 1)
    sheet.protect(options={"format_rows": True, "format_columns": True})
    book.close()
    return repack(buffer.getvalue())


def word(guide: Guide, one: Round, mine: ReadingSet) -> bytes:
    """The set as DOCX. The answers are controls, whose tags say which record and question."""
    site = guide.settings.address
    there = f"{site}{addresses.path_of(addresses.READING)}?lasare={mine.id}"
    told = About(
        _title(one, mine), "Tre frågor om varje post.", "Granskning", f"granskning-{mine.id}", there, guide.settings, landscape=True, mark=mark(guide, one, mine)
    )  # fmt: skip
    return document(told, _body(guide, one, mine))


def _body(guide: Guide, one: Round, mine: ReadingSet) -> Iterator[wml.Xml]:
    yield wml.paragraph("Title", wml.run(_title(one, mine)))
    for line in _said(one):
        yield wml.paragraph("Normal", wml.run(line))
    widths = [int(WIDTH[True] * share) for share in _SHARES]
    header = [wml.paragraph("Normal", wml.run(heading, bold=True)) for heading in _HEADINGS[1:]]
    yield wml.table(widths, header, (_row(guide, record) for record in _records(guide, mine)), "Svar", height=500)


def _row(guide: Guide, record: Record) -> list[wml.Xml]:
    name = f"{record.folder}/{record.id}"
    address = wml.run(short_address(addresses.address(guide.settings.address, record)))
    cells = [wml.joined(wml.paragraph("Normal", wml.run(record.title)), wml.paragraph("Footer", address))]
    for question, options in _CHOICES.items():
        control = wml.choice_control(f"{question}|{name}", f"{QUESTIONS[question]} {record.title}", options, "")
        cells.append(wml.paragraph("Normal", control))
    say = wml.text_control(f"say|{name}", f"Vad som ska ändras: {record.title}", "", "Skriv här", many_lines=True)
    return [*cells, wml.paragraph("Normal", say)]


def _said(one: Round) -> tuple[str, ...]:
    return (
        "Läs varje post på webbplatsen och svara på tre frågor. Det tar knappt tre minuter var. «Vet inte» är ett gott svar.",
        "Svara för er organisation, av egen erfarenhet. Namnge inga personer och skriv inget ur ett avtal som inte är offentligt.",
        f"Skicka tillbaka filen senast {long_date(one.closes)}.",
    )


def _title(one: Round, mine: ReadingSet) -> str:
    return f"Granskning, omgång {one.number}: läsare {mine.id} ({mine.side})"


def _records(guide: Guide, mine: ReadingSet) -> Iterator[Record]:
    for name in mine.records:
        if record := guide.named(name):
            yield record


def _noon(guide: Guide) -> object:
    return datetime.datetime.combine(guide.settings.date, datetime.time(12))
