"""URL patterns of the API, found by convention: each app that declares something has its own in `api/urls.py`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from django.urls import URLPattern, URLResolver
from django.utils.module_loading import module_has_submodule

from workix.core.apps import declaring_apps


def api_urls() -> Iterator[URLPattern | URLResolver]:
    """Gather `urlpatterns` of every app's `api.urls`, in the order of the settings."""
    for app in declaring_apps():
        if module_has_submodule(app.module, "api"):
            yield from import_module(f"{app.name}.api.urls").urlpatterns
