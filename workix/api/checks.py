"""System check: every action of the API names a declared permission, and what a list offers has an index that serves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.checks import CheckMessage
from django.db.models import Model, UniqueConstraint
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.permissions import AllowAny

from workix.core.apps import FoundationAppConfig, permissions
from workix.core.checks import fault
from workix.core.permissions import KNOWN, OPEN, RequirePermission


def check_required_permissions(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Look at every view of REST framework that has an address."""
    there = set(routed_actions())
    found = [each for view, action in sorted(there, key=str) for each in _action(view, action)]
    return [*found, *(each for view in sorted({view for view, _ in there}, key=str) for each in _view(view, there))]


def routed_actions() -> Iterator[tuple[type, str]]:
    """List each view with an address and what can be done there; pages of libraries that are open by design left out."""
    for pattern in _patterns(get_resolver()):
        view = getattr(pattern.callback, "cls", None)
        if view is None or view.permission_classes == [AllowAny]:
            continue
        bound: dict[str, str] | None = getattr(pattern.callback, "actions", None)
        methods = [each for each in view.http_method_names if hasattr(view, each) and each != "options"]
        for action in bound.values() if bound else methods:
            yield view, action


def named(view: type, action: str) -> str:
    """Name an action as one finds it in the code."""
    return f"{view.__module__}.{view.__qualname__}.{action}"


def required(view: type) -> Mapping[str, str]:
    return getattr(view, "required_permissions", {})


def _action(view: type, action: str) -> Iterator[CheckMessage]:
    needed = required(view).get(action)
    if needed is None:
        mend = "name it in the view's `required_permissions`, or OPEN where anybody may. Until then nobody gets in."
        yield fault(30, "every action names its permission", named(view, action), mend=mend)
    elif needed not in (OPEN, KNOWN) and needed not in permissions():
        mend = "declare it in the `permissions` of the app's TenantAppConfig, or take one that is declared."
        yield fault(31, f"what an action needs is declared, {needed} is not", named(view, action), mend=mend)


def _view(view: Any, there: set[tuple[type, str]]) -> Iterator[CheckMessage]:
    if RequirePermission not in view.permission_classes:
        mend = "leave `permission_classes` as the settings have it."
        yield fault(32, "every view asks for permission", f"{view.__module__}.{view.__qualname__}", mend=mend)
    for action in required(view):
        if (view, action) not in there:
            mend = "take the line out of `required_permissions`, or route the action."
            yield fault(33, "permissions are named for actions there are", named(view, action), mend=mend)
    for action in getattr(view, "recent_authentication", ()):
        if (view, action) not in there:
            mend = "take it out of `recent_authentication`, or route the action."
            yield fault(35, "a recent log-in is asked for at actions there are", named(view, action), mend=mend)


def check_indexes(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Look at what the lists of feature apps can be narrowed down and ordered by: without an index, each is a scan."""
    found: list[CheckMessage] = []
    for view in sorted({view for view, _ in routed_actions()}, key=str):
        model = getattr(getattr(view, "queryset", None), "model", None)
        if model is None or isinstance(model._meta.app_config, FoundationAppConfig):
            continue
        for column in sorted(_offered(view) - _indexed(model)):
            mend = f'add models.Index(fields=("{column}", …)) to the model, and a migration; or do not offer it.'
            rule = "every filter and ordering on offer has an index that serves it"
            found.append(fault(34, rule, f"{view.__module__}.{view.__qualname__}: {column}", mend=mend))
    return found


def _offered(view: Any) -> set[str]:
    filters = getattr(view, "filterset_class", None)
    fields = {each.field_name for each in filters.base_filters.values()} if filters else set()
    return fields | set(getattr(view, "filterset_fields", ())) | set(getattr(view, "ordering_fields", ()))


def _indexed(model: type[Model]) -> set[str]:
    """Name the columns an index of the model begins with."""
    found = {field.name for field in model._meta.concrete_fields if field.unique or getattr(field, "db_index", False)}
    constraints = (each for each in model._meta.constraints if isinstance(each, UniqueConstraint))
    leading = (each.fields[0] for each in (*model._meta.indexes, *constraints) if each.fields)
    return found | {name.removeprefix("-") for name in leading}


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each)
        else:
            yield each
