"""Guides and files that no one thought of: loading never ends in a traceback, and what is accepted is shown as it stands.

The same examples are tried every time, few enough for every run. A longer search, with other examples each time::

    PROPERTIES=20 .venv/bin/python -m pytest -n 2 tests/test_properties.py     # twenty times as many
"""

from __future__ import annotations

import datetime
import io
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scripts.fonts import printable
from scripts.guide.characters import tidy
from scripts.guide.check import read
from scripts.guide.guide import CITATION, Guide
from scripts.guide.problems import GuideError
from scripts.publish.build import build
from tests import readers
from tests.small_guide import GUIDE, RECORDS, SHEET, stepped, write, yaml_text
from tests.test_hostile import TEXTS, as_markdown, pages, project
from tests.test_worksheets import pdf_text

ROOT = Path(__file__).resolve().parent.parent
LONGER = int(os.environ.get("PROPERTIES", "0"))


def tried(examples: int) -> Callable[[Any], Any]:
    """How often a property is tried."""
    return settings(
        max_examples=examples * (LONGER or 1),
        derandomize=not LONGER,
        database=None,
        # Making an example smaller takes minutes, since each try makes every file; a longer run does.
        phases=tuple(Phase) if LONGER else (Phase.explicit, Phase.generate),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


# ---------------------------------------------------------------- loading

YAML = (
    "title", ":", ": ", "\n", "\n  ", "\n- ", "- ", "|", ">", "'", '"', "[", "]", "{", "}", "&a ", "*a", "!!str ", "!x ", "#", "%YAML 1.1\n",
    "---\n", "...\n", "? ", "~", "true", "1", "-1.5", "99999999999999999", "2026-02-30", "2026-05-20", "<<", "@", "`", "\t", "\r", "\0", "\x85",
    "\u2028", "\ufeff", "\u202e", "\\ud800", "\\x07", "å", "a\u030a", "🚍", "[[", "]]", "[[provkalla]]", "id", "phases", "uppstart", "steps", "who",
    "sections", "fields", "type", "table", "values", "status", "reviewed", "order", "=1+1", "{{ x }}", "<b>",
)  # fmt: skip
yaml_like = st.lists(st.sampled_from(YAML) | st.text(max_size=3), max_size=40).map("".join)
FILES = {
    **{f"{folder}/{id}.yaml": yaml_text(record) for folder, found in RECORDS.items() for id, record in found.items()},
    "guide.yaml": yaml_text(GUIDE),
}
REAL = sorted((ROOT / "guide_data").rglob("*.yaml"))


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """``text`` after a few accidents: something is cut, doubled, moved or written in between."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        piece = draw(st.sampled_from(["", text[start:end] * 2, text[start:end].upper()]) | yaml_like)
        text = text[:start] + piece + text[end:]
    return text


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("guide"))


@contextmanager
def holding(root: Path, name: str, content: bytes) -> Iterator[Path]:
    """The guide with another content in one file, or with one file more."""
    file = root / "guide_data" / name
    before = file.read_bytes() if file.exists() else None
    file.write_bytes(content)
    yield root
    file.unlink() if before is None else file.write_bytes(before)


def told(root: Path, name: str, content: bytes) -> None:
    """What is wrong is told in lines that a person can read and follow, or nothing is wrong."""
    with holding(root, name, content):
        try:
            read(root)
        except GuideError as error:
            assert error.problems
            lines = len(re.split(rb"\r\n|\r|\n", content)) + 1
            for problem in error.problems:
                assert problem.message
                assert problem.line >= 1
                assert problem.line <= lines or not problem.file.endswith(name)
                assert tidy(str(problem)) == str(problem)
                assert "\n" not in str(problem)


@tried(120)
@given(name=st.sampled_from(sorted(FILES)), content=st.binary(max_size=200))
def test_any_bytes_in_a_file_are_told_of_and_never_end_in_a_traceback(small: Path, name: str, content: bytes) -> None:
    told(small, name, content)


@tried(120)
@given(name=st.sampled_from(sorted(FILES)), content=yaml_like)
def test_anything_like_yaml_is_told_of_and_never_ends_in_a_traceback(small: Path, name: str, content: str) -> None:
    told(small, name, content.encode("utf-8", "surrogatepass"))


@tried(120)
@given(data=st.data())
def test_accidents_in_a_record_are_told_of_and_never_end_in_a_traceback(small: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    told(small, name, data.draw(mutated(FILES[name])).encode("utf-8", "surrogatepass"))


@tried(120)
@given(data=st.data())
def test_accidents_in_a_real_record_are_told_of_and_never_end_in_a_traceback(small: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(REAL))
    name = file.relative_to(ROOT / "guide_data").as_posix()
    told(small, name, data.draw(mutated(file.read_text("utf-8"))).encode("utf-8", "surrogatepass"))


# ---------------------------------------------------------------- whole guides


def text(most: int) -> st.SearchStrategy[str]:
    """A line that a contributor may write: words, hostile pieces and any characters that are not refused."""
    pieces = (
        st.sampled_from(TEXTS)
        | st.sampled_from(("ord", "Beställaren", "vite", "viten", " ", "1", "."))
        | st.text(max_size=4)
    )
    lines = st.lists(pieces, min_size=1, max_size=4).map(
        lambda found: " ".join(tidy("".join(found)).split())[:most].strip()
    )
    return lines.filter(lambda line: bool(line) and tidy(line) == line and not CITATION.search(line))


@dataclass
class Made:
    """A guide thought out: what differs from the small one, and its texts by where they should be read."""

    records: dict[str, dict[str, Any]]
    on_page: list[tuple[str, str]] = field(default_factory=list)  # page, text
    in_form: list[str] = field(default_factory=list)  # in the worksheet, blank and filled in
    in_answers: list[str] = field(default_factory=list)


@st.composite
def guides(draw: st.DrawFn) -> Made:
    made = Made({folder: {} for folder in RECORDS})

    def said(page: str, most: int = 120) -> str:
        made.on_page.append((page, draw(text(most))))
        return made.on_page[-1][1]

    for number in range(draw(st.integers(0, 2))):
        page = f"utmaningar/h{number}.md"
        made.records["challenges"][f"h{number}"] = {
            **RECORDS["challenges"]["tystnad"],
            **{name: said(page) for name in ("summary", "client_sees", "operator_sees")},
            **{name: f"{said(page)}\n\n{said(page)}" for name in ("text", "first_step")},
            "title": said(page, 80),
            "practices": [{"practice": "motas", "how": said(page)}],
        }
    labels = draw(st.lists(text(60), max_size=3, unique=True).filter(lambda found: "Provkällan" not in found))
    for number, label in enumerate(labels):
        page = "kallor/index.md"
        made.on_page.append((page, label))
        found = {"title": said(page, 80), "publisher": said(page), "says": said(page), "label": label}
        made.records["sources"][f"k{number}"] = {**RECORDS["sources"]["provkalla"], **found}
    for number in range(draw(st.integers(0, 2))):
        page = f"roller/r{number}.md"
        made.records["roles"][f"r{number}"] = {
            **RECORDS["roles"]["trafikchef"],
            "order": 10 + number,
            "title": said(page, 80),
            **{name: said(page) for name in ("summary", "text")},
            **{name: [said(page) for _ in range(draw(st.integers(1, 3)))] for name in ("brings", "needs")},
        }
    page = "arbetssatt/motas.md"
    steps = [
        {"who": who, "do": said(page), "result": said(page), "minutes": draw(st.sampled_from((None, 5, 60)))}
        for who in (
            "båda",
            *draw(st.lists(st.sampled_from(("båda", "beställare", "utförare")), min_size=2, max_size=4)),
        )
    ]
    made.records["practices"]["motas"] = {
        "title": draw(st.sampled_from(("Mötas", "Mötas & prata", 'Mötas "på riktigt"'))),  # any: test_hostile's last
        "why": f"Viten.\n\n{said(page)}\n\n{said(page)} Vite.",
        **{
            name: said(page)
            for name in ("summary", "time_note", "when", "afterwards", "done_when", "works_when", "if_refused")
        },
        "pitfalls": [said(page) for _ in range(draw(st.integers(1, 3)))],
        "small_contract": {"choice": "gör", "how": said(page), "minutes": draw(st.integers(1, 480))},
        "large_contract": said(page),
        "procurement_note": said(page),
        **stepped([{name: value for name, value in step.items() if value} for step in steps]),
        "sources": ["provkalla", *made.records["sources"]],
        "participants": ["avtalsansvarig", "trafikchef", *made.records["roles"]],
    }
    _sheet(draw, made)
    return made


KINDS = ("text", "long_text", "date", "choice", "scale", "checklist", "table", "agreement")


def _sheet(draw: st.DrawFn, made: Made) -> None:
    """A worksheet of any kinds of fields, and often an example that answers some of them."""

    def asked(most: int = 120) -> str:
        made.in_form.append(draw(text(most)))
        return made.in_form[-1]

    def answered() -> str:
        made.in_answers.append(draw(text(200)))
        return made.in_answers[-1]

    fields: list[dict[str, Any]] = []
    values: dict[str, Any] = {}
    for number, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5))):
        one = {"id": f"f{number}", "type": kind, "label": asked(), "help": asked(), "required": draw(st.booleans())}
        more, answer = _field(draw, kind, asked, answered)
        fields.append({**one, **more})
        if one["required"] or draw(st.booleans()):
            values[one["id"]] = answer()
    sheet = {
        "title": asked(80),
        "summary": draw(text(100)),
        "purpose": draw(text(100)),
        "preparation": [draw(text(100))],
    }
    sheet["sections"] = [{"title": asked(80), "intro": asked(), "fields": fields}]
    made.records["worksheets"][SHEET] = sheet
    made.records["examples"][SHEET] = {"values": values} if draw(st.booleans()) else None
    if made.records["examples"][SHEET] is None:
        made.in_answers.clear()


def _field(
    draw: st.DrawFn, kind: str, asked: Callable[..., str], answered: Callable[[], str]
) -> tuple[dict[str, Any], Callable[[], Any]]:
    """What a field of one kind has beside what all have, and an answer to it."""
    day = datetime.date(2026, 5, 20)
    if kind == "choice":
        options = draw(st.lists(text(60), min_size=2, max_size=5, unique=True))
        return {"options": options}, lambda: options[-1]
    if kind in ("scale", "checklist"):
        items = [{"id": f"p{number}", "text": asked()} for number in range(draw(st.integers(1, 4)))]
        if kind == "checklist":
            return {"items": items}, lambda: draw(
                st.lists(st.sampled_from([item["id"] for item in items]), unique=True)
            )
        return {"items": items, "low": "lite", "high": "mycket"}, lambda: {items[0]["id"]: draw(st.integers(1, 5))}
    if kind == "table":
        columns = [
            {"id": "ord", "label": asked(60)},
            {"id": "tal", "label": asked(60), "type": "number"},
            {"id": "dag", "label": asked(60), "type": "date"},
            {"id": "tal2", "label": "Två", "type": "percent"},
            {"id": "ut", "label": "Ut", "type": "computed", "computed": {"operation": draw(st.sampled_from(("summa", "produkt", "differens", "kvot", "senaste"))), "columns": ["tal", "tal2"]}},
        ]  # fmt: skip
        rows = [{"ord": draw(text(100))} for _ in range(draw(st.integers(0, 3)))]
        numbers = st.integers(-10, 10**12) | st.floats(0, 1e6).map(lambda value: round(value, 2))
        return {"columns": columns, "rows": rows, "blank_rows": draw(st.integers(0, 3))}, lambda: [
            {"ord": answered(), "tal": draw(numbers), "tal2": draw(st.integers(0, 100)), "dag": day}
        ]
    if kind == "date":
        return {}, lambda: day
    if kind == "agreement":
        return {}, lambda: {"client": answered(), "operator": answered(), "date": day}
    return {}, answered


def accepted(made: Made, root: Path) -> Guide:
    shutil.rmtree(root / "guide_data", ignore_errors=True)
    try:
        return read(write(root, **made.records)).guide
    except GuideError as error:
        pytest.fail(f"refused: {error}")


def squeezed(said: str) -> str:
    return re.sub(r"[\s-]", "", said)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@tried(25)
@given(made=guides())
def test_what_goes_into_a_guide_comes_out_on_its_pages_as_text(root: Path, made: Made) -> None:
    shown = as_markdown(accepted(made, root))
    for page, said in made.on_page:
        assert " ".join(said.split()) in shown[page].text
    for said in (*made.in_form, *made.in_answers):
        assert " ".join(said.split()) in shown[f"arbetsblad/{SHEET}.md"].text
    attributes = {name for page in shown.values() for _, names in page.elements for name in names}
    assert not [name for name in attributes if name.startswith("on")]
    assert not {"script", "img", "iframe", "style"} & {tag for page in shown.values() for tag, _ in page.elements}
    assert not [link for page in shown.values() for link in page.addresses if re.match(r"(?!https:)[a-zA-Z]+:", link)]


@tried(6)
@given(made=guides())
def test_what_goes_into_a_guide_comes_out_of_its_files_as_text(root: Path, made: Made) -> None:
    files = readers.files(accepted(made, root))
    end = "-exempel" if f"ladda-ner/{SHEET}-exempel.docx" in files else ""
    texts = [*made.in_form, *made.in_answers]
    name = f"ladda-ner/{SHEET}{end}"
    assert [said for said in texts if not any(said in one for one in in_word(files[f"{name}.docx"]))] == []
    on_paper = squeezed(pdf_text(files[f"{name}.pdf"]))
    assert [said for said in texts if squeezed(printable(said)) not in on_paper] == []
    if f"{name}.xlsx" in files:
        cells = in_excel(files[f"{name}.xlsx"])
        assert [said for said in texts if not any(said in one for one in cells)] == []
    book = squeezed(pdf_text(files["ladda-ner/guiden.pdf"]))
    assert [said for _, said in made.on_page if squeezed(printable(said)) not in book] == []


def in_word(data: bytes) -> list[str]:
    body = Document(io.BytesIO(data)).element.body
    return ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))]


def in_excel(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.value[:4] for cell in cells if cell.data_type == "f"} <= {"=IF("}
    return [cell.value for cell in cells if cell.data_type != "f"]


@tried(2)
@given(made=guides())
def test_every_guide_that_is_accepted_builds_strictly(root: Path, made: Made) -> None:
    accepted(made, root)
    if not (root / "mkdocs.yml").exists():
        project(root)
    build(root, root / "site")
    shown = pages(root / "site")
    for page, said in made.on_page:
        path = page.removesuffix(".md").removesuffix("/index") + "/index.html"
        assert " ".join(said.split()) in shown[path].text
