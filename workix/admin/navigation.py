"""The sidebar of the admin sites (navigation), and the links of the home page: drawn once for whoever sees the same pages."""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string

Pages = tuple[tuple[Any, ...], ...]

#: What Django's sidebar shows of a page.
_SHOWN = ("object_name", "name", "admin_url", "add_url")


def navigation(sections: list[dict[str, Any]], path: str) -> str:
    """Draw the list of pages beside a page, with the one that `path` belongs to."""
    pages = _of(sections)
    current = next((address for _, _, address, _ in pages if address in path), "")
    return _drawn("admin/nav_sidebar.html", pages, current or "/admin/")


def page_links(sections: list[dict[str, Any]]) -> str:
    """Draw the list of pages that the home page begins with on a small screen."""
    return _drawn("admin/pages.html", _of(sections), "/admin/")


def _of(sections: list[dict[str, Any]]) -> Pages:
    return tuple(tuple(page[what] for what in _SHOWN) for section in sections for page in section["models"])


@lru_cache(maxsize=500)
def _drawn(template: str, pages: Pages, path: str) -> str:
    models = [dict(zip(_SHOWN, page, strict=True)) for page in pages]
    section = {"name": "Pages", "app_label": "pages", "app_url": "/admin/", "models": models}
    context = {"available_apps": [section] if models else [], "request": SimpleNamespace(path=path)}
    return render_to_string(template, context)
