"""What stands around every page besides what the theme puts there: the way to search, in the header."""

from __future__ import annotations

import re
from html import escape

from ..search import DESCRIPTION

_LOGO = re.compile(r'<a href="([^"]*)"[^>]*class="md-header__button md-logo"')
_HEADER_ENDS = re.compile(r"</nav>\s*</header>")
_ICON = "M9.5 3A6.5 6.5 0 0 1 16 9.5c0 1.61-.59 3.09-1.56 4.23l.27.27h.79l5 5-1.5 1.5-5-5v-.79l-.27-.27A6.52 6.52 0 0 1 9.5 16a6.5 6.5 0 1 1 0-13m0 2a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z"
_FORM = """<form class="site-search" role="search" action="{page}">
<label class="visually-hidden" for="sok-huvud">Sök i guiden</label>
<input id="sok-huvud" name="q" type="search" placeholder="Sök i guiden" autocomplete="off" maxlength="200">
</form>
<a class="site-search-link md-header__button md-icon" href="{page}" aria-label="Sök i guiden"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true"><path d="{icon}"/></svg></a>
"""


def with_search(html: str) -> str:
    """The page with a box to search from; on a phone a link to the page that searches. The theme's logo knows the root."""
    logo = _LOGO.search(html)
    if logo is None:
        return html
    root = logo[1].rstrip("/") + "/"
    form = _FORM.format(page=f"{root}sok/", icon=_ICON)
    offered = f'<link rel="search" type="application/opensearchdescription+xml" href="{root}{DESCRIPTION}" title="Sök i guiden">'
    return _HEADER_ENDS.sub(lambda end: form + end[0], html.replace("</head>", f"{offered}</head>", 1), count=1)


def leading_on(html: str, to: str) -> str:
    """A page that has moved takes its reader to the one that has come instead, and tells search engines so."""
    if not to:
        return html
    address = escape(to, quote=True)
    return html.replace(
        "</head>",
        f'<meta http-equiv="refresh" content="0; url={address}"><meta name="robots" content="noindex"></head>',
        1,
    )
