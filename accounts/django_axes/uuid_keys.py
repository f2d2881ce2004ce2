"""UUIDAutoField: a UUIDv7 primary key for models of a library that name none (AppConfig.default_auto_field)."""

from __future__ import annotations

from typing import Any

from django.db import models

from workix.core.models import uuid7


class UUIDAutoField(models.AutoField):  # type: ignore[type-arg]  # Django's class takes no parameters when it runs
    """A uuid to the database and to Python; an AutoField by kind, since Django takes no other for a key without a name."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", uuid7)
        super().__init__(*args, **options)

    def get_internal_type(self) -> str:
        return "UUIDField"

    def rel_db_type(self, connection: Any) -> str | None:
        return models.UUIDField().db_type(connection)

    def to_python(self, value: Any) -> Any:
        return models.UUIDField().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(value)

    @property
    def validators(self) -> list[Any]:
        """Have none: those of an AutoField bound an integer."""
        return []
