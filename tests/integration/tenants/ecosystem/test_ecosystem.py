"""Apps made for django-tenants work: tenant-schemas-celery runs each task in the organization that asked for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.core.management import get_commands

from tenants.isolation.database_roles import control_role_name
from tests.acts import rows
from tests.cast import Cast
from tests.environment import CLUSTER, DATABASE, PROJECT, settings_for

#: Commands of django-tenants that ours have no name for.
ITS_OWN = (
    "clone_tenant collectstatic_schemas create_domain create_missing_schemas create_tenant_superuser delete_domain"
    " delete_tenant rename_schema"
).split()
DENIED = "permission denied for table organizations"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the settings of the ecosystem."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.integration.tenants.ecosystem.settings"}
    environ = {**os.environ, **settings_for(CLUSTER, DATABASE), **settings}
    return subprocess.run(
        [sys.executable, *arguments], cwd=PROJECT, env=environ, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.slow
def test_each_task_of_celery_runs_in_the_organization_that_asked_for_it(acme: Cast, globex: Cast) -> None:
    done = run("-m", "tests.integration.tenants.ecosystem.story")
    assert (done.returncode, done.stderr[-2000:]) == (0, "")
    schema = acme.organization.schema_name
    at_acme, at_globex = ["acme", "acme", "Alice", "Bob", "Vera"], ["globex", "globex", "Gina", "Mallory"]
    assert json.loads(done.stdout) == {
        "inside": [[schema] * 5, ["public", "public", "public", control_role_name(), ""], [schema] * 5],
        "answers": [at_acme, at_globex] * 5,
        "at once, in the same organization": at_globex,
        "after it": [globex.organization.schema_name] * 5,
        "at once, in another organization": at_globex,
        "after that": "NoScope",
        "in the end": ["public", "public", "None"],
    }
    named = [rows("SELECT DISTINCT last_name FROM users", cast) for cast in (acme, globex)]
    assert named == [[("turn 8",)], [("from acme",)]]


@pytest.mark.slow
def test_the_librarys_own_commands_do_no_harm_where_it_is_installed(acme: Cast) -> None:
    state = (
        "SELECT array_agg(nspname ORDER BY nspname), (SELECT array_agg(o::text ORDER BY id) FROM organizations AS o),"
        " (SELECT array_agg(host::text ORDER BY host) FROM domains) FROM pg_namespace WHERE nspname !~ '^pg_'"
    )
    before, people = rows(state), rows("SELECT * FROM users ORDER BY id", acme)
    done = run("-m", "tests.integration.tenants.ecosystem.its_own_commands", acme.organization.schema_name)
    assert done.returncode == 0, done.stderr
    no_scope = "No scope: enter one with use_tenant() or use_platform() before you query."
    refused = "CommandError: The database refused {}: {}"
    assert json.loads(done.stdout) == {
        each: [f"NoScope: {no_scope}", refused.format(each, no_scope if each == "clone_tenant" else DENIED)]
        for each in ITS_OWN
    }
    assert (rows(state), rows("SELECT * FROM users ORDER BY id", acme)) == (before, people)


def test_where_the_library_is_not_installed_its_own_commands_are_not_there() -> None:
    assert set(ITS_OWN) & set(get_commands()) == set()


@pytest.mark.slow
def test_commands_of_both_names_are_ours() -> None:
    ours = "from django.core.management import get_commands as g; c = g();"
    names = "migrate migrate_schemas tenant_command all_tenants_command create_tenant".split()
    done = run("-m", "django", "shell", "--no-imports", "-c", f"{ours} print(*[c[name] for name in {names}])")
    assert (done.stderr, done.stdout.split()) == ("", ["tenants"] * 4 + ["accounts"])
