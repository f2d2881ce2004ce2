"""Malformed requests (NUL characters, charset) outside the API: refused with 400 or 415 before a page reads them."""

# Note [Text that reaches SQL]
# No database keeps NUL, and none keeps a lone surrogate. In the API every parameter is looked at by what reads it. Django's
# admin puts words of an address into queries as they are, so there they are looked at here, before any page.
# Three ways lead to such a word: %00 in the query, an octal escape in a quoted cookie, and a charset named beside the
# body, by which Django decodes the address too: `charset=unicode_escape` makes of plain ASCII whatever one likes. By some
# (`hex`) it can decode nothing, and says so while it makes the request, before any middleware: so the server's side of
# the platform writes every charset but UTF-8 as one that nobody knows.

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.http import HttpRequest, HttpResponse

from workix.api.problems import problem_response
from workix.core.errors import Invalid, ProblemError

API = "/api/"
_UTF_8 = ("utf-8", "utf8", "us-ascii")
_NAMES_UTF_8 = re.compile(rf';\s*charset\s*=\s*"?(?:{"|".join(_UTF_8)})"?\s*(?:;|$)', re.IGNORECASE)


class UnsupportedCharset(ProblemError):
    status = 415
    code = "unsupported_media_type"
    detail = "Send text in UTF-8."


class WellFormedMiddleware:
    """See Note [Text that reaches SQL]."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal = _fault(request)
        return self.get_response(request) if refusal is None else problem_response(refusal)


def in_utf_8_only(application: WSGIApplication) -> WSGIApplication:
    """Name any other charset, and two of them, one that is unknown, so that Django decodes by none of them."""

    def serve(variables: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        sent: str = variables.get("CONTENT_TYPE", "")
        named = sent.lower().count("charset")
        if named and (named > 1 or not _NAMES_UTF_8.search(sent)):
            variables["CONTENT_TYPE"] = f"{sent.partition(';')[0]}; charset=unknown"
        return application(variables, start_response)

    return serve


def _fault(request: HttpRequest) -> ProblemError | None:
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in _UTF_8:
        return UnsupportedCharset()
    in_query = "%00" in request.META.get("QUERY_STRING", "") and not request.path.startswith(API)
    in_cookie = "\\" in request.META.get("HTTP_COOKIE", "") and any("\0" in each for each in request.COOKIES.values())
    return Invalid("The request is malformed.", code="parse_error") if in_query or in_cookie else None
