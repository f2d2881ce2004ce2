"""System checks of quotas: every resource has a name and limits, and what rows are counted as is declared for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import models

from quotas.counted import counted_models
from tenants.plans import Plan
from workix.core.apps import declaring_apps
from workix.core.resources import FALLBACK_PLAN, STOCK, Resource

_NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")
#: What fits into the columns of `quotas`.
LARGEST_LIMIT = 2**31 - 1


@register("workix")
def check_quotas(app_configs: object = None, **kwargs: Any) -> list[CheckMessage]:
    """List what is wrong with the resources of the installed apps, and with the models that are counted."""
    declared = [resource for app in declaring_apps() for resource in app.resources]
    return [Error(fault, id="quotas.E001") for fault in faults(declared, counted_models())]


def faults(declared: Iterable[Resource], counted: Mapping[type[models.Model], str]) -> Iterator[str]:
    """Say in sentences what is wrong, and what to do."""
    found = list(declared)
    for name, times in Counter(resource.name for resource in found).items():
        if times > 1:
            yield f"The resource {name!r} is declared {times} times. Declare it in one app."
    for resource in found:
        yield from _of_resource(resource)
    by_name = {resource.name: resource for resource in found}
    for name, times in Counter(counted.values()).items():
        if times > 1:
            yield f"The rows of {times} models count as {name!r}. Count one of them, and give the others names of their own."
    for model, name in counted.items():
        yield from _of_model(model, name, by_name.get(name))


def _of_resource(resource: Resource) -> Iterator[str]:
    if not _NAME.fullmatch(resource.name):
        yield f"The resource {resource.name!r} needs another name: up to 50 of a-z, 0-9 and _, beginning with a letter."
    for plan in (Plan.FREE.value, FALLBACK_PLAN):
        if plan not in resource.default:
            yield f"The resource {resource.name!r} names no limit for the plan {plan!r}. Name it in `default`."
    for plan, limit in resource.default.items():
        if plan not in Plan.values:
            yield f"The resource {resource.name!r} names a plan that is not there: {plan!r}."
        if not 0 <= limit <= LARGEST_LIMIT:
            yield f"The resource {resource.name!r} has a limit of {limit} on {plan!r}. It must be 0 to {LARGEST_LIMIT}."


def _of_model(model: type[models.Model], name: str, resource: Resource | None) -> Iterator[str]:
    label = model._meta.label
    if resource is None:
        yield f"The rows of {label} count as {name!r}, which no app declares. Declare it in `resources` of the app."
    elif resource.kind is not STOCK:
        yield f"The rows of {label} count as {name!r}, which starts anew each month. What rows are counted as is STOCK."
    if not _is_of_tenants(model):
        yield f"The rows of {label} are counted, and no organization has its table. Put the app into FEATURE_APPS."


def _is_of_tenants(model: type[models.Model]) -> bool:
    app = model._meta.app_config
    return bool({app.name, f"{type(app).__module__}.{type(app).__name__}"} & set(settings.TENANT_APPS))
