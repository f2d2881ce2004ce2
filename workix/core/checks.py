"""System checks: what an app must declare, refused by `manage.py check` and at start-up, all faults at once."""

# Note [Incomplete apps]
# A table that nobody audits, a column nobody classified, an action without a permission: each would work, and each would be
# a hole. So an app that leaves something out does not start. The checks here look at what an AppConfig and its models
# declare; those that look at the trail, at jobs and counters are beside them, under the same tag. Those that look at views and
# pages have a tag of their own: they import every one there is, which takes longer than most commands do. So they are run by
# what serves views, when it starts, and by `manage.py check`.

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from workix.core.apps import FoundationAppConfig, TenantAppConfig, declaring_apps
from workix.core.classification import find_sensitivity
from workix.core.permissions import OPERATOR, Role
from workix.core.privileges import EVERY_ROW
from workix.core.resources import LARGEST_INTEGER

TAG = "workix"
#: Of the checks that import the URLConf. See Note [Incomplete apps].
VIEWS = "workix_views"
HOLDERS = {*Role, OPERATOR}
LONGEST_NAME = 50  # of a resource, in the table of quotas
PLANS = ("free", "pro")


class IncompleteApps(ImproperlyConfigured):
    """See Note [Incomplete apps]."""


def fault(number: int, rule: str, place: object, *, mend: str) -> Error:
    """Write one finding: the rule, where it is broken, and how to mend that."""
    return Error(f"Rule: {rule}", hint=f"Mend: {mend}", obj=place, id=f"{TAG}.E{number:03}")


def refuse_incomplete_apps() -> None:
    """Run every check of ours. For the start of a server; commands run those of TAG by themselves.

    :raises IncompleteApps: naming everything that is missing.
    """
    found = run_checks(tags=[TAG, VIEWS])
    if found:
        raise IncompleteApps("\n".join(map(str, found)))


def check_declarations(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Look at what each AppConfig declares, and at the columns and keys of its models."""
    found = [each for app in declaring_apps() for look in _LOOKS for each in look(app)]
    return [*_plain_apps(), *_declared_twice(), *found]


def _plain_apps() -> Iterator[CheckMessage]:
    tenant = {app.name for app in declaring_apps() if not isinstance(app, FoundationAppConfig)}
    for name in settings.FEATURE_APPS:
        if not any(name == app or name.startswith(f"{app}.apps.") for app in tenant):
            mend = "let its AppConfig, in apps.py, extend workix.core.apps.TenantAppConfig."
            yield fault(1, "a feature app declares what is its own", name, mend=mend)


def _declared_twice() -> Iterator[CheckMessage]:
    names = Counter(name for app in declaring_apps() for name in app.permissions)
    names += Counter(resource.name for app in declaring_apps() for resource in app.resources)
    for name in sorted(name for name, count in names.items() if count > 1):
        mend = "give yours a name of its own; what is declared already can be used from everywhere."
        yield fault(2, "permissions and resources are declared once", name, mend=mend)


def _permissions(app: TenantAppConfig) -> Iterator[CheckMessage]:
    for name, permission in app.permissions.items():
        if not re.fullmatch(r"[a-z][a-z_]*:[a-z][a-z_]*", name):
            yield fault(3, "a permission is called thing:verb", f"{app.label}: {name}", mend='as "pipelines:write".')
        if not permission.description.strip().endswith("."):
            mend = "describe it in a sentence: people read it in the documents."
            yield fault(4, "a permission says what it allows", f"{app.label}: {name}", mend=mend)
        if not permission.held_by or permission.held_by - HOLDERS:
            mend = "name at least one of the roles of workix.core.permissions, and no other."
            yield fault(5, "a permission is somebody's", f"{app.label}: {name}", mend=mend)
        if permission.scope and Role.ADMIN not in permission.held_by:
            mend = "drop `scope`, or let admins hold it: they give keys what they hold themselves."
            yield fault(11, "a scope of API keys is an admin's to give", f"{app.label}: {name}", mend=mend)


def _resources(app: TenantAppConfig) -> Iterator[CheckMessage]:
    for resource in app.resources:
        place = f"{app.label}: {resource.name}"
        if not re.fullmatch(r"[a-z][a-z_]*", resource.name) or len(resource.name) > LONGEST_NAME:
            mend = f"use lower-case letters and underscores, at most {LONGEST_NAME}."
            yield fault(6, "a resource has a plain name", place, mend=mend)
        limits = resource.default.values()
        if set(PLANS) - resource.default.keys() or not all(0 <= limit <= LARGEST_INTEGER for limit in limits):
            mend = f"give `default` a limit for {' and '.join(PLANS)}, between 0 and {LARGEST_INTEGER}."
            yield fault(7, "a resource says what each plan grants", place, mend=mend)
        if resource.burst.keys() - resource.default.keys() or not all(
            0 <= part <= 100 for part in resource.burst.values()
        ):
            mend = "name plans that `default` names, each with a percentage from 0 to 100."
            yield fault(12, "a burst is a part of what a plan grants", place, mend=mend)


def _privileges(app: TenantAppConfig) -> Iterator[CheckMessage]:
    tables = {model._meta.db_table for model in app.get_models(include_auto_created=True)}
    usual = {privilege.name for privilege in EVERY_ROW}
    for table, privileges in app.privileges.items():
        if table not in tables or {privilege.name for privilege in privileges} - usual:
            mend = f"name a table of the app, and some of {', '.join(sorted(usual))}: privileges can only be narrower."
            yield fault(8, "an app narrows privileges on its own tables", f"{app.label}: {table}", mend=mend)


def _columns(app: TenantAppConfig) -> Iterator[CheckMessage]:
    for model in app.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if find_sensitivity(field) is None:
                mend = "wrap it in ordinary(), personal() or secret() of workix.core.classification."
                place = f"{model._meta.label}.{field.name}"
                yield fault(9, "every column is classified: personal, secret or ordinary", place, mend=mend)


def _keys(app: TenantAppConfig) -> Iterator[CheckMessage]:
    """A key that counts tells everybody who sees one how many there are, and has a sequence that needs a grant."""
    for model in app.get_models(include_auto_created=True):
        pk = model._meta.pk
        if isinstance(pk, models.AutoField) and pk.get_internal_type() != "UUIDField":
            mend = "derive the model from workix.core.models.Record: a UUIDv7 key."
            yield fault(10, "a key tells nobody how many rows there are", model._meta.label, mend=mend)


_LOOKS = (_permissions, _resources, _privileges, _columns, _keys)
