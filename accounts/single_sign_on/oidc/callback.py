"""The redirect URI of OpenID Connect (authorization response): state, iss and code come back, and who it is is read of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.single_sign_on import attempts
from accounts.single_sign_on.addresses import callback_address, provider_here
from accounts.single_sign_on.attempts import Attempt
from accounts.single_sign_on.completion import complete
from accounts.single_sign_on.identity import Identity, SignOnFailed
from accounts.single_sign_on.oidc.discovery import metadata_of
from accounts.single_sign_on.oidc.exchange import identity_of_code

_LONGEST_CODE = 4_096


@require_GET
def callback(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Use up the attempt, read the answer, and lead on.

    :raises AttemptNotValid: when this browser began no such sign-on with this provider, or it is over, or was answered.
    """
    provider, now = provider_here(provider_id), timezone.now()
    state, browser = request.GET.get("state", ""), attempts.browser_of(request)
    attempt = attempts.use_up(state, browser, provider=provider, now=now)
    response = complete(request, attempt, lambda: _identity(request, attempt), now=now)
    attempts.forget(response)
    return response


def _identity(request: HttpRequest, attempt: Attempt) -> Identity:
    settings = attempt.provider.settings
    metadata = metadata_of(settings["issuer"])
    named = request.GET.getlist("iss")
    if (named or metadata.names_itself) and named != [metadata.issuer]:
        raise SignOnFailed("The answer is of another issuer, or does not say of which (RFC 9207).")
    if "error" in request.GET:
        raise SignOnFailed(f"The provider refused: {request.GET['error'][:100]}.")
    codes = request.GET.getlist("code")
    if len(codes) != 1 or not 0 < len(codes[0]) <= _LONGEST_CODE:
        raise SignOnFailed("The answer has no code.")
    return identity_of_code(attempt, codes[0], callback=callback_address(request, attempt.provider))
