"""A streamed response ends with whoever reads it: for hours, where they read slowly, it would be a way past a stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.authentication.api_key import KeyNotValid
from accounts.authentication.bearer import SessionRevoked
from agents.authentication import AgentStopped
from tenants import middleware
from tests.acts import rows
from tests.cast import Api, Cast, api_of
from tests.integration.accounts.api_keys.callers import key_of
from tests.integration.agents.leashed import robin
from workix.core.errors import ProblemError

pytestmark = pytest.mark.requirement("N6", "S48")

READERS: dict[str, tuple[Callable[[Cast], Api], str, type[ProblemError]]] = {
    "agent": (lambda acme: robin(acme, "audit:read"), "UPDATE agents SET stopped_at = now()", AgentStopped),
    "owner": (lambda acme: robin(acme, "audit:read"), "UPDATE users SET is_active = false", KeyNotValid),
    "key": (lambda acme: Api(key_of(acme, "audit:read")), "UPDATE api_keys SET deleted_at = now()", KeyNotValid),
    "person": (lambda acme: api_of(acme, "alice"), "UPDATE sessions SET ended_at = now()", SessionRevoked),
}


@pytest.mark.parametrize("reader", READERS)
def test_an_export_ends_with_who_reads_it(acme: Cast, reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "ASKED_EVERY", 0.0)
    who, end, refusal = READERS[reader]
    parts = parts_read_by(who(acme))
    assert b"created_at" in next(parts)
    rows(end, acme)
    with pytest.raises(refusal):
        next(parts)


def parts_read_by(api: Api) -> Iterator[bytes]:
    client = Client(headers={"Host": api.host, "Authorization": f"Bearer {api.access}"})
    response: Any = client.get("/api/v1/audit-logs/export/?format=csv")
    assert response.status_code == 200, response.content
    return iter(response.streaming_content)
