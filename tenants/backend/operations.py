"""Database operations: an integer that its column can't hold (numeric_value_out_of_range) is refused before it is sent."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.utils import DataError


class DatabaseOperations(PostgresOperations):
    """psycopg packs an integer into the bytes of its column's type, and cuts off what does not fit: 2**32 becomes 0.

    Forms, serializers and commands bound what people send; this is for what they overlook.
    """

    def adapt_integerfield_value(self, value: Any, internal_type: str) -> Any:
        """Wrap an integer in its column's type.

        :raises DataError: when it does not fit.
        """
        if isinstance(value, int):
            smallest, largest = self.integer_field_range(internal_type)
            if not smallest <= value <= largest:
                raise DataError(f"{internal_type} holds no number outside of {smallest} to {largest}.")
        return super().adapt_integerfield_value(value, internal_type)
