"""HTML problem pages: a person in a browser reads an error (problem+json) as a page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

import orjson
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from workix.api.problems import CONTENT_TYPE, problem_response
from workix.core.current import Context
from workix.core.errors import CsrfFailed

#: Where only people are: here a problem becomes a page. Everywhere else it stays what the contract says.
PEOPLES_PATHS = ("/admin/",)


class ProblemPagesMiddleware:
    """Makes a page of a problem that a person is to read; everything else passes at the cost of a look at its type."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith(CONTENT_TYPE) and _reads_pages(request):
            return _page_of(request, response)
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was not sent from a page of ours (Django's CSRF_FAILURE_VIEW)."""
    return problem_response(CsrfFailed())


def _reads_pages(request: HttpRequest) -> bool:
    return request.path.startswith(PEOPLES_PATHS) and "text/html" in request.META.get("HTTP_ACCEPT", "")


def _page_of(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Write a problem as a page. It asks nothing of the database, which may be what is wrong."""
    status = HTTPStatus(response.status_code)
    seen: Context | None = getattr(request, "context", None)
    context = {
        "problem": orjson.loads(response.content),
        "phrase": status.phrase,
        "organization": seen.organization if seen else None,
    }
    page = render_to_string("pages/problem.html", context)
    headers = {name: value for name, value in response.headers.items() if name in ("Retry-After", "WWW-Authenticate")}
    return HttpResponse(page, status=status, headers=headers)
