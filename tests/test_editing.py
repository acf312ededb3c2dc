"""Help for those who edit: a new record to fill in, and files of one form."""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.guide.blank import blank, kind_called, write_blank
from scripts.guide.canonical import canonical, format_records
from scripts.guide.characters import refused
from scripts.guide.check import read
from scripts.guide.model import RECORD_TYPES, Practice, Record
from scripts.guide.problems import GuideError
from tests.small_guide import write

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("kind", RECORD_TYPES, ids=lambda kind: kind.folder)
def test_a_new_record_names_every_field_and_the_checker_says_what_is_missing(
    tmp_path: Path, kind: type[Record]
) -> None:
    root = write(tmp_path)
    text = blank(kind, read(root).guide)
    for name, field in kind.model_fields.items():
        assert (
            name == "id"
            or (f"{name}:" in text and (field.description or "")[:30] in text.replace("\n# ", " "))
            or name in ("basis", "status")
        )
    (root / "guide_data" / kind.folder).mkdir(exist_ok=True)
    (root / "guide_data" / kind.folder / "ny-post.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(GuideError) as error:
        read(root)
    assert all("ny-post.yaml" in problem.file and "None" not in problem.message for problem in error.value.problems)
    required = [name for name, field in kind.model_fields.items() if field.is_required()]
    assert {name for name in required if name not in ("id", "basis", "status")} <= {
        problem.message.split(":")[0] for problem in error.value.problems
    } | {"first", "steps", "small_contract", "sections", "agenda", "rhythm", "adapted", "funded", "changes", "statements", "responsibilities", "practices", "values"}  # fmt: skip


def test_a_kind_is_known_by_any_of_its_names() -> None:
    assert {kind_called(name) for name in ("practice", "practices", "Arbetssätt", "Practice")} == {Practice}
    assert kind_called("praktik") is None


def test_a_new_file_is_written_once_and_a_name_that_cannot_be_is_told(tmp_path: Path) -> None:
    root = write(tmp_path)
    assert write_blank(root, "arbetssätt", "ny-vana") == root / "guide_data" / "practices" / "ny-vana.yaml"
    (root / "guide_data" / "practices" / "ny-vana.yaml").unlink()
    for name, id, message in (
        ("praktice", "x", "Menade du «practice»?"),
        ("practice", "Målbild", "till exempel malbild.yaml"),
        ("practice", "motas", "finns redan, och skrivs inte över"),
    ):
        with pytest.raises(ValueError, match=re.escape(message)):
            write_blank(root, name, id)


def test_the_guides_own_files_have_their_form_already(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "guide_data", tmp_path / "guide_data")
    assert format_records(tmp_path) == ([], [])


MESSY = (
    "\ufefftitle:  Rubrik \r\n# En kommentar.  \r\nwhy: |\r\n  Fo\u0308rsta.\r\n\r\n\r\n\r\n  Andra."
    + " ord" * 60
    + "\r\n\r\n\r\n"
)


def test_a_file_from_another_computer_gets_the_form_and_keeps_words_and_comments() -> None:
    made = canonical(MESSY.encode()).decode()
    assert made.startswith("title:  Rubrik\n# En kommentar.\nwhy: |\n  Första.\n\n  Andra. ord")
    assert made.endswith("ord\n") and "\r" not in made and max(map(len, made.split("\n"))) <= 100
    assert canonical(made.encode()).decode() == made


_SEEN = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="\u00ad")
_WORDS = st.text(_SEEN, min_size=1, max_size=40).filter(lambda word: not any(refused(word)))  # those are taken away


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.one_of(_WORDS, st.lists(_WORDS, min_size=1, max_size=4)), min_size=1), st.lists(_WORDS, max_size=3), st.sampled_from(["\n", "\r\n"]))  # fmt: skip
def test_no_word_and_no_comment_is_lost_in_any_record(
    record: dict[str, object], comments: list[str], ending: str
) -> None:
    said = [f"# {' '.join(comment.split())}".rstrip() for comment in comments]
    text = "\n".join((*said, yaml.safe_dump(record, allow_unicode=True, width=1000)))
    made = canonical(text.replace("\n", ending).encode()).decode()
    assert _squeezed(yaml.safe_load(made)) == _squeezed(yaml.safe_load(text))
    lines = made.split("\n")
    assert all(_squeezed(comment) in map(_squeezed, lines) for comment in said)
    assert canonical(made.encode()).decode() == made


def _squeezed(value: object) -> object:
    """Words without regard to how the spaces between them are written, and letters in one part."""
    if isinstance(value, dict):
        return {key: _squeezed(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_squeezed(child) for child in value]
    return " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else value
