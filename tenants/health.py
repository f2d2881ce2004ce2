"""Readiness checks of the database, for /health/ready."""

# Raw SQL: asks whether the database answers, and whether roles are there.

from __future__ import annotations

from django.db import connection

from tenants.scope import use_platform

# A restore brings no roles (pg_dump has none), and then no organization can log in. Only the control role is sure to be
# there: without it, nobody asks. The cast is an error for a role that is not there, and no catalog has to be readable for
# it. Some of the newest do: what a probe costs doesn't grow with the organizations, and a restore loses all roles or none.
_NEWEST_HAVE_ROLES = """
    SELECT count(schema_name::regrole)
      FROM (SELECT schema_name, deleted_at FROM public.organizations ORDER BY id DESC LIMIT 20) AS newest
     WHERE deleted_at IS NULL"""


def database_answers() -> bool:
    """Ask the database, as the control role, whether organizations can log in.

    :raises DatabaseError: when it can't be asked, or they can't.
    """
    with use_platform(), connection.cursor() as cursor:
        cursor.execute(_NEWEST_HAVE_ROLES)
        return cursor.fetchone() is not None
