"""The Python client at work: in a sandbox of its own at WORKIX_URL, or in the one that the file WORKIX_SANDBOX describes."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
from workix_client import Key, Workix, WorkixError, log_in

Weather = Callable[[httpx.Response], httpx.Response]


class Network(httpx.HTTPTransport):
    """A network with weather: what happens to the next answers on their way, and how often each path was asked."""

    def __init__(self, *weather: Weather) -> None:
        super().__init__()
        self.weather, self.asked = list(weather), list[str]()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        response = super().handle_request(request)
        return self.weather.pop(0)(response) if self.weather else response


def lost(response: httpx.Response) -> httpx.Response:
    """It was done, and nobody heard of it."""
    response.read()
    raise httpx.ReadError("The connection was lost.")


def busy(response: httpx.Response) -> httpx.Response:
    response.read()
    return httpx.Response(503, headers={"Retry-After": "0"})


def sandbox() -> dict[str, Any]:
    """Open a sandbox organization, or read what was answered when one was opened."""
    if "WORKIX_SANDBOX" in os.environ:
        answer = json.loads(Path(os.environ["WORKIX_SANDBOX"]).read_text(encoding="utf-8"))
    else:
        url = os.environ.get("WORKIX_URL", "http://localhost:8000")
        answer = httpx.post(f"{url}/api/v1/sandboxes/", json={}).raise_for_status().json()
    return dict(answer)


def as_a_person(box: dict[str, Any]) -> None:
    """Log in, be refused, refresh once for three threads, read page by page, and try without doing."""
    admin = next(person for person in box["people"] if person["role"] == "admin")
    base_url, slug = box["base_url"], box["organization"]["slug"]
    assert refused(lambda: log_in(base_url, admin["email"], "a guess that is wrong", slug)) == "invalid_credentials"
    kept: list[str] = []
    network = Network()
    tokens = log_in(base_url, admin["email"], admin["password"], slug, keep=lambda _, refresh: kept.append(refresh))
    tokens.access = "over"
    with Workix(base_url, tokens, transport=network) as workix, ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(workix.call, "GET", "/api/v1/me/") for _ in range(3)]
        assert {each.result()["email"] for each in asked} == {admin["email"]}
        assert (network.asked.count("/api/v1/auth/refresh/"), len(kept)) == (1, 1)
    with Workix(base_url, tokens) as workix:
        assert {person.role for person in workix.people()} >= {"admin", "user", "viewer"}
        somebody = {"email": f"dave@{slug}.example", "role": "viewer"}
        tried = workix.call("POST", "/api/v1/users/", somebody, dry_run=True, reason="Nur ein Versuch, für Zoë")
        assert tried["dry_run"]["changes"]
        assert somebody["email"] not in {person.email for person in workix.people()}
        wrong = {"email": "no address"}
        assert refused(lambda: workix.call("POST", "/api/v1/users/", wrong)) == "validation_error"
        assert refused(lambda: workix.call("GET", f"/api/v1/users/{uuid.uuid4()}/")) == "not_found"


def as_a_service(box: dict[str, Any]) -> None:
    """Take units of a quota over a bad network: each is taken once."""
    network = Network()
    with Workix(box["base_url"], Key(box["api_key"]), transport=network) as workix:
        before = workix.consume("executions").used
        network.weather = [lost, busy]
        assert workix.consume("executions", 2).used == before + 2
        order = f"order-{uuid.uuid4()}"
        first, again = (workix.consume("executions", key=order) for _ in range(2))
        assert (again, again.used) == (first, before + 3)
        assert refused(lambda: workix.consume("executions", 5, key=order)) == "idempotency_key_reused"
        assert refused(lambda: workix.call("GET", "/api/v1/me/")) == "permission_denied"


def refused(call: Callable[[], object]) -> str:
    """Return the code of a refusal."""
    try:
        call()
    except WorkixError as error:
        return error.code
    raise AssertionError("Nothing was refused.")


if __name__ == "__main__":
    opened = sandbox()
    as_a_person(opened)
    as_a_service(opened)
    print("python: done")
