"""The audit trigger once a statement: names at that time, many rows at once, old and new rows in pairs."""

from __future__ import annotations

import pytest
from django.db import NotSupportedError, connection
from django.db.models import F
from psycopg import sql

from accounts.models import User
from audit.models import LogEntry
from audit.recording import record
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast
from tests.database import superuser
from tests.integration.audit.trail import acting, line, newest
from workix.core.models import uuid7


def test_the_thing_is_named_as_it_was_called_then(acme: Cast) -> None:
    bob = acme.people["bob"]
    with acting(acme), connection.cursor() as cursor:
        cursor.execute("UPDATE users SET email = 'robert@acme.example' WHERE id = %s", [bob.id])
        cursor.execute("DELETE FROM users WHERE id = %s", [acme.people["vera"].id])
        cursor.execute("UPDATE users SET role = 'viewer' WHERE id = %s", [bob.id])
    with use_tenant(acme.organization):
        found = list(LogEntry.objects.values_list("action", "resource_label")[:3])
    assert found == [
        ("user.updated", "robert@acme.example"),
        ("user.deleted", "vera@acme.example"),
        ("user.updated", "robert@acme.example"),
    ]


def test_every_new_entry_has_a_salt_of_its_own(acme: Cast) -> None:
    with acting(acme):
        User.objects.update(last_name="x")
        record("thing.seen", resource_type="thing")
    with use_tenant(acme.organization):
        salts = list(LogEntry.objects.values_list("salt", flat=True)[:4])
    assert (None in salts, len(set(salts))) == (False, 4)


def many_people(cast: Cast, count: int) -> None:
    """Have many people, whom no trigger saw come."""
    with superuser() as behind:
        behind.execute("SET session_replication_role = replica")
        behind.execute(
            sql.SQL(
                "INSERT INTO {0}.users (id, organization_id, created_at, updated_at, email, password_hash, first_name,"
                " last_name, role, is_active) SELECT gen_random_uuid(), %s, now(), now(), 'p' || n || '@x.example', '', '', '',"
                " 'user', true FROM generate_series(1, %s) AS n"
            ).format(sql.Identifier(cast.organization.schema_name)),
            [cast.organization.id, count],
        )


@pytest.mark.requirement("N3")
def test_more_rows_than_are_read_at_once_are_an_entry_each(acme: Cast) -> None:
    many_people(acme, 10_001)
    with acting(acme) as actor:
        assert User.objects.filter(email__endswith="@x.example").update(last_name=F("email")) == 10_001
    right = (
        "SELECT count(*), count(DISTINCT resource_id) FROM audit_logs AS a JOIN users AS u ON a.resource_id = u.id::text"
        " WHERE a.changes = jsonb_build_object('last_name', jsonb_build_array('', u.email)) AND resource_label = u.email"
        " AND actor_id = %(actor)s AND is_verified"
    )
    assert rows(right, acme, actor=actor.id) == [(10_001, 10_001)]


def test_a_row_whose_key_changes_is_one_entry(acme: Cast) -> None:
    bob = acme.people["bob"]
    other = uuid7()
    with acting(acme) as actor, connection.cursor() as cursor:
        cursor.execute("UPDATE users SET id = %s WHERE id = %s", [other, bob.id])
    assert newest(acme) == [line(acme, actor, "user.updated", other, {"id": [str(bob.id), str(other)]})]


def test_rows_whose_keys_change_together_are_an_entry_each(acme: Cast) -> None:
    many_people(acme, 300)
    before = dict(rows("SELECT id::text, email FROM users WHERE starts_with(email, 'p')", acme))
    with acting(acme), connection.cursor() as cursor:
        cursor.execute("UPDATE users SET id = gen_random_uuid() WHERE email LIKE '%@x.example'")
    after = dict(rows("SELECT email, id::text FROM users WHERE starts_with(email, 'p')", acme))
    entries = rows("SELECT changes, resource_label FROM audit_logs ORDER BY created_at DESC LIMIT 300", acme)
    assert {before[changes["id"][0]]: changes["id"][1] for changes, _ in entries} == after
    assert {label: changes["id"][1] for changes, label in entries} == after


def test_rows_do_not_exchange_their_keys(acme: Cast) -> None:
    """Nobody could say which row was which: PostgreSQL promises no order of the rows a trigger is shown."""
    bob, vera = acme.people["bob"], acme.people["vera"]
    keys = {"bob": bob.id, "vera": vera.id, "new": uuid7()}
    with acting(acme), connection.cursor() as cursor, pytest.raises(NotSupportedError) as caught:
        cursor.execute(
            "UPDATE users SET id = CASE id WHEN %(bob)s THEN %(new)s::uuid ELSE %(bob)s END WHERE id IN (%(bob)s, %(vera)s)",
            keys,
        )
    assert "exchange keys" in str(caught.value)
