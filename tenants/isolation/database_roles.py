"""Database roles: owner, control, sequencer and tenant, and what a connection of each is opened with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from django.conf import settings

from tenants.isolation.credentials import password_of
from tenants.plans import SHARES, Plan, Share
from workix.config.database_url import DatabaseAddress

CONTROL_VERSION = SEQUENCER_VERSION = WATCHDOG_VERSION = 1


class RoleKind(StrEnum):
    OWNER = "owner"
    CONTROL = "control"
    SEQUENCER = "sequencer"
    WATCHDOG = "watchdog"
    TENANT = "tenant"


#: What a role may take of the server, whatever its plan. Times are with their unit, sizes as PostgreSQL writes them.
TENANT_SETTINGS: Mapping[str, str] = MappingProxyType(
    {**SHARES[Plan.FREE].settings(), "work_mem": "16MB", "TimeZone": "UTC"}
)
#: What the control role, the sequencer and the watchdog have of their own: as `pg_db_role_setting` keeps it -> as SQL writes it.
CONTROL_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "search_path=public, pg_temp": "search_path = public, pg_temp",
        "TimeZone=UTC": "\"TimeZone\" = 'UTC'",
    }
)
#: Power is never given, and can't be named here: only who has it may, even to deny it.
CONTROL_ATTRIBUTES = "LOGIN NOINHERIT CONNECTION LIMIT -1"
#: It works by what it is a member of, so it inherits.
WATCHDOG_ATTRIBUTES = "LOGIN INHERIT CONNECTION LIMIT -1"
#: What lets it see and end sessions of others. pg_monitor is pg_read_all_stats, and lists temporary files.
WATCHDOG_MEMBERSHIPS = ("pg_monitor", "pg_signal_backend")
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


class HasSchema(Protocol):
    """What of an organization is needed to log in as its role."""

    schema_name: str
    credential_version: int
    plan: str


@dataclass(frozen=True, slots=True)
class DatabaseRole:
    """As whom, and looking where, a connection is opened."""

    kind: RoleKind
    name: str
    schema: str
    version: int = 0
    #: Of the plan as it was read: whoever read an older one is the same role.
    share: Share = field(default=SHARES[Plan.FREE], compare=False)

    def search_path(self) -> str:
        """List where unqualified names are looked up. pg_temp comes last, or it would come first."""
        return "public,pg_temp" if self.schema == "public" else f"{self.schema},public,pg_temp"

    def address(self, database: DatabaseAddress) -> DatabaseAddress:
        """Say where and as whom to connect, given the owner's way into the database."""
        if self.kind is RoleKind.OWNER:
            return database
        return database.of_role(self.name, password_of(self.name, self.version))

    def settings(self) -> dict[str, str]:
        """What the role may take of the server, by its plan; of the temporary files, see `Share`."""
        return {**TENANT_SETTINGS, **self.share.settings()}

    def startup_options(self) -> str:
        """Write the settings into the start-up packet: they outrank what a role set for itself."""
        limits = OWNER_SETTINGS if self.kind is RoleKind.OWNER else self.settings()
        return as_options({"search_path": self.search_path(), **limits, **PINNED_SETTINGS, **FORMAT_SETTINGS})


def as_options(values: Mapping[str, str]) -> str:
    """Write settings as libpq's `options` has them."""
    return " ".join(f"-c {name}={value}" for name, value in values.items())


def tenant_role(organization: HasSchema) -> DatabaseRole:
    return _tenant_role(organization.schema_name, organization.credential_version, organization.plan)


@lru_cache(maxsize=4_096)
def _tenant_role(name: str, version: int, plan: str) -> DatabaseRole:
    """Make it once for each: every request asks for one."""
    return DatabaseRole(RoleKind.TENANT, name, name, version, SHARES[plan])


def control_role() -> DatabaseRole:
    return DatabaseRole(RoleKind.CONTROL, control_role_name(), "public", CONTROL_VERSION)


def control_role_name() -> str:
    return f"{settings.WORKIX.role_prefix}_control"


def sequencer_role() -> DatabaseRole:
    return DatabaseRole(RoleKind.SEQUENCER, sequencer_role_name(), "public", SEQUENCER_VERSION)


def sequencer_role_name() -> str:
    """Name the role that writes the Merkle trees over the trails. See Note [The sequencer] in tenants/trail/sequencing.py."""
    return f"{settings.WORKIX.role_prefix}_sequencer"


def watchdog_role() -> DatabaseRole:
    return DatabaseRole(RoleKind.WATCHDOG, watchdog_role_name(), "public", WATCHDOG_VERSION)


def watchdog_role_name() -> str:
    """Name the role that ends sessions. See Note [The watchdog] in tenants/watchdog/looking.py."""
    return f"{settings.WORKIX.role_prefix}_watchdog"


def login_roles() -> tuple[DatabaseRole, ...]:
    """List the roles that there are once on a platform and that log in, besides the owner."""
    return control_role(), sequencer_role(), watchdog_role()


def attributes_of_shared(name: str) -> str:
    """Write the attributes of a role there is once on a platform."""
    if name == tenants_group():
        return GROUP_ATTRIBUTES
    return WATCHDOG_ATTRIBUTES if name == watchdog_role_name() else CONTROL_ATTRIBUTES


def shared_roles() -> tuple[str, ...]:
    """Name the roles there are once on a platform, besides the owner's."""
    return *(role.name for role in login_roles()), tenants_group()


def tenants_group() -> str:
    """Name the one role every tenant role is a member of. It owns nothing."""
    return f"{settings.WORKIX.role_prefix}_tenants"


def pgbouncer_role_name() -> str:
    """Name the role that PgBouncer looks verifiers up as, where there is a PgBouncer."""
    return f"{settings.WORKIX.role_prefix}_pgbouncer"
