"""Error shape: turns every error into one problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlencode

import orjson
import psycopg
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from psycopg.errors import ConfigurationLimitExceeded
from rest_framework import exceptions
from rest_framework.response import Response

from workix.core.current import Current
from workix.core.errors import (
    EXPLANATION,
    Denied,
    Invalid,
    NotAuthenticated,
    NotFound,
    ProblemError,
    Unavailable,
    refused_by_database,
)
from workix.core.signals import entrance_refused, fault_met, statement_refused
from workix.observability import metrics
from workix.observability.logs.redaction import without_tokens
from workix.observability.request_metrics import count_exception

logger = logging.getLogger("workix.problems")

CONTENT_TYPE = "application/problem+json"
TYPE = "https://workix.dev/problems/"
#: An answer names this many faults. Nobody mends more at once, and an answer must not outgrow its question.
MAX_ERRORS = 20
#: A name or a sentence may quote what was sent: this much of it.
_LONGEST = 200

#: Django's, and the driver's own on connections that are not Django's.
_UNAVAILABLE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)

#: SQLSTATEs of what the driver takes for bugs of ours (InternalError) and is none: a server that was made read-only, as a standby
#: is and a managed one with a full disk; and a transaction whose time was over, for its process had been stopped.
_UNAVAILABLE_STATES = {"25006", "25P03", "25P04"}
#: SQLSTATE of what a role may not do.
INSUFFICIENT_PRIVILEGE = "42501"
#: Codes of a token or a key that is none, or none any more.
_OF_CREDENTIALS = ("token_not_valid", "session_revoked")

Problem = dict[str, Any]


class PayloadTooLarge(ProblemError):
    status = 413
    code = "payload_too_large"
    detail = "The body is too large."


class InternalError(ProblemError):
    status = 500
    code = "internal_error"
    detail = "Something went wrong on our side. Quote the request id when you report it."


def problem(refusal: ProblemError, errors: list[dict[str, str]] | None = None) -> Problem:
    """Write the body: the members of RFC 9457, section 3, then ours."""
    metrics.REFUSALS.labels(refusal.code).inc()
    body: Problem = {
        "type": TYPE + refusal.code,
        "title": refusal.code.replace("_", " ").capitalize(),
        "status": refusal.status,
        "code": refusal.code,
        "detail": refusal.detail,
        "request_id": Current.request_id,
    }
    body |= refusal.extra
    if isinstance(refusal, Invalid) and refusal.field and errors is None:
        errors = [{"field": refusal.field, "code": refusal.problem, "detail": refusal.detail}]
    if errors is not None:
        body["errors"] = errors
    return body


def problem_response(refusal: ProblemError, request: Any = None) -> HttpResponse:
    """Answer from outside the API framework: middleware, unknown paths. `request`: of whom is known by then."""
    return HttpResponse(
        orjson.dumps(problem(refusal) | explained(refusal, request), default=str),
        status=refusal.status,
        content_type=CONTENT_TYPE,
        headers=refusal.headers,
    )


def handle(error: Exception, context: Mapping[str, Any]) -> Response:
    """Answer from inside the API framework, whatever was raised there."""
    errors = None
    if isinstance(error, exceptions.ValidationError):
        found = list(islice(_field_errors(error.detail), MAX_ERRORS + 1))
        refusal: ProblemError = Invalid(_count(found))
        errors = found[:MAX_ERRORS]
    else:
        refusal = problem_of(error)
        if isinstance(refusal, InternalError):
            count_exception(context["request"], error)  # the framework lets no middleware see it
    headers = dict(refusal.headers)
    if refusal.status == 401:
        _tell_of_refused_credential(refusal, context.get("request"))
        headers.setdefault("WWW-Authenticate", 'Bearer realm="workix"')
    body = problem(refusal, errors) | explained(refusal, context.get("request"))
    return Response(body, refusal.status, headers=headers, content_type=CONTENT_TYPE)


def explained(refusal: ProblemError, request: Any) -> Problem:
    """Return the member that leads to why: to whoever is known, where who may do what decided."""
    if not getattr(refusal, "is_explained", False) or request is None or Current.actor.id is None:
        return {}
    asked = f"{request.method} {without_tokens(request.path)}{'?dry_run=true' if _is_dry_run(request) else ''}"
    return {"explanation": f"{EXPLANATION}?{urlencode({'action': asked}, safe='/')}"}


def _is_dry_run(request: Any) -> bool:
    """Say whether a dry run was asked for: what a supervised agent asks for is tried first, too, without its asking."""
    return Current.context.dry_run and "true" in (request.META.get("HTTP_WORKIX_DRY_RUN"), request.GET.get("dry_run"))


def _tell_of_refused_credential(refusal: ProblemError, request: Any) -> None:
    """Send entrance_refused where a token or key came that is none. Who sends nothing, or a wrong password, is another matter."""
    if request is not None and refusal.code in _OF_CREDENTIALS and "HTTP_AUTHORIZATION" in request.META:
        entrance_refused.send(sender=None, code=refusal.code, method=request.method, path=request.path)


def problem_of(error: BaseException) -> ProblemError:
    """Say in our words what `error` means to the caller; what we don't know is a bug, logged and shown to nobody."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    if isinstance(error, RequestDataTooBig):
        return PayloadTooLarge()
    if isinstance(error, Http404):
        return NotFound()
    if isinstance(error, PermissionDenied):
        return Denied()
    if isinstance(error, (SuspiciousOperation, ValidationError)):  # what no form has looked at, and a column can't hold
        return Invalid("The request is malformed.", code="parse_error")
    return _of_database(error) or _of_apps(error) or _fault(error)


def _of_database(error: BaseException) -> ProblemError | None:
    """Say what the database means, where it is no bug: it does not answer, or a function of ours refused what is too much."""
    said_by = error if isinstance(error, psycopg.Error) else error.__cause__
    if isinstance(said_by, ConfigurationLimitExceeded) and said_by.diag.message_detail in refused_by_database:
        return refused_by_database[said_by.diag.message_detail](said_by.diag.message_hint or "")
    state = getattr(said_by, "sqlstate", None)
    if isinstance(error, _UNAVAILABLE) or state in _UNAVAILABLE_STATES:
        logger.error("database.unavailable", extra={"sqlstate": state})
        return Unavailable()
    return None


def _of_apps(error: BaseException) -> ProblemError | None:
    """Ask the apps whether they know why this happened, as when the organization ended meanwhile."""
    answers = (answer for _, answer in fault_met.send_robust(sender=None))
    refusal = next((answer for answer in answers if isinstance(answer, ProblemError)), None)
    if refusal is not None:
        logger.info("request.overtaken", extra={"code": refusal.code, "because": type(error).__name__})
    return refusal


def _fault(error: BaseException) -> ProblemError:
    """Log an error of ours. That PostgreSQL refused a statement is told to whoever keeps the trail."""
    if INSUFFICIENT_PRIVILEGE in (getattr(error, "sqlstate", None), getattr(error.__cause__, "sqlstate", None)):
        statement_refused.send_robust(sender=None)  # whatever comes of it, the error stays what it is
    logger.error("request.failed", exc_info=error)
    return InternalError()


_CODES = {"throttled": "rate_limited", "error": "internal_error", "invalid": "validation_error"}


def _of_framework(error: exceptions.APIException) -> ProblemError:
    if isinstance(error, exceptions.NotAuthenticated):
        return NotAuthenticated()
    if isinstance(error, exceptions.NotFound):
        return NotFound()
    if isinstance(error, exceptions.PermissionDenied):
        return Denied()
    refusal = ProblemError(str(error.detail), code=_CODES.get(str(error.default_code), str(error.default_code)))
    refusal.status = error.status_code
    return refusal


def _field_errors(detail: Any) -> Iterator[dict[str, str]]:
    """Flatten what a serializer found: nested fields are joined by dots, rows of a list are counted from zero.

    What is wrong with the body itself comes before what is wrong inside it. Linear in the number of faults.
    """
    waiting = deque([("", detail)])
    while waiting:
        path, found = waiting.popleft()
        if isinstance(found, exceptions.ErrorDetail):
            yield {"field": _shortened(path), "code": str(found.code), "detail": _shortened(str(found))}
        elif isinstance(found, Mapping):
            waiting.extend((_joined(path, name), inner) for name, inner in found.items())
        else:
            for number, inner in enumerate(found):
                is_leaf = isinstance(inner, exceptions.ErrorDetail)
                waiting.append((path if is_leaf else _joined(path, number), inner))


def _joined(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)


def _shortened(text: str) -> str:
    """Quote so much of a text, and no secret that was sent as a name or in the place of something else."""
    text = without_tokens(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _count(errors: list[dict[str, str]]) -> str:
    if len(errors) > MAX_ERRORS:
        return f"More than {MAX_ERRORS} fields are not valid; {MAX_ERRORS} are named."
    return "1 field is not valid." if len(errors) == 1 else f"{len(errors)} fields are not valid."
