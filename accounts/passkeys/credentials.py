"""Credentials as browsers write them (WebAuthn's JSON, Level 3, 5.1): bounded by serializers, for the API and for pages."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from rest_framework import serializers

from accounts.passkeys.registration import New
from accounts.passkeys.webauthn import Assertion, Attestation
from workix.api.serializers import SingleLineField, StrictSerializer

#: How browsers reach an authenticator (WebAuthn, 5.8.4). What else they say is passed over.
_TRANSPORTS = ("usb", "nfc", "ble", "smart-card", "hybrid", "internal")
_BASE64URL = RegexValidator(r"\A[A-Za-z0-9_-]+\Z", "This must be base64url, without padding.")


class Base64Url(serializers.CharField):
    """Bytes, as WebAuthn's JSON has them."""

    def __init__(self, *, max_length: int, **options: Any) -> None:
        super().__init__(max_length=max_length, trim_whitespace=False, **options)
        self.validators.append(_BASE64URL)
        self.json_schema = {"minLength": 1, "maxLength": max_length, "pattern": "^[A-Za-z0-9_-]+$"}


class AttestationSerializer(StrictSerializer):
    """What an authenticator says of a new credential."""

    takes_more = True
    clientDataJSON = Base64Url(max_length=2_000)
    attestationObject = Base64Url(max_length=8_000)
    transports = serializers.ListField(child=serializers.CharField(max_length=40), max_length=20, required=False)

    examples = {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
        "attestationObject": "o2NmbXRkbm9uZQ",
        "transports": ["internal", "hybrid"],
    }


class AssertionSerializer(StrictSerializer):
    """What an authenticator signed."""

    takes_more = True
    clientDataJSON = Base64Url(max_length=2_000)
    authenticatorData = Base64Url(max_length=2_000)
    signature = Base64Url(max_length=1_000)
    userHandle = Base64Url(max_length=88, required=False, allow_null=True)

    examples = {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
        "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
        "signature": "MEUCIQDNrXQ",
        "userHandle": "AZq-3YbTdU2GmQ1xk0f7Yw",
    }


class PropertiesSerializer(StrictSerializer):
    """What a browser says of a new credential (credProps)."""

    takes_more = True
    rk = serializers.BooleanField(required=False)


class ResultsSerializer(StrictSerializer):
    """What extensions of WebAuthn say."""

    takes_more = True
    credProps = PropertiesSerializer(required=False)


class NewCredentialSerializer(StrictSerializer):
    """A PublicKeyCredential of `navigator.credentials.create()`, as its `toJSON()` gives it."""

    takes_more = True
    type = serializers.ChoiceField(("public-key",))
    response = AttestationSerializer()
    clientExtensionResults = ResultsSerializer(required=False)


class CredentialSerializer(StrictSerializer):
    """A PublicKeyCredential of `navigator.credentials.get()`, as its `toJSON()` gives it."""

    takes_more = True
    id = Base64Url(max_length=1_364)
    type = serializers.ChoiceField(("public-key",))
    response = AssertionSerializer()

    examples = {"id": "ywmRBnYcQxkVZ4SLjxPtfA"}


class NewPasskeySerializer(StrictSerializer):
    """What your browser made, and what you call it."""

    name = SingleLineField(max_length=100)
    credential = NewCredentialSerializer()

    examples = {"name": "Laptop"}


class SignedSerializer(StrictSerializer):
    """What your passkey signed."""

    credential = CredentialSerializer()


def new_passkey(sent: dict[str, Any]) -> New:
    """Read what NewPasskeySerializer found valid."""
    credential, response = sent["credential"], sent["credential"]["response"]
    return New(
        name=sent["name"],
        attestation=Attestation(response["clientDataJSON"], response["attestationObject"]),
        transports=tuple(each for each in _TRANSPORTS if each in response.get("transports", ())),
        is_discoverable=credential.get("clientExtensionResults", {}).get("credProps", {}).get("rk"),
    )


def assertion(credential: dict[str, Any]) -> Assertion:
    """Read what CredentialSerializer found valid."""
    response = credential["response"]
    return Assertion(
        credential_id=credential["id"],
        client_data=response["clientDataJSON"],
        authenticator_data=response["authenticatorData"],
        signature=response["signature"],
        user_handle=response.get("userHandle") or "",
    )
