"""Fetch the libraries that run in the reader's browser: ``python -m scripts.vendor_scripts``.

Needs npm. Each is one file of a published package, taken as it is; a package with another checksum is refused. The versions
are those of ``package.json``, which Dependabot watches: for a new one, look at the package and write its checksum here.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VERSIONS: dict[str, str] = json.loads(Path(__file__).with_name("package.json").read_text("utf-8"))["dependencies"]
OUT = Path(__file__).resolve().parent.parent / "docs" / "assets" / "vendor"


@dataclass(frozen=True)
class Script:
    """One file of an npm package, and what it is for."""

    package: str
    sha512: str  # of the package, as the registry states it
    file: str
    name: str  # in docs/assets/vendor/
    licence: str
    use: str

    @property
    def version(self) -> str:
        return VERSIONS[self.package]

    @property
    def source(self) -> str:
        return f"https://registry.npmjs.org/{self.package}/-/{self.package}-{self.version}.tgz"


SCRIPTS = (
    Script(
        "fflate",
        "tbZNuJrLwGUp3zshBtdy4W+ORxZuIh8a5ilyIEQDC5rY1f3U20JMry0Ll3WBzU58EZKsEuJFXhb5gwv8CsPvgA==",
        "umd/index.js", "fflate.js", "MIT", "opens and closes zip files: the worksheets that are filled in on download",
    ),
    Script(
        "ical.js",
        "yK/UlPbEs316igb/tjRgbFA8ZV75rCsBJp/hWOatpyaPNlgw0dGDmU+FoicOcwX4xXkeXOkYiOmCqNPFpNPkQg==",
        "dist/ical.es5.min.cjs", "ical.js", "MPL-2.0", "writes the calendar file",
    ),
    Script(
        "minisearch",
        "dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg==",
        "dist/umd/index.js", "minisearch.js", "MIT", "searches the index that was made when the site was built",
    ),
)  # fmt: skip


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    for script in SCRIPTS:
        with tempfile.TemporaryDirectory() as folder:
            package = _fetch(script, Path(folder))
        (OUT / script.name).write_bytes(package[script.file])
        (OUT / f"{script.name}.LICENSE.txt").write_bytes(package["LICENSE"])
    (OUT / "README.txt").write_text(_readme(), encoding="utf-8")
    return 0


def _fetch(script: Script, folder: Path) -> dict[str, bytes]:
    """The files of the package that are wanted, by path."""
    wanted = f"{script.package}@{script.version}"
    subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tgz")
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != script.sha512:
        raise ValueError(f"{wanted} is not the package that was looked at")
    found = {}
    with tarfile.open(archive) as package:
        names = set(package.getnames())
        licence = next(name for name in ("LICENSE", "LICENSE.txt") if f"package/{name}" in names)
        for path, name in ((script.file, script.file), (licence, "LICENSE")):
            member = package.extractfile(f"package/{path}")
            assert member is not None
            found[name] = member.read()
    return found


def _readme() -> str:
    entries = (
        f"{script.name}: {script.package} {script.version}, {script.licence}; {script.use}.\n"
        f"  The file {script.file} of {script.source}\n"
        f"  (sha512 {script.sha512}), unchanged; its source is in the same package.\n"
        for script in SCRIPTS
    )
    return "Made by `python -m scripts.vendor_scripts`. Each licence lies beside its file.\n\n" + "\n".join(entries)


if __name__ == "__main__":
    sys.exit(main())
