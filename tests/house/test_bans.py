"""What nobody may write here, since a rule holds only where a machine keeps it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import PRODUCT, PROJECT, dotted, imported, name, parsed, python_files

#: Reads or fills the environment: the one that is meant to, and the entry points that name the settings.
MAY_READ_THE_ENVIRONMENT = {"workix/config/environment.py", "workix/wsgi.py", "workix/gunicorn.py", "manage.py"}

BANNED_IMPORTS = {
    "django_tenants.utils.tenant_context": "remembers the wrong tenant across threads: tenants.scope.use_tenant",
    "django_tenants.utils.schema_context": "remembers the wrong schema across threads: tenants.scope.use_tenant",
    "django_tenants.models.TenantMixin": "enters a tenant with a stack shared by threads: tenants.models",
    "django_tenants.middleware": "one query a request, and never resets: tenants.middleware",
    "threading.local": "is lost or shared where nobody looks: workix.core.current",
    "pickle": "runs what it reads",
    "django.core.cache.backends.db": "unpickles rows a tenant role could write",
}
BANNED_NAMES = ("threading.local", "tenant_context", "schema_context", "thread_local")


def _code() -> list[Path]:
    return [*python_files(*PRODUCT), PROJECT / "manage.py"]


def test_the_environment_is_read_in_one_file() -> None:
    readers = {name(file) for file in _code() if set(_names(file)) & {"os.environ", "os.getenv", "environ"}}
    assert readers - MAY_READ_THE_ENVIRONMENT == set()


def test_what_is_known_to_go_wrong_is_not_imported() -> None:
    found = [
        (name(file), each, why)
        for file in _code()
        for each in imported(file)
        for banned, why in BANNED_IMPORTS.items()
        if each == banned or each.startswith(f"{banned}.")
    ]
    assert found == []


def test_nothing_ambient_hides_in_a_thread() -> None:
    assert [(name(file), each) for file in _code() for each in _names(file) if each in BANNED_NAMES] == []


def test_capabilities_are_told_the_time() -> None:
    """Only doors and jobs look at the clock; what decides is told, so that a test can tell it too."""
    doors = ("api", "admin", "commands", "tasks.py", "admin.py", "backends.py")
    asks = {"timezone.now", "datetime.now", "datetime.utcnow", "date.today"}
    excused = {"quotas/limits.py"}  # hears of an opening through a signal, which carries no time
    lookers = [name(file) for file in python_files("accounts", "quotas") if asks & set(_called(file))]
    assert [
        each for each in lookers if each not in excused and not any(door in each.split("/") for door in doors)
    ] == []


def _names(file: Path) -> Iterator[str]:
    return (dotted(node) for node in ast.walk(parsed(file)) if isinstance(node, (ast.Name, ast.Attribute)))


def _called(file: Path) -> Iterator[str]:
    return (dotted(node.func) for node in ast.walk(parsed(file)) if isinstance(node, ast.Call))
