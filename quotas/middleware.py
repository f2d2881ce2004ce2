"""Middlewares: use by organization; rate limits with their headers, what was refused uncounted, and how many are in flight."""

# Note [Refused uncounted]
# The throttle counts a request of whoever may come in. Who is not let in (no credential, one that is none, a permission that
# is lacking, a path that leads nowhere) never gets there: it is counted on its way out, as whose it is then known to be, and
# answered with 429 where that is one too many. So guessing at credentials and paths is limited as all else is.

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from quotas.heavy_use.counter import COUNTER
from quotas.throttling.in_flight import InFlight, OrganizationBusy
from quotas.throttling.requests import COUNTED, LIMIT, count_request
from workix.api.problems import problem_response
from workix.core.current import Current
from workix.core.errors import TooMany
from workix.web.cors import API


class UseMiddleware:
    """Around the scope of the organization, which says what a request was: counts what one asks. See Note [Heavy use]."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        response = self.get_response(request)
        context = getattr(request, "context", None)  # whoever was not let in has none
        if context is not None and context.organization is not None:
            COUNTER.count_request(context.organization.id, response.status_code, request.database_seconds)
        return response


class RateLimitMiddleware:
    """Inside the scope of the organization, and around everything that may refuse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most, organization = settings.WORKIX.requests_at_once, Current.find_organization()
        if most is None or organization is None:
            return self._answer(request)
        try:
            with InFlight(organization.id, most=most):
                return self._answer(request)
        except OrganizationBusy as refusal:
            return problem_response(refusal)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        counted = request.META.get(COUNTED)
        if counted is None:
            if not request.path.startswith(API):
                return response
            try:
                counted = count_request(Current.context)
            except TooMany as refusal:
                return problem_response(refusal)
        if counted:
            headers = response.headers
            has_its_own = LIMIT in headers  # a counter of the operation's own; both headers come together
            for name, value in counted.items():
                headers[name] = f"{headers[name]}, {value}" if has_its_own else value
        return response
