"""An edition to keep: it opens from a folder, says what it is made of, and stays readable beside the next."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from scripts.guide.check import read
from scripts.guide.editions import news
from scripts.guide.guide import Guide
from scripts.guide.problems import GuideError
from scripts.publish import feed, release
from scripts.publish.release import ReleaseError
from tests.readers import pages
from tests.small_guide import RECORDS, write

pytestmark = pytest.mark.xdist_group("site")
ROOT = Path(__file__).resolve().parent.parent


# ---------------------------------------------------------------- what is new


def earlier(root: Path, version: str = "0.1", **overrides: dict[str, dict[str, object] | None]) -> Path:
    """The small guide, with an earlier edition that was the small guide as it is."""
    before = read(write(root / "before", guide={"version": version})).guide
    file = release.remember(root / "before", before)
    after = write(root / "after", guide={"version": "0.2"}, **overrides)
    (after / "guide_data" / "editions").mkdir()
    shutil.copyfile(file, after / "guide_data" / "editions" / file.name)
    return after


def test_an_edition_remembers_what_it_said_and_the_next_tells_what_is_new(tmp_path: Path) -> None:
    root = earlier(
        tmp_path,
        practices={"motas": {"summary": "En ny ingress.", "status": "granskad", "reviewed": RECORDS["sources"]["provkalla"]["accessed"]}},
        terms={"vite": None, "vitesbelopp": RECORDS["terms"]["vite"]},
    )  # fmt: skip
    guide = read(root).guide
    found = {one.name: (one.fate, one.fields) for one in news(guide, guide.editions[0])}
    assert found == {
        "practices/motas": ("ändrad", ("summary",)),
        "terms/vitesbelopp": ("ny", ()),
        "terms/vite": ("borta", ()),
    }
    page = pages(guide)["nytt.md"]
    assert "## Sedan utgåva 0.1" in page
    assert re.search(r"\[Mötas\]\([^)]*\)&#58; «Ingress» \(granskad\)\.", page) and "borttagen." in page


def test_lines_that_break_elsewhere_and_a_new_date_are_no_news(tmp_path: Path) -> None:
    root = earlier(tmp_path)
    file = root / "guide_data" / "practices" / "motas.yaml"
    file.write_text(file.read_text("utf-8").replace("Annars krävs", "Annars\\n  krävs"), encoding="utf-8")
    guide = read(root).guide
    assert news(guide, guide.editions[0]) == ()


def test_the_guide_tells_what_is_new_since_its_first_edition(guide: Guide) -> None:
    assert guide.editions[0].version == "0.1" and len(guide.editions[0].records) > 270
    found = news(guide, guide.editions[0])
    assert {"ny", "ändrad", "borta"} == {one.fate for one in found}
    assert any(one.name.startswith("questions/") and one.fate == "ny" for one in found)


def test_the_guide_itself_can_be_remembered_and_read_again(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "guide_data", tmp_path / "guide_data")
    before = read(tmp_path).guide
    release.remember(tmp_path, before)
    guide = read(tmp_path).guide
    assert guide.editions[-1].version == before.settings.version
    assert news(guide, guide.editions[-1]) == ()


def test_the_feed_has_an_entry_for_each_edition(tmp_path: Path) -> None:
    text = feed.feed(read(earlier(tmp_path)).guide)
    assert (
        text.count("<entry>") == 2 and "<title>Utgåva 0.2</title>" in text and "0 nya, 0 ändrade, 0 borttagna" in text
    )


def test_what_is_no_edition_has_no_place_among_them(tmp_path: Path) -> None:
    root = earlier(tmp_path)
    (root / "guide_data" / "editions" / "senaste.yaml").write_text("version: x\n", encoding="utf-8")
    with pytest.raises(GuideError, match=r"här ligger bara utgåvor"):
        read(root)


def test_a_moved_record_leads_on_from_its_old_address(tmp_path: Path) -> None:
    root = write(tmp_path)
    told = 'moved:\n  - {old: practices/traffas, new: practices/motas, title: Träffas, since: "0.2", why: Ett annat ord.}\n  - {old: roles/chef, title: Chef, since: "0.2", why: Rollen finns inte.}\n'
    (root / "guide_data" / "moved.yaml").write_text(told, encoding="utf-8")
    found = pages(read(root).guide)
    assert (
        'moved_to: "../motas/"' in found["arbetssatt/traffas.md"] and "Ett annat ord." in found["arbetssatt/traffas.md"]
    )
    assert "moved_to" not in found["roller/chef.md"] and "Chef: har utgått" in found["roller/chef.md"]


@pytest.mark.parametrize(
    ("move", "message"),
    [
        ("{old: practices/motas, title: Mötas, since: '0.2', why: Nytt.}", "«practices/motas» finns kvar"),
        ("{old: practices/x, new: practices/mottas, title: X, since: '0.2', why: Nytt.}", "«practices/mottas» finns inte. Menade du «practices/motas»?"),
        ("{old: practices/x, title: X, since: 0.2, why: Nytt.}", "Sätt värdet inom citattecken"),
    ],
)  # fmt: skip
def test_a_move_that_leads_astray_is_told(tmp_path: Path, move: str, message: str) -> None:
    root = write(tmp_path)
    (root / "guide_data" / "moved.yaml").write_text(f"moved:\n  - {move}\n", encoding="utf-8")
    with pytest.raises(GuideError) as error:
        read(root)
    assert message in str(error.value) and "guide_data/moved.yaml:2" in str(error.value)


# ---------------------------------------------------------------- a release


def test_an_edition_is_not_made_before_all_of_it_is_there(tmp_path: Path) -> None:
    root = earlier(tmp_path)
    (root / "CHANGELOG.md").write_text("# Changelog\n\n## Not yet published\n", encoding="utf-8")
    with pytest.raises(ReleaseError) as error:
        release.ready(root, read(root).guide, tested="0.1")
    lines = str(error.value).splitlines()
    assert [line.split(" ")[0] for line in lines] == [
        "CHANGELOG.md",
        "Tillgänglighetsredogörelsen",
        "guide_data/guide.yaml:",
    ]


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it lies in the edition's zip file, unpacked."""
    out = tmp_path_factory.mktemp("offline")
    for name, content in release.offline(site):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    return out


def test_every_link_between_pages_leads_to_a_file(folder: Path) -> None:
    broken = []
    for file in folder.rglob("*.html"):
        for link in re.findall(r'\s(?:href|action|src)="([^"#?]*)', file.read_text("utf-8")):
            if (
                link
                and not re.match(r"[a-z]+:|//", link)
                and file.name != "404.html"
                and not (file.parent / link).is_file()
            ):
                broken.append((file.relative_to(folder).as_posix(), link))
    assert broken == []


def test_it_is_read_searched_and_filtered_from_a_folder(folder: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((folder / "index.html").as_uri())
    page.locator(".phase-map-wide a", has_text="Etablering").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Etablering")
    page.get_by_label("Sök i guiden").first.fill("punktlighet")
    page.keyboard.press("Enter")
    expect(page.locator("[data-result]").first).to_be_visible()
    page.locator("[data-result] a").first.click()
    expect(page).to_have_url(re.compile(r"index\.html(#.*)?$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto((folder / "arbetssatt" / "index.html").as_uri())
    page.get_by_label("Fas", exact=True).select_option("uppstart")
    expect(page.locator("form [role=status]")).to_contain_text("arbetssätt visas.")
    assert faults == []
    context.close()


def test_the_zip_file_is_the_same_each_time_and_sums_every_file(tmp_path: Path, guide: Guide) -> None:
    site = tmp_path / "site"
    for name in ("index.html", "a/index.html", "licenser.txt", "sbom.cdx.json", "ladda-ner/x.pdf"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f'<html><head></head><a href="a/">{name}</a>', encoding="utf-8")
    made = release.release(site, ROOT, guide.settings)
    assert made == release.release(site, ROOT, guide.settings)
    archive = zipfile.ZipFile(io.BytesIO(made))
    sums = dict(reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines())
    assert sums.keys() == set(archive.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())
    assert b'href="a/index.html"' in archive.read("webbplats/index.html")


def test_the_whole_site_is_laid_among_its_downloads_and_not_in_itself(tmp_path: Path, guide: Guide) -> None:
    for name in ("index.html", "licenser.txt", "sbom.cdx.json", "ladda-ner/x.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<html><head></head>", encoding="utf-8")
    first = release.lay_offline(tmp_path, ROOT, guide.settings).read_bytes()
    assert release.lay_offline(tmp_path, ROOT, guide.settings).read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        names = set(archive.namelist())
    assert {"webbplats/index.html", "webbplats/assets/blanks/x.docx.js"} <= names
    assert not [name for name in names if name.endswith("guiden-offline.zip")]


def test_an_earlier_edition_stays_readable_and_says_so(tmp_path: Path, guide: Guide) -> None:
    zips, site = tmp_path / "zips", tmp_path / "site"
    zips.mkdir()
    with zipfile.ZipFile(zips / "partnerskapsguiden-0.1.zip", "w") as archive:
        archive.writestr("webbplats/faser/index.html", '<html><head></head><p class="draft">Utkast</p></html>')
        archive.writestr("LICENSE", "MIT")
    (zips / "annat.zip").write_bytes(b"nej")
    assert release.unpack_earlier(zips, site, guide.settings) == ["0.1"]
    html = (site / "utgava" / "0.1" / "faser" / "index.html").read_text("utf-8")
    assert "Du läser utgåva 0.1." in html and "noindex" in html and guide.settings.address in html
    assert not (site / "utgava" / "0.1" / "LICENSE").exists()


def test_an_edition_with_a_file_outside_its_folder_is_refused(tmp_path: Path, guide: Guide) -> None:
    with zipfile.ZipFile(tmp_path / "partnerskapsguiden-0.1.zip", "w") as archive:
        archive.writestr("webbplats/../../kapad.html", "x")
    with pytest.raises(ReleaseError, match="utanför sin mapp"):
        release.unpack_earlier(tmp_path, tmp_path / "site", guide.settings)
    assert not (tmp_path / "kapad.html").exists()


# ---------------------------------------------------------------- a sheet and its page


def test_a_page_says_that_there_is_a_later_edition_than_the_sheets(
    address: str, browser: Browser, guide: Guide
) -> None:
    page = browser.new_page()
    page.goto(f"{address}arbetsblad/malbild/?utgava=0.1")
    note = page.get_by_text("Du kommer från ett blad i utgåva 0.1.")
    expect(note).to_contain_text(f"nu i utgåva {guide.settings.version}")
    note.get_by_role("link", name="Se vad som är nytt").click()
    expect(page).to_have_url(re.compile(r"/nytt/#sedan-0-1$"))
    expect(page.get_by_role("heading", name="Sedan utgåva 0.1")).to_be_in_viewport()
    page.get_by_role("link", name="Utgåva 0.1", exact=True).click()
    page.goto(f"{address}arbetsblad/malbild/?utgava={guide.settings.version}")
    expect(page.get_by_text("Du kommer från ett blad")).to_have_count(0)
    page.goto(f"{address}arbetsblad/malbild/?utgava=<b>1</b>")
    expect(page.get_by_text("Du kommer från ett blad")).to_have_count(0)
    page.close()
