"""Words as the search knows them: without accents, inflections taken away, and the parts of a compound each for itself."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection, Iterator

import snowballstemmer

from ..guide.guide import CITATION

# Said so often that they find nothing; kept where a whole question or title is made of them.
_COMMON = """
alla allt att av bara blir de dem den det detta din dina du då där efter eller en er era ert ett finns från få får för går göra
ha han har hos hur här i igen in ingen inga inget inte ja jag kan kommer med men mer mot måste ni nog något några nu nya när och
om oss på sig sin ska som så ta tar till under upp ut var varje vad vara vem vi vid vilka vilken vill våra vår än är åt
"""
# What may follow a stem. The stemmer takes them away here; in the browser they are taken away where a known word is left.
_INFLECTIONS = """
a as arna arnas erna ernas orna ornas ad e ade ades ande andes anden andet are aren arens aste en ens ern erns ar er or s es at
et ets ast ning ningen ningar ningarna ig iga igt lig liga ligt het heten heter heterna n na ns t r ra rna
"""
STOP_WORDS = frozenset(_COMMON.split())
ENDINGS = tuple(_INFLECTIONS.split())
_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST_PART = 4  # letters of a compound's part: shorter ones stand in words by chance
_SHORTEST_REST = 3  # letters of what is left of it


def folded(text: str) -> str:
    """Small letters without accents, as in an address: «Målbild» and «malbild» are the same word."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    return _WORD.findall(folded(CITATION.sub(" ", text)))


@functools.cache
def stem(word: str) -> str:
    return str(_stemmer().stemWord(word)) if len(word) > 3 else word


@functools.cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("swedish")


def parts(word: str, known: Collection[str]) -> Iterator[str]:
    """The stems of known words that ``word`` begins or ends with: «månadsuppföljning» has «månad» and «uppföljning»."""
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_REST + 1):
        first = word[:at]
        for begun in {first, first.removesuffix("s")}:
            if len(begun) >= _SHORTEST_PART and (left := stem(begun)) in known:
                yield left
        last = word[-at:]
        if (right := stem(last)) in known:
            yield right
