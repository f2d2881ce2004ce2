"""The signed audit context in the database: who acts is whom the application signed for, in this transaction and session."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from audit.context import STATEMENT, sign
from audit.models import LogEntry
from audit.recording import record
from tenants.isolation import owner
from tenants.scope import use_tenant
from tests.acts import rows
from tests.browsers import browser_of
from tests.cast import PASSWORD, Api, Cast
from workix.core.current import Actor, Current

ALICE = Actor("person", uuid.UUID(int=1), "alice@acme.example")
OTTO = Actor("operator", uuid.UUID(int=2), "otto@workix.example")
NOBODY = ("database", None, "", False)

#: RFC 4231, section 4: key, data, and the digest by HMAC-SHA-256.
VECTORS = [
    (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (b"Jefe", b"what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    (b"\xaa" * 20, b"\xdd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    (bytes(range(1, 26)), b"\xcd" * 50, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    (
        b"\xaa" * 131,
        b"Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
    (
        b"\xaa" * 131,
        b"This is a test using a larger than block-size key and a larger than block-size data. "
        b"The key needs to be hashed before being used by the HMAC algorithm.",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ),
]


def run(statement: str, *values: object) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


def change(cast: Cast, name: str = "x") -> None:
    assert User.objects.filter(id=cast.people["bob"].id).update(last_name=name) == 1


def actors(cast: Cast, count: int = 1) -> list[tuple[Any, ...]]:
    """Say whose the newest entries are, newest first."""
    with use_tenant(cast.organization):
        return list(LogEntry.objects.values_list("actor_type", "actor_id", "actor_label", "is_verified")[:count])


def named(actor: Actor) -> tuple[Any, ...]:
    return (actor.type, actor.id, actor.label, True)


def unverified() -> int:
    ((count,),) = rows("SELECT public.count_of_unverified_contexts()")
    return int(count)


@pytest.mark.parametrize(("key", "data", "digest"), VECTORS, ids=range(len(VECTORS)))
def test_the_database_computes_hmac_as_rfc_4231_does(database: None, key: bytes, data: bytes, digest: str) -> None:
    padded = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\x00")
    inner, outer = (bytes(byte ^ pad for byte in padded) for pad in (0x36, 0x5C))
    with owner.connect() as connected:
        row = connected.execute("SELECT encode(public.hmac_sha256(%s, %s, %s), 'hex')", [inner, outer, data]).fetchone()
    assert row == (digest,)


def test_what_the_application_signed_is_written_down(acme: Cast) -> None:
    before = unverified()
    with use_tenant(acme.organization), Current.scoped(actor=ALICE), transaction.atomic():
        change(acme)
        record("thing.seen", resource_type="thing")
    assert (actors(acme, 2), unverified()) == ([named(ALICE)] * 2, before)


FORGED = '{"actor_type": "operator", "actor_label": "root@platform", "user_id": null, "actor_id": null}'
ALTERED = "replace(current_setting('workix.context'), 'alice', 'maria')"
FORGERIES = {
    "a context by hand": f"SET LOCAL workix.context = '{FORGED}'",
    "with no MAC but its room": f"SET LOCAL workix.context = '{'0' * 64}{FORGED}'",
    "emptied": "SET LOCAL workix.context = ''",
    "reset": "RESET workix.context",
    "too short": "SET LOCAL workix.context = 'x'",
    "broken JSON": f"SET LOCAL workix.context = '{'0' * 64}{{'",
    "altered": f"SELECT set_config('workix.context', {ALTERED}, true)",
    "one character more": "SELECT set_config('workix.context', current_setting('workix.context') || ' ', true)",
    "an unsigned call": f"SELECT public.set_context('set_context x 1 {FORGED}', NULL)",
    "a call with a wrong MAC": f"SELECT public.set_context('set_context x 1 {FORGED}', sha256('x'))",
    "a call that says nothing": "SELECT public.set_context(NULL, sha256('x'))",
}


@pytest.mark.fault("D1")
@pytest.mark.requirement("S49")
@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_what_does_not_verify_names_nobody_is_marked_and_is_counted(acme: Cast, forgery: str) -> None:
    rows("GRANT EXECUTE ON FUNCTION pg_catalog.set_config TO PUBLIC")  # as where no superuser could close it
    before = unverified()
    try:
        with use_tenant(acme.organization), Current.scoped(actor=ALICE), transaction.atomic():
            run(forgery)
            change(acme)
    finally:
        rows("REVOKE EXECUTE ON FUNCTION pg_catalog.set_config FROM PUBLIC")
    assert (actors(acme), unverified()) == ([NOBODY], before + 1)


@pytest.mark.fault("D1")
@pytest.mark.parametrize("again", ["the transaction's", "the call"])
def test_a_context_of_another_transaction_names_nobody(acme: Cast, again: str) -> None:
    with use_tenant(acme.organization), Current.scoped(actor=ALICE):
        with transaction.atomic():
            (kept,) = run("SELECT current_setting('workix.context')")
            change(acme, "verified")
        with transaction.atomic():
            if again == "the call":
                run(STATEMENT, f"set_context {connection.database_role.name} 1 {kept[64:]}", bytes.fromhex(kept[:64]))  # type: ignore[attr-defined]  # our own wrapper
            else:
                run(f"SET LOCAL workix.context = '{kept}'")
            change(acme, "not verified")
    assert actors(acme, 2) == [NOBODY, named(ALICE)]


@pytest.mark.fault("D1")
def test_a_signed_context_is_good_for_one_role_and_for_minutes(acme: Cast, globex: Cast) -> None:
    mine, theirs = (cast.organization.schema_name for cast in (acme, globex))
    now = timezone.now().timestamp()
    with use_tenant(acme.organization), transaction.atomic():
        assert run(STATEMENT, *sign(Current.context, role=mine)) == (True,)
        assert run(STATEMENT, *sign(Current.context, role=theirs)) == (False,)
        for seconds, holds in ((-310, False), (-290, True), (290, True), (310, False)):
            with time_machine.travel(now + seconds):
                signed = sign(Current.context, role=mine)
            assert run(STATEMENT, *signed) == (holds,)
        signed, mac = sign(Current.context, role=mine)
        assert run(STATEMENT, signed.replace("anonymous", "operator"), mac) == (False,)


@pytest.mark.fault("D1")
@pytest.mark.requirement("S49")
@pytest.mark.parametrize("kind", ["operator", "system", "person", "agent"])
def test_nobody_adds_an_event_in_anothers_name(acme: Cast, kind: str) -> None:
    insert = (
        "INSERT INTO audit_logs (actor_type, actor_id, user_id, actor_label, ip_address, request_id, reason, action,"
        " resource_type, is_verified, on_behalf_of, run_id, step_id) VALUES (%s, gen_random_uuid(), gen_random_uuid(), 'x', 'x',"
        " 'x', 'x', 'a.b', 'c', true, gen_random_uuid(), 'x', 'x')"
    )
    with use_tenant(acme.organization):
        run(insert, kind)
        with Current.scoped(actor=ALICE), transaction.atomic():
            run(insert, kind)
    assert actors(acme, 2) == [named(ALICE), NOBODY]
    with use_tenant(acme.organization):
        kept = LogEntry.objects.values_list("user_id", "ip_address", "request_id", "reason", "source")[1]
        runs = list(LogEntry.objects.values_list("on_behalf_of", "run_id", "step_id")[:2])
    assert (kept, runs) == ((None, "", "", "", "database"), [(None, "", "")] * 2)


def test_an_event_of_another_actor_leaves_the_transactions_own_as_it_was(acme: Cast) -> None:
    with use_tenant(acme.organization), Current.scoped(actor=ALICE), transaction.atomic():
        record("thing.seen", resource_type="thing", resource_label="A thing", actor=OTTO)
        change(acme)
    assert actors(acme, 2) == [named(ALICE), named(OTTO)]
    with use_tenant(acme.organization):
        assert LogEntry.objects.values_list("resource_label")[1] == ("A thing",)


def test_an_event_outside_a_transaction_is_signed_too(acme: Cast) -> None:
    with use_tenant(acme.organization), Current.scoped(actor=OTTO):
        record("thing.seen", resource_type="thing")
        change(acme)
    assert actors(acme, 2) == [NOBODY, named(OTTO)]


def test_a_savepoint_that_is_rolled_back_takes_no_context_with_it(acme: Cast) -> None:
    def fail() -> None:
        with transaction.atomic():
            run(STATEMENT, *sign(Current.context, role="another"))
            raise ZeroDivisionError

    with use_tenant(acme.organization), Current.scoped(actor=ALICE), transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            fail()
        change(acme)
    assert actors(acme) == [named(ALICE)]


@pytest.mark.parametrize(
    "act", [lambda: None, lambda: rows("UPDATE users SET last_name = last_name")], ids=["none", "same"]
)
def test_what_changes_nothing_is_not_counted(acme: Cast, act: Callable[[], object]) -> None:
    before = unverified()
    act()
    assert unverified() == before


def test_the_owner_is_marked_and_raises_no_alarm(acme: Cast) -> None:
    before = unverified()
    with owner.connect() as connected:
        connected.execute(f"UPDATE {acme.organization.schema_name}.users SET last_name = 'by hand' WHERE role = 'user'")
    assert (actors(acme), unverified()) == ([NOBODY], before)


@pytest.mark.fault("D1")
def test_whatever_people_do_is_verified(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    """An alarm that rings by itself is one nobody hears."""
    before, ((begun,),) = unverified(), rows("SELECT clock_timestamp()")
    carol = alice.post("users/", {"email": "carol@acme.example", "password": PASSWORD, "role": "viewer"}).body["id"]
    run_jobs()
    steps = [
        alice.patch("me/", {"first_name": "Al"}),
        alice.patch(f"users/{carol}/", {"role": "user"}),
        alice.post("quotas/executions/consumptions/", {"amount": 2}),
        alice.patch("organization/", {"name": "Acme Ltd"}),
        alice.get("users/"),
        alice.delete(f"users/{carol}/"),
        Api().post("auth/login/", {"email": "bob@acme.example", "password": PASSWORD}),
        Api().post("auth/password-reset/", {"email": "bob@acme.example"}),
    ]
    run_jobs()
    browser = browser_of(acme, "alice")
    bob = f"/admin/accounts/user/{acme.people['bob'].id}/change/"
    browser.post(bob, role="viewer", is_active="on", first_name="Bob", last_name="")
    assert {each.status // 100 for each in steps} == {2}
    entries = "SELECT count(*) > 8, count(*) FILTER (WHERE is_verified IS NOT TRUE) FROM audit_logs WHERE created_at > %(begun)s"
    assert (rows(entries, acme, begun=begun), unverified()) == ([(True, 0)], before)
