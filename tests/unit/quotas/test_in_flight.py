"""quotas.throttling.in_flight: so many requests of an organization at once, and none is forgotten."""

from __future__ import annotations

from uuid import UUID

import pytest

from quotas.throttling import in_flight
from quotas.throttling.in_flight import InFlight, OrganizationBusy

ACME, GLOBEX = UUID(int=1), UUID(int=2)


def test_one_too_many_is_refused_and_the_next_may_come_when_one_ends() -> None:
    with InFlight(ACME, most=2):
        with InFlight(ACME, most=2), InFlight(GLOBEX, most=2), pytest.raises(OrganizationBusy), InFlight(ACME, most=2):
            pass
        with InFlight(ACME, most=2):
            pass
    assert in_flight._running == {}  # noqa: SLF001  # nothing is left behind


def test_a_request_that_fails_ends_too() -> None:
    with pytest.raises(ValueError, match="broken"), InFlight(ACME, most=1):
        raise ValueError("broken")
    assert in_flight._running == {}  # noqa: SLF001  # nothing is left behind
