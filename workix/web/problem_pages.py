"""HTML problem pages: a person in a browser reads an error (problem+json) as a page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

import orjson
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from workix.api.problems import CONTENT_TYPE, problem_response
from workix.core.current import Context
from workix.core.errors import CsrfFailed

# Note [Who reads a page]
# A browser that goes to an address prefers HTML, and says so; programs, scripts on a page among them, name JSON or anything.
# So what they accept decides, wherever it happens: in the dashboard, at a host nobody has, in an organization that is
# suspended. A host that is nobody's serves no style sheet either: its page takes ours from the platform's host.


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
    """See Note [Who reads a page]."""
    return request.get_preferred_type([CONTENT_TYPE, "application/json", "text/html"]) == "text/html"


def _page_of(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Write a problem as a page. It asks nothing of the database, which may be what is wrong."""
    status = HTTPStatus(response.status_code)
    seen: Context | None = getattr(request, "context", None)
    problem = orjson.loads(response.content)
    platform = settings.WORKIX.public_url if problem["code"] == "unknown_host" else ""
    context = {
        "problem": problem,
        "phrase": status.phrase,
        "organization": seen.organization if seen else None,
        "assets": platform,
        "in_admin": request.path.startswith("/admin/") and not platform,
    }
    page = render_to_string("pages/problem.html", context)
    headers = {name: value for name, value in response.headers.items() if name in ("Retry-After", "WWW-Authenticate")}
    answer = HttpResponse(page, status=status, headers={**headers, "Vary": "Accept"})
    return _loading_from(platform, request, answer) if platform else answer


def _loading_from(platform: str, request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """Let a page load style sheet and picture from the platform's host."""
    allowed = csp_update({"style-src": [platform], "img-src": [platform]})
    return cast(HttpResponse, allowed(lambda _: page)(request))
