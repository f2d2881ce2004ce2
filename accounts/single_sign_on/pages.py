"""Where a sign-on begins: GET /sso/{provider}/ sends a browser on to the identity provider of the organization's."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import IdentityProvider, SignOnPurpose, User
from accounts.realms import require_open
from accounts.single_sign_on import attempts
from accounts.single_sign_on.addresses import callback_address, provider_here
from accounts.single_sign_on.attempts import Attempt
from accounts.single_sign_on.front_ends.codes import CHALLENGE
from accounts.single_sign_on.front_ends.return_addresses import page_of_front_end, path_of_ours
from accounts.single_sign_on.protocols import protocol_named
from tenants.models import Organization
from workix.core.current import Current
from workix.core.errors import Invalid


@require_GET
def begin(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Begin a sign-on: of pages, which lead to `next`; or of a front-end, which names `return_to` and a `code_challenge`.

    :raises NotFound: when there is no such provider, or it is not enabled.
    :raises Invalid: when a front-end names no page of an allowed origin, or no challenge.
    """
    provider, now = provider_here(provider_id), timezone.now()
    if not provider.is_enabled:
        raise Http404
    require_open(_organization())
    if "return_to" not in request.GET and "code_challenge" not in request.GET:
        path = path_of_ours(request.GET.get("next", ""))
        return _sent_on(request, attempts.begin(provider, purpose=SignOnPurpose.PAGES, return_to=path, now=now))
    challenge = request.GET.get("code_challenge", "")
    if not CHALLENGE.fullmatch(challenge) or request.GET.get("code_challenge_method", "S256") != "S256":
        raise Invalid("Send the S256 challenge of a verifier (RFC 7636).", field="code_challenge")
    page = page_of_front_end(request.GET.get("return_to", ""), request)
    attempt = attempts.begin(provider, purpose=SignOnPurpose.CODE, return_to=page, code_challenge=challenge, now=now)
    return _sent_on(request, attempt)


def begin_test(request: HttpRequest, provider: IdentityProvider, *, admin: User) -> HttpResponse:
    """Begin a sign-on that opens no session, and shows an admin what comes back."""
    now = timezone.now()
    return _sent_on(request, attempts.begin(provider, purpose=SignOnPurpose.TEST, begun_by=admin, now=now))


def _organization() -> Organization:
    organization = Current.organization
    assert isinstance(organization, Organization)  # of a request
    return organization


def _sent_on(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    protocol = protocol_named(attempt.provider.protocol)
    response = HttpResponseRedirect(protocol.address(attempt, callback_address(request, attempt.provider)))
    attempts.remember(response, attempt)
    return response
