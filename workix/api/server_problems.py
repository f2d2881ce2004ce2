"""Problems that only the server answers: malformed, late and oversized requests (400, 408, 414, 417, 431, 501)."""

from __future__ import annotations

from workix.core.errors import ProblemError


class Malformed(ProblemError):
    status = 400
    code = "malformed_request"
    detail = "This is no request as RFC 9112 writes it."


class RequestTimeout(ProblemError):
    status = 408
    code = "request_timeout"
    detail = "The request did not arrive in time."


class ExpectationFailed(ProblemError):
    status = 417
    code = "expectation_failed"
    detail = "The only expectation we meet is 100-continue."


class UnknownCoding(ProblemError):
    status = 501
    code = "not_implemented"
    detail = "The only transfer coding we read is chunked."


class UriTooLong(ProblemError):
    status = 414
    code = "uri_too_long"
    detail = "The address is too long."


class HeadTooLarge(ProblemError):
    status = 431
    code = "request_header_fields_too_large"
    detail = "The header fields are too large."
