"""tenant_context and schema_context of django-tenants, through our scope and safe for threads, for apps written for it."""

# Note [The contexts of django-tenants]
# The library keeps who came before in the context itself, which all threads that call one decorated function share. The
# classes stay the library's, whoever imported them already; how they are entered and left is ours: a context remembers the
# scopes it entered, each of which belongs to its block (Note [Whose block it is] in tenants/scope.py), and leaves
# the last one of this thread.

from __future__ import annotations

from collections.abc import Callable
from contextlib import ContextDecorator
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction
from typing import TYPE_CHECKING, Any

from django.db import connections
from django_tenants import signals, utils

if TYPE_CHECKING:
    from tenants.scope import Scope


def _enter_tenant(self: Any) -> None:
    _enter(self, _scope_of(self.tenant))


def _enter_schema(self: Any) -> None:
    _enter(self, _scope_of_schema(self.schema_name))


def _enter(context: Any, scope: Scope) -> None:
    connections[context.database]  # raises for one that is not there
    scope.__enter__()
    vars(context).setdefault("entered_scopes", []).append(scope)


def _leave(self: Any, *_: object) -> None:
    """Return to the scope before.

    :raises LeftOutOfOrder: when this context is not the last one entered. No scope that was entered is left over then.
    """
    here, entered = connections[self.database], self.entered_scopes
    scope = next((each for each in reversed(entered) if each.wrapper is here), entered[-1])
    entered.remove(scope)
    scope.__exit__()


def _decorate(self: Any, function: Callable[..., Any]) -> Callable[..., Any]:
    """Run a function inside.

    :raises TypeError: for a generator or coroutine: the context would be left before its first line is run.
    """
    if isgeneratorfunction(function) or iscoroutinefunction(function) or isasyncgenfunction(function):
        raise TypeError(f"{function.__qualname__}() runs after this decorator has left: write `with` inside it.")
    return ContextDecorator.__call__(self, function)


def _scope_of(tenant: Any) -> Scope:
    from tenants.models import Organization  # noqa: PLC0415  # this is loaded before any model
    from tenants.scope import use_tenant  # noqa: PLC0415

    return use_tenant(tenant) if isinstance(tenant, Organization) else _scope_of_schema(tenant.schema_name)


def _scope_of_schema(name: str) -> Scope:
    """Return the platform's scope for `public`, and an organization's for its schema.

    :raises Organization.DoesNotExist: when the schema is nobody's.
    """
    from tenants.resolution import get_by_schema  # noqa: PLC0415
    from tenants.scope import use_platform, use_tenant  # noqa: PLC0415

    return use_platform() if name == utils.get_public_schema_name() else use_tenant(get_by_schema(name))


for _context, _entering in ((utils.tenant_context, _enter_tenant), (utils.schema_context, _enter_schema)):  # noqa: TID251
    _context.__enter__, _context.__exit__, _context.__call__ = _entering, _leave, _decorate
# Connected without a sender, it would make Django load every row of every model before it deletes it.
signals.post_delete.disconnect(signals.tenant_delete_callback)
