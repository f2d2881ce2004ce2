"""Validation errors of pydantic, said in our own sentences: its own quote the value, and would show a secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from pydantic_core import ErrorDetails

from workix.config.errors import Fault
from workix.config.fields import Setting

#: pydantic's word for a default that was not made, since another field is at fault.
_NOT_REACHED = "default_factory_not_called"


def sentences(errors: Iterable[ErrorDetails], settings: Iterable[Setting]) -> Iterator[str]:
    """Name each setting that is at fault, with what would be right."""
    known = {each.name: each for each in settings}
    for error in errors:
        if error["type"] != _NOT_REACHED:
            yield from _sentences(error, known[str(error["loc"][0])])


def _sentences(error: ErrorDetails, setting: Setting) -> tuple[str, ...]:
    reason = error.get("ctx", {}).get("error")
    if isinstance(reason, Fault):
        return reason.sentences
    given = "" if setting.secret else f", not {error['input']!r}"
    return (f"{setting.name} {_predicate(error, setting)}{given}.",)


def _predicate(error: ErrorDetails, setting: Setting) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] == "literal_error":
        return f"must be one of: {', '.join(get_args(setting.annotation))}"
    return "must be text in UTF-8" if error["type"] == "string_unicode" else "is not valid"
