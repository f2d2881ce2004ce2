"""The neighbours of an organization: whatever is done to it, their rows, schemas, catalogs, roles and quotas are as before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from tenants.isolation.owner import acting_as_owner
from tenants.jobs.known_jobs import declare_jobs
from tests.acts import rows
from tests.cast import Cast
from tests.database import superuser

#: Who works here and now, which is nobody's data.
_OF_WORKERS = ("procrastinate_workers", "procrastinate_periodic_defers")

#: What says only by way of another table whose it is.
_SAID = {
    "procrastinate_events": "SELECT concat(to_jsonb(t), args) FROM {} AS t LEFT JOIN public.procrastinate_jobs AS j"
    " ON j.id = job_id ORDER BY 1"
}

_TABLES = "SELECT schemaname::text, tablename::text FROM pg_tables WHERE schemaname = ANY (%s)"
# Whatever the catalogs say of a schema, in the server's own words.
_CATALOG = """
    WITH here AS (SELECT oid, nspname, nspowner, nspacl FROM pg_namespace WHERE nspname = ANY (%s)),
    relations AS (SELECT nspname, c.* FROM pg_class AS c JOIN here ON here.oid = relnamespace)
    SELECT nspname::text, concat_ws(' ', 'schema', nspowner::regrole, nspacl) FROM here
    UNION ALL SELECT nspname, concat_ws(' ', relkind, relname, relowner::regrole, relacl, relrowsecurity) FROM relations
    UNION ALL SELECT nspname, concat_ws(' ', 'column', relname, attname, format_type(atttypid, atttypmod), attnotnull, attacl)
      FROM relations AS r JOIN pg_attribute ON attrelid = r.oid WHERE attnum > 0
    UNION ALL SELECT nspname, concat_ws(' ', 'default', relname, adnum, pg_get_expr(adbin, adrelid))
      FROM relations AS r JOIN pg_attrdef ON adrelid = r.oid
    UNION ALL SELECT nspname, concat_ws(' ', 'constraint', relname, conname, convalidated, pg_get_constraintdef(k.oid))
      FROM relations AS r JOIN pg_constraint AS k ON conrelid = r.oid
    UNION ALL SELECT nspname, concat_ws(' ', 'index', pg_get_indexdef(indexrelid))
      FROM relations AS r JOIN pg_index ON indrelid = r.oid
    UNION ALL SELECT nspname, concat_ws(' ', 'trigger', relname, tgenabled, pg_get_triggerdef(t.oid))
      FROM relations AS r JOIN pg_trigger AS t ON tgrelid = r.oid WHERE NOT tgisinternal
    UNION ALL SELECT nspname, concat_ws(' ', 'policy', relname, polname, polcmd, polroles, pg_get_expr(polqual, polrelid))
      FROM relations AS r JOIN pg_policy ON polrelid = r.oid
    UNION ALL
    SELECT nspname, concat_ws(' ', 'function', p.oid::regprocedure, proowner::regrole, proacl, prosecdef, proconfig, prosrc)
      FROM here JOIN pg_proc AS p ON pronamespace = here.oid"""
_ROLES = """
    SELECT rolname::text, concat_ws(' ', rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
           rolbypassrls, rolconnlimit, rolpassword, rolvaliduntil, (SELECT array_agg(m::text ORDER BY m::text) FROM (
               SELECT roleid::regrole, grantor::regrole, to_jsonb(a) - '{oid,roleid,member,grantor}'::text[]
                 FROM pg_auth_members AS a WHERE member = r.oid AND roleid::regrole::text !~ '^org_') AS m),
           (SELECT array_agg(concat(setdatabase, setconfig) ORDER BY setdatabase) FROM pg_db_role_setting WHERE setrole = r.oid))
      FROM pg_authid AS r WHERE rolname = ANY (%s) OR rolname LIKE 'workix_test%%'"""


#: A neighbour as near to each act as it can be: it asked to be removed, has jobs, counters, tokens, keys and failures, too.
TEMPTING_IN_PUBLIC = (
    "UPDATE organizations SET removal_due_at = now() + interval '10 days', max_users = 7 WHERE id = %(id)s",
    "UPDATE quotas SET used = 4, reserved = 1, \"limit\" = 9 WHERE resource <> 'users' AND organization_id = %(id)s",
    'INSERT INTO past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, "limit", used)'
    " VALUES (gen_random_uuid(), now(), now(), %(id)s, 'executions', now() - interval '1 month', 9, 9)",
    "INSERT INTO quota_movements (id, organization_id, resource, period_starts_on, amount, given_back, actor_type,"
    " actor_label, created_at) VALUES (gen_random_uuid(), %(id)s, 'executions', now(), 1, 0, 'person', '', now())",
    "INSERT INTO quota_reservations (id, organization_id, resource, period_starts_on, amount, committed, actor_type, created_at,"
    " expires_at, outcome) VALUES (gen_random_uuid(), %(id)s, 'executions', now(), 1, 0, 'person', now(), now(), '')",
    "INSERT INTO attempts (key, count, since) VALUES (gen_random_uuid(), 3, now())",
    "WITH living AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id)"
    " INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, worker_id)"
    " SELECT 'default', 'tests.theirs', 'doing', jsonb_build_object('organization_id', %(id)s::text), id FROM living",
    "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, scheduled_at)"
    " SELECT 'default', 'tests.theirs', status::procrastinate_job_status, jsonb_build_object('organization_id', %(id)s::text),"
    " now() + interval '1 day' FROM unnest(ARRAY['todo', 'failed']) AS status",
    "INSERT INTO procrastinate_events (job_id, type) SELECT id, 'failed' FROM procrastinate_jobs WHERE status = 'failed'",
)
TEMPTING_IN_SCHEMA = (
    "INSERT INTO sessions (id, created_at, updated_at, refresh_hash, expires_at, ip_address, user_agent, last_seen_at,"
    " user_id) SELECT gen_random_uuid(), now(), now(), '', now() + interval '1 day', '', '', now(), id FROM users",
    "INSERT INTO email_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, user_id)"
    " SELECT gen_random_uuid(), now(), now(), 'reset_password', id::text, now() + interval '1 day', id FROM users",
    "INSERT INTO invitations (id, created_at, updated_at, email, first_name, last_name, role, status, token_hash, expires_at)"
    " VALUES (gen_random_uuid(), now(), now(), 'theirs@acme.example', '', '', 'user', 'pending', '', now())",
    "INSERT INTO idempotency_keys (id, fingerprint, headers, body, created_at) VALUES ('theirs', '', '{}', '', now())",
    "INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('theirs', '', now() + interval '1 day')",
)


class Acted(Protocol):
    """What of an organization is needed to leave it out."""

    @property
    def id(self) -> UUID: ...

    @property
    def schema_name(self) -> str: ...


@dataclass(frozen=True)
class Picture:
    """Everything there is: organizations (id by schema), rows by table, catalogs by schema, roles by name."""

    organizations: dict[str, str]
    rows: dict[tuple[str, str], list[str]]
    catalogs: dict[str, list[str]]
    roles: dict[str, str]

    def without(self, schemas: set[str], identities: set[str]) -> Picture:
        """Leave organizations out, and whatever names them by schema or id."""
        words = schemas | identities
        return Picture(
            {schema: identity for schema, identity in self.organizations.items() if schema not in schemas},
            {
                table: [row for row in found if not any(word in row for word in words)]
                for table, found in self.rows.items()
                if table[0] not in schemas
            },
            {schema: facts for schema, facts in self.catalogs.items() if schema not in schemas},
            {role: facts for role, facts in self.roles.items() if role not in schemas},
        )


def tempt(cast: Cast) -> None:
    """Give an organization something of everything that acts are about."""
    with acting_as_owner("public"):
        declare_jobs()  # those that other tests made since, which `migrate` would add
    for statement in TEMPTING_IN_PUBLIC:
        rows(statement, id=cast.organization.id)
    for statement in TEMPTING_IN_SCHEMA:
        rows(statement, cast)


def picture(behind: psycopg.Connection) -> Picture:
    """Look at everything."""
    with behind.transaction():
        behind.execute("SET LOCAL search_path = pg_catalog")
        organizations: dict[str, str] = dict(
            behind.execute("SELECT schema_name, id::text FROM public.organizations ORDER BY 1").fetchall()
        )
        schemas = ["public", *organizations]
        roles: dict[str, str] = dict(behind.execute(_ROLES, [list(organizations)]).fetchall())
        return Picture(organizations, _rows(behind, schemas), _catalogs(behind, schemas), roles)


@contextmanager
def neighbours_untouched(acted: Acted | None = None, *, more_in: tuple[str, ...] = ()) -> Iterator[None]:
    """Compare everything but `acted`, and what is opened inside the block, with what it was before.

    Tables of `public` in `more_in` may have rows more that name no organization; those before stay as they were.
    """
    with superuser() as behind:
        before = picture(behind)
    yield
    with superuser() as behind:
        after = picture(behind)
    schemas = {acted.schema_name} if acted else set()
    identities = {str(acted.id)} if acted else set()
    schemas |= after.organizations.keys() - before.organizations.keys()
    identities |= {identity for schema, identity in after.organizations.items() if schema in schemas}
    was, now = (each.without(schemas, identities) for each in (before, after))
    for table in more_in:
        now.rows["public", table] = [row for row in now.rows["public", table] if row in was.rows["public", table]]
    found = list(_differences(was, now))
    if found:
        pytest.fail("\n".join(["Neighbours are not as they were:", *found]), pytrace=False)


def _differences(was: Picture, now: Picture) -> Iterator[str]:
    for name in ("organizations", "rows", "catalogs", "roles"):
        before, after = getattr(was, name), getattr(now, name)
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                gone, new = (
                    [each for each in _each(one) if each not in _each(other)]
                    for one, other in ((before.get(key), after.get(key)), (after.get(key), before.get(key)))
                )
                yield f"{name} {key}: was {gone}, is {new}"


def _each(value: str | list[str] | None) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _rows(behind: psycopg.Connection, schemas: list[str]) -> dict[tuple[str, str], list[str]]:
    found = {}
    for schema, table in behind.execute(_TABLES, [schemas]).fetchall():
        if table not in _OF_WORKERS:
            said = _SAID.get(table, "SELECT to_jsonb(t)::text FROM {} AS t ORDER BY 1")
            query = sql.SQL(said).format(sql.Identifier(schema, table))  # type: ignore[arg-type]  # ours
            found[schema, table] = [row for (row,) in behind.execute(query)]
    return found


def _catalogs(behind: psycopg.Connection, schemas: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {schema: [] for schema in schemas}
    for schema, fact in behind.execute(_CATALOG + " ORDER BY 1, 2", [schemas]):
        found[schema].append(fact)
    return found
