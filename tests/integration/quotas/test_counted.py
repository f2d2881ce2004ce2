"""Counted rows: the counter moves with the rows of a table, whatever path they take, and exactly under concurrency."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, transaction
from psycopg import sql
from psycopg.errors import ConfigurationLimitExceeded, DeadlockDetected

from accounts.models import User
from quotas.consumption import QuotaExceeded, consume, taking
from quotas.limits import balance_of
from tenants.isolation import owner
from tenants.isolation.database_roles import tenant_role
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.cast import Cast
from tests.database import superuser

NOW = datetime(2026, 11, 26, tzinfo=UTC)
COLUMNS = "id, created_at, updated_at, email, password_hash, first_name, last_name, role, is_active"
VALUES = "gen_random_uuid(), now(), now(), {} || '@acme.example', '', '', '', 'user', true"
CAROL, BOB, NAMED = (VALUES.format(name) for name in ("'carol'", "'bob'", "c.name"))
PEOPLE = f"INSERT INTO users ({COLUMNS}) SELECT {VALUES} FROM generate_series(1, {{}}) AS n"


@contextmanager
def session(cast: Cast, *, as_owner: bool = False) -> Iterator[psycopg.Connection]:
    """Open a raw session in the organization's schema, as its own role or as the owner."""
    role = tenant_role(cast.organization)
    address = owner.database() if as_owner else role.address(owner.database())
    with owner.connect(address) as raw:
        raw.execute(sql.SQL("SET search_path = {}, public").format(sql.Identifier(role.schema)))
        yield raw


def counted(cast: Cast) -> tuple[int, int]:
    """Count rows that are there, and what the quota says."""
    ((there,),) = rows("SELECT count(*) FROM users WHERE deleted_at IS NULL", cast)
    return there, _quota(cast, "used")


def set_quota(cast: Cast, change: str) -> None:
    rows(f"UPDATE quotas SET {change} WHERE organization_id = %(id)s AND resource = 'users'", id=cast.organization.id)


def _quota(cast: Cast, column: str) -> int:
    query = f'SELECT "{column}" FROM public.quotas WHERE organization_id = %(id)s AND resource = %(resource)s'
    ((found,),) = rows(query, id=cast.organization.id, resource="users")
    return int(found)


#: Statement -> how many people there are after it, where there were three (Alice, Bob, Vera).
STATEMENTS = {
    f"INSERT INTO users ({COLUMNS}) VALUES ({CAROL})": 4,
    PEOPLE.format("'p' || n", 2): 5,
    f"INSERT INTO users ({COLUMNS}, deleted_at) VALUES ({CAROL}, now())": 3,
    f"INSERT INTO users ({COLUMNS}) VALUES ({BOB}) ON CONFLICT DO NOTHING": 3,
    f"INSERT INTO users ({COLUMNS}) SELECT {COLUMNS} FROM users"
    " ON CONFLICT (id) DO UPDATE SET deleted_at = now() WHERE users.email LIKE 'b%'": 2,
    "MERGE INTO users AS u USING (SELECT 'bob@acme.example' AS email) AS b ON u.email = b.email WHEN MATCHED THEN DELETE": 2,
    f"MERGE INTO users AS u USING (SELECT 'carol' AS name) AS c ON u.email = c.name"
    f" WHEN NOT MATCHED THEN INSERT ({COLUMNS}) VALUES ({NAMED})": 4,
    "UPDATE users SET deleted_at = now() WHERE role <> 'admin'": 1,
    "UPDATE users SET deleted_at = NULL": 3,
    "UPDATE users SET first_name = 'x', deleted_at = deleted_at": 3,
    "UPDATE users SET id = gen_random_uuid() WHERE email LIKE 'v%'": 3,
    "DELETE FROM users WHERE role = 'viewer'": 2,
    "WITH gone AS (DELETE FROM users WHERE role = 'user' RETURNING 1) SELECT * FROM gone": 2,
    f"WITH gone AS (DELETE FROM users WHERE role = 'user') INSERT INTO users ({COLUMNS}) VALUES ({CAROL})": 3,
}


@pytest.mark.requirement("N4")
@pytest.mark.parametrize("as_owner", [False, True], ids=["as the organization", "as the owner"])
@pytest.mark.parametrize(("statement", "there"), STATEMENTS.items(), ids=[each[:60] for each in STATEMENTS])
def test_every_statement_that_changes_rows_moves_the_counter(
    acme: Cast, globex: Cast, statement: str, there: int, as_owner: bool
) -> None:
    before = counted(globex)
    with session(acme, as_owner=as_owner) as raw:
        raw.execute(statement)
    assert (counted(acme), counted(globex)) == ((there, there), before)


@pytest.mark.requirement("N4")
def test_rows_that_are_copied_count(acme: Cast) -> None:
    with session(acme) as raw, raw.cursor() as cursor, cursor.copy(f"COPY users ({COLUMNS}) FROM STDIN") as copy:
        for name in ("carol", "dave"):
            copy.write_row((_uuid(), NOW, NOW, f"{name}@acme.example", "", "", "", "user", True))
    assert counted(acme) == (5, 5)


@pytest.mark.requirement("N4")
def test_the_orm_in_bulk_counts(acme: Cast) -> None:
    with use_tenant(acme.organization):
        User.objects.bulk_create([User(email=f"{name}@acme.example") for name in ("carol", "dave")])
        assert counted(acme) == (5, 5)
        User.objects.exclude(role="admin").update(deleted_at=NOW)
        assert counted(acme) == (1, 1)
        User.with_removed.filter(email__startswith="v").update(deleted_at=None)
    assert counted(acme) == (2, 2)


@pytest.mark.requirement("N4")
@pytest.mark.parametrize("statement", [PEOPLE.format("'p' || n", 3), "UPDATE users SET deleted_at = NULL"])
@pytest.mark.parametrize("as_owner", [False, True], ids=["as the organization", "as the owner"])
def test_a_row_too_many_is_refused_with_all_that_came_with_it(acme: Cast, statement: str, as_owner: bool) -> None:
    with session(acme, as_owner=as_owner) as raw:
        raw.execute("UPDATE users SET deleted_at = now() WHERE role <> 'admin'")
        set_quota(acme, '"limit" = 2')
        with pytest.raises(ConfigurationLimitExceeded) as caught:
            raw.execute(statement)
    assert (caught.value.diag.message_detail, counted(acme)) == ("users", (1, 1))


@pytest.mark.requirement("N4")
@pytest.mark.parametrize("change", ['"limit" = 0', '"limit" = 1, used = 3', "used = 0"])
def test_a_row_less_always_goes_and_never_below_nothing(acme: Cast, change: str) -> None:
    set_quota(acme, change)
    before = _quota(acme, "used")
    with session(acme) as raw:
        raw.execute("DELETE FROM users WHERE role = 'viewer'")
        raw.execute("UPDATE users SET deleted_at = now() WHERE role = 'user'")
    assert _quota(acme, "used") == max(0, before - 2)


def test_without_a_quota_rows_go_and_none_comes(acme: Cast) -> None:
    rows("DELETE FROM quotas WHERE resource = 'users'")
    with session(acme) as raw:
        raw.execute("DELETE FROM users WHERE role = 'viewer'")
        with pytest.raises(ConfigurationLimitExceeded):
            raw.execute(PEOPLE.format("'p' || n", 1))


def test_what_is_reserved_is_not_left_for_rows(acme: Cast) -> None:
    set_quota(acme, "reserved = 2")
    with session(acme) as raw, pytest.raises(ConfigurationLimitExceeded):
        raw.execute(PEOPLE.format("'p' || n", 1))


def test_what_the_database_refuses_is_said_in_our_words(acme: Cast) -> None:
    set_quota(acme, '"limit" = 3')
    with use_tenant(acme.organization):
        with pytest.raises(QuotaExceeded) as caught, taking("users"), transaction.atomic():
            User.objects.create(email="carol@acme.example")
        assert (caught.value.detail, caught.value.extra["used"]) == ("The limit of 3 people is reached.", 3)
        with pytest.raises(OperationalError), taking("pipelines"), transaction.atomic():
            User.objects.create(email="carol@acme.example")


def test_rows_of_operators_are_nobodys_quota(database: None) -> None:
    before = rows("SELECT resource, used FROM quotas ORDER BY organization_id, resource")
    with owner.connect() as raw:
        raw.execute(PEOPLE.format("'p' || n", 7).replace("@acme", "@workix"))
    assert rows("SELECT resource, used FROM quotas ORDER BY organization_id, resource") == before


def test_tables_of_an_organization_are_counted_and_none_of_public(acme: Cast) -> None:
    counted = "SELECT DISTINCT relnamespace::regnamespace::text FROM pg_trigger JOIN pg_class AS c ON c.oid = tgrelid"
    schemas = {schema for (schema,) in rows(f"{counted} WHERE tgname LIKE 'count_rows%%'")}
    assert (acme.organization.schema_name in schemas, "public" in schemas) == (True, False)


def test_a_row_that_never_was_takes_nothing(acme: Cast) -> None:
    with use_tenant(acme.organization):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            User.objects.create(email="carol@acme.example")
            consume("executions", 3)
            raise ZeroDivisionError
        assert [balance_of(name).used for name in ("users", "executions")] == [3, 0]
    with session(acme) as raw, superuser() as behind:
        raw.execute("BEGIN")
        raw.execute(PEOPLE.format("'p' || n", 1))
        behind.execute("SELECT pg_terminate_backend(%s, 5000)", [raw.info.backend_pid])
        raw.close()
    assert counted(acme) == (3, 3)


def _uuid() -> str:
    return f"{random.getrandbits(128):032x}"


@pytest.mark.requirement("S131")
@pytest.mark.requirement("N4")
def test_1000_random_changes_at_once_leave_the_counter_equal_to_the_rows(acme: Cast) -> None:
    set_quota(acme, '"limit" = 12')
    seen: list[tuple[int, int]] = []
    over = threading.Event()
    sampler = threading.Thread(target=_sample, args=(acme, seen, over))
    sampler.start()
    done = at_once(lambda number: _change_at_random(acme, random.Random(number), 125), 8)
    over.set()
    sampler.join()
    there, used = counted(acme)
    assert (there, sum(map(sum, done))) == (used, 1_000)
    assert ([each for each in seen if not 0 <= each[0] <= 12], len(seen) > 20) == ([], True)
    refused = sum(each[1] for each in done)
    assert (0 < refused < 1_000, max(each[0] for each in seen)) == (True, 12), "the limit was reached, and held"


def _sample(cast: Cast, seen: list[tuple[int, int]], over: threading.Event) -> None:
    with session(cast, as_owner=True) as behind:
        query = "SELECT used, \"limit\" FROM quotas WHERE organization_id = %s AND resource = 'users'"
        while not over.is_set():
            row = behind.execute(query, [cast.organization.id]).fetchone()
            assert row is not None
            seen.append((row[0], row[1]))


def _change_at_random(cast: Cast, chance: random.Random, times: int) -> tuple[int, int]:
    """Change rows in every way there is; return how many changes were made, and how many refused."""
    done = refused = 0
    with session(cast, as_owner=chance.random() < 0.25) as raw:
        for _ in range(times):
            try:
                raw.execute(_statement(chance))
            except (ConfigurationLimitExceeded, DeadlockDetected):
                refused += 1
            else:
                done += 1
    return done, refused


_SOME = (
    "id IN (SELECT id FROM users WHERE role <> 'admin' AND deleted_at IS {} NULL ORDER BY random() LIMIT {}"
    " FOR UPDATE SKIP LOCKED)"
)


def _statement(chance: random.Random) -> Any:
    some, name = chance.randint(1, 4), f"'{chance.getrandbits(64):x}'"
    choices: list[Callable[[], str]] = [
        lambda: PEOPLE.format(name, 1),
        lambda: PEOPLE.format(f"{name} || n", some),
        lambda: PEOPLE.format(f"{name} || n", some),
        lambda: f"INSERT INTO users ({COLUMNS}, deleted_at) VALUES ({VALUES.format(name)}, now())",
        lambda: "UPDATE users SET deleted_at = now() WHERE " + _SOME.format("", 1),
        lambda: "UPDATE users SET deleted_at = now() WHERE " + _SOME.format("", some),
        lambda: "UPDATE users SET deleted_at = NULL WHERE " + _SOME.format("NOT", some),
        lambda: "DELETE FROM users WHERE " + _SOME.format("", some),
        lambda: "DELETE FROM users WHERE " + _SOME.format("NOT", some),
        lambda: "UPDATE users SET last_name = 'x', deleted_at = deleted_at WHERE " + _SOME.format("", some),
    ]
    return chance.choice(choices)()
