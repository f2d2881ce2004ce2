"""TenantAppConfig: what an app declares beside itself (permissions, quotas, privileges), and the lists that come of it."""

# Note [What an app declares]
# Nothing of an app stands in a list elsewhere. Its AppConfig says who may do what, what is counted and which privileges
# are narrower than usual; its models say what is audited, counted and personal; its URLs (api/urls.py), pages (admin.py)
# and jobs (tasks.py) are found by their place. What is asked here is collected from the apps that are installed.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models

from workix.core.permissions import Permission, Role
from workix.core.privileges import Privilege
from workix.core.resources import Resource


class TenantAppConfig(AppConfig):
    """An app whose tables are in every organization's schema. See Note [What an app declares]."""

    default = False
    #: `thing:verb` -> what it allows, and whose it is.
    permissions: Mapping[str, Permission] = {}
    #: What is counted, besides the resources that are there already.
    resources: tuple[Resource, ...] = ()
    #: Table -> what an organization's own role may do with it, where that is less than with any other.
    privileges: Mapping[str, tuple[Privilege, ...]] = {}

    def __init_subclass__(cls) -> None:
        """Have Django take the class an app writes, and not the one from here that its module imports."""
        cls.default = cls.__module__ != __name__


class FoundationAppConfig(TenantAppConfig):
    """An app of the foundation: it may have tables and functions in `public`, too.

    Its functions are in `sql/*.sql` in its folder.
    """

    #: Table of `public` -> what the control role may do with it.
    control_privileges: Mapping[str, tuple[Privilege, ...]] = {}
    #: Table of every organization's schema -> what the sequencer may do with it, besides the trail and its tree.
    sequencer_privileges: Mapping[str, tuple[Privilege, ...]] = {}
    #: Functions of `public` that every organization's own role may call: each knows its caller by session_user.
    tenant_functions: tuple[str, ...] = ()
    #: Functions of `public` that the control role may call.
    control_functions: tuple[str, ...] = ()


def declaring_apps() -> Iterator[TenantAppConfig]:
    """List the installed apps that declare anything, in the order of the settings."""
    return (app for app in apps.get_app_configs() if isinstance(app, TenantAppConfig))


def foundation_apps() -> list[FoundationAppConfig]:
    """List the apps that may have tables and functions in `public`, in the order of the settings."""
    return [app for app in declaring_apps() if isinstance(app, FoundationAppConfig)]


def tenant_models() -> Iterator[type[models.Model]]:
    """List the models that have a table in every organization's schema: ours, and those of libraries."""
    named = set(settings.TENANT_APPS)
    for app in apps.get_app_configs():
        if {app.name, f"{type(app).__module__}.{type(app).__qualname__}"} & named:
            yield from app.get_models(include_auto_created=True)


@cache
def permissions() -> Mapping[str, Permission]:
    """Map every permission there is to what it allows, and whose it is."""
    return {name: permission for app in declaring_apps() for name, permission in app.permissions.items()}


@cache
def permissions_of(holder: str) -> frozenset[str]:
    """Name what a role of an organization, or an operator, may do."""
    return frozenset(name for name, permission in permissions().items() if holder in permission.held_by)


@cache
def grantable() -> frozenset[str]:
    """Name the permissions that people of an organization can hold, and that a role of its own may have: no operator's."""
    return frozenset(name for name, permission in permissions().items() if permission.held_by & set(Role))


@lru_cache(maxsize=4_096)
def granted_by(names: str) -> frozenset[str]:
    """Read a list of permissions, separated by blanks. What nobody declares any more, or is an operator's, is none."""
    return frozenset(names.split()) & grantable()


@lru_cache(maxsize=4_096)
def effective_permissions(role: str, granted: str) -> frozenset[str]:
    """Name what somebody may do by their fixed role, and by what their own roles grant besides."""
    return permissions_of(role) | granted_by(granted)


@lru_cache(maxsize=4_096)
def in_order(names: frozenset[str]) -> tuple[str, ...]:
    """Sort permissions, of which there are few sets and many requests."""
    return tuple(sorted(names))


@cache
def scopes() -> frozenset[str]:
    """Name the permissions that an API key may hold."""
    return frozenset(name for name, permission in permissions().items() if permission.scope)


@cache
def agent_scopes() -> frozenset[str]:
    """Name the permissions that an agent may use, for a person who holds them."""
    return frozenset(name for name, permission in permissions().items() if permission.agent)


@cache
def resources() -> Mapping[str, Resource]:
    """Map the name of everything that is counted to its declaration, in the order of the apps."""
    return {resource.name: resource for app in declaring_apps() for resource in app.resources}
