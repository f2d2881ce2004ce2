"""Which organizations the last roll-out could not bring up (`failed_roll_outs`), until one can."""

# Raw SQL: two statements for any number of organizations, as the owner.

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import psycopg

_FAILED = """
    INSERT INTO public.failed_roll_outs AS f (organization_id, failed_at)
    SELECT id, now() FROM public.organizations WHERE schema_name = ANY (%s)
        ON CONFLICT (organization_id) DO UPDATE SET failed_at = excluded.failed_at"""
_MENDED = """
    DELETE FROM public.failed_roll_outs AS f USING public.organizations AS o
     WHERE f.organization_id = o.id AND o.schema_name = ANY (%s)"""


class Ended(Protocol):
    """What became of one organization's schema."""

    @property
    def schema(self) -> str: ...

    @property
    def error(self) -> str: ...


def note(connection: psycopg.Connection, outcomes: Iterable[Ended]) -> None:
    """Write down who failed, and forget who did no more. Why is not kept: it may quote rows."""
    every = list(outcomes)
    connection.execute(_MENDED, [[each.schema for each in every if not each.error]])
    connection.execute(_FAILED, [[each.schema for each in every if each.error]])
