"""The store of rates in PostgreSQL: one function a call, as the control role, in a transaction of its own."""

# Raw SQL: calls the function of quotas/sql/rates.sql.

from __future__ import annotations

from datetime import datetime

from django.db import Error, connection

from quotas.throttling.gcra import Rate, StoreDown, Taken
from tenants.backend.dry_run import kept
from tenants.scope import use_platform
from workix.config.keyed_hash import keyed_hash

_TAKE = "SELECT granted, debt FROM public.take_from_rate(%s, %s, %s, %s, %s, %s)"


class PostgresStore:
    """`at` is the time for tests; None is the server's, which is one for all processes."""

    def take(self, rate: Rate, whose: str, wanted: int, *, at: datetime | None = None) -> Taken:
        """See quotas.throttling.gcra.Store.

        :raises StoreDown: for whatever the database says instead of an answer.
        """
        key = keyed_hash(f"rate:{rate.name}", whose)
        try:
            with kept(), use_platform(), connection.cursor() as cursor:
                cursor.execute(_TAKE, [key, rate.step, rate.span, rate.reserve, wanted, at])
                return Taken(*cursor.fetchone())
        except Error as error:
            raise StoreDown from error
