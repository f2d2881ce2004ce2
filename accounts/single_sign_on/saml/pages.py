"""The assertion consumer service of SAML (HTTP-POST binding), and our metadata for a provider."""

# Note [Posted once more]
# The provider has the browser post its response from its own site, and no browser sends a SameSite cookie along with
# that: neither what binds the attempt to the browser nor an admin's session. Cookies that come along from anywhere
# (SameSite=None) would be the usual way out. Instead the page that answers posts the same form once more, from our own
# site: then they come along. Nothing is looked at before that.

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.models import IdentityProvider, SignOnProtocol
from accounts.single_sign_on import attempts
from accounts.single_sign_on.addresses import callback_address, provider_here
from accounts.single_sign_on.attempts import Attempt, AttemptNotValid
from accounts.single_sign_on.completion import complete
from accounts.single_sign_on.identity import Identity, SignOnFailed
from accounts.single_sign_on.saml import extra
from accounts.single_sign_on.saml.attributes import identity_of
from accounts.single_sign_on.saml.discovery import describe
from accounts.single_sign_on.saml.messages import certificates
from accounts.single_sign_on.saml.messages.errors import InvalidMessage
from accounts.single_sign_on.saml.messages.expectation import Expectation
from accounts.single_sign_on.saml.own_metadata import CONTENT_TYPE, entity_id_of, write_metadata
from accounts.single_sign_on.saml.protocol import request_id_of, state_of
from tenants.resolution import origins_of_host

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@csrf_exempt  # whose browser it is says the attempt: see Note [Bound to the browser]
@require_POST
def acs(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Use up the attempt that a response answers, verify the response, and lead on.

    :raises AttemptNotValid: when this browser began no such sign-on with this provider, or it is over, or was answered.
    :raises SignOnFailed: when the response is none that can be taken.
    """
    provider, now = _provider(provider_id), timezone.now()
    browser = attempts.browser_of(request)
    if not browser and "again" not in request.POST:
        return _posted_once_more(request)
    response = _parsed(request)
    state = state_of(response.get("InResponseTo", ""))
    attempt = attempts.use_up(state, browser, provider=provider, now=now)
    answer = complete(request, attempt, lambda: _identity(request, attempt, response), now=now)
    attempts.forget(answer)
    return answer


@require_GET
def metadata(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Describe us to a provider. It tells nothing that the address of this page does not."""
    document = write_metadata(callback_address(request, _provider(provider_id)))
    return HttpResponse(document, content_type=CONTENT_TYPE)


def _provider(provider_id: UUID) -> IdentityProvider:
    provider = provider_here(provider_id)
    if provider.protocol != SignOnProtocol.SAML:
        raise Http404
    return provider


def _posted_once_more(request: HttpRequest) -> HttpResponse:
    """Answer with a page that posts the form again. See Note [Posted once more].

    Where it leads from there may be a front-end's page, which the policy of this page (CSP) has to let a form lead to.
    """
    origins = [*settings.WORKIX.allowed_origins, *origins_of_host(request)]
    context = {"response": request.POST.get("SAMLResponse", "")}
    page: Any = csp_update({"form-action": origins})(lambda asked: render(asked, "pages/saml_response.html", context))
    answer: HttpResponse = page(request)
    answer["Cache-Control"] = "no-store"
    return answer


def _parsed(request: HttpRequest) -> Element:
    extra.require()
    from accounts.single_sign_on.saml.messages.responses import parse_response  # noqa: PLC0415  # See Note [The SAML extra]

    sent = request.POST.getlist("SAMLResponse")
    if len(sent) != 1:
        raise AttemptNotValid
    try:
        return parse_response(sent[0])
    except InvalidMessage as error:
        raise SignOnFailed(str(error)) from error


def _identity(request: HttpRequest, attempt: Attempt, response: Element) -> Identity:
    from accounts.single_sign_on.saml.messages.responses import read_response  # noqa: PLC0415  # See Note [The SAML extra]

    now, acs_url = timezone.now(), callback_address(request, attempt.provider)
    known = describe(attempt.provider, now=now)
    expected = Expectation(
        request_id=request_id_of(attempt.state),
        acs_url=acs_url,
        entity_id=entity_id_of(acs_url),
        issuer=known.entity_id,
        certificates=certificates.read(known.certificates),
        now=now,
    )
    try:
        return identity_of(attempt.provider, read_response(response, expected))
    except InvalidMessage as error:
        raise SignOnFailed(str(error)) from error
