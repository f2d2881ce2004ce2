"""The right edge of a Merkle tree that only grows: the nodes of each level's unfinished subtree, which a head is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.merkle import LEVEL_BITS, WIDTH, Nodes, hash_of, root_of


class RightEdge:
    """What of a tree of `size` leaves is needed to add the next one: at most 255 nodes a level, however large it is."""

    def __init__(self, size: int, nodes: Nodes) -> None:
        self.size = size
        self._levels: list[list[bytes]] = []
        while count := size >> (LEVEL_BITS * len(self._levels)):
            unfinished = count % WIDTH
            self._levels.append(list(nodes(len(self._levels), count - unfinished, unfinished)) if unfinished else [])

    def add(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add a leaf. Yield level, index and hash of each subtree that it completes."""
        self.size += 1
        node, level = leaf, 0
        while True:
            if level == len(self._levels):
                self._levels.append([])
            self._levels[level].append(node)
            if len(self._levels[level]) < WIDTH:
                return
            node = root_of(self._levels[level])
            self._levels[level] = []
            level += 1
            yield level, (self.size >> (LEVEL_BITS * level)) - 1, node

    def root(self) -> bytes:
        """Return the head of the tree."""
        return hash_of(self._nodes, 0, self.size)

    def _nodes(self, level: int, first: int, count: int) -> Sequence[bytes]:
        begins = (self.size >> (LEVEL_BITS * level)) // WIDTH * WIDTH
        return self._levels[level][first - begins : first - begins + count]
