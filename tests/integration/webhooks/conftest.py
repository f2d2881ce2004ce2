"""Fixtures of webhooks: a receiver on a loopback port, and a webhook of Acme's that is sent to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import Api, Cast
from tests.integration.tenants.trail.sequenced import leaves, sequence_all
from tests.integration.webhooks.receiver import Receiver, added, put, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def webhook(acme: Cast, alice: Api, receiver: Receiver) -> dict[str, Any]:
    """Add one, and let it be where all that was written until then is behind it."""
    made = added(alice, receiver.url, description="SIEM")
    sequence_all()
    put(acme, made, position=len(leaves(acme)))
    return made
