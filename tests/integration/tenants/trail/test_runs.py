"""Entries of runs in the Merkle tree: proven like all others, by a form of their own that the entry itself says."""

from __future__ import annotations

import pytest

from audit.recording import record
from audit.transparency import offline_verifier
from tenants.erasure.entries import erase_entries
from tenants.erasure.traces import Traces
from tenants.isolation.owner import acting_as_owner
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast
from tests.integration.tenants.trail.sequenced import fault_of, sequence_all, tamper, write
from workix.core.current import Actor, Current
from workix.core.models import uuid7

pytestmark = pytest.mark.requirement("N2")
ENTRY = "(SELECT id FROM audit_logs WHERE action = 'thing.done')"


@pytest.fixture
def trail(acme: Cast) -> Cast:
    """Sequence entries of nobody's run, and one of an agent for Bob."""
    write(acme)
    actor = Actor("agent", uuid7(), "Robin", on_behalf_of=acme.people["bob"].id)
    with use_tenant(acme.organization), Current.scoped(actor=actor, run_id="run-7", step_id="one"):
        record("thing.done", resource_type="thing")
    sequence_all()
    return acme


def test_they_are_proven_beside_those_of_nobodys_run(trail: Cast) -> None:
    assert fault_of(trail) == ""
    kept = rows("SELECT run_id, step_id, on_behalf_of FROM audit_logs WHERE action = 'thing.done'", trail)
    assert kept == [("run-7", "one", trail.people["bob"].id)]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("run_id = 'run-8'", ENTRY),
        ("run_id = '', step_id = '', on_behalf_of = NULL", ENTRY),
        ("on_behalf_of = gen_random_uuid()", ENTRY),
        ("run_id = 'run-7'", "(SELECT entry_id FROM audit_leaves WHERE index = 0)"),
        ("on_behalf_of = gen_random_uuid()", "(SELECT entry_id FROM audit_leaves WHERE index = 0)"),
    ],
)
def test_whoever_changes_a_run_or_makes_one_up_is_found(trail: Cast, change: str, where: str) -> None:
    tamper(trail, f"UPDATE audit_logs SET {change} WHERE id = {where}")  # noqa: S608  # ours
    assert "was altered" in fault_of(trail)


def test_whoever_it_was_for_is_erased_and_the_rest_stays_proven(trail: Cast) -> None:
    bob = trail.people["bob"].id
    with acting_as_owner(trail.organization.schema_name):
        assert erase_entries(Traces(bob, (), (), ())) > 0
    kept = "SELECT on_behalf_of, actor_label, run_id, salt FROM audit_logs WHERE action = 'thing.done'"
    assert (rows(kept, trail), fault_of(trail)) == ([(None, "", "run-7", None)], "")
    tamper(trail, f"UPDATE audit_logs SET run_id = 'run-8' WHERE id = {ENTRY}")  # noqa: S608  # ours
    assert "was altered" in fault_of(trail)


def test_an_entry_of_an_earlier_release_has_the_leaf_it_had() -> None:
    entry = dict.fromkeys((*offline_verifier.OPEN, *offline_verifier.PERSONAL), "x") | {"salt": str(uuid7())}
    commitment = offline_verifier.commitment_to(entry)
    of_now = entry | {"run_id": "", "step_id": "", "on_behalf_of": None}
    assert offline_verifier.commitment_to(of_now) == commitment
    leaf = offline_verifier.leaf_of(entry, commitment)
    assert leaf == offline_verifier.leaf_of(of_now, commitment)
    assert (b'"form":"1"' in leaf, b"run_id" in leaf) == (True, False)
