"""The keys of access tokens, and how they are changed without logging anybody out."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Callable, Iterator

import jwt
import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.tokens import access_tokens, signing_keys
from workix.config.secrets import Secret
from workix.config.values import make_signing_key


@pytest.fixture
def keys(settings: Settings) -> Iterator[Callable[..., None]]:
    """Let the platform have these private keys."""

    def use(*pems: str) -> None:
        settings.WORKIX = settings.WORKIX.model_copy(update={"signing_keys": Secret("".join(pems))})
        _forget()

    yield use
    _forget()


def _forget() -> None:
    """Be a process that has just started."""
    signing_keys.key_set_of.cache_clear()


def issue() -> str:
    return access_tokens.issue(
        organization_id=None, user_id=uuid.UUID(int=1), session_id=uuid.UUID(int=2), role="admin"
    )


def kid_of(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


def test_the_key_set_publishes_the_public_half_and_nothing_else(keys: Callable[..., None]) -> None:
    keys(make_signing_key())
    ((key,),) = signing_keys.jwks(timezone.now()).values()
    assert key == {"crv": "Ed25519", "kty": "OKP", "x": key["x"], "kid": key["kid"], "use": "sig", "alg": "EdDSA"}
    required = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": key["x"]}, separators=(",", ":")).encode()
    assert key["kid"] == base64.urlsafe_b64encode(hashlib.sha256(required).digest()).rstrip(b"=").decode()


def test_another_service_verifies_our_tokens_with_the_key_set_alone(keys: Callable[..., None]) -> None:
    keys(make_signing_key(), make_signing_key())
    token = issue()
    published = jwt.PyJWKSet.from_dict(signing_keys.jwks(timezone.now()))
    origin = django_settings.WORKIX.public_url
    claims = jwt.decode(token, published[kid_of(token)], algorithms=["EdDSA"], audience="workix", issuer=origin)
    assert (claims["sub"], claims["typ"], len(published.keys)) == (str(uuid.UUID(int=1)), "access", 2)


def test_the_first_key_signs_and_all_verify(keys: Callable[..., None]) -> None:
    old, new = make_signing_key(), make_signing_key()
    keys(old)
    before = issue()
    keys(new, old)
    after = issue()
    assert [key.id for key in signing_keys.key_set().keys] == [kid_of(after), kid_of(before)]
    assert access_tokens.read(before).user_id == access_tokens.read(after).user_id == uuid.UUID(int=1)


def test_once_the_old_key_is_gone_so_are_its_tokens(keys: Callable[..., None]) -> None:
    keys(make_signing_key())
    token = issue()
    keys(make_signing_key())
    with pytest.raises(access_tokens.TokenNotValid):
        access_tokens.read(token)
