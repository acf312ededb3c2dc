"""List what the site is made of: ``python -m scripts.sbom [FOLDER]``, after ``make site``.

Writes two files into the site: ``sbom.cdx.json``, a bill of materials in CycloneDX, and ``licenser.txt``, the same for people with
the licences in full. First what the site carries (theme, fonts, scripts), with the digest of each file; then the packages that built it.
The same site and the same lock give the same bytes.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from . import vendor
from .guide.check import read
from .guide.model import Settings
from .vendor_scripts import SCRIPTS

ROOT = Path(__file__).resolve().parent.parent
_LICENCES = LicenseFactory()


@dataclass(frozen=True)
class Part:
    """Something that the site carries: its files there, by patterns, and the texts of its licence."""

    name: str
    version: str
    licence: str  # as SPDX names it
    files: tuple[str, ...]
    texts: tuple[Path, ...]
    purl: PackageURL | None = None


def parts() -> tuple[Part, ...]:
    """What the site carries that others have made."""
    material = importlib.metadata.distribution("mkdocs-material")
    folder = Path(str(material.locate_file("material/templates")))
    licence = next(
        Path(str(file.locate())) for file in material.files or () if file.name == "LICENSE" and "dist-info" in str(file)
    )
    assets = ROOT / "docs/assets"
    return (
        Part(
            "mkdocs-material", material.version, "MIT",
            ("assets/javascripts/bundle.*", "assets/stylesheets/*", "assets/images/*"),
            (licence,), PackageURL("pypi", name="mkdocs-material", version=material.version),
        ),
        Part("Material Design Icons", "", "Apache-2.0", (), (folder / ".icons/material/LICENSE",)),
        Part(
            "Source Sans 3", importlib.metadata.version(vendor.PACKAGE), "OFL-1.1", ("assets/fonts/*.woff2",),
            (assets / "fonts/OFL.txt",),
        ),
        *(
            Part(
                script.package, script.version, script.licence, (f"assets/vendor/{script.name}",),
                (assets / f"vendor/{script.name}.LICENSE.txt",), PackageURL("npm", name=script.package, version=script.version),
            )
            for script in SCRIPTS
        ),
    )  # fmt: skip


def locked(lock: Path) -> Iterator[tuple[str, str]]:
    """Name and version of every package in the lock, also those for another Python than this."""
    yield from sorted(set(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", lock.read_text("utf-8"), re.MULTILINE)))


def licence_of(package: str) -> str:
    """The licence that an installed package states; an empty text where it is not installed or states none."""
    try:
        said = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
    stated = {name: said[name].split("\n")[0] for name in ("License-Expression", "License") if name in said}
    classifiers = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License")
    ]
    return next((text for text in stated.values() if text not in ("", "UNKNOWN")), " AND ".join(classifiers))


def bill(site: Path, settings: Settings) -> str:
    """The bill of materials, as JSON."""
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.address}{settings.version}")
    bom = Bom(serial_number=identity)
    bom.metadata.timestamp = datetime.datetime.combine(settings.date, datetime.time(12), datetime.UTC)
    bom.metadata.component = Component(
        name=settings.short_title, version=settings.version, type=ComponentType.APPLICATION, bom_ref="guide",
        licenses=[_LICENCES.make_from_string("CC-BY-4.0")],
    )  # fmt: skip
    carried = [_carried(site, part) for part in parts()]
    bom.components.update(carried)
    bom.register_dependency(bom.metadata.component, carried)
    for name, version in locked(ROOT / "requirements.txt"):
        if name in {part.name for part in carried}:
            continue
        purl = PackageURL("pypi", name=name, version=version)
        licences = [_LICENCES.make_from_string(said)] if (said := licence_of(name)) else []
        bom.components.add(
            Component(
                name=name,
                version=version,
                purl=purl,
                bom_ref=str(purl),
                licenses=licences,
                scope=ComponentScope.EXCLUDED,
            )
        )
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _carried(site: Path, part: Part) -> Component:
    files = [
        Component(
            name=path,
            type=ComponentType.FILE,
            bom_ref=f"file:{path}",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
        )
        for path, digest in _digests(site, part)
    ]
    licence = _LICENCES.make_from_string(part.licence)
    return Component(
        name=part.name, version=part.version or None, type=ComponentType.LIBRARY, purl=part.purl, bom_ref=f"carried:{part.name}",
        licenses=[licence], scope=ComponentScope.REQUIRED, components=files,
    )  # fmt: skip


def _digests(site: Path, part: Part) -> list[tuple[str, str]]:
    """Path in the site and SHA-256 of each of the part's files."""
    found = sorted({file for pattern in part.files for file in site.glob(pattern) if file.is_file()})
    if part.files and not found:
        raise FileNotFoundError(f"{site} har inga filer från {part.name}. Kör `make site` först.")
    return [(file.relative_to(site).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()) for file in found]


def licences(site: Path, settings: Settings) -> str:
    """The same for people: what the site carries and the licences in full, then what built it."""
    lines = [
        f"{settings.title}, version {settings.version}",
        "",
        "Det här har andra gjort och följer med webbplatsen:",
        "",
    ]
    for part in parts():
        lines += [f"{part.name} {part.version}".rstrip() + f", {part.licence}"]
        lines += [f"  {path}" for path, _ in _digests(site, part)] or ["  i sidorna"]
    lines += ["", "Webbplatsen och filerna är byggda med paketen nedan. De följer inte själva med:", ""]
    lines += [
        f"{name} {version}, {licence_of(name) or 'ingen licens angiven'}"
        for name, version in locked(ROOT / "requirements.txt")
    ]
    for part in parts():
        for text in part.texts:
            lines += [
                "",
                "-" * 72,
                f"{part.name}, licensen i sin helhet",
                "-" * 72,
                "",
                text.read_text("utf-8").strip(),
            ]
        for path, notice in _notices(site, part):
            lines += ["", "-" * 72, f"{part.name}, ur {path}", "-" * 72, "", notice]
    return "\n".join(lines) + "\n"


def _notices(site: Path, part: Part) -> Iterator[tuple[str, str]]:
    """What a part's own files say of their licence, where it comes without one."""
    if not part.texts:
        for path, _ in _digests(site, part):
            for notice in re.findall(r"^/\*!.*?\*/", (site / path).read_text("utf-8"), re.DOTALL | re.MULTILINE)[:2]:
                yield path, notice


def main(folder: str = "site") -> int:
    site, settings = ROOT / folder, read(ROOT).guide.settings
    try:
        made = {"sbom.cdx.json": bill(site, settings), "licenser.txt": licences(site, settings)}
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    for name, text in made.items():
        (site / name).write_text(text, encoding="utf-8")
    print(f"{', '.join(made)} skrivna i {folder}/.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
