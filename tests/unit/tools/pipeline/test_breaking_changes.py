"""Breaking changes since a commit: clients are told in the changelog, or the pipeline stops."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools.openapi_document import CONTRACT
from tools.pipeline.breaking_changes import NO_COMMIT, untold

OLD = "paths: {/a/: {get: {responses: {'200': {}}}}}\n"
GONE = "paths: {}\n"
MORE = "paths: {/a/: {get: {responses: {'200': {}, '404': {}}}}}\n"
CHANGES = "# Changelog\n\n## Unreleased\n\n### Breaking\n\n- Earlier.\n{}\n### Added\n\n- Much.\n{}\n## 1.0.0\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / CONTRACT).parent.mkdir(parents=True)
    (tmp_path / CONTRACT).write_text(OLD)
    (tmp_path / "CHANGELOG.md").write_text(CHANGES.format("", ""))
    for command in ("init", "add ."), ("-c user.name=A -c user.email=a@example.com commit -m a",):
        for each in command:
            subprocess.run(["git", *each.split()], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


@pytest.mark.parametrize(
    ("document", "changelog", "named"),
    [
        (OLD, CHANGES.format("", ""), []),
        (MORE, CHANGES.format("", ""), []),
        (GONE, CHANGES.format("", ""), ["GET /a/ is gone"]),
        (GONE, CHANGES.format("", "- More.\n"), ["GET /a/ is gone"]),
        (GONE, CHANGES.format("- Ask /b/.\n", ""), []),
        (GONE, "# Changelog\n", ["GET /a/ is gone"]),
    ],
)
def test_a_break_needs_a_new_line_that_tells_of_it(
    project: Path, document: str, changelog: str, named: list[str]
) -> None:
    (project / CONTRACT).write_text(document)
    (project / "CHANGELOG.md").write_text(changelog)
    assert untold("HEAD", project) == named


@pytest.mark.parametrize("base", ["--help", NO_COMMIT, "no-branch"])
def test_a_base_that_git_does_not_know_is_an_error(project: Path, base: str) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        untold(base, project)
