"""What stands before the records: the cover, how the guide is used, and the openings of chapters that are no record's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..files.paper import edition, short_address
from ..files.typeset import Exact
from ..guide.guide import Guide
from ..guide.model import Phase
from ..outline.blocks import Heading, Prose, Row, Table, section
from .writer import Data, Writer

FETCHED = "Här står vad varje blad frågar efter. Bladen att fylla i hämtas från webbplatsen."
NO_ADVICE = "Guiden är inte juridisk rådgivning. Pröva lagfrågor med er jurist."
SHEETS = "Bladen hämtas på webbplatsen i Word och PDF, och i Excel när de har något att räkna på."
ELSEWHERE = "Det som nämns i häftet utan sidnummer står på webbplatsen och i boken med hela guiden."
_LAW = (
    "Guiden nämner lagrum där de påverkar vad ni kan göra tillsammans. Den är inte juridisk rådgivning: "
    "pröva frågor om ert eget avtal med er jurist."
)
_WAYS = (
    ("Var i avtalet är ni?", "Slå upp fasen. Kapitlet säger vad den är till för, och arbetssätten följer i ordning."),
    ("Vad skaver?", "Sök tecknet ni känner igen bland utmaningarna och gå vidare till arbetssätten som hjälper."),
    ("Vilken roll har du?", "Rollens sida samlar det du bidrar med, det du behöver och det du tar initiativ till."),
    ("Vad ska ni mäta?", "Indikatorerna har formel, ägare och en varning för hur måttet styr fel."),
    ("Möte i morgon?", "Sist i boken står arbetsbladen i bokstavsordning. Bladen själva hämtas på webbplatsen."),
)
_START = (
    "Varje arbetssätt kräver något av båda parter. Börja i den fas där ni är, välj ett arbetssätt på nivån grund "
    "och ta med arbetsbladet till nästa möte."
)
_PAPER = (
    "Längst ned på varje sida står vilken post sidan handlar om, vilken utgåva det är och adressen till posten på "
    "webbplatsen. QR-koden leder dit. Börjar flera poster på samma sida gäller foten den sista."
)
_MARKED = "Under varje post står vad den grundar sig på och hur långt nätverket har kommit med den."
_BASIS = (
    ("Står i SIQ:s publicerade texter", "Går att läsa i SIQ:s artikel eller i någon annan text från SIQ."),
    ("Bygger på angivna källor", "Källorna står under posten."),
    ("Redaktionens förslag", "Nätverket har inte tagit ställning."),
)
_STATUS = (
    ("Utkast", "Nätverket har inte granskat texten."),
    ("Granskad", "Nätverket har läst texten och redaktionen har tagit hand om synpunkterna."),
    ("Antagen", "Nätverket står bakom texten."),
)
_FORMS = (
    "Guiden förutsätter ingen särskild upphandlingsmodell. Under rubriken Avtalsform står vad som kräver en viss "
    "avtalsform, och vad ni gör när avtalet saknar den."
)


def cover(guide: Guide, title: str, summary: str, *, address: str, phase: Phase | None = None) -> dict[str, Any]:
    """The first page, of the whole guide or of a phase alone."""
    settings = guide.settings
    phases = guide.all(Phase)
    return {
        "phase": phases.index(phase) + 1 if phase else 0,
        "kind": f"{settings.short_title} · fas {phases.index(phase) + 1} av {len(phases)}" if phase else "",
        "title": title,
        "file_title": f"{title} – {settings.short_title}" if phase else title,
        "summary": summary,
        "edition": edition(settings).capitalize(),
        "imprint": [f"Utgivare: {settings.publisher}", f"Licens: {settings.licence}", settings.contact],
        "notice": settings.notice,
        "law": _LAW if phase else "",
        "id": phase.id if phase else "guiden",
        "url": Exact(address),
        "address": Exact(short_address(address)),
    }


def chapter(
    path: str,
    title: str,
    lead: str,
    sections: Iterable[Data] = (),
    entries: Iterable[Data] = (),
    key: Exact | None = None,
) -> Data:
    """A chapter that is no record: ``path`` is its page on the site."""
    return {
        "key": key or Exact(f"kapitel/{path}"),
        "path": path,
        "kind": "",
        "title": title,
        "lead": [lead] if lead else [],
        "sections": list(sections),
        "about": [],
        "map": 0,
        "entries": list(entries),
    }


def how_to_use(w: Writer) -> Data:
    parts = (
        section("Vägar in", "", *(Prose((text,), way) for way, text in _WAYS)),
        section("Grund och status", "", Prose((_MARKED,)), _marks("Grund", _BASIS), _marks("Status", _STATUS)),
        section("Avtalsform", "", Prose((_FORMS,))),
        section("Om juridiken", "", Prose((_LAW,))),
        section("På papper", "", Prose((_PAPER,))),
    )
    sections = [w.section(one) for part in parts for one in part]
    return chapter("", "Så använder ni guiden", _START, sections, key=Exact("kapitel/anvand"))


def _marks(kind: str, meanings: tuple[tuple[str, str], ...]) -> Table:
    return Table((Heading(kind, 4), Heading("Betyder", 7)), tuple(Row(meaning) for meaning in meanings))
