"""Statuses of gRPC (google.rpc.Status, ErrorInfo): a problem of ours as the code and details of a call that failed."""

# Note [The same problems]
# What REST answers as problem+json is answered here as a google.rpc.Status in the trailing metadata
# `grpc-status-details-bin`: the problem's code is the reason of an ErrorInfo (in capitals, as its format asks), its further
# members are the ErrorInfo's metadata, faulty fields a BadRequest, Retry-After a RetryInfo, the request's id a RequestInfo.
# Sources: google/rpc/error_details.proto, https://google.aip.dev/193.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RequestInfo, RetryInfo
from google.rpc.status_pb2 import Status

from workix.api.idempotency import StillRunning
from workix.api.problems import problem
from workix.core.errors import ProblemError

DOMAIN = "workix.dev"
DETAILS = "grpc-status-details-bin"
#: What says more than the status of HTTP does.
_BY_CODE = {
    "quota_exceeded": grpc.StatusCode.RESOURCE_EXHAUSTED,
    "deadline_exceeded": grpc.StatusCode.DEADLINE_EXCEEDED,
}
_BY_STATUS = {
    400: grpc.StatusCode.INVALID_ARGUMENT,
    401: grpc.StatusCode.UNAUTHENTICATED,
    403: grpc.StatusCode.PERMISSION_DENIED,
    404: grpc.StatusCode.NOT_FOUND,
    409: grpc.StatusCode.FAILED_PRECONDITION,
    429: grpc.StatusCode.RESOURCE_EXHAUSTED,
    503: grpc.StatusCode.UNAVAILABLE,
}
_MEMBERS = {"type", "title", "status", "code", "detail", "request_id", "errors"}


def code_of(refusal: ProblemError) -> grpc.StatusCode:
    """Return the code of gRPC that a problem has."""
    if isinstance(refusal, StillRunning):
        return grpc.StatusCode.ABORTED  # it may be sent again
    return _BY_CODE.get(refusal.code) or _BY_STATUS.get(refusal.status, grpc.StatusCode.INTERNAL)


def details_of(refusal: ProblemError) -> bytes:
    """Write a problem as a google.rpc.Status, and count it. See Note [The same problems]."""
    body = problem(refusal)
    number: int = code_of(refusal).value[0]
    status = Status(code=number, message=refusal.detail, details=_details(body, refusal))
    written: bytes = status.SerializeToString()
    return written


def _details(body: Mapping[str, Any], refusal: ProblemError) -> list[AnyMessage]:
    more = {name: _text(value) for name, value in body.items() if name not in _MEMBERS}
    found: list[Message] = [ErrorInfo(reason=refusal.code.upper(), domain=DOMAIN, metadata=more)]
    if body.get("errors"):
        found.append(BadRequest(field_violations=[_violation(**each) for each in body["errors"]]))
    if "Retry-After" in refusal.headers:
        retry = RetryInfo()
        retry.retry_delay.FromSeconds(int(refusal.headers["Retry-After"]))
        found.append(retry)
    found.append(RequestInfo(request_id=body["request_id"]))
    return [_packed(each) for each in found]


def _violation(*, field: str, code: str, detail: str) -> BadRequest.FieldViolation:
    return BadRequest.FieldViolation(field=field, reason=code.upper(), description=detail)


def _packed(message: Message) -> AnyMessage:
    packed = AnyMessage()
    packed.Pack(message)
    return packed


def _text(value: object) -> str:
    return "" if value is None else str(value)
