"""Database roles: owner, control, sequencer and tenant, and what a connection of each is opened with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from django.conf import settings

from tenants.isolation.credentials import password_of
from workix.config.database_url import DatabaseAddress

CONTROL_VERSION = SEQUENCER_VERSION = 1


class RoleKind(StrEnum):
    OWNER = "owner"
    CONTROL = "control"
    SEQUENCER = "sequencer"
    TENANT = "tenant"


#: What a role may take of the server. Times are with their unit, sizes as PostgreSQL writes them.
TENANT_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "statement_timeout": "30s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
        "work_mem": "16MB",
        "TimeZone": "UTC",
    }
)
#: What the control role and the sequencer have of their own: as `pg_db_role_setting` keeps it -> as SQL writes it.
CONTROL_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "search_path=public, pg_temp": "search_path = public, pg_temp",
        "TimeZone=UTC": "\"TimeZone\" = 'UTC'",
    }
)
#: Power is never given, and can't be named here: only who has it may, even to deny it.
CONTROL_ATTRIBUTES = "LOGIN NOINHERIT CONNECTION LIMIT -1"
GROUP_ATTRIBUTES = "NOLOGIN NOINHERIT CONNECTION LIMIT -1"
#: How long the owner waits, in milliseconds. See Note [Waiting for locks] in tenants/isolation/owner.py.
OWNER_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "lock_timeout": "1000",
        "idle_in_transaction_session_timeout": "60000",
        "idle_session_timeout": "0",
        "client_connection_check_interval": "2000",
        "tcp_user_timeout": "30000",
    }
)
#: How values are written and read. A server, a database or a role may have other defaults, by which a time or a number
#: would be misread or not read at all: no connection of ours, the owner's included, begins with them.
FORMAT_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "client_encoding": "UTF8",
        "DateStyle": "ISO,MDY",
        "IntervalStyle": "postgres",
        "TimeZone": "UTC",
        "bytea_output": "hex",
        "extra_float_digits": "1",
        "array_nulls": "on",
        "backslash_quote": "safe_encoding",
        "standard_conforming_strings": "on",
        "quote_all_identifiers": "off",
    }
)
#: What the product relies on, and a role may set for itself: our connections never begin with anything else.
PINNED_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "default_transaction_read_only": "off",
        "default_transaction_deferrable": "off",
        "default_transaction_isolation": r"read\ committed",
        "exit_on_error": "off",
        "idle_session_timeout": "0",
        "row_security": "on",
        "transform_null_equals": "off",
    }
)
#: Only a superuser, or who was granted it, may set this one: so it holds.
TENANT_TEMP_FILE_LIMIT = "256MB"
TENANT_CONNECTION_LIMIT = 40


class HasSchema(Protocol):
    """What of an organization is needed to log in as its role."""

    schema_name: str
    credential_version: int


@dataclass(frozen=True, slots=True)
class DatabaseRole:
    """As whom, and looking where, a connection is opened."""

    kind: RoleKind
    name: str
    schema: str
    version: int = 0

    def search_path(self) -> str:
        """List where unqualified names are looked up. pg_temp comes last, or it would come first."""
        return "public,pg_temp" if self.schema == "public" else f"{self.schema},public,pg_temp"

    def address(self, database: DatabaseAddress) -> DatabaseAddress:
        """Say where and as whom to connect, given the owner's way into the database."""
        if self.kind is RoleKind.OWNER:
            return database
        return database.of_role(self.name, password_of(self.name, self.version))

    def startup_options(self) -> str:
        """Write the settings into the start-up packet: they outrank what a role set for itself."""
        limits = OWNER_SETTINGS if self.kind is RoleKind.OWNER else TENANT_SETTINGS
        return as_options({"search_path": self.search_path(), **limits, **PINNED_SETTINGS, **FORMAT_SETTINGS})


def as_options(values: Mapping[str, str]) -> str:
    """Write settings as libpq's `options` has them."""
    return " ".join(f"-c {name}={value}" for name, value in values.items())


def tenant_role(organization: HasSchema) -> DatabaseRole:
    return DatabaseRole(
        RoleKind.TENANT, organization.schema_name, organization.schema_name, organization.credential_version
    )


def control_role() -> DatabaseRole:
    return DatabaseRole(RoleKind.CONTROL, control_role_name(), "public", CONTROL_VERSION)


def control_role_name() -> str:
    return f"{settings.WORKIX.role_prefix}_control"


def sequencer_role() -> DatabaseRole:
    return DatabaseRole(RoleKind.SEQUENCER, sequencer_role_name(), "public", SEQUENCER_VERSION)


def sequencer_role_name() -> str:
    """Name the role that writes the Merkle trees over the trails. See Note [The sequencer] in tenants/trail/sequencing.py."""
    return f"{settings.WORKIX.role_prefix}_sequencer"


def shared_roles() -> tuple[str, ...]:
    """Name the roles there are once on a platform, besides the owner's."""
    return control_role_name(), sequencer_role_name(), tenants_group()


def tenants_group() -> str:
    """Name the one role every tenant role is a member of. It owns nothing."""
    return f"{settings.WORKIX.role_prefix}_tenants"


def pgbouncer_role_name() -> str:
    """Name the role that PgBouncer looks verifiers up as, where there is a PgBouncer."""
    return f"{settings.WORKIX.role_prefix}_pgbouncer"
