"""How a house test refuses: it names the rule, every place where it is broken, and how to mend that."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


def assert_kept(rule: str, broken: Iterable[object], *, mend: str) -> None:
    """Pass when nothing breaks the rule; else fail with all that does."""
    found = sorted(map(str, broken))
    if found:
        listed = "".join(f"\n  {each}" for each in found)
        pytest.fail(f"Rule: {rule}{listed}\nMend: {mend}", pytrace=False)
