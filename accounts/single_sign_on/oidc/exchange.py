"""Exchanging the code (token request) for an ID token, and reading who it is; UserInfo says what the ID token leaves out."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus, urlencode

from accounts.models.identity_provider import LONGEST_SUBJECT
from accounts.single_sign_on import provider_secrets
from accounts.single_sign_on.attempts import Attempt
from accounts.single_sign_on.identity import Identity, SignOnFailed
from accounts.single_sign_on.oidc.discovery import Metadata, metadata_of
from accounts.single_sign_on.oidc.id_token import claims_of
from workix.web.outgoing import OutgoingError, fetch

_MOST_GROUPS = 1_000


def identity_of_code(attempt: Attempt, code: str, *, callback: str) -> Identity:
    """Return who came, by a code that is good once.

    :raises SignOnFailed: when the provider gives nothing for it, or what it gives can't be trusted.
    """
    settings = attempt.provider.settings
    metadata = metadata_of(settings["issuer"])
    tokens = _exchanged(attempt, metadata, code, callback)
    id_token = tokens.get("id_token")
    if not isinstance(id_token, str):
        raise SignOnFailed("The provider gave no ID token.")
    claims = claims_of(id_token, metadata, client_id=settings["client_id"], nonce=attempt.nonce)
    authenticated_at = _moment(claims.get("auth_time"))  # of the ID token alone: UserInfo is not of this authentication
    if "email" not in claims and metadata.userinfo_endpoint:
        claims = _userinfo(metadata, tokens, claims["sub"]) | claims
    return _identity(attempt, claims, authenticated_at)


def _exchanged(attempt: Attempt, metadata: Metadata, code: str, callback: str) -> dict[str, Any]:
    client_id, secret = attempt.provider.settings["client_id"], provider_secrets.reveal(attempt.provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback,
        "code_verifier": attempt.code_verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if secret and not metadata.takes_secret_in_body:
        pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"  # Source: RFC 6749, section 2.3.1
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": client_id} | ({"client_secret": secret} if secret else {})
    try:
        answer = fetch(metadata.token_endpoint, method="POST", headers=headers, body=urlencode(form).encode())
        if answer.status != 200:
            raise SignOnFailed(
                f"The provider gave no token for the code ({answer.status}): are client id and secret right?"
            )
        return answer.json()
    except OutgoingError as error:
        raise SignOnFailed(f"The token endpoint: {error}") from error


def _userinfo(metadata: Metadata, tokens: Mapping[str, Any], subject: str) -> dict[str, Any]:
    """Ask for the claims that are not in the ID token. They must be of the same subject (OpenID Connect Core, 5.3.2)."""
    access = tokens.get("access_token")
    if not isinstance(access, str) or not access.isascii() or not access.isprintable():
        return {}
    try:
        answer = fetch(metadata.userinfo_endpoint, headers={"Authorization": f"Bearer {access}"})
        said = answer.json() if answer.status == 200 else {}
    except OutgoingError as error:
        raise SignOnFailed(f"The UserInfo endpoint: {error}") from error
    if said and said.get("sub") != subject:
        raise SignOnFailed("UserInfo is of another subject than the ID token.")
    return said


def _identity(attempt: Attempt, claims: Mapping[str, Any], authenticated_at: datetime | None) -> Identity:
    subject = claims["sub"]
    if not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise SignOnFailed("The subject is none: 1 to 255 characters.")
    groups = claims.get(attempt.provider.settings["groups_claim"])
    listed = groups if isinstance(groups, list) else [groups]
    return Identity(
        provider=attempt.provider,
        subject=subject,
        email=_text(claims, "email"),
        is_email_verified=claims.get("email_verified") is True,
        first_name=_text(claims, "given_name"),
        last_name=_text(claims, "family_name"),
        groups=frozenset(each for each in listed[:_MOST_GROUPS] if isinstance(each, str)),
        authenticated_at=authenticated_at,
    )


def _moment(seconds: object) -> datetime | None:
    """Read `auth_time`; what is no time is none."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if type(seconds) is int else None
    except (OverflowError, ValueError, OSError):
        return None


def _text(claims: Mapping[str, Any], name: str) -> str:
    """Return a claim, "" where it is missing or is no text that can be printed."""
    found = claims.get(name)
    return found if isinstance(found, str) and found.isprintable() else ""
