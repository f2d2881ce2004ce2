"""The lock files (requirements*.txt): complete, extras included, so that pip's hash mode installs them for years."""

# Note [Extras in a lock]
# Every package is pinned, but pip also looks at what packages ask of each other. Where one asks for another *with an
# extra* which the lock does not name, pip resolves that name anew, and in hash mode stops as soon as an index offers a
# version that is not in the lock. So whatever is asked for must be in the lock, with at least the extras asked for.

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[3]
LISTS = ("requirements", "requirements-run", "requirements-dev")
_PIN = re.compile(r"^[A-Za-z0-9][^\\\s]*(?: ?[^\\\n]*)?", re.MULTILINE)


def pins(name: str) -> dict[str, Requirement]:
    """Read a lock file: canonical name -> what it pins, with its extras, for this interpreter."""
    lines = (PROJECT / f"{name}.txt").read_text(encoding="utf-8")
    found = [Requirement(line.strip()) for line in _PIN.findall(lines)]
    return {canonicalize_name(pin.name): pin for pin in found if pin.marker is None or pin.marker.evaluate()}


def asked_for(installed: Distribution, extras: set[str]) -> Iterator[Requirement]:
    """List what a distribution asks for on this interpreter, given the extras it was locked with."""
    for text in installed.requires or ():
        wanted = Requirement(text)
        here = [default_environment() | {"extra": extra} for extra in ("", *extras)]
        if wanted.marker is None or any(wanted.marker.evaluate(environment) for environment in here):  # type: ignore[arg-type]  # a plain mapping is one
            yield wanted


def gaps(locked: dict[str, Requirement]) -> list[str]:
    """Name what somebody asks for and the lock does not have, or has without an extra or in another version."""
    found = []
    for name, pin in locked.items():
        for wanted in asked_for(_installed(name), pin.extras):
            given = locked.get(canonicalize_name(wanted.name))
            if given is None:
                found.append(f"{name} asks for {wanted.name}, which is not locked")
                continue
            if missing := wanted.extras - given.extras:
                found.append(f"{name} asks for {wanted.name}[{','.join(sorted(missing))}], locked without it")
            (version,) = given.specifier
            if not wanted.specifier.contains(version.version, prereleases=True):
                found.append(f"{name} asks for {wanted}, and {version} is locked")
    return found


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError:
        pytest.fail(f"{name} is in a lock file and not installed: run `make test`, which installs what is missing.")


@pytest.mark.parametrize("name", LISTS)
def test_everything_a_locked_package_asks_for_is_locked_extras_included(name: str) -> None:
    assert gaps(pins(name)) == []


@pytest.mark.parametrize("name", LISTS)
def test_every_line_is_one_version_with_its_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", (PROJECT / f"{name}.txt").read_text(encoding="utf-8").strip())
    assert [block.splitlines()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(
    ("smaller", "larger"), [("requirements", "requirements-run"), ("requirements-run", "requirements-dev")]
)
def test_what_two_lists_share_has_one_version(smaller: str, larger: str) -> None:
    """Extras may come with the larger list; a version that differs would be installed twice."""
    there = pins(larger)
    versions = {name: (str(pin.specifier), str(there[name].specifier)) for name, pin in pins(smaller).items()}
    assert {name: pair for name, pair in versions.items() if pair[0] != pair[1]} == {}


def test_a_lock_without_the_extra_would_be_noticed() -> None:
    """As it was once: pytest-cov asks for coverage[toml], and coverage was locked without it."""
    locked = pins("requirements-dev") | {"coverage": Requirement("coverage==7.17.3")}
    assert gaps(locked) == ["pytest-cov asks for coverage[toml], locked without it"]


def test_a_package_that_is_missing_would_be_noticed() -> None:
    locked = {name: pin for name, pin in pins("requirements").items() if name != "sqlparse"}
    assert gaps(locked) == ["django asks for sqlparse, which is not locked"]


def test_every_direct_requirement_is_pinned_and_says_why_it_is_there() -> None:
    lines = [
        line
        for name in LISTS
        for line in (PROJECT / f"{name}.in").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-"))
    ]
    assert [line for line in lines if not re.search(r"\S {2,}# \S", line)] == []
    assert [line for line in lines if "==" not in line] == []
