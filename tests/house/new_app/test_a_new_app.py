"""A feature app made by startapp_tenant passes every guard with nothing added; each broken rule is refused by name."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from tests.house.new_app.breaches import BREACHES, GROUPS
from tests.house.new_app.project_copy import APP, ProjectCopy
from tests.house.sources import PROJECT

pytestmark = pytest.mark.drill

SETTINGS = "workix/settings.py"


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory) -> tuple[ProjectCopy, dict[str, str]]:
    copy = ProjectCopy(tmp_path_factory.mktemp("project"))
    before = copy.fingerprints()
    status, said = copy.manage("startapp_tenant", APP)
    assert status == 0, said
    return copy, before


@pytest.fixture
def project(before_and_after: tuple[ProjectCopy, dict[str, str]]) -> ProjectCopy:
    return before_and_after[0]


def test_the_command_touches_one_line_outside_the_folder(
    before_and_after: tuple[ProjectCopy, dict[str, str]],
) -> None:
    project, before = before_and_after
    after = project.fingerprints()
    touched = {file for file in after if after[file] != before.get(file)} | (before.keys() - after.keys())
    assert [file for file in sorted(touched) if not file.startswith(f"{APP}/")] == [SETTINGS]
    old, new = ((folder / SETTINGS).read_text().splitlines() for folder in (PROJECT, project.folder))
    assert [line for line in new if line not in old] == [f'    "{APP}",']
    assert [line for line in old if line not in new] == []


@pytest.mark.requirement("S3")
def test_it_passes_its_own_tests_and_every_guard(project: ProjectCopy) -> None:
    # Outside of the copy, the foundation's tables are crossed, its migrations taken back, its document and its alerts tried.
    of_others = f"not (a_changed_row_is_one_entry or a_migration_goes_back or the_contract_is or promtool) or {APP}"
    status, said = project.guard(APP, "tests/house", "--ignore=tests/house/new_app", "-k", of_others)
    assert status == 0, said


def test_the_tests_of_the_foundation_are_as_they_were(project: ProjectCopy) -> None:
    """They say what an organization has, to the last table, limit and permission: no app is there when they run."""
    exact = (
        "tests/unit/workix/core/test_permissions.py",
        "tests/unit/quotas/test_resources.py",
        "tests/integration/tenants/test_provisioning.py",
        "tests/security/test_who_may_do_what.py::test_every_operation_is_listed_here",
    )
    status, said = project.guard(*exact)
    assert status == 0, said


def test_it_is_laid_out_looked_through_and_documented(project: ProjectCopy) -> None:
    tools = (
        ("-m", "ruff", "check", APP),
        ("-m", "ruff", "format", "--check", APP),
        ("-m", "bandit", "-q", "-r", "--ini", ".bandit", APP),
        ("-m", "tools.as_production", "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        (
            "-m",
            "tools.as_production",
            "manage.py",
            "spectacular",
            "--validate",
            "--fail-on-warn",
            "--file",
            "/dev/null",
        ),
    )
    assert [(tool, said) for tool in tools for status, said in [project.run(*tool)] if status] == []


def test_its_first_migration_is_what_django_would_write(project: ProjectCopy, database: None) -> None:
    file = project.folder / APP / "migrations" / "0001_initial.py"
    written = file.read_text()
    file.unlink()
    try:
        status, said = project.manage("makemigrations", APP)
        assert status == 0, said
        made = file.read_text()
    finally:
        file.write_text(written)
    assert written.partition("\n")[2] == made.partition("\n")[2]


def test_it_is_typed_measured_and_shipped(project: ProjectCopy) -> None:
    """What make and the Dockerfile ask is answered with the app in it."""
    answers = [project.run("-m", "tools.packages", *asked) for asked in ((), ("checked",), ("measured",))]
    assert [(status, said.split().count(APP)) for status, said in answers] == [(0, 1)] * 3


def test_an_untyped_function_in_it_is_refused_and_nothing_else(project: ProjectCopy, tmp_path: Path) -> None:
    """One run tells both: mypy looks at the app and its tests, and is content with the rest of it."""
    known, cache = PROJECT / "var" / "mypy", tmp_path / "mypy"
    with suppress(FileNotFoundError, shutil.Error):  # whoever looks at types meanwhile replaces some of it
        shutil.copytree(known, cache)
    file = f"{APP}/editing.py"
    untyped = project.read(file) + "\n\ndef shorten(name):\n    return name[:10]\n"
    line = untyped[: untyped.index("def shorten")].count("\n") + 1
    with project.with_files({file: untyped}):
        status, said = project.run("-m", "mypy", "--cache-dir", str(cache), APP)
    refusal = f"{file}:{line}: error: Function is missing a type annotation"
    assert (status, refusal in said, "Found 1 error in 1 file" in said) == (1, True, True), said


@pytest.mark.parametrize("names", GROUPS.values(), ids=GROUPS)
def test_each_broken_rule_is_refused_by_name(project: ProjectCopy, names: list[str]) -> None:
    """A guard says all that is wrong at once, so it runs once over all that it should find."""
    texts: dict[str, str] = {}
    for breach in (BREACHES[name] for name in names):
        before = texts.get(breach.file, project.read(breach.file))
        texts[breach.file] = breach.change(before)
        assert texts[breach.file] != before
    with project.with_files(texts):
        status, said = BREACHES[names[0]].guard(project)
    silent = {name: [each for each in BREACHES[name].says if each not in said] for name in names}
    assert (status != 0, {name: missing for name, missing in silent.items() if missing}) == (True, {}), said


def test_a_name_that_would_not_work_is_refused_before_anything_is_written(project: ProjectCopy) -> None:
    before = project.fingerprints()
    refusal = (1, "CommandError: data_sources is taken: it is an installed app. Choose another name.")
    assert (project.manage("startapp_tenant", APP), project.fingerprints() == before) == (refusal, True)
