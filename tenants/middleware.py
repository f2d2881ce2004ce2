"""Tenant middleware: answers known hosts and allowed networks only, and enters the organization's scope for a request."""

# Note [Streamed responses]
# The middleware returns before a server asks for the first part of a streamed response. So each part is made as the role,
# and in the context, of the request; and whatever was entered for it is left before it is sent. A client that reads slowly,
# or goes away, holds no connection, no transaction and no scope. A part may therefore begin no transaction that another
# is to end: what has to be one snapshot is no matter for a stream.
#
# A client may read for hours, so before a part, about once a second, the apps above are asked whether who acts may still do so.
# An agent that was stopped, a key that was revoked, a person whose sessions have ended gets no further part: the connection
# breaks off, so that nobody takes what came for the whole.

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from tenants.models import Organization
from tenants.policies import NetworkNotAllowed, require_allowed_network
from tenants.resolution import WrongOrganization, require_known_host, resolve, scope_of_host
from tenants.scope import use_platform, use_tenant
from workix.api.problems import problem_of, problem_response
from workix.core.current import Current
from workix.core.errors import ProblemError
from workix.core.signals import entrance_refused, response_going_on

#: In seconds: so often it is asked. See Note [Streamed responses].
ASKED_EVERY = 1.0
#: Answered on every host, since those who ask know the machine and not its name.
HEALTH = "/health/"


class KnownHostMiddleware:
    """Refuses a host that is nobody's before anything answers in its name: a redirect would repeat it, a file serve it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(HEALTH):
            try:
                require_known_host(request)
            except (ProblemError, OperationalError, InterfaceError) as error:
                return problem_response(problem_of(error))
        return self.get_response(request)


class OrganizationMiddleware:
    """Everything inside runs as one organization's role, or as the platform's; nothing runs as nobody known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(HEALTH):
            return self.get_response(request)
        try:
            organization = _let_in(request)
        except (ProblemError, OperationalError, InterfaceError) as error:
            return problem_response(problem_of(error))
        scope = use_tenant(organization) if organization else use_platform()
        with scope:
            wrapper = scope.wrapper  # to look it up once more costs more than all that is counted with it
            before = wrapper.database_seconds
            response: HttpResponseBase = self.get_response(request)
            request.context = Current.context  # type: ignore[attr-defined]  # for the line in the access log
            request.database_seconds = wrapper.database_seconds - before  # type: ignore[attr-defined]  # for who counts it
            if isinstance(response, StreamingHttpResponse):
                _keep_scope(response, organization)
            return response


def _let_in(request: HttpRequest) -> Organization | None:
    """Return whose scope a request enters. Who is refused is written down where they tried to come in, as nobody."""
    organization = None
    try:
        organization = resolve(request)
        if organization is not None:
            require_allowed_network(organization)
    except (WrongOrganization, NetworkNotAllowed) as refusal:
        with use_tenant(organization) if organization else scope_of_host(request):
            entrance_refused.send(sender=None, code=refusal.code, method=request.method, path=request.path)
        raise
    return organization


def _keep_scope(response: StreamingHttpResponse, organization: Organization | None) -> None:
    """Let the rest of a response be made for the organization (None: the platform) and the actor of now."""
    parts: Iterator[bytes] = iter(response.streaming_content)  # type: ignore[arg-type]  # no async view is ours
    response.streaming_content = _ScopedParts(parts, organization)


class _ScopedParts:
    """See Note [Streamed responses]."""

    def __init__(self, parts: Iterator[bytes], organization: Organization | None) -> None:
        self._parts, self._organization, self._context = parts, organization, Current.context
        self._asked_at = time.monotonic()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with Current.resumed(self._context), use_tenant(self._organization) if self._organization else use_platform():
            if time.monotonic() - self._asked_at >= ASKED_EVERY:
                response_going_on.send(sender=None)
                self._asked_at = time.monotonic()
            return next(self._parts)
