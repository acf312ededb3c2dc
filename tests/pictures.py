"""``make pictures``: the pictures in the pages that explain how to propose, taken of the site as it is."""

from __future__ import annotations

import base64
import functools
import http.server
import shutil
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.conftest import CHROMIUM, ROOT

OUT = ROOT / "docs" / "assets" / "bidra"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def main() -> None:
    OUT.mkdir(exist_ok=True)
    site = ROOT / "site"
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 760, "height": 520}, reduced_motion="reduce").new_page()
        _take(page, f"http://127.0.0.1:{server.server_port}/")
        browser.close()
    server.shutdown()


def _take(page: Page, address: str) -> None:
    page.goto(f"{address}arbetssatt/gemensam-malbild/")
    page.get_by_role("link", name="Föreslå en ändring av sidan").click()
    page.get_by_role("button", name="Ändra: Så gör ni 1: Gör").wait_for(state="attached")
    page.keyboard.press("Escape")
    page.evaluate("document.getElementById('steg').scrollIntoView(); scrollBy(0, -60)")
    _kept(page, "valj")
    page.get_by_role("button", name="Ändra: Så gör ni 2: Gör").click()
    text = page.get_by_label("Ny text")
    text.fill(f"{text.input_value()} Skriv ned svaret.")
    _kept(page, "skriv")
    page.get_by_role("button", name="Lägg i korgen").click()
    page.goto(f"{address}bidra/")
    page.get_by_text("1 ändring, förslag").wait_for()
    page.evaluate("document.getElementById('korgen').scrollIntoView(); scrollBy(0, -60)")
    _kept(page, "skicka")


def _kept(page: Page, name: str) -> None:
    page.wait_for_timeout(400)
    asked = {"format": "webp", "quality": 45}
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    Path(OUT, f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))


if __name__ == "__main__":
    main()
