"""What every printed page says of itself: which edition it is, which page of the site it comes from, and the way there.

``scripts/files/templates/common.typ`` sets it on PDF pages.
"""

from __future__ import annotations

import re
from typing import Any

from .. import fonts
from ..guide.model import Settings
from ..guide.wording import long_date
from . import qr
from .typeset import Exact


def edition(settings: Settings) -> str:
    return f"version {settings.version}, {long_date(settings.date)}"


def short_address(address: str) -> str:
    """``address`` as it is typed by hand."""
    return re.sub(r"^https?://|/$", "", address)


def info(settings: Settings, title: str, description: str, kind: str) -> dict[str, Any]:
    """A PDF file's own properties, for ``properties`` and ``type`` in common.typ."""
    date = settings.date
    return {
        "font": fonts.FAMILY,
        "title": title,
        "author": settings.publisher,
        "description": description,
        "keywords": [kind, settings.title],
        "date": [date.year, date.month, date.day],
    }


def place(settings: Settings, id: str, address: str) -> dict[str, Any]:
    """What stands at the foot of a page, for ``pages`` in common.typ. ``address`` is where the QR code leads."""
    return {
        "guide": settings.title,
        "edition": edition(settings).capitalize(),
        "id": id,
        "address": short_address(address),
        "qr": Exact(qr.svg(dated(settings, address))),
    }


def dated(settings: Settings, address: str) -> str:
    """The address with the edition in it, so that the page can say if there is a later one."""
    page, hash, anchor = address.partition("#")
    return f"{page}?utgava={settings.version}{hash}{anchor}"
