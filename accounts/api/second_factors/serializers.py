"""Serializers of second factors: what somebody has, what they send, and what they are shown once."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from accounts.api.fields import EXAMPLE_TOKEN, Password, Token
from accounts.api.login import LoggedInSerializer
from accounts.models import SecondFactor
from accounts.models.second_factor import Kind
from accounts.second_factors.enrolment import Enrolment
from workix.api.serializers import StrictSerializer

_CODE = "Six digits of an authenticator app, or a recovery code."
_SHOWN_ONCE = "Each stands in for a lost factor, once. They are shown here and never again."
_CODES = ["7mf2-0c9k-xq4t-3wbn", "h1s8-vd6r-2ypz-e5ja"]


class Code(serializers.CharField):
    """What somebody reads from their app, or their list of recovery codes."""

    json_schema = {"minLength": 1, "maxLength": 40, "pattern": r"^[^\u0000]*$"}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, max_length=40, trim_whitespace=False, help_text=_CODE)

    def to_internal_value(self, data: Any) -> str:
        """Take blanks off; a code of nothing else is a wrong one, like any other."""
        return str(super().to_internal_value(data)).strip()


class CodeSerializer(StrictSerializer):
    """The first code of an authenticator app."""

    code = Code()

    examples = {"code": "755224"}


class ChallengeSerializer(StrictSerializer):
    """The challenge of a log-in whose password was right."""

    challenge = Token()

    examples = {"challenge": EXAMPLE_TOKEN}


class AnswerSerializer(StrictSerializer):
    """The challenge of a log-in, and what answers it."""

    challenge = Token()
    code = Code()

    examples = {"challenge": EXAMPLE_TOKEN, "code": "755224"}


class ReauthenticationSerializer(StrictSerializer):
    """The password once more, and a code where one has a second factor."""

    password = Password()
    code = Code(required=False)

    examples = {"code": "755224"}


class SecondFactorSerializer(serializers.Serializer[SecondFactor]):
    """A factor that is on."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(Kind.choices)
    created_at = serializers.DateTimeField(source="confirmed_at")
    last_used_at = serializers.DateTimeField(allow_null=True)


@extend_schema_serializer(many=False)
class SecondFactorsSerializer(serializers.Serializer[Any]):
    """All of one's own: there is one page."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = SecondFactorSerializer(many=True)
    recovery_codes_left = serializers.IntegerField(help_text="How many recovery codes are not used up.")


class EnrolmentSerializer(serializers.Serializer[Enrolment]):
    """What an authenticator app needs: the secret (base 32), and the same as an `otpauth://` URI, to be shown as a QR code."""

    id = serializers.UUIDField()
    secret = serializers.CharField()
    uri = serializers.CharField()

    examples = {
        "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "uri": "otpauth://totp/Acme:alice%40acme.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Acme",
    }


class RecoveryCodesSerializer(serializers.Serializer[Any]):
    """Ten codes."""

    recovery_codes = serializers.ListField(child=serializers.CharField(), help_text=_SHOWN_ONCE)

    examples = {"recovery_codes": _CODES}


class EnrolledSerializer(LoggedInSerializer):
    """A session's tokens, and the recovery codes of the factor that it was opened with."""

    recovery_codes = serializers.ListField(child=serializers.CharField(), help_text=_SHOWN_ONCE)

    examples: ClassVar[dict[str, Any]] = {**LoggedInSerializer.examples, "recovery_codes": _CODES}
