"""Reason middleware: what a request of the API says of why, and of which run, is in Current for all that is done inside."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from agents.runs.headers import REASON, TRACE, read_reason, read_trace
from workix.api.problems import problem_response
from workix.core.current import Current
from workix.core.errors import Invalid
from workix.web.cors import API


class ReasonMiddleware:
    """Inside of what counts and limits, agents' calls too: there it is read before. See Note [A reason in a header]."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API):
            try:
                keep_reason(request)
            except Invalid as refusal:
                return problem_response(refusal)
        return self.get_response(request)


def keep_reason(request: HttpRequest) -> None:
    """Put into Current what a request says of why, and of which run.

    :raises Invalid: when it says it in no form that is kept.
    """
    reason, trace = request.headers.get(REASON), request.headers.get(TRACE)
    if reason is not None:
        Current.update(reason=read_reason(reason))
    if trace is not None:
        run_id, step_id = read_trace(trace)
        Current.update(run_id=run_id, step_id=step_id)
