"""What has changed in ``guide_data/`` since a commit."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from ..guide.check import read
from ..guide.document import Document
from ..guide.guide import Guide
from ..guide.load import DATA, load
from ..guide.problems import GuideError
from .compare import compare, permanent
from .shown import shown
from .told import Changes


def changes_since(root: Path, base: str) -> Changes | None:
    """The changes from ``base`` to the files in ``root``; None where there is no such commit, or no guide in it.

    Raises :class:`GuideError` where the files in ``root`` have problems.
    """
    after = read(root)
    with tempfile.TemporaryDirectory() as folder:
        if not _unpacked(root, base, Path(folder)):
            return None
        return changes_from(Path(folder), root, after.guide)


def changes_from(before: Path, root: Path, guide: Guide) -> Changes:
    """The changes from the records in one folder to those in another, which are ``guide``'s."""
    old, new = _documents(before), _documents(root)
    kept = {move.old for move in guide.moves}
    lost = sorted(id for id in permanent(old) - permanent(new) - kept if id.partition("#")[0] not in kept)
    whole = {id for id in lost if "#" not in id}  # with a record goes all that was in it
    lost = [id for id in lost if "#" not in id or id.partition("#")[0] not in whole]
    try:
        where = shown(read(before).guide, guide)
    except GuideError:
        where = None
    return Changes(compare(old, new), where, tuple(lost))


def _documents(root: Path) -> dict[str, Document]:
    """Every record's file, also of those that today's model would not take."""
    loaded = load(root)
    found = {f"{folder}/{id}": document for (folder, id), document in (loaded.documents | loaded.rejected).items()}
    settings = loaded.alone.get("guide.yaml")
    return found | ({"guide": settings} if settings else {})


def _unpacked(root: Path, base: str, folder: Path) -> bool:
    if base.startswith("-"):
        return False
    made = subprocess.run(["git", "archive", base, DATA], cwd=root, capture_output=True, check=False)
    if made.returncode != 0:
        return False
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return True
