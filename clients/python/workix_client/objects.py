"""What the API answers, as far as one uses it: a field more in an answer changes nothing here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar


@dataclass(frozen=True)
class Person:
    """Somebody of the organization."""

    id: str
    email: str
    role: str
    is_active: bool


@dataclass(frozen=True)
class Consumption:
    """Units that were taken of a quota; `id` gives them back."""

    id: str
    resource: str
    used: int
    remaining: int


Object = TypeVar("Object", Person, Consumption)


def read(kind: type[Object], answer: Mapping[str, Any]) -> Object:
    """Take what is known of an answer, and leave the rest.

    :raises KeyError: when a field is missing: the document has changed.
    """
    return kind(**{field.name: answer[field.name] for field in fields(kind)})
