"""A call from its bytes to its answer: what the middlewares of REST do for a request, as one function calls the next."""

# Note [The way of a call]
# Request id and circumstances (workix.web.request), organization of the credential and whether it is open (tenants.resolution),
# its networks (tenants.policies), how many calls of it are under way and how often it may call (quotas.throttling), why (agents.
# runs), who asks (accounts.authentication, agents.authentication) and an agent's own limit (agents.limits), the permission, the
# capability; around all of it what is measured and logged. All of these are the functions that REST calls. What is not here is
# what only browsers need: hosts, cookies, CSRF, CORS; docs/grpc.md names each. There is no host, so the organization is that of
# the credential alone, and without a credential nothing is answered (health and reflection are).

# Note [Agents]
# What an agent changes may have to be tried first, or to wait until somebody approves it: a proposal is a request to REST that is
# kept. So over gRPC an agent may ask, and changes nothing. Each call counts for its limit (agents/limits/calls.py), also one that
# is refused for changing something; a key of an agent that somebody else asks about (Introspect) makes no call.

# Note [Nothing is tried here]
# A dry run is REST's, too. Who asks for one here does not get the act itself in its place: it is refused.

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from google.protobuf.message import DecodeError, Message

from accounts.authentication.api_key import ApiKeyAuthentication
from accounts.authentication.bearer import BearerAuthentication, organization_of_credential
from accounts.models import ApiKey, User
from accounts.tokens.access_tokens import TokenNotValid
from agents.authentication import Found, found_of
from agents.authentication import find as find_agent
from agents.dry_run import DryRunRefused
from agents.limits.calls import count_call
from agents.modes import NotForAgents
from agents.runs.middleware import keep_reason
from gateway.grpc.deadlines import Call
from gateway.grpc.known_keys import find_known, forget, remember
from quotas.throttling.in_flight import InFlight
from quotas.throttling.requests import COUNTED, Headers, count_request
from tenants.models import Organization, Status
from tenants.policies import NetworkNotAllowed, require_allowed_network
from tenants.resolution import OrganizationSuspended, find_by_id
from tenants.scope import use_tenant
from workix.api.problems import problem_of
from workix.core.current import ANONYMOUS, Current
from workix.core.errors import Denied, Invalid, NotAuthenticated, ProblemError
from workix.core.permissions import holds
from workix.core.signals import access_refused, entrance_refused

#: In bytes. The largest message is a credential in a few fields.
LARGEST_MESSAGE = 65_536
WHY = {"HTTP_WORKIX_REASON", "HTTP_WORKIX_TRACE"}
_DRY_RUN = "HTTP_WORKIX_DRY_RUN"

Who = User | ApiKey
#: SQL that answers with one boolean, and its parameters.
Condition = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, by whom, and with which metadata."""

    message: Any
    who: Who
    request: HttpRequest
    #: What is told beside the answer, or the refusal: rate limits among it, as REST's headers do.
    said: Headers


@dataclass(frozen=True, slots=True)
class Method:
    """One method of a service: what it takes, which permission (None: one's own matters alone), and who does it."""

    takes: type[Message]
    permission: str | None
    answer: Callable[[Asked], Message]
    #: Does it in one statement under a condition, or returns None: see Note [Believed until the statement].
    at_once: Callable[[Asked, Condition], Message | None] | None = None
    #: Whether it changes anything: see Note [Agents].
    changes: bool = False


def answered(method: Method, sent: bytes, request: HttpRequest, context: Any, said: Headers) -> Message:
    """Answer a call; whatever comes of it, `said` is what is told beside. See Note [The way of a call].

    :raises ProblemError: for every "no".
    """
    organization = _organization_of(request)
    with (scope := use_tenant(organization)):
        try:
            _let_in(organization, request)
            with Call(context, scope.wrapper), _in_flight(organization):
                return _counted(method, sent, request, said)
        except Exception as error:
            raise problem_of(error) from error  # in here, where the trail of the organization is at hand
        finally:
            request.context = Current.context  # type: ignore[attr-defined]  # for the line in the access log, as REST does


def _in_flight(organization: Organization) -> AbstractContextManager[None]:
    most = settings.WORKIX.requests_at_once
    return nullcontext() if most is None else InFlight(organization.id, most=most)


def _counted(method: Method, sent: bytes, request: HttpRequest, said: Headers) -> Message:
    """Answer, and count what is refused before it was counted: Note [Refused uncounted] in quotas/middleware.py."""
    try:
        return _answered_inside(method, sent, request, said)
    except Exception:
        _count(request, said)
        raise


def _count(request: HttpRequest, said: Headers) -> None:
    if COUNTED not in request.META:
        request.META[COUNTED] = True  # whatever comes of it
        tell(said, count_request(Current.context))


def tell(said: Headers, more: Mapping[str, str]) -> None:
    """Say more, beside what was said under the same name."""
    for name, value in more.items():
        said[name] = f"{said[name]}, {value}" if name in said else value


def _answered_inside(method: Method, sent: bytes, request: HttpRequest, said: Headers) -> Message:
    if method.at_once is not None and (known := find_known(request)) is not None:
        _keep_reason(request)
        message = _at_once(method, sent, request, said, known)
        if message is not None:
            return message
    who = _authenticated(request)
    found = found_of(request)
    if isinstance(found, Found):
        tell(said, count_call(found.agent, now=timezone.now()))
    elif isinstance(who, ApiKey):
        remember(request, who)
    _count(request, said)
    _keep_reason(request)
    if method.permission is not None:
        require_permission(who, method.permission, request)
    _require_doing(method, request)
    return method.answer(Asked(_read(method.takes, sent), who, request, said))


def _keep_reason(request: HttpRequest) -> None:
    """Keep what the metadata say of why, once it is counted who says it."""
    if not WHY.isdisjoint(request.META):
        keep_reason(request)


def _require_doing(method: Method, request: HttpRequest) -> None:
    """Refuse what would change something, where it may not. See Note [Agents] and Note [Nothing is tried here].

    :raises DryRunRefused: when it is to be tried.
    :raises NotForAgents: when an agent asks.
    """
    if not method.changes:
        return
    if request.META.get(_DRY_RUN, "false") != "false":
        raise DryRunRefused("Nothing is tried over gRPC, and nothing was done: try it over REST.")
    if Current.actor.type == "agent":
        raise NotForAgents("Agents change things over REST or MCP, where what they do can be tried and approved.")


def require_permission(who: Who, permission: str, request: HttpRequest) -> None:
    """Let pass who holds a permission; who does not is told to the trail, as REST does.

    :raises Denied: for everybody else.
    """
    if not holds(who, permission):
        access_refused.send(sender=Method, permission=permission, method=request.method, path=request.path)
        raise Denied


def _at_once(
    method: Method, sent: bytes, request: HttpRequest, said: Headers, known: tuple[ApiKey, Condition]
) -> Message | None:
    """Answer for a key that is known, if it is still what it was; None: somebody has to look."""
    key, condition = known
    if method.at_once is None or (method.permission is not None and not holds(key, method.permission)):
        return None
    Current.update(actor=key.as_actor())
    _count(request, said)
    _require_doing(method, request)
    message = method.at_once(Asked(_read(method.takes, sent), key, request, said), condition)
    if message is None:
        forget(request)  # who comes with what is none any more counts as nobody known
        Current.update(actor=ANONYMOUS)
    return message


def _organization_of(request: HttpRequest) -> Organization:
    """Return whose credential came, by what it says and its signature or checksum. Strangers count by their address."""
    claimed = organization_of_credential(request)
    organization = find_by_id(claimed) if claimed else None
    if organization is None:
        count_request(Current.context)
        raise (
            TokenNotValid
            if "HTTP_AUTHORIZATION" in request.META
            else NotAuthenticated("Send an API key or an access token in the metadata: authorization: Bearer …")
        )
    if organization.status == Status.SUSPENDED:
        count_request(Current.context)
        raise OrganizationSuspended
    return organization


def _let_in(organization: Organization, request: HttpRequest) -> None:
    try:
        require_allowed_network(organization)
    except NetworkNotAllowed as refusal:
        _tell_of_refusal(refusal, request)
        count_request(Current.context)
        raise


def _authenticated(request: HttpRequest) -> Who:
    try:
        return holder_of(request)
    except NotAuthenticated as refusal:
        _tell_of_refusal(refusal, request)
        raise


def holder_of(request: HttpRequest) -> Who:
    """Return whose credential a request brings, in the organization in scope, and have them be who acts.

    :raises NotAuthenticated: when it is not good here, now.
    :raises OrganizationSuspended: when the organization is not open.
    """
    agent = find_agent(request) or found_of(request)
    if isinstance(agent, ProblemError):
        raise agent
    if agent is not None:
        return agent.owner
    headers: Any = request  # REST's own classes read nothing else of a request
    found: Any = BearerAuthentication().authenticate(headers) or ApiKeyAuthentication().authenticate(headers)
    who: Who = found[0]
    return who


def _tell_of_refusal(refusal: NotAuthenticated | Denied, request: HttpRequest) -> None:
    entrance_refused.send(sender=None, code=refusal.code, method=request.method, path=request.path)


def _read(kind: type[Message], sent: bytes) -> Message:
    try:
        return kind.FromString(sent)
    except DecodeError:
        raise Invalid("The message is malformed.", code="parse_error") from None
