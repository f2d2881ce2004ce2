"""OpenID Connect as a protocol of single sign-on: its settings, and the authorization request (code flow, PKCE S256, nonce)."""

# Note [Redirect URIs]
# Every provider has a redirect URI of its own. So an answer of one can't be passed off as another's (mix-up), whether or not it
# says by `iss` whose it is (RFC 9207); if it does, that is compared as well. Source: RFC 9700, section 4.4.2.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from accounts.models import IdentityProvider
from accounts.single_sign_on.attempts import Attempt, challenge_of
from accounts.single_sign_on.oidc.discovery import metadata_of
from workix.core.errors import Invalid
from workix.web.outgoing import check_url

SCOPES = "openid email profile"
_LONGEST_CLIENT_ID = 255
#: `max_age` obliges the provider to say `auth_time`, too (OpenID Connect Core, 3.1.2.1).
_ANEW = {"prompt": "login", "max_age": "0"}


def check_settings(said: Mapping[str, Any]) -> dict[str, Any]:
    """Read issuer, client id and the name of the claim that holds groups.

    :raises Invalid: when one of them can't be.
    """
    unknown = said.keys() - {"issuer", "client_id", "groups_claim"}
    if unknown:
        raise Invalid("OpenID Connect has no such setting.", field=f"settings.{min(unknown)}", problem="unknown_field")
    try:
        issuer = check_url(str(said.get("issuer", "")))
    except ValueError as error:
        raise Invalid(f"The issuer {error}.", field="settings.issuer") from None
    if "?" in issuer:
        raise Invalid("An issuer has no query.", field="settings.issuer")
    return {
        "issuer": issuer,
        "client_id": _line(said, "client_id"),
        "groups_claim": _line(said, "groups_claim") or "groups",
    }


def is_complete(provider: IdentityProvider) -> bool:
    return bool(provider.settings.get("issuer") and provider.settings.get("client_id"))


def address(attempt: Attempt, callback: str) -> str:
    """Return where the browser goes: the authorization endpoint, with a request of ours.

    :raises SignOnFailed: when the provider does not say where that is.
    """
    settings = attempt.provider.settings
    endpoint = metadata_of(settings["issuer"]).authorization_endpoint
    asked = {
        "response_type": "code",
        "client_id": settings["client_id"],
        "redirect_uri": callback,
        "scope": SCOPES,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": challenge_of(attempt.code_verifier),
        "code_challenge_method": "S256",
        **(_ANEW if attempt.is_step_up else {}),
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def _line(said: Mapping[str, Any], name: str) -> str:
    text = str(said.get(name, "")).strip()
    if len(text) > _LONGEST_CLIENT_ID or not text.isprintable():
        raise Invalid("This is one line of 255 characters at most.", field=f"settings.{name}")
    return text
