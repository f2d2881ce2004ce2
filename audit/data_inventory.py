"""Data inventory: classifies every column as personal, secret or ordinary, in one file for the privacy officer."""

# A house test asks for a line here for every column there is, and for every secret of an audited table to be hidden in
# the trail. PERSONAL is what says something about a person, directly or through an id; erasure and export go by it.

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Sensitivity(StrEnum):
    PERSONAL = "personal"
    SECRET = "secret"  # noqa: S105  # a kind, not a secret
    ORDINARY = "ordinary"


PERSONAL, SECRET, ORDINARY = Sensitivity.PERSONAL, Sensitivity.SECRET, Sensitivity.ORDINARY


def _table(*, ordinary: str, personal: str = "", secret: str = "") -> Mapping[str, Sensitivity]:
    columns = dict.fromkeys(ordinary.split(), ORDINARY)
    columns |= dict.fromkeys(personal.split(), PERSONAL)
    return MappingProxyType(columns | dict.fromkeys(secret.split(), SECRET))


#: Table -> column -> what it holds.
CLASSES: Mapping[str, Mapping[str, Sensitivity]] = MappingProxyType(
    {
        # In every organization's schema, and for operators in `public`.
        "users": _table(
            personal="id email first_name last_name last_login",
            secret="password_hash",
            ordinary="organization_id role is_active email_confirmed_at created_at updated_at deleted_at",
        ),
        "sessions": _table(
            personal="user_id ip_address user_agent last_seen_at",
            secret="refresh_hash",
            ordinary="id expires_at ended_at created_at updated_at",
        ),
        "email_tokens": _table(
            personal="user_id",
            secret="token_hash",
            ordinary="id purpose expires_at used_at created_at updated_at",
        ),
        "audit_logs": _table(
            personal="user_id actor_id actor_label changes reason ip_address user_agent",
            ordinary="id organization_id actor_type action resource_type resource_id request_id database_role "
            "source created_at",
        ),
        "idempotency_keys": _table(personal="body", ordinary="id fingerprint status headers created_at"),
        # In `public` alone.
        "organizations": _table(
            ordinary="id name slug plan status max_users max_pipelines max_executions_per_month schema_name "
            "credential_version removal_due_at is_active created_at updated_at deleted_at",
        ),
        "domains": _table(ordinary="id organization_id host is_primary created_at updated_at"),
        "email_index": _table(personal="address_hash", ordinary="id organization_id"),
        "schema_template": _table(ordinary="id fingerprint script taken_at"),
        "signed_call_key": _table(ordinary="id", secret="inner_key outer_key"),
        "quota_movements": _table(
            personal="actor_id actor_label",
            ordinary="id organization_id resource period_starts_on amount given_back actor_type created_at released_at",
        ),
        "quotas": _table(
            ordinary="id organization_id resource limit used reserved period period_starts_on created_at updated_at",
        ),
        "attempts": _table(personal="key", ordinary="count since"),
        "past_usage": _table(
            ordinary="id organization_id resource period_starts_on limit used created_at updated_at",
        ),
    }
)
