"""Tampering with the trail, with every right there is: the verifier names the entry, or the checkpoint that fits no more."""

from __future__ import annotations

import pytest

from audit.transparency.signing import sign_checkpoint
from tests.cast import Cast
from tests.integration.tenants.trail.sequenced import fault_of, leaves, sequence_all, sizes, tamper, tampering, write

ENTRY = "(SELECT entry_id FROM audit_leaves WHERE index = 1)"


@pytest.fixture
def trail(acme: Cast) -> Cast:
    """Three checkpoints, of which the last two are over two entries more each."""
    sequence_all()
    for _ in range(2):
        write(acme, 2)
        sequence_all()
    assert fault_of(acme) == ""
    return acme


def entry(trail: Cast, index: int) -> str:
    return leaves(trail)[index][1]


def test_an_entry_that_was_altered_is_named(trail: Cast) -> None:
    tamper(trail, f"UPDATE audit_logs SET action = 'nothing.happened' WHERE id = {ENTRY}")
    assert fault_of(trail) == f"The entry {entry(trail, 1)}, leaf 1, was altered or changed its place."


@pytest.mark.parametrize(
    "change", ["actor_label = 'bob'", "changes = '{\"role\": 1}'", "ip_address = '::1'", "reason = 'x'"]
)
def test_whoever_changes_who_or_what_in_an_entry_is_found(trail: Cast, change: str) -> None:
    tamper(trail, f"UPDATE audit_logs SET {change} WHERE id = {ENTRY}")
    assert fault_of(trail).startswith(f"The entry {entry(trail, 1)}, leaf 1, was altered: ")


@pytest.mark.parametrize("change", ["salt = NULL", "salt = gen_random_uuid()"])
def test_a_salt_that_is_gone_or_another_hides_nothing(trail: Cast, change: str) -> None:
    tamper(trail, f"UPDATE audit_logs SET {change} WHERE id = {ENTRY}")
    assert fault_of(trail).startswith(f"The entry {entry(trail, 1)}, leaf 1, was altered: ")


def test_an_entry_that_is_missing_is_named(trail: Cast) -> None:
    gone = entry(trail, 1)
    tamper(trail, f"DELETE FROM audit_logs WHERE id = {ENTRY}")
    assert fault_of(trail) == f"The entry {gone}, leaf 1, is missing."


def test_a_leaf_that_is_missing_with_its_entry_is_named(trail: Cast) -> None:
    tamper(trail, f"DELETE FROM audit_logs WHERE id = {ENTRY}", "DELETE FROM audit_leaves WHERE index = 1")
    assert fault_of(trail) == "The leaf 1 is missing, and with it what its entry was: leaf 2 follows."


def test_an_entry_that_was_inserted_is_named(trail: Cast) -> None:
    with tampering(trail) as behind:
        row = behind.execute(
            "INSERT INTO audit_logs (actor_type, action, resource_type) VALUES ('person', 'user.deleted', 'user') RETURNING id"
        ).fetchone()
    assert row is not None
    assert fault_of(trail) == f"The entry {row[0]} was inserted: it has no leaf, and waits for none."


def test_entries_that_were_swapped_are_named(trail: Cast) -> None:
    first, second = entry(trail, 0), entry(trail, 1)
    tamper(
        trail,
        "UPDATE audit_leaves SET entry_id = gen_random_uuid() WHERE index = 0",
        f"UPDATE audit_leaves SET entry_id = '{first}' WHERE index = 1",
        f"UPDATE audit_leaves SET entry_id = '{second}' WHERE index = 0",
    )
    assert fault_of(trail).startswith(f"The entry {second}, leaf 0, was altered")


def test_whoever_writes_the_leaf_anew_too_is_found_between_two_checkpoints(trail: Cast) -> None:
    before, last = sizes(trail)[-2:]
    tamper(
        trail,
        "DELETE FROM audit_logs WHERE id = (SELECT entry_id FROM audit_leaves WHERE index = %(last)s)",
        """INSERT INTO audit_logs SELECT e.* FROM audit_logs AS e WHERE false""",
        # The last leaf becomes that of the entry before it, whole: entry, commitment and hash fit one another.
        "DELETE FROM audit_leaves WHERE index = %(last)s",
        "UPDATE audit_leaves SET index = %(last)s WHERE index = %(last)s - 1",
        "UPDATE audit_leaves SET index = %(last)s - 1 WHERE index = %(last)s",
        "DELETE FROM audit_checkpoints WHERE size = %(size)s",
        last=last - 1,
        size=last,
    )
    note = sign_checkpoint(trail.organization.id, size=last - 1, root=bytes(32))
    tamper(
        trail,
        "INSERT INTO audit_checkpoints (size, root, note) VALUES (%(size)s, '', %(note)s)",
        size=last - 1,
        note=note,
    )
    assert fault_of(trail) == (
        f"The checkpoint of {last - 1} entries does not fit: one of the leaves {before} to {last - 2} is another."
    )


def test_of_a_tail_that_was_cut_off_the_checkpoint_is_named_that_it_does_not_reach(trail: Cast) -> None:
    kept, last = sizes(trail)[-2:]
    tamper(
        trail,
        "DELETE FROM audit_logs WHERE id IN (SELECT entry_id FROM audit_leaves WHERE index >= %(kept)s)",
        "DELETE FROM audit_leaves WHERE index >= %(kept)s",
        kept=kept,
    )
    assert fault_of(trail) == f"The checkpoint of {last} entries is not reached: the trail ends at {kept}."


def test_a_checkpoint_that_we_did_not_sign_is_refused(trail: Cast) -> None:
    last = sizes(trail)[-1]
    tamper(
        trail, "UPDATE audit_checkpoints SET note = replace(note, E'\\n— ', E'\\n— x') WHERE size = %(size)s", size=last
    )
    assert fault_of(trail) == f"The checkpoint of {last} entries is not signed with the key of this trail"


def test_a_checkpoint_of_another_organization_is_refused(trail: Cast, globex: Cast) -> None:
    last = sizes(trail)[-1]
    note = sign_checkpoint(globex.organization.id, size=last, root=bytes(32))
    tamper(trail, "UPDATE audit_checkpoints SET note = %(note)s WHERE size = %(size)s", size=last, note=note)
    assert fault_of(trail) == f"A checkpoint is not of this trail but of 'workix.dev/audit/{globex.organization.id}'"


def test_a_checkpoint_that_is_gone_leaves_entries_that_nothing_is_signed_over(trail: Cast) -> None:
    before, last = sizes(trail)[-2:]
    tamper(trail, "DELETE FROM audit_checkpoints WHERE size = %(size)s", size=last)
    assert fault_of(trail) == f"No checkpoint is for the entries behind {before}, of {last}."


def test_an_erased_person_leaves_every_checkpoint_valid(trail: Cast) -> None:
    tamper(
        trail,
        f"""UPDATE audit_logs SET salt = NULL, user_id = NULL, actor_id = NULL, actor_label = '', resource_label = '',
            changes = '{{}}', reason = '', ip_address = '', user_agent = '' WHERE id = {ENTRY}""",
    )
    assert fault_of(trail) == ""


def test_nothing_is_signed_any_more_over_a_tree_that_was_changed(trail: Cast) -> None:
    before = sizes(trail)
    tamper(trail, "UPDATE audit_leaves SET hash = sha256(hash) WHERE index = 1")
    write(trail)
    assert (sequence_all(), sizes(trail)) == ([], before)
