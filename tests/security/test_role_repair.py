"""Role repair: a role that was made to lock its own organization out is repaired at the product's next log-in."""

from __future__ import annotations

import psycopg
import pytest
from django.db import OperationalError, connection

from accounts.models import User
from tenants.backend.connection_cap import connection_cap
from tenants.backend.pool import shared_pool
from tenants.isolation import owner, roles
from tenants.isolation.database_roles import tenant_role
from tenants.isolation.drift import repair_roles
from tenants.isolation.server_capabilities import read_server_capabilities
from tenants.scope import use_tenant
from tests.cast import Cast
from tests.database import superuser
from tests.metrics import Change

pytestmark = pytest.mark.isolation

#: What a role may do to itself. Each is said by its own session, as an attacker with that session would.
LOCKS = {
    "another password": "ALTER ROLE {role} PASSWORD 'x'",
    "no password": "ALTER ROLE {role} PASSWORD NULL",
    "a library that is not there": "ALTER ROLE {role} SET local_preload_libraries = 'nothing'",
    "such a library in this database": "ALTER ROLE {role} IN DATABASE {database} SET local_preload_libraries = 'nothing'",
}

#: Settings that let the product in and spoil its work: its own start-up packet outranks them.
SPOILS = {
    "default_transaction_read_only": "on",
    "search_path": "pg_catalog",
    "statement_timeout": "1ms",
    "lock_timeout": "1ms",
    "idle_in_transaction_session_timeout": "1ms",
    "idle_session_timeout": "1ms",
    "exit_on_error": "on",
    "transform_null_equals": "on",
    "standard_conforming_strings": "off",
    "default_transaction_isolation": "serializable",
    "TimeZone": "Asia/Tokyo",
}


@pytest.mark.parametrize("spoil", LOCKS.values(), ids=LOCKS)
def test_a_role_that_locks_its_people_out_is_repaired(globex: Cast, spoil: str) -> None:
    _as_the_role(globex, spoil.format(role=_role(globex), database=owner.database().name))
    _forget_connections()
    with pytest.raises(psycopg.OperationalError):
        _log_in_plainly(globex)
    with use_tenant(globex.organization):
        assert User.objects.count() == 2
    _log_in_plainly(globex)
    _is_as_declared(globex)


def test_a_chosen_password_opens_nothing_after_that(globex: Cast) -> None:
    _as_the_role(globex, f"ALTER ROLE {_role(globex)} PASSWORD 'chosen by the attacker'")
    _forget_connections()
    _log_in_plainly(globex, password="chosen by the attacker")
    with use_tenant(globex.organization):
        assert User.objects.count() == 2
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        _log_in_plainly(globex, password="chosen by the attacker")


@pytest.mark.parametrize(("name", "value"), SPOILS.items(), ids=SPOILS)
@pytest.mark.parametrize("where", ["", "IN DATABASE {database} "], ids=["everywhere", "in this database"])
def test_a_setting_of_the_role_does_not_reach_the_product(globex: Cast, name: str, value: str, where: str) -> None:
    role = tenant_role(globex.organization)
    with use_tenant(globex.organization):
        declared = _show(name)
    inside = where.format(database=owner.database().name)
    _as_the_role(globex, f"ALTER ROLE {_role(globex)} {inside}SET {name} = '{value}'")
    _forget_connections()
    with use_tenant(globex.organization):
        assert _show(name) == declared
        assert User.objects.update(last_name="changed") == 2
    roles.repair(role)
    _is_as_declared(globex)


def test_a_repair_puts_everything_back_at_once(globex: Cast) -> None:
    role = _role(globex)
    for name, value in SPOILS.items():
        _as_the_role(globex, f"ALTER ROLE {role} SET {name} = '{value}'")
    _as_the_role(globex, f"ALTER ROLE {role} PASSWORD 'x'")
    _forget_connections()
    with use_tenant(globex.organization):
        assert User.objects.count() == 2
    _is_as_declared(globex)


def test_the_other_organization_notices_nothing(acme: Cast, globex: Cast) -> None:
    _as_the_role(globex, f"ALTER ROLE {_role(globex)} PASSWORD 'x'")
    _forget_connections()
    with use_tenant(acme.organization):
        assert User.objects.count() == 3
    with use_tenant(globex.organization):
        assert User.objects.count() == 2
    with use_tenant(acme.organization):
        assert User.objects.count() == 3


def test_a_role_that_is_being_removed_does_not_come_back(globex: Cast) -> None:
    with superuser() as powerful:
        powerful.execute("UPDATE organizations SET deleted_at = now() WHERE id = %s", [globex.organization.id])
        powerful.execute(f"ALTER ROLE {_role(globex)} NOLOGIN")
    _forget_connections()
    with pytest.raises(OperationalError, match="not permitted to log in"), use_tenant(globex.organization):
        User.objects.count()
    with superuser() as powerful:
        powerful.execute(f"ALTER ROLE {_role(globex)} LOGIN")


@pytest.mark.parametrize(
    "said",
    [
        "connection refused",
        "FATAL:  too many connections for role",
        "FATAL:  remaining connection slots are reserved",
        "FATAL:  the database system is starting up",
        "FATAL:  the database system is shutting down",
        "FATAL:  the database system is in recovery mode",
    ],
)
def test_what_has_nothing_to_do_with_the_role_repairs_nothing(acme: Cast, said: str) -> None:
    with Change("workix_role_repairs_total", outcome="ok") as repaired:
        assert not roles.repair_after(psycopg.OperationalError(said), tenant_role(acme.organization))
    assert repaired.by == 0
    with Change("workix_role_repairs_total", outcome="ok") as repaired:
        assert roles.repair_after(psycopg.OperationalError("FATAL:  password"), tenant_role(acme.organization))
    assert repaired.by == 1


def _role(cast: Cast) -> str:
    return cast.organization.schema_name


def _as_the_role(cast: Cast, statement: str) -> None:
    with use_tenant(cast.organization), connection.cursor() as cursor:
        cursor.execute(statement)


def _show(name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()


def _forget_connections() -> None:
    """Make the next scope log in."""
    shared_pool(connection_cap()).clear()


def _log_in_plainly(cast: Cast, **overrides: str) -> None:
    """Log in as anybody could who has the role's password."""
    parameters = tenant_role(cast.organization).address(owner.database()).connection_parameters() | overrides
    psycopg.connect(**parameters).close()  # type: ignore[arg-type]  # libpq's own names


def _is_as_declared(cast: Cast) -> None:
    """Look as a superuser: the settings of the role are the declared ones, and nothing else."""
    with superuser() as powerful, owner.connect() as connected:
        found = powerful.execute(
            "SELECT unnest(setconfig) FROM pg_db_role_setting WHERE setrole = %s::regrole", [_role(cast)]
        ).fetchall()
        role = tenant_role(cast.organization)
        assert {row[0] for row in found} == roles.settings_as_kept(role, read_server_capabilities(connected))


@pytest.mark.parametrize("spoil", ["ALTER ROLE {role} SET statement_timeout = '1h'", "ALTER ROLE {role} PASSWORD 'x'"])
def test_what_a_role_changed_of_itself_is_put_back_although_nobody_logs_in(globex: Cast, spoil: str) -> None:
    _as_the_role(globex, spoil.format(role=_role(globex)))
    found = repair_roles([globex.organization])
    assert [_role(globex) in drift.sentence for drift in found] == [True]
    _is_as_declared(globex)
    assert repair_roles([globex.organization]) == ()
