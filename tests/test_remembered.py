"""Pages' Markdown is not read again when nothing has changed, and what is kept of it never hides anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.structure.pages import Page

from scripts.publish.build import BuildError, build
from tests.small_guide import write
from tests.test_site import _contents, _small_project

FROM, TO = "# Från\n\n[Dit](till.md#hit)\n", "# Till\n\n## Hit\n\nText.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small guide with two hand-written pages, one of which leads to a heading in the other, built once."""
    root = _small_project(write(tmp_path), dead_links="warn")
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("anchors: ignore", "anchors: warn"), encoding="utf-8")
    (root / "docs" / "fran.md").write_text(FROM, encoding="utf-8")
    (root / "docs" / "till.md").write_text(TO, encoding="utf-8")
    build(root, root / "site")
    return root


def test_a_second_build_gives_the_same_pages(root: Path) -> None:
    before = _contents(root / "site")
    build(root, root / "site")
    assert _contents(root / "site") == before


def test_an_edited_page_is_read_again_and_no_other(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    render = Page.render

    def noting(page: Page, *given: Any) -> None:
        read.append(page.file.src_uri)
        render(page, *given)

    monkeypatch.setattr(Page, "render", noting)
    (root / "docs" / "till.md").write_text(TO.replace("Text.", "Ny text."), encoding="utf-8")
    build(root, root / "site")
    assert "<p>Ny text.</p>" in (root / "site" / "till" / "index.html").read_text("utf-8")
    assert read == ["till.md"]


@pytest.mark.parametrize("change", ["the page is gone", "the heading is gone"])
def test_a_link_that_has_lost_its_target_is_told_at_every_build(root: Path, change: str) -> None:
    target = root / "docs" / "till.md"
    if change == "the page is gone":
        target.unlink()
    else:
        target.write_text("# Till\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(BuildError, match=r"fran\.md.*till\.md"):
            build(root, root / "site")


@pytest.mark.parametrize("content", ["", "[", "5", "[1]", '["en annan", {}]'])
def test_a_spoilt_memory_is_done_without(root: Path, content: str) -> None:
    before = _contents(root / "site")
    (root / ".cache" / "pages" / "pages.json").write_text(content, encoding="utf-8")
    build(root, root / "site")
    assert _contents(root / "site") == before


def test_another_setting_of_markdown_counts(root: Path) -> None:
    settings = yaml.load((root / "mkdocs.yml").read_text("utf-8"), yaml.SafeLoader)
    settings["markdown_extensions"].append({"toc": {"baselevel": 2}})
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    build(root, root / "site")
    assert ">Hit" in (root / "site" / "till" / "index.html").read_text("utf-8").partition("<h3")[2]
