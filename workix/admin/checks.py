"""System check: every page of the dashboard and the console names declared permissions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage

from workix.admin.model_admin import ModelAdmin
from workix.admin.sites import console, dashboard
from workix.core.apps import FoundationAppConfig, TenantAppConfig, permissions
from workix.core.checks import fault


def check_pages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Look at every page that an app registered."""
    found: list[CheckMessage] = []
    for site in (dashboard, console):
        for model, page in site.pages():
            found += _page(page)
            app = model._meta.app_config
            if site is console and isinstance(app, TenantAppConfig) and not isinstance(app, FoundationAppConfig):
                mend = "register it with site=dashboard."
                found.append(fault(42, "no organization's own data is in the console", _name(page), mend=mend))
    return found


def _page(page: Any) -> Iterator[CheckMessage]:
    if not isinstance(page, ModelAdmin):
        mend = "let it extend workix.admin.model_admin.ModelAdmin: Django's own writes rows past the capability."
        yield fault(40, "a page goes through capabilities", _name(page), mend=mend)
        return
    needed = page.required_permissions
    if "view" not in needed or set(needed.values()) - permissions().keys():
        mend = 'name a declared permission for "view", and for each of "add", "change", "delete" that is offered.'
        yield fault(41, "every page names declared permissions", _name(page), mend=mend)


def _name(page: Any) -> str:
    return f"{type(page).__module__}.{type(page).__qualname__}"
