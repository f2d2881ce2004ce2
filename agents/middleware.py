"""Dry run middleware, inside of what counts and limits: what a request would do is answered, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from agents.dry_run import HEADER, is_asked
from agents.effects import counted, told
from tenants.backend.dry_run import dry_run
from workix.api.problems import problem_response
from workix.core.current import Current
from workix.core.errors import ProblemError


class DryRunMiddleware:
    """See Note [What a dry run says] in agents/effects.py."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            if not is_asked(request):
                return self.get_response(request)
            with dry_run() as run, Current.scoped(dry_run=True):
                before = counted()
                response = told(self.get_response(request), run, before)
        except ProblemError as refusal:
            return problem_response(refusal)
        response.headers[HEADER] = "true"
        return response
