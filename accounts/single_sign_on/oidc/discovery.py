"""OpenID Connect discovery: a provider's metadata and its keys (JWKS), asked for over https and believed for a while."""

# Note [Believed metadata]
# A process keeps what an issuer says of itself for an hour, and its keys, for as many issuers as LARGEST. A key that is not
# there may be new: then the keys are read again, but for one issuer at most once a minute, whatever is sent to us. What is kept
# is the issuer's own word and the same for everybody, so organizations may share it. The issuer it names must be the one that
# was asked.

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from jwt import PyJWK
from jwt.exceptions import PyJWTError

from accounts.single_sign_on.identity import SignOnFailed
from workix.web.outgoing import OutgoingError, check_url, fetch

BELIEVED_SECONDS = 3_600
SECONDS_BETWEEN_LOOKS = 60
LARGEST = 256
MOST_KEYS = 50
WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(slots=True)
class Metadata:
    """What an issuer says of itself (OpenID Connect Discovery 1.0, section 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    takes_secret_in_body: bool
    names_itself: bool
    read_at: float
    keys: dict[str | None, PyJWK] = field(default_factory=dict)
    keys_read_at: float | None = None
    reading: Lock = field(default_factory=Lock)


_known: dict[str, Metadata] = {}


def metadata_of(issuer: str) -> Metadata:
    """Return what an issuer says of itself. See Note [Believed metadata].

    :raises SignOnFailed: when it can't be read, or is another's.
    """
    found = _known.get(issuer)
    if found is None or found.read_at + BELIEVED_SECONDS < time.monotonic():
        found = _read(issuer)
        if len(_known) >= LARGEST:
            _known.clear()
        _known[issuer] = found
    return found


def key_of(metadata: Metadata, kid: str | None) -> PyJWK:
    """Return the key of this name; without one, the only key there is.

    :raises SignOnFailed: when the issuer has none.
    """
    if kid not in metadata.keys:
        with metadata.reading:  # who comes while somebody reads waits for what they read
            _look_again(metadata, kid)
    if kid in metadata.keys:
        return metadata.keys[kid]
    if kid is None and len(metadata.keys) == 1:
        return next(iter(metadata.keys.values()))
    raise SignOnFailed("The ID token is signed with a key that the provider does not publish.")


def forget_all() -> None:
    """Ask anew. For tests, and for an admin who has a provider tested."""
    _known.clear()


def _read(issuer: str) -> Metadata:
    said = _fetched(issuer.rstrip("/") + WELL_KNOWN)
    if said.get("issuer") != issuer:
        raise SignOnFailed("The provider calls itself by another issuer than the one that was entered.")
    methods = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Metadata(
        issuer=issuer,
        authorization_endpoint=_endpoint(said, "authorization_endpoint"),
        token_endpoint=_endpoint(said, "token_endpoint"),
        jwks_uri=_endpoint(said, "jwks_uri"),
        userinfo_endpoint=_endpoint(said, "userinfo_endpoint") if said.get("userinfo_endpoint") else "",
        takes_secret_in_body=isinstance(methods, list) and "client_secret_basic" not in methods,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
        read_at=time.monotonic(),
    )


def _look_again(metadata: Metadata, kid: str | None) -> None:
    now = time.monotonic()
    may_look = metadata.keys_read_at is None or metadata.keys_read_at + SECONDS_BETWEEN_LOOKS < now
    if kid not in metadata.keys and may_look:
        metadata.keys_read_at = now
        metadata.keys = _read_keys(metadata.jwks_uri)


def _endpoint(said: dict[str, Any], name: str) -> str:
    try:
        return check_url(str(said.get(name, "")))
    except ValueError as error:
        raise SignOnFailed(f"The provider's {name} {error}.") from error


def _read_keys(jwks_uri: str) -> dict[str | None, PyJWK]:
    """Read the keys that sign; one that can't be read, or is of a kind we do not take, is left out."""
    listed = _fetched(jwks_uri).get("keys")
    found: dict[str | None, PyJWK] = {}
    for each in listed[:MOST_KEYS] if isinstance(listed, list) else []:
        if not isinstance(each, dict) or each.get("use", "sig") != "sig" or each.get("kty") not in ("RSA", "EC", "OKP"):
            continue
        try:
            key = PyJWK(each)
        except (PyJWTError, ValueError, TypeError, KeyError):
            continue
        kid = each.get("kid")
        found[kid if isinstance(kid, str) else None] = key
    return found


def _fetched(url: str) -> dict[str, Any]:
    try:
        answer = fetch(url)
        if answer.status != 200:
            raise SignOnFailed(f"The provider answers {answer.status} at {url}.")
        return answer.json()
    except OutgoingError as error:
        raise SignOnFailed(f"{url}: {error}") from error
