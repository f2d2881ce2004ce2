"""Serializer fields whose rules a capability checks, and which tell the OpenAPI document what they accept."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.passwords import LONGEST, SHORTEST, normalized
from tenants.slugs import SLUG_LENGTH

_SHORTEST_SLUG, _LONGEST_SLUG = SLUG_LENGTH


class Password(serializers.CharField):
    """A password somebody has. Every character counts, the spaces around it too."""

    json_schema: dict[str, Any] = {"minLength": 1, "maxLength": LONGEST, "pattern": r"^[^\u0000]*$"}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, max_length=LONGEST, trim_whitespace=False)

    def to_internal_value(self, data: Any) -> str:
        return normalized(super().to_internal_value(data))


class NewPassword(Password):
    """A password somebody wants: see accounts.passwords."""

    json_schema = {**Password.json_schema, "minLength": SHORTEST}


class Slug(serializers.CharField):
    """What an organization is called in addresses: see tenants.slugs."""

    json_schema = {
        "minLength": _SHORTEST_SLUG,
        "maxLength": _LONGEST_SLUG,
        "pattern": "^[a-z0-9][a-z0-9-]*[a-z0-9]$",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, max_length=_LONGEST_SLUG, trim_whitespace=False)


EXAMPLE_TOKEN = "AZq-3YbTdU2GmQ1xk0f7YwGaqt2G03VNhpkNcZNH-2Kk5cVgS2bq0pXy8uWnTj4L1mRz7eHs9oQdBfA3vCxZ6w"  # noqa: S105


class Token(serializers.CharField):
    """A signed token: see accounts.tokens.signed_tokens."""

    json_schema = {"pattern": "^[A-Za-z0-9_-]{86}$"}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, max_length=200, trim_whitespace=False)
