"""Which characters a text may hold. What no one can see in an editor is refused, and told so that it can be found.

Texts are pasted from mail, web pages and Word. What such programs add and no reader misses goes silently: soft hyphens,
and letters in two parts (NFD, as macOS writes them) become one. What could change how a text reads, or what a search
finds, is for the contributor to decide: controls, marks that turn the direction of the text, spaces without width,
line breaks of other kinds, characters of one font alone, and the sign for a letter that has been lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SOFT_HYPHEN = "\u00ad"
_KINDS = (
    ("ett tabbtecken", "\t"),
    ("en osynlig radbrytning", "\x0b\x0c\r\x85\u2028\u2029"),
    ("ett osynligt tecken som vänder läsriktningen", "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"),
    ("ett tecken för en förlorad bokstav", "\ufffd"),
    ("ett tecken som bara finns i ett visst typsnitt", "\ue000-\uf8ff\U000f0000-\U0010ffff"),
    ("ett osynligt styrtecken", "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"),
    (
        "ett osynligt tecken",
        "\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
        "\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff",
    ),
)
_REFUSED = re.compile("[" + "".join(characters for _, characters in _KINDS) + "]")
_NAMED = tuple((what, re.compile(f"[{characters}]")) for what, characters in _KINDS)


def tidy(text: str) -> str:
    """The text as records hold it: letters in one part, without soft hyphens and what :func:`refused` tells of."""
    return unicodedata.normalize("NFC", _REFUSED.sub("", text).replace(_SOFT_HYPHEN, ""))


def visible(text: str) -> str:
    """The text of a message: a sign for each character that could not be seen, or would write over the message."""
    return unicodedata.normalize("NFC", _REFUSED.sub("\ufffd", text.replace("\n", "\ufffd")))


def refused(text: str) -> Iterator[tuple[int, str]]:
    """Each character that may not be there, once a line: (line in the text from 0, what it is and how to mend it)."""
    for number, line in enumerate(text.split("\n")):
        for char in dict.fromkeys(_REFUSED.findall(line)):
            what = next(what for what, pattern in _NAMED if pattern.match(char))
            before, after = (tidy(part).split() for part in line.split(char, 1))
            place = f"efter «{before[-1][-20:]}»" if before else f"före «{after[0][:20]}»" if after else "på en tom rad"
            yield number, f"{what} (U+{ord(char):04X}) står {place}. Sudda där och skriv om orden intill."
