"""The guide names every permission and every refusal. That every action names its permission, a system check asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rest_framework import exceptions

from tests.house.rule import assert_kept
from tests.house.sources import PROJECT, of_the_foundation
from workix.api.checks import routed_actions
from workix.api.problems import problem_of
from workix.core.apps import TenantAppConfig, declaring_apps
from workix.core.errors import ProblemError
from workix.core.permissions import OPERATOR

GUIDE = PROJECT / "docs" / "api.md"
_COLUMNS = ("admin", "user", "viewer", "key", "agent")
_ROW = re.compile(r"^\| (`\w+:\w+`[^|]*) \|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|", re.MULTILINE)
FRAMEWORK = (
    exceptions.ParseError,
    exceptions.MethodNotAllowed,
    exceptions.NotAcceptable,
    exceptions.UnsupportedMediaType,
    exceptions.Throttled,
)


def test_every_permission_is_in_the_guide() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert_kept(
        "every permission is described",
        [each for app in _foundation() for each in app.permissions if f"`{each}`" not in guide],
        mend="say in docs/api.md what it allows, and who holds it.",
    )


def test_the_guides_table_says_whose_each_permission_is() -> None:
    """Permission x role x API key x agent: what is declared, ticked."""
    said: dict[str, set[str]] = {}
    for names, *ticks in _ROW.findall(GUIDE.read_text(encoding="utf-8")):
        holders = {holder for holder, tick in zip(_COLUMNS, ticks, strict=True) if tick.strip()}
        said |= dict.fromkeys(re.findall(r"`(\w+:\w+)`", names), holders)
    declared = {name: each for app in _foundation() for name, each in app.permissions.items()}
    assert said == {
        name: (set(each.held_by) - {OPERATOR})
        | {kind for kind, holds in (("key", each.scope), ("agent", each.agent)) if holds}
        for name, each in declared.items()
    }


def test_every_problem_code_is_in_the_guide() -> None:
    list(routed_actions())  # so that every refusal is imported
    guide = GUIDE.read_text(encoding="utf-8")
    ours = {refusal.code for refusal in _refusals(ProblemError) if of_the_foundation(refusal)}
    codes = ours | {_code_of(error) for error in FRAMEWORK}
    assert_kept(
        "every problem code is described",
        [code for code in codes - {ProblemError.code} if f"`{code}`" not in guide],
        mend="say in docs/api.md when it is answered, and what the caller may do.",
    )


def _foundation() -> Iterator[TenantAppConfig]:
    return (app for app in declaring_apps() if of_the_foundation(type(app)))


def _refusals(kind: type[ProblemError]) -> Iterator[type[ProblemError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _refusals(below)


def _code_of(error: type[exceptions.APIException]) -> str:
    made = {exceptions.MethodNotAllowed: ("PUT",), exceptions.UnsupportedMediaType: ("text/plain",)}
    return problem_of(error(*made.get(error, ()))).code
