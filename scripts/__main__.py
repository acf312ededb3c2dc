"""The command line: ``python -m scripts <command>``; see COMMANDS."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from .guide import editing
from .guide.check import read
from .guide.model import Worksheet
from .guide.problems import GuideError, annotation

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts", description="Bygger Partnerskapsguiden.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (act, help) in COMMANDS.items():
        command = commands.add_parser(name, help=help)
        command.set_defaults(act=act)
        if name == "pages":
            command.add_argument("out", type=Path, help="mapp att skriva till")
        elif name == "followup":
            command.add_argument("previous", type=Path, help="förra årets ifyllda Excelblad")
            command.add_argument("--out", type=Path, help="filen att skriva")
        elif name == "propose":
            command.add_argument("proposal", type=Path, help="förslaget, som fil")
            command.add_argument("--only-answer", action="store_true", help="svara utan att skriva något")
            command.add_argument("--answer", type=Path, help="filen att skriva svaret i, som Markdown")
            command.add_argument("--output", type=Path, help="GitHubs fil för ett stegs resultat, som svaret skrivs i")
            command.add_argument("--branch", action="store_true", help="lägg ändringen på en egen gren")
            command.add_argument("--approved", default="", help="koden för det som redaktionen godkände")
        elif name == "new":
            command.add_argument("kind", help="slag, till exempel practice eller arbetssätt")
            command.add_argument("id", help="filens namn utan .yaml")
        elif name == "review-round":
            command.add_argument("--readers", type=int, default=10, help="antal läsare, hälften hos vardera parten")
            command.add_argument("--closes", required=True, help="sista dag, ÅÅÅÅ-MM-DD")
            command.add_argument("--out", type=Path, default=Path("build/granskning"), help="mapp för läsarnas filer")
        elif name == "review-collect":
            command.add_argument("folder", type=Path, help="mapp med filerna som kom tillbaka")
            command.add_argument(
                "--out", type=Path, default=Path("build/granskning"), help="mapp för mötets dagordning"
            )
        elif name == "editions":
            command.add_argument("folder", type=Path, help="mapp med tidigare utgåvors zip-filer")
        elif name == "diff":
            command.add_argument("base", help="commit, gren eller utgåva att jämföra med")
            command.add_argument("--summary", type=Path, help="filen att lägga till sammanfattningen i, som Markdown")
        elif name == "bench":
            command.add_argument("--practices", type=int, help="mät en guide med så många arbetssätt")
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.act(chosen))
    except GuideError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.problems)} fel. Inget är byggt.", file=sys.stderr)
        if os.environ.get("GITHUB_ACTIONS"):
            print("\n".join(map(annotation, error.problems)))
        return 1


def check(_: argparse.Namespace) -> int:
    """Validate the records and the hand-written pages, and write what helps those who edit them."""
    from .publish.catalogue import catalogue
    from .publish.handwritten import check_handwritten

    start = time.perf_counter()
    guide = read(ROOT).guide
    if problems := check_handwritten(ROOT):
        raise GuideError(problems)
    catalogue(guide)
    editing.write(ROOT, guide)
    count = sum(len(records) for records in guide.records.values())
    print(f"{count} poster granskade, inga fel ({time.perf_counter() - start:.1f} s).")
    return 0


def pages(chosen: argparse.Namespace) -> int:
    """Write the rendered tree, for another generator or for reading."""
    from .publish.tree import write

    count = write(read(ROOT).guide, ROOT / "docs", chosen.out, cache=ROOT / ".cache")
    print(f"{count} filer skrivna till {chosen.out}.")
    return 0


def site(_: argparse.Namespace) -> int:
    """Build site/ whole and swap it in."""
    from .publish.build import BuildError, build

    start = time.perf_counter()
    out = ROOT / "site"
    try:
        count = build(ROOT, out, say=_progress())
    except BuildError as error:
        print(f"{error}\nBygget avbröts. Den tidigare site/ är orörd.", file=sys.stderr)
        return 1
    sheets = sum(1 for _ in (out / Worksheet.path).glob("*/index.html"))
    print(f"site/ är klar: {count} sidor, {sheets} arbetsblad, {time.perf_counter() - start:.1f} s.")
    return 0


def followup(chosen: argparse.Namespace) -> int:
    """Write this year's workbook from last year's, beside it."""
    from .worksheets.followup import FollowUpError, follow_up, read_file

    last = chosen.previous
    try:
        content = read_file(last)
        guide = read(ROOT).guide
        made = follow_up(guide, content)
    except FollowUpError as error:
        print("\n".join(f"{last.name or last}: {problem}" for problem in error.problems), file=sys.stderr)
        return 1
    out = chosen.out or last.with_name(f"{last.stem}-{guide.settings.date.year}.xlsx")
    try:
        with out.open("xb") as file:
            file.write(made.content)
    except FileExistsError:
        print(f"{out} finns redan, och skrivs inte över. Byt namn på den eller ange OUT_FILE=.", file=sys.stderr)
        return 1
    except OSError:
        print(f"{out} går inte att skriva. Kontrollera att mappen finns och inte är skrivskyddad.", file=sys.stderr)
        return 1
    print(f"{out} är skriven: {made.told}.")
    return 0


def propose(chosen: argparse.Namespace) -> int:
    """Answer a proposal, and write what it changes into guide_data/ when all of it can be."""
    from .proposals import command

    asked = command.Asked(chosen.only_answer, chosen.answer, chosen.output, chosen.approved, chosen.branch)
    return command.propose(ROOT, chosen.proposal, asked)


def diff(chosen: argparse.Namespace) -> int:
    """Tell what has changed since a commit, for a reviewer and for those who have used the guide."""
    from .changes.since import changes_since
    from .changes.told import plain, summary

    changes = changes_since(ROOT, chosen.base)
    if changes is None:
        print(
            f"«{chosen.base}» finns inte i arkivet, eller har inga poster. Ange en commit, en gren eller en utgåva.",
            file=sys.stderr,
        )
        return 1
    print(plain(changes, chosen.base), end="")
    if chosen.summary:
        with chosen.summary.open("a", encoding="utf-8") as file:
            file.write(summary(changes, chosen.base, _built_site()))
    return 1 if changes.lost else 0


def new(chosen: argparse.Namespace) -> int:
    """Write a new record's file with a comment at each field."""
    from .guide.blank import write_blank

    try:
        file = write_blank(ROOT, chosen.kind, chosen.id)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{file.relative_to(ROOT)} är skriven. Fyll i den och kör make check, som säger vad som saknas.")
    return 0


def fmt(_: argparse.Namespace) -> int:
    """Bring the records' files to their one form."""
    from .guide.canonical import format_records

    changed, unread = format_records(ROOT)
    for name in changed:
        print(f"{name}: rättad form.")
    for name in unread:
        print(f"{name}: filen är inte sparad som UTF-8. Spara om den med teckenkodningen UTF-8.", file=sys.stderr)
    print(f"{len(changed) or 'Inga'} filer ändrade.")
    return 1 if unread else 0


def review_round(chosen: argparse.Namespace) -> int:
    """Open a round of reading: who reads what, on the page and as files to send."""
    from .reviewing import command

    return command.review_round(ROOT, chosen.readers, chosen.closes, chosen.out)


def review_collect(chosen: argparse.Namespace) -> int:
    """Turn the files that readers sent back into marks, and what they disagree about into an agenda."""
    from .reviewing import command

    return command.review_collect(ROOT, chosen.folder, chosen.out)


def release(chosen: argparse.Namespace) -> int:
    """Check all that an edition needs, build it and write it as one zip file."""
    from .publish.build import BuildError
    from .publish.release import ReleaseError, make

    if publishable(chosen):
        return 1
    try:
        print(make(ROOT, read(ROOT).guide, _progress()))
    except (ReleaseError, BuildError) as error:
        print(f"{error}\nIngen utgåva är gjord.", file=sys.stderr)
        return 1
    return 0


def editions(chosen: argparse.Namespace) -> int:
    """Lay earlier editions beside the site that is built, at /utgava/<nr>/."""
    from .publish import release as made

    try:
        found = made.unpack_earlier(chosen.folder, ROOT / "site", read(ROOT).guide.settings)
    except made.ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Tidigare utgåvor på webbplatsen: {', '.join(found) or 'inga'}.")
    return 0


def offline(_: argparse.Namespace) -> int:
    """Lay the whole site as one zip file, which opens from a folder, among its downloads."""
    from .publish import release as made

    file = made.lay_offline(ROOT / "site", ROOT, read(ROOT).guide.settings)
    print(f"{file.relative_to(ROOT)} har hela webbplatsen ({file.stat().st_size // 1_000_000} MB).")
    return 0


def publishable(_: argparse.Namespace) -> int:
    """Publishing to an address that no one owns would send readers astray, so it stops here."""
    settings = read(ROOT).guide.settings
    reserved = [name for name in ("repository", "address") if ".example" in getattr(settings, name)]
    for name in reserved:
        print(
            f"guide_data/guide.yaml: {name}: adressen är en reserverad exempeladress. Ange den riktiga före publicering.",
            file=sys.stderr,
        )
    return 1 if reserved else 0


def language(_: argparse.Namespace) -> int:
    """Check spelling and wording of everything that is read in Swedish."""
    from .language import check_language

    problems = check_language(ROOT)
    print("\n".join(map(str, problems)), file=sys.stderr, end="\n" if problems else "")
    print(f"Språkgranskning: {len(problems) or 'inga'} anmärkningar.")
    return 1 if problems else 0


def bench(chosen: argparse.Namespace) -> int:
    """Print how long each part takes, or a large guide with so many practices."""
    from .publish.bench import bench, bench_large

    for line in bench_large(ROOT, chosen.practices) if chosen.practices else bench(ROOT):
        print(line, flush=True)
    return 0


def _built_site() -> str:
    """Where the workflow that runs this leaves the site that it builds; empty elsewhere."""
    known = [os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID")]
    return "{}/{}/actions/runs/{}#artifacts".format(*known) if all(known) else ""


def _progress() -> Callable[[str], None]:
    """A line that is overwritten on a terminal, and one line a step elsewhere."""
    if not sys.stderr.isatty():
        return lambda text: print(text, file=sys.stderr, flush=True)
    return lambda text: print(f"\r\033[K{text}", end="" if text else "\r", file=sys.stderr, flush=True)


COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str]] = {
    "check": (check, "granska guide_data/ och sidorna i docs/"),
    "pages": (pages, "skriv alla sidor som Markdown och alla filer till en mapp"),
    "site": (site, "bygg site/"),
    "followup": (followup, "gör årets Excelblad av förra årets ifyllda"),
    "propose": (propose, "svara på ett förslag och skriv in det i guide_data/"),
    "diff": (diff, "berätta vad som har ändrats sedan en commit"),
    "new": (new, "skriv en ny post att fylla i"),
    "fmt": (fmt, "ge posterna samma form, utan att ett ord ändras"),
    "review-round": (review_round, "öppna en läsomgång"),
    "review-collect": (review_collect, "räkna samman svaren i en läsomgång"),
    "release": (release, "gör utgåvan som en zip-fil"),
    "offline": (offline, "lägg hela webbplatsen som en zip-fil bland filerna att hämta"),
    "editions": (editions, "lägg tidigare utgåvor bredvid den byggda webbplatsen"),
    "publishable": (publishable, "granska att adresserna går att publicera på"),
    "language": (language, "granska stavning och ordval"),
    "bench": (bench, "mät tider"),
}

if __name__ == "__main__":
    sys.exit(main())
