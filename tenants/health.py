"""Readiness checks of the database, for /health/ready."""

# Raw SQL: asks whether the database answers.

from __future__ import annotations

from django.db import connection

from tenants.scope import use_platform


def database_answers() -> bool:
    """Ask the database for something, as the control role.

    :raises DatabaseError: when it can't be asked.
    """
    with use_platform(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())
