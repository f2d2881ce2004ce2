"""Errors: problem+json (RFC 9457), as an exception with a code to decide by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Problem:
    """What the API refuses with. `members` is all of it: `errors` of a validation_error, `limit` of a quota_exceeded."""

    status: int
    code: str
    detail: str
    request_id: str
    members: Mapping[str, Any]


class WorkixError(Exception):
    """A refusal. `problem` is None where something else than Workix answered, such as a proxy."""

    def __init__(self, status: int, problem: Problem | None) -> None:
        super().__init__(problem.detail if problem else f"The server answered {status}, with no problem that says why.")
        self.status, self.problem = status, problem

    @property
    def code(self) -> str:
        return self.problem.code if self.problem else ""


def problem_of(response: httpx.Response) -> Problem | None:
    """Return what a response refuses with, if it does and says so."""
    if response.is_success or not response.headers.get("Content-Type", "").startswith("application/problem+json"):
        return None
    told = response.json()
    return Problem(response.status_code, told["code"], told["detail"], told["request_id"], told)
