"""What the server itself answers: problem+json for requests that never reach Django (400, 408, 413, 414, 431, 501)."""

from __future__ import annotations

import logging
from http.client import responses

from gunicorn.http import errors
from gunicorn.util import http_date

from workix.api.problems import InternalError, problem_response
from workix.api.server_problems import ExpectationFailed, HeadTooLarge, Malformed, UnknownCoding, UriTooLong
from workix.core.current import Current
from workix.core.errors import ProblemError
from workix.core.models import uuid7
from workix.observability.logging import write_access_line
from workix.observability.request_metrics import UNNAMED
from workix.web.cors import headers_of_platform
from workix.web.security_headers import headers_of_no_page

logger = logging.getLogger("workix.access")


_BY_TYPE: tuple[tuple[type[Exception], type[ProblemError]], ...] = (
    (errors.LimitRequestLine, UriTooLong),
    (errors.LimitRequestHeaders, HeadTooLarge),
    (errors.UnsupportedTransferCoding, UnknownCoding),
    (errors.ExpectationFailed, ExpectationFailed),
    (errors.ParseException, Malformed),
)


def refusal_of(error: BaseException) -> ProblemError:
    """Say in our words why gunicorn does not take a request; anything else is a bug."""
    return next((refusal() for kind, refusal in _BY_TYPE if isinstance(error, kind)), InternalError())


def written(refusal: ProblemError, client: str, *, origin: str = "") -> bytes:
    """Write the whole response, and its line in the access log. The connection ends with it."""
    with Current.fresh(request_id=uuid7().hex, ip_address=client):
        response = problem_response(refusal)
        line = {
            "route": UNNAMED,
            "status": refusal.status,
            "bytes": len(response.content),
            "ip_address": client,
            "request_id": Current.request_id,
            "actor_type": Current.actor.type,
            "code": refusal.code,
        }
        write_access_line(logger, line)
        response["X-Request-ID"] = Current.request_id
    for name, text in headers_of_no_page():
        response[name] = text
    response["Cache-Control"] = "no-store"
    response["Content-Length"] = str(len(response.content))
    response["Date"] = http_date()
    for name, text in headers_of_platform(origin).items():
        response[name] = text
    response["Connection"] = "close"
    head = [
        f"HTTP/1.1 {refusal.status} {responses[refusal.status]}",
        *(f"{name}: {text}" for name, text in response.items()),
    ]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + response.content
