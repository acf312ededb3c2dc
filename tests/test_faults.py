"""What goes wrong around a build: it is killed, the disk is full, two build at once, the clock is wrong, serving is interrupted.

The last good site is whole all the while, and the next build is right. ``KILLS=50`` tries more moments to be killed at.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.small_guide import write
from tests.test_site import _contents, _small_project

pytestmark = pytest.mark.xdist_group("faults")
KILLS = int(os.environ.get("KILLS", "6"))
SITE = [sys.executable, "-m", "scripts", "site"]
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small guide, built once, with an edit that is not built yet."""
    root = _small_project(write(tmp_path))
    assert run(root).returncode == 0
    edit(root, "Efter edit")
    return root


def run(root: Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(SITE, cwd=root, env=ENVIRONMENT, capture_output=True, text=True, **options)  # type: ignore[call-overload, no-any-return]


def edit(root: Path, title: str) -> None:
    file = root / "guide_data" / "practices" / "motas.yaml"
    text = file.read_text("utf-8").splitlines()
    file.write_text("\n".join(f'title: "{title}"' if line.startswith("title:") else line for line in text), "utf-8")


def title(root: Path) -> str:
    page = (root / "site" / "arbetssatt" / "motas" / "index.html").read_text("utf-8")
    return page.partition("<h1")[2].partition(">")[2].partition("<")[0]


def left_behind(root: Path) -> list[str]:
    return [path.name for path in root.iterdir() if path.name.startswith(".site-")]


def test_a_build_that_is_killed_leaves_the_site_whole_and_the_next_is_right(project: Path) -> None:
    before, moments = _contents(project / "site"), random.Random(7)
    started = time.perf_counter()
    assert run(project).returncode == 0
    took, after = time.perf_counter() - started, _contents(project / "site")
    assert after != before
    for number in range(KILLS):
        edit(project, f"Före {number % 2}")
        building = subprocess.Popen(
            SITE,
            cwd=project,
            env=ENVIRONMENT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with suppress(subprocess.TimeoutExpired):
            building.wait(moments.uniform(0.2, took))
        with suppress(ProcessLookupError):
            os.killpg(building.pid, signal.SIGKILL)
        building.wait()
        assert _contents(project / "site").keys() == after.keys()
        assert title(project) in {"Efter edit", "Före 0", "Före 1"}
    edit(project, "Efter edit")
    assert run(project).returncode == 0
    assert _contents(project / "site") == after
    assert left_behind(project) == []


def test_a_full_disk_is_told_in_swedish_and_leaves_the_site(project: Path) -> None:
    before = _contents(project / "site")
    full = run(project, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)))
    assert full.returncode == 1
    assert "Bygget avbröts. Den tidigare site/ är orörd." in full.stderr
    assert "går inte att skriva" in full.stderr
    assert "Traceback" not in full.stderr
    assert _contents(project / "site") == before
    assert run(project).returncode == 0
    assert title(project) == "Efter edit"


def test_two_builds_at_once_both_end_well(project: Path) -> None:
    started = [
        subprocess.Popen(SITE, cwd=project, env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in "ab"
    ]
    told = [build.communicate()[1].decode() for build in started]
    assert [build.returncode for build in started] == [0, 0], told
    assert title(project) == "Efter edit"
    assert left_behind(project) == []


def test_a_clock_in_1980_gives_the_same_bytes(project: Path) -> None:
    assert run(project).returncode == 0
    now = _contents(project / "site")
    code = (
        "import time_machine\nwith time_machine.travel('1980-01-02 03:04:05', tick=True):\n"
        "    from scripts.__main__ import main\n    raise SystemExit(main(['site']))"
    )
    early = subprocess.run([sys.executable, "-c", code], cwd=project, env=ENVIRONMENT, capture_output=True, text=True)
    assert early.returncode == 0, early.stderr
    assert _contents(project / "site") == now


# ---------------------------------------------------------------- serving


def _can_be_interrupted() -> None:
    """Tests that are run in the background are told to pass over Ctrl+C, and what they start would be too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def served(root: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`mkdocs serve`, as `make serve` starts it, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"]
    log = (root / "log").open("w+")
    serving = subprocess.Popen(
        command, cwd=root, env=ENVIRONMENT, stdout=log, stderr=log, text=True, preexec_fn=_can_be_interrupted
    )
    try:
        yield f"http://127.0.0.1:{port}/", serving
    finally:
        serving.kill()
        serving.wait()
        log.close()


def comes(address: str, text: str, seconds: float = 40) -> float:
    """How long it took until the page had the text."""
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        with suppress(OSError):
            if text in urllib.request.urlopen(address, timeout=5).read().decode():
                return time.perf_counter() - start
        time.sleep(0.1)
    pytest.fail(f"«{text}» never came to {address}")


def test_a_mistake_while_serving_keeps_the_good_pages_and_mended_they_come_back(project: Path) -> None:
    with served(project) as (site, _):
        page = f"{site}arbetssatt/motas/"
        comes(page, "Efter edit")
        file = project / "guide_data" / "practices" / "motas.yaml"
        good = file.read_text("utf-8")
        file.write_text(good.replace('level: "grund"', 'level: "grundd"'), "utf-8")
        told = project / "log"
        start = time.perf_counter()
        while "Menade du «grund»?" not in told.read_text("utf-8"):
            assert time.perf_counter() - start < 40, told.read_text("utf-8")
            time.sleep(0.1)
        assert "Sidorna visas som de var före felet." in told.read_text("utf-8")
        comes(page, "Efter edit")
        file.write_text(good, "utf-8")
        edit(project, "Rättad titel")
        comes(page, "Rättad titel")
        comes(f"{site}faser/uppstart/", "Rättad titel")
    assert "Traceback" not in told.read_text("utf-8")


def test_serving_that_is_interrupted_leaves_nothing_half_made(project: Path) -> None:
    before = _contents(project / "site")
    with served(project) as (site, serving):
        comes(f"{site}arbetssatt/motas/", "Efter edit")
        serving.send_signal(signal.SIGINT)
        assert serving.wait(20) in (0, -signal.SIGINT, 130)
    assert _contents(project / "site") == before
    assert run(project).returncode == 0
    assert title(project) == "Efter edit"
