"""Serializers of policies: what an organization decided, and what is to be decided otherwise."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models.security_policy import (
    LONGEST_LIFETIME_DAYS,
    LONGEST_RETENTION_DAYS,
    MOST_ASKED_FOR,
    MOST_REMEMBERED,
    SHORTEST_RETENTION_DAYS,
    SHORTEST_WITH_SECOND_FACTOR,
)
from accounts.passwords.single_sign_on_only import MOST_BREAK_GLASS
from accounts.policies.organization_policies import OrganizationPolicies
from tenants.api.fields import NetworkField, OriginField
from workix.api.serializers import StrictSerializer
from workix.config.origins import MOST_ORIGINS
from workix.web.networks import LONGEST_NETWORK, MOST_NETWORKS

_ORIGINS = "Origins whose pages may call the API on this organization's own host: https://app.acme.example."

_SWITCHING = (
    "Whether people may switch to and from other organizations of theirs that allow it, without logging in again."
)
_NETWORKS = "Networks from which the organization is reached: 198.51.100.0/24. An empty list is everywhere."
_LENGTH = (
    "How many characters a new password has at least: 15 to 64, and from 8 where a second factor is required by now. A password"
    " that is in use stays good until it is changed."
)
_HISTORY = (
    "How many of somebody's last passwords they may not use again, the one they have among them. 0: none is kept."
)
_LIFETIME = "After how many days a password has to be changed before its next log-in. Null: never, which NIST advises."
_ONLY = "Whether people come in by single sign-on and by no password. To turn it on, sign on yourself within the hour before."
_BREAK_GLASS = "Ids of admins who may use their password all the same: one or more, where passwords are forbidden."
_LENGTHS: dict[str, Any] = {"min_value": SHORTEST_WITH_SECOND_FACTOR, "max_value": MOST_ASKED_FOR, "help_text": _LENGTH}
_REMEMBERED: dict[str, Any] = {"min_value": 0, "max_value": MOST_REMEMBERED, "help_text": _HISTORY}
_LIFETIMES: dict[str, Any] = {
    "min_value": 1,
    "max_value": LONGEST_LIFETIME_DAYS,
    "allow_null": True,
    "help_text": _LIFETIME,
}
_REQUIRED_FROM = (
    "From when on a password alone opens no session: who has no second factor by then enrols one at the log-in. Sessions that"
    " were begun by a password alone end at that moment. Null: a second factor is everybody's own choice."
)
_REQUIRED: dict[str, Any] = {"allow_null": True, "help_text": _REQUIRED_FROM}
_RETENTION = (
    "How many days the audit trail is kept: 30 (or more, where the operator asks for it) to 3,650; older entries are taken out"
    " every night, and what remains stays proven. Null: for ever."
)
_RETENTIONS: dict[str, Any] = {
    "min_value": SHORTEST_RETENTION_DAYS,
    "max_value": LONGEST_RETENTION_DAYS,
    "allow_null": True,
    "help_text": _RETENTION,
}
_WARNED: dict[str, Any] = {
    "min_value": 1,
    "max_value": 100,
    "help_text": "From how many per cent of a limit on admins are warned: once a month, and once at the limit. 100: then only.",
}
_HOLD = "Whether nothing of the audit trail is taken out, however old (legal hold)."


class PoliciesSerializer(serializers.Serializer[OrganizationPolicies]):
    """What the organization decided."""

    allowed_origins = serializers.ListField(
        child=serializers.CharField(), source="reach.allowed_origins", help_text=_ORIGINS
    )
    allowed_networks = serializers.ListField(
        child=serializers.CharField(), source="reach.allowed_networks", help_text=_NETWORKS
    )
    allows_switching = serializers.BooleanField(source="reach.allows_switching", help_text=_SWITCHING)
    quota_warning_percent = serializers.IntegerField(source="reach.quota_warning_percent", **_WARNED)
    password_length = serializers.IntegerField(source="security.password_length", **_LENGTHS)
    password_history = serializers.IntegerField(source="security.password_history", **_REMEMBERED)
    password_lifetime_days = serializers.IntegerField(source="security.password_lifetime_days", **_LIFETIMES)
    second_factor_required_from = serializers.DateTimeField(source="security.second_factor_required_from", **_REQUIRED)
    single_sign_on_only = serializers.BooleanField(source="security.single_sign_on_only", help_text=_ONLY)
    break_glass_admins = serializers.ListField(
        child=serializers.UUIDField(), source="security.break_glass_admins", help_text=_BREAK_GLASS
    )
    audit_retention_days = serializers.IntegerField(source="security.audit_retention_days", **_RETENTIONS)
    legal_hold = serializers.BooleanField(source="security.legal_hold", help_text=_HOLD)

    examples = {
        "allowed_origins": ["https://app.acme.example"],
        "allowed_networks": ["198.51.100.0/24"],
        "quota_warning_percent": 80,
        "password_length": 16,
        "password_history": 5,
        "password_lifetime_days": None,
        "second_factor_required_from": None,
        "single_sign_on_only": False,
        "break_glass_admins": [],
        "audit_retention_days": 365,
        "legal_hold": False,
    }


class PoliciesChangeSerializer(StrictSerializer):
    """What is to be decided otherwise. A list replaces the one before."""

    allowed_origins = serializers.ListField(
        child=OriginField(), required=False, max_length=MOST_ORIGINS, help_text=_ORIGINS
    )
    allowed_networks = serializers.ListField(
        child=NetworkField(max_length=LONGEST_NETWORK), required=False, max_length=MOST_NETWORKS, help_text=_NETWORKS
    )
    allows_switching = serializers.BooleanField(required=False, help_text=_SWITCHING)
    quota_warning_percent = serializers.IntegerField(required=False, **_WARNED)
    password_length = serializers.IntegerField(required=False, **_LENGTHS)
    password_history = serializers.IntegerField(required=False, **_REMEMBERED)
    password_lifetime_days = serializers.IntegerField(required=False, **_LIFETIMES)
    second_factor_required_from = serializers.DateTimeField(required=False, **_REQUIRED)
    single_sign_on_only = serializers.BooleanField(required=False, help_text=_ONLY)
    break_glass_admins = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST_BREAK_GLASS, help_text=_BREAK_GLASS
    )
    audit_retention_days = serializers.IntegerField(required=False, **_RETENTIONS)
    legal_hold = serializers.BooleanField(required=False, help_text=_HOLD)

    examples = {
        "allowed_origins": ["https://app.acme.example", "http://localhost:3000"],
        "allowed_networks": ["198.51.100.0/24", "2001:db8::/32"],
        "quota_warning_percent": 80,
        "password_length": 16,
        "password_history": 5,
        "password_lifetime_days": None,
        "second_factor_required_from": None,
        "single_sign_on_only": False,
        "break_glass_admins": [],
        "audit_retention_days": 365,
        "legal_hold": False,
    }
