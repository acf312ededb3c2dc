"""The command line: ``python -m scripts check|schema|pages|files|site|serve``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from .guide.check import read
from .guide.problems import GuideError

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts", description="Bygger Partnerskapsguiden.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="granska guide_data/")
    chosen = parser.parse_args(arguments)
    try:
        return _check()
    except GuideError as error:
        print(error, file=sys.stderr)
        count = len(error.problems)
        print(f"{count} fel i guide_data/. Inget är byggt.", file=sys.stderr)
        return 1


def _check() -> int:
    start = time.perf_counter()
    guide = read(ROOT).guide
    count = sum(len(records) for records in guide.records.values())
    print(f"{count} poster granskade, inga fel ({time.perf_counter() - start:.1f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
