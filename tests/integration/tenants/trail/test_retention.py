"""Retention of the trail: the oldest entries go up to a signed line, what remains verifies, and a legal hold keeps everything."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from audit.transparency.offline_verifier import open_note, pruning_origin
from audit.transparency.signing import origin_of, public_keys
from tenants.trail import retention
from tenants.trail.periodic import prune_trails
from tenants.trail.retention import EntryChanged, prune
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.tenants.trail.sequenced import fault_of, leaves, sequence_all, tamper, write

POLICIES = "organization/policies/"
LINES = "SELECT size FROM audit_prunings ORDER BY size"


def entries(cast: Cast) -> set[str]:
    return {str(each) for (each,) in rows("SELECT id FROM audit_logs", cast)}


def age(cast: Cast) -> list[str]:
    """Five entries, signed, which a year goes by after; return them, the oldest first."""
    tamper(cast, "DELETE FROM audit_logs", "DELETE FROM audit_leaves", "DELETE FROM audit_checkpoints")
    tamper(cast, "DELETE FROM audit_subtrees", "DELETE FROM public.audit_arrivals")
    write(cast, 5)
    tamper(cast, "UPDATE audit_logs SET created_at = created_at - interval '365 days'")
    sequence_all()
    return [entry for _, entry in leaves(cast)]


@pytest.fixture
def old(acme: Cast, alice: Api) -> list[str]:
    """Keep the trail for a hundred days; the change of the policy is a sixth entry, and not old."""
    aged = age(acme)
    assert alice.patch(POLICIES, {"audit_retention_days": 100}).status == 200
    sequence_all()
    return aged


def test_what_is_old_goes_batch_by_batch_and_what_remains_verifies(acme: Cast, alice: Api, old: list[str]) -> None:
    before = entries(acme)
    assert prune(acme.organization, now=timezone.now(), batch=2) == 5
    sequence_all()
    assert (rows(LINES, acme), fault_of(acme)) == ([(2,), (4,), (5,)], "")
    assert (before - entries(acme), entries(acme) & set(old)) == (set(old), set())
    pruned = alice.get("audit-logs/checkpoints/").body["pruned"]
    note = open_note(pruned["note"], pruning_origin(origin_of(acme.organization.id)), public_keys())
    assert (pruned["size"], note.size) == (5, 5)
    told = rows(
        "SELECT actor_type, changes ->> 'entries' FROM audit_logs WHERE action = 'audit_log.pruned' ORDER BY created_at",
        acme,
    )
    assert told == [("system", "2"), ("system", "2"), ("system", "1")]
    assert alice.get(f"audit-logs/{old[0]}/proof/").status == 404
    assert prune(acme.organization, now=timezone.now()) == 0


def test_every_night_each_organization_by_its_own_policy(acme: Cast, globex: Cast, old: list[str]) -> None:
    theirs = age(globex)
    prune_trails(0)
    assert (entries(acme) & set(old), entries(globex) >= set(theirs), rows(LINES, globex)) == (set(), True, [])


def test_an_entry_that_is_missing_behind_the_line_is_named(acme: Cast, old: list[str]) -> None:
    prune(acme.organization, now=timezone.now())
    sequence_all()
    index, behind = leaves(acme)[5]
    tamper(acme, "DELETE FROM audit_logs WHERE id = %(entry)s", entry=behind)
    assert fault_of(acme) == f"The entry {behind}, leaf {index}, is missing."


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (
            "UPDATE audit_prunings SET size = 6, note = replace(note, E'\\n5\\n', E'\\n6\\n')",
            "is not signed with the key",
        ),
        (
            "UPDATE audit_prunings SET note = (SELECT note FROM audit_checkpoints ORDER BY size LIMIT 1)",
            "is not of this trail",
        ),
        ("DELETE FROM audit_prunings", "leaf 0, is missing."),
        ("UPDATE audit_leaves SET hash = sha256('x') WHERE index = 1", "line up to where was pruned does not fit"),
    ],
)
def test_nobody_moves_the_line_nor_a_leaf_before_it(acme: Cast, old: list[str], damage: str, fault: str) -> None:
    prune(acme.organization, now=timezone.now())
    sequence_all()
    assert fault_of(acme) == ""
    tamper(acme, damage)
    assert fault in fault_of(acme)


def test_a_legal_hold_keeps_everything_until_it_is_lifted(acme: Cast, alice: Api, old: list[str]) -> None:
    assert alice.patch(POLICIES, {"legal_hold": True}).status == 200
    assert (prune(acme.organization, now=timezone.now()), entries(acme) >= set(old)) == (0, True)
    alice.patch(POLICIES, {"legal_hold": False})
    assert prune(acme.organization, now=timezone.now()) == 5


def test_an_operator_holds_a_trail_with_a_reason_that_stands_in_it(acme: Cast, alice: Api, old: list[str]) -> None:
    call_command("legal_hold", "acme", "on", "--reason", "case 4711", stdout=io.StringIO())
    assert (prune(acme.organization, now=timezone.now()), alice.get(POLICIES).body["legal_hold"]) == (0, True)
    ((reason, changes),) = rows(
        "SELECT reason, changes -> 'legal_hold' FROM audit_logs ORDER BY created_at DESC LIMIT 1", acme
    )
    assert (reason, changes) == ("case 4711", [False, True])
    call_command("legal_hold", "acme", "off", "--reason", "case closed", stdout=io.StringIO())
    assert prune(acme.organization, now=timezone.now()) == 5


def test_the_operators_floor_outranks_what_was_decided_before(
    acme: Cast, alice: Api, old: list[str], settings: Settings
) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"audit_retention_floor_days": 3000})
    assert prune(acme.organization, now=timezone.now()) == 0
    assert alice.patch(POLICIES, {"audit_retention_days": 200}).status == 400
    assert prune(acme.organization, now=timezone.now() + timedelta(days=3000)) > 0


@pytest.mark.parametrize(
    "damage",
    ["UPDATE audit_logs SET action = 'x.y' WHERE id = %(entry)s", "DELETE FROM audit_logs WHERE id = %(entry)s"],
)
def test_what_is_not_as_it_was_signed_is_evidence_and_stays(acme: Cast, old: list[str], damage: str) -> None:
    tamper(acme, damage, entry=old[3])
    with pytest.raises(EntryChanged, match="leaf 3"):
        prune(acme.organization, now=timezone.now(), batch=2)
    assert (rows(LINES, acme), "leaf 3, " in fault_of(acme)) == ([(2,)], True)


def test_a_crash_in_the_middle_of_a_batch_leaves_nothing_of_it(
    acme: Cast, old: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any, **__: Any) -> None:
        raise RuntimeError("crash")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError, match="crash"):
        patched.setattr(retention, "record", crash)
        prune(acme.organization, now=timezone.now())
    assert (rows(LINES, acme), entries(acme) >= set(old), fault_of(acme)) == ([], True, "")
    assert prune(acme.organization, now=timezone.now()) == 5


def test_whoever_is_suspended_keeps_everything(acme: Cast, old: list[str]) -> None:
    acme.organization.status = "suspended"
    assert prune(acme.organization, now=timezone.now()) == 0
