"""Configuration errors: everything that is wrong with the environment, in sentences that hold no secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, get_args

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from workix.config.fields import Setting

#: pydantic's word for a default that was not made, since another field is at fault.
_NOT_REACHED = "default_factory_not_called"


class ConfigurationError(ImproperlyConfigured):
    """Says everything that is wrong with the environment at once; never shows a secret."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        lines = ["Workix cannot start with this environment:", *(f"  - {fault}" for fault in self.faults)]
        super().__init__("\n".join(lines))


class Fault(ValueError):
    """Whole sentences about a setting. A settings source gives one where it can give no value."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


def sentences(errors: Iterable[ErrorDetails], settings: Mapping[str, Setting]) -> Iterator[str]:
    """Say in our own words what pydantic found: its own quote the value, and would show a secret."""
    for error in errors:
        if error["type"] != _NOT_REACHED:
            setting = settings[str(error["loc"][0])]
            reason = error.get("ctx", {}).get("error")
            given = "" if setting.secret else f", not {error['input']!r}"
            yield from (
                reason.sentences
                if isinstance(reason, Fault)
                else [f"{setting.name} {_predicate(error, setting)}{given}."]
            )


def _predicate(error: ErrorDetails, setting: Setting) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] == "literal_error":
        return f"must be one of: {', '.join(get_args(setting.annotation))}"
    return "must be text in UTF-8" if error["type"] == "string_unicode" else "is not valid"
