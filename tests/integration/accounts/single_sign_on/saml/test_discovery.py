"""SAML metadata at an address: read over guarded requests (SSRF), believed for an hour, followed through a roll-over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from accounts.models import IdentityProvider
from accounts.single_sign_on.identity import SignOnFailed
from accounts.single_sign_on.saml import discovery
from accounts.single_sign_on.saml.description import Description
from accounts.single_sign_on.saml.discovery import BELIEVED, BELIEVED_AT_NEED, describe
from tests.integration.accounts.single_sign_on.saml.outgoing import Published, published
from tests.saml.identity_provider import ISSUER, NOW, SSO_URL
from tests.saml.keys import base64_of, pem, rsa_key
from tests.unit.accounts.single_sign_on.saml.test_metadata import described, key

OLD, NEXT = rsa_key("provider"), rsa_key("next")
KNOWN = Description(ISSUER, SSO_URL, pem(OLD))


@pytest.fixture
def metadata() -> Iterator[Published]:
    with published(described()) as said:
        yield said


def at(address: str) -> IdentityProvider:
    return IdentityProvider(protocol="saml", settings={"metadata_url": address})


def failure(address: str, *, now: datetime = NOW) -> str:
    with pytest.raises(SignOnFailed) as refusal:
        describe(at(address), now=now)
    return refusal.value.because


def test_a_provider_is_known_by_what_it_publishes_and_asked_once_an_hour(metadata: Published) -> None:
    found = [describe(at(metadata.address), now=NOW) for _ in range(3)]

    assert (found, metadata.asked) == ([KNOWN] * 3, 1)


def test_a_certificate_that_rolls_over_needs_nobody(metadata: Published) -> None:
    describe(at(metadata.address), now=NOW)
    metadata.document = described(keys=key(base64_of(OLD)) + key(base64_of(NEXT)))

    found = [describe(at(metadata.address), now=NOW + later) for later in (timedelta(minutes=59), BELIEVED)]

    assert found == [KNOWN, Description(ISSUER, SSO_URL, pem(OLD) + pem(NEXT))]


def test_where_nothing_answers_what_was_read_before_is_believed_for_a_day(metadata: Published) -> None:
    describe(at(metadata.address), now=NOW)
    metadata.status = 503

    assert describe(at(metadata.address), now=NOW + BELIEVED_AT_NEED) == KNOWN
    later = NOW + BELIEVED_AT_NEED + timedelta(seconds=1)
    assert failure(metadata.address, now=later) == f"The provider answers 503 at {metadata.address}."


@pytest.mark.parametrize(
    ("document", "because"),
    [
        (b"<a/>", "It does not describe exactly one identity provider (IDPSSODescriptor)."),
        (b"<!DOCTYPE a><a/>", "It holds a DTD, a comment, a CDATA section or a processing instruction."),
    ],
)
def test_what_describes_no_provider_is_refused(metadata: Published, document: bytes, because: str) -> None:
    metadata.document = document

    assert failure(metadata.address) == f"The metadata at {metadata.address} can't be used. {because}"


def test_what_is_not_valid_any_more_is_refused(metadata: Published) -> None:
    metadata.document = described(until=' validUntil="2026-11-26T12:00:00Z"')

    assert failure(metadata.address) == f"The metadata at {metadata.address} is not valid any more (validUntil)."


def test_what_is_too_long_is_not_read(metadata: Published) -> None:
    metadata.document = b" " * (300 << 10)

    assert failure(metadata.address) == f"{metadata.address}: The answer is longer than 262144 bytes."


def test_a_redirect_is_not_followed(metadata: Published) -> None:
    metadata.status = 302

    assert failure(metadata.address) == f"The provider answers 302 at {metadata.address}."


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "[::1]", "0.0.0.0"])
def test_nobody_is_asked_inside_of_our_network(host: str) -> None:
    discovery.forget_all()

    assert failure(f"https://{host}/metadata").endswith("The host is not in the public internet.")
