"""The tree of a SCIM filter: comparisons, what joins them, and what a tree means to whoever has rows or objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = str | int | float | bool | None
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Comparison:
    """An attribute, in lower case, against a value; `pr` has none."""

    attribute: str
    operator: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class Not:
    operand: Node


@dataclass(frozen=True, slots=True)
class Both:
    """`and`, or, if `either`, `or`."""

    left: Node
    right: Node
    either: bool = False


Node = Comparison | Not | Both


@dataclass(frozen=True, slots=True)
class Meaning(Generic[Result]):
    """What a tree means: its leaves, and what joins them."""

    leaf: Callable[[Comparison], Result]
    negated: Callable[[Result], Result]
    both: Callable[[Result, Result], Result]
    either: Callable[[Result, Result], Result]

    def of(self, node: Node) -> Result:
        """Give a tree its meaning, from the leaves up."""
        if isinstance(node, Comparison):
            return self.leaf(node)
        if isinstance(node, Not):
            return self.negated(self.of(node.operand))
        joined = self.either if node.either else self.both
        return joined(self.of(node.left), self.of(node.right))
