"""Beginning step-up by an identity provider (OIDC max_age, SAML ForceAuthn): who may ask a person, and where a browser goes."""

# Note [Step-up by a provider]
# Who signs on has no password here, so their provider asks them once more: OpenID Connect by `prompt=login` and `max_age=0`, SAML
# by `ForceAuthn`. A provider may not care, and answer by the session it has. So what counts is when it says that they proved who
# they are: `auth_time`, `AuthnInstant`. It must have been since the step-up began; what does not say it is refused.
#
# What comes back must be of the person who began, known by the provider's subject, and is good for the session they began
# in. It makes nobody a person, links nothing, changes no role.
#
# A page of ours: its browser has the session, and comes back with it. A client of the API: a browser sends no access token
# along with an address. So the client gets an address with a ticket, good once, in the first browser that brings it; and
# what comes back is a code, for a page of an allowed origin, good in the session that began and with the verifier that
# its client holds. A ticket alone is worth nothing: whoever stole a token and sends its owner the address, so that they prove
# for the thief who they are, gets no code; and the page that gets it has not got the verifier.

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from accounts.models import ExternalIdentity, IdentityProvider, SignOn, SignOnPurpose, User
from accounts.single_sign_on import attempts
from accounts.single_sign_on.attempts import Attempt
from accounts.single_sign_on.front_ends.offered import origin_here
from accounts.single_sign_on.front_ends.return_addresses import page_of_front_end
from workix.core.current import Current
from workix.core.errors import Conflict


class NoProvider(Conflict):
    code = "no_identity_provider"
    detail = "No identity provider that is enabled has signed you on here. Prove by your password or a passkey that it is you."


def providers_of(user: User) -> list[IdentityProvider]:
    """List who can ask somebody once more: enabled providers that know them, the one they came by last first."""
    if Current.find_organization() is None:
        return []
    known = ExternalIdentity.objects.filter(user=user, provider__is_enabled=True).select_related("provider")
    return [each.provider for each in known.order_by("-last_used_at", "-id")]


def begin_in_browser(user: User, session_id: UUID, *, provider: UUID | None, return_to: str, now: datetime) -> Attempt:
    """Begin for a page of ours, in the browser that has the session. See Note [Step-up by a provider].

    :raises NoProvider: when the provider, or any where none is named, does not know them.
    """
    row = _row(user, session_id, _provider_for(user, provider))
    row.return_to = return_to
    return attempts.begin(row, now=now)


def begin_by_client(
    user: User,
    session_id: UUID,
    *,
    provider: UUID | None,
    return_to: str,
    code_challenge: str,
    request: HttpRequest,
    now: datetime,
) -> str:
    """Begin for a client of the API; return where a browser goes. See Note [Step-up by a provider].

    :raises NoProvider: when the provider, or any where none is named, does not know them.
    :raises Invalid: when `return_to` is no page of an allowed origin.
    """
    row = _row(user, session_id, _provider_for(user, provider))
    row.return_to, row.code_challenge = page_of_front_end(return_to, request), code_challenge
    ticket = attempts.issue_ticket(row, now=now)
    return f"{origin_here(request)}sso/{row.provider_id}/step-up/?ticket={ticket}"


def _row(user: User, session_id: UUID, provider: IdentityProvider) -> SignOn:
    return SignOn(provider=provider, purpose=SignOnPurpose.STEP_UP, begun_by=user, begun_in=session_id)


def _provider_for(user: User, provider_id: UUID | None) -> IdentityProvider:
    found = (each for each in providers_of(user) if provider_id in (None, each.id))
    provider = next(found, None)
    if provider is None:
        raise NoProvider
    return provider
