"""Privileges: every GRANT there must be, declared in one file for the auditor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from psycopg import sql


@dataclass(frozen=True, slots=True)
class Privilege:
    """One privilege on a table, or on some of its columns."""

    name: str
    columns: tuple[str, ...] = ()

    def as_sql(self) -> sql.Composable:
        if not self.columns:
            return sql.SQL(self.name)
        columns = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL("{} ({})").format(sql.SQL(self.name), columns)


SELECT, INSERT, UPDATE, DELETE = (Privilege(name) for name in ("SELECT", "INSERT", "UPDATE", "DELETE"))
EVERY_ROW = (SELECT, INSERT, UPDATE, DELETE)

#: The columns of an entry that the writer may fill. Not among them: id, organization_id, database_role, source,
#: created_at. They come from defaults, so nobody back-dates an entry or forges who was logged in.
ENTRY_COLUMNS = (
    "user_id",
    "actor_type",
    "actor_id",
    "actor_label",
    "action",
    "resource_type",
    "resource_id",
    "changes",
    "reason",
    "ip_address",
    "user_agent",
    "request_id",
)
TRAIL = (SELECT, Privilege("INSERT", ENTRY_COLUMNS))

#: Tables of a tenant schema -> what its tenant role may do. Everything else in it is closed (django_migrations).
TENANT_GRANTS: Mapping[str, tuple[Privilege, ...]] = MappingProxyType(
    {
        "users": EVERY_ROW,
        "sessions": EVERY_ROW,
        "email_tokens": EVERY_ROW,
        "django_session": EVERY_ROW,
        "idempotency_keys": EVERY_ROW,
        "audit_logs": TRAIL,
    }
)

#: Tables of `public` -> what every tenant role may do, through the group. Names of models, nothing of anybody.
GROUP_GRANTS: Mapping[str, tuple[Privilege, ...]] = MappingProxyType({"django_content_type": (SELECT,)})

#: Tables of `public` -> what the control role may do. Organizations are opened and removed by the owner.
CONTROL_GRANTS: Mapping[str, tuple[Privilege, ...]] = MappingProxyType(
    {
        "organizations": (SELECT,),
        "domains": (SELECT,),
        "quotas": (SELECT,),
        "past_usage": (SELECT,),
        "quota_movements": (SELECT,),
        "email_index": (SELECT,),
        "attempts": EVERY_ROW,
        "users": EVERY_ROW,
        "sessions": EVERY_ROW,
        "email_tokens": EVERY_ROW,
        "django_session": EVERY_ROW,
        "idempotency_keys": EVERY_ROW,
        "audit_logs": TRAIL,
        "django_content_type": (SELECT,),
        "django_migrations": (SELECT,),
        "procrastinate_jobs": EVERY_ROW,
        "procrastinate_events": EVERY_ROW,
        "procrastinate_periodic_defers": EVERY_ROW,
        "procrastinate_workers": EVERY_ROW,
    }
)

#: Sequences of `public` that the job worker counts with, as the control role.
CONTROL_SEQUENCES = (
    "procrastinate_jobs_id_seq",
    "procrastinate_events_id_seq",
    "procrastinate_periodic_defers_id_seq",
    "procrastinate_workers_id_seq",
)

#: Functions that are the control role's because their name begins so.
CONTROL_FUNCTION_PREFIX = "procrastinate_"
