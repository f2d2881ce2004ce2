"""Erases a person from tables of `public` with rows of their organization: the job queue, movements and reservations."""

# Raw SQL: changes rows of `public`, which no organization's role reaches.

from __future__ import annotations

from uuid import UUID

from django.db import connection

from tenants.erasure.traces import ERASED, Traces
from workix.core.current import Current

_STATEMENTS = {
    "procrastinate_jobs": """
        UPDATE public.procrastinate_jobs SET args = regexp_replace(args::text, %(texts)s, %(erased)s, 'gi')::jsonb
         WHERE args ->> 'organization_id' = %(organization)s::text AND args::text ~* %(texts)s""",
    "quota_movements": """
        UPDATE public.quota_movements SET actor_id = NULL, actor_label = ''
         WHERE organization_id = %(organization)s::uuid AND (actor_id = %(person)s OR actor_label ~* %(texts)s)""",
    "quota_reservations": """
        UPDATE public.quota_reservations SET actor_id = NULL
         WHERE organization_id = %(organization)s::uuid AND actor_id = %(person)s""",
}
_LEFT = {
    "public.procrastinate_jobs.args": """
        SELECT count(*) FROM public.procrastinate_jobs
         WHERE args ->> 'organization_id' = %(organization)s::text AND args::text ~* %(texts)s""",
    "public.quota_movements.actor_label": """
        SELECT count(*) FROM public.quota_movements
         WHERE organization_id = %(organization)s::uuid AND actor_label ~* %(texts)s""",
}


def erase_in_public(traces: Traces) -> dict[str, int]:
    """Take a person out of the organization's rows in `public`, as the owner. Return the rows by table."""
    done = {}
    with connection.cursor() as cursor:
        for table, statement in _STATEMENTS.items():
            cursor.execute(statement, _values(traces))
            done[table] = int(cursor.rowcount)
    return done


def count_left_in_public(traces: Traces) -> dict[str, int]:
    """Look whether anything of them is there still; by column."""
    left = {}
    with connection.cursor() as cursor:
        for column, statement in _LEFT.items():
            cursor.execute(statement, _values(traces))
            left[column] = int((cursor.fetchone() or (0,))[0])
    return {column: count for column, count in left.items() if count}


def _values(traces: Traces) -> dict[str, str | UUID]:
    return {
        "organization": str(Current.organization.id),
        "person": traces.person_id,
        "texts": traces.pattern,
        "erased": ERASED,
    }
