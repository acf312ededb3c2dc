"""The site as a browser and a host meet it: its policy stops what is not the site's own, and nothing that is."""

from __future__ import annotations

import functools
import http.server
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from scripts.publish.build import BuildError, build
from tests.conftest import ROOT
from tests.small_guide import write
from tests.test_browser import ONE_OF_EACH
from tests.test_prefill import type_in as type_parties
from tests.test_site import _small_project

pytestmark = pytest.mark.xdist_group("site")

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def headers_of(site: Path) -> dict[str, str]:
    """The headers that Netlify and Cloudflare Pages read from the site."""
    first, *lines = (site / "_headers").read_text("utf-8").splitlines()
    assert first == "/*"
    return dict(line.strip().split(": ", 1) for line in lines)


@pytest.fixture(scope="session")
def hosted(site: Path) -> Iterator[str]:
    """The address of the site where the host sends the headers too."""
    headers = headers_of(site)

    class Host(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def stopped() -> list[str]:
    """What the policy has stopped, on every page that :func:`page` has been to."""
    return []


@pytest.fixture
def page(browser: Browser, stopped: list[str]) -> Iterator[Page]:
    context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.error("
        "`Content Security Policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"
    )
    context.on("console", lambda said: stopped.append(said.text) if "Content Security Policy" in said.text else None)
    yield context.new_page()
    context.close()


# ---------------------------------------------------------------- what is said


def test_every_page_says_what_may_run_before_anything_runs(site: Path) -> None:
    files = list(site.rglob("*.html"))
    assert len(files) > 100
    for file in files:
        html = file.read_text("utf-8")
        (said,) = META.findall(html)
        assert html.index("http-equiv") < html.index("<script"), file
        assert html.index("http-equiv") < html.index("<link"), file
        assert "unsafe" not in said, file
        policy = directives(said)
        assert policy["default-src"] == ["'none'"] and policy["base-uri"] == ["'none'"], file
        assert policy["script-src"][0] == "'self'", file
        assert all(source.startswith("'sha256-") for source in policy["script-src"][1:]), file
        assert '<meta name="referrer" content="same-origin">' in html, file


def test_the_hosts_headers_say_the_same_and_what_a_page_cannot(site: Path) -> None:
    headers = headers_of(site)
    said = directives(headers["Content-Security-Policy"])
    assert said.pop("frame-ancestors") == ["'none'"]
    scripts = set(said.pop("script-src"))
    for file in site.rglob("*.html"):
        policy = directives(META.findall(file.read_text("utf-8"))[0])
        assert set(policy.pop("script-src")) <= scripts
        assert policy == said
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert {"Referrer-Policy", "Permissions-Policy"} <= headers.keys()
    apache = (site / ".htaccess").read_text("utf-8")
    assert dict(re.findall(r'Header always set (\S+) "(.*)"', apache)) == headers


# ---------------------------------------------------------------- what a reader notices


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_asks_for_what_its_policy_stops(page: Page, hosted: str, stopped: list[str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in ONE_OF_EACH:
        page.goto(hosted + path)
    assert stopped == []


def test_search_filter_and_the_choice_of_light_or_dark_work_under_the_policy(
    page: Page, hosted: str, stopped: list[str]
) -> None:
    page.goto(hosted)
    page.get_by_role("searchbox", name="Sök i guiden").click()
    page.keyboard.type("vändtid")
    page.locator(".site-search-panel").get_by_role("link", name="Vändtid").click()
    expect(page).to_have_url(re.compile("/begrepp/"))
    page.goto(f"{hosted}arbetssatt/")
    page.get_by_label("Fas", exact=True).select_option("uppstart")
    expect(page.locator("form [role=status]")).to_contain_text("arbetssätt visas.")
    page.locator("label[title='Byt till mörkt läge']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")  # the theme's own script inside
    assert stopped == []


def test_filled_in_files_and_the_calendar_work_under_the_policy(page: Page, hosted: str, stopped: list[str]) -> None:
    type_parties(page, hosted)
    page.goto(f"{hosted}arbetsblad/malbild/")
    for file in ("malbild.docx", "malbild.xlsx", "malbild.pdf"):
        with page.expect_download():
            page.locator(f"a[href$='{file}']").first.click()
    page.goto(f"{hosted}arbetssatt/arshjul/#kalender")
    for name, text in (("signed", "2026-06-12"), ("starts", "2027-06-13"), ("years", "8")):
        page.locator(f"#kalender-{name}").fill(text)
    page.get_by_role("button", name="Räkna ut kalendern").click()
    with page.expect_download():
        page.get_by_role("button", name="Hämta kalenderfil").click()
    assert stopped == []


INJECTED = {
    "a script in the page": "<script>window.ran = 1</script>",
    "a script from elsewhere": "<script src='https://elsewhere.invalid/x.js'></script>",
    "an attribute that is a script": "<img src='/finns-inte.png' onerror='window.ran = 1'>",
    "a style in the page": "<style>body { display: none }</style>",
    "a page within the page": "<iframe srcdoc='<script>parent.ran = 1</script>'></iframe>",
    "an address that all others start from": "<base href='https://elsewhere.invalid/'>",
}


@pytest.mark.parametrize("what", INJECTED.values(), ids=INJECTED)
def test_what_someone_gets_into_a_page_does_not_run(page: Page, address: str, stopped: list[str], what: str) -> None:
    """The page's own policy is enough: here the host sends no headers."""

    def inject(route: Route) -> None:
        response = route.fetch()
        body, count = re.subn("</h1>", f"</h1>{what}", response.text(), count=1)
        assert count
        route.fulfill(response=response, body=body)

    page.route("**/om/", inject)
    page.goto(f"{address}om/")
    assert page.evaluate("window.ran") is None
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.baseURI").startswith(address)
    assert stopped


def test_a_page_is_not_shown_inside_another_sites_page(page: Page, hosted: str, address: str) -> None:
    """Which only a header can say: without one it is shown. A port of its own is another site to a browser."""
    for site, shown in ((address, True), (hosted, False)):
        page.route("**/ram/", functools.partial(_frame, site=site))
        page.goto(f"{address}ram/")
        assert (page.frames[1].url == site) is shown
        page.unroute_all()


def _frame(route: Route, site: str) -> None:
    route.fulfill(body=f"<iframe src='{site}'></iframe>", content_type="text/html")


# ---------------------------------------------------------------- who builds


def test_a_page_whose_text_brings_a_script_is_not_built(tmp_path: Path) -> None:
    """A digest of whatever stands in the page would let it run. Only the theme's own are named."""
    write(tmp_path)
    root = _small_project(tmp_path)
    hook = root / "scripts/publish/mkdocs_hook.py"
    added = '\n\ndef on_page_content(html, **_):\n    return html + "<script>ran = 1</script>"\n'
    hook.write_text(hook.read_text("utf-8") + added, encoding="utf-8")
    with pytest.raises(BuildError, match="skript i sidan: ran = 1"):
        build(root, root / "site")


def test_a_page_that_is_served_while_it_is_written_reloads(page: Page, tmp_path: Path) -> None:
    write(tmp_path)
    root = _small_project(tmp_path)
    (root / "docs/bidra.md").write_text("# Bidra\n\nFörst.\n", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"]
    served = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/bidra/")
        page.goto(f"http://127.0.0.1:{port}/bidra/")
        expect(page.get_by_text("Först.")).to_be_visible()
        page.wait_for_timeout(1000)  # the page has asked for news
        (root / "docs/bidra.md").write_text("# Bidra\n\nSedan.\n", encoding="utf-8")
        expect(page.get_by_text("Sedan.")).to_be_visible(timeout=30_000)
    finally:
        served.terminate()
        served.wait(10)


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"{address} svarar inte")


def test_the_readme_tells_nginx_the_same(site: Path) -> None:
    """Its example has no digests to keep current: those are in the pages."""
    readme = (ROOT / "README.md").read_text("utf-8")
    told = dict(re.findall(r'add_header (\S+) "([^"]*)" always;', readme))
    headers = headers_of(site)
    assert told.pop("Content-Security-Policy") == "frame-ancestors 'none'"
    assert told == {name: value for name, value in headers.items() if name != "Content-Security-Policy"}
