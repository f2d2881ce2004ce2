"""Closed by default: every action names who may take it, and the guide names every permission and refusal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework import exceptions

from tests.house.rule import assert_kept
from tests.house.sources import PROJECT, of_the_foundation
from workix.api.problems import problem_of
from workix.core.apps import TenantAppConfig, declaring_apps, permissions
from workix.core.errors import ProblemError
from workix.core.permissions import OPEN

GUIDE = PROJECT / "docs" / "api.md"
#: Pages of the library that show the document; the setting SERVE_PERMISSIONS says who may read them: anybody.
OPEN_PAGES = {"SpectacularAPIView", "SpectacularRedocView", "SpectacularSwaggerSplitView"}
FRAMEWORK = (
    exceptions.ParseError,
    exceptions.MethodNotAllowed,
    exceptions.NotAcceptable,
    exceptions.UnsupportedMediaType,
    exceptions.Throttled,
)


def test_every_action_names_its_permission() -> None:
    assert_kept(
        "every action names its permission",
        [_named(view, action) for view, action in _actions() if _required(view).get(action) is None],
        mend="name it in the view's `required_permissions`, or OPEN where anybody may. Until then nobody gets in.",
    )


def test_what_is_named_is_a_permission_or_openness() -> None:
    known = {*permissions(), OPEN}
    assert_kept(
        "what an action needs is a permission, or OPEN",
        [_named(view, action) for view, action in _actions() if _required(view).get(action, OPEN) not in known],
        mend="declare it in the `permissions` of the app's TenantAppConfig, or take one that is declared.",
    )


def test_nothing_is_named_that_is_no_action() -> None:
    there = set(_actions())
    assert_kept(
        "permissions are named for actions there are",
        {_named(view, action) for view, _ in there for action in _required(view) if (view, action) not in there},
        mend="take the line out of `required_permissions`, or route the action.",
    )


def test_every_permission_is_in_the_guide() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert_kept(
        "every permission is described",
        [each for app in _foundation() for each in app.permissions if f"`{each}`" not in guide],
        mend="say in docs/api.md what it allows, and who holds it.",
    )


def test_every_permission_says_what_it_allows() -> None:
    """A feature app's are in no guide: what they allow is said beside them, and in the document."""
    assert_kept(
        "a permission says in a sentence what it allows",
        [f"{name}: {each.description!r}" for name, each in permissions().items() if not each.description.endswith(".")],
        mend="describe it in the `permissions` of the app's TenantAppConfig.",
    )


def test_every_problem_code_is_in_the_guide() -> None:
    list(_actions())  # so that every refusal is imported
    guide = GUIDE.read_text(encoding="utf-8")
    ours = {refusal.code for refusal in _refusals(ProblemError) if of_the_foundation(refusal)}
    codes = ours | {_code_of(error) for error in FRAMEWORK}
    assert_kept(
        "every problem code is described",
        [code for code in codes - {ProblemError.code} if f"`{code}`" not in guide],
        mend="say in docs/api.md when it is answered, and what the caller may do.",
    )


def test_every_refusal_is_a_sentence() -> None:
    list(_actions())
    assert_kept(
        "a refusal is a sentence for the caller, or says in its docstring when it is raised",
        [each.__qualname__ for each in _refusals(ProblemError) if not (each.detail.endswith(".") or each.__doc__)],
        mend="give the class a `detail`.",
    )


def _foundation() -> Iterator[TenantAppConfig]:
    return (app for app in declaring_apps() if of_the_foundation(type(app)))


def _actions() -> Iterator[tuple[type, str]]:
    for pattern in _patterns(get_resolver()):
        view = getattr(pattern.callback, "cls", None)
        if view is None or view.__name__ in OPEN_PAGES:
            continue
        bound: dict[str, str] | None = getattr(pattern.callback, "actions", None)
        methods = [each for each in view.http_method_names if hasattr(view, each) and each != "options"]
        for action in bound.values() if bound else methods:
            yield view, action


def _named(view: type, action: str) -> str:
    return f"{view.__module__}.{view.__name__}.{action}"


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each)
        else:
            yield each


def _required(view: type) -> dict[str, Any]:
    return getattr(view, "required_permissions", {})


def _refusals(kind: type[ProblemError]) -> Iterator[type[ProblemError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _refusals(below)


def _code_of(error: type[exceptions.APIException]) -> str:
    made = {exceptions.MethodNotAllowed: ("PUT",), exceptions.UnsupportedMediaType: ("text/plain",)}
    return problem_of(error(*made.get(error, ()))).code
