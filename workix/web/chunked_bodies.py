"""Chunked bodies (Transfer-Encoding: chunked, RFC 9112): read by the server, and given to Django with their length."""

# Note [Bodies without a length]
# Django reads as many bytes as Content-Length says; where there is none, it reads nothing, and a view acts on an empty
# body: a POST that asks for 500 units took 1. A server that decodes chunks says so in the WSGI environment, and there the
# body is read here, up to the size any body may have. Whatever else comes without a length is refused with 411.

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.http import HttpRequest, HttpResponse

from workix.api.problems import problem_response
from workix.core.errors import ProblemError


class LengthRequired(ProblemError):
    status = 411
    code = "length_required"
    detail = "Send the body with a Content-Length, or chunked and not compressed."


def with_length(application: WSGIApplication, *, largest: int) -> WSGIApplication:
    """Give every chunked body its length before `application` sees it. One byte too many is enough to be refused for."""

    def serve(variables: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        is_chunked = variables.get("HTTP_TRANSFER_ENCODING", "").strip().lower() == "chunked"
        if is_chunked and variables.get("wsgi.input_terminated") and not variables.get("CONTENT_LENGTH"):
            body = variables["wsgi.input"].read(largest + 1)
            del variables["HTTP_TRANSFER_ENCODING"]
            variables |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
        return application(variables, start_response)

    return serve


class LengthRequiredMiddleware:
    """Refuses a body nobody has read. See Note [Bodies without a length]."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "HTTP_TRANSFER_ENCODING" in request.META:
            return problem_response(LengthRequired())
        return self.get_response(request)
