"""Erasing a person: no value of theirs is left anywhere, the trail's proofs stay valid, and a certificate says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from audit.recording import record
from audit.transparency.offline_verifier import Broken
from privacy.erasures import erasing
from privacy.erasures.certificate import read_certificate
from privacy.erasures.erasing import ValuesLeft
from privacy.erasures.tasks import erase_all_due
from privacy.models import Erasure, ErasureStatus
from tenants.erasure import entries as trail
from tenants.scope import use_tenant
from tests.acts import join, rows
from tests.cast import Api, Cast
from tests.integration.audit.trail import acting
from tests.integration.privacy.erased import (
    ERASURES,
    NAMES,
    VALUES,
    entries,
    erase_now,
    found_anywhere,
    found_in_public,
    give_a_past,
)
from tests.integration.tenants.trail.sequenced import fault_of, sequence_all, tamper
from workix.core.current import Current
from workix.core.permissions import Role

TABLES = {"users", "audit_logs", "sessions", "idempotency_keys"}


@pytest.mark.requirement("S86")
@pytest.mark.requirement("N15")
def test_nothing_of_them_is_left_anywhere(acme: Cast, alice: Api) -> None:
    give_a_past(acme, alice)
    before, in_public = found_anywhere(acme, *VALUES), found_in_public()
    erasure = erase_now(acme)
    assert ({table for table, _ in before} >= TABLES, found_anywhere(acme, *VALUES)) == (True, set())
    said = read_certificate(erasure.certificate, acme.organization.id)
    assert (said["erasure"], said["person"], said["found"]) == (str(erasure.id), str(acme.people["bob"].id), 0)
    assert (said["gone"]["idempotency_keys"], said["scanned_columns"] > 50, said["full_name_elsewhere"]) == (
        1,
        True,
        {},
    )
    assert (in_public, found_in_public()) == ([1, 1], [0, 0])


@pytest.mark.requirement("N2")
def test_every_checkpoint_still_verifies(acme: Cast, alice: Api) -> None:
    give_a_past(acme, alice)
    sequence_all()
    assert alice.patch(f"users/{acme.people['bob'].id}/", {"last_name": "Quagmire II"}).status == 200
    erase_now(acme)  # of an entry that has a leaf, and of one that waits for it
    sequence_all()
    assert fault_of(acme) == ""
    ((erased,),) = rows("SELECT count(*) FROM audit_logs WHERE salt IS NULL", acme)
    assert erased > 5
    tamper(acme, "UPDATE audit_logs SET changes = '{\"role\": [1, 2]}' WHERE salt IS NULL")
    assert "was altered" in fault_of(acme)


def test_what_others_did_to_others_stays(acme: Cast, alice: Api) -> None:
    give_a_past(acme, alice)
    assert alice.patch(f"users/{acme.people['vera'].id}/", {"last_name": "Vole"}).status == 200
    kept = entries(acme, f"resource_id = '{acme.people['vera'].id}'")
    erase_now(acme)
    assert (entries(acme, f"resource_id = '{acme.people['vera'].id}'"), len(kept) > 1) == (kept, True)
    assert [action for action, _, _ in entries(acme, "action = 'user.erased'")] == ["user.erased"]


def test_an_address_that_holds_theirs_is_another(acme: Cast, alice: Api) -> None:
    """jimbob@acme.example is no trace of bob@acme.example; a reason with his address or full name in it is."""
    join(acme, "jimbob@acme.example")
    join(acme, "bob@acme.example.org")
    assert alice.patch(f"users/{acme.people['bob'].id}/", NAMES).status == 200
    reasons = ("zebulon quagmire left", "as Bob@acme.example, says", "jimbob@acme.example asked", "Zebulon is a robot")
    for reason in reasons:
        with acting(acme), Current.scoped(reason=reason):
            record("thing.looked_at", resource_type="thing")
    erase_now(acme)
    emails = "SELECT email FROM users WHERE email LIKE '%%bob@acme.example%%' ORDER BY 1"
    assert rows(emails, acme) == [("bob@acme.example.org",), ("jimbob@acme.example",)]
    kept = "SELECT reason FROM audit_logs WHERE action = 'thing.looked_at' ORDER BY created_at"
    assert rows(kept, acme) == [("",), ("",), reasons[2:3], reasons[3:4]]


def test_a_crash_in_the_middle_is_finished_the_next_day(
    acme: Cast, alice: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left makes the last step fail as a whole; entries that were emptied stay so, and the job comes again."""
    give_a_past(acme, alice)
    monkeypatch.setattr(erasing, "take_out", lambda pattern: {"x": 1 // 0})
    with pytest.raises(ZeroDivisionError):
        erase_now(acme)
    assert rows("SELECT email FROM users WHERE id = %(id)s", acme, id=acme.people["bob"].id) == [("bob@acme.example",)]
    monkeypatch.undo()
    with use_tenant(acme.organization):
        erase_all_due(now=timezone.now())
        assert [each.status for each in Erasure.objects.all()] == [ErasureStatus.DONE]
    assert found_anywhere(acme, *VALUES) == set()


def test_a_value_that_is_left_stops_the_certificate(acme: Cast, alice: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    give_a_past(acme, alice)
    monkeypatch.setattr(erasing, "take_out", lambda pattern: {})
    rows(
        "UPDATE roles SET description = 'x'; INSERT INTO roles (id, created_at, updated_at, name, description, permissions)"
        " VALUES (gen_random_uuid(), now(), now(), 'Of bob@acme.example', '', '')",
        acme,
    )
    with pytest.raises(ValuesLeft, match=r"^Values are left in audit_logs|^Values are left in roles\.name"):
        erase_now(acme)
    assert rows("SELECT status, certificate FROM erasures", acme) == [("running", "")]
    monkeypatch.undo()
    with use_tenant(acme.organization):
        erase_all_due(now=timezone.now())
    assert rows("SELECT name FROM roles", acme) == [("Of [erased]",)]


def test_a_certificate_is_nobody_elses_and_no_other(acme: Cast, globex: Cast) -> None:
    certificate = erase_now(acme).certificate
    with pytest.raises(Broken):
        read_certificate(certificate, globex.organization.id)
    with pytest.raises(Broken):
        read_certificate(certificate.replace('"found":0', '"found":1'), acme.organization.id)


def test_the_trail_is_emptied_in_small_batches(acme: Cast, alice: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "BATCH", 2)
    give_a_past(acme, alice)
    erase_now(acme)
    assert found_anywhere(acme, *VALUES) == set()


def test_the_last_admin_is_not_erased_even_when_it_was_scheduled_before(acme: Cast, alice: Api) -> None:
    assert (alice.post(ERASURES).status, alice.post(ERASURES).body["code"]) == (409, "last_admin")
    other = join(acme, "ada@acme.example", Role.ADMIN)
    assert alice.post(ERASURES).status == 202
    assert alice.delete(f"users/{other.id}/").status == 204
    with use_tenant(acme.organization):
        erase_all_due(now=timezone.now() + timedelta(days=8))
        assert [each.status for each in Erasure.objects.all()] == [ErasureStatus.SCHEDULED]


def test_an_operator_erases_at_once_with_a_reason(acme: Cast, alice: Api) -> None:
    give_a_past(acme, alice)
    person = "bob@acme.example"
    call_command("erase_person", "acme", person, "--reason", "A court asked", "--preview")
    assert rows("SELECT count(*) FROM erasures", acme) == [(0,)]
    call_command("erase_person", "acme", person, "--reason", "A court asked", "--at-once")
    assert found_anywhere(acme, *VALUES) == set()
    with pytest.raises(CommandError, match="Nobody of this organization"):
        call_command("erase_person", "acme", person, "--reason", "Again")
