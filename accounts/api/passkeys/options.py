"""Serializers of WebAuthn options: what `parseCreationOptionsFromJSON()` and `parseRequestOptionsFromJSON()` read."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

_ID = "ywmRBnYcQxkVZ4SLjxPtfA"


class RelyingPartySerializer(serializers.Serializer[Any]):
    """For whom your passkey signs: the host."""

    id = serializers.CharField()
    name = serializers.CharField()

    examples = {"id": "acme.example.com", "name": "Acme"}


class PersonOfPasskeySerializer(serializers.Serializer[Any]):
    """Whose passkey it will be."""

    id = serializers.CharField()
    name = serializers.CharField()
    displayName = serializers.CharField()

    examples = {"id": "AZq-3YbTdU2GmQ1xk0f7Yw", "name": "alice@acme.example", "displayName": "Alice Ames"}


class AlgorithmSerializer(serializers.Serializer[Any]):
    """A kind of key that is accepted, by its number in COSE."""

    type = serializers.CharField()
    alg = serializers.IntegerField()

    examples = {"type": "public-key", "alg": -7}


class DescriptorSerializer(serializers.Serializer[Any]):
    """A passkey that is there."""

    type = serializers.CharField()
    id = serializers.CharField()
    transports = serializers.ListField(child=serializers.CharField())

    examples = {"type": "public-key", "id": _ID, "transports": ["internal"]}


class SelectionSerializer(serializers.Serializer[Any]):
    """What an authenticator has to be able to do."""

    residentKey = serializers.CharField()
    requireResidentKey = serializers.BooleanField()
    userVerification = serializers.CharField()

    examples = {"residentKey": "required", "requireResidentKey": True, "userVerification": "required"}


class CreationOptionsSerializer(serializers.Serializer[Any]):
    """Hand them to `navigator.credentials.create()`. They are good for five minutes, once."""

    rp = RelyingPartySerializer()
    user = PersonOfPasskeySerializer()
    challenge = serializers.CharField()
    pubKeyCredParams = AlgorithmSerializer(many=True)
    timeout = serializers.IntegerField()
    excludeCredentials = DescriptorSerializer(many=True)
    authenticatorSelection = SelectionSerializer()
    attestation = serializers.CharField()
    extensions = serializers.DictField(child=serializers.BooleanField())

    examples = {"timeout": 300_000, "attestation": "none", "extensions": {"credProps": True}}


class RequestOptionsSerializer(serializers.Serializer[Any]):
    """Hand them to `navigator.credentials.get()`. They are good for five minutes, once."""

    challenge = serializers.CharField()
    timeout = serializers.IntegerField()
    rpId = serializers.CharField()
    allowCredentials = DescriptorSerializer(many=True)
    userVerification = serializers.CharField()

    examples = {
        "timeout": 300_000,
        "rpId": "acme.example.com",
        "userVerification": "required",
    }
