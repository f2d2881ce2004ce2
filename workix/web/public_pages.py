"""Public pages: front page, sign-up, e-mail confirmation, invitation and password reset."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from workix.core.current import Current


def front(request: HttpRequest) -> HttpResponse:
    """Say what this is, and lead on."""
    return _page(request, "front")


def sign_up(request: HttpRequest) -> HttpResponse:
    """Let somebody open an organization; on an organization's own host there is nothing to open."""
    if Current.find_organization() is not None:
        raise Http404
    return _page(request, "sign_up", is_open=settings.WORKIX.sign_up == "open", domain=settings.WORKIX.base_domain)


def confirm_email(request: HttpRequest) -> HttpResponse:
    """Ask for one click, so that no program which only follows links uses one up."""
    return _page(request, "confirm_email")


def accept_invitation(request: HttpRequest) -> HttpResponse:
    """Ask who was invited for a password."""
    return _page(request, "accept_invitation")


def reset_password(request: HttpRequest) -> HttpResponse:
    """Ask for a link, or, with one, for a new password."""
    return _page(request, "reset_password")


def _page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    common = {"organization": Current.find_organization(), "platform": settings.WORKIX.public_url}
    return render(request, f"pages/{name}.html", common | context)
