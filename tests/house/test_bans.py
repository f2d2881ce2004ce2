"""What nobody may write here, since a rule holds only where a machine keeps it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rule import assert_kept
from tests.house.sources import FUNCTIONS, PRODUCT, PROJECT, calls, dotted, imported, name, nodes, python_files

#: Reads or fills the environment: the one that is meant to, the entry points that name the settings, and what says something to a
#: library that can be told in no other way.
MAY_READ_THE_ENVIRONMENT = {
    "workix/config/environment.py",
    "workix/wsgi.py",
    "workix/gunicorn.py",
    "manage.py",
    "gateway/management/commands/grpc.py",
}

BANNED_IMPORTS = {
    "django_tenants.utils.tenant_context": "is for code written for django-tenants: tenants.scope.use_tenant",
    "django_tenants.utils.schema_context": "is for code written for django-tenants: tenants.scope.use_tenant",
    "django_tenants.models.TenantMixin": "enters a tenant with a stack shared by threads: tenants.models",
    "django_tenants.middleware": "one query a request, and never resets: tenants.middleware",
    "threading.local": "is lost or shared where nobody looks: workix.core.current",
    "pickle": "runs what it reads",
    "django.core.cache.backends.db": "unpickles rows a tenant role could write",
}
BANNED_NAMES = ("threading.local", "tenant_context", "schema_context", "thread_local")
#: Makes the two contexts of django-tenants safe for code that is not ours.
MAY_NAME_THE_CONTEXTS = "tenants/backend/contexts.py"


def _code() -> list[Path]:
    return [*python_files(*PRODUCT), PROJECT / "manage.py"]


def test_the_environment_is_read_in_one_file() -> None:
    readers = {name(file) for file in _code() if set(_names(file)) & {"os.environ", "os.getenv", "environ"}}
    assert_kept(
        "the environment is read in one place",
        readers - MAY_READ_THE_ENVIRONMENT,
        mend="declare a setting, and take it from django.conf.settings where the roof hands it on.",
    )


def test_what_is_known_to_go_wrong_is_not_imported() -> None:
    found = [
        f"{name(file)} imports {each}: {why}"
        for file in _code()
        for each in imported(file)
        for banned, why in BANNED_IMPORTS.items()
        if each == banned or each.startswith(f"{banned}.")
    ]
    assert_kept("what is known to go wrong is not imported", found, mend="take what stands behind the colon.")


def test_ours_enters_organizations_by_the_scope_alone() -> None:
    """The contexts of django-tenants are bound in one place and used in none, under whatever name the module has."""
    contexts = ("tenant_context", "schema_context")
    users = {name(file) for file in _code() for each in _names(file) if each.rpartition(".")[2] in contexts}
    assert MAY_NAME_THE_CONTEXTS in users
    assert_kept(
        "ours enters organizations by use_tenant() and use_platform()",
        users - {MAY_NAME_THE_CONTEXTS},
        mend="with use_tenant(organization): …, from tenants.scope.",
    )


def test_nothing_ambient_hides_in_a_thread() -> None:
    assert_kept(
        "nothing ambient but Current",
        [f"{name(file)}: {each}" for file in _code() for each in _names(file) if each in BANNED_NAMES],
        mend="pass it as an argument, or read it from workix.core.current.Current.",
    )


def test_capabilities_are_told_the_time() -> None:
    """Only entry points and jobs look at the clock; what decides is told, so that a test can tell it too."""
    may_ask = {"api", "admin", "commands", "admin.py", "backends.py", "middleware.py", "tasks.py", "periodic.py"} | {
        "pages.py",  # views outside of the API
        *("callback.py", "middleware.py"),
    }
    asks = {"timezone.now", "datetime.now", "datetime.utcnow", "date.today"}
    excused = {
        "quotas/limits.py",  # hears of an opening through a signal, which carries no time
        "gateway/grpc/authorization.py",  # is the entry point of a gRPC method
        "gateway/grpc/calls.py",  # is what a middleware is to REST
    }
    apps = [package for package in PRODUCT if package != "workix"]
    assert_kept(
        "capabilities are told the time",
        [
            name(file)
            for file in python_files(*apps)
            if asks & set(_called(file)) and not may_ask & set(name(file).split("/")) and name(file) not in excused
        ],
        mend="take it as an argument, `now`, and let the view, command or job that calls look at the clock.",
    )


def _names(file: Path) -> Iterator[str]:
    return (dotted(node) for node in nodes(file) if isinstance(node, (ast.Name, ast.Attribute)))


def _called(file: Path) -> Iterator[str]:
    return (dotted(call.func) for call in calls(file))


@pytest.mark.fault("D3")
def test_no_generator_waits_inside_a_scope() -> None:
    """Who takes its values would be somebody else; what only makes a `with` block (contextlib) hands its scope to that block."""
    waiting = [
        f"{name(file)}:{function.lineno} {function.name}()"
        for file in _code()
        for function in nodes(file)
        if isinstance(function, FUNCTIONS)
        and not any("contextmanager" in dotted(each) for each in function.decorator_list)
        for block in ast.walk(function)
        if isinstance(block, ast.With | ast.AsyncWith) and _enters_a_scope(block) and _yields(block)
    ]
    assert_kept("no generator waits inside a scope", waiting, mend="return a list, made inside the block.")


def _enters_a_scope(block: ast.With | ast.AsyncWith) -> bool:
    entered = {each.id for item in block.items for each in ast.walk(item.context_expr) if isinstance(each, ast.Name)}
    return bool(entered & {"use_tenant", "use_platform", "use_nothing", "acting_as_owner"})


def _yields(block: ast.With | ast.AsyncWith) -> bool:
    return any(isinstance(each, ast.Yield | ast.YieldFrom) for inner in block.body for each in ast.walk(inner))
