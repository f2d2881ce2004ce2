"""Refusals: a status, a code, a sentence, and what else the caller gets."""

from __future__ import annotations

import pytest

from workix.core.errors import (
    Conflict,
    Denied,
    Invalid,
    LimitReached,
    NotAuthenticated,
    NotFound,
    ProblemError,
    TooMany,
    Unavailable,
)


@pytest.mark.parametrize(
    ("refusal", "status", "code", "headers"),
    [
        (ProblemError(), 400, "refused", {}),
        (Invalid(), 400, "validation_error", {}),
        (NotAuthenticated(), 401, "not_authenticated", {"WWW-Authenticate": 'Bearer realm="workix"'}),
        (Denied(), 403, "permission_denied", {}),
        (LimitReached(), 403, "quota_exceeded", {}),
        (NotFound(), 404, "not_found", {}),
        (Conflict(), 409, "conflict", {}),
        (TooMany(retry_after=30), 429, "rate_limited", {"Retry-After": "30"}),
        (Unavailable(), 503, "unavailable", {"Retry-After": "1"}),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, ProblemError) else "",
)
def test_each_kind_of_refusal_has_its_status_code_and_headers(
    refusal: ProblemError, status: int, code: str, headers: dict[str, str]
) -> None:
    assert (refusal.status, refusal.code, refusal.headers, refusal.extra) == (status, code, headers, {})


def test_what_is_said_replaces_the_usual_sentence() -> None:
    refusal = Denied("Not on a Sunday.", code="closed", opens_at="Monday")
    assert (str(refusal), refusal.detail, refusal.code, refusal.extra) == (
        "Not on a Sunday.",
        "Not on a Sunday.",
        "closed",
        {"opens_at": "Monday"},
    )
    assert Denied().detail == "You do not have permission to do this."


def test_an_invalid_part_is_named() -> None:
    refusal = Invalid("Too short.", field="admin.password", problem="password_length")
    assert (refusal.field, refusal.problem, refusal.detail) == ("admin.password", "password_length", "Too short.")
