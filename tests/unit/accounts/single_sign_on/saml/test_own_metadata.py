"""Our own SAML metadata: what a provider is told of us."""

from __future__ import annotations

from accounts.single_sign_on.saml.own_metadata import write_metadata
from tests.saml.identity_provider import ACS, ENTITY_ID


def test_a_provider_is_told_who_we_are_and_that_assertions_have_to_be_signed() -> None:
    assert write_metadata(ACS).decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY_ID}">'
        '<md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" '
        'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
        "<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>"
        "<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>"
        "<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat>"
        f'<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" '
        f'Location="{ACS}" index="0" isDefault="true" />'
        "</md:SPSSODescriptor></md:EntityDescriptor>"
    )
