"""Through every middleware: hostile hosts, paths, methods and credentials leave no label behind, and no series of their own."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from tests.cast import Cast

pytestmark = pytest.mark.requirement("S29")

HOSTILE: list[Callable[[Client, str], object]] = [
    lambda client, it: client.get(f"/api/v1/users/{it}/", HTTP_HOST="acme.localhost"),
    lambda client, it: client.get(f"/api/v1/{it}/%00%0A\N{SNOWMAN}", HTTP_HOST="acme.localhost"),
    lambda client, it: client.get("/api/v1/me/", HTTP_HOST=f"{it}.localhost"),
    lambda client, it: client.get("/api/v1/me/", HTTP_HOST=f"{it}.evil.example"),
    lambda client, it: client.get("/api/v1/me/", HTTP_HOST="acme.localhost", HTTP_AUTHORIZATION=f"Bearer {it}"),
    lambda client, it: client.get("/api/v1/me/", HTTP_HOST="acme.localhost", HTTP_X_REQUEST_ID=f"{it}\x00"),
    lambda client, it: client.generic(f"EVIL{it}", "/api/v1/me/", HTTP_HOST="acme.localhost"),
    lambda client, it: client.generic("GET", f"/api/v1/quotas/{it}/", HTTP_HOST="acme.localhost"),
    lambda client, it: client.post(f"/api/v1/organizations/?{it}={it}", {it: it}, "application/json", HTTP_HOST=it),
]  # fmt: skip


def labels() -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return every series there is."""
    families = REGISTRY.collect()
    return {(each.name, tuple(each.labels.items())) for family in families for each in family.samples}


def test_what_is_hostile_is_counted_under_labels_that_are_there(acme: Cast) -> None:
    client = Client(raise_request_exception=False)
    for send in HOSTILE:
        send(client, uuid4().hex)
    before, asked = labels(), [uuid4().hex for _ in range(5)]
    for word in asked:
        for send in HOSTILE:
            send(client, word)
    assert labels() - before == set()
    assert [word for word in asked if word in str(labels())] == []
