"""System check of quotas: what rows of a model are counted as is declared for it, and by nobody else counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.checks import CheckMessage
from django.db import models

from quotas.counted import counted_models
from workix.core.apps import resources, tenant_models
from workix.core.checks import fault
from workix.core.resources import STOCK, Resource


def check_counted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Look at each model whose rows are counted. Names and limits of resources are looked at in workix.core.checks."""
    return list(faults(resources(), counted_models()))


def faults(declared: Mapping[str, Resource], counted: Mapping[type[models.Model], str]) -> Iterator[CheckMessage]:
    """Say what is wrong, where, and what to do."""
    of_tenants = set(tenant_models())
    for model, name in counted.items():
        resource, place = declared.get(name), f"{model._meta.label}: {name}"
        if resource is None:
            mend = "declare it in the `resources` of the app's TenantAppConfig."
            yield fault(60, "rows are counted as a declared resource", place, mend=mend)
        elif resource.kind is not STOCK:
            mend = "let its kind be STOCK, or have the service that uses it consume it."
            yield fault(61, "what starts anew each month is no number of rows", place, mend=mend)
        if model not in of_tenants:
            mend = "count rows of an app of FEATURE_APPS: no organization has this table."
            yield fault(62, "rows are counted in tenant schemas", place, mend=mend)
    for name, apps in Counter(
        name for name, _ in {(name, model._meta.app_label) for model, name in counted.items()}
    ).items():
        if apps > 1:
            mend = "count the rows of one app's models, and give the others resources of their own."
            yield fault(63, "a resource is counted by one app", name, mend=mend)
