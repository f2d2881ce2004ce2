"""Settings as pydantic fields: the environment variable of each, its purpose, and whether it is secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from workix.config.secrets import Secret


class Trait(Enum):
    """What stands in a field's annotation beside its type."""

    SECRET = "secret"  # noqa: S105  # the word, not one
    PRODUCTION_REQUIRED = "production_required"


@dataclass(frozen=True)
class MadeInDevelopment:
    """Has development draw the value itself where nobody set one. `parse` reads what was drawn."""

    draw: Callable[[], str]
    parse: Callable[[str], Secret] = Secret


def setting(name: str, purpose: str, default: Any = PydanticUndefined, **more: Any) -> Any:
    """Declare a pydantic field that is read from the environment variable `name`."""
    return Field(default, validation_alias=name, description=purpose, **more)


@dataclass(frozen=True)
class Setting:
    """What an operator is told about one setting. `default` is written as in the environment; None where there is none."""

    name: str
    help: str
    default: str | None
    annotation: Any
    secret: bool
    production_required: bool
    made: MadeInDevelopment | None

    @classmethod
    def of(cls, field: FieldInfo) -> Setting:
        return cls(
            name=str(field.validation_alias),
            help=field.description or "",
            default=_written(field.default),
            annotation=field.annotation,
            secret=Trait.SECRET in field.metadata,
            production_required=Trait.PRODUCTION_REQUIRED in field.metadata,
            made=next((each for each in field.metadata if isinstance(each, MadeInDevelopment)), None),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The variables this setting is read from: a secret may lie in the file that `NAME_FILE` names."""
        return (self.name, f"{self.name}_FILE") if self.secret else (self.name,)


def settings_of(model: type[BaseModel]) -> tuple[Setting, ...]:
    """List the settings of a model in the order they are declared in, its own before those it inherits."""
    inherited = {name for base in model.__bases__ for name in getattr(base, "model_fields", {})}
    fields = sorted(model.model_fields.items(), key=lambda each: each[0] in inherited)
    return tuple(Setting.of(field) for _, field in fields)


def _written(default: Any) -> str | None:
    if default is None or default is PydanticUndefined:
        return None
    if isinstance(default, tuple):
        return ",".join(map(str, default))
    return str(default).lower() if isinstance(default, bool) else str(default)
