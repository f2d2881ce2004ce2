"""Measures the storage of every organization, at night: pg_total_relation_size() over its schema, many in one statement."""

# Raw SQL: calls a function of `public` as the control role.

# Note [Measuring storage]
# Nothing is locked for longer than it takes to ask for one size. But a session remembers every table and index it ever
# opened (relcache), which is some hundred an organization. So one statement is for BATCH of them, and its connection ends
# with it. Neither depends on how many organizations there are.

from __future__ import annotations

from django.db import connection

from tenants.models import Organization
from tenants.scope import use_platform

BATCH = 50


def measure_storage() -> int:
    """Measure every organization; return how many there are. One that is removed meanwhile is left out."""
    with use_platform():
        there = list(Organization.objects.filter(deleted_at__isnull=True).order_by("id").values_list("id", flat=True))
        for start in range(0, len(there), BATCH):
            with connection.cursor() as cursor:
                cursor.execute("SELECT public.measure_storage(%s)", [there[start : start + BATCH]])
            connection.close()  # see Note [Measuring storage]
    return len(there)
