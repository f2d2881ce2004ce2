"""The critical modules that are mutated, and the tests that reach each of them: tests of the module itself go first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.mutants import python_operators, sql_operators
from tools.mutants.mutant import Edit, Mutant, named

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Subject:
    """Files that keep one promise."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


_GUARDS = ("tests/security/test_each_guard.py", "tests/security/test_race_windows.py")
_QUOTAS = ("tests/unit/quotas", "tests/integration/quotas", *_GUARDS)
_TENANTS = "tests/integration/tenants"
_AUDIT = ("tests/unit/audit", "tests/integration/audit", f"{_TENANTS}/isolation/test_declared_objects.py")

SUBJECTS = {
    "isolation": Subject(
        ("tenants/isolation/**/*.py", "tenants/isolation/**/*.sql"),
        (
            "tests/unit/tenants/test_credentials.py",
            f"{_TENANTS}/test_check_isolation.py",
            f"{_TENANTS}/isolation",
            f"{_TENANTS}/test_owner.py",
            f"{_TENANTS}/test_provisioning.py",
            f"{_TENANTS}/test_lifecycle_commands.py",
            f"{_TENANTS}/test_database_roles.py",
            "tests/security/test_role_repair.py",
        ),
    ),
    "scope and backend": Subject(
        ("tenants/scope.py", "tenants/backend/*.py", "workix/core/current.py"),
        (
            f"{_TENANTS}/backend/test_backend.py",
            f"{_TENANTS}/backend/test_pool.py",
            f"{_TENANTS}/scope",
            f"{_TENANTS}/test_contexts.py",
            f"{_TENANTS}/isolation/test_session_reset.py",
            f"{_TENANTS}/backend/test_cut_connections.py",
            f"{_TENANTS}/test_database_roles.py",
            "tests/security/test_connection_swapping.py",
            "tests/security/test_one_statement_a_call.py",
            "tests/security/test_role_repair.py",
            "tests/integration/audit/test_signed_context.py",
            "tests/integration/workix/test_database_metrics.py",
        ),
    ),
    "acts of operators": Subject(
        ("tenants/lifecycle.py", "tenants/current_organization.py", "tenants/policies.py", "tenants/provisioning.py"),
        (
            f"{_TENANTS}/test_lifecycle_commands.py",
            f"{_TENANTS}/neighbours/test_neighbours.py",
            f"{_TENANTS}/test_networks.py",
            "tests/integration/workix/web/test_cors.py",
            f"{_TENANTS}/test_organization_api.py",
            f"{_TENANTS}/test_provisioning.py",
            f"{_TENANTS}/test_removed_organizations.py",
            f"{_TENANTS}/isolation/test_shut_out.py",
            "tests/security/test_race_windows.py",
            "tests/integration/accounts/test_scheduled_removal.py",
            "tests/integration/workix/admin/test_console.py",
            "tests/integration/workix/test_metrics_counted.py",
        ),
    ),
    "quotas": Subject(("quotas/*.py",), _QUOTAS),
    "log-in and sessions": Subject(
        ("accounts/login/*.py", "accounts/credentials.py"),
        (
            "tests/unit/accounts/login",
            "tests/integration/accounts/login",
            "tests/integration/accounts/test_login_api.py",
            "tests/integration/accounts/test_sessions_api.py",
            "tests/integration/accounts/test_refresh_race.py",
            "tests/integration/accounts/test_credentials.py",
            "tests/integration/accounts/test_password_api.py",
            "tests/integration/accounts/test_login_page.py",
            "tests/integration/accounts/test_django_axes.py",
            *_GUARDS,
            f"{_TENANTS}/test_organization_api.py",
            "tests/integration/workix/test_metrics_counted.py",
            "tests/security/test_guessing.py",
            "tests/security/test_races.py",
        ),
    ),
    "members": Subject(
        ("accounts/members.py", "accounts/email_index.py", "accounts/realms.py"),
        (
            "tests/integration/accounts/test_members.py",
            "tests/integration/accounts/test_users_api.py",
            "tests/integration/accounts/emails/test_email_index.py",
            "tests/integration/accounts/test_login_api.py",
            "tests/integration/accounts/test_confirmation_api.py",
            "tests/integration/accounts/test_sessions_api.py",
            "tests/integration/accounts/invitations",
            "tests/integration/accounts/login",
            *_GUARDS,
        ),
    ),
    "audit": Subject(("audit/*.py",), _AUDIT),
    "SQL functions": Subject(("audit/sql/*.sql", "quotas/sql/*.sql", "tenants/sql/*.sql", "accounts/sql/*.sql"), ()),
}
#: What `migrate` makes of a database comes from these; the rest only uses it.
_SHAPES_DATABASE = (
    "bootstrap.py counted.py data_inventory.py grants.py hardening.py models.py policies.py privileges.py registry.py roles.py"
    " schema_objects.py signed_calls.py triggers.py"
).split()
#: What a model says of its columns is compared with the migrations, and what it says of its rows with a list.
_OF_MODELS = (
    "tests/house/apps/test_migrations.py::test_the_models_have_every_migration",
    f"{_TENANTS}/jobs/test_sweeping.py",
)
#: Django's own wiring and pages: no promise is kept there that their tests do not look at by name.
_LEFT_OUT = ("__init__.py", "admin.py", "apps.py", "checks.py")
#: What looks at the functions of every app.
_OF_ALL_SQL = (
    f"{_TENANTS}/isolation/test_functions.py",
    f"{_TENANTS}/isolation/test_declared_objects.py",
    "tests/upgrade",
)
_OF_SQL = {
    "audit": _AUDIT,
    "quotas": _QUOTAS,
    "accounts": (
        "tests/integration/accounts/test_credentials.py",
        "tests/integration/accounts/emails/test_email_index.py",
        *_GUARDS,
    ),
    "tenants": (
        f"{_TENANTS}/jobs",
        f"{_TENANTS}/test_organization_api.py",
        "tests/integration/quotas/test_releases_api.py",
        "tests/integration/accounts/test_confirmation_api.py",
        "tests/integration/accounts/test_login_api.py",
    ),
}


def all_mutants() -> Iterator[Mutant]:
    """Find every mutant there is of the critical modules."""
    for name, subject in SUBJECTS.items():
        for file in sorted({file for pattern in subject.files for file in PROJECT.glob(pattern)}):
            if file.name not in _LEFT_OUT:
                path, source = file.relative_to(PROJECT).as_posix(), file.read_bytes()
                yield from named(name, path, source, _edits(file.suffix, source))


def tests_of(mutant: Mutant) -> list[str]:
    """List the files of tests that reach a mutant, those of its module first."""
    folder, module = mutant.path.split("/")[0], Path(mutant.path).stem
    named_alike = (file for file in _files("tests") if file.name.startswith(f"test_{module}"))
    own = [file for file in named_alike if folder in file.parts]
    listed = SUBJECTS[mutant.subject].tests or (*_OF_SQL[folder], *_OF_ALL_SQL)
    files = dict.fromkeys([*own, *(file for name in listed for file in _files(name))])
    of_models = _OF_MODELS if module == "models" else ()
    return [*of_models, *(file.relative_to(PROJECT).as_posix() for file in files)]


def shapes_database(mutant: Mutant) -> bool:
    return mutant.path.endswith(".sql") or Path(mutant.path).name in _SHAPES_DATABASE


def _files(name: str) -> list[Path]:
    return [PROJECT / name] if name.endswith(".py") else sorted((PROJECT / name).rglob("test_*.py"))


def _edits(suffix: str, source: bytes) -> Iterator[Edit]:
    if suffix == ".py":
        yield from python_operators.edits(source)
        return
    text = source.decode()
    for edit in sql_operators.edits(text):
        start, end = (len(text[:at].encode()) for at in (edit.start, edit.end))
        yield Edit(start, end, edit.replacement, edit.within)
