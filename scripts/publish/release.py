"""An edition to keep: everything in one zip file, which opens from a folder, with what it is made of and a sum of every file.

Also earlier editions beside the present one, at ``/utgava/<nr>/``.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from ..files.bundle import pack
from ..guide.addresses import ASSETS, DOWNLOADS
from ..guide.editions import FOLDER, edition_of
from ..guide.guide import Guide
from ..guide.load import DATA
from ..guide.model import Settings
from ..guide.script import script
from .accessibility import read_tested
from .build import build

ARCHIVE = "partnerskapsguiden-{version}.zip"
OFFLINE = "guiden-offline.zip"
SITE, SUMS, READ_ME = "webbplats", "SHA256SUMS", "LAS-MIG.txt"
EARLIER = "utgava"  # where earlier editions are on the site
_NAMED = re.compile(r"partnerskapsguiden-(\d+\.\d+(?:\.\d+)?)\.zip")
_MOST = 2_000_000_000  # bytes of an edition, unpacked
# Addresses of folders, which a server answers with the page in them and a folder does not.
_FOLDERS = re.compile(r'(\s(?:href|action)=")((?!https?:|mailto:|data:|//)(?:[^"#?]*/|(?:\.\./)*\.{1,2}))([?#][^"]*)?"')
_REFRESH = re.compile(r'(http-equiv="refresh" content="0; url=)([^"#?]*/)([#?][^"]*)?"')
_OFFLINE = f"{ASSETS}/offline.js"
_LINKS = """// Pages that scripts link to, where there is no server to find the page in a folder.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link && location.protocol === "file:" && link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
}, true);
"""


class ReleaseError(Exception):
    """The edition cannot be released; each line says what to do first, in Swedish."""


def make(root: Path, guide: Guide, say: Callable[[str], None]) -> str:
    """The edition that ``guide`` is, in build/release, and what there is to do with it, in Swedish.

    Raises :class:`ReleaseError` and :class:`~scripts.publish.build.BuildError`.
    """
    from .. import sbom  # which needs packages that only a maintainer has

    ready(root, guide, read_tested(root / "docs").edition)
    remembered = remember(root, guide)
    site, out, version = root / "site", root / "build" / "release", guide.settings.version
    build(root, site, say)
    sbom.main(str(site))
    content = release(site, root, guide.settings)
    digest = hashlib.sha256(content).hexdigest()
    file = out / ARCHIVE.format(version=version)
    out.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    (out / SUMS).write_text(f"{digest}  {file.name}\n", encoding="utf-8")
    size = f"{len(content) // 1_000_000} MB"
    return (
        f"{file.relative_to(root)} ({size}) är utgåva {version}. SHA-256: {digest}\n"
        f"Lägg till {remembered.relative_to(root)} i arkivet, och sätt märket v{version}."
    )


def ready(root: Path, guide: Guide, tested: str) -> None:
    """Everything that an edition needs is there. ``tested`` is the edition that the accessibility statement is about.

    Raises :class:`ReleaseError` with all that is missing.
    """
    settings = guide.settings
    changes = (root / "CHANGELOG.md").read_text("utf-8")
    missing = []
    if f"\n## {settings.version} ({settings.date.isoformat()})" not in changes:
        missing.append(f"CHANGELOG.md har ingen rubrik «## {settings.version} ({settings.date.isoformat()})».")
    if tested != settings.version:
        missing.append(f"Tillgänglighetsredogörelsen gäller utgåva {tested}. Kör make accessibility.")
    if not settings.highlights:
        missing.append("guide_data/guide.yaml: highlights saknas. Skriv det viktigaste i utgåvan.")
    later = [one.version for one in guide.editions if one.date > settings.date]
    if later:
        missing.append(f"Utgåva {later[0]} har ett senare datum än {settings.version}. Ändra date i guide.yaml.")
    if missing:
        raise ReleaseError("\n".join(missing))


def remember(root: Path, guide: Guide) -> Path:
    """Write what the edition says, so that the next one can tell what is new."""
    file = root / DATA / FOLDER / f"{guide.settings.version}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(edition_of(guide), encoding="utf-8")
    return file


def release(site: Path, root: Path, settings: Settings) -> bytes:
    """The zip file: the same site gives the same bytes."""
    files = {f"{SITE}/{name}": content for name, content in offline(site)}
    files["LICENSE"] = (root / "LICENSE").read_bytes()
    files |= {name: (site / name).read_bytes() for name in ("licenser.txt", "sbom.cdx.json")}
    files[READ_ME] = _read_me(settings).encode()
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return pack(files | {SUMS: sums.encode()}, settings.date)


def lay_offline(site: Path, root: Path, settings: Settings) -> Path:
    """The same zip file among the built site's own files, for readers who will be without a network."""
    file = site / DOWNLOADS / OFFLINE
    file.write_bytes(release(site, root, settings))
    return file


def offline(site: Path) -> Iterator[tuple[str, bytes]]:
    """The site's files as they work in a folder: a link to a folder leads to the page in it, and what the browser fills
    in, which it may not fetch there, lies in scripts."""
    for file in sorted(path for path in site.rglob("*") if path.is_file()):
        name = file.relative_to(site).as_posix()
        if name.startswith(f"{EARLIER}/") or name in (
            f"{DOWNLOADS}/{OFFLINE}",
            "_headers",
            ".htaccess",
            "sitemap.xml.gz",
        ):
            continue
        content = file.read_bytes()
        yield name, _in_a_folder(name, content.decode("utf-8")).encode() if name.endswith(".html") else content
    yield _OFFLINE, _LINKS.encode()
    for blank in sorted((site / DOWNLOADS).glob("*.*x")):
        if not blank.stem.endswith("-exempel"):
            coded = base64.b64encode(blank.read_bytes()).decode()
            yield f"{ASSETS}/blanks/{blank.name}.js", script("guideBlanks", coded, blank.name).encode()


def _in_a_folder(name: str, html: str) -> str:
    html = _FOLDERS.sub(
        lambda m: f'{m[1]}{m[2].rstrip("/") + "/" if m[2].rstrip("/") else "/"}index.html{m[3] or ""}"', html
    )
    html = _REFRESH.sub(lambda m: f'{m[1]}{m[2]}index.html{m[3] or ""}"', html)
    root = "../" * name.count("/")
    return html.replace("</head>", f'<script src="{root}{_OFFLINE}"></script></head>', 1)


def _read_me(settings: Settings) -> str:
    return (
        f"{settings.title}, utgåva {settings.version} ({settings.date.isoformat()})\r\n\r\n"
        f"Öppna {SITE}/index.html i en webbläsare. Allt finns i mappen och inget hämtas från nätet. Sökning, filter, kalender,\r\n"
        "skattning och ifyllda blad fungerar som på webbplatsen. Mötespaketen hämtas tomma. Filernas summor står i SHA256SUMS.\r\n\r\n"
        f"Text: {settings.licence}. Kod: MIT. Se LICENSE och licenser.txt.\r\n"
    )


# ---------------------------------------------------------------- earlier editions


def unpack_earlier(folder: Path, site: Path, settings: Settings) -> list[str]:
    """Each edition's zip file in ``folder`` as pages under ``site``, marked as earlier ones. Returns their numbers."""
    found = []
    for file in sorted(folder.glob("*.zip")):
        match = _NAMED.fullmatch(file.name)
        if match is None or match[1] == settings.version:
            continue
        target = site / EARLIER / match[1]
        shutil.rmtree(target, ignore_errors=True)
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
            inside = [info for info in archive.infolist() if info.filename.startswith(f"{SITE}/") and not info.is_dir()]
            if sum(info.file_size for info in inside) > _MOST:
                raise ReleaseError(f"{file.name}: utgåvan är orimligt stor när den packas upp.")
            for info in inside:
                _put(target, info.filename.removeprefix(f"{SITE}/"), archive.read(info), match[1], settings)
        found.append(match[1])
    return found


def _put(target: Path, name: str, content: bytes, version: str, settings: Settings) -> None:
    path = (target / name).resolve()
    if not path.is_relative_to(target.resolve()):
        raise ReleaseError(f"Utgåva {version} har en fil utanför sin mapp: {name}.")
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".html"):
        content = _marked(content.decode("utf-8"), version, settings).encode()
    path.write_bytes(content)


def _marked(html: str, version: str, settings: Settings) -> str:
    """A page that says that it is of an earlier edition, and that search engines leave alone."""
    address = escape(settings.address, quote=True)
    told = f'<p class="draft">Du läser utgåva {version}. Den gällande är <a href="{address}">utgåva {settings.version}</a>.</p>'
    html = html.replace("</head>", '<meta name="robots" content="noindex"></head>', 1)
    return html.replace('<p class="draft"', f'{told}<p class="draft"', 1)
