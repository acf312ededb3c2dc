"""Data for the browser as a classic script, which also works where the site is opened from a folder."""

from __future__ import annotations

import json
from typing import Any


def script(name: str, told: Any, under: str = "") -> str:
    """``window.name = told``; with ``under``, an entry of an object that several scripts add to.

    No text in it can end the element that a page might put it in.
    """
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("</", "<\\/").replace("\u2028", " ").replace("\u2029", " ")
    return f"(window.{name}??={{}})[{json.dumps(under)}]={text};\n" if under else f"window.{name}={text};\n"
