"""Pages written by hand are held to the same rule as records: text, never script, style or another site's images."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.guide.problems import Problem
from scripts.publish.build import BuildError, build
from scripts.publish.handwritten import check_handwritten
from tests.conftest import ROOT
from tests.small_guide import write
from tests.test_site import _small_project

HTML, ATTRIBUTE = "HTML-elementet", "attributet"
REFUSED = {
    "a script": ("<script>alert(1)</script>", "HTML-elementet <script> går inte här. Skriv med Markdown i stället."),
    "a script within a line": ("Text <script src=x></script> text", HTML),
    "in large letters": ("<ScRiPt>alert(1)</sCrIpT>", HTML),
    "a page within the page": ('<iframe src="https://example.com"></iframe>', HTML),
    "a style sheet": ("<style>p { color: red }</style>", HTML),
    "a form": ('<form action="https://example.com"><input name="lösenord"></form>', HTML),
    "a drawing": ("<svg><script>alert(1)</script></svg>", HTML),
    "a file shown in the page": ('<embed src="film.mp4">', "HTML-elementet <embed>"),
    "the end of what is around it": ("</div>", HTML),
    "an event": ('<p onclick="alert(1)">Text</p>', "attributet onclick går inte här."),
    "an event in braces": ("[Länk](om/index.md){ onmouseover=alert(1) }", ATTRIBUTE),
    "an event without a value": ("<p onfocus autofocus>Text</p>", ATTRIBUTE),
    "a style in braces": ('Text\n{: style="position:fixed" }', "utseendet bestäms i docs/assets/guide.css"),
    "a table that is set to the right": ("| a | b |\n|---|--:|\n| 1 | 2 |", "skriv |---|---|"),
    "a link that runs": ("[Länk](javascript:alert(1))", "en länk kan inte gå till «javascript:»."),
    "a link that runs, disguised": ("[Länk](&#106;ava&#115;cript:alert(1))", "en länk kan inte gå till"),
    "a link that runs, broken": ('<a href="java\nscript:alert(1)">Länk</a>', "en länk kan inte gå till"),
    "a link that runs, by reference": ("[Länk][1]\n\n[1]: JavaScript:alert(1)", "en länk kan inte gå till"),
    "a link that is a page": ("[Länk](data:text/html,<script>alert(1)</script>)", ""),
    "a link to a file on the computer": ("[Länk](file:///etc/passwd)", "«file:»"),
    "another site's image": ("![Bild](https://example.com/bild.png)", "bilden hämtas från en annan webbplats."),
    "another site's image, without https": ("![Bild](//example.com/bild.png)", "bilden hämtas från en annan"),
    "another site's image, the wrong way": ('<img src="\\\\example.com/bild.png">', "bilden hämtas från en annan"),
    "an image in the address": ("![Bild](data:image/svg+xml,x)", "bilden hämtas från en annan"),
    "a comment": ("<!-- --!><script>alert(1)</script> -->", "börjar med <!"),
    "code that is none": ("\\`<script>alert(1)</script>\\`", HTML),
}


def page(tmp_path: Path, text: str, name: str = "sida.md") -> list[Problem]:
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "docs" / name).write_text(f"# Sida\n\n{text}\n", encoding="utf-8")
    return check_handwritten(tmp_path)


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_text_is_refused_with_what_to_do_instead(tmp_path: Path, text: str, told: str) -> None:
    found = page(tmp_path, text)
    assert found
    assert any(told in problem.message for problem in found), found
    assert {problem.file for problem in found} == {"docs/sida.md"}


def test_the_line_is_told(tmp_path: Path) -> None:
    found = page(tmp_path, "Text.\n\nMer [text](javascript:x).\n\n<script>x</script>\n")
    assert [(problem.line, problem.message.split(".")[0]) for problem in found] == [
        (5, "en länk kan inte gå till «javascript:»"),
        (7, "HTML-elementet <script> går inte här"),
    ]


def test_what_is_shown_as_code_and_what_markdown_makes_is_let_through(tmp_path: Path) -> None:
    text = """Visa `<script>` och <https://example.com>, [en adress](mailto:a@example.com) och ![Bild](assets/bild.png).

```html
<script onclick="x" style="y">javascript:alert(1)</script>
```

| a | b |
|---|---|
| **1** | *2* |

## Rubrik { #rubrik .klass }

3. Tre
4. Fyra

Begrepp
:   Förklaring
"""
    assert page(tmp_path, text) == []


def test_a_page_in_html_is_refused(tmp_path: Path) -> None:
    assert [str(problem) for problem in page(tmp_path, "", "sida.html")] == [
        "docs/sida.html:1: sidor skrivs i Markdown, i en fil som slutar på .md."
    ]


def test_our_own_pages_keep_the_rule() -> None:
    assert check_handwritten(ROOT) == []


def test_the_check_and_the_build_both_stop_at_such_a_page(tmp_path: Path) -> None:
    write(tmp_path)
    root = _small_project(tmp_path)
    (root / "docs/bidra.md").write_text("# Bidra\n\n<script>alert(1)</script>\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "scripts", "check"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("docs/bidra.md:3: HTML-elementet <script>"), done.stderr
    with pytest.raises(BuildError, match=r"docs/bidra\.md:3: HTML-elementet <script>"):
        build(root, root / "site")
