"""What the network has done with the guide: the proposals and their answers, and how far the review has come."""

from __future__ import annotations

from collections.abc import Iterator

from ..guide import addresses
from ..guide.guide import Guide
from ..guide.model import (
    RECORD_TYPES,
    Challenge,
    Example,
    Experience,
    Indicator,
    Meeting,
    Practice,
    Record,
    Worksheet,
)
from ..guide.network import Moved, Proposed, Review
from ..guide.wording import long_date, sentence
from .blocks import (
    AnyBlock,
    At,
    Bullets,
    Fact,
    Facts,
    Heading,
    Outline,
    Prose,
    Row,
    Table,
    To,
    Web,
    Widget,
    said,
    section,
)

# What the network reads, two and two; the rest is for one editor to check, or for a meeting to read together.
CORE: tuple[type[Record], ...] = (Practice, Worksheet, Indicator, Challenge, Meeting)
_NO_PROPOSALS = "Inget förslag är besvarat ännu. Det första som kommer in får sitt svar här, också om svaret är nej."
_PROPOSALS = "Vad läsare har föreslagit, vad det blev av det och varför. Ditt förslag står vid numret som du fick."
_REVIEWS = (
    "Hur långt nätverket har kommit: vem som har läst och prövat vad, räknat i organisationer på vardera sidan. "
    "Ett «vet inte» räknas aldrig som ett ja."
)
_READING = "Läs några poster var och svara på tre frågor om varje. Det tar en timme, och svaren avgör vad nätverket kan ställa sig bakom."
_CLOSED = "Ingen omgång är öppen just nu. Redaktionen meddelar nätverket när nästa börjar."
RULES = (
    "Varje post läses av minst en läsare från vardera parten, som svarar på tre frågor: Stämmer det med er erfarenhet? Har ni prövat det? "
    "Hindrar något att det ges ut?",
    "Den som svarar att något hindrar skriver i en mening vad som ska ändras. Utan meningen räknas svaret som en synpunkt.",
    "Har båda parter läst och inget hindrar är de eniga om posten. Den tas inte upp igen om inte två organisationer ber om det.",
    "Bara det som parterna är oense om går till en andra läsning och till mötet, med bådas ord bredvid varandra.",
    "Efter mötet beslutar nätverket. Den som inte håller med får sin invändning utskriven i en mening på sidan.",
    "Den som inte svarar i tid har inte sagt ja. Posten står kvar som oläst från den sidan.",
)


def proposals(guide: Guide) -> Outline:
    """The proposals, the latest first."""
    told = tuple(reversed(guide.proposals))
    blocks: tuple[AnyBlock, ...] = (_table(guide, told),) if told else said(_NO_PROPOSALS)
    return Outline("Förslag och svar", _PROPOSALS, section("", "", *blocks))


def _table(guide: Guide, told: tuple[Proposed, ...]) -> Table:
    headings = (Heading("Nummer", 2), Heading("Gäller", 4), Heading("Utfall", 3), Heading("Därför", 5))
    return Table(headings, tuple(_row(guide, one) for one in told))


def _row(guide: Guide, one: Proposed) -> Row:
    where = (Web(one.number, f"{guide.settings.repository}/issues/{one.issue}"),) if one.issue else one.number
    result = f"{one.result.capitalize()} {long_date(one.date)}"
    return Row((where, "; ".join(one.about), result, " ".join((one.why or "").split())), one.number.lower())


def moved(guide: Guide, move: Moved) -> Outline:
    """What stands where a record was: why it is gone, and where to go instead."""
    record = guide.named(move.new) if move.new else None
    where = (Prose((("I stället: ", To(record), "."),)),) if record else ()
    told = Prose((f"{sentence(move.why)} Det skedde i utgåva {move.since}.",))
    return Outline(
        f"{move.title}: har flyttat" if record else f"{move.title}: har utgått", "", section("", "", told, *where)
    )


def reading(guide: Guide) -> Outline:
    """The page that a reader in a round answers on."""
    one = guide.round
    told = f"Omgång {one.number} är öppen till {long_date(one.closes)}." if one else _CLOSED
    widget: tuple[AnyBlock, ...] = (Widget("reading"),) if one else ()
    opening = section("", "", Prose((told,)), *widget, opening=True)
    return Outline("Granskning", _READING, (*opening, *section("Regler som gäller", "regler", Bullets(RULES))))


def reviews(guide: Guide) -> Outline:
    """How far the review has come, by kind and side; where the parties disagree; what is to be read again."""
    return Outline(
        "Granskningen",
        _REVIEWS,
        (
            *section("Så långt har den kommit", "laget", *_progress(guide)),
            *section("Det här är parterna oense om", "oenigt", *_dissent(guide)),
            *section("Läses om härnäst", "harnast", *_next(guide)),
            *section(
                "Regler",
                "regler",
                Prose(((At("Reglerna för läsningen", addresses.READING), " är bestämda innan den börjar."),)),
            ),
        ),
    )


def _progress(guide: Guide) -> Iterator[AnyBlock]:
    names = ("Poster", "Läst av beställare", "Läst av utförare", "Läst av båda", "Prövat")
    headings = (Heading("Slag", 3), *(Heading(name) for name in names))
    counted = [(kind.plural, _counts(guide, guide.all(kind))) for kind in CORE if guide.all(kind)]
    rows = [Row((name, *map(str, counts))) for name, counts in counted]
    total = [str(sum(column)) for column in zip(*(counts for _, counts in counted), strict=True)]
    yield Table(headings, (*rows, Row(("Summa", *total))))
    others = ", ".join(
        kind.plural.lower() for kind in RECORD_TYPES if kind not in (*CORE, Example, Experience) and guide.all(kind)
    )
    yield Prose((f"Det andra ({others}) faktagranskas av redaktionen eller läses i grupp, och räknas inte här.",))
    if not guide.reviews:
        yield Prose(("Ingen i nätverket har läst något ännu: allt är redaktionens utkast.",))


def _counts(guide: Guide, records: tuple[Record, ...]) -> tuple[int, ...]:
    found = [review for record in records if (review := guide.review(record))]
    sides = [{count.side for count in review.read} for review in found]
    return (
        len(records),
        sum("beställare" in read for read in sides),
        sum("utförare" in read for read in sides),
        sum(len(read) == 2 for read in sides),
        sum(bool(review.tried) for review in found),
    )


def _dissent(guide: Guide) -> tuple[AnyBlock, ...]:
    lines = tuple(
        (To(record), f": {sentence(review.dissent or '')}") for record, review in _reviewed(guide) if review.dissent
    )
    return (Bullets(lines),) if lines else ()


def _next(guide: Guide) -> tuple[AnyBlock, ...]:
    due = sorted(
        ((review.next, record) for record, review in _reviewed(guide) if review.next),
        key=lambda found: (found[0], found[1].title),
    )
    return (Facts(tuple(Fact(long_date(day), (To(record),)) for day, record in due)),) if due else ()


def _reviewed(guide: Guide) -> Iterator[tuple[Record, Review]]:
    for review in guide.reviews:
        if record := guide.named(review.record):
            yield record, review
