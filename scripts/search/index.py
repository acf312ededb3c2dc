"""The index: a document for each record and each page that has no record, and the words that lead to each.

It is written as MiniSearch keeps an index, so that the browser begins to search at once instead of reading everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from ..files.catalogue import Catalogue
from ..guide import addresses
from ..guide.guide import CITATION, Guide, texts
from ..guide.model import RECORD_TYPES, Example, Meeting, Question, Record, Role, Settings, Source, Term, Worksheet
from ..guide.script import script
from ..guide.wording import begun
from ..outline import effort, index_of, newcomer, outline_of, plan
from .words import ENDINGS, STOP_WORDS, folded, parts, stem, words

PATH = f"{addresses.ASSETS}/search-data.js"
# Where a word may stand, and how much it counts there (the browser is told): in the title, in other words for the same,
# as a part of a compound there, in the first sentence, in a heading, in the text.
FIELDS = {"title": 6.0, "alias": 5.0, "part": 4.5, "lead": 2.5, "heading": 1.5, "text": 1.0}
_SKIPPED = ("id", "basis", "status", "reviewed")
DESCRIPTION = "sok/opensearch.xml"
_DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{name}</ShortName>
<Description>{about}</Description>
<Language>sv-SE</Language>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="{site}sok/?q={{searchTerms}}"/>
</OpenSearchDescription>
"""
_LONGEST_LEAD = 180  # characters
_LEFT_OUT = frozenset(map(folded, STOP_WORDS))  # «för» would be taken for «förare»


@dataclass
class Document:
    """Something to find. ``aliases`` are other words for its title, ``headings`` the sections of its page by anchor."""

    title: str
    path: str  # from the site's root
    kind: str  # the heading it is listed under
    lead: str = ""
    aliases: tuple[str, ...] = ()
    headings: dict[str, str] = field(default_factory=dict)
    text: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()  # label and path of what may be fetched at once


def data(guide: Guide, catalogue: Catalogue) -> str:
    """The search's data as a script, which also works where the site is opened from a folder."""
    documents = list(_documents(guide, catalogue))
    told = {
        "documents": [_shown(document) for document in documents],
        "index": _index(documents),
        "fields": FIELDS,
        "synonyms": _synonyms(guide),
        "endings": ENDINGS,
        "stopWords": sorted(_LEFT_OUT),
    }
    return script("guideSearchData", told)


def description(settings: Settings) -> str:
    """What lets a browser offer the guide's search among its own: an OpenSearch description."""
    names = {"name": escape(settings.short_title), "about": escape(settings.summary), "site": escape(settings.address)}
    return _DESCRIPTION.format(**names)


# ---------------------------------------------------------------- what is found


def _documents(guide: Guide, catalogue: Catalogue) -> Iterator[Document]:
    for kind in sorted(RECORD_TYPES, key=lambda kind: kind is not Question):  # what readers ask comes first
        if kind is Example:
            continue
        for record in guide.all(kind):
            yield _of(guide, catalogue, record)
        page = addresses.path_of(addresses.index_of(kind))
        yield Document(index_of(guide, kind).title, page, "Sidor", kind.declared.lead, (kind.singular,))
    yield Document(
        "Det lilla avtalet", addresses.path_of(addresses.SMALL), "Sidor", "", ("litet avtal", "små avtal", "minsta")
    )
    cost = ("tid", "timmar", "kostnad", "vad kostar det", "hur mycket tid", "resurser", "bemanning", "insats")
    yield Document(effort.TITLE, addresses.path_of(addresses.EFFORT), "Sidor", "", cost)
    new = (
        "jag är ny",
        "nyanställd",
        "ny avtalsansvarig",
        "ny trafikchef",
        "överta",
        "ta över ett avtal",
        "första dagen",
        "onboarding",
        "inskolning",
    )
    yield Document(newcomer.TITLE, addresses.path_of(addresses.NEW_HERE), "Sidor", "", new)
    begin = ("var börjar vi", "börja", "komma igång", "prioritera", "vad gör vi först", "plan för avtalet", "årsplan")
    yield Document(plan.TITLE, addresses.path_of(addresses.PLAN), "Sidor", "", begin)
    mine = ("avtalsmapp", "mina blad", "att göra", "påbörjade blad", "sparat i webbläsaren")
    yield Document("Mitt avtal", addresses.path_of(addresses.MINE), "Sidor", "", mine)
    clauses = ("klausuler", "exempelklausuler", "avtalstext", "formuleringar", "skrivning i avtalet", "avtalsvillkor")
    yield Document("Exempel på villkor", addresses.path_of(addresses.CLAUSES), "Sidor", "", clauses)
    for title, page in (
        (guide.settings.example_contract.title, addresses.CONTRACT),
        ("Översikt: faser och fokusområden", addresses.OVERVIEW),
        ("Om guiden", addresses.ABOUT),
        ("Föreslå en ändring", addresses.PROPOSE),
        ("Nytt i guiden", addresses.NEWS),
        ("In English", addresses.ENGLISH),
        ("Förslag och svar", addresses.PROPOSALS),
        ("Öppna data", addresses.OPEN_DATA),
        ("Granskningen: hur långt nätverket har kommit", addresses.REVIEWS),
        ("Tillgänglighet", addresses.ACCESSIBILITY),
    ):
        yield Document(title, addresses.path_of(page), "Sidor")


def _of(guide: Guide, catalogue: Catalogue, record: Record) -> Document:
    page, anchor = addresses.page_of(record)
    path = addresses.path_of(page) + (f"#{anchor}" if anchor else "")
    told = [text for text, place in texts(record) if place[0] not in _SKIPPED and text != record.title]
    lead = _first(record.answer if isinstance(record, Question) else getattr(record, "summary", "") or told[0])
    headings = {} if anchor else {s.anchor: s.title for s in outline_of(guide, record).sections if s.anchor and s.title}
    files = catalogue.of(record, "blank") if isinstance(record, Worksheet) else ()
    return Document(
        record.title,
        path,
        record.plural,
        lead,
        _aliases(record),
        headings,
        tuple(told),
        tuple((file.label, file.path) for file in files),
    )


def _first(text: str) -> str:
    """The beginning of a text, to show under its title."""
    plain = " ".join(CITATION.sub("", text).split()).replace(" .", ".").replace(" ,", ",")
    return begun(plain, _LONGEST_LEAD)


def _aliases(record: Record) -> tuple[str, ...]:
    match record:
        case Meeting() | Question() | Role():
            return record.synonyms
        case Term():
            return (*record.forms, *record.synonyms, *([record.english] if record.english else []))
        case Source():
            return (record.label,)
        case _:
            return ()


def _shown(document: Document) -> dict[str, object]:
    """What the browser shows of a document; short names, since there are hundreds."""
    told = {"t": document.title, "p": document.path, "k": document.kind, "l": document.lead}
    more = {"a": document.aliases, "h": document.headings, "f": document.files}
    return told | {name: value for name, value in more.items() if value}


def _synonyms(guide: Guide) -> dict[str, list[str]]:
    """Stem → the stems of words that mean the same, from the list in guide.yaml."""
    found: dict[str, set[str]] = {}
    for line in guide.settings.synonyms:
        alike = [stem(word) for word in words(line)]
        for one in alike:
            found.setdefault(one, set()).update(set(alike) - {one})
    return {one: sorted(others) for one, others in sorted(found.items())}


# ---------------------------------------------------------------- the words


def _index(documents: list[Document]) -> dict[str, object]:
    """As MiniSearch 7 writes an index (serializationVersion 2): word → field → document → times."""
    known = _known(documents)
    counted = [[_stems(texts) for texts in _fields(document)] for document in documents]
    for document, fields in zip(documents, counted, strict=True):
        titles = words(" ".join((document.title, *document.aliases)))
        fields[list(FIELDS).index("part")].update({part for word in titles for part in parts(word, known)})
        for place, named in ((0, (document.title,)), (1, document.aliases)):  # as written too, for what is misspelt
            fields[place].update({word for text in named for word in words(text)} - fields[place].keys())
    postings: dict[str, dict[str, dict[str, int]]] = {}
    for number, fields in enumerate(counted):
        for place, found in enumerate(fields):
            for word, times in found.items():
                postings.setdefault(word, {}).setdefault(str(place), {})[str(number)] = times
    lengths = [[sum(found.values()) for found in fields] for fields in counted]
    numbers = range(len(documents))
    return {
        "documentCount": len(documents),
        "nextId": len(documents),
        "documentIds": {str(n): n for n in numbers},
        "fieldIds": {name: place for place, name in enumerate(FIELDS)},
        "fieldLength": {str(n): {str(place): length for place, length in enumerate(lengths[n])} for n in numbers},
        "averageFieldLength": [sum(column) / len(documents) for column in zip(*lengths, strict=True)],
        "storedFields": {},
        "dirtCount": 0,
        "index": sorted(postings.items()),
        "serializationVersion": 2,
    }


def _fields(document: Document) -> tuple[Iterable[str], ...]:
    """The texts of each field, in the order of :data:`FIELDS`; the parts are added when every word is known."""
    headings = document.headings.values()
    return (document.title,), document.aliases, (), (document.lead,), headings, document.text


def _stems(texts: Iterable[str]) -> Counter[str]:
    return Counter(stem(word) for text in texts for word in words(text) if word not in _LEFT_OUT)


def _known(documents: list[Document]) -> set[str]:
    """The stems that a compound may be made of: every word in the guide."""
    all_texts = (text for document in documents for field in _fields(document) for text in field)
    return {stem(word) for text in all_texts for word in words(text) if word not in _LEFT_OUT}
