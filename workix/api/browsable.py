"""The browsable API: what a response looks like to a person in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from rest_framework.renderers import BrowsableAPIRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.breadcrumbs import get_breadcrumbs

from workix.api.json_limits import OPTIONS
from workix.core.current import Current


class BrowsableRenderer(BrowsableAPIRenderer):
    """One page of our own. REST framework's carries scripts and styles inside, which our policy forbids."""

    template = "rest_framework/api.html"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> str:
        """Write the page. A problem is shown as one, and is then a page too, with the problem's status."""
        assert renderer_context is not None  # REST framework always says in which view it renders
        response, request = renderer_context["response"], renderer_context["request"]
        response["Content-Type"] = f"{self.media_type}; charset={self.charset}"
        if response.status_code == 204:
            response.status_code = 200  # a page has content
        view = renderer_context["view"]
        context = {
            "name": getattr(view, "tag", "") or view.get_view_name(),
            "organization": Current.find_organization(),
            "description": (view.__doc__ or "").strip(),
            "breadcrumbs": [crumb for crumb in get_breadcrumbs(request.path, request) if crumb[1] != request.path],
            "allowed": [method for method in view.allowed_methods if method not in ("OPTIONS", "HEAD")],
            "body": _pretty(data),
            "pages": _pages(data),
            "headers": _headers(response),
        }
        return render_to_string(self.template, context | _person(request) | {"response": response, "request": request})


def _pretty(data: Any) -> str:
    return "" if data is None else orjson.dumps(data, default=str, option=OPTIONS | orjson.OPT_INDENT_2).decode()


def _pages(data: Any) -> dict[str, str]:
    """Find where a list goes on, and where it came from."""
    return {name: data[name] for name in ("previous", "next") if isinstance(data, dict) and data.get(name)}


def _person(request: Request) -> dict[str, Any]:
    """Say who is logged in; a page that may send something carries the token that proves it is ours."""
    is_known = request.user.is_authenticated
    cookie = is_known and not request.META.get("HTTP_AUTHORIZATION")
    return {
        "person": request.user if is_known else None,
        "csrf_token": get_token(request._request) if cookie else "",  # noqa: SLF001  # as REST framework does
    }


def _headers(response: Response) -> list[tuple[str, str]]:
    shown = ("Allow", "Location", "WWW-Authenticate", "Retry-After")
    return [(name, response.headers[name]) for name in shown if name in response.headers]
