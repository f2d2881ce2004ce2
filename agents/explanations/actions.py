"""Actions that are asked about: a permission, or an operation of the API by its name or as `METHOD /path/`."""

# Note [Operations by path]
# A path is resolved as that of a request is, so it leads to the very view, and its ids are the object. The name of an
# operation is known to the OpenAPI document alone: it is made once in a process, when somebody first asks by name.

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import QueryDict
from django.urls import Resolver404, ResolverMatch, resolve

from agents.dry_run import PARAMETER
from quotas.counted import counted_models
from workix.core.apps import permissions, resources
from workix.core.errors import Invalid
from workix.core.permissions import RequirePermission
from workix.web.cors import API

LONGEST = 2_000
_CALL = re.compile(r"(GET|HEAD|POST|PUT|PATCH|DELETE) (/\S*)")
_PLACE = re.compile(r"{\w+}")
#: Stands for an id that nobody named.
_ANY = "00000000-0000-0000-0000-000000000000"
#: The permission that takes from a quota, where no operation says so.
CONSUME = "quotas:consume"


@dataclass(frozen=True, slots=True)
class Action:
    """What is asked about. `permission` None is open to nobody; `view` None where a permission alone was named."""

    named: str
    permission: str | None
    method: str = ""
    path: str = ""
    view: Any = None
    takes_recent_authentication: bool = False
    #: Whether it is asked about as a dry run.
    is_tried: bool = False
    #: The quota that a unit is taken from, where one is.
    resource: str = ""


def read_action(named: str, about: str = "") -> Action:
    """Read what is asked about; `about` is the id or name of the thing, where the path does not say it.

    :raises Invalid: when there is no such permission and no such operation, or a quota is not there.
    """
    if named in permissions():
        return Action(named, named, resource=about if named == CONSUME and about in resources() else "")
    if named in (by_name := _operations() if named.isidentifier() else {}):
        return _operation(named, *by_name[named], about)
    call = _CALL.fullmatch(named)
    if call is None:
        raise _no_such_action()
    return _operation(named, call[1], call[2], about)


def _operation(named: str, method: str, path: str, about: str) -> Action:
    filled, match = _resolved(path, about)
    view: Any = getattr(match.func, "cls", None)
    if view is None or RequirePermission not in view.permission_classes:
        raise _no_such_action()
    handlers: Mapping[str, str] | None = getattr(match.func, "actions", None)
    handler = "get" if method == "HEAD" else method.lower()
    action = handlers.get(handler) if handlers is not None else handler if hasattr(view, handler) else None
    if action is None:
        raise _no_such_action()
    return Action(
        named,
        view.required_permissions.get(action),
        method,
        filled,
        view,
        action in getattr(view, "recent_authentication", ()),
        QueryDict(path.partition("?")[2]).get(PARAMETER) == "true",
        _resource(view, action, match.kwargs),
    )


def _resolved(path: str, about: str) -> tuple[str, ResolverMatch]:
    """Find the view of a path, as for a request, and tell the path: an id that is not in it is that of the thing, or any."""
    for filler in (about, _ANY):
        filled = filler.join(_PLACE.split(path))
        try:
            if filled.startswith(API):
                called = filled.partition("?")[0]
                return called, resolve(called)
        except Resolver404:
            continue
    raise _no_such_action()


def _resource(view: Any, action: str, kwargs: Mapping[str, Any]) -> str:
    """Name the quota an action takes from: the one its view names, or that the rows it adds are counted as."""
    named = getattr(view, "quota_of", {}).get(action)
    if named is not None:
        found = named.format(**kwargs)
        return found if found in resources() else ""
    model = getattr(getattr(view, "queryset", None), "model", None)
    return counted_models().get(model, "") if action == "create" and model is not None else ""


@cache
def _operations() -> dict[str, tuple[str, str]]:
    """Map the name of each operation of the API document to its method and path. See Note [Operations by path]."""
    from drf_spectacular.generators import SchemaGenerator  # noqa: PLC0415  # whoever asks by no name needs none of it

    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # the library's
    return {
        described["operationId"]: (method.upper(), path)
        for path, methods in document["paths"].items()
        for method, described in methods.items()
    }


def _no_such_action() -> Invalid:
    said = "Name a permission (users:write), an operation of the API (users_create), or a call (POST /api/v1/users/)."
    return Invalid(said, field="action", problem="unknown_action")
