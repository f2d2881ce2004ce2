"""So many exports at once an organization: exact under threads, and each given back once."""

from __future__ import annotations

from uuid import uuid4

import pytest

from audit.exports.slots import AT_ONCE, Slot, TooManyExports
from tests.acts import at_once


def test_threads_that_ask_at_once_get_so_many_and_no_more() -> None:
    organization = uuid4()

    def ask(_: int) -> Slot | None:
        try:
            return Slot(organization)
        except TooManyExports:
            return None

    taken = [slot for slot in at_once(ask, 20) if slot]
    assert len(taken) == AT_ONCE
    for slot in taken:
        slot.release()
        slot.release()
    again = [Slot(organization) for _ in range(AT_ONCE)]
    with pytest.raises(TooManyExports):
        Slot(organization)
    Slot(uuid4()).release()
    Slot(None).release()
    for slot in again:
        slot.release()
