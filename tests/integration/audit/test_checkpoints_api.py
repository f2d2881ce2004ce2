"""GET /audit-logs/checkpoints/ and GET /audit-logs/{id}/proof/: what an auditor verifies by themselves."""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pytest_django import Settings

from audit.merkle import verify_consistency, verify_inclusion
from audit.transparency.offline_verifier import Broken, open_note, read_verifier_key
from audit.transparency.signing import origin_of, verifier_keys
from tests.acts import statements_of
from tests.cast import Api, Cast
from tests.integration.tenants.trail.sequenced import leaves, sequence_all, sizes, tamper, write
from workix.config.secrets import Secret


def checkpoints(api: Api) -> list[dict[str, Any]]:
    answer = api.get("audit-logs/checkpoints/")
    assert answer.status == 200
    found: list[dict[str, Any]] = answer.body["results"]
    return found


def test_checkpoints_are_listed_newest_first_and_are_signed(acme: Cast, alice: Api) -> None:
    for _ in range(2):
        write(acme)
        sequence_all()
    (_, key), *_ = map(read_verifier_key, verifier_keys(acme.organization.id))
    origin = origin_of(acme.organization.id)
    opened = [open_note(each["note"], origin, [key]).size for each in checkpoints(alice)]
    assert opened == [each["size"] for each in checkpoints(alice)] == sizes(acme)[::-1]
    assert set(checkpoints(alice)[0]) == {"id", "size", "note", "created_at"}


def test_an_entry_is_proven_with_nothing_but_the_answer_and_the_key(acme: Cast, alice: Api) -> None:
    write(acme, 300)
    sequence_all()
    for index, entry in (leaves(acme)[7], leaves(acme)[-1]):
        proof = alice.get(f"audit-logs/{entry}/proof/").body
        note = open_note(
            proof["checkpoint"]["note"],
            origin_of(acme.organization.id),
            [read_verifier_key(each)[1] for each in verifier_keys(acme.organization.id)],
        )
        leaf = sha256(b"\x00" + proof["leaf"].encode()).digest()
        hashes = [b64decode(each) for each in proof["hashes"]]
        assert (proof["entry_id"], proof["leaf_index"]) == (entry, index)
        assert verify_inclusion(leaf, index, note.size, hashes, note.root)


def test_a_checkpoint_that_was_kept_is_proven_to_be_a_part_of_the_newest(acme: Cast, alice: Api) -> None:
    for count in (7, 300):
        write(acme, count)
        sequence_all()
    (_, key), *_ = map(read_verifier_key, verifier_keys(acme.organization.id))
    newest, kept = (open_note(each["note"], origin_of(acme.organization.id), [key]) for each in checkpoints(alice)[:2])
    answer = alice.get(f"audit-logs/checkpoints/?page_size=1&consistent_with={kept.size}")
    assert answer.status == 200, answer.body["errors"]
    proof = answer.body["consistency"]
    hashes = [b64decode(each) for each in proof["hashes"]]
    assert (proof["size"], proof["checkpoint"]["size"]) == (kept.size, newest.size)
    assert verify_consistency(kept.size, newest.size, hashes, kept.root, newest.root)
    assert not verify_consistency(kept.size, newest.size, hashes, newest.root, newest.root), "another history"
    same = alice.get(f"audit-logs/checkpoints/?consistent_with={newest.size}").body["consistency"]
    assert (same["hashes"], alice.get("audit-logs/checkpoints/").body["consistency"]) == ([], None)


@pytest.mark.parametrize("size", ["0", "-1", "1000000", "9" * 30, "seven", "", "%00", "0.5", "1e3", "07", "1 2"])
def test_what_no_checkpoint_is_over_is_a_clear_refusal(acme: Cast, alice: Api, size: str) -> None:
    sequence_all()
    answer = alice.get(f"audit-logs/checkpoints/?consistent_with={size}")
    assert (answer.status, {each["field"] for each in answer.body["errors"]}) == (400, {"consistent_with"})


def test_an_entry_that_was_altered_is_proven_no_more(acme: Cast, alice: Api) -> None:
    write(acme)
    sequence_all()
    _, entry = leaves(acme)[-1]
    before = alice.get(f"audit-logs/{entry}/proof/").body
    tamper(acme, "UPDATE audit_logs SET actor_label = 'bob' WHERE id = %(entry)s", entry=entry)
    after = alice.get(f"audit-logs/{entry}/proof/").body
    assert before["leaf"] != after["leaf"]
    assert {**before, "leaf": ""} == {**after, "leaf": ""}


def test_an_entry_that_was_just_written_says_to_ask_again(acme: Cast, alice: Api) -> None:
    sequence_all()
    write(acme)
    entry = alice.get("audit-logs/?page_size=1").body["results"][0]["id"]
    answer = alice.get(f"audit-logs/{entry}/proof/")
    assert (answer.status, answer.body["code"], answer.body["detail"]) == (
        409,
        "entry_not_sequenced",
        "No checkpoint is for this entry yet. Ask again in a minute.",
    )


@pytest.mark.parametrize("path", ["not-a-uuid", "%00", "00000000-0000-0000-0000-000000000000"])
def test_of_no_entry_there_is_no_proof(acme: Cast, alice: Api, path: str) -> None:
    assert alice.get(f"audit-logs/{path}/proof/").status == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_for_one_checkpoint_and_for_three(
    acme: Cast, alice: Api, count: int
) -> None:
    tamper(acme, "DELETE FROM audit_checkpoints", "DELETE FROM audit_leaves", "DELETE FROM public.audit_arrivals")
    for _ in range(count):
        write(acme)
        sequence_all()
    assert len(checkpoints(alice)) == count
    assert len(statements_of(lambda: alice.get("audit-logs/checkpoints/"))) == QUERIES + 1


@pytest.mark.parametrize("count", [1, 300])
def test_a_proof_takes_the_same_number_of_queries_however_large_the_tree(acme: Cast, alice: Api, count: int) -> None:
    write(acme, count)
    sequence_all()
    _, entry = leaves(acme)[-1]
    assert len(statements_of(lambda: alice.get(f"audit-logs/{entry}/proof/"))) == QUERIES + 4


QUERIES = 2


def keys_as_text(*keys: Ed25519PrivateKey) -> Secret:
    return Secret(
        "".join(each.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode() for each in keys)
    )


def test_after_a_rotation_the_first_key_signs_and_each_verifies(acme: Cast, alice: Api, settings: Settings) -> None:
    """Checkpoints of before stay good for as long as their key is in the list, and no longer."""
    old, new, origin = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate(), origin_of(acme.organization.id)
    tamper(acme, "DELETE FROM audit_checkpoints", "DELETE FROM audit_leaves", "DELETE FROM public.audit_arrivals")

    def signed_by(*keys: Ed25519PrivateKey) -> str:
        settings.WORKIX = settings.WORKIX.model_copy(update={"checkpoint_keys": keys_as_text(*keys)})
        write(acme)
        sequence_all()
        return str(checkpoints(alice)[0]["note"])

    before, after = signed_by(old), signed_by(new, old)
    old_key, new_key = (each.public_key().public_bytes_raw() for each in (old, new))
    assert (open_note(before, origin, [old_key]).size, open_note(after, origin, [new_key]).size) == (1, 2)
    for note, wrong in ((before, new_key), (after, old_key)):
        with pytest.raises(Broken, match="is not signed with the key of this trail"):
            open_note(note, origin, [wrong])
    assert [read_verifier_key(each)[1] for each in verifier_keys(acme.organization.id)] == [new_key, old_key]
