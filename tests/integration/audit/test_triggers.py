"""The trail itself: no write escapes it, no act is without it, and nobody changes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model
from psycopg import sql

from accounts.models import Session, User
from audit.models import LogEntry
from audit.recording import record
from audit.registry import AUDITED
from tenants.isolation import owner, schema_objects
from tenants.isolation.database_roles import tenant_role
from tenants.scope import use_platform, use_tenant
from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast
from tests.database import superuser
from tests.integration.audit.trail import acting, line, newest
from workix.core.current import Actor, Current
from workix.core.models import NOT_AUDITED, uuid7


@contextmanager
def broken_trail(cast: Cast) -> Iterator[None]:
    """Let nobody add to the trail inside the block."""
    organization = cast.organization
    table, role = sql.Identifier(organization.schema_name, "audit_logs"), sql.Identifier(organization.schema_name)
    with superuser() as behind:
        behind.execute(sql.SQL("REVOKE INSERT ON {} FROM {}").format(table, role))
    try:
        yield
    finally:
        with owner.connect() as behind:
            schema_objects.apply(behind, tenant_role(organization), organization.id)


@pytest.mark.requirement("N3")
@pytest.mark.requirement("S84")
def test_an_update_of_many_rows_is_a_line_for_each(acme: Cast) -> None:
    bob, vera = acme.people["bob"], acme.people["vera"]
    with acting(acme) as actor:
        assert User.objects.exclude(role="admin").update(last_name="Acme") == 2
    found = sorted(newest(acme, 2), key=lambda each: str(each["resource_id"]))
    expected = [line(acme, actor, "user.updated", each.id, {"last_name": ["", "Acme"]}) for each in (bob, vera)]
    assert found == sorted(expected, key=lambda each: str(each["resource_id"]))


@pytest.mark.requirement("N3")
def test_the_trigger_of_an_earlier_release_records_each_row_until_the_roll_out_comes(acme: Cast) -> None:
    """Nothing that did not change, or that is not recorded, makes an entry; secrets are not told."""
    rows(
        "ALTER TABLE users DISABLE TRIGGER USER; CREATE TRIGGER audit_row_change AFTER INSERT OR DELETE OR UPDATE ON users"
        " FOR EACH ROW EXECUTE FUNCTION public.audit_row_change('user', 'password_hash', 'last_login,updated_at')",
        acme,
    )
    try:
        bob = acme.people["bob"].id
        before = rows("SELECT count(*) FROM audit_logs", acme)
        rows("UPDATE users SET last_name = last_name, updated_at = now()", acme)
        assert rows("SELECT count(*) FROM audit_logs", acme) == before
        rows("UPDATE users SET last_name = 'B', password_hash = 'x' WHERE id = %(id)s", acme, id=bob)
        rows("UPDATE users SET deleted_at = now() WHERE id = %(id)s", acme, id=bob)
        found = rows(
            "SELECT action, resource_id, actor_type, changes FROM audit_logs ORDER BY created_at DESC LIMIT 2", acme
        )
    finally:
        rows("DROP TRIGGER audit_row_change ON users; ALTER TABLE users ENABLE TRIGGER USER", acme)
    (gone, _, _, _), (action, whose, actor, changes) = found
    assert (gone, action, whose, actor) == ("user.deleted", "user.updated", str(bob), "database")
    assert changes == {"last_name": ["", "B"], "password_hash": ["[redacted]", "[redacted]"]}


@pytest.mark.requirement("N3")
@pytest.mark.requirement("S84")
def test_raw_sql_is_recorded_with_who_ran_it(acme: Cast) -> None:
    bob = acme.people["bob"]
    with acting(acme) as actor, connection.cursor() as cursor:
        cursor.execute("UPDATE users SET role = 'viewer', password_hash = 'x' WHERE id = %s", [bob.id])
    changes = {"role": ["user", "viewer"], "password_hash": ["[redacted]", "[redacted]"]}
    assert newest(acme) == [line(acme, actor, "user.updated", bob.id, changes)]


@pytest.mark.requirement("N3")
@pytest.mark.requirement("S84")
def test_bulk_writes_and_deletions_are_recorded(acme: Cast) -> None:
    bob = acme.people["bob"]
    with acting(acme) as actor:
        made = User(email="carol@acme.example", password="x")
        User.objects.bulk_create([made])
    (created,) = newest(acme)
    assert (created["action"], created["resource_id"], created["actor_id"]) == ("user.created", str(made.id), actor.id)
    with acting(acme):
        bob.last_name = "Builder"
        User.objects.bulk_update([bob], ["last_name"])
    assert newest(acme) == [line(acme, actor, "user.updated", bob.id, {"last_name": ["", "Builder"]})]
    with acting(acme), connection.cursor() as cursor:
        cursor.execute("DELETE FROM users WHERE id = %s", [made.id])
    (deleted,) = newest(acme)
    assert (deleted["action"], deleted["changes"]["email"]) == ("user.deleted", ["carol@acme.example", None])
    assert deleted["changes"]["password_hash"] == ["[redacted]", "[redacted]"]
    bob.last_name = ""


def test_a_soft_deletion_is_called_a_deletion(acme: Cast) -> None:
    bob = acme.people["bob"]
    with acting(acme), connection.cursor() as cursor:
        cursor.execute("UPDATE users SET deleted_at = now() WHERE id = %s", [bob.id])
    (entry,) = newest(acme)
    assert (entry["action"], list(entry["changes"])) == ("user.deleted", ["deleted_at"])


@pytest.mark.parametrize("column", ["last_login", "updated_at"])
def test_what_is_no_act_is_no_line(acme: Cast, column: str) -> None:
    before = newest(acme, 100)
    with acting(acme), connection.cursor() as cursor:
        cursor.execute(f"UPDATE users SET {column} = now()")
        cursor.execute("UPDATE users SET first_name = first_name")
    assert newest(acme, 100) == before


def test_what_was_written_outside_a_transaction_says_that_the_database_alone_saw_it(acme: Cast) -> None:
    bob = acme.people["bob"]
    with use_tenant(acme.organization), connection.cursor() as cursor:
        cursor.execute("UPDATE users SET last_name = 'x' WHERE id = %s", [bob.id])
    assert newest(acme) == [line(acme, Actor("database"), "user.updated", bob.id, {"last_name": ["", "x"]})]


def test_who_acts_is_forgotten_when_the_transaction_ends(acme: Cast) -> None:
    bob = acme.people["bob"]
    with acting(acme):
        User.objects.filter(id=bob.id).update(last_name="x")
    with use_tenant(acme.organization), connection.cursor() as cursor:
        cursor.execute("UPDATE users SET last_name = 'y' WHERE id = %s", [bob.id])
    assert [each["actor_type"] for each in newest(acme, 2)] == ["database", "person"]


def test_an_act_that_is_rolled_back_was_never_there(acme: Cast) -> None:
    before = newest(acme, 100)
    with pytest.raises(ZeroDivisionError), acting(acme):
        User.objects.update(last_name="x")
        record("thing.done", resource_type="thing")
        assert LogEntry.objects.first().action == "thing.done"  # type: ignore[union-attr]  # it was just written
        raise ZeroDivisionError
    assert newest(acme, 100) == before


def test_an_event_that_no_row_shows_is_the_applications(acme: Cast) -> None:
    with acting(acme) as actor:
        record("thing.seen", resource_type="thing", resource_id=7, changes={"a": 1})
    (entry,) = newest(acme)
    expected = line(acme, actor, "thing.seen", 7, {"a": 1}) | {"source": "application"}
    assert entry == expected


def test_what_no_text_can_hold_is_dropped_from_the_changes_of_an_event(acme: Cast) -> None:
    told = {"nul\x00": ["a\x00b", {"in": "\ud83d"}], "many": ("\x00", 7, None, True), "long": "x" * 5_000}
    with acting(acme):
        record("thing.seen", resource_type="thing", changes=told)
    kept = {"nul": ["ab", {"in": "?"}], "many": ["", 7, None, True], "long": "x" * 5_000}
    assert newest(acme)[0]["changes"] == kept


def test_somebody_else_may_be_named_as_the_actor(acme: Cast) -> None:
    robin = Actor("agent", uuid7(), "Robin")
    with acting(acme):
        record("thing.seen", resource_type="thing", actor=robin)
        record("thing.seen", resource_type="thing", actor=Actor("system", label="Workix"))
    with use_tenant(acme.organization):
        found = list(LogEntry.objects.values_list("actor_type", "actor_id", "actor_label", "user_id", "reason")[:2])
    assert found == [
        ("system", None, "Workix", None, "spring cleaning"),
        ("agent", robin.id, "Robin", None, "spring cleaning"),
    ]


@pytest.mark.requirement("S84")
def test_without_its_entry_an_act_does_not_happen(acme: Cast, alice: Api) -> None:
    body = {"email": "carol@acme.example", "password": PASSWORD, "role": "viewer"}
    state = (
        "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM public.procrastinate_jobs),"
        " (SELECT count(*) FROM public.email_index), (SELECT used FROM public.quotas WHERE resource = 'users'"
        " AND organization_id = (SELECT organization_id FROM users LIMIT 1))"
    )
    before = rows(state, acme)
    with broken_trail(acme):
        answer = alice.post("users/", body)
        assert (answer.status, answer.body["code"]) == (500, "internal_error")
        assert rows(state, acme) == before
    assert alice.post("users/", body).status == 201
    assert rows(state, acme) != before


@pytest.mark.requirement("S84")
def test_without_its_entry_nobody_logs_in(acme: Cast) -> None:
    body = {"email": "alice@acme.example", "password": PASSWORD}
    before = rows("SELECT count(*) FROM sessions", acme)
    with broken_trail(acme):
        assert Api().post("auth/login/", body).status == 500
    assert rows("SELECT count(*) FROM sessions", acme) == before
    assert Api().post("auth/login/", body).status == 200


@pytest.mark.requirement("S49")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_logs SET action = 'x.y'",
        "UPDATE audit_logs SET created_at = now() - interval '1 year'",
        "DELETE FROM audit_logs",
        "TRUNCATE audit_logs",
        "ALTER TABLE audit_logs DISABLE TRIGGER ALL",
        "ALTER TABLE users DISABLE TRIGGER audit_update",
        "DROP TRIGGER audit_update ON users",
        "INSERT INTO audit_logs (actor_type, action, resource_type, created_at) VALUES ('a', 'b', 'c', '2020-01-01')",
        "INSERT INTO audit_logs (actor_type, action, resource_type, source) VALUES ('a', 'b', 'c', 'trigger')",
        "INSERT INTO audit_logs (actor_type, action, resource_type, database_role) VALUES ('a', 'b', 'c', 'x')",
        "INSERT INTO audit_logs (actor_type, action, resource_type, id) VALUES ('a', 'b', 'c', gen_random_uuid())",
        "INSERT INTO audit_logs (actor_type, action, resource_type, organization_id) VALUES ('a', 'b', 'c', NULL)",
    ],
)
def test_the_organizations_own_role_only_adds_to_the_trail(acme: Cast, statement: str) -> None:
    before = rows(
        "SELECT count(*), max(created_at), md5(string_agg(to_jsonb(a)::text, '' ORDER BY id)) FROM audit_logs AS a",
        acme,
    )
    with use_tenant(acme.organization), connection.cursor() as cursor, pytest.raises(ProgrammingError) as caught:
        cursor.execute(statement)
    assert getattr(caught.value.__cause__, "sqlstate", None) == "42501"
    after = rows(
        "SELECT count(*), max(created_at), md5(string_agg(to_jsonb(a)::text, '' ORDER BY id)) FROM audit_logs AS a",
        acme,
    )
    assert after == before


def test_python_does_not_offer_to_change_an_entry_either(acme: Cast) -> None:
    with use_tenant(acme.organization):
        entry = LogEntry.objects.earliest("created_at")
        for act in (entry.save, entry.delete, LogEntry().save):
            with pytest.raises(TypeError):
                act()
    assert str(entry) == f"{entry.action} {entry.resource_type} {entry.resource_id}"


@pytest.mark.requirement("S84")
def test_an_operators_row_is_recorded_too(database: None) -> None:
    with use_platform(), Current.scoped(actor=Actor("system", label="Workix")), transaction.atomic():
        otto = User.objects.create(email="otto@workix.example", password="x", role="admin")
    with use_platform():
        found = list(LogEntry.objects.values_list("action", "resource_id", "actor_label", "organization_id")[:1])
    assert found == [("user.created", str(otto.id), "Workix", None)]


def test_every_model_is_recorded_or_excused_with_a_reason() -> None:
    assert User in AUDITED
    assert NOT_AUDITED[Session] == "log-ins and log-outs are recorded as acts of their own"
    both: set[type[Model]] = AUDITED.keys() & NOT_AUDITED.keys()
    assert both == set()
