"""Serializers of the API of passkeys: what is sent besides a credential, and what we say of a passkey."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from accounts.api.fields import Token
from accounts.models import Passkey
from accounts.passkeys.credentials import NewPasskeySerializer, SignedSerializer
from workix.api.serializers import SingleLineField, StrictSerializer

_CODES = "Ten, if this is your first second factor. They are shown here and never again."


class PasskeyChangeSerializer(StrictSerializer):
    """Another name."""

    name = SingleLineField(max_length=100, required=False)

    examples = {"name": "Old laptop"}


class PasskeyLoginSerializer(SignedSerializer):
    """What a passkey signed. `cookie`: send the refresh token in a cookie, for browser apps."""

    cookie = serializers.BooleanField(default=False)


class SecondStepSerializer(SignedSerializer):
    """The challenge of a log-in whose password was right, and what your passkey signed."""

    challenge = Token(help_text="Of the 401 `second_factor_required`; not the one your passkey signs.")


class FirstPasskeySerializer(NewPasskeySerializer):
    """The challenge of a log-in that says `enrolment`, what your browser made, and what you call it."""

    challenge = Token(help_text="Of the 401 `second_factor_required`; not the one of the options.")


class PasskeySerializer(serializers.Serializer[Passkey]):
    """A passkey. It is good at one host, `rp_id`; `is_backed_up` says that it is on several devices of yours."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    rp_id = serializers.CharField()
    is_backed_up = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True, help_text="To the day.")

    examples: dict[str, Any] = {"name": "Laptop", "rp_id": "acme.example.com"}


@extend_schema_serializer(many=False)
class PasskeysSerializer(serializers.Serializer[Any]):
    """All of one's own: there is one page."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = PasskeySerializer(many=True)


class AddedPasskeySerializer(PasskeySerializer):
    """A passkey that was added."""

    recovery_codes = serializers.ListField(child=serializers.CharField(), help_text=_CODES)

    examples = {**PasskeySerializer.examples, "recovery_codes": ["7mf2-0c9k-xq4t-3wbn", "h1s8-vd6r-2ypz-e5ja"]}
