"""What a browser may do with a page: a policy in every page, and the same as headers for the hosts that take them.

Only the site's own files are fetched and only its own scripts run. The theme needs a few scripts inside the page; each
is named by its digest, so that another script in the page, however it came there, does not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser

REFERRER = "same-origin"  # other sites are not told which page a reader came from
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's icons lie in its style sheet
    "font-src": "'self'",
    "connect-src": "'self'",  # the worksheets that are filled in
    "form-action": "'self'",
    "base-uri": "'none'",
}
_DATA = {"application/json", "application/ld+json"}  # what is never run
# What a page cannot say of itself.
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": REFERRER,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


_SUSPECT = re.compile(r"<script|[\s\"'/](?:on\w+|style)\s*=", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)


class _Scripts(HTMLParser):
    """The scripts that stand inside a page, and every attribute that is a script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.attributes: list[str] = []
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self._open = tag == "script" and "src" not in given and given.get("type") not in _DATA
        self.attributes += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        if self._open:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = False


def forbidden(content: str) -> list[str]:
    """What the content of a page, without the theme around it, holds that the policy would stop. HTML in, for people out."""
    if not _SUSPECT.search(content):  # nearly every page: reading it properly takes longer than making it
        return []
    scripts = _Scripts(content)
    return [f"skript i sidan: {text.strip()[:40]}" for text in scripts.found] + scripts.attributes


def digests(html: str) -> set[str]:
    """The scripts inside the page, each as a source of ``script-src``."""
    return {
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _Scripts("".join(_SCRIPT.findall(html))).found
    }


def policy(scripts: Iterable[str]) -> str:
    """The policy of a page that may run ``scripts``, sources of ``script-src``, besides the site's own files."""
    parts = _POLICY | {"script-src": " ".join([_POLICY["script-src"], *sorted(scripts)])}
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def guarded(html: str, scripts: Iterable[str]) -> str:
    """The page with its policy, before the first script that it governs."""
    metas = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts)}">'
        f'<meta name="referrer" content="{REFERRER}">'
    )
    made, count = re.subn(r'(<meta charset="?utf-8"?>)', rf"\1{metas}", html, count=1, flags=re.IGNORECASE)
    if not count:
        raise ValueError("a page without <meta charset> has no place for its policy")
    return made


def header_files(scripts: Iterable[str]) -> dict[str, str]:
    """Path in the site → headers in the form that a host reads: Netlify and Cloudflare Pages, and Apache.

    ``scripts`` are those of all pages, since such a file says the same of each.
    """
    headers = {"Content-Security-Policy": f"{policy(scripts)}; frame-ancestors 'none'", **_HEADERS}
    plain = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    apache = "".join(f'  Header always set {name} "{value}"\n' for name, value in headers.items())
    return {
        "_headers": f"/*\n{plain}",
        ".htaccess": f"<IfModule mod_headers.c>\n{apache}</IfModule>\n",
    }
