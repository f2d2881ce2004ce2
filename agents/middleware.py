"""Agent and dry run middlewares, inside of what counts: what an agent may do at all, and what a request would do, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agents.authentication import find
from agents.dry_run import HEADER, MUTATING, is_asked
from agents.effects import counted, told
from agents.limits.budget import is_report
from agents.limits.enforcement import enforce
from agents.models import Agent, Mode
from agents.modes import require_allowed
from agents.proposals.supervision import supervised
from agents.runs.headers import require_reason
from agents.runs.middleware import keep_reason
from tenants.backend.dry_run import dry_run
from workix.api.problems import problem_response
from workix.core.current import Current
from workix.core.errors import ProblemError
from workix.web.cors import API


class AgentMiddleware:
    """Finds the agent that asks, and holds what it changes to its mode and limits. See Note [Found before the view]."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = find(request) if request.path.startswith(API) else None
        if found is None:
            return self.get_response(request)
        now = timezone.now()
        try:
            limits = enforce(found.agent, request, now=now)
            keep_reason(request)
            response = self._answer(request, found.agent, now=now)
        except ProblemError as refusal:
            return problem_response(refusal, request)
        for name, value in limits.items():
            response.headers.setdefault(name, value)
        return response

    def _answer(self, request: HttpRequest, agent: Agent, *, now: datetime) -> HttpResponse:
        if request.method in MUTATING and not is_report(request, agent):
            require_reason()
            is_tried = is_asked(request)
            require_allowed(request, agent, is_tried=is_tried)
            if agent.mode == Mode.SUPERVISED and not is_tried:
                return supervised(request, self.get_response, now=now)
        return self.get_response(request)


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
