"""Where a sign-on begins: GET /sso/{provider}/ sends a browser on to the identity provider of the organization's."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import IdentityProvider, SignOn, SignOnPurpose, User
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
    require_open(organization_here())
    if "return_to" not in request.GET and "code_challenge" not in request.GET:
        path = path_of_ours(request.GET.get("next", ""))
        pages = SignOn(provider=provider, purpose=SignOnPurpose.PAGES, return_to=path)
        return sent_on(request, attempts.begin(pages, now=now))
    challenge = request.GET.get("code_challenge", "")
    if not CHALLENGE.fullmatch(challenge) or request.GET.get("code_challenge_method", "S256") != "S256":
        raise Invalid("Send the S256 challenge of a verifier (RFC 7636).", field="code_challenge")
    page = page_of_front_end(request.GET.get("return_to", ""), request)
    row = SignOn(provider=provider, purpose=SignOnPurpose.CODE, return_to=page, code_challenge=challenge)
    return sent_on(request, attempts.begin(row, now=now))


@require_GET
def begin_by_ticket(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Send the browser on that brings the ticket of a step-up. See Note [Step-up by a provider].

    :raises NotFound: when there is no such provider, or it is not enabled.
    :raises AttemptNotValid: when the ticket is not good, or was brought before.
    """
    provider = provider_here(provider_id)
    if not provider.is_enabled:
        raise Http404
    require_open(organization_here())
    return sent_on(request, attempts.hand_over(request.GET.get("ticket", ""), provider=provider, now=timezone.now()))


def begin_test(request: HttpRequest, provider: IdentityProvider, *, admin: User) -> HttpResponse:
    """Begin a sign-on that opens no session, and shows an admin what comes back."""
    row = SignOn(provider=provider, purpose=SignOnPurpose.TEST, begun_by=admin)
    return sent_on(request, attempts.begin(row, now=timezone.now()))


def sent_on(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Send a browser on to the provider, with what binds the attempt to it.

    :raises SignOnFailed: when the provider does not say where that is.
    """
    protocol = protocol_named(attempt.provider.protocol)
    response = HttpResponseRedirect(protocol.address(attempt, callback_address(request, attempt.provider)))
    attempts.remember(response, attempt)
    return response


def organization_here() -> Organization:
    """Return whose host was asked."""
    organization = Current.organization
    assert isinstance(organization, Organization)  # of a request
    return organization
