"""Proofs of the trail (RFC 6962): that an entry is in the newest checkpoint, and that an earlier tree is a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from audit import merkle
from audit.transparency.entry_form import find_entry
from audit.transparency.models import Checkpoint, Leaf
from audit.transparency.nodes import IncompleteTree, read_for
from audit.transparency.offline_verifier import commitment_to, is_erased, leaf_hash, leaf_of
from workix.core.errors import Conflict, Invalid, NotFound


class EntryNotSequenced(Conflict):
    """It was written a moment ago; the next checkpoint covers it."""

    code = "entry_not_sequenced"
    detail = "No checkpoint is for this entry yet. Ask again in a minute."


@dataclass(frozen=True, slots=True)
class Proof:
    """Leads from an entry to the head of the tree that a checkpoint signs."""

    entry_id: UUID
    index: int
    leaf: str
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint

    def holds(self) -> bool:
        """Say whether the entry as it is now is what the checkpoint was signed over."""
        leaf, signed = leaf_hash(self.leaf.encode()), bytes(self.checkpoint.root)
        return merkle.verify_inclusion(leaf, self.index, self.checkpoint.size, self.hashes, signed)


def prove_entry(entry_id: UUID) -> Proof:
    """Prove an entry of the organization in scope.

    :raises NotFound: when there is no such entry.
    :raises EntryNotSequenced: when no checkpoint is for it yet.
    """
    entry = find_entry(entry_id)
    if entry is None:
        raise NotFound
    leaf = Leaf.objects.filter(entry_id=entry_id).first()
    newest = newest_checkpoint()
    if leaf is None or newest is None or newest.size <= leaf.index:
        raise EntryNotSequenced
    hashes = read_for(partial(merkle.inclusion_proof, index=leaf.index, size=newest.size))
    commitment = bytes(leaf.commitment) if is_erased(entry) else commitment_to(entry)
    written = leaf_of(entry, commitment).decode()
    return Proof(entry_id, leaf.index, written, tuple(hashes), newest)


@dataclass(frozen=True, slots=True)
class Consistency:
    """Leads from the head over the first `size` entries to that of the newest checkpoint: nothing before was rewritten."""

    size: int
    newest: Checkpoint
    hashes: tuple[bytes, ...]


def prove_consistency(size: int) -> Consistency:
    """Prove that a tree of so many entries, whose head somebody kept, is what the trail began with.

    :raises Invalid: when the newest checkpoint is over fewer entries.
    """
    newest = newest_checkpoint()
    covered = newest.size if newest else 0
    if newest is None or not 0 < size <= covered:
        raise Invalid(f"The newest checkpoint is over {covered} entries.", field="consistent_with")
    return Consistency(size, newest, tuple(read_for(partial(merkle.consistency_proof, first=size, second=covered))))


def newest_checkpoint() -> Checkpoint | None:
    """Find the checkpoint that covers the most of the trail of the organization in scope."""
    return Checkpoint.objects.order_by("-size").first()


def state_of_proof(entry_id: UUID) -> str:
    """Say in a sentence whether an entry is as it was signed."""
    try:
        proof = prove_entry(entry_id)
    except EntryNotSequenced as waiting:
        return waiting.detail
    except IncompleteTree:
        return "It can't be proven: a part of the tree is gone."
    if not proof.holds():
        return "It is NOT what was signed. Run manage.py verify_audit, and keep the database as it is."
    return f"Leaf {proof.index} of the checkpoint over {proof.checkpoint.size:,} entries; it is as it was signed."
