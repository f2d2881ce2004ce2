"""Offline verifier of an export of the audit trail: a single file that needs Python 3.11 and `cryptography`, and no database.

python offline_verifier.py export.ndjson --key VERIFIER_KEY [--checkpoints published.ndjson]

The key is what `manage.py verify_audit --organization SLUG --key` prints; get it by another way than the export.
"""

# Note [What a leaf is]
# A leaf of the tree (RFC 6962) is an entry as canonical JSON (RFC 8785) of texts, booleans and nulls: the columns of OPEN as
# they are, and one commitment to those of PERSONAL: HMAC-SHA-256 of their canonical JSON under the entry's salt (16 bytes).
# Numbers, which canonical JSON can't write beyond 2^53, are in `changes` alone, and that is the text PostgreSQL writes of it.
# Where a person is erased, values and salt go, and the commitment, kept beside the leaf's hash, tells nothing of what was
# there; everything else of the entry stays proven. An entry of before there were salts is committed to under sixteen zeros.
# Form 2, with the columns of a run, is for what an agent did or a run names; all else is form 1. The entry says which it is.

# Note [What is found]
# The file is read once, from front to back, in constant memory: leaves in their order, each with its entry, each checkpoint
# behind its last leaf, then entries that wait to be sequenced. Each leaf's hash is computed from its entry, never believed.
# An entry that differs from its leaf is named. Where somebody wrote the leaf anew, too, the next checkpoint does not fit, and
# the entries since the checkpoint before are named: among them is the one. A tail that was cut off is a checkpoint, kept or
# published, that the leaves do not reach.
#
# Retention takes the oldest entries away and leaves their hashes, and a line, signed like a checkpoint over the leaves before it
# (`{"pruned": …}`, the first of the file). An entry before it may be missing; one behind it is named.

from __future__ import annotations

import argparse
import hmac
import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

OPEN = (
    *("id", "organization_id", "actor_type", "action", "resource_type", "resource_id", "request_id"),
    *("database_role", "source", "created_at", "is_verified"),
)
PERSONAL = (*("user_id", "actor_id", "actor_label", "resource_label", "changes", "reason", "ip_address", "user_agent"),)
FORMS = {"1": (OPEN, PERSONAL), "2": ((*OPEN, "run_id", "step_id"), (*PERSONAL, "on_behalf_of"))}
#: What an erased personal column holds; then the entry has no salt any more.
ERASED = (None, "", "{}")
ED25519 = b"\x01"
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class Broken(ValueError):
    """The first thing that is not as it was, in a sentence."""


@dataclass(frozen=True)
class Checkpoint:
    """A signed tree head: C2SP tlog-checkpoint, in a signed note."""

    origin: str
    size: int
    root: bytes


def pruning_origin(origin: str) -> str:
    """Name what signs the line before which entries may be gone, so that no such line passes for a checkpoint."""
    return f"{origin}/pruned"


@dataclass
class Verified:
    """What was seen to be as it was."""

    entries: int = 0
    erased: int = 0
    checkpoints: int = 0
    checkpointed: int = 0
    waiting: int = 0
    pruned: int = 0


def canonical(values: dict[str, Any]) -> bytes:
    """Write canonical JSON (RFC 8785) of texts, booleans and nulls under names in ASCII."""
    return _CANONICAL.encode(values).encode()


def form_of(entry: dict[str, Any]) -> str:
    """Say which form an entry's leaf has; in an export of an earlier release no entry has the columns of form 2."""
    return "2" if entry["actor_type"] == "agent" or any(map(entry.get, ("run_id", "step_id", "on_behalf_of"))) else "1"


def commitment_to(entry: dict[str, Any]) -> bytes:
    """Commit to the personal columns under the entry's salt. See Note [What a leaf is]."""
    salt = UUID(entry["salt"] or UUID(int=0).hex).bytes
    return hmac.digest(salt, canonical({name: entry[name] for name in FORMS[form_of(entry)][1]}), "sha256")


def leaf_of(entry: dict[str, Any], commitment: bytes) -> bytes:
    """Write the leaf that an entry is in the tree."""
    form = form_of(entry)
    return canonical({**{name: entry[name] for name in FORMS[form][0]}, "commitment": commitment.hex(), "form": form})


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def is_erased(entry: dict[str, Any]) -> bool:
    return entry["salt"] is None and all(entry.get(name) in ERASED for name in FORMS["2"][1])


@dataclass
class Head:
    """The head of a tree that only grows, of which no more is kept than its complete subtrees on the right edge."""

    size: int = 0
    subtrees: list[tuple[int, bytes]] = field(default_factory=list)

    def add(self, node: bytes) -> None:
        height = 0
        while self.subtrees and self.subtrees[-1][0] == height:
            node, height = node_hash(self.subtrees.pop()[1], node), height + 1
        self.subtrees.append((height, node))
        self.size += 1

    def root(self) -> bytes:
        if not self.subtrees:
            return sha256(b"").digest()
        *left, (_, found) = self.subtrees
        for _, each in reversed(left):
            found = node_hash(each, found)
        return found


def key_id(name: str, key: bytes) -> bytes:
    """Return the four bytes a signed note names its key by."""
    return sha256(name.encode() + b"\n" + ED25519 + key).digest()[:4]


def verifier_key(name: str, key: bytes) -> str:
    """Write a public key as signed notes do: name, id, and algorithm with key in base64."""
    return f"{name}+{key_id(name, key).hex()}+{b64encode(ED25519 + key).decode()}"


def read_verifier_key(text: str) -> tuple[str, bytes]:
    """Read a verifier key: what it is called, and the Ed25519 key.

    :raises Broken: when it is none.
    """
    name, identity, encoded = (*text.strip().split("+", 2), "", "", "")[:3]
    raw = _decoded(encoded)
    if len(raw) != 33 or raw[:1] != ED25519 or key_id(name, raw[1:]).hex() != identity:
        raise Broken("This is no verifier key of an Ed25519 signature.")
    return name, raw[1:]


def open_note(note: str, origin: str, keys: Iterable[bytes]) -> Checkpoint:
    """Verify a signed checkpoint of this origin by any of these keys.

    :raises Broken: when it is another log's, is not signed by one of them, or says no tree head.
    """
    body, _, signatures = note.partition("\n\n")
    lines = body.split("\n")
    if len(lines) < 3 or lines[0] != origin:
        raise Broken(f"A checkpoint is not of this trail but of {lines[0][:100]!r}")
    if not lines[1].isdecimal() or str(int(lines[1])) != lines[1]:
        raise Broken("A checkpoint does not say how many entries it is for")
    if not any(_signed(f"{body}\n".encode(), line, origin, key) for line in signatures.splitlines() for key in keys):
        raise Broken(f"The checkpoint of {lines[1]} entries is not signed with the key of this trail")
    return Checkpoint(origin, int(lines[1]), _decoded(lines[2]))


def verify(lines: Iterable[dict[str, Any]], origin: str, keys: list[bytes], published: Iterable[str] = ()) -> Verified:
    """Read an export, and what was published of its checkpoints. See Note [What is found].

    :raises Broken: naming the first thing that is not as it was.
    """
    kept = _kept(open_note(note, origin, keys) for note in published)
    seen, head, pruned = Verified(), Head(), Checkpoint(origin, 0, Head().root())
    for line in lines:
        if "pruned" in line:
            pruned = open_note(line["pruned"], pruning_origin(origin), keys)
        elif "checkpoint" in line:
            _compare(open_note(line["checkpoint"], origin, keys), head, seen)
        elif "index" in line:
            _add(line, head, seen, pruned)
            if head.size in kept:
                _compare(kept.pop(head.size), head, seen)
        elif not line.get("waiting"):
            raise Broken(f"The entry {line['entry']['id']} was inserted: it has no leaf, and waits for none.")
        else:
            seen.waiting += 1
    _check_end(seen, head, kept, pruned)
    return seen


def _kept(published: Iterable[Checkpoint]) -> dict[int, Checkpoint]:
    """Sort what was published by size. Two heads of one size are of two histories: the later must not pass for the earlier."""
    kept = dict[int, Checkpoint]()
    for each in published:
        if kept.setdefault(each.size, each).root != each.root:
            raise Broken(f"Two published checkpoints of {each.size} entries differ: history was rewritten.")
    return kept


def _check_end(seen: Verified, head: Head, kept: dict[int, Checkpoint], pruned: Checkpoint) -> None:
    for size in sorted(kept):
        raise Broken(f"The published checkpoint of {size} entries is not reached: the trail ends at {head.size}.")
    if pruned.size > head.size:
        raise Broken(f"The line up to where was pruned, {pruned.size}, is not reached: the trail ends at {head.size}.")
    if seen.checkpointed != head.size:
        raise Broken(f"No checkpoint is for the entries behind {seen.checkpointed}, of {head.size}.")


def _add(line: dict[str, Any], head: Head, seen: Verified, pruned: Checkpoint) -> None:
    index, entry = line["index"], line["entry"]
    if index != head.size:
        raise Broken(f"The leaf {head.size} is missing, and with it what its entry was: leaf {index} follows.")
    if entry is None and index >= pruned.size:
        raise Broken(f"The entry {line['entry_id']}, leaf {index}, is missing.")
    if entry is None:
        head.add(bytes.fromhex(line["hash"]))
        seen.pruned += 1
    else:
        head.add(_hash_of(line, entry, seen))
        seen.entries += 1
    if head.size == pruned.size and head.root() != pruned.root:
        raise Broken(f"The line up to where was pruned does not fit: one of the leaves before {head.size} is another.")


def _hash_of(line: dict[str, Any], entry: dict[str, Any], seen: Verified) -> bytes:
    index, commitment = line["index"], bytes.fromhex(line["commitment"])
    if is_erased(entry):
        seen.erased += 1
    elif commitment_to(entry) != commitment:
        raise Broken(f"The entry {entry['id']}, leaf {index}, was altered: who, what changed, why or from where.")
    found = leaf_hash(leaf_of(entry, commitment))
    if found.hex() != line["hash"]:
        raise Broken(f"The entry {entry['id']}, leaf {index}, was altered or changed its place.")
    return found


def _compare(checkpoint: Checkpoint, head: Head, seen: Verified) -> None:
    if checkpoint.size != head.size:
        raise Broken(f"The checkpoint of {checkpoint.size} entries is not reached: the trail ends at {head.size}.")
    if checkpoint.root != head.root():
        since = f"{seen.checkpointed} to {head.size - 1}"
        raise Broken(f"The checkpoint of {head.size} entries does not fit: one of the leaves {since} is another.")
    seen.checkpoints, seen.checkpointed = seen.checkpoints + 1, checkpoint.size


def _signed(body: bytes, line: str, name: str, key: bytes) -> bool:
    dash, named, encoded = (*line.split(" ", 2), "", "", "")[:3]
    if (dash, named) != ("—", name) or (raw := _decoded(encoded))[:4] != key_id(name, key):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(raw[4:], body)
    except InvalidSignature:
        return False
    return True


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:  # binascii.Error is one
        return b""


def _lines(path: str) -> Iterator[dict[str, Any]]:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123  # a single file, for anybody's Python
        yield from map(json.loads, file)


def main() -> None:
    """Verify files, and say in a sentence what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("export")
    parser.add_argument("--key", action="append", required=True, help="a verifier key; several after a rotation")
    parser.add_argument("--checkpoints", help="what was published of the checkpoints, as NDJSON")
    given = parser.parse_args()
    try:
        keys = [read_verifier_key(each) for each in given.key]
        origin = keys[0][0]
        published = (each["checkpoint"] for each in (_lines(given.checkpoints) if given.checkpoints else ()))
        ours = (note for note in published if note.startswith(f"{origin}\n"))
        seen = verify(_lines(given.export), origin, [key for _, key in keys], ours)
    except (Broken, OSError, KeyError, TypeError, ValueError) as fault:
        sys.exit(f"NOT VERIFIED: {fault}")
    sys.stdout.write(f"Verified: {seen}\n")


if __name__ == "__main__":
    main()
