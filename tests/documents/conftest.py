"""Every file that is published, and the programs that try it: LibreOffice, veraPDF and a checker of Office files."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.guide.check import read
from scripts.guide.guide import Guide
from tests import readers

ROOT = Path(__file__).resolve().parent.parent.parent
Office = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The real guide."""
    return read(ROOT).guide


@pytest.fixture(scope="session")
def released(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every file of the release, on disk, and the calls to meetings, which are published in the kits alone."""
    folder = tmp_path_factory.mktemp("released")
    for path, content in readers.kept(guide, ROOT / ".cache").items():
        name = Path(path).name
        (folder / name).write_bytes(content)
        if name.startswith("mote-") and name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(content)) as kit:
                for call in kit.namelist():
                    if call.startswith("1-kallelser/") and call.endswith(".docx"):
                        (folder / f"kallelse-{Path(call).name}").write_bytes(kit.read(call))
    return folder


@pytest.fixture(scope="session")
def office() -> Office:
    """Has LibreOffice do a list of jobs; see office.py. What it cannot do fails the test."""
    python = next((p for p in ("/usr/bin/python3", shutil.which("python3")) if p and _has_bridge(p)), None)
    if not shutil.which("soffice") or python is None:
        pytest.fail("LibreOffice eller dess brygga till Python saknas. Kör `make test-documents`.", pytrace=False)

    def run(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        made = subprocess.run(
            [python, str(Path(__file__).parent / "office.py")], input=json.dumps(jobs), capture_output=True, text=True
        )
        assert made.returncode == 0, made.stderr[-2000:]
        found: list[dict[str, Any]] = json.loads(made.stdout)
        return found

    return run


def _has_bridge(python: str) -> bool:
    return subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0
