"""Signed calls in the database: only what the application signed, for this function and organization, with today's key."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pytest_django import Settings

from audit.signed_calls import call_signed, sign
from tenants.isolation import owner
from tenants.isolation.bootstrap import signed_call_key
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast
from tests.database import superuser
from workix.config.secrets import Secret


def arguments(amount: int = 5) -> dict[str, Any]:
    return {
        "resource": "executions",
        "consumption": uuid4(),
        "amount": amount,
        "actor_type": "person",
        "actor_id": uuid4(),
        "actor_label": "somebody",
    }


def send(function: str, signed: object, mac: object) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM public.{function}(%s, %s)", [signed, mac])
        return cursor.fetchone()


def moved() -> list[tuple[Any, ...]]:
    return rows("SELECT sum(used), (SELECT count(*) FROM quota_movements) FROM quotas WHERE resource = 'executions'")


def test_what_is_signed_is_done_once(acme: Cast) -> None:
    with use_tenant(acme.organization):
        call = sign("consume_quota", **arguments())
        assert send("consume_quota", *call) == (True,)
        with pytest.raises(IntegrityError):
            send("consume_quota", *call)
    assert moved() == [(5, 1)]


@pytest.mark.requirement("N4")
@pytest.mark.parametrize("mac", [None, b"", b"\x00" * 32, b"\xff" * 32, b"short", b"\x00" * 4_096], ids=repr)
def test_what_is_not_signed_is_not_done(acme: Cast, mac: bytes | None) -> None:
    with use_tenant(acme.organization):
        signed, right = sign("consume_quota", **arguments())
        with pytest.raises(DatabaseError, match="only the application makes this call"):
            send("consume_quota", signed, mac)
        with pytest.raises(DatabaseError, match="only the application makes this call"):
            send("consume_quota", None, right)
    assert moved() == [(0, 0)]


def test_a_single_character_more_or_less_is_another_call(acme: Cast) -> None:
    with use_tenant(acme.organization):
        signed, mac = sign("consume_quota", **arguments(amount=50))
        for altered in (
            signed + " ",
            signed.replace("50", "5"),
            signed.replace("executions", "pipelines"),
            signed[:-1],
        ):
            with pytest.raises(DatabaseError, match="only the application makes this call"):
                send("consume_quota", altered, mac)
    assert moved() == [(0, 0)]


@pytest.mark.requirement("S133")
def test_a_call_is_good_for_one_function_and_one_organization(acme: Cast, globex: Cast) -> None:
    with use_tenant(acme.organization):
        call = sign("consume_quota", **arguments())
        with pytest.raises(DatabaseError, match="another function or another organization"):
            send("release_quota", *call)
    with (
        use_tenant(globex.organization),
        pytest.raises(DatabaseError, match="another function or another organization"),
    ):
        send("consume_quota", *call)
    assert moved() == [(0, 0)]


def test_the_key_is_read_by_the_owner_alone(acme: Cast) -> None:
    with owner.connect() as connected:
        assert connected.execute("SELECT count(*) FROM public.signed_call_key").fetchone() == (1,)
    with use_tenant(acme.organization), pytest.raises(DatabaseError, match="permission denied"):
        connection.cursor().execute("SELECT inner_key FROM public.signed_call_key")


def test_another_master_secret_signs_once_the_platform_was_migrated(acme: Cast, settings: Settings) -> None:
    with use_tenant(acme.organization):
        connection.ensure_connection()  # log in first: the role's password is derived from the secret, too
        before = settings.WORKIX
        settings.WORKIX = before.model_copy(update={"master_secret": Secret("another secret " * 3)})
        with pytest.raises(DatabaseError, match="only the application makes this call"):
            call_signed("consume_quota", **arguments())
        with owner.connect() as connected:
            connected.execute(signed_call_key())  # what `manage.py migrate` does after the migrations
        assert call_signed("consume_quota", **arguments()) == (True,)
        settings.WORKIX = before
        with pytest.raises(DatabaseError, match="only the application makes this call"):
            call_signed("consume_quota", **arguments())


def test_a_session_that_ends_in_the_middle_took_nothing(acme: Cast) -> None:
    with use_tenant(acme.organization):
        with pytest.raises(DatabaseError), transaction.atomic(), superuser() as behind:
            call_signed("consume_quota", **arguments())
            behind.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
            call_signed("consume_quota", **arguments())
        assert call_signed("consume_quota", **arguments(amount=1)) == (True,)
    assert moved() == [(1, 1)]
