"""The built site is whole: every page is there, every link leads somewhere, nothing comes from elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

from scripts.guide import addresses
from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import Challenge, Indicator, Phase, Practice, Principle, Source, Term, Worksheet
from scripts.guide.plain import plain_guide
from scripts.pages.render import WITH_PAGES, render
from scripts.publish.build import BuildError, build, swap
from scripts.publish.catalogue import catalogue
from scripts.publish.tree import write as write_tree
from tests import readers
from tests.conftest import ROOT
from tests.small_guide import RECORDS, write

pytestmark = pytest.mark.xdist_group("site")
LOCAL = "https://local.invalid/"
PROMISED = (
    "", "faser/", "arbetssatt/", "utmaningar/", "principer/", "framgangsfaktorer/", "fokusomraden/", "indikatorer/", "arbetsblad/",
    "roller/", "begrepp/", "kallor/", "oversikt/", "om/", "om/sa-kom-guiden-till/", "om/exempelavtalet/", "bidra/", "bidra/falt/",
    "tillganglighet/", "forslag/", "granskning/", "om/granskning/", "nytt/", "erfarenheter/", "data/", "in-english/", "mitt-avtal/",
    "insats/", "ny-i-avtalet/", "klausuler/", "plan/", *(f"plan/{phase}-{size}/" for phase in ("upphandling", "uppstart", "etablering", "utveckling", "avslut") for size in ("litet", "medelstort", "stort")),
)  # fmt: skip


class Page(HTMLParser):
    """What a page links to, what it fetches, which anchors it has, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.ids: set[str] = set()
        self.scripts: list[str] = []
        self.text: list[str] = []
        self._in = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        self._in = tag
        self.ids.add(found.get("id", ""))
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag in ("script", "img", "iframe", "source", "video", "audio", "embed") and "src" in found:
            self.fetched.append(found["src"])
        elif tag == "link" and found.get("rel") not in ("canonical", "prev", "next"):
            self.fetched.append(found.get("href", ""))

    def handle_data(self, data: str) -> None:
        (self.scripts if self._in in ("script", "style") else self.text).append(data)


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    """Every page by its address inside the site."""
    return {
        file.relative_to(site).as_posix().removesuffix("index.html"): Page(file.read_text("utf-8"))
        for file in site.rglob("*.html")
    }


def test_every_promised_address_has_its_page(pages: dict[str, Page], guide: Guide) -> None:
    records = {f"{kind.path}/{record.id}/" for kind in WITH_PAGES for record in guide.all(kind)}
    assert {*PROMISED, *records} <= pages.keys()


def test_the_guide_covers_what_it_promises(guide: Guide) -> None:
    at_least = {Phase: 5, Principle: 7, Challenge: 16, Practice: 38, Indicator: 20, Worksheet: 25, Term: 50, Source: 25}
    assert {kind.__name__: len(guide.all(kind)) >= least for kind, least in at_least.items()} == dict.fromkeys(
        (kind.__name__ for kind in at_least), True
    )
    statements = [s for principle in guide.all(Principle) for s in principle.statements]
    assert 28 <= len(statements) <= 40
    assert all(guide.gate(phase) for phase in guide.all(Phase))
    assert all(guide.example(sheet) for sheet in guide.all(Worksheet))


def test_every_internal_link_and_anchor_leads_somewhere(pages: dict[str, Page], site: Path) -> None:
    broken = []
    for address, page in pages.items():
        for link in (*page.links, *page.fetched):
            target = urlsplit(urljoin(LOCAL + address, link))
            if target.netloc != urlsplit(LOCAL).netloc or target.scheme != "https":
                continue
            path = unquote(target.path).removeprefix("/")
            if path.endswith("/") or not path:
                if path not in pages or (target.fragment and unquote(target.fragment) not in pages[path].ids):
                    broken.append((address, link))
            elif not (site / path).is_file():
                broken.append((address, link))
    assert broken == []


def test_no_page_fetches_anything_from_elsewhere(pages: dict[str, Page], site: Path) -> None:
    assert [link for page in pages.values() for link in page.fetched if re.match(r"(https?:)?//", link)] == []
    styles = [file.read_text("utf-8") for file in site.rglob("*.css")]
    assert [url for style in styles for url in re.findall(r"url\(\s*[\"']?((?:https?:)?//[^)\"']+)", style)] == []


def test_links_lead_to_safe_addresses_only(pages: dict[str, Page]) -> None:
    schemes = {urlsplit(link).scheme for page in pages.values() for link in page.links}
    assert schemes <= {"", "http", "https", "mailto"}


def test_every_page_says_that_it_is_a_draft_and_how_to_change_it(pages: dict[str, Page], guide: Guide) -> None:
    for address, page in pages.items():
        if address != "404.html":
            assert guide.settings.notice in "".join(page.text), address
            assert any(link.startswith(f"{guide.settings.repository}/edit/main/") for link in page.links), address


def test_the_edit_link_leads_to_the_records_own_file(pages: dict[str, Page], guide: Guide) -> None:
    for kind in WITH_PAGES:
        for record in guide.all(kind):
            file = f"guide_data/{record.folder}/{record.id}.yaml"
            assert f"{guide.settings.repository}/edit/main/{file}" in pages[f"{kind.path}/{record.id}/"].links
            assert (ROOT / file).is_file()


def test_nothing_of_a_template_or_a_citation_is_left_in_a_page(pages: dict[str, Page]) -> None:
    left = [
        (address, found[0])
        for address, page in pages.items()
        if (found := re.search(r"\[\[|\]\]|\{\{|\{%|\{ ?#", "".join(page.text)))
    ]
    assert left == []


def test_the_menu_has_every_phase_and_the_sites_name(guide: Guide, site: Path) -> None:
    home = (site / "index.html").read_text("utf-8")
    assert re.findall(r'md-tabs__link">\s*(.*?)\s*</a>', home, re.DOTALL) == [
        "Start", "Faser", "Arbetssätt", "Utmaningar", "Frågor", "Arbetsblad", "Indikatorer", "Roller", "Översikt", "Mer",
    ]  # fmt: skip
    phase = (site / "faser" / "uppstart" / "index.html").read_text("utf-8")
    assert all(f"\n    {p.short}\n" in phase for p in guide.all(Phase))
    config = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.SafeLoader)
    assert config["site_name"] == guide.settings.short_title


def test_schemas_are_published_and_know_the_ids(site: Path, guide: Guide) -> None:
    schema = yaml.safe_load((site / "schema" / "practices.json").read_text("utf-8"))
    assert schema["properties"]["why"]["title"] == "Varför"
    assert set(schema["properties"]["focus_area"]["enum"]) == set(guide.records["focus_areas"])


# ---------------------------------------------------------------- building


def project(root: Path) -> Path:
    """The whole project copied to ``root``."""
    ignore = shutil.ignore_patterns("__pycache__", ".*", "site", "build")
    for name in ("docs", "guide_data", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=ignore)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def test_the_same_records_give_the_same_bytes_in_another_folder_on_another_day(site: Path, tmp_path: Path) -> None:
    root = project(tmp_path / "en annan mapp")
    code = (
        "import sys, time_machine; sys.argv = ['scripts', 'site']\n"
        "with time_machine.travel('2031-05-17 03:04:05', tick=True):\n"
        "    from scripts.__main__ import main\n"
        "    sys.exit(main(['site']))"
    )
    environment = {"PATH": "/usr/bin:/bin", "TZ": "Pacific/Auckland", "LANG": "C", "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    one, other = _contents(site), _contents(root / "site")
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_failing_build_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    write(tmp_path)
    root = _small_project(tmp_path, dead_links="warn")
    (root / "docs" / "bidra.md").write_text("# Bidra\n\n[Bort](finns-inte.md)\n", encoding="utf-8")
    out = root / "site"
    out.mkdir()
    (out / "index.html").write_text("den förra")
    with pytest.raises(BuildError, match=r"finns-inte\.md"):
        build(root, out)
    assert _contents(out) == {"index.html": "den förra".encode()}
    assert [path.name for path in root.iterdir() if path.name.startswith(".site-")] == []


def test_a_mistake_in_a_record_stops_the_command_and_leaves_the_site(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "guide_data" / "terms" / "fel.yaml").write_text("title: fel\n", encoding="utf-8")
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("den förra")
    done = subprocess.run([sys.executable, "-m", "scripts", "site"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 1
    assert "guide_data/terms/fel.yaml:1: 3 fält saknas: basis, status, definition. Lägg till dem." in done.stderr
    assert "Traceback" not in done.stderr
    assert (root / "site" / "index.html").read_text() == "den förra"


def test_a_swap_that_fails_puts_the_old_site_back(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_text("den förra")
    with pytest.raises(OSError):
        swap(tmp_path / "saknas", out, tmp_path / "old")
    assert (out / "index.html").read_text() == "den förra"


def test_an_ordinary_mkdocs_build_gives_the_same_pages(site: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert _contents(tmp_path / "site") == _contents(site)


def test_another_generator_builds_the_same_pages_from_the_rendered_tree(
    site: Path, guide: Guide, tmp_path: Path
) -> None:
    write_tree(guide, ROOT / "docs", tmp_path / "docs", ROOT / ".cache")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    config = re.sub(r"^hooks:\n(  - .*\n)+", "", config, flags=re.MULTILINE)
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    done = subprocess.run(
        [Path(sys.executable).with_name("zensical"), "build", "--strict"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    names = {path for path in _contents(tmp_path / "site") if path.endswith("index.html")}
    assert names == {path for path in _contents(site) if path.endswith("index.html")}


def test_a_law_that_the_text_names_is_cited_there_and_not_named_again(tmp_path: Path) -> None:
    why = "Se 4 kap. 8 §\nprovlagen [[provkalla]]. Frågan är prövad [[provkalla]]. Rådet i omprovlagen [[provkalla]] gäller. Vite."
    write(tmp_path, practices={"motas": {"why": why}}, sources={"provkalla": {"label": "provlagen 4 kap."}})
    guide = read(tmp_path).guide
    said = "Se 4 kap. 8 § provlagen. Frågan är prövad (provlagen 4 kap.). Rådet i omprovlagen (provlagen 4 kap.) gäller. Vite."
    assert " ".join(plain_guide(guide).get(Practice, "motas").why.split()) == said
    page = readers.pages(guide)["arbetssatt/motas.md"]
    to = "](../kallor/index.md#provkalla)"
    assert f"§ [provlagen{to}. Frågan är prövad ([provlagen 4 kap.{to})." in page


def test_a_step_whose_text_begins_with_its_name_says_it_once(tmp_path: Path) -> None:
    steps = RECORDS["practices"]["motas"]["steps"]
    named = [{**steps[0], "name": "Räkna turerna", "do": "Räkna turerna och skriv dem."}, *steps[1:]]
    root = write(tmp_path, practices={"motas": {"steps": named}})
    guide = read(root).guide
    page = render(guide, catalogue(guide), {})["arbetssatt/motas.md"]
    assert "**Räkna turerna** och skriv dem&#46;" in page or "**Räkna turerna** och skriv dem." in page
    assert "**Läsa ihop.** Läsa." in page, "a name that the text does not begin with is a sentence of its own"


# ---------------------------------------------------------------- hostile records

HOSTILE = '<script>alert(1)</script> {{ 7*7 }} {% raw %} **fet** [länk](javascript:alert(1)) <img src=x onerror=alert(1)> #eval("1") | =1+1 &amp; `kod`'


def test_a_value_with_markup_in_it_is_shown_as_text(tmp_path: Path) -> None:
    text, short = HOSTILE, HOSTILE[:70]
    write(
        tmp_path,
        phases={"uppstart": {"title": short, "summary": text, "text": text, "outcomes": [text]}},
        practices={
            "motas": {
                "title": short,
                "why": f"{text}\n\n{text} Annars krävs vite.",
                "summary": text,
                "pitfalls": [text],
                "time_note": text,
                "steps": [
                    {**step, "name": short[:40].rpartition(" ")[0]} for step in RECORDS["practices"]["motas"]["steps"]
                ],
            }
        },
        terms={"vite": {"definition": text}},
        sources={"provkalla": {"title": short, "says": text, "publisher": text}},
        roles={"trafikchef": {"title": short, "needs": [text]}},
    )
    root = _small_project(tmp_path)
    build(root, root / "site")
    for address in ("faser/uppstart", "arbetssatt/motas", "begrepp", "kallor", "roller/trafikchef", "oversikt", ""):
        page = Page((root / "site" / address / "index.html").read_text("utf-8"))
        assert not any("alert(1)" in script for script in page.scripts), address
        assert not any("javascript" in link for link in page.links), address
        assert "x" not in page.fetched, address
    practice = Page((root / "site/arbetssatt/motas/index.html").read_text("utf-8"))
    assert "".join(practice.text).count(text) >= 4


def _small_project(root: Path, dead_links: str = "ignore") -> Path:
    """The small guide under ``root`` as a project to build, with next to nothing on its hand-written pages."""
    config = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.SafeLoader)
    for name in ("extra_css", "extra_javascript"):
        del config[name]
    config["theme"].pop("favicon")
    # The pages link to hand-written ones that this project has not.
    config["validation"]["links"] = {"not_found": dead_links, "anchors": "ignore"}
    for page in addresses.BY_HAND:
        (root / "docs" / page).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs" / page).write_text(f"# {page}\n", encoding="utf-8")
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return root


def test_only_the_first_use_of_a_term_on_a_page_is_linked(tmp_path: Path) -> None:
    practice = {"why": "Ett vite är ett vite, och viten är fler.", "afterwards": "Inget vite."}
    page = readers.pages(read(write(tmp_path, practices={"motas": practice})).guide)["arbetssatt/motas.md"]
    assert page.count("begrepp/index.md#vite") == 1
    assert page.index("begrepp/index.md#vite") < page.index("är fler")


def test_a_statement_says_how_it_is_answered(tmp_path: Path) -> None:
    page = readers.pages(read(write(tmp_path)).guide)["principer/tillit.md"]
    rows = {
        line.split("|")[1].split(">")[1].split("<")[0]: line.split("|")[2].strip()
        for line in page.splitlines()
        if "<span id=" in line
    }
    assert rows["Vi får de uppgifter vi ber om."] == "1–5"
    assert rows["Det finns en kontaktkarta."] == "ja/nej"
