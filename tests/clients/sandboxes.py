"""Sandbox organizations of the client tests: people of each role with their tokens, keys, and sample data."""

from __future__ import annotations

from typing import Any

from tests.servers import Platform

Sandbox = dict[str, Any]


def open_sandbox(platform: Platform) -> Sandbox:
    """Open one as a developer does."""
    answer = platform.call("POST", "/api/v1/sandboxes/", {})
    assert answer.status == 201, answer.body
    return dict(answer.body)


def person_of(sandbox: Sandbox, role: str) -> dict[str, str]:
    return next(person for person in sandbox["people"] if person["role"] == role)
