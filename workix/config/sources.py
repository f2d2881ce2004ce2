"""Settings sources for pydantic-settings: environment variables, NAME_FILE secrets, and the secrets of development."""

from __future__ import annotations

import difflib
import os
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from workix.config import production
from workix.config.errors import Fault
from workix.config.fields import Setting, settings_of
from workix.config.secrets import KeptSecret, Secret, read_secret

# Note [What pydantic is shown]
# pydantic keeps what it was given in its errors, and pydantic-settings logs what its sources found when told to debug.
# So a secret is wrapped before either sees it, and is unwrapped only inside the function that reads its text.


class _Source(PydanticBaseSettingsSource):
    """Asks for one field after the other; None says that this source knows nothing of it."""

    def __call__(self) -> dict[str, Any]:
        found = (self.get_field_value(field, name) for name, field in self.settings_cls.model_fields.items())
        return {key: value for value, key, _ in found if value is not None}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        setting = Setting.of(field)
        try:
            return self.find(setting), setting.name, False
        except Fault as fault:
            return fault, setting.name, False

    @abstractmethod
    def find(self, setting: Setting) -> str | Secret | None:
        """Return what was set.

        :raises Fault: when something was set that cannot be read.
        """


class VariablesSource(_Source):
    """Environment variables. A secret may lie in a file instead, which `NAME_FILE` names; an empty one is unset."""

    def __init__(self, settings_cls: type[BaseSettings], variables: Mapping[str, str]) -> None:
        super().__init__(settings_cls)
        self._variables = variables

    def find(self, setting: Setting) -> str | Secret | None:
        given = [name for name in setting.names if self._variables.get(name)]
        if not given:
            return None
        if len(given) > 1:
            raise Fault(f"{setting.name} is set twice: unset it or {setting.names[1]}.")
        text = self._variables[given[0]]
        if given[0] != setting.name:
            return _read(setting, Path(text))
        return Secret(text) if setting.secret else text


class ProductionSource(VariablesSource):
    """Environment variables with a fault in the place of whatever production refuses."""

    def __call__(self) -> dict[str, Any]:
        found = super().__call__()
        return {**found, **production.refused(found, settings_of(self.settings_cls))}


class DevelopmentSecretsSource(_Source):
    """Secrets that development keeps in a folder: read where there are any, else drawn when first revealed."""

    def __init__(self, settings_cls: type[BaseSettings], secrets_dir: Path) -> None:
        super().__init__(settings_cls)
        self._secrets_dir = secrets_dir

    def find(self, setting: Setting) -> Secret | None:
        if setting.made is None:
            return None
        file = self._secrets_dir / setting.name.removeprefix("WORKIX_").lower()
        if os.path.lexists(file):
            return _read(setting, file)
        return KeptSecret(file, setting.made.draw, setting.made.parse, name=setting.name)


def unknown_variables(variables: Iterable[str], known: Iterable[Setting], *, beginning: str) -> Iterator[str]:
    """Find fault with every variable that begins like ours and is none of ours."""
    names = [name for each in known for name in each.names]
    for name in sorted(variables):
        if name.startswith(beginning) and name not in names:
            yield f"{name} is no setting{_closest(name, names)}."


def _closest(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.75)
    return f": did you mean {near[0]}" if near else ", see .env.example"


def _read(setting: Setting, file: Path) -> Secret:
    try:
        return read_secret(file)
    except UnicodeDecodeError:
        reason = "lies in a file that is not UTF-8 text"
    except OSError as error:
        reason = f"cannot be read from {error.filename}: {error.strerror}"
    except ValueError:
        reason = "cannot be read: its path holds a zero byte"
    raise Fault(f"{setting.name} {reason}.")
