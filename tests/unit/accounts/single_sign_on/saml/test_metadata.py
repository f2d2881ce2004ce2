"""SAML metadata: what is read of an identity provider."""

from __future__ import annotations

import pytest

from accounts.single_sign_on.saml.description import Description
from accounts.single_sign_on.saml.messages.certificates import read
from accounts.single_sign_on.saml.messages.errors import InvalidMessage
from accounts.single_sign_on.saml.metadata import read_metadata
from tests.saml.identity_provider import ISSUER, NOW, SSO_URL
from tests.saml.keys import base64_of, certificate, ec_key, pem, rsa_key

OLD, NEXT = rsa_key("provider"), ec_key("next")
REDIRECT, POST = (f"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-{name}" for name in ("Redirect", "POST"))


def key(text: str, use: str = ' use="signing"') -> str:
    return (
        f'<KeyDescriptor{use}><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{text}'
        "</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
    )


def described(
    *,
    keys: str = key(base64_of(OLD)),
    binding: str = REDIRECT,
    entity_id: str = ISSUER,
    until: str = "",
    begins: str = "",
) -> bytes:
    """Describe a provider as its own software does."""
    return (
        f'{begins}<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity_id}"{until}>'
        f'<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{keys}'
        f'<SingleSignOnService Binding="{POST}" Location="https://idp.example/post"/>'
        f'<SingleSignOnService Binding="{binding}" Location="{SSO_URL}"/></IDPSSODescriptor></EntityDescriptor>'
    ).encode()


@pytest.mark.parametrize("keys", [key(base64_of(OLD)), key(base64_of(OLD), use="")])
@pytest.mark.parametrize("begins", ["", "<?xml version='1.0' encoding='UTF-8'?><!-- written by <software> -->"])
def test_a_provider_is_read(keys: str, begins: str) -> None:
    assert read_metadata(described(keys=keys, begins=begins)) == Description(ISSUER, SSO_URL, pem(OLD))


def test_the_certificate_in_use_and_the_next_one_are_read_and_none_for_encryption() -> None:
    keys = key(base64_of(OLD)) + key(base64_of(NEXT)) + key(base64_of(ec_key("other")), use=' use="encryption"')

    found = read_metadata(described(keys=keys))

    assert read(found.certificates) == [certificate(OLD), certificate(NEXT)]


@pytest.mark.parametrize(
    ("document", "refused"),
    [
        (described(begins="<!DOCTYPE a>"), "It holds a DTD, a comment, a CDATA section or a processing instruction."),
        (described(keys=""), "There must be one to 3 certificates: the one in use, and the next one."),
        (described(keys=key("a")), "This is not a certificate (X.509, PEM)."),
        (described(binding=POST), "It has no SingleSignOnService with the binding HTTP-Redirect."),
        (described(entity_id=""), "It has no entity ID."),
        (described(until=' validUntil="soon"'), "A time is missing, or is not in UTC."),
        (b"<a/>", "It does not describe exactly one identity provider (IDPSSODescriptor)."),
        (
            b"<a>" + described() + described() + b"</a>",
            "It does not describe exactly one identity provider (IDPSSODescriptor).",
        ),
        (b"<html>", "It is not well-formed XML."),
    ],
)
def test_what_describes_no_provider_is_refused(document: bytes, refused: str) -> None:
    with pytest.raises(InvalidMessage) as refusal:
        read_metadata(document)

    assert str(refusal.value) == refused


def test_it_is_good_until_the_first_moment_that_it_names() -> None:
    document = described(until=' validUntil="2026-11-27T12:00:00Z"').replace(
        b"<IDPSSODescriptor", b'<IDPSSODescriptor validUntil="2026-11-26T12:00:00Z"'
    )

    assert read_metadata(document).valid_until == NOW
