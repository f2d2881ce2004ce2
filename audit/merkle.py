"""Merkle tree (RFC 6962, certificate transparency): heads, inclusion and consistency proofs, and their verification."""

# Note [Subtrees of 256]
# Of a tree of ten million leaves nobody reads all to prove one. So the hash of each complete subtree of 256 leaves is kept, and
# of 256 of those, and so on: level 0 is the leaves, level 1 what 256 of them hash to. Whatever part of the tree is asked for,
# it is made of few nodes, read from the highest level that has them. `Nodes` reads them: level, first of them, how many.

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

#: Reads nodes that there are: (level, index of the first, how many) -> their hashes. See Note [Subtrees of 256].
Nodes = Callable[[int, int, int], Sequence[bytes]]

LEVEL_BITS = 8
WIDTH = 1 << LEVEL_BITS
#: The head of a tree without leaves.
EMPTY = sha256(b"").digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two nodes into the one above them; the verifier, a file by itself, has the same words."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the head of the tree over these leaves: RFC 6962, section 2.1. Of an odd number, the last one moves up as it is."""
    level = list(hashes)
    while len(level) > 1:
        pairs = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0] if level else EMPTY


def hash_of(nodes: Nodes, start: int, end: int) -> bytes:
    """Return the head of leaves `start` to `end`, a part of the tree that a proof is made of."""
    if start == end:
        return EMPTY
    whole = 1 << ((end - start).bit_length() - 1)
    level = (whole.bit_length() - 1) // LEVEL_BITS
    width = LEVEL_BITS * level
    left = root_of(nodes(level, start >> width, whole >> width))
    return left if start + whole == end else node_hash(left, hash_of(nodes, start + whole, end))


def inclusion_proof(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """Prove that leaf `index` is in the tree of `size` leaves: PATH of RFC 6962, section 2.1.1.

    :raises ValueError: when there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"There is no leaf {index} among {size}.")
    path, start, end = list[bytes](), 0, size
    while end - start > 1:
        split = _split(start, end)
        if index < split:
            path.append(hash_of(nodes, split, end))
            end = split
        else:
            path.append(hash_of(nodes, start, split))
            start = split
    return path[::-1]


def consistency_proof(nodes: Nodes, first: int, second: int) -> list[bytes]:
    """Prove that the tree of `first` leaves is the beginning of that of `second`: PROOF of RFC 6962, section 2.1.2.

    :raises ValueError: when it can't be, or is the empty tree, of which there is nothing to prove.
    """
    if not 0 < first <= second:
        raise ValueError(f"A tree of {first} leaves is no beginning of one of {second}.")
    path, start, end, known = list[bytes](), 0, second, True
    while first != end:
        split = _split(start, end)
        if first <= split:
            path.append(hash_of(nodes, split, end))
            end = split
        else:
            path.append(hash_of(nodes, start, split))
            start, known = split, False
    return [*([] if known else [hash_of(nodes, start, end)]), *path[::-1]]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether the proof leads from a leaf's hash to the head: RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(each, found)
            at, last = _out_of_the_right_edge(at, last)
        else:
            found = node_hash(found, each)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes) -> bool:
    """Say whether the proof leads to both heads: RFC 9162, section 2.1.4.2."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not path:
        return False
    old = new = path[0]
    for each in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(each, old), node_hash(each, new)
            at, last = _out_of_the_right_edge(at, last)
        else:
            new = node_hash(new, each)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _split(start: int, end: int) -> int:
    """Divide as RFC 6962 does: the largest power of two that is less than the number of leaves goes left."""
    return start + (1 << ((end - start - 1).bit_length() - 1))


def _out_of_the_right_edge(at: int, last: int) -> tuple[int, int]:
    """Climb where a node on the right edge has no sibling, and moves up as it is."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last
