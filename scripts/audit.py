"""Ask whether a locked package has a known vulnerability: ``python -m scripts.audit``.

pip-audit asks PyPI, so this needs the network, and is no part of what every proposal must pass. A package that it could not ask
about counts as an error: otherwise no answer at all would look like good news.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNKNOWN, VULNERABLE = 2, 1  # what the command ends with


def main() -> int:
    locks = [str(file) for file in sorted(ROOT.glob("requirements*.txt"))]
    options = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    command = [sys.executable, "-m", "pip_audit", *options, *(part for lock in locks for part in ("-r", lock))]
    done = subprocess.run(command, capture_output=True, text=True)
    lines, code = told(done.stdout)
    print("\n".join(lines), file=sys.stderr if code else sys.stdout)
    return code


def told(report: str) -> tuple[list[str], int]:
    """What pip-audit's report (JSON, or nothing where it failed) means, in lines for people, and what to end with."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        packages = []
    skipped = sorted({one["name"] for one in packages if "skip_reason" in one})
    lines = sorted({line for one in packages for line in _vulnerabilities(one)})
    if skipped or not packages:
        some = f" för {len(skipped)} paket, bland dem {', '.join(skipped[:3])}" if skipped else ""
        lines.append(
            f"Uppgifterna om kända sårbarheter gick inte att hämta{some}. Ingenting är alltså granskat färdigt."
        )
        lines.append("Kör `make audit` igen där PyPI går att nå.")
        return lines, UNKNOWN
    if lines:
        return [*lines, f"{len(lines)} kända sårbarheter. `make lock` hämtar nyare paket."], VULNERABLE
    return [f"{len({one['name'] for one in packages})} paket granskade, inga kända sårbarheter."], 0


def _vulnerabilities(package: dict[str, object]) -> list[str]:
    found = package.get("vulns", [])
    assert isinstance(found, list)
    return [
        f"{package['name']} {package['version']}: {one['id']}, rättad i {', '.join(one['fix_versions']) or 'ingen version ännu'}"
        for one in found
    ]


if __name__ == "__main__":
    sys.exit(main())
