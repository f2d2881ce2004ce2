"""Settings of a SAML provider: metadata that was pasted, certificates, addresses; what can't be is named."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.single_sign_on.saml.protocol import check_settings
from tests.saml.identity_provider import ISSUER, SSO_URL
from tests.saml.keys import base64_of, pem, rsa_key
from tests.unit.accounts.single_sign_on.saml.test_metadata import described
from workix.core.errors import Invalid

PROVIDER = rsa_key("provider")
ATTRIBUTES = dict.fromkeys(("email_attribute", "first_name_attribute", "last_name_attribute", "groups_attribute"), "")
KNOWN = {"metadata_url": "", "entity_id": ISSUER, "sso_url": SSO_URL, "certificates": pem(PROVIDER), **ATTRIBUTES}


@pytest.mark.parametrize(
    "said",
    [
        {"entity_id": ISSUER, "sso_url": SSO_URL, "certificates": base64_of(PROVIDER)},
        {"metadata": described().decode()},
        {"metadata": described().decode(), "entity_id": "https://other.example", "sso_url": "", "certificates": ""},
    ],
)
def test_a_provider_is_known_by_what_was_typed_or_by_its_metadata(said: dict[str, str]) -> None:
    assert check_settings(said) == KNOWN


def test_what_is_kept_is_read_again_as_it_is() -> None:
    assert check_settings(check_settings({"metadata": described().decode()})) == KNOWN


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"issuer": "x"}, "settings.issuer"),
        ({"certificates": "x"}, "settings.certificates"),
        ({"certificates": pem(rsa_key("weak", 1024))}, "settings.certificates"),
        ({"sso_url": "http://idp.example"}, "settings.sso_url"),
        ({"sso_url": "javascript:alert(1)"}, "settings.sso_url"),
        ({"sso_url": "https://idp.example/\r\nSet-Cookie: a=b"}, "settings.sso_url"),
        ({"metadata_url": "file:///etc/passwd"}, "settings.metadata_url"),
        ({"metadata_url": "https://user:password@idp.example/"}, "settings.metadata_url"),
        ({"metadata": "<a/>"}, "settings.metadata"),
        ({"metadata": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"}, "settings.metadata"),
        ({"metadata": described().decode().replace(SSO_URL, "http://idp.example")}, "settings.sso_url"),
        ({"metadata": "\0"}, "settings.metadata"),
        ({"entity_id": "a\nb"}, "settings.entity_id"),
        ({"entity_id": "a" * 1_025}, "settings.entity_id"),
        ({"groups_attribute": "a" * 256}, "settings.groups_attribute"),
    ],
)
def test_what_can_not_be_is_named(said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_settings(said)

    assert refusal.value.field == field
