"""The Merkle tree of RFC 6962: heads and proofs as its reference log gives them, and for every tree of up to 70 leaves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import sha256

import pytest

from audit import merkle
from audit.merkle import WIDTH, consistency_proof, inclusion_proof, root_of, verify_consistency, verify_inclusion
from audit.transparency.offline_verifier import Head, leaf_hash
from audit.transparency.right_edge import RightEdge

#: The leaves that the reference implementation of certificate transparency is tested with, and the heads over 0 to 8 of them.
INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
HEADS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = [leaf_hash(bytes.fromhex(each)) for each in INPUTS]
MANY = [sha256(str(number).encode()).digest() for number in range(70)]


def nodes_of(leaves: Sequence[bytes], level: int, first: int, count: int) -> list[bytes]:
    """Compute nodes from all leaves; only complete subtrees may be asked for."""
    width = WIDTH**level
    assert (first + count) * width <= len(leaves)
    return [root_of(leaves[each * width : (each + 1) * width]) for each in range(first, first + count)]


def test_heads_are_those_of_the_reference_log() -> None:
    assert [root_of(LEAVES[:size]).hex() for size in range(9)] == list(HEADS)


def test_an_inclusion_proof_is_that_of_the_reference_log() -> None:
    assert [each.hex() for each in inclusion_proof(partial(nodes_of, LEAVES), 5, 8)] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_a_consistency_proof_is_that_of_the_reference_log() -> None:
    assert [each.hex() for each in consistency_proof(partial(nodes_of, LEAVES), 6, 8)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_every_leaf_of_every_small_tree_is_proven() -> None:
    for size in range(1, len(MANY) + 1):
        root = root_of(MANY[:size])
        for index in range(size):
            proof = inclusion_proof(partial(nodes_of, MANY), index, size)
            assert verify_inclusion(MANY[index], index, size, proof, root)


def test_every_small_tree_is_proven_to_begin_every_larger_one() -> None:
    for second in range(1, 40):
        for first in range(1, second + 1):
            proof = consistency_proof(partial(nodes_of, MANY), first, second)
            assert verify_consistency(first, second, proof, root_of(MANY[:first]), root_of(MANY[:second]))


def test_a_proof_of_anything_else_does_not_hold() -> None:
    proof, root = inclusion_proof(partial(nodes_of, MANY), 20, 45), root_of(MANY[:45])
    assert verify_inclusion(MANY[20], 20, 45, proof, root)
    assert not verify_inclusion(MANY[21], 20, 45, proof, root)
    assert not verify_inclusion(MANY[20], 21, 45, proof, root)
    assert not verify_inclusion(MANY[20], 20, 45, proof[:-1], root)
    assert not verify_inclusion(MANY[20], 20, 45, [*proof, root], root)
    assert not verify_inclusion(MANY[20], 45, 45, proof, root)


def test_a_tree_with_another_past_is_not_consistent() -> None:
    first, second = root_of(MANY[:20]), root_of(MANY[:45])
    proof = consistency_proof(partial(nodes_of, MANY), 20, 45)
    assert verify_consistency(20, 45, proof, first, second)
    assert not verify_consistency(20, 45, proof, root_of(MANY[1:21]), second)
    assert not verify_consistency(20, 45, proof[1:], first, second)
    assert not verify_consistency(20, 45, [], first, second)
    assert not verify_consistency(45, 20, proof, second, first)
    assert not verify_consistency(20, 20, proof, first, first)


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_of_no_leaf_there_is_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match=f"There is no leaf {index} among {size}"):
        inclusion_proof(partial(nodes_of, MANY), index, size)


@pytest.mark.parametrize(("first", "second"), [(0, 5), (6, 5)])
def test_of_no_beginning_there_is_no_proof(first: int, second: int) -> None:
    with pytest.raises(ValueError, match=f"A tree of {first} leaves is no beginning of one of {second}"):
        merkle.consistency_proof(partial(nodes_of, MANY), first, second)


def test_the_right_edge_and_the_verifier_s_head_grow_as_the_whole_tree_does() -> None:
    leaves = [sha256(str(number).encode()).digest() for number in range(WIDTH * 3 + 5)]
    edge, head, kept = RightEdge(0, partial(nodes_of, [])), Head(), {}
    for number, leaf in enumerate(leaves, 1):
        kept.update({(level, index): node for level, index, node in edge.add(leaf)})
        head.add(leaf)
        if number % 101 == 0 or number % WIDTH < 2:
            again = RightEdge(number, partial(nodes_of, leaves[:number]))
            assert {edge.root(), head.root(), again.root()} == {root_of(leaves[:number])}
    assert kept == {(1, index): root_of(leaves[index * WIDTH : (index + 1) * WIDTH]) for index in range(3)}


def test_a_proof_in_a_tree_of_many_subtrees_reads_them_and_not_the_leaves() -> None:
    leaves = [sha256(str(number).encode()).digest() for number in range(WIDTH * 4 + 3)]
    asked: list[tuple[int, int, int]] = []

    def nodes(level: int, first: int, count: int) -> list[bytes]:
        asked.append((level, first, count))
        return nodes_of(leaves, level, first, count)

    proof = inclusion_proof(nodes, 7, len(leaves))
    assert verify_inclusion(leaves[7], 7, len(leaves), proof, root_of(leaves))
    assert sum(count for level, _, count in asked if level == 0) == 255 + 3
