"""Every error becomes one RFC 9457 shape, and tells nothing of our insides."""

from __future__ import annotations

import logging
from typing import Any

import orjson
import psycopg
import pytest
from django.core.exceptions import DisallowedHost, PermissionDenied, RequestDataTooBig, ValidationError
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import Http404
from django.test import RequestFactory
from rest_framework import exceptions

from workix.api.problems import explained, handle, problem, problem_of, problem_response
from workix.core.current import ANONYMOUS, Actor, Current
from workix.core.errors import CsrfFailed, Denied, Invalid, LimitReached, NotFound
from workix.core.models import uuid7


def test_a_problem_has_the_members_of_the_standard_and_ours() -> None:
    with Current.fresh(request_id="0123456789abcdef"):
        found = problem(LimitReached("The limit of 5 people is reached.", resource="users", limit=5))
    assert found == {
        "type": "https://workix.dev/problems/quota_exceeded",
        "title": "Quota exceeded",
        "status": 403,
        "code": "quota_exceeded",
        "detail": "The limit of 5 people is reached.",
        "request_id": "0123456789abcdef",
        "resource": "users",
        "limit": 5,
    }


def test_a_refusal_of_one_field_names_it_like_a_serializer_does() -> None:
    by_hand = problem(Invalid("This name is reserved.", field="slug", problem="reserved_slug"))
    assert by_hand["errors"] == [{"field": "slug", "code": "reserved_slug", "detail": "This name is reserved."}]
    nested = exceptions.ValidationError({"admin": {"email": [exceptions.ErrorDetail("No address.", "invalid")]}})
    answer = handle(nested, {})
    assert answer.data is not None
    assert (answer.status_code, answer.data["code"], answer.data["detail"], answer.data["errors"]) == (
        400,
        "validation_error",
        "1 field is not valid.",
        [{"field": "admin.email", "code": "invalid", "detail": "No address."}],
    )


def test_faults_deep_inside_are_named_by_their_path() -> None:
    wrong = exceptions.ErrorDetail("Wrong.", "invalid")
    answer = handle(
        exceptions.ValidationError({"rows": [{}, {"email": [wrong]}], "name": [wrong], "tags": [[wrong]]}), {}
    )
    assert answer.data is not None
    assert [each["field"] for each in answer.data["errors"]] == ["name", "tags.0", "rows.1.email"]


def test_several_wrong_fields_are_counted() -> None:
    answer = handle(exceptions.ValidationError({"name": ["Missing."], "slug": ["Missing."]}), {})
    assert answer.data is not None
    assert (answer.data["detail"], [each["field"] for each in answer.data["errors"]]) == (
        "2 fields are not valid.",
        ["name", "slug"],
    )


@pytest.mark.fault("A4")
def test_an_answer_names_some_of_many_faults_and_quotes_a_part_of_what_was_sent() -> None:
    wrong = exceptions.ErrorDetail("Wrong: " + "y" * 900_000, "invalid")
    answer = handle(exceptions.ValidationError({f"{number:05}" + "x" * 100_000: [wrong] for number in range(90)}), {})
    assert answer.data is not None
    assert answer.data["detail"] == "More than 20 fields are not valid; 20 are named."
    assert answer.data["errors"] == [
        {"field": f"{number:05}" + "x" * 195 + "…", "code": "invalid", "detail": "Wrong: " + "y" * 193 + "…"}
        for number in range(20)
    ]


@pytest.mark.fault("A4")
def test_twenty_faults_are_all_named() -> None:
    answer = handle(exceptions.ValidationError({str(number): ["No."] for number in range(20)}), {})
    assert answer.data is not None
    assert (answer.data["detail"], len(answer.data["errors"])) == ("20 fields are not valid.", 20)


@pytest.mark.requirement("S20")
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Denied(), 403, "permission_denied"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.AuthenticationFailed(), 401, "authentication_failed"),
        (exceptions.PermissionDenied(), 403, "permission_denied"),
        (exceptions.NotFound(), 404, "not_found"),
        (exceptions.ParseError(), 400, "parse_error"),
        (exceptions.MethodNotAllowed("DELETE"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType("text/plain"), 415, "unsupported_media_type"),
        (exceptions.Throttled(), 429, "rate_limited"),
        (exceptions.APIException(), 500, "internal_error"),
        (RequestDataTooBig(), 413, "payload_too_large"),
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "permission_denied"),
        (DisallowedHost(), 400, "parse_error"),
        (ValidationError("/srv is no UUID"), 400, "parse_error"),
        (OperationalError("password authentication failed for user org_1"), 503, "unavailable"),
        (psycopg.OperationalError("password authentication failed for user org_1"), 503, "unavailable"),
        (psycopg.InterfaceError("the connection is closed"), 503, "unavailable"),
        (InterfaceError("the connection is closed"), 503, "unavailable"),
        (ProgrammingError('relation "secret_table" does not exist'), 500, "internal_error"),
        (KeyError("/srv/workix/settings.py"), 500, "internal_error"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_every_error_is_answered_in_our_words(
    error: Exception, status: int, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = problem_of(error)
    assert (refusal.status, refusal.code) == (status, code)
    for inside in ("org_1", "secret_table", "/srv"):
        assert inside not in orjson.dumps(problem(refusal)).decode()


def test_what_we_do_not_know_is_logged_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "workix.problems")
    error = ZeroDivisionError("a bug")
    problem_of(error)
    (record,) = caplog.records
    assert (record.levelno, record.getMessage(), record.exc_info) == (
        logging.ERROR,
        "request.failed",
        (ZeroDivisionError, error, None),
    )


def test_a_missing_database_is_logged_with_its_state(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "workix.problems")
    error = OperationalError("gone")
    error.__cause__ = psycopg.errors.AdminShutdown("gone")
    problem_of(error)
    (record,) = caplog.records
    assert (record.getMessage(), vars(record)["sqlstate"]) == ("database.unavailable", "57P01")


def test_every_401_says_how_to_authenticate() -> None:
    answer = handle(exceptions.AuthenticationFailed(), {})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="workix"')


def test_a_403_leads_whoever_is_known_to_why_and_nobody_else() -> None:
    request = RequestFactory().delete("/api/v1/users/")
    known = Actor("person", uuid7())
    for error, actor, expected in (
        (Denied(), known, {"explanation": "/api/v1/authz/explanation/?action=DELETE+/api/v1/users/"}),
        (Denied(), ANONYMOUS, {}),
        (CsrfFailed(), known, {}),
        (NotFound(), known, {}),
    ):
        with Current.scoped(actor=actor):
            assert explained(error, request) == expected


def test_outside_the_api_framework_the_answer_is_the_same() -> None:
    answer = problem_response(Denied("No.", organization=object))
    body: dict[str, Any] = orjson.loads(answer.content)
    assert (answer.status_code, answer["Content-Type"], body["detail"]) == (403, "application/problem+json", "No.")
