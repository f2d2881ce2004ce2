"""Release notes: the changelog's section of a version, or no release."""

from __future__ import annotations

import pytest

from tools.pipeline.release_notes import NotInTheChangelog, release_notes

CHANGELOG = """# Changelog

## Unreleased

### Added

- Later.

## 1.10.0 (2026-11-27)

### Added

- Now.

## 1.1.0

## 1.0.0
- First.
## 0.9.0
## 0.9.0
"""


@pytest.mark.parametrize(
    ("version", "notes"),
    [("v1.10.0", "### Added\n\n- Now."), ("1.10.0", "### Added\n\n- Now."), ("v1.0.0", "- First.")],
)
def test_the_notes_are_what_the_changelog_tells(version: str, notes: str) -> None:
    assert release_notes(CHANGELOG, version) == notes


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("v1.1.0", "says nothing below `## 1.1.0`"),
        ("v1.0", "'v1.0' is no version"),
        ("Unreleased", "is no version"),
        ("v1.0.0\n", "is no version"),
        ("v2.0.0", "has 0 sections `## 2.0.0`"),
        ("v0.9.0", "has 2 sections `## 0.9.0`"),
    ],
)
def test_what_the_changelog_does_not_tell_is_not_released(version: str, why: str) -> None:
    with pytest.raises(NotInTheChangelog, match=why):
        release_notes(CHANGELOG, version)
