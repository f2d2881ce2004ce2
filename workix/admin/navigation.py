"""The sidebar of the admin sites (navigation): drawn once for whoever sees the same pages, and not for every page."""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string

#: What Django's sidebar shows of a page.
_SHOWN = ("object_name", "name", "admin_url", "add_url")


def navigation(sections: list[dict[str, Any]], path: str) -> str:
    """Draw the list of pages beside a page, with the one that `path` belongs to."""
    pages = tuple(tuple(page[what] for what in _SHOWN) for section in sections for page in section["models"])
    current = next((address for _, _, address, _ in pages if address in path), "")
    return _drawn(pages, current)


@lru_cache(maxsize=500)
def _drawn(pages: tuple[tuple[Any, ...], ...], current: str) -> str:
    models = [dict(zip(_SHOWN, page, strict=True)) for page in pages]
    section = {"name": "Pages", "app_label": "pages", "app_url": "/admin/", "models": models}
    request = SimpleNamespace(path=current or "/admin/")
    context = {"available_apps": [section] if models else [], "request": request}
    return render_to_string("admin/nav_sidebar.html", context)
